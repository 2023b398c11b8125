"""Files of others that lie in the repository, and the manifests that say what they are.

python -m upkeep.vendored     checks every manifest against the files beside it
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from microwork.paths import ROOT

FOLDERS = (ROOT / "engine/src/tallybook/theme/static/vendor",)
MANIFEST = "MANIFEST.json"
KEYS = ("file", "name", "version", "licence", "licence_file", "sha256", "made")


def entries(folder: Path) -> list[dict]:
    return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))


def faults(folder: Path) -> list[str]:
    """What is wrong with a folder of vendored files, one line each: place, found, wanted."""
    shown, found, known = f"{folder.name}/{MANIFEST}", [], {MANIFEST}
    for number, entry in enumerate(entries(folder), start=1):
        place = f"{shown}, entry {number}"
        if missing := [key for key in KEYS if not str(entry.get(key, "")).strip()]:
            found.append(f"{place}: found no {', '.join(missing)}; expected {', '.join(KEYS)}")
            continue
        known |= {entry["file"], entry["licence_file"]}
        licence, file = folder / entry["licence_file"], folder / entry["file"]
        if not licence.is_file() or not licence.read_text(encoding="utf-8").strip():
            found.append(f"{place}: found no text in {licence.name}; expected its licence")
        if not file.is_file():
            found.append(f"{place}: found no file {file.name}; expected it beside the manifest")
        elif (digest := hashlib.sha256(file.read_bytes()).hexdigest()) != entry["sha256"]:
            wanted = entry["sha256"]
            found.append(f"{place}: found sha256 {digest} of {file.name}; expected {wanted}")
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for name in sorted(names - known):
        found.append(f"{shown}: found {name} in the folder; expected an entry for it")
    return found


if __name__ == "__main__":
    sys.exit("\n".join(line for folder in FOLDERS for line in faults(folder)) or 0)

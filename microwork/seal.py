"""Write each table's sha256 and size into ``data/datapackage.json``, after a change that was meant.

python -m microwork.seal
"""

from __future__ import annotations

import json
from pathlib import Path

from microwork import data
from microwork.paths import DATA


def seal(folder: Path = DATA) -> list[str]:
    """Bring hashes and sizes up to date; returns the names of the tables that had changed."""
    package = data.descriptor(folder)
    changed = []
    for resource in package["resources"]:
        path = folder / resource["path"]
        fresh = {
            "hash": f"sha256:{data.sha256(resource['path'].removesuffix('.csv'), folder)}",
            "bytes": path.stat().st_size,
        }
        if any(resource.get(key) != value for key, value in fresh.items()):
            changed.append(resource["path"])
            resource.update(fresh)
    if changed:
        text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
        (folder / "datapackage.json").write_text(text, encoding="utf-8")
    return changed


if __name__ == "__main__":
    for name in seal():
        print(f"sealed data/{name}")

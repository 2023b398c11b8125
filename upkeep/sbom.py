"""What the report is built with, as a CycloneDX list: the packages of the lock.

The packages are listed by ``cyclonedx-py``, which lives in an environment of its own (``make
.tools/sbom/.ready``): it reads the lock and needs no network. The result is checked against the
schema by the same library.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from microwork.paths import LOCK, ROOT

TOOLS = ROOT / ".tools" / "sbom" / "bin"
OPTIONS = ("--output-reproducible", "--sv", "1.6", "--of", "JSON")
CHECK = """
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(sys.stdin.read())
sys.exit(str(fault) if fault else 0)
"""


def make(version: str, lock: Path = LOCK) -> str:
    """The list as JSON: the same text for the same lock.

    Raises ``SystemExit`` if a tool fails.
    """
    listed = json.loads(_tool("cyclonedx-py", "requirements", str(lock), *OPTIONS))
    named = {"bom-ref": "microwork", "name": "microwork", "version": version}
    listed["metadata"] = {
        **listed.get("metadata", {}),
        "component": {"type": "application", **named},
    }
    text = json.dumps(listed, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    _tool("python", "-c", CHECK, text=text)
    return text


def _tool(name: str, *arguments: str, text: str | None = None) -> str:
    if not (TOOLS / name).exists():
        place = TOOLS.relative_to(ROOT)
        raise SystemExit(f"found no {name} in {place}; expected `make .tools/sbom/.ready` before")
    # Without these the list would carry a time, and the tool would read the settings of whoever
    # runs it.
    left_out = ("SOURCE_DATE_EPOCH", "PYTHONPATH")
    kept = {key: value for key, value in os.environ.items() if key not in left_out}
    command = [str(TOOLS / name), *arguments]
    done = subprocess.run(command, input=text, capture_output=True, text=True, env=kept, cwd=ROOT)
    if done.returncode:
        raise SystemExit(f"{name}: {done.stderr.strip()}")
    return done.stdout

"""A build of the same again has nothing to do.

Beside the site stands ``built.json``: a hash of all that the site was made from, and one of all its files.
If both still hold, the site is what a build would give. A site that was changed by hand is built again.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

from tallybook.build import files
from tallybook.project import ENGINE

NAME = "built.json"


def is_so(root: Path, work: Path) -> bool:
    """Whether the site at ``work/html`` is one of these very files, and whole."""
    try:
        kept = json.loads((work / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    site = work / "html"
    return site.is_dir() and kept == record(root, site)


def write(root: Path, work: Path) -> None:
    """To be called when the site has been published."""
    text = json.dumps(record(root, work / "html"), indent=1) + "\n"
    fresh = work / f"{NAME}.next"
    fresh.write_text(text, encoding="utf-8")
    os.replace(fresh, work / NAME)


def record(root: Path, site: Path) -> dict[str, str]:
    return {"made from": inputs(root), "site": files.contents(site.resolve(), files.below(site.resolve()))}


def inputs(root: Path) -> str:
    """Hex sha256 over the report's files, the installed packages, Python, and the day that pages carry."""
    packages = sorted(f"{package.name} {package.version}" for package in distributions())
    commit = subprocess.run(["git", "-C", str(root), "rev-parse", "HEAD"], capture_output=True, text=True).stdout
    day = [os.environ.get("SOURCE_DATE_EPOCH", ""), commit if (root / ".git").exists() else ""]
    around = "\n".join([sys.version, *packages, *day])
    return hashlib.sha256(
        f"{around}\n{files.contents(root, files.own(root))}\n{files.contents(ENGINE, files.own(ENGINE))}".encode()
    ).hexdigest()

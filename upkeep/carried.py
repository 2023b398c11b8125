"""The version and the day of a release, in each of the files that carry them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import yaml

from microwork.paths import ROOT


def versions(root: Path = ROOT) -> dict[str, str]:
    """Where the version stands, and what stands there."""
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    codemeta = json.loads((root / "codemeta.json").read_text(encoding="utf-8"))
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return {
        "CITATION.cff, version": str(citation["version"]),
        "CITATION.cff, preferred-citation, edition": citation["preferred-citation"]["edition"].removeprefix("Version "),
        "codemeta.json, version": codemeta["version"],
        "pyproject.toml, version": project["project"]["version"],
    }


def days(root: Path = ROOT) -> dict[str, str]:
    """Where the day of the release stands, and what stands there."""
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    codemeta = json.loads((root / "codemeta.json").read_text(encoding="utf-8"))
    return {
        "CITATION.cff, date-released": str(citation["date-released"]),
        "CITATION.cff, preferred-citation, date-published": str(citation["preferred-citation"]["date-published"]),
        "codemeta.json, datePublished": codemeta["datePublished"],
    }

"""What ``CITATION.cff`` says is said the same wherever it is repeated."""

from __future__ import annotations

import json
import shutil

import pytest
import yaml

from microwork.paths import ROOT
from upkeep import citation_sync

NAMES = ("CITATION.cff", ".zenodo.json", "codemeta.json", "pyproject.toml")


@pytest.fixture
def copy(tmp_path):
    """A folder with just these files."""
    (tmp_path / "data").mkdir()
    for name in (*NAMES, "data/datapackage.json"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_the_files_are_as_the_citation_wants_them():
    assert [
        name
        for name, text in citation_sync.texts().items()
        if (ROOT / name).read_text(encoding="utf-8") != text
    ] == []


def test_a_new_author_version_and_day_are_written_once_and_go_everywhere(copy):
    citation = (copy / "CITATION.cff").read_text(encoding="utf-8")
    author = (
        '  - given-names: Ada\n    family-names: "Lovelace"\n    orcid:'
        " https://orcid.org/0000-0002-1825-0097\n"
    )
    citation = citation.replace("version: 0.3.0", "version: 9.8.7").replace(
        "date-released: 2026-11-28", "date-released: 2031-02-03"
    )
    (copy / "CITATION.cff").write_text(
        citation.replace("authors:\n", f"authors:\n{author}", 1), encoding="utf-8"
    )
    citation_sync.write(copy)
    assert set(citation_sync.versions(copy).values()) == {"9.8.7"} and set(
        citation_sync.days(copy).values()
    ) == {"2031-02-03"}
    deposit = json.loads((copy / ".zenodo.json").read_text(encoding="utf-8"))
    assert (
        deposit["creators"][0] == {"name": "Lovelace, Ada", "orcid": "0000-0002-1825-0097"}
        and deposit["version"] == "9.8.7"
    )
    preferred = yaml.safe_load((copy / "CITATION.cff").read_text(encoding="utf-8"))[
        "preferred-citation"
    ]
    assert (
        preferred["edition"] == "Version 9.8.7"
        and preferred["year"] == 2031
        and preferred["authors"][0]["given-names"] == "Ada"
    )
    for name in NAMES[2:] + ("data/datapackage.json",):
        assert "Lovelace" in (copy / name).read_text(encoding="utf-8"), name
    citation_sync.write(copy)
    assert (
        json.loads((copy / "data/datapackage.json").read_text(encoding="utf-8"))["version"]
        == "9.8.7"
    )

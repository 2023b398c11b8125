"""What ``CITATION.cff`` says is said the same wherever it is repeated."""

from __future__ import annotations

import json
import shutil

import yaml

from microwork.paths import ROOT
from upkeep import citation_sync


def test_the_files_are_as_the_citation_wants_them():
    assert citation_sync.stale() == []


def test_a_new_author_version_and_day_are_written_once_and_go_everywhere(tmp_path):
    (tmp_path / "data").mkdir()
    for name in citation_sync.texts():
        shutil.copy(ROOT / name, tmp_path / name)
    author = """authors:
  - given-names: Ada
    family-names: "Lovelace"
    orcid: https://orcid.org/0000-0002-1825-0097
"""
    citation = (tmp_path / "CITATION.cff").read_text(encoding="utf-8")
    for old, new in (
        (f"version: {citation_sync.version()}", "version: 9.8.7"),
        (f"date-released: {citation_sync.day()}", "date-released: 2031-02-03"),
        ("authors:\n", author),
    ):
        assert old in citation
        citation = citation.replace(old, new, 1)
    (tmp_path / "CITATION.cff").write_text(citation, encoding="utf-8")
    assert set(citation_sync.stale(tmp_path)) == set(citation_sync.texts())
    citation_sync.write(tmp_path)
    texts = {name: (tmp_path / name).read_text(encoding="utf-8") for name in citation_sync.texts()}
    for name, text in texts.items():
        assert "Lovelace" in text and "9.8.7" in text, name
    deposit = json.loads(texts[".zenodo.json"])
    assert deposit["creators"][0] == {"name": "Lovelace, Ada", "orcid": "0000-0002-1825-0097"}
    preferred = yaml.safe_load(texts["CITATION.cff"])["preferred-citation"]
    assert (preferred["edition"], preferred["year"]) == ("Version 9.8.7", 2031)
    assert json.loads(texts["codemeta.json"])["datePublished"] == "2031-02-03"
    assert citation_sync.stale(tmp_path) == []

"""What a person has to fill in: the command that lists it, and what a public site says."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import EXAMPLE, Sandbox
from tallybook import placeholders
from tallybook.release import public

COMMAND = (sys.executable, "-m", "tallybook", "placeholders")
REAL = """cff-version: 1.2.0
message: m
title: T
abstract: A
version: 1.0.0
date-released: 2026-01-31
repository-code: https://code.report.org/garden
contact: [{name: Ada, email: ada@report.org}]
authors: [{given-names: Ada, family-names: L, orcid: "https://orcid.org/0000-0002-1825-0097"}]
identifiers:
  - {type: doi, value: 10.5281/zenodo.1, description: This version}
  - {type: doi, value: 10.5281/zenodo.2, description: All versions}
"""


def test_the_command_lists_what_is_to_be_filled_in(copy: Callable[[Path], Sandbox]):
    done = copy(EXAMPLE).run(*COMMAND)
    assert done.returncode == 1 and done.stderr == ""
    lines = dict(line.split(": ", 1) for line in done.stdout.splitlines() if ": " in line)
    assert lines["host"].startswith("_config.yml, html: baseurl: found 'https://garden.example/'. ")
    assert {"host", "tags", "archives", "DOI (this version)"} <= lines.keys()
    assert f"{len(lines)} to fill in." in done.stdout


def test_nothing_is_listed_where_all_is_filled_in(tmp_path: Path, monkeypatch):
    (tmp_path / "CITATION.cff").write_text(REAL, encoding="utf-8")
    (tmp_path / "_config.yml").write_text("html: {baseurl: 'https://garden.report.org/'}\n")
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "garden-1.0.0.tar.gz").touch()
    monkeypatch.setattr(placeholders.tree, "git", lambda *_: b"v1.0.0\n")
    assert placeholders.blanks(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("code.report.org", "code.example", "repository"),
        ("repository-code: https://code.report.org/garden", "", "repository"),
        ("ada@report.org", "ada@garden.invalid", "contact"),
        ("given-names: Ada, family-names: L", "name: All of us", "names"),
        (', orcid: "https://orcid.org/0000-0002-1825-0097"', "", "ORCID"),
        ("description: All versions", "description: This version", "DOI (all versions)"),
    ],
)
def test_each_is_found(tmp_path: Path, old: str, new: str, what: str):
    assert old in REAL
    (tmp_path / "CITATION.cff").write_text(REAL.replace(old, new), encoding="utf-8")
    (tmp_path / "_config.yml").write_text("html: {baseurl: 'https://garden.report.org/'}\n")
    assert what in [one.what for one in placeholders.blanks(tmp_path)]


def test_a_public_site_with_a_placeholder_says_so_on_every_page(tmp_path: Path):
    for name, code in (("index.html", "en"), ("fr/deep/page.html", "fr")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        text = f'<!DOCTYPE html><html lang="{code}"><head></head><body><p>Text</p></body></html>'
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "_static").mkdir()
    public.tell(tmp_path, {}, "", ["host", "contact"])
    english, french = (
        (tmp_path / name).read_text(encoding="utf-8")
        for name in ("index.html", "fr/deep/page.html")
    )
    assert "This is a draft. Still to be filled in by a person: host, contact." in english
    assert "Ceci est une ébauche" in french and 'href="../../_static/old-version.css"' in french
    assert (tmp_path / "_static/old-version.css").is_file()

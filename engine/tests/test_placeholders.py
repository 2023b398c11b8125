"""What a person has to fill in, and the command that lists it."""

from __future__ import annotations

import sys
from pathlib import Path

from rooms import Sandbox
from tallybook import placeholders

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
# What is put in the place of what, and where it is found then.
SPOILT = [
    ("T", "T", []),
    ("code.report.org", "code.example", ["repository-code"]),
    ("ada@report.org", "ada@garden.invalid", ["contact: email"]),
    ("given-names: Ada, family-names: L", "name: All of us", ["authors"]),
    (', orcid: "https://orcid.org/0000-0002-1825-0097"', "", ["authors: orcid"]),
    ("All versions", "This version", ["identifiers: DOI (all versions)"]),
]


def test_the_command_lists_what_is_to_be_filled_in(garden: Sandbox):
    done = garden.run(*COMMAND)
    assert done.returncode == 0 and done.stderr == ""
    first, *_, last = done.stdout.splitlines()
    assert first.startswith("_config.yml, html: baseurl: found 'https://garden.example/'. ")
    assert last == f"{len(done.stdout.splitlines()) - 1} to fill in."


def test_each_is_found_and_nothing_else(tmp_path: Path):
    (tmp_path / "_config.yml").write_text("html: {baseurl: 'https://garden.report.org/'}\n")
    for old, new, wanted in SPOILT:
        text = REAL.replace(old, new, 1)
        (tmp_path / "CITATION.cff").write_text(text, encoding="utf-8")
        found = [place for place, *_ in placeholders.blanks(tmp_path)]
        assert found == [f"CITATION.cff, {place}" for place in wanted]

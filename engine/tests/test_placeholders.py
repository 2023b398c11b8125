"""What a person has to fill in, and the command that lists it."""

from __future__ import annotations

import sys
from pathlib import Path

from rooms import Sandbox
from tallybook.sphinx.citing import cff

COMMAND = (sys.executable, "-m", "tallybook", "placeholders")
REAL = """cff-version: 1.2.0
title: T
abstract: A
version: 1.0.0
date-released: 2026-01-31
repository-code: https://code.report.org/garden
contact: [{name: Ada, email: ada@report.org}]
authors: [{given-names: Ada, family-names: L}]
"""


def test_the_command_lists_what_is_to_be_filled_in(garden: Sandbox):
    done = garden.run(*COMMAND)
    assert done.returncode == 1 and done.stderr == ""
    said = "_config.yml, html: baseurl: found https://garden.example/; expected an address that"
    assert done.stdout.startswith(said) and len(done.stdout.splitlines()) == 3


def test_each_is_found_and_nothing_else(tmp_path: Path):
    (tmp_path / "_config.yml").write_text("html: {baseurl: 'https://garden.report.org/'}\n")
    for old, new, wanted in (
        ("", "", []),
        ("https://code.report.org/garden", "https://code.example", ["repository-code"]),
        ("https://code.report.org/garden", "", ["repository-code"]),
        ("ada@report.org", "ada@garden.invalid", ["contact: email"]),
    ):
        (tmp_path / "CITATION.cff").write_text(REAL.replace(old, new), encoding="utf-8")
        found = list(cff.blanks(tmp_path))
        assert found == [f"CITATION.cff, {place}" for place in wanted], new

"""The upkeep of Pythons and links: what is compared, and what is said of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from upkeep import environments, links
from upkeep.environments import Outcome


def test_this_python_is_found_and_one_that_is_nowhere_is_not():
    minor = f"{sys.version_info.major}.{sys.version_info.minor}"
    place, version = environments.find(minor)
    assert place.name == f"python{minor}" and version.startswith(minor)
    assert environments.find("3.99") is None


def test_a_python_that_does_not_run_is_passed_over(tmp_path, monkeypatch):
    """As the stand-ins of pyenv for versions that are not chosen."""
    broken = tmp_path / "python3.98"
    broken.write_text("#!/bin/sh\nexit 127\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert environments.find("3.98") is None


@pytest.fixture
def sites(tmp_path) -> list[Path]:
    """Three small sites, of which the last has another number."""
    for name, value in (("one", 1.5), ("two", 1.5), ("three", 1.6)):
        (tmp_path / name).mkdir()
        for file, content in (("numbers", [{"id": "counts.a", "value": value}]), ("claims", [])):
            (tmp_path / name / f"{file}.json").write_text(json.dumps(content), encoding="utf-8")
    return [tmp_path / name for name in ("one", "two", "three")]


def test_the_table_says_who_was_absent_who_failed_and_who_differs(sites):
    one, two, three = sites
    good = [Outcome("3.11", "3.11.7", site=one), Outcome("3.12"), Outcome("3.13", "3.13.1", site=two)]
    lines, well = environments.table(good)
    assert well and "not on this machine" in lines[2] and lines[3].endswith("the same site, 2 files to the byte")
    assert environments.table(good, every=True)[1] is False
    lines, well = environments.table([good[0], Outcome("3.12", "3.12.1", failed="installing the lock: no such file")])
    assert not well and "FAILED installing the lock: no such file" in lines[2]
    lines, well = environments.table([good[0], Outcome("3.13", "3.13.1", site=three)])
    assert not well and "FAILED 1 files are others" in lines[2] and "1.5" in lines[3] and "1.6" in lines[3]
    assert environments.table([Outcome("3.11")])[1] is False


def test_a_step_that_fails_says_which_and_why(tmp_path, monkeypatch):
    lock = tmp_path / "requirements.txt"
    lock.write_text("nothing==1.0\n")  # no hash
    monkeypatch.setattr(environments, "LOCK", lock)
    minor = f"{sys.version_info.major}.{sys.version_info.minor}"
    outcome = environments.examine(minor, tmp_path)
    assert outcome.failed.startswith("installing the lock: ") and "nothing==1.0" in outcome.failed and not outcome.site


RECORDS = """
{"filename": "chapters/a.md", "lineno": 1, "status": "working", "code": 0, "uri": "https://a.example/", "info": ""}
{"filename": "chapters/a.md", "lineno": 2, "status": "broken", "code": 0, "uri": "https://b.example/x", "info": "404 Not\\nFound"}
{"filename": "chapters/b.md", "lineno": 3, "status": "broken", "code": 0, "uri": "https://b.example/x", "info": "404 Not Found"}
{"filename": "chapters/b.md", "lineno": 4, "status": "timeout", "code": 0, "uri": "https://c.example/", "info": ""}
{"filename": "index.md", "lineno": 5, "status": "redirected", "code": 301, "uri": "http://d.example/", "info": "https://d.example/"}
{"filename": "index.md", "lineno": 6, "status": "redirected", "code": 302, "uri": "http://e.example/", "info": "https://e.example/1"}
{"filename": "index.md", "lineno": 7, "status": "unchecked", "code": 0, "uri": "chapters/a.html", "info": ""}
"""


def test_links_that_do_not_answer_are_told_once_with_the_pages_that_cite_them():
    text = links.told(links.records(RECORDS))
    assert text.startswith("5 addresses were asked.")
    told = [line for line in text.splitlines() if line.startswith("- ")]
    assert told == [
        "- <https://b.example/x> (chapters/a.md, chapters/b.md): 404 Not Found",
        "- <https://c.example/> (chapters/b.md): no answer in time",
    ]
    assert "* <http://d.example/> (index.md), now at <https://d.example/>" in text and "e.example" not in text


def test_when_all_answer_no_line_is_an_item():
    text = links.told(links.records(RECORDS.splitlines()[1]))
    assert "All of them answered." in text and "\n- " not in text


def test_the_workflow_counts_what_the_report_lists():
    """The issue is opened by the number of such lines."""
    workflow = (Path(links.ROOT) / ".github/workflows/links.yml").read_text(encoding="utf-8")
    assert "grep -c '^- ' links.md" in workflow

"""The upkeep of Pythons and links: what is compared, and what is said of it."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import pytest

from microwork import report
from upkeep import environments, links
from upkeep.environments import Outcome


@pytest.fixture(scope="module")
def made() -> dict:
    """The report as one Python hands it over."""
    full = report.load()
    return {"numbers": report.numbers_json(full, {}), "claims": report.claims_json(full, {})}


def changed(made: dict, index: int = 0, **fields) -> dict:
    numbers = [dict(number) for number in made["numbers"]]
    numbers[index] |= fields
    return made | {"numbers": numbers}


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


def test_the_same_report_has_no_difference(made):
    assert len(made["numbers"]) > 100 and environments.differences(made, made) == []


def test_a_last_digit_is_a_difference_with_its_size(made):
    value = made["numbers"][0]["value"]
    [found] = environments.differences(made, changed(made, value=math.nextafter(value, math.inf)))
    assert found.name == f"{made['numbers'][0]['id']} (value)" and 0 < found.share < environments.TOLERANCE


def test_a_number_that_is_missing_or_a_verdict_that_is_another_is_never_within_tolerance(made):
    fewer = made | {"numbers": made["numbers"][1:]}
    assert {one.share for one in environments.differences(made, fewer)} == {math.inf}
    claims = [dict(claim) for claim in made["claims"]]
    claims[0]["verdict"] = "another"
    [found] = environments.differences(made, made | {"claims": claims})
    assert found.share == math.inf and found.other == "another"


def test_the_table_says_who_was_absent_who_failed_and_who_differs(made):
    value = made["numbers"][0]["value"]
    near, far = changed(made, value=value * (1 + 1e-12)), changed(made, value=value * 1.001)
    good = [Outcome("3.11", "3.11.7", report=made), Outcome("3.12"), Outcome("3.13", "3.13.1", report=near)]
    lines, well = environments.table(good)
    assert well and "not on this machine" in lines[2] and "1 numbers differ" in lines[3] and repr(value) in lines[4]
    assert environments.table(good, every=True)[1] is False
    lines, well = environments.table([good[0], Outcome("3.12", "3.12.1", failed="installing the lock: no such file")])
    assert not well and "FAILED installing the lock: no such file" in lines[2]
    lines, well = environments.table([good[0], Outcome("3.13", "3.13.1", report=far)])
    assert not well and "FAILED 1 numbers" in lines[2]
    assert environments.table([Outcome("3.11")])[1] is False


def test_a_step_that_fails_says_which_and_why(tmp_path, monkeypatch):
    lock = tmp_path / "requirements.txt"
    lock.write_text("nothing==1.0\n")  # no hash
    monkeypatch.setattr(environments, "LOCK", lock)
    minor = f"{sys.version_info.major}.{sys.version_info.minor}"
    outcome = environments.examine(minor, tmp_path)
    assert outcome.failed.startswith("installing the lock: ") and "nothing==1.0" in outcome.failed and not outcome.report


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

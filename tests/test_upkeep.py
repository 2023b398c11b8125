"""The upkeep of Pythons and links: what is compared, and what is said of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from microwork.paths import ROOT
from upkeep import environments, links

MINOR = f"{sys.version_info.major}.{sys.version_info.minor}"


def test_this_python_is_found_and_one_that_is_nowhere_or_does_not_run_is_not(tmp_path, monkeypatch):
    """Stand-ins of pyenv for versions that are not chosen do not run."""
    assert environments.find(MINOR).name == f"python{MINOR}"
    assert environments.find("3.99") is None
    broken = tmp_path / "python3.98"
    broken.write_text("#!/bin/sh\nexit 127\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert environments.find("3.98") is None


@pytest.mark.parametrize(
    ("pythons", "failing", "code"),
    [
        (["3.11", "3.12"], "", 0),
        (["3.11", "3.12", "3.99"], "", 0),  # not on this machine
        (["3.11", "3.99", "--all"], "", 1),
        (["3.99"], "", 1),  # none is
        (["3.11", "3.12"], "3.12", 1),
        (["3.11", "3.13"], "", 1),  # another number
    ],
)
def test_absent_failing_and_unlike_pythons_are_told(
    tmp_path, monkeypatch, capsys, pythons, failing, code
):
    def examine(base: Path, folder: Path) -> Path:
        if base.name == failing:
            raise RuntimeError("installing the lock: no such file")
        site = tmp_path / base.name
        site.mkdir()
        value = 1.6 if base.name == "3.13" else 1.5
        (site / "numbers.json").write_text(json.dumps({"id": "a", "value": value}))
        return site

    monkeypatch.setattr(environments, "examine", examine)
    monkeypatch.setattr(
        environments, "find", lambda minor: Path(minor) if minor != "3.99" else None
    )
    monkeypatch.setattr(environments, "copy", lambda root, to: to.mkdir() or to)
    monkeypatch.setattr(sys, "argv", ["environments", *pythons])
    assert environments.main() == code
    said = capsys.readouterr()
    assert ("3.99: not on this machine" in said.out) == ("3.99" in pythons)
    assert (f"{failing}: FAILED installing the lock: no such file" in said.out) == bool(failing)
    assert ("1.5" in said.err and "1.6" in said.err) == ("3.13" in pythons)


@pytest.mark.weekly
def test_a_step_that_fails_says_which_and_why(tmp_path, monkeypatch):
    lock = tmp_path / "requirements.txt"
    lock.write_text("nothing==1.0\n")  # no hash
    monkeypatch.setattr(environments, "LOCK", lock)
    with pytest.raises(RuntimeError, match="^installing the lock: .*nothing==1.0"):
        environments.examine(environments.find(MINOR), tmp_path)


def record(page: str, status: str, uri: str, info: str = "", code: int = 0) -> dict:
    return {"filename": page, "lineno": 1, "status": status, "code": code, "uri": uri, "info": info}


WELL = record("chapters/a.md", "working", "https://a.example/")
RECORDS = [
    WELL,
    record("chapters/a.md", "broken", "https://b.example/x", "404 Not\nFound"),
    record("chapters/b.md", "broken", "https://b.example/x", "404 Not Found"),
    record("chapters/b.md", "timeout", "https://c.example/"),
    record("index.md", "redirected", "http://d.example/", "https://d.example/", 301),
    record("index.md", "redirected", "http://e.example/", "https://e.example/1", 302),
    record("index.md", "unchecked", "chapters/a.html"),
]


def test_links_that_do_not_answer_are_told_once_with_the_pages_that_cite_them():
    text, broken = links.told(RECORDS)
    assert text.startswith("5 addresses were asked.") and broken == 2
    assert [line for line in text.splitlines() if line.startswith("- ")] == [
        "- <https://b.example/x> (chapters/a.md, chapters/b.md): 404 Not Found",
        "- <https://c.example/> (chapters/b.md): no answer in time",
    ]
    assert "* <http://d.example/> (index.md), now at <https://d.example/>" in text
    assert "e.example" not in text


def test_when_all_answer_no_line_is_an_item():
    text, broken = links.told([WELL])
    assert "All of them answered." in text and "\n- " not in text and broken == 0


def test_where_nothing_answers_there_may_be_no_network():
    with pytest.raises(links.LinkError, match="none of 3 links answered"):
        links.told(RECORDS[1:4])


def test_without_a_network_one_line_says_so_and_the_old_report_stays(tmp_path, capsys):
    """The real check, of a book of one page whose address nobody serves."""
    (tmp_path / "_config.yml").write_text("title: A book\nexecute: {execute_notebooks: 'off'}\n")
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    (tmp_path / "index.md").write_text("# A page\n\n<http://127.0.0.1:9/>\n")
    out = tmp_path / "links.md"
    out.write_text("The old report\n")
    assert links.main(["--out", str(out), "--root", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert said.out == "" and "none of 1 links answered" in said.err and said.err.count("\n") == 1
    assert out.read_text() == "The old report\n"


def test_the_workflow_counts_what_the_report_lists():
    """The issue is opened by the number of such lines."""
    workflow = (ROOT / ".github/workflows/links.yml").read_text(encoding="utf-8")
    assert "grep -c '^- ' links.md" in workflow

"""The check of links: what is said of it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from microwork.paths import ROOT
from tests.files import read, write
from upkeep import links


def record(page: str, status: str, uri: str, info: str = "") -> dict:
    return {"filename": page, "status": status, "uri": uri, "info": info}


WELL = record("chapters/a.md", "working", "https://a.example/")
RECORDS = [
    WELL,
    record("chapters/a.md", "broken", "https://b.example/x", "404 Not\nFound"),
    record("chapters/b.md", "broken", "https://b.example/x", "404 Not Found"),
    record("chapters/b.md", "timeout", "https://c.example/"),
    record("index.md", "redirected", "http://d.example/", "https://d.example/"),
    record("index.md", "unchecked", "chapters/a.html"),
]


def test_links_that_do_not_answer_are_told_once_with_the_pages_that_cite_them():
    text = links.told(RECORDS)
    assert text.startswith("4 addresses were asked.")
    assert [line for line in text.splitlines() if line.startswith("- ")] == [
        "- <https://b.example/x> (chapters/a.md, chapters/b.md): 404 Not Found",
        "- <https://c.example/> (chapters/b.md): no answer in time",
    ]
    text = links.told([WELL])
    assert "All of them answered." in text and "\n- " not in text
    with pytest.raises(SystemExit, match="none of 3 links answered"):
        links.told(RECORDS[1:4])
    # The issue is opened by the number of such lines.
    assert "grep -c '^- ' links.md" in read(ROOT / ".github/workflows/links.yml")


def test_without_a_network_one_line_says_so_and_the_old_report_stays(tmp_path):
    """The real check, of a book of one page whose address nobody serves."""
    write(tmp_path / "_config.yml", "title: A book\nexecute: {execute_notebooks: 'off'}\n")
    write(tmp_path / "_toc.yml", "format: jb-book\nroot: index\n")
    write(tmp_path / "index.md", "# A page\n\n<http://127.0.0.1:9/>\n")
    out = tmp_path / "links.md"
    write(out, "The old report\n")
    command = [sys.executable, "-m", "upkeep.links", "--out", str(out), "--root", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1 and done.stdout == "" and read(out) == "The old report\n"
    assert "none of 1 links answered" in done.stderr and done.stderr.count("\n") == 1

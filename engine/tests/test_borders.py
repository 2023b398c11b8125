"""What a report must not lead to, take in or run: addresses, files from outside, pictures and
frames of other sites, scripts in pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import BUILD, EXAMPLE, Sandbox, read
from tallybook import addresses
from tallybook.data import bibliography
from tallybook.sphinx import borders, cff

BIB = "data/sources.bib"


@pytest.mark.parametrize("good", ["https://a.example/b", "http://a.example", "mailto:a@b.example"])
def test_an_address_of_the_web_or_of_a_person_is_one(good: str):
    assert addresses.fault(good) == ""


@pytest.mark.parametrize(
    "bad",
    ["javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)", " javascript:alert(1)"]
    + ["data:text/html,<script>", "vbscript:x", "file:///etc/passwd", "//a.example", "page.html"],
)
def test_any_other_is_none(bad: str):
    assert repr(bad) in addresses.fault(bad) and "expected" in addresses.fault(bad)


def test_a_source_a_repository_and_a_licence_have_such_an_address(
    copy: Callable[[Path], Sandbox], tmp_path: Path
):
    room = copy(EXAMPLE)
    bib = read(room.root / BIB)
    entry = "@misc{bad2026,\n  title = {T},\n  author = {A, B},\n  year = {2026},\n"
    (room.root / BIB).write_text(f"{bib}\n{entry}  url = {{javascript:alert(1)}},\n}}\n", "utf-8")
    with pytest.raises(
        bibliography.BibliographyError, match="entry bad2026: field url: found 'java"
    ):
        bibliography.read(room.root / BIB)
    (room.root / BIB).write_text(bib, "utf-8")
    text = read(room.root / "CITATION.cff")
    for key in ("repository-code", "license-url", "url"):
        lines = [line for line in text.splitlines() if not line.startswith(f"{key}:")]
        (tmp_path / "CITATION.cff").write_text("\n".join([*lines, f"{key}: javascript:alert(1)"]))
        with pytest.raises(Exception, match=f"CITATION.cff, {key}: found 'javascript:alert"):
            cff.read(tmp_path)


def test_a_page_takes_in_nothing_of_other_sites(copy: Callable[[Path], Sandbox]):
    """All that it names of them is told at once."""
    foreign = {
        "![x](https://other.example/x.png)": "the picture https://other.example/x.png",
        '<iframe src="https://other.example/"></iframe>': "<iframe> with https://other.example/",
        '<img src="//other.example/x.png">': "<img> with //other.example/x.png",
    }
    room = copy(EXAMPLE)
    page = room.root / "index.md"
    page.write_text("\n\n".join([read(page), *foreign]), encoding="utf-8")
    done = room.run(*BUILD)
    assert done.returncode != 0
    for said in foreign.values():
        assert f"found {said} of another site; expected a file of the report" in done.stderr
    assert "index.md:" in done.stderr


def test_what_the_report_shows_itself_is_not_foreign():
    own = '<img src="_images/x.svg"><img src="data:image/png;base64,x"><a href="https://a.example">'
    assert [*borders.loaded(own)] == []
    assert not borders.is_foreign("_images/x.png?from=http://a.example")

"""What a report must not lead to or take in: addresses, pictures, frames and scripts of other
sites."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import BUILD, EXAMPLE, Sandbox, read
from sphinx.errors import ExtensionError
from tallybook import addresses
from tallybook.sphinx.builders import Page
from tallybook.sphinx.building import borders

GOOD = ("https://a.example/b", "http://a.example", "mailto:a@b.example")
BAD = ("javascript:a", "JavaScript:a", "java\nscript:a", " javascript:a", "data:text/html,<script>")
BAD += ("vbscript:x", "file:///etc/passwd", "//a.example", "page.html")


def test_an_address_of_the_web_or_of_a_person_is_one_and_any_other_is_none():
    assert [addresses.fault(good) for good in GOOD] == [""] * len(GOOD)
    for bad in BAD:
        assert repr(bad) in addresses.fault(bad) and "expected" in addresses.fault(bad)


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


FORBIDDEN = {
    "https://cdn.example/a.js": "the file https://cdn.example/a.js of another site, which an ext",
    None: "a script that is no file, which an extension adds to pages; expected a file",
}


def test_what_the_content_policy_forbids_is_refused():
    for file, said in FORBIDDEN.items():
        page = Page("rain", {"css_files": [], "script_files": [file]}, None)
        with pytest.raises(ExtensionError, match=f"^rain: found {re.escape(said)}"):
            borders.add_files(None, page)

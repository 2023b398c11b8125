"""What a report must not lead to or take in: addresses, pictures, frames and scripts of other
sites."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from rooms import BUILD, EXAMPLE, Sandbox, read
from sphinx.errors import ExtensionError
from tallybook import addresses
from tallybook.data import validation
from tallybook.sphinx.builders import Page
from tallybook.sphinx.building import borders

GOOD = ("https://a.example/b", "http://a.example", "mailto:a@b.example")
BAD = ("javascript:a", "JavaScript:a", "java\nscript:a", " javascript:a", "data:text/html,<script>")
BAD += ("vbscript:x", "file:///etc/passwd", "//a.example", "page.html")


def test_an_address_of_the_web_or_of_a_person_is_one_and_any_other_is_none():
    assert [addresses.fault(good) for good in GOOD] == [""] * len(GOOD)
    for bad in BAD:
        assert repr(bad) in addresses.fault(bad) and "expected" in addresses.fault(bad)
    fields = [{"name": "address", "type": "string"}]
    table = {"path": "a.csv", "schema": {"fields": fields, "primaryKey": ["address"]}}
    [said] = validation.faults(table, b"address\njavascript:a\n", {})
    assert said.startswith("data/a.csv, row 2, column address: found 'javascript:a'; expected an")


def test_a_page_takes_in_nothing_of_other_sites_and_keeps_its_readers(
    copy: Callable[[Path], Sandbox],
):
    """All that it names of them is told at once, with its line."""
    other = "of another site; expected a file of the report"
    foreign = {
        "![x](https://b.example/x.png)": f"the picture https://b.example/x.png {other}",
        '<img src="//b.example/x.png">': f"<img> with //b.example/x.png {other}",
        '<META http-equiv=refresh content="0; url=https://b.example">': "<META>; expected a page",
        '```{raw} html latex\n<iframe src="x.html"></iframe>\n```': "<iframe>; expected a page",
        'a <base href="x"> b': "<base>; expected a page",
        "<form action='https://b.example'>": "<form>; expected a page",
        '<a href="jAva&#115;cript:alert(1)">a</a>': "'jAva&#115;cript:alert(1)'; expected an addr",
        "```{eval-rst}\n`x <javascript:a>`_\n```": "'javascript:a'; expected an address",
    }
    room = copy(EXAMPLE)
    front = 'myst: {html_meta: {"http-equiv=refresh": "0; url=https://b.example"}}'
    text = f"---\n{front}\n---\n\n" + "\n\n".join([read(room.root / "index.md"), *foreign])
    (room.root / "index.md").write_text(text, encoding="utf-8")
    done = room.run(*BUILD)
    assert done.returncode != 0
    for said in (*foreign.values(), "<meta> with http-equiv; expected a page"):
        assert re.search(rf"index\.md:\d+: found {re.escape(said)}", done.stderr), done.stderr
    fetched = "```{raw} html\n:url: file:///etc/hostname\n```"
    (room.root / "index.md").write_text(f"# A\n\n{fetched}\n", encoding="utf-8")
    assert "Unknown option keys: ['url']" in room.run(*BUILD).stderr


def test_what_the_report_shows_itself_is_not_foreign():
    own = '<img src="_images/x.svg"><img src="data:image/png;base64,x"><a href="https://a.example">'
    assert borders.loaded(own) == []
    assert not borders.is_foreign("_images/x.png?from=http://a.example")


def test_files_of_extensions_stand_after_those_of_the_theme(copy: Callable[[Path], Sandbox]):
    others = ("sphinx_design", "sphinx_copybutton")
    for name in others:
        pytest.importorskip(name, reason=f"{name} is not installed")
    room = copy(EXAMPLE)
    room.edit("_config.yml", "tallybook]", f"tallybook, {', '.join(others)}]")
    site = room.made(*BUILD)
    page = html.fromstring(read(site / "rain.html"))
    styles = [
        link.get("href").partition("?")[0] for link in page.xpath("//link[@rel='stylesheet']")
    ]
    scripts = [one.get("src").partition("?")[0] for one in page.xpath("//script[not(@type)]")]
    assert styles[0] == "_static/report.css" and "_static/copybutton.css" in styles
    assert scripts[:2] == ["_static/theme.js", "_static/report.js"]
    options, copybutton = "_static/documentation_options.js", "_static/copybutton.js"
    assert scripts.index(options) < scripts.index(copybutton)
    for place in (*styles, *scripts):
        assert (site / place).is_file(), place


FORBIDDEN = {
    "https://cdn.example/a.js": "the file https://cdn.example/a.js of another site, which an ext",
    None: "a script that is no file, which an extension adds to pages; expected a file",
}


def test_what_the_content_policy_forbids_is_refused():
    for file, said in FORBIDDEN.items():
        page = Page("rain", {"css_files": [], "script_files": [file]}, None)
        with pytest.raises(ExtensionError, match=f"^rain: found {re.escape(said)}"):
            borders.add_files(None, page)

"""What a report must not lead to or take in: addresses, pictures, frames and scripts of other
sites, files from elsewhere, outputs of cells that are too large; and what is published stays."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from rooms import BUILD, EXAMPLE, Sandbox, contents, read
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


def test_a_cell_that_shows_too_much_is_named():
    def found(*outputs):
        text, small = new_markdown_cell("x" * borders.LIMIT), new_code_cell("1")
        many = new_code_cell("many()", outputs=list(outputs))
        return borders.oversized(new_notebook(cells=[text, small, many]))

    def printed(text):
        return new_output("stream", name="stdout", text=text)

    enough = "\u00e9" * (borders.LIMIT // 2)  # bytes are counted, not characters
    [said] = found(printed(enough))
    assert said.startswith("cell 2: found an output of 2.0 MB; expected at most 2 MB")
    half = printed("x" * (borders.LIMIT // 2))
    assert len(found(half, half)) == 1 and found(half) == []


# How a page names a file, and the ending of its name.
NAMED = {
    "include": ("```{include} %s\n```", "md"),
    "literalinclude": ("```{literalinclude} %s\n```", "py"),
    "download": ("{download}`this <%s>`", "zip"),
    "link": ("[this](%s)", "pdf"),
    "image": ("```{image} %s\n:alt: A picture.\n```", "png"),
    "figure": ("```{figure} %s\n:alt: A picture.\n\nA caption.\n```", "svg"),
    "table": ("```{csv-table} A table\n:file: %s\n```", "csv"),
    "raw": ("```{raw} html\n:file: %s\n```", "html"),
}


def test_no_link_brings_a_file_from_elsewhere_into_the_site(
    copy: Callable[[Path], Sandbox], tmp_path: Path
):
    room = copy(EXAMPLE)
    (room.root / "in").symlink_to(tmp_path)
    pieces = []
    for kind, (text, ending) in NAMED.items():
        (tmp_path / f"{kind}.{ending}").write_text("The secret.\n", encoding="utf-8")
        direct = f"{kind}-here.{ending}"
        (room.root / direct).symlink_to(tmp_path / f"{kind}.{ending}")
        # By a link to it, by a link to its folder, or by the way there.
        up = os.path.relpath(tmp_path, room.root)
        ways = (direct, f"in/{kind}.{ending}", f"{up}/{kind}.{ending}")
        pieces.append(text % ways[len(pieces) % 3])
    shutil.move(room.root / "rain.md", tmp_path / "rain.md")
    (room.root / "rain.md").symlink_to(tmp_path / "rain.md")
    room.edit("index.md", "## Numbers", "\n\n".join([*pieces, "## Numbers"]))
    done = room.run(*BUILD)
    assert done.returncode != 0
    for name in [f"{kind}.{ending}" for kind, (_, ending) in NAMED.items()] + ["rain.md"]:
        said = f"found the file {tmp_path / name}; expected one of the report"
        assert said in done.stderr, (name, done.stderr)
    assert "The secret" not in done.stderr and not room.site.exists()


def test_a_cell_cannot_change_what_numbers_are_made_from(copy: Callable[[Path], Sandbox]):
    room = copy(EXAMPLE)
    code = "with open('garden/rain.py', 'a') as code:\n    code.write('# more')"
    cell = f"```{{code-cell}} ipython3\n{code}\n```\n\n```{{chart}} rain-months"
    room.edit("rain.md", "```{chart} rain-months", cell)
    done = room.run(*BUILD)
    said = "found other tables, code or settings than when the build began; expected them untouched"
    assert done.returncode != 0 and said in done.stderr, done.stderr


HTML = "import pathlib, shutil\nhtml = pathlib.Path('_build/html').resolve()"
HARM = {
    "a page is defaced": f"{HTML}\n(html / 'rain.html').write_text('defaced')",
    "all sites are removed": f"{HTML}\nshutil.rmtree(html.parent)",
}


@pytest.mark.parametrize("what", HARM)
def test_a_cell_cannot_change_what_is_published(built: Sandbox, what: str):
    before, target = contents(built.site), os.readlink(built.site)
    cell = f"```{{code-cell}} ipython3\n{HARM[what]}\n```\n\n```{{chart}} rain-months"
    built.edit("rain.md", "```{chart} rain-months", cell)
    done = built.run(*BUILD)
    said = "_build/html: found other files; expected code that leaves the published site alone"
    assert done.returncode != 0 and said in done.stderr, done.stderr
    assert contents(built.site) == before and os.readlink(built.site) == target

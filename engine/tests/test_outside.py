"""No file from elsewhere is published, and no cell changes the report or its site."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import BUILD, EXAMPLE, Sandbox, contents, read
from sphinx.errors import ExtensionError
from tallybook import addresses, files
from tallybook.builder.cache import unseen
from tallybook.builder.process.publish import secured
from tallybook.data import validation
from tallybook.errors import TallybookError
from tallybook.sphinx.builders import Page
from tallybook.sphinx.building import borders

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


def test_no_file_from_elsewhere_comes_into_the_site(
    copy: Callable[[Path], Sandbox], tmp_path: Path
):
    """By the way there, by a link to it or to its folder, or as a page, a table or code."""
    room, pieces = copy(EXAMPLE), []
    for kind, (text, ending) in NAMED.items():
        (tmp_path / f"{kind}.{ending}").write_text("The secret.\n", encoding="utf-8")
        pieces.append(text % os.path.relpath(tmp_path / f"{kind}.{ending}", room.root))
    theme = "html_theme: report"
    room.edit("_config.yml", theme, f"{theme}\n    html_extra_path: [{tmp_path}]")
    done = room.run(*BUILD)
    assert f"_config.yml: found the file {tmp_path}; expected one of" in done.stderr
    room.edit("_config.yml", f"[{tmp_path}]", "[]")
    room.edit("index.md", "## Numbers", "\n\n".join([*pieces, "## Numbers"]))
    done = room.run(*BUILD)
    for kind, (_, ending) in NAMED.items():
        said = f"found the file {tmp_path / kind}.{ending}; expected one of the report"
        assert done.returncode != 0 and said in done.stderr, (kind, done.stderr)
    links = ("in", "rain.md", "data/rain", "garden/pots.py", "_static/page.html")
    (room.root / "_static").mkdir()
    for serial, name in enumerate(links):
        if (room.root / name).exists():
            shutil.move(room.root / name, tmp_path / str(serial))
        (room.root / name).symlink_to(tmp_path / str(serial))
    (room.root / "here").symlink_to(".")
    done = room.run(*BUILD)
    assert f"here: found a link to {room.root}; expected" in done.stderr
    for serial, name in enumerate(links):
        said = f"{name}: found a link to {tmp_path / str(serial)}; expected a file of the report"
        assert done.returncode != 0 and said in done.stderr, done.stderr
    assert "The secret" not in done.stderr and not room.site.exists()


RUNS = (
    "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "<svg xmlns='http://www.w3.org/2000/svg'><image xlink:href='https://example.org/a.png'/></svg>",
)


def test_no_hidden_file_and_no_picture_with_code_comes_into_the_site(
    copy: Callable[[Path], Sandbox],
):
    """Settings and keys lie in hidden files and folders; a picture may be opened by itself."""
    room = copy(EXAMPLE)
    (room.root / ".keys").mkdir()
    for name in (".env", ".keys/one.txt"):
        (room.root / name).write_text("The secret.\n", encoding="utf-8")
    pieces = ["{download}`this <.env>`", "```{literalinclude} .keys/one.txt\n```"]
    for serial, picture in enumerate(RUNS):
        (room.root / f"picture{serial}.svg").write_text(picture, encoding="utf-8")
        pieces.append(f"```{{image}} picture{serial}.svg\n:alt: A picture.\n```")
    room.edit("index.md", "## Numbers", "\n\n".join([*pieces, "## Numbers"]))
    done = room.run(*BUILD)
    for name in (".env", ".keys/one.txt"):
        said = f"found the file {name}, hidden or otherwise left out of builds; expected one of"
        assert said in done.stderr, done.stderr
    for serial, _ in enumerate(RUNS):
        assert f"found code or another site in picture{serial}.svg" in done.stderr, done.stderr
    assert done.returncode != 0 and not room.site.exists()


def test_what_no_page_may_take_in_is_refused_in_a_second_build_too(built: Sandbox, tmp_path: Path):
    """Hidden files, images in hidden folders, links that lead out, and what an earlier build made:
    each with its page, and the last good site stays. So does what a link leads to that stands where
    a build works."""
    outside, before = tmp_path / "outside", contents(built.site)
    outside.mkdir()
    (outside / "precious.txt").write_text("The secret.\n", encoding="utf-8")
    (built.root / ".keys").mkdir()
    for name in (".env", ".keys/one.png", "rain.log"):
        (built.root / name).write_text("The secret.\n", encoding="utf-8")
    left = "hidden or otherwise left out of builds; expected one of the report"
    away = os.path.relpath(outside / "precious.txt", built.root)
    refused = {
        "```{literalinclude} .env\n```": f"found the file .env, {left}",
        "```{image} .keys/one.png\n:alt: A.\n```": f"found the file .keys/one.png, {left}",
        "{download}`this <rain.log>`": f"found the file rain.log, {left}",
        "{download}`this <_build/html/numbers.json>`": "numbers.json, which a build has made; exp",
        f"{{download}}`this <{away}>`": f"found the file {outside}/precious.txt; expected",
    }
    text = "\n\n".join([read(built.root / "rain.md"), *refused])
    (built.root / "rain.md").write_text(text, encoding="utf-8")
    done = built.run(*BUILD)
    for said in refused.values():
        assert done.returncode and re.search(f"rain.md:1: .*{re.escape(said)}", done.stderr), done
    for place in ("link.txt", "_build/staging"):
        if (built.root / place).exists():
            shutil.rmtree(built.root / place)
        (built.root / place).symlink_to(outside)
        assert f"{place}: found a link to {outside}; expected a f" in built.run(*BUILD).stderr
        (built.root / place).unlink()
    assert contents(built.site) == before and (outside / "precious.txt").exists()


@pytest.mark.parametrize("name", ["a.md", ".a/b.md", "dist/a", "_build/a", "c/_build/a", "a.log"])
def test_one_function_says_whose_a_file_is_and_all_agree_with_it(tmp_path: Path, name: str):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.touch()
    owner = files.whose(path, tmp_path)
    assert (owner is files.Whose.BUILD) == (name == "_build/a")
    assert (
        [*files.own(tmp_path)]
        == ([path] if owner is files.Whose.AUTHOR else [])
        == ([path] if name == "a.md" else [])
    )
    assert unseen.is_seen(path, tmp_path) == (owner is files.Whose.BUILD)
    (tmp_path / "link").symlink_to(path)
    with contextlib.ExitStack() as refused:
        if owner is not files.Whose.AUTHOR:
            refused.enter_context(pytest.raises(TallybookError, match="link: found a link to"))
        files.refuse_links(tmp_path)
    assert files.whose(tmp_path.parent, tmp_path) is files.Whose.FOREIGN


HTML = "import pathlib, shutil\nhtml = pathlib.Path('_build/html').resolve()"
HARM = {
    "a page is defaced": f"{HTML}\n(html / 'rain.html').write_text('defaced')",
    "a file is planted": f"{HTML}\n(html / 'planted.html').write_text('planted')",
    "a site is planted": f"{HTML}\nshutil.copytree(html, html.parent / '999999')",
    "all sites are removed": f"{HTML}\nshutil.rmtree(html.parent)",
}


LATE = """
import threading, time
from pathlib import Path

def harm():
    for at in range(10**6):
        time.sleep(0.02)
        for page in Path(__file__).parents[1].glob("_build/staging/_build/html/numbers.json"):
            page.write_text(str(at))

threading.Thread(target=harm, daemon=True).start()
"""


def test_what_is_published_cannot_be_changed(built: Sandbox, monkeypatch: pytest.MonkeyPatch):
    """By whatever harm is done; and what a cell that did it has executed is not kept."""
    before, target = contents(built.site), os.readlink(built.site)
    said = "_build/html: found other files; expected code that leaves the published site alone"
    monkeypatch.chdir(built.root)
    for what, harm in HARM.items():
        with secured(built.root / "_build") as told:
            exec(harm)
        assert told == [said], what
        assert contents(built.site) == before and os.readlink(built.site) == target, what
    cell = f"```{{code-cell}} ipython3\n{harm}\n```\n\n```{{chart}} rain-months"
    built.edit("rain.md", "```{chart} rain-months", cell)
    done = built.run(*BUILD)
    assert done.returncode != 0 and said in done.stderr, done.stderr
    assert contents(built.site) == before and os.readlink(built.site) == target
    assert not (built.root / "_build/staging/_build").exists()
    assert [path.name for path in built.site.resolve().parent.iterdir()] == [target[-6:]]
    # Nor can the new one, by code that goes on while its pages are written.
    built.edit("rain.md", cell, "```{chart} rain-months")
    built.edit(
        "garden/rain.py", "from tallybook import data\n", f"from tallybook import data\n{LATE}"
    )
    done = built.run(*BUILD)
    assert "found other bytes than the build has written; expected code" in done.stderr
    assert contents(built.site) == before and os.readlink(built.site) == target


# Addresses, pictures, frames and scripts of other sites


GOOD = ("https://a.example/b", "http://a.example", "mailto:a@b.example")
BAD = ("javascript:a", "JavaScript:a", "java\nscript:a", " javascript:a", "data:text/html,<script>")
BAD += ("vbscript:x", "file:///etc/passwd", "//a.example", "page.html", "http:a", "https:///a")


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


FORBIDDEN = {
    "https://cdn.example/a.js": "the file https://cdn.example/a.js of another site, which an ext",
    None: "a script that is no file, which an extension adds to pages; expected a file",
}


def test_what_the_content_policy_forbids_is_refused():
    for file, said in FORBIDDEN.items():
        page = Page("rain", {"css_files": [], "script_files": [file]}, None)
        with pytest.raises(ExtensionError, match=f"^rain: found {re.escape(said)}"):
            borders.add_files(None, page)

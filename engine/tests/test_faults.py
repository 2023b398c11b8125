"""What is missing or wrong in a report is said in one line, with the file, what was found and what
was expected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import tables
from rooms import BUILD, EXAMPLE, Sandbox
from sphinx.errors import ExtensionError
from tallybook import conflicts
from tallybook.contents import ContentsError, chapters
from tallybook.project import Project
from tallybook.sphinx import cff, extension, pages
from tallybook.sphinx.state import get_state

INIT, CODE, PAGE = "garden/__init__.py", "garden/rain.py", "rain.md"
TABLE = "data/rain/months.csv"


def edited(file: str, old: str, new: str) -> Callable[[Sandbox], None]:
    return lambda room: room.edit(file, old, new)


def without(file: str) -> Callable[[Sandbox], None]:
    return lambda room: (room.root / file).unlink()


def written(file: str, text: str) -> Callable[[Sandbox], None]:
    return lambda room: (room.root / file).write_text(text, encoding="utf-8")


def included(room: Sandbox) -> None:
    (room.root / "terms").mkdir()
    written("terms/beans.txt", f"Beans are dry.\n{'>' * 7} theirs\n")(room)
    room.edit("index.md", "## Numbers", "```{include} terms/beans.txt\n```\n\n## Numbers")


def without_claims(room: Sandbox) -> None:
    """A page asks for all claims of a report that has none."""
    tables.take(room.root, "claims")
    room.edit("rain.md", CLAIMS, "")
    room.edit("index.md", "## Numbers", "```{ledger}\n```")


RESOLVED_TEXT = "expected text in which the conflict is resolved"
CLAIMS = "```{claims} rain\n```\n"
NO_PAGE = "_toc.yml: found the chapter rain, but no file rain.md; expected it there"
OTHER = "class provider:\n    KEY = 'garden'\n\n\nother = Provider("
# Each by the command, since each is found at another stage of a build.
BUILT = {
    "a provider that is something else": (
        edited(INIT, "provider = Provider(", OTHER),
        "garden:provider: found type; expected a tallybook.report.Provider",
    ),
    "a chapter without its code": (
        without(CODE),
        "_toc.yml: found the chapter rain, but no file garden/rain/__init__.py; expected it there,"
        " or garden/rain.py",
    ),
    "a missing table": (
        without(TABLE),
        f"{TABLE}: file not found; expected the table 'rain/months' of tables.csv",
    ),
    "a hidden file among the tables": (
        written("data/.env", "KEY=secret\n"),
        "data/.env: found a file that is not described; expected only what tables.csv",
    ),
    "a number without provenance": (
        edited(CODE, 'beans, "kg"', 'lambda: 15.0, "kg"'),
        "number rain.beans: found that nothing was read for it; expected data.value, data.row or",
    ),
    "an unknown number": (
        edited(PAGE, "{num}`rain.wettest`", "{num}`rain.wetest`"),
        "rain.md:9: number 'rain.wetest' is used but not defined; near it: rain.wettest",
    ),
    "a conflict in a page": (
        edited(PAGE, "The gauge was read", f"{'<' * 7} HEAD\nThe gauge was read"),
        f"rain.md, line 12: found the conflict marker '<<<<<<<'; {RESOLVED_TEXT}",
    ),
    "a conflict in what a page includes": (
        included,
        f"terms/beans.txt, line 2: found the conflict marker '>>>>>>>'; {RESOLVED_TEXT}",
    ),
    "a conflict in the bibliography": (
        edited("data/sources.bib", "@", f"{'=' * 7}\n@"),
        f"data/sources.bib, line 1: found the conflict marker '======='; {RESOLVED_TEXT}",
    ),
    "a page twice": (
        edited("_toc.yml", "  - file: rain", "  - file: rain\n  - file: rain.md"),
        "_toc.yml: found the page rain twice; expected each page once",
    ),
    "an empty page": (
        written(PAGE, "\n"),
        "rain.md: found an empty page; expected a title and text",
    ),
    "a page that leads nowhere": (
        lambda room: ((room.root / PAGE).unlink(), (room.root / PAGE).symlink_to("nowhere.md")),
        NO_PAGE,
    ),
    "a part without its page": (
        edited(INIT, '"sources": "index"', '"sources": "books"'),
        "PAGES of garden:provider, sources: found the page 'books', which _toc.yml does not list;"
        " expected one of index, rain",
    ),
    "an unknown chart": (
        edited(PAGE, "```{chart} rain-months", "```{chart} rain-days"),
        "rain.md:24: chart 'rain-days' is named here but no cell of this page publishes it",
    ),
    "a chapter without its claims": (
        edited(PAGE, CLAIMS, ""),
        "rain.md:1: found no table of its claims; expected {claims} rain, once",
    ),
    "claims twice": (
        edited(PAGE, CLAIMS, f"{CLAIMS}\nAgain:\n\n{CLAIMS}"),
        "found {claims} rain and {claims} rain; expected {claims} rain, once",
    ),
    "sources that the page leaves out": (
        edited("index.md", ":all:", ":cited:"),
        "index.md:1: found no entry for",
    ),
    "a ledger without claims": (
        without_claims,
        "index.md:9: {ledger}: found no claim with a verdict in the report; expected at least one",
    ),
}


def contents(site: Path) -> dict[str, bytes]:
    """The files of a site by their paths in it."""
    files = [path for path in site.resolve().rglob("*") if path.is_file()]
    return {path.relative_to(site.resolve()).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("fault", BUILT)
def test_a_build_that_fails_says_why_and_leaves_the_last_good_site(built: Sandbox, fault: str):
    room, (spoil, said) = built, BUILT[fault]
    before = contents(room.site)
    spoil(room)
    done = room.run(*BUILD)
    assert done.returncode != 0
    line, last = done.stderr.strip().splitlines()
    stays = "The book was not built; the last good site stays in place."
    assert said in line and last.startswith(stays)
    assert contents(room.site) == before


RESOLVED = {
    "a heading": "Title\n=======\n\ntext\n",
    "a longer line": "\n========\n<<<<<<<< x\n",
    "within a line": "a <<<<<<< HEAD\n",
    "a prompt": ">>> 1 + 1\n",
}


@pytest.mark.parametrize("what", RESOLVED)
def test_what_is_no_conflict(what: str):
    assert conflicts.fault(RESOLVED[what].encode()) is None


CONFLICTS = {
    "left by git": ("one\n<<<<<<< HEAD\ntwo\n=======\nthree\n>>>>>>> theirs\n", 2, "<<<<<<<"),
    "lines that end as on Windows": ("one\r\n<<<<<<< HEAD\r\n", 2, "<<<<<<<"),
    "half resolved": ("one\n\n=======\n", 3, "======="),
    "at the end": ("one\n>>>>>>>", 2, ">>>>>>>"),
}


@pytest.mark.parametrize("what", CONFLICTS)
def test_what_is_a_conflict(what: str):
    text, line, mark = CONFLICTS[what]
    said = f"line {line}: found the conflict marker {mark!r}; {RESOLVED_TEXT}"
    assert conflicts.fault(text.encode()) == said


CONTENTS = {
    "no file": (without("_toc.yml"), "_toc.yml: file not found; expected the root"),
    "no YAML": (
        edited("_toc.yml", "chapters:", "chapters: ["),
        "_toc.yml, line 4, column 3: found no YAML",
    ),
    "no list": (
        edited("_toc.yml", "chapters:", "pages:"),
        "_toc.yml: found no list of chapters; expected the root",
    ),
    "another root": (
        edited("_toc.yml", "root: index", "root: intro"),
        "_toc.yml: found the root intro; expected index",
    ),
    "no page": (without(PAGE), NO_PAGE),
    "a package that is not listed": (
        lambda room: (
            (room.root / "garden/frost").mkdir() or written("garden/frost/numbers.py", "")(room)
        ),
        "_toc.yml: found no frost in the first part; expected it, for there is a garden/frost",
    ),
}


@pytest.mark.parametrize("fault", CONTENTS)
def test_a_list_of_contents_that_cannot_be_used(copy: Callable[[Path], Sandbox], fault: str):
    spoil, said = CONTENTS[fault]
    room = copy(EXAMPLE)
    assert chapters(Project(room.root, "garden")) == {"rain": "rain"}
    spoil(room)
    with pytest.raises(ContentsError) as caught:
        chapters(Project(room.root, "garden"))
    assert str(caught.value).startswith(said) and "; expected " in str(caught.value)


# What is replaced in CITATION.cff, by what, and what is said of it.
CITATION = {
    "no YAML": ({"title:": "title: ["}, ", line 4, column 9: found no YAML"),
    "no abstract": ({"abstract:": "comment:"}, ": found no abstract; expected the title"),
    "a version that is a number": (
        {"version: 1.0.0": "version: 1.10"},
        ": found the version 1.1, which is no text in YAML; expected a version",
    ),
    "a version in words": (
        {"version: 1.0.0": "version: latest"},
        ": found the version 'latest'; expected three numbers, x.y.z",
    ),
    "no name": (
        {"given-names": "alias", "family-names": "email"},
        ": found an author without a name; expected name, or given-names and",
    ),
}


@pytest.mark.parametrize("fault", CITATION)
def test_a_citation_that_cannot_be_used(copy: Callable[[Path], Sandbox], fault: str):
    changes, said = CITATION[fault]
    room = copy(EXAMPLE)
    assert cff.read(room.root)["authors"][0]["name"] == "Ada Gardener"
    for old, new in changes.items():
        edited(cff.FILE, old, new)(room)
    with pytest.raises(ExtensionError) as caught:
        cff.read(room.root)
    assert str(caught.value).startswith(cff.FILE + said)


def test_a_citation_that_is_not_there(tmp_path: Path):
    said = r"CITATION\.cff: file not found; expected the title, abstract, authors, version and date"
    with pytest.raises(ExtensionError, match=f"^{said}"):
        cff.read(tmp_path)


PARTS = {
    "no numbers": ({"sources": "index"}, "numbers: found no page; expected one of index, rain"),
    "an unknown part": (
        {"numbers": "index", "source": "index"},
        "found the part 'source'; expected one of numbers, ledger",
    ),
    "no list of numbers": ({"numbers": "rain"}, "rain.md: found no {numbers-table}; expected it"),
}


@pytest.mark.parametrize("fault", PARTS)
def test_parts_that_do_not_fit_the_pages(fault: str):
    named, said = PARTS[fault]
    app = SimpleNamespace(srcdir=EXAMPLE, config=SimpleNamespace(report_provider="garden:provider"))
    get_state(app).provider = SimpleNamespace(PAGES=named)
    env = SimpleNamespace(
        found_docs={"index", "rain"}, doc2path=lambda name: str(EXAMPLE / f"{name}.md")
    )
    with pytest.raises(ExtensionError) as caught:
        pages.each_part_has_its_page(app, env)
    assert said in str(caught.value)


@pytest.mark.parametrize("name", [None, "", "garden"])
def test_a_provider_that_is_not_named(name: str | None):
    with pytest.raises(
        ExtensionError, match=r"^_config\.yml: found the report_provider .*; expected module:name"
    ):
        extension.provided(SimpleNamespace(srcdir=EXAMPLE), name)


HARM = """
import multiprocessing
import os

from tallybook.sphinx import writers


def setup(app):
    writers.BESIDE = ((harm, *writers.BESIDE[0]), *writers.BESIDE[1:])


def harm(app):
    if multiprocessing.parent_process():
        {}
"""


@pytest.fixture
def harmed(built: Sandbox) -> Callable[[str], Sandbox]:
    """The example, in which something happens to the process that writes records and downloads
    while pages are written."""

    def make(what: str) -> Sandbox:
        room = built
        (room.root / "harm.py").write_text(HARM.format(what), encoding="utf-8")
        room.edit("_config.yml", "tallybook]", "tallybook, harm]")
        return room

    return make


def test_a_process_that_is_killed_while_it_writes_is_done_without(
    garden: Sandbox, harmed: Callable[[str], Sandbox]
):
    site = harmed("os.kill(os.getpid(), 9)").made(*BUILD, "--anew")
    found, wanted = contents(site), contents(garden.site)
    assert found.keys() == wanted.keys() and any(name.startswith("_cite/") for name in found)
    changed = [name for name in found if found[name] != wanted[name]]
    assert [name for name in changed if not name.endswith(".whl")] == []


def test_what_goes_wrong_in_the_process_that_writes_is_said(harmed: Callable[[str], Sandbox]):
    done = harmed("raise OSError(28, 'No space left on device', 'one.html')").run(*BUILD)
    assert done.returncode != 0
    line, last = done.stderr.strip().splitlines()
    assert "No space left on device" in line and last.startswith("The book was not built")

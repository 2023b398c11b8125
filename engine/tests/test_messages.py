"""What is missing or wrong in a report is said in one line for each fault: the file, what was found
and what was expected. Nothing else is said, and the last good site stays."""

from __future__ import annotations

import errno
import multiprocessing
import os
import pickle
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import tables
from rooms import BUILD, EXAMPLE, Sandbox, contents, read
from sphinx.errors import ExtensionError
from tallybook import data, report, settings
from tallybook.builder.process import command, faults
from tallybook.sphinx import extension
from tallybook.sphinx.citing import cff

INIT, CODE, PAGE, TOC = "garden/__init__.py", "garden/rain.py", "rain.md", "_toc.yml"
Spoil = Callable[[Sandbox], object]


def line(file: str, text: str = "") -> int:
    """The first line of a file of the example that holds a text; without one, its last line."""
    lines = read(EXAMPLE / file).splitlines()
    return next((at for at, said in enumerate(lines, 1) if text and text in said), len(lines))


def edited(file: str, old: str, new: str) -> Spoil:
    return lambda room: room.edit(file, old, new)


def written(file: str, text: str) -> Spoil:
    return lambda room: (room.root / file).write_text(text, encoding="utf-8")


def in_bytes(file: str, old: bytes, new: bytes) -> Spoil:
    return lambda room: (room.root / file).write_bytes(
        (room.root / file).read_bytes().replace(old, new, 1)
    )


def without(file: str) -> Spoil:
    return lambda room: (room.root / file).unlink()


def unknown(room: Sandbox) -> None:
    uses = "".join(f"\nA {{num}}`rain.unknown-{place}`.\n" for place in range(300))
    with (room.root / PAGE).open("a", encoding="utf-8") as page:
        page.write(uses)


def worded(room: Sandbox) -> None:
    """The words of numbers stand in a table, and there are more than numbers."""
    room.edit(CODE, WORDS, 'number("rain.beans", beans)')
    row = "beans,kg,Beans of the year,sum of the months,,,diary2025\n"
    header = "number_id,unit,label,how,covers,decimals,source_key\n"
    tables.put(room.root, "rain/numbers", header + row + row.replace("beans", "peas", 1))


def translated(room: Sandbox) -> None:
    room.edit("_config.yml", "  config:\n", "  config:\n    report_languages: [fr]\n")
    (room.root / CATALOGUE).parent.mkdir(parents=True)
    written(CATALOGUE, 'msgid "{num}`rain.total` fell"\nmsgstr "Il a plu."\n')(room)


CATALOGUE, LOST = "locale/fr/LC_MESSAGES/rain.po", "found no placeholder; expected {num}`rain"
WORDS = 'number("rain.beans", beans, "kg", "Beans of the year", "sum of the months")'
CLAIMS = "```{claims} rain\n```\n"
READS = 'return data.row(MONTHS, "2025-07")["rain"]'
# What is spoiled, how the message begins, and how it ends, for each stage of a build. Each is built
# by the command.
BUILT: dict[str, tuple[Spoil, str, str]] = {
    "an end without a word": (
        edited(CODE, READS, "import os; os._exit(0)"),
        "found an end of Python before the site was whole; expected",
        "build",
    ),
    "numbers of pages": (
        unknown,
        f"{PAGE}:{line(PAGE) + 2}: number 'rain.unknown-0' is used but not defined",
        "and 290 more numbers that are used but not defined",
    ),
    "claims": (
        edited(PAGE, CLAIMS, f"{CLAIMS}\nAgain:\n\n{CLAIMS}"),
        "",
        "found {claims} rain and {claims} rain; expected {claims} rain, once",
    ),
    "a chart that no cell publishes": (
        edited(PAGE, "{chart} rain-months", "{chart} rain-days"),
        f"{PAGE}:{line(PAGE, '{chart}')}: chart 'rain-days' is named here but no cell of this page",
        "publishes it",
    ),
    "a chart without a text": (
        edited(PAGE, ":alt: ", ":headline: "),
        f"{PAGE}:{line(PAGE, '{chart}')}: chart 'rain-months': expected :alt: with a text",
        "shows",
    ),
    "an unknown part": (
        edited(INIT, '"sources": "index"', '"source": "index"'),
        "PAGES of garden:provider: found the part 'source'; expected one of numbers, answers",
        "",
    ),
    "a part of no page": (
        edited(INIT, '"sources": "index"', '"sources": "books"'),
        "PAGES of garden:provider, sources: found the page 'books'; expected one of",
        "index, rain",
    ),
    "latin-1": (in_bytes(PAGE, b"How", b"\xe9"), f"{PAGE}:6: found the byte 0xe9; exp", "UTF-8"),
    "a mark": (in_bytes(PAGE, b"", b"\xef\xbb\xbf"), f"{PAGE}:1: found a byte order mark", "one"),
    "plain text in latin-1": (in_bytes("index.md", b"# ", b"# \xe9"), "index.md:", "'"),
    "no settings": (written("_config.yml", ""), "_config.yml: found no keys; expected", "values"),
    "a catalogue": (translated, f"{CATALOGUE}:1: {LOST}", "rain.total`"),
}


@pytest.mark.parametrize("stage", BUILT)
def test_a_build_says_all_that_is_wrong_and_the_last_good_site_stays(built: Sandbox, stage: str):
    spoil, begins, ends = BUILT[stage]
    before = contents(built.site)
    spoil(built)
    done = built.run(*BUILD)
    *lines, last = done.stderr.strip().splitlines()
    assert done.returncode == 1
    assert last.startswith("The book was not built; the last good site stays in place.")
    assert lines[0].startswith(begins) and lines[-1].endswith(ends), done.stderr
    assert len(lines) == (11 if stage == "numbers of pages" else 1), done.stderr
    # Told before a chapter is executed; the log ends with it.
    assert stage != "a catalogue" or "executing" not in done.stdout
    assert read(built.root / "_build/build.log").endswith("\n".join(["", *lines, ""]))
    assert contents(built.site) == before


def toc(old: str, new: str) -> Spoil:
    return edited(TOC, old, new)


# What is called; what it says, or how that begins; and what is spoiled before.
THERE = line(CODE, "def beans")
CALLED: dict[str, dict[str, Spoil]] = {
    "settings": {
        "_config.yml, line 3, column 21: found no YAML (": edited(
            "_config.yml", "author:", "author: ["
        ),
        "_config.yml, line 3, column 1: found no YAML (found the key title again)": edited(
            "_config.yml", "author: The tallybook authors", "author: They\ntitle: Rain"
        ),
        f"{TOC}: found the page rain twice; expected each page once": toc(
            "  - file: rain\n", "  - file: rain\n  - file: rain.md\n"
        ),
    },
    "provider": {
        f"{INIT}:12: KeyError: 'lost'": edited(
            INIT, "provider = ", "lost = {}['lost']\nprovider = "
        ),
        f"{TOC}: found the chapter rain, but no file garden/rain/__init__.py; ex": without(CODE),
        f"{TOC}: file not found; expected the root": without(TOC),
        f"{TOC}: found no list of chapters; expected the root": toc("chapters:", "pages:"),
        f"{TOC}: found the chapter rain, but no file rain.md; expected it th": without(PAGE),
    },
    "numbers": {
        f"{CODE}:{THERE}: found 'def beans( -> float:' (invalid syntax); expected Python": edited(
            CODE, "def beans()", "def beans("
        ),
        f"{CODE}, numbers(): found None; expected a list that holds a Number each": edited(
            CODE, "    return [\n", "    [\n"
        ),
        f"{CODE}, numbers(): found the number 'sun.beans'; expected an id that begins with": edited(
            CODE, 'number("rain.beans"', 'number("sun.beans"'
        ),
        "number rain.beans: found no words for it; expected a row of data/rain/numbers.csv": edited(
            CODE, WORDS, 'number("rain.beans", beans)'
        ),
        "data/rain/numbers.csv, row 3, column number_id: found 'peas', which numbers() of": worded,
    },
}
STEPS: dict[str, Callable[[Path], object]] = {
    "settings": lambda root: settings.value(root) and settings.pages(root),
    "provider": lambda root: settings.refuse_without_code(report.provider("garden:provider").here),
    "numbers": lambda root: report.provider("garden:provider").load(),
}


def message(asked: tuple[Path, str]) -> str:
    """In a process of its own, which imports the report of that folder: what a step says."""
    root, step = asked
    os.chdir(root)
    sys.path.insert(0, str(root))
    try:
        STEPS[step](root)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is explained
        return faults.explain(error, root)
    return ""


def test_what_a_step_raises_names_file_found_and_expected(copy: Callable[[Path], Sandbox]):
    wanted, asked = [], []
    for step, spoilt in CALLED.items():
        for said, spoil in spoilt.items():
            room = copy(EXAMPLE)
            spoil(room)
            wanted.append(said)
            asked.append((room.root, step))
    with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
        found = pool.map(message, asked, chunksize=1)
    others = [pair for pair in zip(found, wanted, strict=True) if not pair[0].startswith(pair[1])]
    assert others == []
    assert all("expected" in text or text.endswith("KeyError: 'lost'") for text in found)


# What is replaced in CITATION.cff, by what, and what is said of it.
CITATION = {
    ", line 4, column 9: found no YAML": ("title:", "title: ["),
    ": found no abstract; expected the title": ("abstract:", "comment:"),
    ": found the version 'latest'; expected three numbers, x.y.z": (": 1.0.0", ": latest"),
    ", authors: found 'Ada'; expected a list of names": ("authors:", "authors: Ada\nothers:"),
    ", url: found 'javascript:a'; expected": ("message: P", "url: javascript:a\nmessage: P"),
    ", identifiers: found 'Some version' with a DOI; expected the description": (
        "authors:",
        "identifiers: [{type: doi, value: 10.5281/z, description: Some version}]\nauthors:",
    ),
    ", preferred-citation, doi: found '10.5281/z'; expected '', as in identifiers": (
        "authors:",
        "preferred-citation: {doi: 10.5281/z}\nauthors:",
    ),
}


def test_a_citation_that_cannot_be_used(tmp_path: Path):
    path, good = tmp_path / cff.FILE, read(EXAMPLE / cff.FILE)
    with pytest.raises(ExtensionError, match=r"^CITATION\.cff: file not found; expected the title"):
        cff.read(tmp_path)
    for said, (old, new) in CITATION.items():
        path.write_text(good.replace(old, new), encoding="utf-8")
        with pytest.raises(ExtensionError, match=f"^{re.escape(cff.FILE + said)}"):
            cff.read(tmp_path)
    path.write_text(good, encoding="utf-8")
    assert cff.read(tmp_path)["authors"][0]["name"] == "Ada Gardener"
    (tmp_path / cff.CODEMETA).write_text('{"identifier": "https://doi.org/10.5281/z"}')
    with pytest.raises(ExtensionError, match=r", codemeta\.json, identifier: .*/z'; expected ''"):
        cff.read(tmp_path)


def test_a_provider_that_is_not_named():
    said = r"^_config\.yml: found the report_provider .*; expected module:name"
    for name in (None, "garden"):
        with pytest.raises(ExtensionError, match=said):
            extension.provided(SimpleNamespace(srcdir=EXAMPLE), name)


def test_faults_of_the_machine_are_told_whoever_found_them(tmp_path: Path):
    there = OSError(errno.EROFS, "Read-only file system", str(tmp_path / "_build/build.lock"))
    said = "_build/build.lock: Read-only file system; expected to write there"
    assert said in faults.of_files(there, tmp_path)
    there = PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "data/SHA256SUMS"))
    said = "data/SHA256SUMS: Permission denied; expected a folder that can be written"
    assert faults.of_files(there, tmp_path) == said
    error = pickle.loads(pickle.dumps(data.DataError("rain.py:1", "dust", "rain")))
    assert faults.explain(error, EXAMPLE) == "rain.py:1: found dust; expected rain"


def test_strange_surroundings_are_named_before_anything_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert command.main(["--root", str(tmp_path)]) == 1
    said = f"_config.yml: file not found in {tmp_path}; expected"
    assert capsys.readouterr().err.startswith(said) and not list(tmp_path.iterdir())

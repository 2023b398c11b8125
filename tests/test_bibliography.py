"""The bibliography can be read, is what the table of sources was made from, and holds every source
that a table names."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import lxml.html
import pytest
from pybtex.database import Entry
from tallybook import data
from tallybook.data import bibliography, source_notes, sources
from tallybook.data.seal import seal

from microwork.paths import BIBLIOGRAPHY, ROOT
from tests.conftest import copy_project
from tests.files import read, write
from upkeep import tree

KEY = "afp2019"  # the second entry, which tables name and no page cites
LINE = read(BIBLIOGRAPHY).splitlines().index("@misc{afp2019,") + 1
ENTRY = """@misc{afp2019,
    author = "{AFP}",
    title = "Premi{\\`e}re {\\'e}tude sur les 260.000 travailleurs du clic en France",
    howpublished = "BusinessNow",
    year = "2019",
    url = "https://businessnow.fr/afp/premiere-etude-sur-les-260-000-travailleurs-du-clic-en-france/",
    note = "Secondary",
    read = "places",
    urldate = "2026-11-24"
}
"""


def said(folder: Path) -> list[str]:
    """What the check says of the bibliography and the table made from it."""
    return bibliography.faults(folder, [data.describe(name)["path"] for name in data.names()])


def with_entry(folder: Path, entry: str) -> None:
    """Put another text in the place of the entry ``KEY``."""
    path = folder / "sources.bib"
    text = read(path)
    assert ENTRY in text
    write(path, text.replace(ENTRY, entry))


def without_entry(folder: Path) -> None:
    with_entry(folder, "")


def test_the_bibliography_is_sound(data_copy):
    assert said(data_copy) == []
    assert set(bibliography.read(BIBLIOGRAPHY)) == set(data.table("sources")["key"])


ENTRIES = bibliography.read(BIBLIOGRAPHY)
# French and Spanish words that have an accent, without it. None of them is a word of English.
BARE = re.compile(
    r"\b(a la|a Madagascar|apres|aumento"
    r" el|chomage|crees|creees|deja|diplomes?|donnees|economi(e|que)s?|enquetes?|Etat|etre"
    r"|etudes?|Evolution du|francais(es?)?|genere|inegalites?|Les"
    r" Echos|metiers?|meme|minimo|Nicolas Maduro|numeriques?"
    r"|pauvretes?|precari(te|ete)|rapacite|remuner(e|es|ee|ees|ation)|representant|reseaux?|salaries?|societes?|strategiques?"
    r"|taches?|tres)\b"
)


def test_every_entry_has_the_day_on_which_it_was_recorded():
    assert [key for key, entry in ENTRIES.items() if source_notes.day(entry) is None] == []


def test_an_entry_of_arxiv_has_a_doi_and_every_doi_is_one():
    assert [
        key
        for key, entry in ENTRIES.items()
        if "eprint" in entry.fields and "doi" not in entry.fields
    ] == []
    for key, entry in ENTRIES.items():
        doi, number = entry.fields.get("doi"), entry.fields.get("eprint")
        assert doi is None or re.fullmatch(r"10\.\d{4,5}/\S+", doi), key
        assert not (doi or "").startswith("10.48550/") or doi == f"10.48550/arXiv.{number}", key


def test_names_and_titles_have_their_accents():
    text = bibliography.table_text(ENTRIES)
    assert [
        line for line in text.splitlines() if BARE.search(re.sub(r"https?://[^,]*", "", line))
    ] == []
    assert "\\" not in text and "{" not in re.sub(r"https?://[^,]*", "", text)
    for spoiled in (
        "Madagascar : l'Etat va engager",
        "la rapacite des patrons",
        "aumento el salario minimo",
        "crees a Madagascar",
    ):
        assert BARE.search(spoiled), spoiled


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"read": "whole"}, "Read: the whole text."),
        ({"read": "abstract, data"}, "Read: its abstract or a summary and its data files."),
        ({}, "What was read of it is not recorded."),
    ],
)
def test_what_was_read_is_said_in_words(fields, says):
    assert source_notes.told(Entry("misc", list(fields.items()))) == says


def test_the_page_of_sources_says_what_was_read_and_when(site):
    trees = lxml.html.fromstring(read(site / "chapters/sources.html"))
    shown = {node.get("id"): node for node in trees.find_class("citation")}
    assert len(shown) == len(ENTRIES)
    for key, entry in ENTRIES.items():
        node = shown[sources.place(key)]
        remark, links = (
            node.findall(".//em")[-1].text_content(),
            {link.get("href") for link in node.iter("a")},
        )
        assert remark.startswith(f"{source_notes.told(entry)} {source_notes.recorded(entry)}"), key
        if doi := entry.fields.get("doi"):
            assert f"https://doi.org/{doi}" in links, key
        if url := entry.fields.get("url"):
            assert {
                url,
                f"https://web.archive.org/web/{entry.fields['urldate'][:4]}*/{url}",
            } <= links, key


CHANGES = {
    "a brace at the end": ('-24"\n}\n', '-24"\n', 10, "found '@misc{africa24_2022,'; expected '}'"),
    "a brace at the start": ("@misc{", "@misc ", 0, "found 'afp2019,'; expected '(' or '{'"),
    "a brace in a title": (
        "{\\`e}",
        "{\\`e",
        0,
        "found no end of what begins here; expected a closing brace",
    ),
    "a brace too many": ("{\\`e}", "{\\`e}}", 2, "found unbalanced braces before"),
    "a comma": ('"BusinessNow",', '"BusinessNow"', 4, "found 'year = \"2019\",'; expected '}'"),
    "a quotation mark": (
        '= "2019"',
        "= about",
        4,
        "found 'about'; expected a value in braces or quotation marks",
    ),
    "a name": ("{AFP}", "A, F, P, and, more", 1, "Too many commas"),
    "a field twice": ('year = "2019",', 'year = "2019", year = "2018",', 0, "duplicate year field"),
    "a title": ("title =", "titel =", 0, "entry afp2019: found no title; expected one"),
    "a type": ("@misc", "@webpage", 0, "found the type 'webpage'; expected one of article, book"),
    "a field of its type": ("@misc", "@article", 0, "entry afp2019: found no journal"),
    "a key for an address": (
        "afp2019",
        "AFP:2019",
        0,
        "found the key 'AFP:2019'; expected small letters",
    ),
    "what was read": (
        '"places"',
        '"abstract, skimmed"',
        0,
        "field read: found 'skimmed'; expected one or more of whole,",
    ),
    "a day": (
        '"2026-11-24"',
        '"24 Nov"',
        0,
        "entry afp2019: field urldate: found '24 Nov'; expected a day such",
    ),
    "a key of its own": (ENTRY, ENTRY * 2, 10, "repeated bibliography entry: afp2019"),
    "an address of its own": (
        ENTRY,
        ENTRY + ENTRY.replace("afp2019", "africa24-2022"),
        21,
        "is 'africa24-2022' in an address",
    ),
    "letters that are seen": (
        "BusinessNow",
        "Business\u202eNow",
        3,
        "U+202E (right-to-left override)",
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_an_entry_wants_is_said_with_its_line(data_copy, what):
    old, new, below, says = CHANGES[what]
    with_entry(data_copy, ENTRY.replace(old, new, 1))
    (line,) = said(data_copy)
    assert (
        line.startswith(f"data/sources.bib, line {LINE + below}")
        and says in line
        and "; expected " in line
    ), line


def test_bytes_that_are_no_text_and_files_that_are_none(data_copy):
    path = data_copy / "sources.bib"
    path.write_bytes(ENTRY.encode() + b"\xe9")
    assert said(data_copy) == [
        "data/sources.bib, line 11: found the byte 0xe9; expected text in UTF-8"
    ]
    path.write_bytes(b"")
    assert said(data_copy) == [
        "data/sources.bib: found an empty file; expected the sources of all tables, as BibTeX"
    ]
    path.unlink()
    assert said(data_copy) == [
        "data/sources.bib: file not found; expected the sources of all tables, as BibTeX"
    ]


def test_an_entry_that_only_tables_use_cannot_be_deleted(data_copy):
    without_entry(data_copy)
    (line,) = said(data_copy)
    assert line.startswith(
        "data/sources.csv, row 2, column key: found 'afp2019', which is not in data/sources.bib;"
        " expected"
    )
    assert "rows name it, the first is data/" in line and "tallybook seal" in line
    with pytest.raises(data.DataError, match="found 'afp2019', which is not in data/sources.bib"):
        data.check_all(data_copy)
    # And sealed, as the message says: now the tables themselves are named.
    seal(data_copy)
    assert said(data_copy) == []
    with pytest.raises(data.DataError) as caught:
        data.check_all(data_copy)
    lines = str(caught.value).splitlines()
    assert lines
    assert all(
        "column source_key: found 'afp2019'; expected a key of sources (sources.bib)" in line
        for line in lines
    )
    assert any(
        line.startswith("data/counts/inputs.csv, row ") and line.endswith(" more rows name it")
        for line in lines
    ), lines


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            '"2019"',
            '"2018"',
            (
                ", row 2, column year: found '2019'; expected '2018', as data/sources.bib has it"
                " for 'afp2019'"
            ),
        ),
        ("@misc{", "@online{", ", row 2, column kind: found 'misc'; expected 'online'"),
        (
            "@misc",
            '@misc{zz2022, title = "New"}\n@misc',
            ": found no row for 'zz2022', which is in data/sources.bib",
        ),
    ],
)
def test_a_bibliography_that_was_changed_and_not_sealed(data_copy, old, new, says):
    with_entry(data_copy, ENTRY.replace(old, new))
    (line,) = said(data_copy)
    assert line.startswith(f"data/sources.csv{says}") and line.endswith(
        "(run `python -m tallybook seal`)"
    ), line


def test_a_table_must_look_its_sources_up(data_copy):
    package = data_copy / "datapackage.json"
    described = data.descriptor(data_copy)
    next(resource for resource in described["resources"] if resource["name"] == "counts-inputs")[
        "schema"
    ].pop("foreignKeys")
    write(package, json.dumps(described))
    (line,) = data.faults("counts/inputs", data_copy)
    place = "data/datapackage.json, table counts-inputs, column source_key"
    assert line.startswith(f"{place}: found no foreign key to sources; expected")


def make(root: Path, *targets: str) -> subprocess.CompletedProcess[str]:
    """``make`` in a copy, with the environment of these tests in the place of one of its own."""
    (root / ".venv").symlink_to(ROOT / ".venv", target_is_directory=True)
    environment = {**os.environ, "PYTHONPATH": tree.code(root)}
    old = [
        "--old-file",
        ".venv/.ready",
    ]  # it is newer than nothing here, and need not be made again
    return subprocess.run(
        ["make", *old, *targets], cwd=root, capture_output=True, text=True, env=environment
    )


@pytest.mark.skipif(
    not (ROOT / ".venv/.ready").exists() or not shutil.which("make"),
    reason="wants make and its .venv",
)
def test_seal_with_a_broken_bibliography_writes_nothing(tmp_path):
    root = copy_project(tmp_path / "report")
    with_entry(root / "data", ENTRY.replace('-24"\n}\n', '-24"\n'))
    before = {path: path.read_bytes() for path in (root / "data").rglob("*") if path.is_file()}
    done = make(root, "seal")
    assert done.returncode != 0
    ours = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert ours == [
        f"data/sources.bib, line {LINE + 10}, entry afp2019: found '@misc{{africa24_2022,';"
        " expected '}'"
    ]
    assert before == {
        path: path.read_bytes() for path in (root / "data").rglob("*") if path.is_file()
    }

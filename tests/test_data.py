"""The tables are what they are said to be, every source is named, graded and used, and a table that
is not is refused with one clear message."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator

import lxml.html
import nbformat
import pandas as pd
import pytest
from tallybook import data
from tallybook.data import bibliography, schema
from tallybook.data.provenance import source_place
from tallybook.model import days, facts

from microwork import report
from microwork.paths import BIBLIOGRAPHY, DATA, ROOT
from tests.conftest import copy_project, run
from tests.files import load, read, write
from tests.notebooks import baseline_path

ENTRIES = bibliography.read(BIBLIOGRAPHY)
STANDING = {line["of"]: line for line in data.records("standing")}
# Names of licences by SPDX, as the sources state them.
LICENCES = """Apache-2.0 BSD-3-Clause CC-BY-4.0 CC0-1.0 GPL-2.0-or-later GPL-3.0-only MIT MPL-2.0
O-UDA-1.0"""
# French and Spanish words that have an accent, without it. None of them is a word of English.
BARE = re.compile(
    r"\b(a la|a Madagascar|apres|aumento el|chomage|crees|creees|deja|diplomes?|donnees"
    r"|economi(e|que)s?|enquetes?|Etat|etre|etudes?|Evolution du|francais(es?)?"
    r"|inegalites?|Les Echos|metiers?|meme|minimo|Nicolas Maduro|numeriques?|pauvretes?"
    r"|precari(te|ete)|rapacite|remuner(e|es|ee|ees|ation)|representant|reseaux?|salaries?"
    r"|societes?|strategiques?|taches?|tres)\b"
)


def named() -> dict[str, set[str]]:
    """The sources that the rows of each table name."""
    tables = (name for name in data.names() if name != "sources")
    return {name: {*data.table(name).get("source_key", [])} for name in tables}


@functools.cache
def rows(table: str) -> list[tuple[str, dict]]:
    """Key and cells of each row of a table."""
    return [*zip(data.keys(table), data.records(table), strict=True)]


# Tables


@pytest.mark.weekly
def test_the_package_is_valid_for_frictionless_itself(site):
    """Rows and columns as others check them, by the description that is published."""
    import frictionless  # slow

    report = frictionless.validate(str(site / "data/datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "note"])


def test_descriptions_are_complete():
    for name in data.names():
        for field in data.describe(name)["schema"]["fields"]:
            assert field.get("description"), (name, field["name"])
        tables = schema.parents(data.describe(name))
        # Every row must name its source, or the document that would be one. Formulas over factors,
        # and names of families of rows, hold nothing from a source.
        own = name in ("sources", "chains", "families")
        assert own or {"sources", "documents"} & {*tables}, name


def licences(resource: dict) -> set[str]:
    """By name; those without a name are terms of a source that states no licence."""
    return {one["name"] for one in resource["licenses"] if "name" in one}


def test_every_table_has_its_licences_and_sources(site):
    listed, keys = data.table("sources").set_index("key"), named()
    for resource in load(site / "data/datapackage.json")["resources"]:
        if "schema" not in resource:
            continue
        name = resource["path"].removesuffix(".csv")
        assert licences(resource) <= {*LICENCES.split()}, name
        for licence in resource["licenses"]:
            assert licence["title"] and licence["path"].startswith("https://"), name
            words = r"licence|mention of the source"
            assert "name" in licence or re.search(words, licence["title"], re.I), name
        if name == "sources":
            continue
        # What we ask, and what may be answered, is our own.
        wanted = keys[name] or {"computed"}
        assert {source["key"] for source in resource["sources"]} == wanted, name
        for source in resource["sources"]:
            entry = listed.loc[source["key"]]
            assert source["title"].endswith(entry["title"])
            where = entry["url"] if pd.isna(entry["doi"]) else f"https://doi.org/{entry['doi']}"
            assert source.get("path") == (None if pd.isna(where) else where)


def test_a_table_derived_from_a_source_without_a_licence_claims_none():
    described = {name: data.describe(name) for name in data.names()}
    says = r"states? no licence|no licence of"
    stated = {name for name, one in described.items() if re.search(says, one["description"])}
    assert stated and [name for name in stated if licences(described[name])] == []


def test_all_press_claims_are_there():
    found = data.table("claims")["chapter"].value_counts().to_dict()
    wanted = {"counts": 33, "profile": 30, "retraining": 37, "income": 21}
    wanted |= {"outsourcing": 28, "poverty": 2}
    assert found | wanted == found


# What a chapter took from others


def shown(chapter: str) -> Iterator[str]:
    """The names of the tables that a chapter's kept notebook ends with."""
    cell = nbformat.read(baseline_path(chapter), as_version=4).cells[-1]
    assert cell.source.startswith("show_facts(")
    for output in cell.outputs:
        yield output.data["text/html"].split("Rows of ")[1].split(":")[0]


def test_no_cell_is_left_out_of_the_rows_that_a_page_shows():
    for name in itertools.chain(*map(shown, report.CHAPTERS)):
        words = facts.facts(name).agg(" | ".join, axis=1)
        for text, (_key, row) in zip(words, rows(name), strict=True):
            for column, cell in row.items():
                if pd.isna(cell) or column in facts.NAMES:
                    continue
                date = column == "unit" and "value" in row and days.of_unit(row["value"], cell)
                if not date:  # a date says its unit
                    assert facts._text(column, cell) in text, (name, column)


def test_no_row_of_facts_lies_idle(loaded):
    """Each is behind a number or a verdict, or code asks for it by name."""
    used = [fact for number in loaded.numbers for fact in number.facts]
    used += [fact for judgement in loaded.judgements.values() for fact in judgement.facts]
    known = {(fact.table, fact.row) for fact in used}
    code = "".join(map(read, (ROOT / "microwork").rglob("*.py")))
    for table in data.names():
        if table.endswith(("/facts", "/inputs", "/assumptions")):
            keys = {key for key in data.keys(table) if f'"{key}"' not in code}
            assert sorted(key for key in keys if (table, key) not in known) == [], table


# Sources


def test_the_bibliography_is_sound_and_every_entry_is_used():
    assert bibliography.faults(DATA) == []
    assert read(DATA / "sources.csv") == bibliography.table_text(ENTRIES)
    assert [key for key, entry in ENTRIES.items() if bibliography.day(entry) is None] == []
    used = set().union(*named().values())
    for page in [ROOT / "index.md", *sorted((ROOT / "chapters").glob("*.md"))]:
        for keys in re.findall(r"\{cite:\w+\}`([^`]+)`", read(page)):
            used |= {key.strip() for key in keys.split(",")}
    assert set(ENTRIES) == set(data.table("sources")["key"]) == used


def test_an_entry_of_arxiv_has_a_doi_and_names_and_titles_have_their_accents():
    for key, entry in ENTRIES.items():
        doi, number = entry.fields.get("doi"), entry.fields.get("eprint")
        assert doi or not number, key
        assert doi is None or re.fullmatch(r"10\.\d{4,5}/\S+", doi), key
        assert not (doi or "").startswith("10.48550/") or doi == f"10.48550/arXiv.{number}", key
    text = re.sub(r"https?://[^,\n]*", "", bibliography.table_text(ENTRIES))
    assert [line for line in text.splitlines() if BARE.search(line)] == []
    assert "\\" not in text and "{" not in text and BARE.search("Madagascar : l'Etat")


def test_the_page_of_sources_says_what_was_read_and_when(site):
    tree = lxml.html.fromstring(read(site / "chapters/sources.html"))
    shown = {node.get("id"): node for node in tree.find_class("citation")}
    assert len(shown) == len(ENTRIES)
    for key, entry in ENTRIES.items():
        node, fields = shown[source_place(key)], entry.fields
        remark = node.findall(".//em")[-1].text_content()
        assert remark.startswith(f"{bibliography.told(entry)} {bibliography.recorded(entry)}"), key
        foreign = [one.get("lang") for one in node.iter("span") if one.get("lang")]
        assert foreign == [*filter(None, [fields.get("language")])], key
        assert {"url", "doi", "note", "howpublished"} & {*fields.keys()}, f"{key}: seen where?"
        wanted = {f"https://doi.org/{fields['doi']}"} if "doi" in fields else set()
        if url := fields.get("url"):
            wanted.add(url)
        assert wanted <= {link.get("href") for link in node.iter("a")}, key


# What a source is worth


def line(table: str, key: str, source: str) -> dict | None:
    """The line of a row: its own, or that of its source."""
    return STANDING.get(f"{table}/{key}", STANDING.get(source))


def test_every_line_of_standing_is_of_a_source_or_a_row_that_names_it():
    read = data.table("sources").set_index("key")["read"]
    used = set().union(*(keys for name, keys in named().items() if name != "standing"))
    for of, one in STANDING.items():
        source = one["source_key"]
        assert one["read"] in str(read[source]).split(", ") and source in used, of
        if "/" not in of:
            assert source == of
            continue
        table = next(name for name in data.names() if of.startswith(f"{name}/"))
        assert dict(rows(table))[of.removeprefix(f"{table}/")]["source_key"] == source, of
        assert source in STANDING, f"{of}: expected a line of its source, for the other rows"


def test_the_grades_in_a_table_are_those_of_its_sources():
    other = [
        f"{table}/{key}"
        for table in data.names()
        if table != "standing" and {"source_key", "grade"} <= {*data.table(table)}
        for key, cells in rows(table)
        # What we assume has no grade.
        if (cells["source_key"], cells["grade"]) != ("computed", None)
        if (one := line(table, key, cells["source_key"])) and cells["grade"] != one["grade"]
    ]
    assert other == []


def test_every_fact_under_a_verdict_has_its_line(loaded):
    missing = set()
    for name, judgement in loaded.judgements.items():
        if loaded.claims[name].repeats:
            continue
        numbers = [loaded.numbers[number] for number in judgement.found]
        for fact in {*judgement.facts, *(fact for number in numbers for fact in number.lineage)}:
            if "source_key" not in data.table(fact.table):
                continue
            whole = ((key, cells["source_key"]) for key, cells in rows(fact.table))
            read = [(fact.row, fact.source)] if fact.row else whole
            missing |= {(fact.table, key) for key, of in read if line(fact.table, key, of) is None}
    assert missing == set()


# What can be wrong with a table is tested in the engine; here are faults of several of ours.


def set_cell(root, name, row, column, text):
    """Write ``text`` into a cell (row counted as an editor does: the header is row 1)."""
    path = root / f"data/{name}.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame.loc[row - 2, column] = text
    frame.to_csv(path, index=False, lineterminator="\n")


def test_every_faulty_table_is_named_at_once_and_make_check_fails(tmp_path):
    root = copy_project(tmp_path / "report")
    write(root / "data/sources.bib", "@misc{open,\n")
    set_cell(root, "claims", 2, "value", "many")
    set_cell(root, "standing", 3, "source_key", "nobody1999")
    set_cell(root, "questions", 2, "question", "a quiet change")
    (root / "data/factors.csv").unlink()
    done = run(root, "-m", "tallybook", "check")
    assert done.returncode == 1 and done.stdout == ""
    places = {re.split(": f(?:ound|ile)", line)[0] for line in done.stderr.splitlines()}
    assert places >= {
        "data/sources.bib, line 2",
        "data/claims.csv, row 2, column value",
        "data/standing.csv, row 3, column source_key",
        "data/questions.csv",
        "data/factors.csv",
    }

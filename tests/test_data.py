"""The tables are what they are said to be, and a table that is not is refused with one clear
message."""

from __future__ import annotations

import re

import frictionless
import pandas as pd
from tallybook import data
from tallybook.data import bibliography, schema

from microwork.paths import BIBLIOGRAPHY, DATA, ROOT
from tests.conftest import copy_project, run
from tests.files import load, read, write


def test_the_package_is_valid_for_frictionless_itself(site):
    """Rows and columns as others check them, by the description that is published."""
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


# Names of licences by SPDX, as the sources state them.
LICENCES = """Apache-2.0 BSD-3-Clause CC-BY-4.0 CC0-1.0 GPL-2.0-or-later GPL-3.0-only MIT MPL-2.0
O-UDA-1.0"""


def licences(resource: dict) -> set[str]:
    """By name; those without a name are terms of a source that states no licence."""
    return {one["name"] for one in resource["licenses"] if "name" in one}


def test_every_table_has_its_licences_and_sources(site):
    listed = data.table("sources").set_index("key")
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
        named = set(data.table(name).get("source_key", ["computed"]))
        assert {source["key"] for source in resource["sources"]} == named, name
        for source in resource["sources"]:
            entry = listed.loc[source["key"]]
            assert source["title"].endswith(entry["title"])
            wanted = entry["url"] if pd.isna(entry["doi"]) else f"https://doi.org/{entry['doi']}"
            assert source.get("path") == (None if pd.isna(wanted) else wanted)


def test_a_table_derived_from_a_source_without_a_licence_claims_none():
    described = {name: data.describe(name) for name in data.names()}
    without = {name for name, one in described.items() if not licences(one)}
    says = r"states? no licence|no licence of"
    stated = {name for name, one in described.items() if re.search(says, one["description"])}
    assert len(stated) > 10 and stated <= without
    for name in without:
        if "mturk" in name or "pairs" in name:
            assert "No licence stated" in str(described[name]["licenses"])


def test_sources_csv_is_made_from_the_bibliography():
    assert read(DATA / "sources.csv") == bibliography.table_text(bibliography.read(BIBLIOGRAPHY))


def test_every_source_is_used():
    used = {
        key
        for name in data.names()
        if name != "sources"
        for key in data.table(name).get("source_key", [])
    }
    for page in [ROOT / "index.md", *sorted((ROOT / "chapters").glob("*.md"))]:
        for keys in re.findall(r"\{cite:\w+\}`([^`]+)`", read(page)):
            used |= {key.strip() for key in keys.split(",")}
    assert set(re.findall(r"^@\w+\{([^,\s]+),", read(BIBLIOGRAPHY), re.M)) == used


def test_all_press_claims_are_there():
    found = data.table("claims")["chapter"].value_counts().to_dict()
    wanted = {"counts": 33, "profile": 30, "retraining": 37, "income": 21}
    wanted |= {"outsourcing": 28, "poverty": 2}
    assert found | wanted == found


def test_a_table_comes_typed():
    claims = data.table("claims")
    assert claims["value"].dtype == "float64"
    assert pd.isna(claims.loc[claims["claim_id"] == "largest-platform", "value"]).all()


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
    set_cell(root, "counts/inputs", 2, "value", "many")
    set_cell(root, "poverty/survey", 2, "value", "110")
    set_cell(root, "profile/facts", 3, "source_key", "nobody1999")
    set_cell(root, "profile/shares", 2, "note", "a quiet change")
    (root / "data/income/prices.csv").unlink()
    done = run(root, "-m", "tallybook", "check")
    assert done.returncode == 1 and done.stdout == ""
    assert [re.split(": f(?:ound|ile)", line)[0] for line in done.stderr.splitlines()] == [
        "data/sources.bib, line 2",
        "data/poverty/survey.csv, row 2, column value",
        "data/counts/inputs.csv, row 2, column value",
        "data/income/prices.csv",
        "data/profile/shares.csv",
        "data/profile/facts.csv, row 3, column source_key",
    ]

"""The tables are what they are said to be, and a table that is not is refused with one clear
message."""

from __future__ import annotations

import re

import frictionless
import pandas as pd
import pytest
from tallybook import data
from tallybook.data import bibliography, cells, terms

from microwork.paths import BIBLIOGRAPHY, DATA, PACKAGE, ROOT
from tests.conftest import copy_project, run
from tests.files import read, write


def test_the_package_is_valid_for_frictionless_itself():
    report = frictionless.validate(str(PACKAGE))
    assert report.valid, report.flatten(["name", "type", "note"])


def test_every_file_is_described_and_every_description_has_its_file():
    on_disk = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file()}
    described = {resource["path"] for resource in data.descriptor()["resources"]}
    assert on_disk == {*described, "datapackage.json", "sources.bib"}


@pytest.mark.parametrize("name", data.names())
def test_descriptions_are_complete(name):
    resource = data.describe(name)
    assert resource["title"] and resource["description"]
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", resource["hash"])
    assert resource["schema"]["primaryKey"]
    for field in resource["schema"]["fields"]:
        assert field["type"] and field["description"], field["name"]
    if name != "sources":
        keys = [key["reference"]["resource"] for key in resource["schema"].get("foreignKeys", [])]
        # Every row must name its source, or the document that would be one.
        assert {"sources", "documents"} & {*keys}


# Names of licences by SPDX, as the sources state them.
LICENCES = """Apache-2.0 BSD-3-Clause CC-BY-4.0 CC0-1.0 GPL-2.0-or-later GPL-3.0-only MIT MPL-2.0
O-UDA-1.0"""


@pytest.mark.parametrize("name", data.names())
def test_every_table_has_its_licences_and_sources(name):
    resource = data.describe(name)
    assert {licence["name"] for licence in terms.named(resource)} <= {*LICENCES.split()}
    for licence in resource["licenses"]:
        assert licence["title"] and licence["path"].startswith("https://")
        words = r"licence|mention of the source"
        assert "name" in licence or re.search(words, licence["title"], re.I)
    if name == "sources":
        assert [source["path"] for source in resource["sources"]] == ["sources.bib"]
        assert (DATA / "sources.bib").is_file()
        return
    # What we ask, and what may be answered, is our own.
    named = set(data.table(name).get("source_key", ["computed"]))
    assert {source["key"] for source in resource["sources"]} == named
    listed = data.table("sources").set_index("key")
    for source in resource["sources"]:
        entry = listed.loc[source["key"]]
        assert source["title"].endswith(entry["title"])
        wanted = entry["url"] if pd.isna(entry["doi"]) else f"https://doi.org/{entry['doi']}"
        assert source.get("path") == (None if pd.isna(wanted) else wanted)


def test_a_table_derived_from_a_source_without_a_licence_claims_none():
    described = {name: data.describe(name) for name in data.names()}
    without = {name for name, one in described.items() if not terms.named(one)}
    says = r"states? no licence|no licence of"
    stated = {name for name, one in described.items() if re.search(says, one["description"])}
    assert len(stated) > 10 and stated <= without
    for name in without:
        if "mturk" in name or "pairs" in name:
            assert "No licence stated" in terms.remark(described[name])


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
    wanted = {"counts": 30, "profile": 28, "retraining": 35, "income": 21}
    wanted |= {"outsourcing": 23, "poverty": 2}
    assert found | wanted == found


def test_a_table_comes_typed():
    claims = data.table("claims")
    assert claims["value"].dtype == "float64"
    assert pd.isna(claims.loc[claims["claim_id"] == "largest-platform", "value"]).all()


def test_an_order_names_columns_that_exist():
    for name in data.names():
        described = data.describe(name)
        columns = {field["name"] for field in described["schema"]["fields"]}
        assert {one.removeprefix("-") for one in described.get("order", [])} <= columns, name


@pytest.mark.parametrize("name", data.names())
def test_every_number_column_refuses_infinity_and_no_cell_is_near_the_limit(name):
    text = read(DATA / f"{name}.csv")
    kinds = {field["name"]: field["type"] for field in data.describe(name)["schema"]["fields"]}
    assert cells.faults(text, kinds) == []
    rows = cells.rows(text)
    assert max(len(cell) for row in rows for cell in row) < 0.75 * cells.LONGEST
    numeric = [column for column in rows[0] if kinds[column] in ("number", "integer")]
    assert all(cells.fault("inf", kinds[column]) for column in numeric)


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
    set_cell(root, "counts/shares", 2, "value", "110")
    set_cell(root, "profile/counts", 3, "source_key", "nobody1999")
    set_cell(root, "profile/shares", 2, "note", "a quiet change")
    (root / "data/income/prices.csv").unlink()
    header, first, second, *others = read(root / "data/counts/clickworker.csv").splitlines(True)
    write(root / "data/counts/clickworker.csv", "".join([header, second, first, *others]))
    done = run(root, "-m", "tallybook", "check")
    assert done.returncode == 1 and done.stdout == ""
    assert [re.split(": f(?:ound|ile)", line)[0] for line in done.stderr.splitlines()] == [
        "data/sources.bib, line 1, entry open",
        "data/counts/inputs.csv, row 2, column value",
        "data/counts/shares.csv, row 2, column value",
        "data/counts/clickworker.csv",
        "data/income/prices.csv",
        "data/profile/shares.csv",
        "data/profile/counts.csv, row 3, column source_key",
    ]

"""The tables are what they are said to be, and a table that is not is refused with one clear
message."""

from __future__ import annotations

import contextlib
import json
import re

import frictionless
import pandas as pd
import pytest
from tallybook import data
from tallybook.data import bibliography, terms, validation
from tallybook.data.package import checked_fingerprint
from tallybook.data.seal import seal

from microwork.paths import BIBLIOGRAPHY, DATA, PACKAGE, ROOT


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
        assert {"sources", "documents"} & {*keys}, (
            "every row must name its source, or the document that would be one"
        )


# Names of licences by SPDX, as the sources state them.
LICENCES = {
    "Apache-2.0",
    "BSD-3-Clause",
    "CC-BY-4.0",
    "CC0-1.0",
    "GPL-2.0-or-later",
    "GPL-3.0-only",
    "MIT",
    "MPL-2.0",
    "O-UDA-1.0",
}


@pytest.mark.parametrize("name", data.names())
def test_every_table_has_its_licences_and_sources(name):
    resource = data.describe(name)
    assert {licence["name"] for licence in terms.named(resource)} <= LICENCES
    for licence in resource["licenses"]:
        assert licence["title"] and licence["path"].startswith("https://")
        assert "name" in licence or re.search(
            r"licence|mention of the source", licence["title"], re.I
        )
    if name == "sources":
        assert [source["path"] for source in resource["sources"]] == ["sources.bib"] and (
            DATA / "sources.bib"
        ).is_file()
        return
    named = set(
        data.table(name).get("source_key", ["computed"])
    )  # what we ask, and what may be answered, is our own
    assert {source["key"] for source in resource["sources"]} == named
    listed = data.table("sources").set_index("key")
    for source in resource["sources"]:
        entry = listed.loc[source["key"]]
        assert source["title"].endswith(entry["title"])
        wanted = entry["url"] if pd.isna(entry["doi"]) else f"https://doi.org/{entry['doi']}"
        assert source.get("path") == (None if pd.isna(wanted) else wanted)


def test_a_table_derived_from_a_source_without_a_licence_claims_none():
    stated = [
        name
        for name in data.names()
        if re.search(r"states? no licence|no licence of", data.describe(name)["description"])
    ]
    assert len(stated) > 10 and [name for name in stated if terms.named(data.describe(name))] == []
    without = {name for name in data.names() if not terms.named(data.describe(name))}
    assert all(
        "No licence stated" in terms.remark(data.describe(name))
        for name in without
        if "mturk" in name or "pairs" in name
    )


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        (
            "licenses",
            None,
            "licenses: found none; expected one or more, each with a title and a path",
        ),
        (
            "licenses",
            [{"name": "MIT"}],
            "licenses: found \"[{'name': 'MIT'}]\"; expected one or more",
        ),
        (
            "sources",
            [],
            (
                "sources: found none; expected one or more with a title (run `python -m tallybook"
                " seal`)"
            ),
        ),
        ("sources", [{"title": "A", "key": "afp2019"}], "sources: found no '"),
    ],
)
def test_a_table_without_its_licences_or_sources(data_copy, field, value, says):
    package = data.descriptor(data_copy)
    resource = next(one for one in package["resources"] if one["name"] == "counts-inputs")
    resource.pop(field) if value is None else resource.update({field: value})
    (data_copy / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert complaint(data_copy).startswith(f"data/datapackage.json, table counts-inputs, {says}")


def test_sealing_a_changed_source_changes_the_sources_of_its_table(data_copy):
    before = {source["key"] for source in data.describe(INPUTS, data_copy)["sources"]}
    set_cell(data_copy, 2, "source_key", "wilson1927")
    assert (
        {source["key"] for source in data.describe(INPUTS, data_copy)["sources"]}
        >= {"wilson1927"}
        > before & {"wilson1927"}
    )


def test_sources_csv_is_made_from_the_bibliography():
    assert (DATA / "sources.csv").read_text(encoding="utf-8") == bibliography.table_text(
        bibliography.read(BIBLIOGRAPHY)
    )


def test_every_source_is_used():
    used = {
        key
        for name in data.names()
        if name != "sources"
        for key in data.table(name).get("source_key", [])
    }
    for page in [ROOT / "index.md", *sorted((ROOT / "chapters").glob("*.md"))]:
        for keys in re.findall(r"\{cite:\w+\}`([^`]+)`", page.read_text(encoding="utf-8")):
            used |= {key.strip() for key in keys.split(",")}
    assert (
        set(re.findall(r"^@\w+\{([^,\s]+),", BIBLIOGRAPHY.read_text(encoding="utf-8"), re.M))
        == used
    )


def test_all_press_claims_are_there():
    found = data.table("claims")["chapter"].value_counts().to_dict()
    wanted = {
        "counts": 30,
        "profile": 28,
        "retraining": 35,
        "income": 21,
        "outsourcing": 23,
        "poverty": 2,
    }
    assert found | wanted == found


def test_a_table_comes_typed():
    claims = data.table("claims")
    assert claims["value"].dtype == "float64"
    assert pd.isna(claims.loc[claims["claim_id"] == "largest-platform", "value"]).all()


# Bad input: what is done to data/, and the pieces its message must hold: file, row, column, found,
# wanted.

INPUTS = "counts/inputs"


def seal_if_sound(folder):
    """``seal`` refuses most of what is written here.

    A table that stays unsealed for it is refused for the same reason.
    """
    with contextlib.suppress(data.DataError):
        seal(folder)


def spoil(folder, change, name=INPUTS, sealed=True):
    path = folder / f"{name}.csv"
    path.write_bytes(change(path.read_bytes()))
    if sealed:
        seal_if_sound(folder)


def complaint(folder, name=INPUTS):
    with pytest.raises(data.DataError) as caught:
        data.table(name, folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def set_cell(folder, row, column, text, name=INPUTS, sealed=True):
    """Write ``text`` into a cell (row counted as an editor does: the header is row 1)."""
    frame = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
    frame.loc[row - 2, column] = text
    frame.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    if sealed:
        seal_if_sound(folder)


def test_missing_table(data_copy):
    (data_copy / "counts/inputs.csv").unlink()
    assert "data/counts/inputs.csv: file not found" in complaint(data_copy)


def test_unknown_table():
    with pytest.raises(
        data.DataError, match="no table named 'counts/nothing'; expected one of: sources"
    ):
        data.table("counts/nothing")


def test_truncated_table(data_copy):
    def cut(content):  # in the middle of the last row, after its third column
        last = content[:-1].rindex(b"\n") + 1
        return content[:last] + b",".join(content[last:].split(b",")[:3])

    spoil(data_copy, cut)
    message = complaint(data_copy)
    rows = len((data_copy / "counts/inputs.csv").read_text(encoding="utf-8").splitlines())
    assert (
        f"data/counts/inputs.csv, row {rows}, column source_key: found nothing; expected text"
        in message
    )


def test_truncated_between_rows(data_copy):
    spoil(data_copy, lambda content: content[: content[:-1].rindex(b"\n") + 1], sealed=False)
    assert "data/counts/inputs.csv: found sha256" in complaint(data_copy)


def test_wrong_type(data_copy):
    set_cell(data_copy, 2, "value", "many")
    message = complaint(data_copy)
    assert "data/counts/inputs.csv, row 2, column value: found 'many'; expected a number" in message


def test_decimal_comma(data_copy):
    set_cell(data_copy, 2, "value", "1,27")
    assert "row 2, column value: found '1,27'; expected a number with a decimal point" in complaint(
        data_copy
    )


def test_percentage_over_100(data_copy):
    name = "counts/shares"
    set_cell(data_copy, 2, "value", "110", name)
    message = complaint(data_copy, name)
    wanted = "expected a number in every row, of at least 0, of at most 100"
    assert f"data/counts/shares.csv, row 2, column value: found '110'; {wanted}" in message


def test_duplicate_key(data_copy):
    spoil(data_copy, lambda content: content + content.splitlines(keepends=True)[1])
    message = complaint(data_copy)
    assert (
        "data/counts/inputs.csv, row" in message and "fact_id" in message and "expected" in message
    )


def test_unknown_source_key(data_copy):
    set_cell(data_copy, 3, "source_key", "nobody1999")
    message = complaint(data_copy)
    assert (
        "data/counts/inputs.csv, row 3, column source_key: found 'nobody1999'; expected a key of"
        " sources (sources.bib)" in message
    )


def test_what_another_process_vouches_for_is_not_checked_until_it_changes(data_copy, monkeypatch):
    set_cell(data_copy, 2, "note", "a quiet change", sealed=False)
    monkeypatch.setenv(data.CHECKED, checked_fingerprint(data_copy))
    assert data.table("counts/inputs", data_copy)["note"][0] == "a quiet change"
    set_cell(data_copy, 2, "note", "another one", sealed=False)
    assert "data/counts/inputs.csv: found sha256" in complaint(data_copy)
    (data_copy / "counts/labels.csv").unlink()
    assert "data/counts/labels.csv: file not found" in complaint(data_copy, "counts/labels")


def test_wrong_sha256(data_copy):
    set_cell(data_copy, 2, "note", "a quiet change", sealed=False)
    message = complaint(data_copy)
    assert (
        "data/counts/inputs.csv: found sha256" in message
        and "expected" in message
        and "tallybook seal" in message
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [(7, "expected 7"), (None, "expected an entry for them in datapackage.json")],
)
def test_wrong_number_of_bytes(data_copy, said, expected):
    package = json.loads((data_copy / "datapackage.json").read_text(encoding="utf-8"))
    (one,) = [
        resource for resource in package["resources"] if resource["path"] == "counts/inputs.csv"
    ]
    there = one.pop("bytes")
    if said:
        one["bytes"] = said
    (data_copy / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    message = complaint(data_copy)
    assert (
        f"data/counts/inputs.csv: found {there} bytes; {expected} (if the change is meant, run"
        in message
    )


STRING = {"type": "string"}


@pytest.mark.parametrize(
    ("key", "said", "expected"),
    [
        ("path", "counts/../counts/inputs.csv", "is not safe"),
        ("hash", None, "hash: found null; expected a text"),
        ("hash", "", "expected one in datapackage.json"),
        ("encoding", "utf-16", "found the encoding 'utf-16'; expected 'utf-8'"),
        ("format", "xlsx", "found the format 'xlsx'; expected 'csv'"),
        ("compression", "gz", "found an entry compression; expected none"),
        ("rows", 7, "found an entry rows; expected none"),
    ],
)
def test_a_description_that_does_not_fit_its_file(data_copy, key, said, expected):
    package = json.loads((data_copy / "datapackage.json").read_text(encoding="utf-8"))
    (one,) = [
        resource for resource in package["resources"] if resource["path"] == "counts/inputs.csv"
    ]
    one[key] = said
    (data_copy / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert expected in complaint(data_copy, str(one["path"]).removesuffix(".csv"))


def test_a_key_that_is_called_like_its_column_or_named_alone_is_looked_up(tmp_path):
    (tmp_path / "parents.csv").write_text("key,kind\nkey,a\nb,c\n")
    reference = {"resource": "parents", "fields": "key"}
    parent = {
        "name": "parents",
        "type": "table",
        "path": "parents.csv",
        "hash": "",
        "schema": {"fields": [STRING | {"name": "key"}]},
    }
    child = parent | {"name": "child", "path": "child.csv"}
    child["schema"] = {
        "fields": [STRING | {"name": "of"}],
        "foreignKeys": [{"fields": "of", "reference": reference}],
    }
    found = validation.faults(child, [parent], tmp_path, b"of\nkey\nb\nnone\n")
    assert found == [", row 4, column of: found 'none'; expected a key of parents (table parents)"]


def swap_rows(content):
    header, first, second, *others = content.splitlines(keepends=True)
    return b"".join([header, second, first, *others])


@pytest.mark.parametrize(
    "name", ["counts/clickworker", "outsourcing/visits", "retraining/headline_accuracy"]
)
def test_rows_that_are_not_in_the_stated_order(data_copy, name):
    spoil(data_copy, swap_rows, name)
    message = complaint(data_copy, name)
    assert (
        f"data/{name}.csv, row 3: found a row that does not come after the one above; expected"
        " rows by" in message
    )


def test_a_table_without_a_stated_order_takes_any(data_copy):
    spoil(data_copy, swap_rows)
    data.table(INPUTS, data_copy)


def test_an_order_names_columns_that_exist():
    for name in data.names():
        columns = {field["name"] for field in data.describe(name)["schema"]["fields"]}
        assert {
            column.removeprefix("-") for column in data.describe(name).get("order", [])
        } <= columns, name


def test_empty_file(data_copy):
    spoil(data_copy, lambda content: b"", sealed=False)
    assert "data/counts/inputs.csv, row 1: found an empty file" in complaint(data_copy)


def test_another_encoding(data_copy):
    spoil(data_copy, lambda content: content + "é".encode("latin-1"), sealed=False)
    assert "found the byte 0xe9; expected text in UTF-8" in complaint(data_copy)


def test_broken_descriptor(data_copy):
    (data_copy / "datapackage.json").write_text('{"resources": [', encoding="utf-8")
    with pytest.raises(data.DataError, match="datapackage.json, row 1, column"):
        data.table(INPUTS, data_copy)


def test_a_changed_table_is_checked_again(data_copy):
    data.table(INPUTS, data_copy)
    set_cell(data_copy, 2, "value", "-5")
    assert "column value" in complaint(data_copy)


def test_seal_says_what_changed_and_is_then_quiet(data_copy):
    set_cell(data_copy, 2, "note", "a change that was meant", sealed=False)
    assert seal(data_copy) == ["counts/inputs.csv"]
    assert seal(data_copy) == []
    assert json.loads((data_copy / "datapackage.json").read_text(encoding="utf-8"))["resources"]

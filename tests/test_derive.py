"""How derived tables are made and checked: the machinery, and the tables of the chapter on
outsourcing."""

from __future__ import annotations

import gzip
import hashlib
import importlib
import os
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from tallybook import data

from microwork.derive import __main__ as derive
from microwork.derive import (
    corona_queries,
    countries,
    dataset_births,
    headlines,
    project_pairs,
    supply_by_year,
    vaccine_tweets,
)
from microwork.derive import raw as rawfiles
from microwork.paths import DATA


@pytest.fixture
def published(tmp_path, monkeypatch):
    """Puts a raw file into the folder of the test, as if it were published with these bytes."""
    files = pd.DataFrame(columns=["sha256", "where"])
    monkeypatch.setattr(rawfiles, "known", lambda: files)

    def put(name, content, packed=False, there=True):
        files.loc[name] = [hashlib.sha256(content).hexdigest(), "https://example.org/there"]
        if there:
            path = tmp_path / (f"{name}.gz" if packed else name)
            path.write_bytes(gzip.compress(content) if packed else content)
        return tmp_path

    return put


def test_a_raw_file_is_taken_packed_or_not(published):
    content = b"code,x\nNAM,0.1\nNULL,NA\nNaN,\n"
    for packed in (True, False):
        folder = published(f"{packed}.csv", content, packed)
        assert rawfiles.read(folder, f"{packed}.csv") == content
    frame = rawfiles.frame(folder, "False.csv")
    # Only NA and nothing are missing.
    assert frame["code"].tolist() == ["NAM", "NULL", "NaN"]
    assert frame["x"].isna().tolist() == [False, True, True]


def test_r_data_is_read(published, tmp_path):
    rdata = pytest.importorskip("rdata", reason="reads the R files of two derivations")
    frame = pd.DataFrame({"x": np.array([1.5, 2.5]), "y": np.array([3.0, 4.0])})
    rdata.write_rda(tmp_path / "one.rda", {"a": frame})
    published("one.rda", (tmp_path / "one.rda").read_bytes())
    assert rawfiles.frame(tmp_path, "one.rda")["x"].tolist() == [1.5, 2.5]


def modules():
    return [importlib.import_module(f"microwork.derive.{name}") for name in derive.DERIVATIONS]


def module(content=1, table="x/t.csv", file="raw.csv"):
    return SimpleNamespace(
        TABLES={table: rawfiles.sourced("key", "page 1")},
        FILES={file: {"dtype": str}},
        make=lambda frame: frame.assign(a=content),
    )


def test_identical_different_and_not_kept(published, tmp_path):
    published("raw.csv", b"a,b\n0,02\n")

    def said(*content, **other):
        [(path, same, words)] = derive.check(module(*content, **other), tmp_path, tmp_path)
        return same, words

    assert said() == (False, "row 1: kept '', rebuilt 'a,b,source_key,locator,grade'")
    assert [*derive.check(module(), tmp_path, out=tmp_path)] == [("x/t.csv", True, "written")]
    lines = "a,b,source_key,locator,grade", "1,02,key,page 1,A"
    assert (tmp_path / "x/t.csv").read_text().splitlines() == list(lines)
    assert said() == (True, "identical")
    assert said(2) == (False, f"row 2: kept '{lines[1]}', rebuilt '2{lines[1][1:]}'")
    (tmp_path / "x/t.csv").write_text(lines[0] + "\n")
    assert said() == (False, f"row 2: kept '', rebuilt '{lines[1]}'")
    # A raw file that is not the published one, and one that is not there.
    (tmp_path / "raw.csv").write_bytes(b"something else")
    right, words = said()
    assert not right and "raw.csv: found sha256 " in words and "at https://example" in words
    published("gone.csv", b"", there=False)
    place = "published at https://example.org/there"
    assert said(file="gone.csv") == (False, f"not rebuilt: gone.csv: not in {tmp_path}; {place}")


def test_the_command_fails_without_raw_files_and_says_where_they_are(tmp_path, capsys):
    assert derive.main(["--raw", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().out
    firsts = {[*one.FILES][0] for one in modules()}
    for name, raw in rawfiles.known().loc[[*firsts]].iterrows():
        assert f"{name}: not in {tmp_path}; published at {raw['where']}" in said
    every = [path for one in modules() for path in one.TABLES]
    assert said.count(": not rebuilt: ") == len(every)
    assert not (tmp_path / "out").exists()


def test_each_raw_file_has_a_home_and_each_derivation_makes_tables_that_are_kept():
    listed = {file for one in modules() for file in one.FILES}
    assert listed == set(rawfiles.known().index)
    assert (rawfiles.known()["sha256"].str.len() == 64).all()
    for name, one in zip(derive.DERIVATIONS, modules(), strict=True):
        for path in one.TABLES:
            assert (DATA / path).is_file()
            said = data.describe(path.removesuffix(".csv"))["description"]
            assert f"microwork.derive.{name}" in said, path


@pytest.mark.skipif(
    "MICROWORK_RAW" not in os.environ, reason="set MICROWORK_RAW to a folder with the raw files"
)
def test_tables_are_rebuilt_byte_for_byte():
    assert derive.main(["--raw", os.environ["MICROWORK_RAW"]]) == 0


# The tables of the chapter on outsourcing


NETWORK = ["client", "supplier", "year", "client_region", "worker_region", "projects"]


def test_regions_are_summed_to_countries_and_sorted_by_language():
    # Two years, two French regions, two Malagasy ones.
    rows = [
        ("FRA", "MDG", 2014, "Paris", "Tana", 3),
        ("FRA", "MDG", 2015, "Paris", "Tana", 4),
        ("FRA", "MDG", 2015, "Lyon", "Tana", 2),
        ("FRA", "MDG", 2015, "", "Tana", 1),
        ("FRA", "FRA", 2014, "Paris", "Lyon", 5),
        ("CAN", "FRA", 2014, "Quebec", "Lyon", 1),
        ("CAN", "FRA", 2015, "Québec", "Lyon", 1),
        ("CAN", "FRA", 2015, "", "Lyon", 1),
        ("IND", "FRA", 2015, "Goa", "Lyon", 1),
    ]
    network = pd.DataFrame(rows, columns=NETWORK)
    table = project_pairs.pairs(network).set_index(["client", "supplier"])
    # Paris-Tana is one pair of regions over both years, with 3 + 4 projects; Lyon and the unnamed
    # region are two more. Paris buys those 7 and 5 in Lyon; Tana sells all 10.
    assert table.loc[("FRA", "MDG")].tolist() == [3, 7, 3, 7, 12, 10]
    assert table.loc[("FRA", "FRA")].tolist() == [5, 0, 1, 5, 12, 9]
    # Two spellings and two years of Quebec are one row; a region without a name is French-speaking
    # only in France. India's regions are not kept.
    found = project_pairs.regions(network)[["client", "region", "part", "projects"]]
    assert found.values.tolist() == [
        ["CAN", "Quebec", "French-speaking", 2],
        ["CAN", "not named", "other", 1],
        ["FRA", "Lyon", "French-speaking", 2],
        ["FRA", "Paris", "French-speaking", 5],
        ["FRA", "Paris", "French-speaking", 7],
        ["FRA", "not named", "French-speaking", 1],
    ]


def test_two_names_of_one_country_are_added_and_pay_is_kept_beside_gdp():
    columns = ["ISO_Code", "country", "year", "project_count", "median_wage"]
    rows = [
        ("COG", "congo", "01/01/2019", 30, 5.0),
        ("COG", "Congo Brazzaville", "01/01/2019", 10, 7.0),
        ("NAM", "namibia", "01/01/2019", 20, None),
        ("ABW", "aruba", "01/01/2019", 0, None),
        (None, "micronesia", "01/01/2019", 19, 9.0),
        ("SOM", "somalia", "01/01/2019", 40, 8.0),
        ("VEN", "venezuela", "01/01/2019", 90, 7.0),
    ]
    archive = pd.DataFrame(rows, columns=columns)
    table = supply_by_year.supply(archive)
    # The median of the larger of the two; too few projects for one; and no pay at all.
    found = table.set_index("country")[["projects", "median_hourly_pay"]].fillna(0)
    assert found.loc[["COG", "FSM", "NAM"]].values.tolist() == [[40, 5], [19, 0], [20, 0]]
    gdp = [("COG", 2019, 4, 2), ("MDG", 2019, 6, 2), ("VEN", 2019, 1, 10)]
    pwt = pd.DataFrame(gdp, columns=["isocode", "year", "rgdpo", "pop"])
    kept, heads, *_ = supply_by_year.make(archive, pwt)
    # No GDP for Somalia: nothing to set its pay beside.
    assert kept["median_hourly_pay"].fillna(0).tolist() == [5, 0, 0, 0, 7]
    assert heads.values.tolist() == [["COG", 2019, 2.0]]


def test_countries_of_cepii_with_todays_codes():
    columns = ["iso3", "country", "continent", "lat", "lon", "maincity"]
    none, empires = [".", "."], ["GBR", "FRA", "ESP", "."]
    rows = [
        ["ROM", "Romania", "Europe", 44.41667, 26.11667, 1, "Romanian", *none, *none, *none],
        ["USA", "U.S.A.", "America", 40.75, -74.0, 1, "English", *none, *empires],
        ["USA", "U.S.A.", "America", 38.9, -77.0, 0, "English", *none, *empires],
        ["MDA", "Moldova, Rep.of", "Europe", 47.0, 28.8, 1, "Romanian", *none, "RUS", ".", *none],
    ]
    geo = pd.DataFrame(rows, columns=[*columns, *countries.LANGUAGES, *countries.COLONISERS])
    beside = [("ROM", "MDA", 1), ("MDA", "ROM", 1), ("USA", "MDA", 0)]
    dist = pd.DataFrame(beside, columns=["iso_o", "iso_d", "contig"])
    table = countries.countries(geo, dist, {"ROU", "USA", "MDA"}).set_index("country")
    assert table["name"].to_dict() == {"MDA": "Moldova", "ROU": "Romania", "USA": "United States"}
    assert table.loc["MDA", "neighbours"] == "ROU" and table.loc["USA", "latitude"] == 40.75
    assert table["colonisers"].tolist() == ["RUS", None, "ESP; FRA; GBR"]


# The tables of the chapter on retraining: nothing of a test is learnt, and nothing is lost


def test_searches_by_hand():
    # One search in capitals or not and in two countries is one.
    rows = [(1, "corona"), (2, "Corona"), (2, "corona"), (2, "virus"), (3, "masks")]
    lines = pd.DataFrame(rows, columns=["day", "Query"])
    lines["Date"] = "2020-01-0" + lines["day"].astype(str)
    assert corona_queries.make(lines).values.tolist() == [[1, 1], [2, 2], [3, 1]]


def test_a_changed_word_is_lost_on_old_models_only(monkeypatch):
    """Headlines of two topics, told apart by one word; both words change in 2000."""
    rows = []
    for year in range(1996, 2003):
        for month in (1, 2):
            for i in range(4):
                title = (("war", "peace"), ("sport", "race"))[i % 2][year >= 2000]
                rows.append((year, month, title, i % 2))
    monkeypatch.setattr(headlines, "TESTS", range(1998, 2003))
    table = headlines.starts(pd.DataFrame(rows, columns=["year", "month", "title", "code"]))
    assert (table["test"] >= table["start"] + 2).all()  # no headline under test was learnt
    share = table.groupby(["start", "test"])[["right", "n", "labels"]].sum()
    share = (share["right"] / share["n"]).round(9)
    assert share[1996, 1999] == share[2000, 2002] == 1 and share[1996, 2000] == 0.5


def test_right_answers_are_counted_back():
    row = {"centroid_day": "2019-11-04", "centroid_day_train": "2019-08-06", "repeat": 0}
    frame = pd.DataFrame([row | {"accuracy": 90 / 150, "f1_macro": 0.5}])
    found = vaccine_tweets.runs(frame).iloc[0].tolist()
    assert found == ["2019-08-06", "2019-11-04", 0, 90, 0.5]


def test_a_data_set_counts_once_with_its_finest_label():
    rows = [
        ("Image Classification", "A", "2014-05-01", True),
        ("Semantic Segmentation", "A", "2014-05-01", True),
        ("Object Detection", "B", "2019-01-01", True),
        ("Denoising", "C", None, True),
        ("Semantic Segmentation", "D", "2019-01-01", False),
    ]
    table = dataset_births.make(pd.DataFrame(rows, columns=["task", "name", "date", "Images"]))
    found = table[table["datasets"] > 0].set_index(["period", "label"])["datasets"].to_dict()
    assert found == {
        ("to 2015", "by pixel"): 1,
        ("2019-2021", "by box or point"): 1,
        ("no date", "other"): 1,
    }

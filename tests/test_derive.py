"""How derived tables are made and checked: the machinery, and the tables of the chapter on
outsourcing."""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tallybook import data

from microwork.derive import __main__ as derive
from microwork.derive import client_regions, countries, project_pairs, supply_by_year
from microwork.derive import raw as rawfiles
from microwork.derive.raw import Raw, RawError
from microwork.paths import DATA, ROOT
from upkeep import tree


def known(content: bytes) -> Raw:
    return Raw(hashlib.sha256(content).hexdigest(), "https://example.org/there")


# Raw files


@pytest.mark.parametrize("packed", [True, False])
def test_a_raw_file_is_taken_packed_or_not(tmp_path, packed):
    content = b"a,b\n1,2\n"
    path, written = ("t.csv.gz", gzip.compress(content)) if packed else ("t.csv", content)
    (tmp_path / path).write_bytes(written)
    assert rawfiles.read(tmp_path, "t.csv", known(content)) == content


@pytest.mark.parametrize("name", derive.DERIVATIONS)
def test_a_missing_or_changed_raw_file_is_named_with_its_home(name, tmp_path):
    [one] = derive.modules([name])
    with pytest.raises(RawError, match=r": not found in .*; it is published at ") as missing:
        one.derive(tmp_path)
    file, *_ = str(missing.value).partition(":")
    assert one.RAW[file].where in str(missing.value)
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_bytes(b"something else")
    with pytest.raises(
        RawError, match=f"{file}: found sha256 .* expected .* published at"
    ) as other:
        one.derive(tmp_path)
    assert one.RAW[file].where in str(other.value)


def test_only_na_and_nothing_are_missing(tmp_path):
    content = b"code,x\nNAM,0.1\nNULL,NA\nNaN,\n"
    (tmp_path / "t.csv").write_bytes(content)
    frame = rawfiles.read_csv(tmp_path, "t.csv", known(content))
    assert frame["code"].tolist() == ["NAM", "NULL", "NaN"]
    assert frame["x"].isna().tolist() == [False, True, True]


@given(
    st.lists(st.floats(allow_nan=False, allow_infinity=False, width=64), min_size=1, max_size=20)
)
@settings(max_examples=50, deadline=None)
def test_floats_survive_a_table(values):
    text = rawfiles.to_csv(pd.DataFrame({"x": values}))
    assert [float(line) for line in text.splitlines()[1:]] == values


def test_r_data_is_read(tmp_path):
    rdata = pytest.importorskip("rdata", reason="reads the R files of two derivations")
    frame = pd.DataFrame({"x": np.array([1.5, 2.5]), "y": np.array([3.0, 4.0])})
    rdata.write_rda(tmp_path / "one.rda", {"frame": frame})
    rdata.write_rda(tmp_path / "two.rda", {"frame": frame, "other": frame})
    found = rawfiles.read_rda(tmp_path, "one.rda", known((tmp_path / "one.rda").read_bytes()))
    assert found["x"].tolist() == [1.5, 2.5]
    with pytest.raises(RawError, match="expected one data frame"):
        rawfiles.read_rda(tmp_path, "two.rda", known((tmp_path / "two.rda").read_bytes()))


# The check


def module(content: str = "a\n1\n", outputs=("x/t.csv",), raw: dict | None = None):
    made = {"x/t.csv": content}
    return SimpleNamespace(
        __name__="module", OUTPUTS=outputs, RAW=raw or {}, derive=lambda folder: made
    )


def test_identical_different_and_not_kept(tmp_path):
    def said(content="a\n1\n", **other):
        [(path, same, words)] = derive.check(module(content, **other), tmp_path, tmp_path)
        return same, words

    assert said() == (False, "rebuilt, but no such table is kept")
    (tmp_path / "x").mkdir()
    (tmp_path / "x/t.csv").write_bytes(b"a\n1\n")
    assert said() == (True, "identical")
    assert said("a\n2\n") == (False, "row 2: kept '1', rebuilt '2'")
    assert said("a\n1\n3\n") == (False, "row 3: kept '', rebuilt '3'")
    assert said(outputs=("x/other.csv",)) == (False, "module made x/t.csv")


@given(st.binary(max_size=60), st.binary(max_size=60))
@settings(max_examples=100, deadline=None)
def test_only_equal_bytes_are_identical(kept, rebuilt):
    assert (derive.first_difference(kept, rebuilt) is None) == (kept == rebuilt)


def test_absent_raw_files(tmp_path):
    raw = {f"{name}.csv": known(b"") for name in ("here", "packed", "gone")}
    (tmp_path / "here.csv").write_bytes(b"")
    (tmp_path / "packed.csv.gz").write_bytes(gzip.compress(b""))
    assert derive.absent([module(raw=raw)], tmp_path) == [("gone.csv", "https://example.org/there")]
    [found] = derive.check(module(raw=raw), tmp_path)
    assert found[1:] == (False, "not rebuilt for want of gone.csv")


def test_the_command_fails_without_raw_files_and_says_where_they_are(tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "microwork.derive", "--raw", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": tree.code(ROOT)},
    )
    assert run.returncode == 1
    for one in derive.modules():
        for name, raw in one.RAW.items():
            assert f"{name}: not in {tmp_path}; published at {raw.where}" in run.stdout
        for path in one.OUTPUTS:
            assert f"data/{path}: not rebuilt" in run.stdout


def test_one_script_alone_writes_its_tables(tmp_path, capsys, monkeypatch):
    out = tmp_path / "out"

    def run(name):
        return derive.main([name, "--raw", str(tmp_path), "--out", str(out)])

    assert run("project_pairs") == 1
    assert "published at" in capsys.readouterr().out and not out.exists()
    monkeypatch.setattr(derive, "modules", lambda names: [module()])
    assert run("module") == 0
    assert (out / "x/t.csv").read_bytes() == b"a\n1\n"


@pytest.mark.parametrize("name", derive.DERIVATIONS)
def test_each_derivation_makes_tables_that_are_kept(name):
    (one,) = derive.modules([name])
    for path in one.OUTPUTS:
        assert (DATA / path).is_file()
        assert f"microwork.derive.{name}" in data.describe(path.removesuffix(".csv"))["description"]


def test_each_raw_file_has_a_home_and_a_derivation():
    listed = {name: raw for one in derive.modules() for name, raw in one.RAW.items()}
    assert set(listed) == set(rawfiles._known())
    assert all(len(raw.sha256) == 64 and raw.where for raw in listed.values())


@pytest.mark.skipif(
    "MICROWORK_RAW" not in os.environ, reason="set MICROWORK_RAW to a folder with the raw files"
)
@pytest.mark.parametrize("name", derive.DERIVATIONS)
def test_tables_are_rebuilt_byte_for_byte(name):
    assert derive.main([name, "--raw", os.environ["MICROWORK_RAW"]]) == 0


# The tables of the chapter on outsourcing


NETWORK = ["client", "supplier", "year", "client_region", "worker_region", "projects"]


def test_regions_are_summed_to_countries():
    # Two years, two French regions, two Malagasy ones.
    rows = [
        ("FRA", "MDG", 2014, "Paris", "Tana", 3),
        ("FRA", "MDG", 2015, "Paris", "Tana", 4),
        ("FRA", "MDG", 2015, "Lyon", "Tana", 2),
        ("FRA", "MDG", 2015, "", "Tana", 1),
        ("FRA", "FRA", 2014, "Paris", "Lyon", 5),
        ("MDG", "FRA", 2015, "Tana", "Lyon", 1),
    ]
    table = project_pairs.pairs(pd.DataFrame(rows, columns=NETWORK))
    table = table.set_index(["client", "supplier"])
    # Paris-Tana is one pair of regions over both years, with 3 + 4 projects; Lyon and the unnamed
    # region are two more. Paris buys those 7 and 5 in Lyon; Tana sells all 10.
    assert table.loc[("FRA", "MDG")].tolist() == [3, 7, 3, 7, 12, 10]
    assert table.loc[("FRA", "FRA")].tolist() == [5, 0, 1, 5, 12, 6]
    assert len(table) == 3


def test_regions_are_sorted_by_language():
    rows = [
        ("CAN", "MDG", 2014, "Quebec", "Tana", 3),
        ("CAN", "MDG", 2015, "Québec", "Tana", 4),
        ("CAN", "MDG", 2015, "Ontario", "", 2),
        ("CAN", "MDG", 2015, "", "Tana", 1),
        ("FRA", "MDG", 2015, "", "Tana", 5),
        ("USA", "MDG", 2015, "Texas", "Tana", 9),
        ("IND", "MDG", 2015, "Goa", "Tana", 9),
    ]
    table = client_regions.regions(pd.DataFrame(rows, columns=NETWORK))
    # Two spellings and two years of Quebec are one row; a region without a name is French-speaking
    # only in France. India's regions are not kept.
    found = table[["client", "region", "part", "projects"]].values.tolist()
    assert found == [
        ["CAN", "Ontario", "other", 2],
        ["CAN", "Quebec", "French-speaking", 7],
        ["CAN", "not named", "other", 1],
        ["FRA", "not named", "French-speaking", 5],
        ["USA", "Texas", "other", 9],
    ]


def test_regions_of_a_client_sum_to_its_pairs():
    ends = ["client", "supplier"]
    pairs, regions = (
        data.table(f"outsourcing/{name}").set_index(ends)
        for name in ("project_pairs", "client_regions")
    )
    both = pairs["projects_2014"] + pairs["projects_2015"]
    found = regions["projects"].groupby(level=ends).sum()
    assert found.to_dict() == both.loc[list(client_regions.CLIENTS)].to_dict()


def test_two_names_of_one_country_are_added(tmp_path, monkeypatch):
    text = """ISO_Code,country,year,project_count,median_wage,mean_wage
COG,congo,01/01/2018,30,5,5
COG,Congo Brazzaville,01/01/2018,10,7,7
NAM,namibia,01/01/2018,20,NA,NA
ABW,aruba,01/01/2018,0,NA,NA
NA,micronesia,01/01/2018,19,9,9
"""

    def supply(text):
        content, name = text.encode(), supply_by_year.COUNTRY_FILE
        (tmp_path / name).write_bytes(content)
        monkeypatch.setitem(supply_by_year.RAW, name, known(content))
        return supply_by_year.supply(tmp_path).set_index("country").fillna(0)

    table = supply(text)[["projects", "median_hourly_pay"]]
    # The median of the larger of the two; too few projects for one; and no pay at all.
    assert table.T.to_dict("list") == {"COG": [40, 5], "FSM": [19, 0], "NAM": [20, 0]}
    with pytest.raises(RawError, match="no ISO code for atlantis"):
        supply(text.replace("NA,micronesia", "NA,atlantis"))


def test_pay_and_gdp_are_kept_where_both_are_fit_for_use():
    pay = {"FRA": (50, 20.0), "MDG": (9, None), "SOM": (40, 8.0), "VEN": (90, 7.0)}
    counts = pd.DataFrame(
        [(country, 2019, *row) for country, row in pay.items()],
        columns=["country", "year", "projects", "median_hourly_pay"],
    )
    gdp = [
        ("VEN", 2019, 0.1, 18.8),
        ("FRA", 2018, 1.0, 0.8),
        ("FRA", 2019, 2.0, 0.9),
        ("MDG", 2019, 3.0, 0.3),
    ]
    pwt = pd.DataFrame(gdp, columns=["country", "year", "gdp_per_head", "price_level"])
    kept = supply_by_year.covered(counts, pwt)
    # No GDP for Somalia: nothing to set its pay beside.
    assert kept["median_hourly_pay"].fillna(0).tolist() == [20, 0, 0, 7]
    assert supply_by_year.gdp_per_head(kept, pwt).values.tolist() == [["FRA", 2019, 2.0]]
    assert supply_by_year.price_levels(pwt)["country"].tolist() == ["FRA", "MDG", "VEN"]


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
    assert list(table.index) == ["MDA", "ROU", "USA"]
    assert table["name"].tolist() == ["Moldova", "Romania", "United States"]
    assert table.loc["MDA", "neighbours"] == "ROU" and table.loc["USA", "latitude"] == 40.75
    assert table["colonisers"].tolist() == ["RUS", None, "ESP; FRA; GBR"]


def test_the_kept_tables_fit_together():
    pairs = data.table("outsourcing/project_pairs")
    known_codes = set(pairs["client"]) | set(pairs["supplier"])
    assert set(data.table("outsourcing/countries")["country"]) <= known_codes
    supply = data.table("outsourcing/supply_by_year").set_index(["country", "year"])["projects"]
    gdp = data.table("outsourcing/gdp_per_head").set_index(["country", "year"]).index
    assert set(gdp) <= set(supply.index)
    # The two files of the archive count the same projects of 2014 and 2015, but for a few in a
    # thousand.
    for year in (2014, 2015):
        both = pairs[f"projects_{year}"].sum(), supply.xs(year, level="year").sum()
        assert abs(both[0] - both[1]) < 0.002 * both[1]

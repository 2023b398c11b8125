"""How derived tables are made and checked: the machinery, and the tables of the chapter on
outsourcing."""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import sys
from pathlib import Path
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

OURS = (project_pairs, supply_by_year, countries)


def known(content: bytes) -> Raw:
    return Raw(hashlib.sha256(content).hexdigest(), "https://example.org/there")


# Raw files


def test_a_raw_file_is_taken_packed_or_not(tmp_path):
    raw = known(b"a,b\n1,2\n")
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(b"a,b\n1,2\n"))
    assert rawfiles.read(tmp_path, "t.csv", raw) == b"a,b\n1,2\n"
    (tmp_path / "t.csv").write_bytes(b"a,b\n1,2\n")
    assert rawfiles.read(tmp_path, "t.csv", raw) == b"a,b\n1,2\n"


def test_a_missing_raw_file_is_named_with_its_home(tmp_path):
    with pytest.raises(
        RawError, match=r"t\.csv: not found .* published at https://example\.org/there"
    ):
        rawfiles.read(tmp_path, "t.csv", known(b""))


def test_another_raw_file_is_refused(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"changed")
    with pytest.raises(RawError, match="found sha256 .* expected .* published at"):
        rawfiles.read(tmp_path, "t.csv", known(b"as published"))


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


def module(
    content: bytes = b"a\n1\n", outputs=("x/t.csv",), raw: dict | None = None
) -> SimpleNamespace:
    return SimpleNamespace(
        __name__="module",
        OUTPUTS=outputs,
        RAW=raw or {},
        derive=lambda folder: {"x/t.csv": content},
    )


def test_identical_different_and_not_kept(tmp_path):
    (tmp_path / "x").mkdir()
    assert derive.check(module(), tmp_path, tmp_path) == [
        ("x/t.csv", False, "rebuilt, but no such table is kept")
    ]
    (tmp_path / "x/t.csv").write_bytes(b"a\n1\n")
    assert derive.check(module(), tmp_path, tmp_path) == [("x/t.csv", True, "identical")]
    assert derive.check(module(b"a\n2\n"), tmp_path, tmp_path) == [
        ("x/t.csv", False, "row 2: kept '1', rebuilt '2'")
    ]
    assert derive.check(module(b"a\n1\n3\n"), tmp_path, tmp_path) == [
        ("x/t.csv", False, "row 3: kept '', rebuilt '3'")
    ]
    assert not derive.check(module(outputs=("x/other.csv",)), tmp_path, tmp_path)[0][1]


@given(st.binary(max_size=60), st.binary(max_size=60))
@settings(max_examples=100, deadline=None)
def test_only_equal_bytes_are_identical(kept, rebuilt):
    assert (derive.first_difference(kept, rebuilt) is None) == (kept == rebuilt)


def test_absent_raw_files(tmp_path):
    raw = {"here.csv": known(b""), "packed.csv": known(b""), "gone.csv": known(b"")}
    (tmp_path / "here.csv").write_bytes(b"")
    (tmp_path / "packed.csv.gz").write_bytes(gzip.compress(b""))
    assert derive.absent([module(raw=raw)], tmp_path) == [("gone.csv", "https://example.org/there")]
    assert derive.check(module(raw=raw), tmp_path)[0][1:] == (
        False,
        "not rebuilt for want of gone.csv",
    )


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


def test_one_script_alone_fails_without_raw_files(tmp_path, capsys):
    assert (
        rawfiles.main(project_pairs, ["--raw", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    )
    assert "published at" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_one_script_alone_writes_its_tables(tmp_path, capsys):
    assert rawfiles.main(module(), ["--raw", str(tmp_path), "--out", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out/t.csv").read_bytes() == b"a\n1\n"


@pytest.mark.parametrize("name", derive.DERIVATIONS)
def test_each_derivation_makes_tables_that_are_kept(name):
    (one,) = derive.modules([name])
    for path in one.OUTPUTS:
        assert (DATA / path).is_file()
        assert f"microwork.derive.{name}" in data.describe(path.removesuffix(".csv"))["description"]
    for raw in one.RAW.values():
        assert len(raw.sha256) == 64 and raw.where


@pytest.mark.skipif(
    "MICROWORK_RAW" not in os.environ, reason="set MICROWORK_RAW to a folder with the raw files"
)
@pytest.mark.parametrize("name", derive.DERIVATIONS)
def test_tables_are_rebuilt_byte_for_byte(name):
    (one,) = derive.modules([name])
    assert all(
        identical for _, identical, _ in derive.check(one, Path(os.environ["MICROWORK_RAW"]))
    )


# The tables of the chapter on outsourcing


def network() -> pd.DataFrame:
    """Two years, two French regions, two Malagasy ones."""
    rows = [
        ("FRA", "MDG", 2014, "Paris", "Tana", 3),
        ("FRA", "MDG", 2015, "Paris", "Tana", 4),
        ("FRA", "MDG", 2015, "Lyon", "Tana", 2),
        ("FRA", "MDG", 2015, "", "Tana", 1),
        ("FRA", "FRA", 2014, "Paris", "Lyon", 5),
        ("MDG", "FRA", 2015, "Tana", "Lyon", 1),
    ]
    return pd.DataFrame(
        rows, columns=["client", "supplier", "year", "client_region", "worker_region", "projects"]
    )


def test_regions_are_summed_to_countries():
    table = project_pairs.pairs(network()).set_index(["client", "supplier"])
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
    frame = pd.DataFrame(
        rows, columns=["client", "supplier", "year", "client_region", "worker_region", "projects"]
    )
    table = client_regions.regions(frame).set_index(["client", "region"])
    # Two spellings and two years of Quebec are one row; a region without a name is French-speaking
    # only in France.
    assert table.loc[("CAN", "Quebec"), ["part", "projects"]].tolist() == ["French-speaking", 7]
    assert (
        table.loc[("CAN", "not named"), "part"] == table.loc[("CAN", "Ontario"), "part"] == "other"
    )
    assert table.loc[("FRA", "not named"), "part"] == "French-speaking"
    assert (
        table.loc[("USA", "Texas"), "part"] == "other" and len(table) == 5
    )  # India's regions are not kept


def test_regions_of_a_client_sum_to_its_pairs():
    pairs, regions = (
        data.table("outsourcing/project_pairs"),
        data.table("outsourcing/client_regions"),
    )
    both = (
        (pairs["projects_2014"] + pairs["projects_2015"])
        .groupby([pairs["client"], pairs["supplier"]])
        .sum()
    )
    assert (
        regions.groupby(["client", "supplier"])["projects"].sum().to_dict()
        == both.loc[list(client_regions.CLIENTS)].to_dict()
    )


def test_two_names_of_one_country_are_added(tmp_path, monkeypatch):
    content = b"ISO_Code,country,year,project_count,median_wage,mean_wage\n" + b"".join(
        [
            b"COG,congo,01/01/2018,30,5,5\nCOG,Congo Brazzaville,01/01/2018,10,7,7\n",
            b"NAM,namibia,01/01/2018,20,NA,NA\nABW,aruba,01/01/2018,0,NA,NA\nNA,micronesia,01/01/2018,19,9,9\n",
        ]
    )
    (tmp_path / supply_by_year.COUNTRY_FILE).write_bytes(content)
    monkeypatch.setitem(supply_by_year.RAW, supply_by_year.COUNTRY_FILE, known(content))
    table = supply_by_year.supply(tmp_path).set_index(["country", "year"])
    assert table.loc[("COG", 2018)].tolist() == [40, 5]  # the median of the larger of the two
    assert table.loc[("FSM", 2018), "projects"] == 19 and pd.isna(
        table.loc[("FSM", 2018), "median_hourly_pay"]
    )  # too few
    assert "ABW" not in table.index.get_level_values(0)
    assert pd.isna(table.loc[("NAM", 2018), "median_hourly_pay"])
    (tmp_path / supply_by_year.COUNTRY_FILE).write_bytes(
        nameless := content.replace(b"NA,micronesia", b"NA,atlantis")
    )
    monkeypatch.setitem(supply_by_year.RAW, supply_by_year.COUNTRY_FILE, known(nameless))
    with pytest.raises(RawError, match="no ISO code for atlantis"):
        supply_by_year.supply(tmp_path)


def test_pay_and_gdp_are_kept_where_both_are_fit_for_use():
    counts = pd.DataFrame(
        [
            ("FRA", 2019, 50, 20.0),
            ("MDG", 2019, 9, None),
            ("SOM", 2019, 40, 8.0),
            ("VEN", 2019, 90, 7.0),
        ],
        columns=["country", "year", "projects", "median_hourly_pay"],
    )
    pwt = pd.DataFrame(
        [
            ("VEN", 2019, 0.1, 18.8),
            ("FRA", 2018, 1.0, 0.8),
            ("FRA", 2019, 2.0, 0.9),
            ("MDG", 2019, 3.0, 0.3),
        ],
        columns=["country", "year", "gdp_per_head", "price_level"],
    )
    kept = supply_by_year.covered(counts, pwt)
    assert kept["median_hourly_pay"].fillna(0).tolist() == [
        20,
        0,
        0,
        7,
    ]  # no GDP for Somalia: nothing to set its pay beside
    assert supply_by_year.gdp_per_head(kept, pwt).values.tolist() == [["FRA", 2019, 2.0]]
    assert supply_by_year.price_levels(pwt)["country"].tolist() == ["FRA", "MDG", "VEN"]


def test_countries_of_cepii_with_todays_codes():
    columns = [
        "iso3",
        "country",
        "continent",
        "lat",
        "lon",
        "maincity",
        *countries.LANGUAGES,
        *countries.COLONISERS,
    ]
    geo = pd.DataFrame(
        [
            (
                "ROM",
                "Romania",
                "Europe",
                44.41667,
                26.11667,
                1,
                "Romanian",
                ".",
                ".",
                ".",
                ".",
                ".",
                ".",
            ),
            (
                "USA",
                "United States of America",
                "America",
                40.75,
                -74.0,
                1,
                "English",
                ".",
                ".",
                "GBR",
                "FRA",
                "ESP",
                ".",
            ),
            (
                "USA",
                "United States of America",
                "America",
                38.9,
                -77.0,
                0,
                "English",
                ".",
                ".",
                "GBR",
                "FRA",
                "ESP",
                ".",
            ),
            (
                "MDA",
                "Moldova, Rep.of",
                "Europe",
                47.0,
                28.83333,
                1,
                "Romanian",
                ".",
                ".",
                "RUS",
                ".",
                ".",
                ".",
            ),
        ],
        columns=columns,
    )
    dist = pd.DataFrame(
        {"iso_o": ["ROM", "MDA", "USA"], "iso_d": ["MDA", "ROM", "MDA"], "contig": [1, 1, 0]}
    )
    table = countries.countries(geo, dist, {"ROU", "USA", "MDA"}).set_index("country")
    assert list(table.index) == ["MDA", "ROU", "USA"]
    assert table.loc["MDA", "name"] == "Moldova" and table.loc["MDA", "neighbours"] == "ROU"
    assert (
        table.loc["USA", "colonisers"] == "ESP; FRA; GBR" and table.loc["USA", "latitude"] == 40.75
    )
    assert table.loc["ROU", "colonisers"] is None


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

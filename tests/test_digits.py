"""Nothing leaves the computation with more than ten digits, and nothing published depends on the
last bits of a float."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tallybook.model.digits import DIGITS, exponent, rounded, settled, settled_frame
from tallybook.model.formatting import plain, short
from tallybook.model.numbers import Number
from tallybook.model.tables import registry_lines

from microwork.paths import ROOT
from tests.files import load, read
from tests.notebooks import baseline_path
from upkeep import tree

NUMBERS = re.compile(r"(?<![\w.#-])-?\d+\.\d+(?:e[-+]?\d+)?")


def significant(text: str) -> int:
    return len(text.lstrip("-").partition("e")[0].replace(".", "").strip("0"))


def too_long(text: str) -> list[str]:
    return [number for number in NUMBERS.findall(text) if significant(number) > DIGITS]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (56.10000000000001, 56.1),
        (1 / 3, 0.3333333333),
        (123456789012.0, 123456789000.0),
        (1.5e-300, 1.5e-300),
        (0.0, 0.0),
        (-0.0, 0.0),
        (12, 12),
        (True, True),
        (10**17 + 1, 10**17 + 1),
    ],
)
def test_ten_significant_digits(value, wanted):
    found = rounded(value)
    assert found == wanted and type(found) is type(wanted)
    assert math.copysign(1, found) == math.copysign(1, wanted)


def test_what_is_not_finite_stays():
    assert math.isnan(rounded(math.nan)) and rounded(math.inf) == math.inf


@given(st.floats(-1e300, 1e300, allow_subnormal=False))
def test_rounding_twice_is_rounding_once_and_close(value):
    once = rounded(value)
    assert rounded(once) == once and significant(repr(once)) <= DIGITS
    assert once == pytest.approx(value, rel=0.5 * 10 ** (1 - DIGITS) * 1.0001)


@pytest.mark.parametrize("power", range(-20, 21))
def test_the_exponent_of_a_power_of_ten_does_not_depend_on_a_logarithm(power):
    value = float(f"1e{power}")
    assert exponent(value) == power
    assert (
        exponent(math.nextafter(value, 0)) == power
    )  # a last bit below it: the same after rounding
    assert exponent(-9.99 * value) == power


@pytest.mark.parametrize("value", [0.0, math.inf, math.nan])
def test_zero_has_no_exponent(value):
    with pytest.raises(ValueError, match="expected a finite number other than zero"):
        exponent(value)


def test_a_specification_is_rounded_at_every_depth_and_in_expressions():
    spec = {
        "a": [{"b": 0.1 + 0.2}, (1, None, True)],
        "calculate": "datum.x * 772525.7142857143 / 3.5",
        "view": "view_1.1",
    }
    assert settled(spec) == {
        "a": [{"b": 0.3}, [1, None, True]],
        "calculate": "datum.x * 772525.7143 / 3.5",
        "view": "view_1.1",
    }


def test_a_frame_keeps_its_integers_its_text_and_its_gaps():
    frame = pd.DataFrame(
        {
            "n": pd.array([1, None], dtype="Int64"),
            "x": [0.1 + 0.2, np.nan],
            "t": ["a", None],
            "m": [1 / 3, "b"],
        }
    )
    found = settled_frame(frame)
    assert found.to_csv(index=False) == "n,x,t,m\n1,0.3,a,0.3333333333\n,,,b\n"
    assert frame["x"][0] == 0.1 + 0.2 and str(found["n"].dtype) == "Int64"


def test_a_value_beside_a_half_prints_as_the_half():
    assert plain(2.5, 0) == plain(2.4999999999999996, 0) == plain(2.5000000000000004, 0) == "2"
    shown = {
        1.5: "1.5",
        0.12345: "0.123",
        1234.0: "1,230",
        2.0: "2",
        0.0: "0",
        -3.14159: "\u22123.14",
    }
    assert {value: short(value) for value in shown} == shown


def test_a_number_is_rounded_when_it_is_made():
    number = Number("counts.x", 1 / 3, "ratio", "x", "x", ("counts/inputs",), 0.1 + 0.2, 2 / 3, "x")
    assert (number.value, number.low, number.high) == (0.3333333333, 0.3, 0.6666666667)
    assert registry_lines([number])[1].split("\t")[1:4] == ["0.3333333333", "0.3", "0.6666666667"]


def test_no_float_of_the_site_has_more_digits(site):
    """All numbers, and all files of charts. Rows of data that a page quotes stand as in their file."""
    files = [
        site / "numbers.json",
        *sorted((site / "_charts").glob("*.json")),
        *sorted((site / "_charts").glob("*.csv")),
    ]
    assert len(files) > 50
    found = {path.name: too_long(read(path)) for path in files}
    assert {name: numbers[:3] for name, numbers in found.items() if numbers} == {}


@pytest.mark.parametrize("name", ["counts", "profile", "income", "poverty", "retraining"])
def test_no_output_of_a_notebook_has_more_digits(name):
    notebook = load(baseline_path(name))
    text = json.dumps([cell.get("outputs") for cell in notebook["cells"]])
    assert too_long(text) == []


def test_the_shaking_is_real():
    """Without rounding, as in 0.1.0, the same shaking changes what is published."""
    code = (
        "from tallybook.model.digits import rounded; print(len({repr(rounded(1 / 3, 17)) for _ in"
        " range(99)}), rounded(1 / 3))"
    )
    environment = {
        "PYTHONPATH": f"{ROOT / 'tests' / 'shaken'}:{tree.code(ROOT)}",
        "SHAKEN": "1",
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, cwd=ROOT
    )
    assert done.stdout == "4 0.3333333333\n", done.stderr

"""Numbers are objects, and one function prints them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tallybook.data.provenance import Fact, note
from tallybook.model import numbers
from tallybook.model.digits import rounded
from tallybook.model.formatting import NBSP, decimals, expand, plain, show, split
from tallybook.model.numbers import Number, NumberError, Registry


def number(value=1.0, unit="persons", **more):
    return Number(
        more.pop("id", "counts.some"),
        value,
        unit,
        "Some",
        "made for a test",
        ("counts/inputs",),
        **more,
    )


def interval(value, low, high, **more):
    return number(value, low=low, high=high, covers="sampling only", **more)


@pytest.mark.parametrize(
    "bad",
    [
        {"id": "Counts.some"},
        {"id": "counts"},
        {"value": np.float64(1.0)},
        {"value": math.nan},
        {"value": math.inf},
        {"value": True},
        {"low": 0.5},
        {"low": 2.0, "high": 1.0, "covers": "x"},
        {"low": 0.0, "high": 2.0},
    ],
)
def test_a_bad_number_is_refused(bad):
    with pytest.raises(NumberError):
        number(**bad)


@pytest.mark.parametrize("wrong", [True, np.True_, 1 + 2j, np.complex128(1), "12"])
@pytest.mark.parametrize("part", ["value", "low", "high"])
def test_what_is_computed_must_be_a_number(wrong, part):
    def compute():
        note(Fact("counts/inputs"))
        found = {"value": np.int64(2), "low": np.float64(1), "high": 3} | {part: wrong}
        return tuple(found.values())

    with pytest.raises(NumberError) as caught:
        numbers.number(
            "counts.some", compute, "persons", "Some", "made for a test", "sampling only"
        )
    expected = "expected a finite plain int or float"
    assert str(caught.value) == f"number counts.some, {part}: found {wrong!r}; {expected}"


@pytest.mark.parametrize("value", [741, 748])
def test_a_value_lies_within_its_interval(value):
    with pytest.raises(NumberError) as caught:
        interval(value, 742, 747)
    found = f"found value {value}, low 742, high 747"
    assert str(caught.value) == f"number counts.some: {found}; expected a value within its interval"


@pytest.mark.parametrize("wrong", ["2", 2.0, True])
def test_decimals_are_a_whole_number(wrong):
    with pytest.raises(NumberError) as caught:
        number(decimals=wrong)
    expected = "expected a plain int, or None"
    assert str(caught.value) == f"number counts.some, decimals: found {wrong!r}; {expected}"


def test_a_number_needs_a_table():
    with pytest.raises(NumberError, match="at least one table"):
        Number("counts.some", 1.0, "persons", "Some", "how", ())


def test_defined_twice():
    with pytest.raises(NumberError, match="'counts.some' is defined twice"):
        Registry([number(), number()])


def test_used_but_not_defined():
    registry = Registry([number(id="counts.mc-routine")])
    with pytest.raises(
        NumberError, match="'counts.mc-routin' is used but not defined; near it: counts.mc-routine"
    ):
        registry["counts.mc-routin"]


@pytest.mark.parametrize(
    ("made", "part", "text"),
    [
        (number(266126), "value", "266,126"),  # counted: shown whole
        (number(231234.6), "value", "231,000"),  # computed: three significant digits
        (number(5.6, "percent"), "value", f"5.60{NBSP}%"),
        (number(0.0373, "probability"), "value", "0.0373"),
        (
            interval(231234.0, 190123.0, 290987.0),
            "full",
            "231,000 (190,000 to 291,000)",
        ),  # half-width 50,432: to the 1,000
        (interval(56.1, 53.0, 59.15, unit="percent"), "interval", f"53.0 to 59.2{NBSP}%"),
        (number(21, "EUR per month"), "value", f"21.0{NBSP}EUR"),
        (number(21, "EUR per month", decimals=0), "value", f"21{NBSP}EUR"),
        (number(21, "EUR per month", decimals=0), "bare", "21"),
        (number(-3.25, "percent"), "value", f"\u22123.25{NBSP}%"),
    ],
)
def test_the_formatter(made, part, text):
    assert show(made, part) == text


def test_the_formatter_knows_locales():
    assert plain(1234567.25, 2, "en") == "1,234,567.25"
    assert plain(1234567.25, 2, "fr") == "1\u202f234\u202f567,25"


@given(st.floats(min_value=-1e12, max_value=1e12), st.integers(min_value=-6, max_value=8))
def test_plain_text_reads_back_to_within_half_a_unit(value, places):
    text = plain(value, places).replace(",", "").replace("\u2212", "-")
    assert abs(float(text) - value) <= 0.5 * 10.0**-places * (1 + 1e-9) + 1e-9 * abs(value)


@given(st.floats(min_value=1e-6, max_value=1e9), st.floats(min_value=1e-6, max_value=1e6))
def test_an_interval_is_never_rounded_away(middle, half):
    low, high = middle - half, middle + half
    if rounded(low) == rounded(high):  # nothing that narrow is published
        return
    made = interval(middle, low, high)
    assert plain(low, decimals(made)) != plain(high, decimals(made))


def test_parts_that_do_not_exist():
    with pytest.raises(ValueError, match="has no interval"):
        show(number(), "interval")
    with pytest.raises(ValueError, match="expected one of"):
        show(number(), "colour")


def test_templates():
    registry = Registry(
        [interval(10.0, 8.0, 12.0, id="counts.a"), number(3, "platforms", id="counts.b")]
    )
    assert expand("from [[counts.a|interval]] on [[counts.b]]", registry) == "from 8.0 to 12.0 on 3"
    assert split("x [[counts.b]]") == ["x ", ("counts.b", "value")]
    with pytest.raises(NumberError):
        expand("[[counts.c]]", registry)

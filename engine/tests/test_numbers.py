"""Numbers are objects, one function prints them, and none leaves the computation with more than ten
digits."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rooms import ENGINE, EXAMPLE, read
from tallybook import language, project
from tallybook.model.digits import DIGITS, exponent, rounded, settled, settled_frame
from tallybook.model.formatting import decimals, named, plain, short, show
from tallybook.model.numbers import Number, NumberError, Registry
from tallybook.project import Unit

TABLE, MANUAL = "rain/months", ENGINE / "docs" / "numbers.md"


@pytest.fixture(scope="module", autouse=True)
def report() -> Iterator[None]:
    """A report that counts persons and platforms."""
    counted = dict.fromkeys(("persons", "platforms"), Unit(counted=True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(project, "_here", [project.Project(EXAMPLE, "garden", counted)])
        yield


def number(value=1.0, unit="persons", id="rain.some", tables=(TABLE,), **more):
    return Number(id, value, unit, "Some", "made for a test", tables, **more)


def interval(value, low, high, **more):
    return number(value, low=low, high=high, covers="sampling only", **more)


# How a number is badly made, and what is said of it.
BAD = (
    ({"id": "Rain.some"}, "'Rain.some': expected an id of the form"),
    ({"id": "rain." + 120 * "a"}, "expected an id of the form chapter.some-words, of at most 120"),
    ({"value": np.float64(1.0)}, "rain.some, value: found np.float64"),
    ({"value": math.nan}, "rain.some, value: found nan; expected a finite plain int or float"),
    ({"low": 0.5}, "found one end of an interval; expected both low and high"),
    ({"low": 2.0, "high": 1.0, "covers": "x"}, "found low 2.0 above high 1.0"),
    ({"low": 0.0, "high": 2.0}, "an interval must say what it covers"),
    ({"low": 2.0, "high": 3.0, "covers": "x"}, "found value 1.0, low 2.0, high 3.0; expected a va"),
    ({"tables": ()}, "expected at least one table"),
)


def test_a_bad_number_is_refused():
    for bad, says in BAD:
        with pytest.raises(NumberError) as caught:
            number(**bad)
        assert says in str(caught.value), bad
    with pytest.raises(NumberError, match="'rain.some' is defined twice"):
        Registry([number(), number()])
    with pytest.raises(NumberError, match="'rain.som' is used but not defined; near it: rain.some"):
        Registry([number()])["rain.som"]


PRINTED = (
    (number(266126), "value", "266,126"),  # counted: shown whole
    (number(231234.6), "value", "231,000"),  # computed: three significant digits
    (number(0.0373, "probability"), "value", "0.0373"),
    # Half-width 50,432: to the 1,000.
    (interval(231234.0, 190123.0, 290987.0), "full", "231,000 (190,000 to 291,000)"),
    (interval(56.1, 53.0, 59.15, unit="percent"), "interval", "53.0 to 59.2%"),
    (number(21, "EUR per month"), "value", "€21.00"),
    (number(-3.25, "percent"), "value", "\u22123.25%"),
)


def test_the_formatter(tmp_path):
    for made, part, text in PRINTED:
        assert show(made, part) == text
    assert plain(1234567.25, 2) == "1,234,567.25"
    with language.speaking("fr", tmp_path):
        assert plain(1234567.25, 2) == "1\u202f234\u202f567,25"
    with pytest.raises(ValueError, match="has no interval"):
        show(number(), "interval")
    with pytest.raises(ValueError, match="expected one of"):
        show(number(), "colour")
    # A value beside a half prints as the half.
    assert plain(2.5, 0) == plain(2.4999999999999996, 0) == plain(2.5000000000000004, 0) == "2"
    shown = {1.5: "1.5", 0.12345: "0.123", 1234.0: "1,230", 2.0: "2", 0.0: "0"}
    assert {value: short(value) for value in shown} == shown


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


def test_units_of_the_manual(monkeypatch):
    monkeypatch.setattr(project, "_here", [])
    known: dict[str, dict[str, Unit]] = {}
    exec(re.search(r"^UNITS = {.*?}$", read(MANUAL), re.M | re.S)[0], {"Unit": Unit}, known)
    project.use(EXAMPLE, "garden", known["UNITS"])
    assert show(number(12345, "loaves")) == "12,345" and show(number(12345, "rolls")) == "12,300"
    wanted = ["loaves", "loaf", "loaves", "loaves"]
    assert [named("loaves", count) for count in (0.5, 1, 1.5, 2)] == wanted


# Rounded


def significant(text: str) -> int:
    return len(text.lstrip("-").partition("e")[0].replace(".", "").strip("0"))


def test_whole_numbers_stay_and_nought_has_no_sign():
    for value in (12, True, 10**17 + 1):
        assert rounded(value) is value
    assert repr(rounded(-0.0)) == "0.0"


@given(st.floats(-1e300, 1e300, allow_subnormal=False))
def test_rounding_twice_is_rounding_once_and_close(value):
    once = rounded(value)
    assert rounded(once) == once and significant(repr(once)) <= DIGITS
    assert once == pytest.approx(value, rel=0.5 * 10 ** (1 - DIGITS) * 1.0001)


def test_the_exponent_of_a_power_of_ten_does_not_depend_on_a_logarithm():
    for power in range(-20, 21):
        value = float(f"1e{power}")
        just_below = math.nextafter(value, 0)  # by a last bit: the same after rounding
        assert exponent(value) == exponent(just_below) == exponent(-9.99 * value) == power
    with pytest.raises(ValueError, match="expected a finite number other than zero"):
        exponent(0.0)


def test_specifications_and_frames_are_rounded_and_keep_all_else():
    spec = {"a": [{"b": 0.1 + 0.2}, (1, None, True)], "view": "view_1.1"}
    found = settled(spec | {"calculate": "datum.x * 772525.7142857143 / 3.5"})
    assert found.pop("calculate") == "datum.x * 772525.7143 / 3.5"
    assert found == {"a": [{"b": 0.3}, [1, None, True]], "view": "view_1.1"}
    frame = pd.DataFrame({"n": pd.array([1, None], dtype="Int64"), "x": [0.1 + 0.2, np.nan]})
    frame = frame.assign(t=["a", None], m=[1 / 3, "b"])
    assert settled_frame(frame).to_csv(index=False) == "n,x,t,m\n1,0.3,a,0.3333333333\n,,,b\n"

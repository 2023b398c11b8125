"""Numbers are objects, one function prints them, and none leaves the computation with more than ten
digits."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rooms import EXAMPLE
from tallybook import language, project
from tallybook.data.provenance import Fact, note
from tallybook.model import numbers, tables
from tallybook.model.digits import DIGITS, exponent, rounded, settled, settled_frame
from tallybook.model.formatting import NBSP, decimals, expand, plain, short, show, split
from tallybook.model.numbers import Number, NumberError, Registry
from tallybook.model.units import Unit

TABLE = "rain/months"


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


# Made


def refused(make, *arguments, **more) -> str:
    with pytest.raises(NumberError) as caught:
        make(*arguments, **more)
    return str(caught.value)


def test_a_bad_number_is_refused():
    wrong = [math.nan, math.inf, True, np.float64(1.0)]
    for bad in (*({"value": value} for value in wrong), {"id": "Rain.some"}, {"id": "rain"}):
        refused(number, **bad)
    for bad in ({"low": 0.5}, {"low": 2.0, "high": 1.0, "covers": "x"}, {"low": 0.0, "high": 2.0}):
        refused(number, **bad)
    for value in (741, 748):
        found = f"number rain.some: found value {value}, low 742, high 747; expected a value within"
        assert refused(interval, value, 742, 747) == f"{found} its interval"
    for some in ("2", 2.0, True):
        found = f"number rain.some, decimals: found {some!r}; expected a plain int, or None"
        assert refused(number, decimals=some) == found


def test_what_is_computed_must_be_a_number():
    words = ("mm", "Some", "made for a test", "sampling only")
    for wrong in (True, np.True_, 1 + 2j, np.complex128(1), "12"):
        for part in ("value", "low", "high"):
            parts = {"value": np.int64(2), "low": np.float64(1), "high": 3} | {part: wrong}

            def compute(found=parts):
                note(Fact(TABLE))
                return tuple(found.values())

            said = refused(numbers.number, "rain.some", compute, *words)
            wanted = "expected a finite plain int or float"
            assert said == f"number rain.some, {part}: found {wrong!r}; {wanted}"


def test_a_number_needs_a_table_and_a_name_of_its_own():
    with pytest.raises(NumberError, match="at least one table"):
        number(tables=())
    with pytest.raises(NumberError, match="'rain.some' is defined twice"):
        Registry([number(), number()])
    with pytest.raises(NumberError, match="'rain.som' is used but not defined; near it: rain.some"):
        Registry([number()])["rain.som"]


# Printed


PRINTED = (
    (number(266126), "value", "266,126"),  # counted: shown whole
    (number(231234.6), "value", "231,000"),  # computed: three significant digits
    (number(5.6, "percent"), "value", f"5.60{NBSP}%"),
    (number(0.0373, "probability"), "value", "0.0373"),
    # Half-width 50,432: to the 1,000.
    (interval(231234.0, 190123.0, 290987.0), "full", "231,000 (190,000 to 291,000)"),
    (interval(56.1, 53.0, 59.15, unit="percent"), "interval", f"53.0 to 59.2{NBSP}%"),
    (number(21, "EUR per month"), "value", f"21.0{NBSP}EUR"),
    (number(21, "EUR per month", decimals=0), "bare", "21"),
    (number(-3.25, "percent"), "value", f"\u22123.25{NBSP}%"),
)


def test_the_formatter():
    assert [(show(made, part), text) for made, part, text in PRINTED] == [
        (text, text) for _, _, text in PRINTED
    ]


def test_the_formatter_knows_languages(tmp_path):
    assert plain(1234567.25, 2) == "1,234,567.25"
    with language.speaking("fr", tmp_path):
        assert plain(1234567.25, 2) == "1\u202f234\u202f567,25"


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
    made = interval(10.0, 8.0, 12.0, id="rain.a"), number(3, "platforms", id="rain.b")
    registry = Registry(made)
    assert expand("from [[rain.a|interval]] on [[rain.b]]", registry) == "from 8.0 to 12.0 on 3"
    assert split("x [[rain.b]]") == ["x ", ("rain.b", "value")]
    with pytest.raises(NumberError):
        expand("[[rain.c]]", registry)


def test_show_table_is_plain_html():
    frame = pd.DataFrame({"who": ["<b> & co", None], "share": [12.345, -0.5], "year": [2018, 2019]})
    frame = frame.assign(n=pd.array([1000, None], "Int64"))
    html = tables.table_html(frame, "A & B", formats={"share": 1}, units={"share": "%"})
    for part in (
        "<caption>A &amp; B</caption>",
        '<th scope="col" class="n">share <span class="unit">%</span></th>',
        '<td data-label="who">&lt;b&gt; &amp; co</td>',
        '<td data-label="who">–</td>',
        '<td class="n" data-label="share">12.3</td>',
        '<td class="n" data-label="share">−0.5</td>',
    ):
        assert part in html
    assert ">2018<" in html and ">1,000<" in html, "a year carries no separator, a count does"
    with pytest.raises(KeyError, match="no column 'nobody'"):
        tables.table_html(frame, "x", formats={"nobody": 1})


# Rounded


def significant(text: str) -> int:
    return len(text.lstrip("-").partition("e")[0].replace(".", "").strip("0"))


TEN = [(56.10000000000001, 56.1), (1 / 3, 0.3333333333), (123456789012.0, 123456789000.0)]
TEN += [(1.5e-300, 1.5e-300), (0.0, 0.0), (-0.0, 0.0), (12, 12), (True, True)]


def test_ten_significant_digits():
    for value, wanted in [*TEN, (10**17 + 1, 10**17 + 1)]:
        found = rounded(value)
        assert found == wanted and type(found) is type(wanted)
        assert math.copysign(1, found) == math.copysign(1, wanted)
    assert math.isnan(rounded(math.nan)) and rounded(math.inf) == math.inf


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
    for value in (0.0, math.inf, math.nan):
        with pytest.raises(ValueError, match="expected a finite number other than zero"):
            exponent(value)


def test_a_specification_is_rounded_at_every_depth_and_in_expressions():
    spec = {"a": [{"b": 0.1 + 0.2}, (1, None, True)], "view": "view_1.1"}
    found = settled(spec | {"calculate": "datum.x * 772525.7142857143 / 3.5"})
    assert found.pop("calculate") == "datum.x * 772525.7143 / 3.5"
    assert found == {"a": [{"b": 0.3}, [1, None, True]], "view": "view_1.1"}


def test_a_frame_keeps_its_integers_its_text_and_its_gaps():
    frame = pd.DataFrame({"n": pd.array([1, None], dtype="Int64"), "x": [0.1 + 0.2, np.nan]})
    frame = frame.assign(t=["a", None], m=[1 / 3, "b"])
    found = settled_frame(frame)
    assert found.to_csv(index=False) == "n,x,t,m\n1,0.3,a,0.3333333333\n,,,b\n"
    assert frame["x"][0] == 0.1 + 0.2 and str(found["n"].dtype) == "Int64"


def test_a_value_beside_a_half_prints_as_the_half():
    assert plain(2.5, 0) == plain(2.4999999999999996, 0) == plain(2.5000000000000004, 0) == "2"
    shown = {1.5: "1.5", 0.12345: "0.123", 1234.0: "1,230", 2.0: "2", 0.0: "0"}
    assert {value: short(value) for value in shown} == shown


def test_a_number_is_rounded_when_it_is_made_and_a_table_shows_all_that_is_left():
    third = interval(1 / 3, 0.1 + 0.2, 2 / 3, id="rain.third")
    assert (third.value, third.low, third.high) == (0.3333333333, 0.3, 0.6666666667)
    lines = [line.split("\t") for line in tables.registry_lines([third, number(15000)])]
    assert lines[0][:5] == ["id", "value", "low", "high", "unit"]
    assert lines[1][:4] == ["rain.third", "0.3333333333", "0.3", "0.6666666667"]
    assert lines[2] == ["rain.some", "15000", "", "", "persons", "Some"]

"""Charts: what a cell publishes, and how it is drawn."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import altair as alt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tallybook import charts, project
from tallybook.charts import PALETTE
from tallybook.charts.drawing import extent, px, ticks, wrap
from tallybook.charts.grammar import KINDS
from tallybook.charts.publish import MIME, MIME_NARROW, bundle_of
from tallybook.pictures import light, render, standalone_svg

LONG = (
    "Everybody who ever registered on one of the platforms, whether or not a task was ever done"
    " there"
)
ROWS = pd.DataFrame(
    {
        "circle": ["Very active", "Routine", LONG],
        "found": [14903.0, 52337.0, 266126.0],
        "low": [8000.0, 30000.0, 180000.0],
        "high": [26000.0, 90000.0, 338000.0],
        "said": [15000.0, 50000.0, None],
    }
)
INTERVAL = ("circle", "found", "low", "high")


def texts(svg: str, tag: str = "text") -> list[str]:
    return ["".join(t.itertext()) for t in ElementTree.fromstring(svg).iter(f"{light.SVG}{tag}")]


def drawn(kind: str = MIME) -> str:
    """Whiskers with two claims, as Vega draws them."""
    made = charts.whiskers(ROWS, *INTERVAL, "said", log=True, title="persons")
    return render.draw(bundle_of("demo-whiskers", made)[kind])


def test_standalone_svg_has_its_own_colours():
    svg, headline = drawn(), "A line that is broken at the width of the whole drawing. " * 2
    more = (headline.strip(), ["Data: A."])
    file, bare = (standalone_svg.standalone(svg, "what it shows", *one) for one in (more, ()))
    root = ElementTree.fromstring(file)
    assert root.find(f"{light.SVG}title").text == "what it shows"
    *words, last = [text.text for text in root.findall(f"{light.SVG}text")]
    assert " ".join(words) == more[0] and len(words) > 1 and last == "Data: A."
    assert "var(" not in file and PALETTE["found"] in file
    (_, _, width, height), (_, _, bare_width, bare_height) = (
        map(float, ElementTree.fromstring(one).get("viewBox").split()) for one in (file, bare)
    )
    assert width == bare_width and height > bare_height


def lightened(inside: str) -> str:
    svg = f'<svg xmlns="{light.SVG[1:-1]}">{inside}</svg>'
    return light.text_of(light.light(svg, "p-")).removeprefix("<svg>").removesuffix("</svg>")


def test_a_drawing_is_written_without_what_paints_nothing_and_in_tenths_of_a_pixel():
    assert lightened(
        '<g class="role-mark" transform="translate(0,0)"><g role="x"/><path d="M0,0h9"/>'
        '<path transform="translate(1.25,2.0)" fill="red" d="M3,0A3,3,0,1,1,-3,0A3,3,0,1,1,3,0"/>'
        '<text font-size="13px" opacity="1" fill="red">A</text><path opacity="0" fill="red"/></g>'
    ) == (
        '<path transform="translate(1.2,2)" fill="red" d="M3,0A3,3,0,1,1,-3,0A3,3,0,1,1,3,0"/>'
        '<text font-size="13" fill="red">A</text>'
    )


# Nothing is lost, nothing is cut


def test_a_missing_value_is_not_drawn_as_zero():
    """The third row has no claim, so there are two marks of one; and long names stay whole."""
    svg = drawn()
    marks = re.findall(r"<line [^>]*>", svg)
    assert sum(PALETTE["claim"] in mark for mark in marks) == 2
    words = "".join(texts(svg))
    assert words.count("claimed") == 2 and "14,900 (8,000 to 26,000)" in words
    for one in (svg, drawn(MIME_NARROW)):
        assert LONG in " ".join(texts(one, "tspan")) and "…" not in one


WORDS = st.lists(st.text("abcdefgh ijklmn", min_size=1, max_size=12), min_size=1, max_size=12)


@given(WORDS, st.floats(80, 400))
@settings(max_examples=60, deadline=None)
def test_wrap_keeps_words_in_order_and_lines_in_room(words: list[str], room: float):
    text = " ".join(words)
    lines = wrap(text, room).split("\n")
    assert " ".join(lines).split() == text.split()
    assert all(px(line) <= room or " " not in line for line in lines)


@given(st.lists(st.floats(1e-3, 1e9), min_size=1, max_size=20), st.booleans())
@settings(max_examples=80, deadline=None)
def test_axis_holds_all_values(values: list[float], log: bool):
    low, high = extent(values, log)
    assert low < min(values) <= max(values) < high
    shown, slack = ticks((low, high), 5, log), 1e-6
    assert 1 <= len(shown) <= 5
    assert all(low - slack * abs(low) <= t <= high + slack * abs(high) for t in shown)


def test_ticks_by_hand():
    assert extent([0.0, 0.0], zero=True) == (0.0, 1.0)
    # 0 to 420,000 in at most six: steps of 50,000 would need nine, steps of 100,000 need five.
    assert ticks((0, 420000), 6) == [0, 100000, 200000, 300000, 400000]
    assert ticks((8, 3.5e6), 4, log=True) == [10, 1000, 100000]


# A chart computes nothing: every number in it comes from Python

BEDS = alt.Chart(pd.DataFrame({"kg": [1.0, 2.0], "bed": ["north", "south"]}))
MARK = BEDS.mark_point(color=charts.colour("found"))
COMPUTES = {
    "the transform": MARK.transform_calculate(half="datum.kg / 2").encode(x="half:Q"),
    "the aggregate mean": MARK.encode(x="mean(kg):Q"),
}


def test_a_chart_that_computes_is_refused():
    for what, chart in COMPUTES.items():
        with pytest.raises(charts.ChartError, match=f"found {re.escape(what)}.*Python has compute"):
            bundle_of("demo-computes", charts.Drawing(chart, chart))


# The grammar of marks: solid is measured, open a bound, dashed claimed

PAPER, CLAIM, FOUND = (PALETTE[name] for name in ("paper", "claim", "found"))


def frame(kind: str) -> pd.DataFrame:
    hue = "claim" if kind == "claimed" else "found"
    row = {"name": "It", "value": 20.0, "low": 10.0, "high": 40.0, "hue": hue, "kind": kind}
    return pd.DataFrame([row])


def marks(drawing: charts.Drawing) -> list[dict[str, str]]:
    """What is drawn but texts, grid and ticks."""
    svg = render.draw(bundle_of("demo-marks", drawing)[MIME])
    shapes = ElementTree.fromstring(svg).iter()
    used = {PALETTE[name] for name in ("paper", "claim", "found", "soft", "s1")}
    return [
        dict(shape.attrib) | {"tag": shape.tag.removeprefix(light.SVG)}
        for shape in shapes
        if not shape.tag.endswith("text") and used & {shape.get("fill"), shape.get("stroke")}
    ]


def bars(kind: str) -> list[dict[str, str]]:
    return marks(charts.bars(frame(kind), "name", "value", colours="hue", kinds="kind"))


def test_bars_of_the_three_kinds():
    (measured,) = bars("measured")
    assert measured["fill"] == FOUND and "stroke-dasharray" not in measured
    (bound,) = bars("bound")
    assert bound["stroke"] == FOUND and bound.get("fill", "none") in ("none", "transparent")
    assert "stroke-dasharray" not in bound
    (claimed,) = bars("claimed")
    assert claimed["stroke"] == CLAIM and claimed["stroke-dasharray"]
    assert claimed.get("fill", "none") in ("none", "transparent")


@pytest.mark.parametrize("kind", KINDS)
def test_points_of_the_three_kinds(kind: str):
    parts = ("name", "value", "low", "high")
    found = marks(charts.whiskers(frame(kind), *parts, colours="hue", kinds="kind", zero=True))
    points = [mark for mark in found if mark["tag"] == "path"]
    fills = [mark.get("fill") for mark in points]
    assert fills == {"measured": [FOUND]}.get(kind, [PAPER])
    assert any("stroke-dasharray" in mark for mark in points) == (kind == "claimed")


# Colours: one set in the light and one in the dark, and all of them can be read


CSS = (project.ENGINE / "theme/static/report.css").read_text(encoding="utf-8")
CHART = (*(name for name in PALETTE if name not in ("paper", "line")),)
VERDICT = ("ok", "near", "name", "over", "none", "cite")
# One set of colours in each block of the style sheet that says what paper is.
THEMES = [dict(re.findall(r"--(\w+):(#[0-9a-f]{6})", b)) for b in re.findall(r"{([^{}]*)}", CSS)]
LIGHT, *DARK = [theme for theme in THEMES if {"paper", "ok", "found"} <= set(theme)]


def linear(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of an sRGB colour, in amounts of light."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return r, g, b


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    r, g, b = linear(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_dark_page_has_one_set_of_colours_however_it_is_asked_for():
    assert len(DARK) == 2 and DARK[0] == DARK[1]


def test_all_colours_can_be_read_on_paper():
    faint = [
        (name, theme["paper"])
        for theme in (LIGHT, DARK[0])
        for name in (*CHART, *VERDICT)
        if contrast(theme[name], theme["paper"]) < 4.5
    ]
    assert faint == []


def test_drawings_have_the_colours_of_the_light_page():
    assert {name: LIGHT[name] for name in PALETTE} == PALETTE
    assert len(set(PALETTE.values())) == len(PALETTE), "a value is a name: no two may be equal"

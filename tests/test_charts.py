"""Charts: what a cell publishes, what the page shows, and what a reader can move."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import re
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import altair as alt
import nbformat
import pandas as pd
import pytest
import vl_convert
from hypothesis import given, settings
from hypothesis import strategies as st
from sphinx.testing.util import SphinxTestApp
from tallybook import charts
from tallybook.charts.drawing import extent, px, ticks, wrap
from tallybook.charts.publish import MIME, MIME_NARROW, MIME_TABLE, bundle_of
from tallybook.model import tables
from tallybook.model.numbers import Number
from tallybook.pictures import render, standalone_svg, svg_extent
from tallybook.sphinx import chart as directive

from tests.files import load, read, write
from tests.visits import until

ROOT = Path(__file__).resolve().parent.parent
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
MONTHS = pd.DataFrame(
    {
        "month": [*pd.date_range("2019-01-01", periods=12, freq="MS")] * 2,
        "index": [float(100 + i) for i in range(12)] + [float(100 + 2 * i) for i in range(12)],
        "kind": ["Microtasks"] * 12 + ["All online work"] * 12,
    }
)
CURVE = pd.DataFrame({"hours": [i / 2 for i in range(41)]})
POINTS = pd.DataFrame(
    {"gdp": [1.0, 10.0, 100.0], "pay": [3.0, 2.0, 5.0], "name": ["Madagascar", "", "United States"]}
)
BINS = pd.DataFrame(
    {
        "start": [float(i) for i in range(20)],
        "end": [i + 1.0 for i in range(20)],
        "n": [float(i % 7) for i in range(20)],
    }
)
AGES = pd.DataFrame(
    {
        "age": range(15, 65),
        "men": [400.0 - i for i in range(50)],
        "women": [410.0 - i for i in range(50)],
    }
)


def live_rows() -> charts.Drawing:
    divisor = charts.slider("divisor", "Platforms per person", 1, 2, 0.01, 1.25)
    sums = pd.DataFrame({"circle": ["Registered"], "sum": [250000.0]})
    return charts.whiskers(
        sums,
        "circle",
        "persons",
        live={"persons": "datum.sum / divisor"},
        d3=",.0f",
        domain=(0, 300000),
        params=[divisor],
        rules=[charts.Rule(260000, "claimed: 260,000")],
        readouts=["'divided by ' + format(divisor, '.2f')"],
        title="persons",
    )


EVERY = {
    "demo-whiskers": lambda: charts.whiskers(
        ROWS, "circle", "found", "low", "high", "said", log=True, title="persons"
    ),
    "demo-groups": lambda: charts.whiskers(
        ROWS.assign(part=["one", "one", "two"]),
        "circle",
        "found",
        "low",
        "high",
        group="part",
        rules=[charts.Rule(2e5, "claimed")],
    ),
    "demo-bars": lambda: charts.bars(ROWS, "circle", "found", claim="said", title="persons"),
    "demo-steps": lambda: charts.steps(ROWS, "circle", "found", "low", "high"),
    "demo-tornado": lambda: charts.tornado(
        ROWS, "circle", "low", "high", 120000, log=True, claim=charts.Rule(1e5, "claimed")
    ),
    "demo-lines": lambda: charts.lines(
        MONTHS,
        "month",
        "index",
        "kind",
        title="2019 = 100",
        rules=[charts.Rule(115, "claimed", axis="y")],
        spans=[charts.Span("2019-03-01", "2019-06-01", "spring")],
    ),
    "demo-area": lambda: charts.area(
        CURVE.assign(density=[math.exp(-h / 5) for h in CURVE["hours"]]), "hours", "density"
    ),
    "demo-histogram": lambda: charts.histogram(
        BINS, "start", "end", "n", rules=[charts.Rule(5, "found", "found")], x_title="persons"
    ),
    "demo-scatter": lambda: charts.scatter(
        POINTS, "gdp", "pay", "name", x_log=True, title="pay", x_title="income a head"
    ),
    "demo-pyramid": lambda: charts.pyramid(
        AGES,
        "age",
        "men",
        "women",
        left_text="men",
        right_text="women",
        highlight=(25, 45),
        highlight_text="of those who answered",
    ),
    "demo-live": live_rows,
}


def drawn(name: str, kind: str) -> tuple[dict, str, dict]:
    """Compiled specification, SVG as Vega draws it, and palette of one of the charts above."""
    spec = bundle_of(name, EVERY[name]())[MIME if kind == "broad" else MIME_NARROW]
    compiled = render.vega(spec)
    return compiled, render.draw(compiled), spec["usermeta"]["palette"]


# ---- every builder, at both widths ----


@pytest.mark.parametrize("kind", ["broad", "narrow"])
@pytest.mark.parametrize("name", EVERY)
def test_drawing_fits_its_width_in_text_of_12_px_and_in_colours_of_the_page(
    name: str, kind: str
) -> None:
    compiled, svg, palette = drawn(name, kind)
    render.check(compiled, svg, kind)  # raises if text is cut or small
    root = ElementTree.fromstring(svg)
    assert float(root.get("width")) <= {"broad": 720, "narrow": 340}[kind] + 1
    sizes = [float(t.get("font-size").removesuffix("px")) for t in root.iter(f"{render.SVG}text")]
    assert len(sizes) > 3 and min(sizes) >= 12
    page = render.inline(svg, name, kind, "what it shows", palette)
    assert not re.search("#[0-9a-f]{6}", page, re.I), "a colour that the dark page cannot change"
    assert set(re.findall(r"var\(--([a-z0-9]+)\)", page)) <= set(charts.PALETTE)
    assert "<script" not in page and "style=" not in page and "font-family" not in page
    assert 'overflow="visible"' in page and 'paint-order="stroke"' in page
    assert 'role="img"' in page and 'aria-label="what it shows"' in page


@pytest.mark.parametrize("name", EVERY)
def test_same_chart_same_bytes(name: str) -> None:
    one, two = (bundle_of(name, EVERY[name]()) for _ in range(2))
    assert json.dumps(one) == json.dumps(two)
    made = [directive.made(name, "alt", b[MIME], b[MIME_NARROW], b[MIME_TABLE]) for b in (one, two)]
    assert made[0] == made[1]
    assert not re.search(r"data-[0-9a-f]{32}|(view|param)_\d\d", json.dumps(one))


def test_names_do_not_depend_on_charts_made_before() -> None:
    def chart() -> alt.Chart:
        pick = alt.selection_point(fields=["circle"])
        return (
            alt.Chart(ROWS)
            .mark_bar(color=charts.colour("found"))
            .encode(x="found:Q", y="circle:N")
            .add_params(pick)
        )

    first = bundle_of("demo-pick", chart())
    for _ in range(3):
        chart().to_dict()
    assert bundle_of("demo-pick", chart()) == first


def test_png_is_a_picture_and_standalone_svg_has_its_own_colours() -> None:
    _, svg, palette = drawn("demo-whiskers", "broad")
    frame = standalone_svg.Frame(
        "What it shows, in a line that is so long that it has to be broken somewhere near the width"
        " of the whole drawing",
        ("Data: A.",),
    )
    file = standalone_svg.standalone(svg, "what it shows", "#fbfaf6", frame)
    root = ElementTree.fromstring(file)
    assert root.find(f"{render.SVG}title").text == "what it shows"
    words = [text.text for text in root.findall(f"{render.SVG}text")]
    assert " ".join(words[:-1]) == frame.headline and len(words) > 2 and words[-1] == "Data: A."
    assert "var(" not in file and charts.PALETTE["found"] in file
    png = render.png(file, 2)
    width, height = (int.from_bytes(png[i : i + 4], "big") for i in (16, 20))
    box = [float(v) for v in root.get("viewBox").split()]
    assert png[:8] == b"\x89PNG\r\n\x1a\n" and (width, height) == (2 * box[2], 2 * box[3])
    bare = (
        ElementTree.fromstring(standalone_svg.standalone(svg, "what it shows", "#fbfaf6"))
        .get("viewBox")
        .split()
    )
    assert box[2] == float(bare[2]) and box[3] > float(bare[3])


def test_clip_paths_have_ids_of_their_own_in_the_page() -> None:
    chart = (
        alt.Chart(CURVE)
        .mark_line(clip=True, color=charts.colour("found"))
        .encode(x="hours:Q", y="hours:Q")
    )
    spec = bundle_of("demo-clip", chart)[MIME]
    pages = [
        render.inline(
            render.draw(render.vega(spec)), "demo-clip", k, "alt", spec["usermeta"]["palette"]
        )
        for k in ("broad", "narrow")
    ]
    ids = [re.findall(r'id="([^"]+)"', page) for page in pages]
    assert ids[0] and set(ids[0]) == set(re.findall(r"url\(#([^)]+)\)", pages[0]))
    assert all(i.startswith("demo-clip-broad-") for i in ids[0]) and not set(ids[0]) & set(ids[1])


# ---- nothing is lost, nothing is cut ----


def test_table_and_csv_hold_every_row_as_it_was() -> None:
    bundle = bundle_of("demo-whiskers", EVERY["demo-whiskers"]())
    rows = list(csv.reader(io.StringIO(directive.csv_text(bundle[MIME_TABLE]))))
    assert rows[0] == list(ROWS.columns)
    assert rows[1:] == [
        [r.circle, *(("" if pd.isna(v) else repr(v)) for v in (r.found, r.low, r.high, r.said))]
        for r in ROWS.itertuples()
    ]
    held = [row for data in bundle[MIME]["datasets"].values() for row in data]
    for value in ROWS["found"]:
        assert any(row.get("found") == value for row in held)


def test_a_missing_value_is_not_drawn_as_zero() -> None:
    # Three whiskers, two claims: the third row has none, so there are two marks of a claim and not
    # three.
    _, svg, _ = drawn("demo-whiskers", "broad")
    marks = re.findall(r'<g class="mark-rect role-mark[^"]*"[^>]*>(.*?)</g>', svg)
    assert sum(part.count(charts.PALETTE["claim"]) for part in marks) == 2
    words = "".join(ElementTree.fromstring(svg).itertext())
    assert words.count("claimed") == 2 and "14,900 (8,000 to 26,000)" in words


def test_long_name_keeps_all_its_words() -> None:
    for kind in ("broad", "narrow"):
        _, svg, _ = drawn("demo-whiskers", kind)
        words = " ".join(
            "".join(t.itertext()) for t in ElementTree.fromstring(svg).iter(f"{render.SVG}tspan")
        )
        assert LONG in words and "…" not in svg


@given(
    st.lists(st.text("abcdefgh ijklmn", min_size=1, max_size=12), min_size=1, max_size=12),
    st.floats(80, 400),
)
@settings(max_examples=60, deadline=None)
def test_wrap_keeps_words_in_order_and_lines_in_room(words: list[str], room: float) -> None:
    text = " ".join(words)
    lines = wrap(text, room).split("\n")
    assert " ".join(lines).split() == text.split()
    assert all(px(line) <= room or " " not in line for line in lines)


@given(st.lists(st.floats(1e-3, 1e9), min_size=1, max_size=20), st.booleans())
@settings(max_examples=80, deadline=None)
def test_axis_holds_all_values(values: list[float], log: bool) -> None:
    low, high = extent(values, log)
    assert low < min(values) <= max(values) < high
    shown = ticks((low, high), 5, log)
    assert 1 <= len(shown) <= 5
    assert all(low - 1e-6 * abs(low) <= t <= high + 1e-6 * abs(high) for t in shown)


def test_ticks_by_hand() -> None:
    # 0 to 420,000 in at most six: steps of 50,000 would need nine, steps of 100,000 need five.
    assert ticks((0, 420000), 6) == [0, 100000, 200000, 300000, 400000]
    assert ticks((-0.05, 1.02), 6) == [0, 0.2, 0.4, 0.6, 0.8, 1]
    assert ticks((8, 350), 6, log=True) == [10, 20, 50, 100, 200]
    assert ticks((8, 3.5e6), 4, log=True) == [10, 1000, 100000]


def test_every_tick_is_drawn_with_its_label() -> None:
    flat = charts.lines(
        CURVE.assign(share=[h / 20 for h in CURVE["hours"]]), "hours", "share", domain=(0, 1)
    )
    svg = render.draw(render.vega(bundle_of("demo-flat", flat)[MIME]))
    words = [
        "".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{render.SVG}text")
    ]
    assert {"0", "0.2", "0.4", "0.6", "0.8", "1"} <= set(words)


def test_text_over_the_edge_is_an_error() -> None:
    wide = charts.Rule(
        60000,
        "a text for a line that is much longer than a drawing of three hundred and forty pixels can"
        " hold",
    )
    spec = bundle_of("demo-wide", charts.bars(ROWS, "circle", "found", rules=[wide]))[MIME_NARROW]
    compiled = render.vega(spec)
    with pytest.raises(
        render.RenderError, match="narrow drawing reach .* px over its edge and are cut"
    ):
        render.check(compiled, render.draw(compiled), "narrow")


@settings(max_examples=25, deadline=None)
@given(
    words=st.text(st.sampled_from("iWm@é—% ,.1489AZ"), min_size=1, max_size=60),
    at=st.floats(0, 340),
    align=st.sampled_from(["left", "center", "right"]),
    weight=st.sampled_from(["normal", "bold"]),
    mark=st.sampled_from(["point", "rule", "bar", "line", "area"]),
)
def test_the_bound_on_what_a_drawing_reaches_is_never_too_small(
    words: str, at: float, align: str, weight: str, mark: str
) -> None:
    """Vega gives a drawing room for what it holds: the more it grows by, the farther its marks
    reach, and the bound with them."""
    frame = pd.DataFrame({"x": [at, 170.0], "y": [1, 2], "words": [words, "."]})
    base = alt.Chart(frame).encode(x=alt.X("x:Q", scale=None, axis=None), y=alt.Y("y:Q", axis=None))
    text = base.mark_text(
        align=align, fontWeight=weight, fontSize=13, font="Liberation Sans"
    ).encode(text="words:N")
    marked = getattr(base, f"mark_{mark}")(**({"size": 400} if mark == "point" else {}))
    plain = (text + marked).properties(width=340, height=60, background="transparent", padding=0)
    compiled = render.vega(plain.to_dict())
    frame_wide, grown = (
        float(
            ElementTree.fromstring(render.draw({**compiled, "autosize": {"type": kind}})).attrib[
                "width"
            ]
        )
        for kind in ("none", "pad")
    )
    reach = svg_extent.reach(render.draw({**compiled, "autosize": {"type": "none"}}))
    assert reach is not None
    assert max(0, -reach[0]) + max(0, reach[1] - frame_wide) >= grown - frame_wide - render.SLACK


@pytest.mark.parametrize(
    "inside",
    [
        '<g transform="rotate(45)"><text font-size="13px">a</text></g>',
        '<path d="M0,0C1,1,2,2,3,3"/>',
        "<ellipse/>",
    ],
)
def test_what_is_not_read_with_certainty_has_no_bound(inside: str) -> None:
    assert (
        svg_extent.reach(f'<svg xmlns="http://www.w3.org/2000/svg" width="10">{inside}</svg>')
        is None
    )


def test_small_text_is_an_error() -> None:
    chart = (
        alt.Chart(ROWS)
        .mark_text(fontSize=9, color=charts.colour("ink"))
        .encode(x="found:Q", text="circle:N")
    )
    compiled = render.vega(bundle_of("demo-small", chart)[MIME])
    with pytest.raises(render.RenderError, match="text of 9 px; expected text of 12 px or more"):
        render.check(compiled, render.draw(compiled), "broad")


def test_colour_outside_the_palette_is_an_error() -> None:
    chart = alt.Chart(ROWS).mark_bar(color="#ff0000").encode(x="found:Q", y="circle:N")
    spec = bundle_of("demo-red", chart)[MIME]
    with pytest.raises(
        render.RenderError, match="found the colour #ff0000; expected one of the palette"
    ):
        render.inline(
            render.draw(render.vega(spec)), "demo-red", "broad", "alt", spec["usermeta"]["palette"]
        )


def test_palette_can_be_read_on_paper() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b  # relative luminance, WCAG 2.2

    paper = light(charts.PALETTE["paper"])
    for name in set(charts.PALETTE) - {"paper", "line"}:
        assert (paper + 0.05) / (light(charts.PALETTE[name]) + 0.05) >= 4.5, name
    assert len(set(charts.PALETTE.values())) == len(charts.PALETTE), (
        "colours are names here: no two may be equal"
    )


# ---- messages ----


@pytest.mark.parametrize("name", ["Counts-x", "counts", "counts.estimates", "counts--x", "-x", ""])
def test_malformed_name(name: str) -> None:
    with pytest.raises(charts.ChartError, match="expected a name of the form chapter-some-words"):
        bundle_of(name, EVERY["demo-bars"]())


def test_row_limit() -> None:
    def scatter(n: int) -> charts.Drawing:
        return charts.scatter(
            pd.DataFrame({"x": [float(i) for i in range(n)], "y": [1.0] * n}), "x", "y"
        )

    bundle_of("demo-many", scatter(2000))
    with pytest.raises(charts.ChartError, match="found 2001 rows; expected at most 2000"):
        bundle_of("demo-many", scatter(2001))


def test_which_table_is_meant() -> None:
    both = alt.layer(alt.Chart(ROWS).mark_bar(), alt.Chart(POINTS).mark_point())
    with pytest.raises(charts.ChartError, match="found 2 tables in the chart; expected table="):
        bundle_of("demo-two", both)
    assert bundle_of("demo-two", both, table=POINTS)[MIME_TABLE]["columns"] == [
        "gdp",
        "pay",
        "name",
    ]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: charts.slider("a b", "x", 0, 1, 0.1, 0.5), "expected a name of letters"),
        (lambda: charts.slider("a", "x", 0, 1, 0.1, 2), "expected low <= value <= high"),
        (
            lambda: charts.whiskers(
                ROWS.assign(low=-1.0), "circle", "found", "low", "high", log=True
            ),
            "logarithmic axis",
        ),
        (
            lambda: charts.lines(AGES.assign(s=[str(i) for i in range(50)]), "age", "men", "s"),
            "found 50 series; expected at most 4",
        ),
        (
            lambda: charts.lines(MONTHS, "month", "index", "kind", colours={"Microtasks": "s1"}),
            "no colour for the series 'All online work'",
        ),
    ],
)
def test_messages_of_builders(call: object, message: str) -> None:
    with pytest.raises(charts.ChartError, match=message):
        call()


# ---- tables ----


def test_show_table_is_plain_html() -> None:
    frame = pd.DataFrame(
        {
            "who": ["<b> & co", None],
            "share": [12.345, -0.5],
            "year": [2018, 2019],
            "n": pd.array([1000, None], "Int64"),
        }
    )
    html = tables.table_html(frame, "A & B", formats={"share": 1}, units={"share": "%"})
    assert "<caption>A &amp; B</caption>" in html
    assert '<th scope="col" class="n">share <span class="unit">%</span></th>' in html
    assert '<td data-label="who">&lt;b&gt; &amp; co</td>' in html
    assert '<td data-label="who">–</td>' in html
    assert '<td class="n" data-label="share">12.3</td>' in html
    assert '<td class="n" data-label="share">−0.5</td>' in html
    assert ">2018<" in html and ">1,000<" in html, "a year carries no separator, a count does"
    with pytest.raises(KeyError, match="no column 'nobody'"):
        tables.table_html(frame, "x", formats={"nobody": 1})


def test_registry_lines_show_every_digit_of_a_number() -> None:
    third = Number(
        "demo.third",
        1 / 3,
        "ratio",
        "a third",
        "by hand",
        ("counts/inputs",),
        0.1 + 0.2,
        0.4,
        "sampling only",
    )
    whole = Number("demo.whole", 15000, "persons", "whole", "by hand", ("counts/inputs",))
    header, first, second = tables.registry_lines([third, whole])
    cells = dict(zip(header.split("\t"), first.split("\t"), strict=True))
    assert (float(cells["value"]), float(cells["low"])) == (0.3333333333, 0.3)
    assert cells["id"] == "demo.third"
    assert second.split("\t") == ["demo.whole", "15000", "", "", "persons", "whole"]


# ---- the directive, in a small book of one executed page ----

CONF = """
import sys
from types import SimpleNamespace
sys.path.insert(0, {root!r})
extensions = ["myst_nb", "tallybook.sphinx.chart"]
numfig = True
nb_execution_mode = {mode!r}
nb_execution_raise_on_error = True
myst_enable_extensions = ["colon_fence"]
html_theme = "basic"
templates_path = ["_templates"]
html_static_path = [{root!r} + "/engine/src/tallybook/theme/static"]
html_css_files = ["report.css"]
html_js_files = [("report.js", {{"defer": "defer"}}), ("chart.js", {{"defer": "defer"}})]  # as the pages load them
def setup(app):
    from tallybook.sphinx.state import get_state
    get_state(app).report = SimpleNamespace(
        expand=lambda text: text.replace("[[demo.ratio]]", "2.5"), numbers=[], judgements={{}}
    )
"""

# The page of the report allows no inline script or style and no eval; so does this one.
LAYOUT = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title|striptags }}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src file:; style-src file:; img-src file: data:">
{%- for css in css_files %}<link rel="stylesheet" href="{{ pathto(css.filename, 1) }}">{% endfor %}
{%- for js in script_files %}<script src="{{ pathto(js.filename, 1) }}" defer></script>{% endfor %}
</head><body><main>{{ body }}</main></body></html>
"""

PAGE = """---
jupytext: {text_representation: {extension: .md, format_name: myst, format_version: 0.13}}
kernelspec: {name: python3, display_name: Python 3, language: python}
---
# A page

```{code-cell} ipython3
:tags: [hide-input]
import sys
sys.path.insert(0, ROOT)
import pandas as pd
from tallybook import charts
sums = pd.DataFrame({"circle": ["Registered"], "sum": [250000.0]})
divisor = charts.slider("divisor", "Platforms per person", 1, 2, 0.25, 1.25)
drawing = charts.whiskers(sums, "circle", "persons", live={"persons": "datum.sum / divisor"}, d3=",.0f",
                          domain=(0, 300000), params=[divisor])
```

```{code-cell} ipython3
:tags: [hide-input, remove-output]
charts.publish("demo-live", drawing)
charts.publish("demo-still", charts.bars(sums, "circle", "sum", claim=None))
```

See {numref}`demo-live` and {numref}`demo-still`.

```{chart} demo-live
:alt: A bar that is [[demo.ratio]] times as long as the other, "quoted".
:explore: Move the divisor

Persons, *by hand*.
```

```{chart} demo-still
:alt: A bar.
Nothing to move here.
```
"""


def build(folder: Path, pages: dict[str, str], mode: str = "force") -> SphinxTestApp:
    """A book of these pages; ``app.warning`` holds what Sphinx complained about."""
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "conf.py", CONF.format(root=str(ROOT), mode=mode))
    (folder / "_templates").mkdir(exist_ok=True)
    write(folder / "_templates" / "layout.html", LAYOUT)
    listed = "\n".join(page.rsplit(".", 1)[0] for page in pages)
    write(folder / "index.md", f"# Index\n\n```{{toctree}}\n{listed}\n```\n")
    for page, text in pages.items():
        (folder / page).parent.mkdir(exist_ok=True)
        write(folder / page, text)
    app = SphinxTestApp("html", srcdir=folder)
    app.build()
    return app


@pytest.fixture(scope="module")
def small_book(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    page = PAGE.replace("sys.path.insert(0, ROOT)", f"sys.path.insert(0, {str(ROOT)!r})")
    app = build(tmp_path_factory.mktemp("charts") / "book", {"chapters/demo.md": page})
    out, warnings = Path(app.outdir), app.warning.getvalue()
    html = read(out / "chapters" / "demo.html")
    app.cleanup()
    return SimpleNamespace(out=out, html=html, warnings=warnings)


def test_figure_in_the_page(small_book: SimpleNamespace) -> None:
    assert small_book.warnings == ""
    assert small_book.html.count('class="chart wide" ') == 2
    assert small_book.html.count('id="demo-live"') == 1
    figure = re.search(
        r'<figure [^>]*class="chart wide"[^>]*id="demo-live".*?</figure>', small_book.html, re.S
    )[0]
    assert (
        figure.count(
            'aria-label="A bar that is 2.5 times as long as the other, &quot;quoted&quot;."'
        )
        == 2
    )
    assert '<svg class="broad"' in figure and '<svg class="narrow"' in figure
    order = [
        figure.index(part)
        for part in ('<div class="plot">', "<figcaption>", '<div class="tools">', "</figcaption>")
    ]
    assert order == sorted(order) and figure.count("</figcaption>") == 1
    assert 'aria-labelledby="demo-live-caption"' in figure
    assert figure.count('<span id="demo-live-caption">') == 1
    assert "<em>by hand</em>" in figure and "Move the divisor</button>" in figure
    assert 'href="#demo-live"><span class="std std-numref">Fig. 1</span>' in small_book.html
    assert 'href="../_charts/demo-live.csv"' in figure
    assert 'data-spec="../_charts/demo-live.vega.js"' in figure
    assert '<td class="n">250,000</td>' in figure, (
        "a table of three columns stays one on a phone, and needs no labels"
    )
    ElementTree.fromstring(
        re.search(r'<svg class="narrow".*?</svg>', figure, re.S)[0]
    )  # well-formed


def test_files_beside_the_pages(small_book: SimpleNamespace) -> None:
    folder = small_book.out / "_charts"
    endings = ("csv", "svg", "png", "vl.json", "vega.js")
    assert {p.name for p in folder.iterdir()} == {
        f"{n}.{e}" for n in ("demo-live", "demo-still") for e in endings
    }
    assert (folder / "demo-live.csv").read_text() == "circle,sum\nRegistered,250000.0\n"
    spec = load(folder / "demo-live.vl.json")
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/v6")
    assert spec["params"][0]["name"] == "divisor"
    script = read(folder / "demo-live.vega.js")
    compiled = json.loads(
        re.fullmatch(
            r'\(window\.chartSpecs=window\.chartSpecs\|\|\{\}\)\["demo-live"\]=(.*);\n',
            script,
            re.S,
        )[1]
    )
    assert compiled["narrow"]["width"] == 340 and compiled["broad"]["width"] == 720


def test_incremental_build_keeps_charts_and_drops_those_no_longer_shown(tmp_path: Path) -> None:
    two = {f"{n}.ipynb": notebook(f"demo-{n}", chart_block(f"demo-{n}")) for n in ("one", "two")}
    build(tmp_path / "book", two, "off").cleanup()
    app = build(
        tmp_path / "book",
        {"one.ipynb": two["one.ipynb"], "two.ipynb": notebook("demo-two", "No chart.")},
        "off",
    )
    names = {p.name.split(".")[0] for p in (Path(app.outdir) / "_charts").iterdir()}
    app.cleanup()
    assert names == {"demo-one"}, (
        "the page that was not read again keeps its chart, the other one has none"
    )


def chart_block(
    name: str, alt_text: str = ":alt: A bar.\n", caption: str = "A caption.", options: str = ""
) -> str:
    return f"```{{chart}} {name}\n{alt_text}{options}\n{caption}\n```"


def notebook(name: str, text: str) -> str:
    """A notebook whose only cell has published the bars under this name, and that says this text."""
    output = nbformat.v4.new_output(
        "display_data",
        bundle_of(name, EVERY["demo-bars"]()),
        metadata={"scrapbook": {"name": name, "mime_prefix": ""}},
    )
    cell = nbformat.v4.new_code_cell(
        "publish()", outputs=[output], metadata={"tags": ["remove-output"]}, id="a"
    )
    cells = [
        nbformat.v4.new_markdown_cell("# Page", id="t"),
        cell,
        nbformat.v4.new_markdown_cell(text, id="b"),
    ]
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            chart_block("demo-other"),
            "chart 'demo-other' is named here but no cell of this page publishes it",
        ),
        (chart_block("demo-bars", alt_text=""), "chart 'demo-bars': expected :alt: with a text"),
        (
            chart_block("demo-bars", alt_text=":alt: _images/bars.png\n"),
            "found the alt text '_images/bars.png'",
        ),
        (chart_block("demo-bars", alt_text=":alt: demo-bars\n"), "found the alt text 'demo-bars'"),
        (chart_block("demo-bars", caption=""), "expected a caption"),
        (
            chart_block("demo-bars", caption="One.\n\nTwo."),
            "the caption of a chart is one paragraph",
        ),
        (
            chart_block("demo-bars") + "\n\n" + chart_block("demo-bars"),
            "chart 'demo-bars': found it shown twice",
        ),
    ],
)
def test_messages_of_the_directive(text: str, message: str, tmp_path: Path) -> None:
    app = build(tmp_path / "book", {"page.ipynb": notebook("demo-bars", text)}, "off")
    warnings = app.warning.getvalue()
    app.cleanup()
    assert message in warnings and "page.ipynb" in warnings


# ---- the page in a browser ----


def opened(browser: object, small_book: SimpleNamespace, width: int) -> tuple[object, list[str]]:
    """The page from disk, and a list that fills with complaints of its console and with foreign
    requests."""
    page, complaints = browser.new_page(viewport={"width": width, "height": 900}), []
    page.on(
        "console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda r: complaints.append(r.url) if not r.url.startswith(("file:", "data:")) else None,
    )
    page.goto((small_book.out / "chapters" / "demo.html").as_uri())
    return page, complaints


@pytest.mark.parametrize(("width", "kind"), [(390, "narrow"), (1280, "broad")])
def test_slider_moves_the_number_under_a_strict_policy(
    browser: object, small_book: SimpleNamespace, width: int, kind: str
) -> None:
    page, complaints = opened(browser, small_book, width)
    figure = page.locator("figure#demo-live")
    # 250,000 over 1.25 is 200,000; over 2 it is 125,000.
    assert figure.locator(f"svg.{kind}").is_visible()
    assert "200,000" in figure.locator(f"svg.{kind}").text_content()
    assert not page.evaluate("'vega' in window"), "Vega is loaded before anyone asks for it"
    figure.get_by_role("button", name="Move the divisor").press("Enter")
    slider = figure.get_by_role("slider", name="Platforms per person")
    slider.wait_for()
    assert slider.evaluate("node => node === document.activeElement")
    live = figure.locator(".live svg")
    assert live.get_attribute("role") == "img" and "2.5 times" in live.get_attribute("aria-label")
    assert live.locator("text", has_text="200,000").count() >= 1
    for _ in range(3):
        slider.press("ArrowRight")
    live.locator("text", has_text="125,000").wait_for()
    assert "2" in figure.locator(".vega-bind").text_content()
    small = live.evaluate(
        """svg => Math.min(...[...svg.querySelectorAll("text")].filter(t => t.textContent.trim())
        .map(t => parseFloat(getComputedStyle(t).fontSize) * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width))"""
    )
    assert small >= 12
    figure.get_by_role("button", name="Still picture").click()
    assert figure.locator(".live").count() == 0 and figure.locator(f"svg.{kind}").is_visible()
    assert complaints == []
    page.close()


def test_dark_page_recolours_still_and_live_and_keeps_the_slider(
    browser: object, small_book: SimpleNamespace
) -> None:
    page, complaints = opened(browser, small_book, 1280)
    dot = (
        "svg => getComputedStyle([...svg.querySelectorAll('path')].find(p =>"
        " /A|a/.test(p.getAttribute('d')))).fill"
    )
    found = "getComputedStyle(document.documentElement).getPropertyValue('--found').trim()"
    as_rgb = (
        "hex => { const e = document.createElement('i'); e.style.color = hex; return"
        " e.style.color; }"
    )

    def turn(theme: str) -> str:
        page.evaluate(
            "t => { document.documentElement.dataset.theme = t; document.dispatchEvent(new"
            " CustomEvent('themechange')); }",
            theme,
        )
        return page.evaluate(as_rgb, page.evaluate(found))

    figure = page.locator("figure#demo-live")
    light = turn("light")
    assert figure.locator("svg.broad").evaluate(dot) == light
    dark = turn("dark")
    assert dark != light and figure.locator("svg.broad").evaluate(dot) == dark
    figure.get_by_role("button", name="Move the divisor").click()
    slider = figure.get_by_role("slider")
    slider.wait_for()
    for _ in range(3):
        slider.press("ArrowRight")
    figure.locator(".live text", has_text="125,000").wait_for()
    assert figure.locator(".live svg").evaluate(dot) == dark
    light = turn("light")
    until(page, f"colour => ({dot})(document.querySelector('.live svg')) === colour", light)
    assert figure.locator(".live text", has_text="125,000").count() >= 1, (
        "the slider fell back when the colours changed"
    )
    assert complaints == []
    page.close()


def test_a_script_that_does_not_load_is_said_in_one_sentence(
    browser: object, small_book: SimpleNamespace
) -> None:
    page, _ = opened(browser, small_book, 1280)
    page.evaluate(
        "document.querySelector('#demo-still').dataset.vega ="
        " '../_static/vendor/missing/vega.min.js'"
    )
    page.locator("figure#demo-still button.go").click()
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "cannot be explored" in alert.text_content() and "vega.min.js" in alert.text_content()
    assert page.locator("figure#demo-still svg.broad").is_visible()
    page.close()


def test_scripts_of_others_are_those_of_the_manifest() -> None:
    folder = ROOT / "engine/src/tallybook/theme/static" / "vendor"
    listed = {entry["file"]: entry for entry in load(folder / "MANIFEST.json")}
    assert set(listed) == {path.name for path in folder.glob("*.js")}
    for name, entry in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == entry["sha256"], name
        assert (folder / entry["licence_file"]).is_file()


def test_still_and_live_pictures_come_from_one_generation_of_vega() -> None:
    live, still = (
        [int(part) for part in version.split(".")]
        for version in (vega_version(), vl_convert.get_vega_version())
    )
    assert live[0] == still[0] and live >= still
    told = " ".join(read(ROOT / "docs" / "supply-chain.md").split())
    assert (
        "`vl-convert-python` draws them with its own copy of Vega,"
        f" {vl_convert.get_vega_version()} " in told
    )


def test_a_specification_does_not_reach_the_objects_of_its_page(
    browser: object, tmp_path: Path
) -> None:
    """Vega 6.2 wrote what a configuration calls "constructor" into the browser's own Object.

    The file also says its version.
    """
    script = (ROOT / "engine/src/tallybook/theme/static" / "vendor" / "vega.min.js").as_uri()
    write(
        tmp_path / "page.html",
        f'<!DOCTYPE html><title>Vega</title><script src="{script}"></script>',
    )
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    page.evaluate(
        "json => { vega.mergeConfig({}, JSON.parse(json)); }", '{"constructor": {"spoilt": 1}}'
    )
    assert page.evaluate("Object.spoilt") is None
    assert page.evaluate("vega.version") == vega_version()
    page.close()


def vega_version() -> str:
    entries = load(ROOT / "engine/src/tallybook/theme/static" / "vendor" / "MANIFEST.json")
    return next(entry["version"] for entry in entries if entry["name"] == "vega")


def test_script_is_small() -> None:
    assert (ROOT / "engine/src/tallybook/theme/static" / "chart.js").stat().st_size < 8 * 1024

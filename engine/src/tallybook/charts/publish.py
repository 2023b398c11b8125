"""From a chart to one output of a notebook cell: two specifications and the table behind them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from inspect import isfunction
from typing import Any

import altair as alt
import pandas as pd
from altair.utils.schemapi import debug_mode

from tallybook import language
from tallybook.charts import words
from tallybook.charts.drawing import ChartError, Drawing
from tallybook.charts.grammar import KINDS
from tallybook.charts.theme import BROAD, NARROW, config
from tallybook.language import gettext
from tallybook.model.digits import rounded, settled
from tallybook.model.tables import column_texts, is_numeric, show_in_all
from tallybook.pictures.palette import PALETTE

MIME = "application/vnd.vegalite.v6+json"
MIME_NARROW = "application/vnd.report.narrow+json"
MIME_TABLE = "application/vnd.report.table+json"
MAX_ROWS = 2000
PYTHON = "numbers that Python has computed, and no formula in a chart"
NAME = re.compile(r"(?=.{3,120}$)[a-z]+(-[a-z0-9]+)+")


def publish(name: str, chart: Drawing | Callable[..., Drawing], *arguments: Any) -> None:
    """Make a chart known to the page under ``name``; the ``chart`` directive of that name shows it.

    ``chart``: a function of the ``arguments`` that gives a Drawing, which is drawn once in each
    language of the report; or a Drawing, in English only. Its table is what the reader gets as
    table and CSV; without one, the one table of the chart. Raises ``ChartError`` if the name is
    malformed, if the chart holds more than 2,000 rows or computes a number, or if it holds several
    tables and names none.
    """
    found = {"scrapbook": {"name": name, "mime_prefix": ""}}
    show_in_all(lambda: bundle_of(name, _called(chart, arguments)), found)


def _called(chart: Any, arguments: tuple[Any, ...]) -> Drawing:
    with debug_mode(language.now() == language.ENGLISH):
        made: Drawing = chart(*arguments) if isfunction(chart) else chart
    return made


def bundle_of(name: str, chart: Drawing) -> dict[str, Any]:
    """The MIME bundle that ``publish`` shows; the same chart gives the same bundle."""
    if not NAME.fullmatch(name):
        wanted = "expected a name of the form chapter-some-words, of at most 120 letters"
        raise ChartError(f"chart {name[:150]!r}: {wanted}")
    wide = specification(name, chart.broad, BROAD)
    rows = table_of(name, wide, chart.table)
    return {
        MIME: _sorted(wide),
        MIME_NARROW: _sorted(specification(name, chart.narrow, NARROW)),
        MIME_TABLE: rows,
        "text/plain": f"<chart {name}: a table of {len(rows['rows'])} rows>",
    }


def specification(name: str, chart: alt.TopLevelMixin, width: int) -> dict[str, Any]:
    """The Vega-Lite specification of a chart at a width in pixels: own look, own data, no random
    names. Raises ``ChartError`` if it holds more than 2,000 rows, or computes a number."""
    alt.data_transformers.register("once", _values_once())
    with alt.theme.enable("none"), alt.data_transformers.enable("once"):
        # A chart has the same parts in all languages and at all widths: to compare them with their
        # schema takes a third of the time, so it is done once.
        spec = chart.to_dict(validate=width == BROAD and language.now() == language.ENGLISH)
    spec = words.spoken(_renamed(spec))
    count = sum(len(rows) for rows in spec.get("datasets", {}).values())
    if count > MAX_ROWS:
        expected = f"at most {MAX_ROWS} (aggregate first)"
        raise ChartError(f"chart {name!r}", f"{count} rows", expected)
    for fault in computed(spec):
        raise ChartError(f"chart {name!r}", fault, PYTHON)
    own = {key: value for key, value in spec.get("config", {}).items() if key != "view"}
    spec["config"] = _merged(config(), own)
    if "layer" in spec or "mark" in spec:
        # A concatenation or a facet has a width in each part, and fitting does not apply.
        spec["width"] = width
        spec.setdefault("autosize", {"type": "fit-x", "contains": "padding"})
    return spec


def computed(part: Any) -> Iterator[str]:
    """What a specification, or a part of it, would compute, as a message has it: a chart shows
    numbers that Python has computed."""
    for inner in part if isinstance(part, list) else ():
        yield from computed(inner)
    for key, value in part.items() if isinstance(part, dict) else ():
        if key == "transform":
            yield from (f"the transform {one}" for one in value if "filter" not in one)
        elif key in ("aggregate", "bin", "timeUnit") and value:
            yield f"the {key} {value}"
        elif key not in ("datasets", "values"):
            yield from computed(value)


def _values_once() -> Callable[[pd.DataFrame], Any]:
    """Altair's own way from a table to values, gone once for each table: many layers share one."""
    kept: dict[int, tuple[pd.DataFrame, Any]] = {}

    def of(data: pd.DataFrame) -> Any:
        if id(data) not in kept:
            kept[id(data)] = data, alt.to_values(data)
        return kept[id(data)][1]

    return of


def table_of(name: str, spec: dict[str, Any], table: pd.DataFrame | None) -> dict[str, Any]:
    """The table behind a chart: columns, which are numeric, rows, and rows as they are shown."""
    if table is None:
        held = list(spec.get("datasets", {}).values())
        if len(held) != 1:
            expected = "the drawing to name the one that the reader gets"
            raise ChartError(f"chart {name!r}", f"{len(held)} tables in the chart", expected)
        table = pd.DataFrame(held[0])
    table = table[[name for name in table.columns if not _look(table[name])]].reset_index(drop=True)
    columns = [gettext(str(c)) for c in table.columns]
    shown = [[gettext(text) for text in column_texts(table[c])] for c in table.columns]
    return {
        "columns": columns,
        "numeric": [bool(is_numeric(table[c])) for c in table.columns],
        "rows": [[_cell(v) for v in row] for row in table.itertuples(index=False, name=None)],
        "shown": [list(row) for row in zip(*shown, strict=True)],
    }


def _look(column: pd.Series) -> bool:
    """Whether a column holds nothing but colours or kinds of marks, which are no news to a
    reader."""
    return not column.empty and any(column.isin(list(names)).all() for names in (PALETTE, KINDS))


def _cell(value: object) -> object:
    """A cell as JSON: plain numbers, text, or nothing."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat() if value == value.normalize() else value.isoformat()
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool | int | float):
        return rounded(value)
    return gettext(str(value))


def _renamed(spec: dict[str, Any]) -> dict[str, Any]:
    """Names of tables, which are hashes, numbered from one in order of place."""
    text = json.dumps(spec)
    order = list(dict.fromkeys(re.findall(r'"name": "(data-[0-9a-f]{32})"', text)))
    for i, old in enumerate(order, start=1):
        text = text.replace(old, f"rows-{i}")
    named: dict[str, Any] = json.loads(text)
    return named


def _merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """``base`` with the values of ``over``, key by key at every depth."""
    out = dict(base)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(out.get(key), dict)
        out[key] = _merged(out[key], value) if both else value
    return out


def _sorted(spec: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(settled(spec), sort_keys=True))
    return found

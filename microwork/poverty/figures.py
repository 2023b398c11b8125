"""The charts of the poverty chapter. Shares are in percent, lines in percent of the median, amounts in EUR per month."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from microwork.charts import PALETTE, Drawing, Rule, lines, number, slider, whiskers

WILSON_Z = 1.959964  # the normal point of a 95 % interval
FRANCE = "cumulativeNormal({slope} * log({line} / 100) + quantileNormal({at_median}, 0, 1), 0, 1)"


def readings(frame: pd.DataFrame, published: float) -> Drawing:
    """What the published share can mean at each line; columns reading, value, low, high, group, colour."""
    said = Rule(published, f"published: {number(published, 0)} %")
    return whiskers(
        frame, "reading", "value", "low", "high", group="group", colours="colour", rules=[said], zero=True,
        title="Share of people below the line, percent", decimals=0, unit=" %",
    )  # fmt: skip


def rates(frame: pd.DataFrame, official: pd.DataFrame, published: float, inputs: Mapping[str, float]) -> Drawing:
    """Shares below every line (columns line, series, share), the official rates as points, and a line the reader moves."""
    names = list(dict.fromkeys(frame["series"]))
    france = FRANCE.format(line="line", **inputs)
    half, usual = (
        f"cumulativeNormal(quantileNormal({inputs['share']}, 0, 1) + log(line / {counted}) / {inputs['sigma']}, 0, 1)"
        for counted in (50, 60)
    )
    base = lines(
        frame, "line", "share", "series", colours=dict(zip(names, ("ink", "s2", "found"), strict=True)),
        domain=(0, 60), x_domain=(40, 75), rules=[Rule(published, f"published: {number(published, 0)} %", axis="y")],
        title="Share of people below the line, percent", x_title="Line, percent of the median standard of living",
        readouts=[
            f"'At ' + line + ' % of the median: France ' + format(100 * {france}, '.1f') + ' %'",
            f"'Survey ' + format(100 * {half}, '.0f') + ' or ' + format(100 * {usual}, '.0f') + ' %, ratio ' + "
            f"format({half} / {france}, '.2f') + ' or ' + format({usual} / {france}, '.2f')",
        ],
        params=[slider("line", "Line, percent of the median", 40, 75, 1, 50)],
    )  # fmt: skip
    here = alt.Chart(pd.DataFrame({"zero": [0]})).transform_calculate(at="line")
    dotted = here.mark_rule(color=PALETTE["soft"], strokeWidth=1.5, strokeDash=[2, 3])
    upright = dotted.encode(x=alt.X("at:Q"), y=alt.datum(0), y2=alt.datum(60))
    texts = [f"official: {number(share, 1)} %" for share in official["share"]]
    points = alt.Chart(official.assign(text=texts)).encode(x=alt.X("line:Q"), y=alt.Y("share:Q"))
    dots = points.mark_point(filled=True, size=90, opacity=1, color=PALETTE["ink"])
    written = points.mark_text(align="left", baseline="top", dx=8, dy=4, color=PALETTE["ink"]).encode(text="text:N")
    drawn: Drawing = base + upright + dots + written
    return drawn


def ratio(inputs: Mapping[str, float]) -> Drawing:
    """The ratio to France with its sampling interval, as the reader moves the line, the answers and the understatement."""
    rows = pd.DataFrame(
        [
            {"case": "As you set it", "free": True, "at": 0, "colour": "found"},
            {"case": "Counted at half the median, nothing understated", "free": False, "at": 50, "colour": "s2"},
            {"case": "Counted at the usual line, nothing understated", "free": False, "at": 60, "colour": "s2"},
        ]
    ).assign(ratio=0.0, low=0.0, high=0.0)
    share, z2, france = inputs["share"], WILSON_Z**2, FRANCE.format(line="line", **inputs)
    root = f"{WILSON_Z} * sqrt({share} * (1 - {share}) / datum.n + {z2} / (4 * datum.n * datum.n))"

    def over(end: str) -> str:
        true = f"cumulativeNormal(quantileNormal({end}, 0, 1) + log(1 - datum.u) / {inputs['sigma']}, 0, 1)"
        return f"{true} / {FRANCE.format(line='datum.t', **inputs)}"

    live = {
        "t": "datum.free ? line : datum.at",
        "n": f"datum.free ? answers : {inputs['respondents']}",
        "u": "datum.free ? under / 100 : 0",
        "low": over(f"({share} + {z2} / (2 * datum.n) - {root}) / (1 + {z2} / datum.n)"),
        "high": over(f"({share} + {z2} / (2 * datum.n) + {root}) / (1 + {z2} / datum.n)"),
        "ratio": over(str(share)),
    }
    knobs = [
        slider("line", "Line at which the share was counted, percent of the median", 45, 65, 1, 50),
        slider("answers", "Number of answers", 100, 3000, 50, inputs["respondents"]),
        slider("under", "Understatement of incomes, percent", 0, 40, 1, 0),
    ]
    return whiskers(
        rows, "case", "ratio", "low", "high", colours="colour", live=live, params=knobs, domain=(0, 5), d3=".2f",
        rules=[Rule(1, "as often as France", "soft")], title="Times as often poor as France",
        readouts=[f"'France at ' + line + ' % of the median: ' + format(100 * {france}, '.1f') + ' %'"],
    )  # fmt: skip


def understatement(frame: pd.DataFrame, published: float) -> Drawing:
    """What understatement alone makes of the national rate; columns understatement, series, share."""
    return lines(
        frame, "understatement", "share", "series", domain=(0, 50), colours={"Half the median": "found", "Usual line": "s2"},
        rules=[Rule(published, f"published: {number(published, 0)} %", axis="y")],
        title="Share shown as poor, percent", x_title="All incomes declared too low by, percent",
    )  # fmt: skip


def mix(frame: pd.DataFrame, published: float) -> Drawing:
    """From the rate their activity leads to expect to the published share; columns step, value, low, high, colour."""
    return whiskers(
        frame, "step", "value", "low", "high", colours="colour", zero=True, decimals=1, unit=" %",
        rules=[Rule(published, f"published: {number(published, 0)} %")], title="Share below half the median, percent",
    )  # fmt: skip


def household_types(frame: pd.DataFrame) -> Drawing:
    """By how much the lines by type exceed consumption units; columns name, over."""
    return whiskers(
        frame, "name", "over", rules=[Rule(0, "consumption units", "soft")], decimals=0, unit=" %",
        title="Observatoire's line above one adult's line times consumption units, percent",
    )  # fmt: skip


def household_m(frame: pd.DataFrame, marks: Mapping[str, float]) -> Drawing:
    """Where one household stands; columns case, value, colour; ``marks``: words -> amount of each reference line."""
    rules = [Rule(amount, words, "soft") for words, amount in marks.items()]
    return whiskers(
        frame, "case", "value", colours="colour", rules=rules, domain=(600, 1900), decimals=0, unit=" EUR",
        title="EUR per month per consumption unit",
    )  # fmt: skip

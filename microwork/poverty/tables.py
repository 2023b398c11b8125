"""Poverty: what the page shows in tables and charts."""

from __future__ import annotations

import pandas as pd

from microwork.poverty import lines, spread
from microwork.poverty.inputs import (
    USUAL_LINE,
    rate,
    respondents,
    survey,
)
from microwork.poverty.numbers import HALF_A_POINT, numbers


def eights() -> pd.DataFrame:
    """Official figures near the comparator of the report: who, line, years, share below (percent), rounds to the same."""
    rows = [
        ("Everyone, France", "half the median", "2016", rate("france-50")),
        ("Everyone, France", "half the median", "2019", rate("france-50-2019")),
        ("People with a job, about", "usual line", "2002-2019", rate("working-poor-60")),
        ("Everyone, France", "usual line", "2016", rate("france-60")),
        ("People with a job, about", "half the median", "2002-2019", rate("working-poor-50")),
    ]
    frame = pd.DataFrame(rows, columns=["who", "line", "years", "share below"])
    close = (frame["share below"] - survey("comparator")).abs() <= HALF_A_POINT["comparator"]
    return frame.assign(
        **{"share below": 100 * frame["share below"], "rounds to the same": close.map({True: "yes", False: "no"})}
    )


def readings() -> pd.DataFrame:
    """What the published share can mean, in percent: group, reading, value, low, high, colour.

    The first group is at half the median, the second at the usual line; France stands beside the respondents in each.
    """
    found = {number.id.removeprefix("poverty."): number for number in numbers()}
    poor, up, down = found["share-poor"], found["implied-60-if-50"], found["implied-50-if-60"]
    single, couple = found["rate-in-units-single"].value, found["rate-in-units-couple"].value
    half, usual = "Below half the median", "Below the usual line, six tenths of the median"
    rows = [
        (half, "France", 100 * rate("france-50"), None, None, "soft"),
        (half, "Respondents, if counted here", poor.value, poor.low, poor.high, "found"),
        (half, "Respondents, if counted here by type of household", None, couple, single, "found"),
        (half, "Respondents, if counted at the usual line", down.value, down.low, down.high, "found"),
        (usual, "France", 100 * rate("france-60"), None, None, "soft"),
        (usual, "Respondents, if counted at half the median", up.value, up.low, up.high, "found"),
        (usual, "Respondents, if counted here", poor.value, poor.low, poor.high, "found"),
    ]
    frame = pd.DataFrame(rows, columns=["group", "reading", "value", "low", "high", "colour"])
    return frame.astype({"value": "float64", "low": "float64", "high": "float64"})


def official_points() -> pd.DataFrame:
    """The two official rates of France: line (percent of the median), share (percent)."""
    return pd.DataFrame({"line": [50, 60], "share": [100 * rate("france-50"), 100 * rate("france-60")]})


def slider_inputs() -> dict[str, float]:
    """What the page needs to move the ratio: published share, answers, spread, and the normal line through France's two rates."""
    slope = 1 / spread.local_spread("france")
    at_median = lines.at_other_line(rate("france-60"), USUAL_LINE, 1.0, 1 / slope)
    return {
        "share": survey("poor"),
        "respondents": respondents(),
        "sigma": spread.spread(),
        "slope": slope,
        "at_median": at_median,
    }

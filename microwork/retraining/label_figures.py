"""The chart of what a judgement costs and how often it agrees with that of workers."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from tallybook.charts import Drawing, Rule, scatter

from microwork.retraining.labels import MACHINE, WORKER

NAMES = {WORKER: "one worker", MACHINE: "GPT-4"}
HUES = {"machine": "found", "worker": "ink"}


def judges(frame: pd.DataFrame, rule: float) -> Drawing:
    """Agreement against price on a log axis; columns judge, kind, usd, agreement. ``rule``: agreement of a rule that is free.

    A judge without a price above nought has no place on the axis and is left out.
    """
    rows = frame[frame["usd"] > 0].reset_index(drop=True)
    rows = rows.assign(name=rows["judge"].map(NAMES).fillna(""), hue=rows["kind"].map(HUES))
    drawn = scatter(
        rows, "usd", "agreement", "name", colours="hue", x_log=True, domain=(50, 75), x_domain=(0.0003, 1), x_fmt="~g",
        rules=[Rule(rule, "longer", "soft", axis="y")],
        title="Judgements that agree with the majority of workers, percent",
        x_title="US dollars a judgement (each step multiplies)",
    )  # fmt: skip
    columns = {"judge": "judge", "kind": "kind", "usd": "USD a judgement", "agreement": "agreement, percent"}
    return replace(drawn, table=rows[list(columns)].rename(columns=columns))

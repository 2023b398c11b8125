"""Retraining: what others counted that bears on the claims: quotas and pay, assistants, updates,
the labels of data sets, searches, and orders for microtasks."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from scipy.stats import norm
from statsmodels.stats.proportion import confint_proportions_2indep
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.numbers import Bounded

from microwork.counts.labour_index import demand, mean_error
from microwork.inputs import Numbers
from microwork.intervals import each
from microwork.retraining.inputs import assumption, fact

LANGUAGES = ("fr", "zh", "ja")
ASSISTANTS = ("google", "siri", "alexa")
EARLY, LATE = "to 2015", "2019-2021"  # periods of data sets
# First of the twelve months whose noise is taken, and how far back they look.
QUIET, APART = pd.Period("2019-03", "M"), 24


def day_loads() -> pd.DataFrame:
    """Items in a working day in three reports, none of which is a claim that the chapter tests.

    Columns source, says ("more than" or "up to": how the report puts it), items.
    """
    hours = assumption("working-day-hours")
    rows = [
        ("Alexa", "up to", fact("alexa-clips-per-shift") / fact("alexa-shift-hours") * hours),
        ("Siri, the same firm", "more than", fact("siri-cork-per-shift")),
        ("Cortana, United States", "up to", fact("cortana-us-items-per-hour") * hours),
    ]
    return pd.DataFrame(rows, columns=["source", "says", "items"])


def span(loads: pd.DataFrame) -> Bounded:
    """Middle, lowest and highest load that reports leave open: a "more than" is no upper end, an
    "up to" no lower one.

    ``loads``: as ``day_loads``, in any unit.
    """
    low = float(loads.loc[loads["says"] != "up to", "items"].min())
    high = float(loads.loc[loads["says"] != "more than", "items"].max())
    return (low + high) / 2, low, high


def listeners() -> Bounded:
    """Full-time jobs for the snippets targeted in a quarter, in three languages on one device: at
    the quota, and at the heaviest and the lightest day's work that other reports name."""
    items = sum(fact(f"siri-ipad-q3-2019-{code}-snippets") for code in LANGUAGES)
    quarter, loads = items / assumption("working-days-quarter"), day_loads()["items"]
    return quarter / fact("siri-daily-quota"), quarter / loads.max(), quarter / loads.min()


def pay_elsewhere() -> Bounded:
    """Gross pay a month for like work in the United States, in EUR of 2019, at the middle, the
    least and the most an hour."""
    hours = assumption("working-days-month") * assumption("working-day-hours")
    ends = (fact(f"cortana-us-pay-{end}") for end in ("low", "high"))
    low, high = (usd * fact("fx-eur-2019") * hours for usd in ends)
    return (low + high) / 2, low, high


def assistants() -> Bounded:
    """Mean, lowest and highest share of questions that three assistants answer correctly, in
    percent."""
    rates = [fact(f"assistant-{name}") for name in ASSISTANTS]
    return float(np.mean(rates)), min(rates), max(rates)


def years_between_updates() -> Bounded:
    """Years between two versions of a model, median of the organisations that a seller of labels
    asked, and how far these differ (95% of them), as if lognormal."""
    known = {1 / 12: "updates-monthly-2021", 1 / 4: "updates-quarterly-2021"}
    years, at = np.log(list(known)), norm.ppf([fact(name) / 100 for name in known.values()])
    spread = float((years[1] - years[0]) / (at[1] - at[0]))
    middle, far = float(years[0] - at[0] * spread), float(norm.ppf(0.975)) * spread
    low, value, high = np.exp([middle - far, middle, middle + far]).tolist()
    return value, low, high


@step
def sets(period: str) -> tuple[int, int]:
    """New data sets of images of a period whose finest label is by pixel, and all of them."""
    table = data.table("retraining/dataset_births")
    found = table[table["period"] == period].set_index("label")["datasets"]
    return int(found["by pixel"]), int(found.sum())


def pixel_times() -> Bounded:
    """The last share labelled by pixel over the first, with its 95% interval (``statsmodels``, on
    logs)."""
    (early, early_all), (late, late_all) = sets(EARLY), sets(LATE)
    low, high = confint_proportions_2indep(
        late, late_all, early, early_all, method="log", compare="ratio"
    )
    return late / late_all / (early / early_all), float(low), float(high)


def searches() -> pd.Series:
    """Different searches for the coronavirus on each day of January 2020, by day."""
    return data.table("retraining/corona_days").set_index("day")["distinct"].sort_index()


def takeoff(factor: float) -> int:
    """First day on which there are more than ``factor`` times as many different searches as on the
    median of 1-10 January."""
    found = searches()
    return int(found[found > factor * found.loc[1:10].median()].index[0])


@step
def index() -> pd.DataFrame:
    """The Online Labour Index by month (a period): microwork, total, segment."""
    frame = demand()
    frame.index = pd.PeriodIndex(frame.pop("month"), freq="M")
    return frame


def orders(year: int, wait: int = 0) -> Bounded:
    """Change of ``orders_times`` in percent."""
    return each(lambda ratio: 100 * (ratio - 1), orders_times(year, wait))


def orders_times(year: int, wait: int = 0) -> Bounded:
    """Orders for microtasks in the last twelve months of the index over those of a base year, with
    the noise of single months.

    Compared are the same months; of the year in which the index breaks, those after the break
    without the first ``wait``. A jump at the break is taken out, but for what orders of that time
    grew by as we assume. The ends: months stray as they did from those two years earlier in the
    twelve months before the pandemic.
    """
    frame = index()
    broken = frame.query("segment == 'after'").index[0]
    series, last, base = frame["microwork"], frame.iloc[-12:], frame[frame.index.year == year]
    if year == broken.year:
        base = base[base.index >= broken + wait]
    same = last.index.month.isin(base.index.month)
    ratio = float(last.loc[same, "microwork"].mean() / base["microwork"].mean())
    if year < broken.year:
        after, before = (series.loc[first : first + 11] for first in (broken, broken - 12))
        ratio *= assumption("orders-jump") / float(after.mean() / before.mean())
    quiet = pd.period_range(QUIET, periods=12, freq="M")
    then, earlier = (series.loc[at].to_numpy(float) for at in (quiet, quiet - APART))
    noise = float(np.exp(mean_error(np.log(then / earlier), len(base))))
    return ratio, ratio / noise, ratio * noise


NUMBERS: Numbers = {
    "siri-fte-total": listeners,
    "quota-others": lambda: span(day_loads()),
    "alexa-a-day": lambda: float(day_loads()["items"][0]),
    "pay-elsewhere": pay_elsewhere,
    "wrong-share": lambda: int(100 - fact("va-accuracy-claimed")),
    "assistants-right": assistants,
    "years-between-updates": years_between_updates,
    "datasets-pixel-times": pixel_times,
    "corona-takeoff-day": lambda: (takeoff(10), takeoff(5), takeoff(20)),
    "corona-searches-eve": lambda: int(searches()[takeoff(10) - 1]),
    "corona-searches-leap": lambda: int(searches()[takeoff(10)]),
    "orders-2019": partial(orders, 2019),
    "orders-2021": partial(orders, 2021),
    "orders-times-2019": partial(orders_times, 2019),
    "orders-times-2021": partial(orders_times, 2021, 3),
}

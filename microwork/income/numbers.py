"""Income: what computes each number; ``data/income/numbers.csv`` says what the number is. First
what follows from the French surveys, and the prices of single tasks."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import pandas as pd
from scipy import stats
from tallybook import data
from tallybook.builder.cache.results import kept
from tallybook.claims import standing
from tallybook.data.provenance import step, untraced
from tallybook.model.numbers import Number

from microwork import intervals, since
from microwork.income import crowd, workers
from microwork.income.inputs import (
    TASKS,
    WAGES,
    WEEKS_A_MONTH,
    asked,
    ends,
    eur_per_usd,
    fact,
    full_week,
    in_euros,
    lognormal,
    per_hour,
    share,
    surveys,
)
from microwork.inputs import Numbers
from microwork.inputs import numbers as made
from microwork.intervals import Ends, scaled, wilson

PHOTOS = ("photo-product", "shelf-photo", "photo-shop-front")


def at_least(threshold: float, part: float) -> float:
    """Least mean of a quantity that is never negative, if a ``part`` (0 to 1) of people have
    ``threshold`` or more.

    Proof (Markov): put everybody below the threshold down to 0 and everybody above it down to the
    threshold. No value rises, so neither does the mean, and it is now ``part * threshold`` or more.
    """
    return threshold * part


def hourly(hours: float) -> float:
    """What an hour brings (EUR) by the published mean income of a month, if people work so many
    ``hours`` a week on average: all the money over all the hours, not the mean of what each person
    earns in an hour."""
    return fact("mean-income") / (hours * WEEKS_A_MONTH)


def least_hours() -> float:
    """Least mean of weekly hours that the published half allows."""
    return at_least(fact("median-hours"), 1 - share("under-three-hours"))


@step
def hours_fit(over: float) -> stats.rv_continuous:
    """Lognormal of weekly hours with the published half below the median and a share ``over`` (0 to
    1) above the long weeks."""
    half, median = share("under-three-hours"), fact("median-hours")
    return lognormal(median, half, fact("long-hours-low"), 1 - over)


def hourly_lognormal() -> Ends:
    """What an hour brings under that lognormal (EUR): at the middle share of long weeks that we
    assume, then the least and the most over all of them."""
    value, few, many = (
        hourly(float(hours_fit(fact("long-hours-share", part) / 100).mean()))
        for part in ("value", "low", "high")
    )
    return value, min(few, many), max(few, many)


def mean_interval() -> Ends:
    """The published mean income and its ends at the largest 95% sampling error that the platform's
    cap allows (EUR per month).

    No incomes between nothing and the cap spread more than incomes of either nothing or the cap:
    with a given mean their variance is at most (cap - mean) * mean (Bhatia and Davis 2000). The
    mean of those is the cap times a share: so the Wilson interval of that share, times the cap.
    """
    cap, n = fact("platform-cap"), int(fact("survey-n"))
    low, high = wilson(fact("mean-income") / cap, n)
    return fact("mean-income"), low * cap, high * cap


def rival_mean() -> Ends:
    """Mean income in the second survey (EUR per month): of the lognormal through its two shares;
    then the least and the most that its figures allow, if "few" are so many as we assume and nobody
    has more than the platform's cap."""
    low, high = fact("rival-level-low"), fact("rival-level-high")
    under, over, few = share("rival-under-five"), share("rival-over-ten"), share("few-read")
    between = 1 - under - over
    most = under * low + between * high + (over - few) * fact("rival-rare")
    curve = float(lognormal(low, under, high, 1 - over).mean())
    return curve, between * low + over * high, most + few * fact("platform-cap")


def can_earn() -> float:
    """Largest percent of respondents who can have the net minimum wage (Markov, see
    ``at_least``)."""
    return fact("mean-income") / fact("smic-net-month-2018") * 100


def answered(fact_id: str) -> Ends:
    """A published share of workers, percent, with the 95% Wilson interval from how many were
    asked."""
    n = asked(fact_id)
    _, low, high = intervals.wilson_percent(round(share(fact_id) * n) / n, n)
    return 100 * share(fact_id), low, high


def unpaid_share() -> float:
    """Percent of the time that is unpaid in the survey of the ILO: pay over all and over paid
    hours."""
    unpaid = per_hour("ilo-paid") / per_hour("ilo-all") - 1
    return 100 * unpaid / (1 + unpaid)


def price_minute() -> float:
    """What an hour brings at the price of a task of one minute (EUR)."""
    row = data.row(TASKS, "record-phrases")
    return float(row["price"]) / (float(row["seconds"]) / 3600)


def price_wirk() -> Ends:
    """What an hour on Wirk brings at the average price and time, which are printed as ranges (EUR
    per hour)."""
    row = data.row(TASKS, "wirk-average")
    low, high, short, long = (
        float(row[name]) for name in ("price", "price_high", "seconds", "seconds_high")
    )
    return (low + high) / (short + long) * 3600, low / long * 3600, high / short * 3600


def photos() -> Ends:
    """Median, least and most of the prices for a photo in or of a shop (EUR per task)."""
    return crowd.spread(pd.Series([float(data.row(TASKS, one)["price"]) for one in PHOTOS]))


@step
def task_prices() -> pd.DataFrame:
    """The prices that workers, platforms and reporters gave, without those from texts on the
    claimants' study: low, high (EUR per task), witness (who gave the price)."""
    with untraced():
        named = data.table(TASKS).set_index("task_id")["source_key"]
    known = standing.table()
    rows = []
    for task_id, source in named.items():
        line = known.get(f"{TASKS}/{task_id}") or known[source]
        if line.claimants:
            continue
        row = data.row(TASKS, task_id)
        rate = eur_per_usd(int(row["year"])) if row["currency"] == "USD" else 1.0
        low, high = float(row["price"]), float(row["price_high"])
        rows.append((low * rate, (low if math.isnan(high) else high) * rate, line.witness))
    return pd.DataFrame(rows, columns=["low", "high", "witness"])


def priced(least: float, most: float) -> Ends:
    """Percent of these prices whose both ends lie from ``least`` to ``most`` (EUR per task), each
    witness counted once, with the share of his or her own prices; Wilson, 95%, for as many draws
    as there are witnesses."""
    frame = task_prices()
    inside = (frame["low"] >= least) & (frame["high"] <= most)
    by_witness = inside.groupby(frame["witness"]).mean()
    return intervals.wilson_percent(float(by_witness.mean()), len(by_witness))


def weighted_quantile(values: pd.Series, weights: pd.Series, share: float) -> float:
    """The least value such that values up to it hold at least ``share`` (0 to 1) of the weights."""
    order = np.argsort(values.to_numpy(), kind="stable")
    held = np.cumsum(weights.to_numpy(dtype=float)[order]) / float(weights.sum())
    return float(values.to_numpy()[order][np.searchsorted(held, share - 1e-12)])


def freelance_pay() -> Ends:
    """Median pay of freelancers in the country of the middle project on one platform in 2019, and
    of those that a tenth and nine tenths are up to (USD per hour)."""
    now = data.table(WAGES).query("year == 2019")
    middle, low, high = (
        weighted_quantile(now["median_wage"], now["projects"], share) for share in (0.5, 0.1, 0.9)
    )
    return middle, low, high


FRANCE: Numbers = {
    "mean-sampling-worst": mean_interval,
    "mean-hours-lower-bound": least_hours,
    "hourly-upper-bound": lambda: hourly(least_hours()),
    "hourly-lognormal": hourly_lognormal,
    "full-week": full_week,
    "can-earn-net-smic": can_earn,
    "rival-mean-lognormal": rival_mean,
    "task-witnesses": lambda: task_prices()["witness"].nunique(),
    "task-prices-within": lambda: priced(*ends("few-cents-euros")),
    "task-prices-few-cents": lambda: priced(0, fact("few-cents")),
    "photo-price": photos,
    "price-minute": price_minute,
    "price-wirk": price_wirk,
}
CROWD: Numbers = {
    "crowd-hourly": crowd.hourly,
    "crowd-hourly-euros": crowd.hourly_euros,
    "crowd-hourly-euros-all-time": partial(crowd.hourly_euros, removed_counted=1.0),
    "crowd-worker-jobs": lambda: crowd.cells()["worker_jobs"].sum(),
    "crowd-removed": crowd.removed,
    "crowd-nothing": crowd.nothing,
    "crowd-fee": crowd.fee,
    "crowd-usd-a-judgment": crowd.price,
    "crowd-a-job": partial(crowd.a_worker, "usd"),
    "crowd-minutes": lambda: scaled(crowd.a_worker("hours"), 60),
    "crowd-few-cents": crowd.few_cents,
    "radio-venezuela-day": crowd.radio_venezuela_day,
}
OTHERS: Numbers = {
    "skilled-pay": freelance_pay,
    "said-foule-factory-promise": partial(per_hour, "foule-factory-promise"),
    "ilo-unpaid-share": unpaid_share,
    "uk-under-minimum": partial(answered, "uk-under-minimum"),
    "uk-half-hour-unpaid": partial(answered, "uk-half-hour-unpaid"),
}


@kept
def numbers() -> list[Number]:
    """Every number of the chapter."""
    paid = {f"pay-{pay_id}": partial(in_euros, pay_id) for pay_id in surveys().index}
    found = made("income", FRANCE, CROWD, OTHERS, paid, workers.NUMBERS)
    return [*found, *since.numbers("income")]

"""Counts, part 5: the pandemic. Demand for microtasks, and accounts declared by one platform."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from pathlib import Path

import pandas as pd
from tallybook import data
from tallybook.data.provenance import untraced
from tallybook.model.numbers import Number, number

from microwork.paths import DATA

OLI, CLICKWORKER = "counts/oli_demand", "counts/clickworker"
MONTHS = range(3, 9)  # March to August: the first wave of lockdowns and the summer after it
YEARS = range(2017, 2021)  # those that are compared with the year before: the index begins in May 2016 and breaks in early 2021


def demand(folder: Path = DATA) -> pd.DataFrame:
    """The index by month: columns month (timestamp), microwork, total, segment, year, month_of_year."""
    frame = data.table(OLI, folder)[["month", "microwork", "total", "segment"]]
    frame["month"] = pd.to_datetime(frame["month"])
    return frame.assign(year=frame["month"].dt.year, month_of_year=frame["month"].dt.month)


def summer(year: int, folder: Path = DATA) -> pd.DataFrame:
    """The index from March to August of a year: columns microwork, total, segment; a row per month there is."""
    with untraced():
        there = set(data.table(OLI, folder)["month"])
    rows = {month: data.row(OLI, key, folder=folder) for month in MONTHS if (key := f"{year}-{month:02}") in there}
    columns = ["microwork", "total", "segment"]
    return pd.DataFrame([row[columns].tolist() for row in rows.values()], index=list(rows), columns=columns)


def paired_changes(series: str, year: int, folder: Path = DATA) -> pd.Series:
    """Change of each month from March to August on the same month a year before, in percent.

    Indexed by month of the year; a month without a partner is left out. Raises ``ValueError`` if the
    two years are not measured alike (the index breaks in early 2021) or share no month.
    """
    now, before = summer(year, folder), summer(year - 1, folder)
    if set(now["segment"]) != set(before["segment"]):
        raise ValueError(f"{year} and {year - 1} lie on two sides of the break of the index; wanted years on one side")
    return (100 * (now[series] / before[series] - 1)).dropna()


def window_change(series: str, year: int, folder: Path = DATA) -> float:
    """Mean of March to August over the mean of the same months a year before, as a change in percent.

    Only months that both years have are used.
    """
    months = paired_changes(series, year, folder).index
    now, before = (summer(y, folder).loc[months, series].mean() for y in (year, year - 1))
    return float(100 * (now / before - 1))


def change_and_range(series: str, year: int, folder: Path = DATA) -> tuple[float, float, float]:
    """March to August against the year before: the change, and the lowest and highest of the months (percent)."""
    paired = paired_changes(series, year, folder)
    return window_change(series, year, folder), float(paired.min()), float(paired.max())


def usual_changes(folder: Path = DATA) -> pd.DataFrame:
    """March to August against the year before, year by year up to 2020.

    Columns: series, year, months (pairs there are), change, lowest, highest (percent).
    """
    rows = [
        (series, year, len(paired_changes(series, year, folder)), *change_and_range(series, year, folder))
        for series in ("microwork", "total")
        for year in YEARS
    ]
    return pd.DataFrame(rows, columns=["series", "year", "months", "change", "lowest", "highest"])


def annual_growth(start: float, end: float, years: float) -> float:
    """Compound annual growth in percent."""
    if years <= 0 or start <= 0:
        raise ValueError(f"found {years} years from {start}; wanted both above zero")
    return float(100 * ((end / start) ** (1 / years) - 1))


def milestone(year: int, folder: Path = DATA) -> int:
    """Accounts that Clickworker declared in a year."""
    return int(data.row(CLICKWORKER, year, folder=folder)["accounts"])


def growth_between(start: int, end: int, folder: Path = DATA) -> tuple[float, float, float]:
    """Growth between two declared milestones, at its slowest and at its fastest (percent a year).

    A milestone is known by its year, so two of them lie up to a year more or less apart.
    """
    before, after, years = milestone(start, folder), milestone(end, folder), end - start
    growth, slowest, fastest = (annual_growth(before, after, span) for span in (years, years + 1, years - 1))
    return growth, slowest, fastest


def accounts_a_year(start: int, end: int, folder: Path = DATA) -> float:
    """New accounts a year between two declared milestones."""
    return (milestone(end, folder) - milestone(start, folder)) / (end - start)


def milestones(folder: Path = DATA) -> pd.DataFrame:
    """Growth from each of Clickworker's declared milestones to the next (see ``growth_between``).

    Columns: start, end, growth, slowest, fastest (percent a year), accounts_a_year.
    """
    pairs = pairwise(data.table(CLICKWORKER, folder)["year"].astype(int).tolist())
    rows = [(*pair, *growth_between(*pair, folder), accounts_a_year(*pair, folder)) for pair in pairs]
    return pd.DataFrame(rows, columns=["start", "end", "growth", "slowest", "fastest", "accounts_a_year"])


def registrations_over_demand(series: str = "microwork", folder: Path = DATA) -> tuple[float, float, float]:
    """How much more new registrations rose than demand: value, low, high (ratio of ratios).

    New accounts a year between the milestones of 2020 and 2022 over those between 2017 and 2020,
    divided by demand in 2020 over 2019. The ends let each milestone lie anywhere in its year, and
    take the month in which demand changed most against, or for, the statement.
    """
    accounts = {year: milestone(year, folder) for year in (2017, 2020, 2022)}
    first, second = accounts[2020] - accounts[2017], accounts[2022] - accounts[2020]
    demand_ratio, best, worst = (1 + change / 100 for change in change_and_range(series, 2020, folder))

    def inflow(before: float, after: float) -> float:
        return (second / after) / (first / before)

    return inflow(3, 2) / demand_ratio, inflow(2, 3) / worst, inflow(4, 1) / best


def numbers() -> list[Number]:
    """Changes of demand, growth of accounts, and the one over the other."""
    found = []
    months = "The range of the six monthly changes; not an error of sampling, and not platforms outside the index."
    for series, name, words in (("microwork", "microtask", "Microtask"), ("total", "total", "All online")):
        for year in YEARS:
            suffix = "covid-change" if year == 2020 else f"change-{year}"
            label, change = f"{words} demand, {year} on {year - 1}", partial(change_and_range, series, year)
            how = "Mean of March to August over the mean of the same months of the year before."
            found.append(number(f"counts.oli-{name}-{suffix}", change, "percent", label, how, months, 1))
    timing = "When in its year each milestone fell; not whether the declared figures are right, nor accounts nobody uses."
    for start, end in ((2017, 2020), (2020, 2022)):
        found += [
            number(f"counts.clickworker-growth-{start}-{end}", partial(growth_between, start, end),
                   "percent a year", f"Growth of Clickworker's accounts, {start} to {end}",
                   "Compound annual growth between two declared milestones.", timing),
            number(f"counts.clickworker-new-{start}-{end}", partial(accounts_a_year, start, end),
                   "accounts", f"New accounts a year at Clickworker, {start} to {end}",
                   "Difference of two milestones over the years between them.", decimals=-4),
        ]  # fmt: skip
    for year in (2017, 2020, 2022):
        label, how = f"Clickworker's accounts, milestone of {year}", "As the company declared it."
        found.append(number(f"counts.clickworker-{year}", partial(milestone, year), "accounts", label, how))
    covers = "When in its year each milestone fell, and the range of the six months; not other platforms, nor France."
    kinds = (("microwork", "demand", "microtask demand"), ("total", "all-demand", "demand for all online work"))
    for series, name, words in kinds:
        how = f"New accounts a year at Clickworker, after 2020 over before, divided by {words} of 2020 over 2019."
        label = f"New registrations over {words}, pandemic against before"
        over = partial(registrations_over_demand, series)
        found.append(number(f"counts.covid-registrations-over-{name}", over, "ratio", label, how, covers, 2))
    found.append(
        number("counts.oli-break-factor", lambda: data.row(OLI, "2021-04")["microwork"] / data.row(OLI, "2021-02")["microwork"],
               "ratio", "Microtask index, April over February 2021", "One month over the other: the break of the series.",
               decimals=1)
    )  # fmt: skip
    return found

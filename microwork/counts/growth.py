"""Counts, part 5: the pandemic. Demand for microtasks, and accounts declared by one platform."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork import data
from microwork.numbers import Number
from microwork.paths import DATA

OLI, CLICKWORKER = "counts/oli_demand", "counts/clickworker"
MONTHS = range(3, 9)  # March to August: the first wave of lockdowns and the summer after it


def demand(folder: Path = DATA) -> pd.DataFrame:
    """The index by month: columns month (timestamp), microwork, total, segment, year, month_of_year."""
    frame = data.table(OLI, folder)[["month", "microwork", "total", "segment"]]
    frame["month"] = pd.to_datetime(frame["month"])
    return frame.assign(year=frame["month"].dt.year, month_of_year=frame["month"].dt.month)


def paired_changes(series: str, year: int, folder: Path = DATA) -> pd.Series:
    """Change of each month from March to August on the same month a year before, in percent.

    Indexed by month of the year; a month without a partner is left out. Raises ``ValueError`` if the
    two years are not measured alike (the index breaks in early 2021) or share no month.
    """
    frame = demand(folder)
    frame = frame[frame["month_of_year"].isin(MONTHS)]
    now, before = (frame[frame["year"] == y].set_index("month_of_year") for y in (year, year - 1))
    if set(now["segment"]) != set(before["segment"]):
        raise ValueError(f"{year} and {year - 1} lie on two sides of the break of the index; wanted years on one side")
    return (100 * (now[series] / before[series] - 1)).dropna()


def window_change(series: str, year: int, folder: Path = DATA) -> float:
    """Mean of March to August over the mean of the same months a year before, as a change in percent.

    Only months that both years have are used.
    """
    months = paired_changes(series, year, folder).index
    frame = demand(folder)
    frame = frame[frame["month_of_year"].isin(months)]
    now, before = (frame.loc[frame["year"] == y, series].mean() for y in (year, year - 1))
    return float(100 * (now / before - 1))


def usual_changes(folder: Path = DATA) -> pd.DataFrame:
    """March to August against the year before, year by year up to 2020.

    Columns: series, year, months (pairs there are), change, lowest, highest (percent).
    """
    rows = []
    for series in ("microwork", "total"):
        for year in (2017, 2018, 2019, 2020):
            paired = paired_changes(series, year, folder)
            rows.append(
                (series, year, len(paired), window_change(series, year, folder), float(paired.min()), float(paired.max()))
            )
    return pd.DataFrame(rows, columns=["series", "year", "months", "change", "lowest", "highest"])


def annual_growth(start: float, end: float, years: float) -> float:
    """Compound annual growth in percent."""
    if years <= 0 or start <= 0:
        raise ValueError(f"found {years} years from {start}; wanted both above zero")
    return 100 * ((end / start) ** (1 / years) - 1)


def milestones(folder: Path = DATA) -> pd.DataFrame:
    """Growth between Clickworker's declared milestones.

    Columns: start, end, growth, slowest, fastest (percent a year), accounts_a_year.

    A milestone is known by its year, so two of them lie up to a year more or less apart; that gives
    the slowest and the fastest growth.
    """
    frame = data.table(CLICKWORKER, folder)
    rows = []
    for before, after in zip(frame.itertuples(), list(frame.itertuples())[1:], strict=False):
        years = int(after.year) - int(before.year)
        growth = [annual_growth(before.accounts, after.accounts, span) for span in (years, years + 1, years - 1)]
        rows.append((int(before.year), int(after.year), *growth, (int(after.accounts) - int(before.accounts)) / years))
    return pd.DataFrame(rows, columns=["start", "end", "growth", "slowest", "fastest", "accounts_a_year"])


def registrations_over_demand(series: str = "microwork", folder: Path = DATA) -> tuple[float, float, float]:
    """How much more new registrations rose than demand: value, low, high (ratio of ratios).

    New accounts a year between the milestones of 2020 and 2022 over those between 2017 and 2020,
    divided by demand in 2020 over 2019. The ends let each milestone lie anywhere in its year, and
    take the month in which demand changed most against, or for, the statement.
    """
    accounts = data.table(CLICKWORKER, folder).set_index("year")["accounts"].astype(float)
    first, second = accounts[2020] - accounts[2017], accounts[2022] - accounts[2020]
    paired = paired_changes(series, 2020, folder)
    demand_ratio, worst, best = (
        1 + float(change) / 100 for change in (window_change(series, 2020, folder), paired.max(), paired.min())
    )

    def inflow(before: float, after: float) -> float:
        return float(second / after) / float(first / before)

    return inflow(3, 2) / demand_ratio, inflow(2, 3) / worst, inflow(4, 1) / best


def numbers() -> list[Number]:
    """Changes of demand, growth of accounts, and the one over the other."""
    found = []
    months = "The range of the six monthly changes; not an error of sampling, and not platforms outside the index."
    for row in usual_changes().itertuples():
        name = "microtask" if row.series == "microwork" else "total"
        suffix = "covid-change" if row.year == 2020 else f"change-{row.year}"
        found.append(
            Number(
                f"counts.oli-{name}-{suffix}",
                row.change,
                "percent",
                f"{'Microtask' if name == 'microtask' else 'All online'} demand, {row.year} on {row.year - 1}",
                "Mean of March to August over the mean of the same months of the year before.",
                (OLI,),
                row.lowest,
                row.highest,
                months,
                decimals=1,
            )
        )
    table = milestones().set_index(["start", "end"])
    timing = "When in its year each milestone fell; not whether the declared figures are right, nor accounts nobody uses."
    for start, end in ((2017, 2020), (2020, 2022)):
        row = table.loc[(start, end)]
        found.append(
            Number(
                f"counts.clickworker-growth-{start}-{end}",
                float(row["growth"]),
                "percent a year",
                f"Growth of Clickworker's accounts, {start} to {end}",
                "Compound annual growth between two declared milestones.",
                (CLICKWORKER,),
                float(row["slowest"]),
                float(row["fastest"]),
                timing,
            )
        )
        found.append(
            Number(
                f"counts.clickworker-new-{start}-{end}",
                float(row["accounts_a_year"]),
                "accounts",
                f"New accounts a year at Clickworker, {start} to {end}",
                "Difference of two milestones over the years between them.",
                (CLICKWORKER,),
                decimals=-4,
            )
        )
    accounts = data.table(CLICKWORKER).set_index("year")["accounts"]
    for year in (2017, 2020, 2022):
        found.append(
            Number(
                f"counts.clickworker-{year}",
                int(accounts[year]),
                "accounts",
                f"Clickworker's accounts, milestone of {year}",
                "As the company declared it.",
                (CLICKWORKER,),
            )
        )
    covers = "When in its year each milestone fell, and the range of the six months; not other platforms, nor France."
    for series, name, words in (
        ("microwork", "demand", "microtask demand"),
        ("total", "all-demand", "demand for all online work"),
    ):
        value, low, high = registrations_over_demand(series)
        found.append(
            Number(
                f"counts.covid-registrations-over-{name}",
                value,
                "ratio",
                f"New registrations over {words}, pandemic against before",
                f"New accounts a year at Clickworker, after 2020 over before, divided by {words} of 2020 over 2019.",
                (CLICKWORKER, OLI),
                low,
                high,
                covers,
                2,
            )
        )
    peak = demand()
    found.append(
        Number(
            "counts.oli-break-factor",
            float(
                peak.loc[peak["month"] == "2021-04-01", "microwork"].iloc[0]
                / peak.loc[peak["month"] == "2021-02-01", "microwork"].iloc[0]
            ),
            "ratio",
            "Microtask index, April over February 2021",
            "One month over the other: the break of the series.",
            (OLI,),
            decimals=1,
        )
    )
    return found

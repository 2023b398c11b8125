"""Counts, part 5b: accounts that one platform declared, and whether they outran demand in the pandemic."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pandas as pd
from tallybook import data
from tallybook.model.numbers import Number, number

from microwork.counts.labour_index import SPRING, START, YEAR, change_with_noise, months
from microwork.paths import DATA

CLICKWORKER, DELIVERY = "counts/clickworker", "counts/delivery"


def annual_growth(start: float, end: float, years: float) -> float:
    """Compound annual growth in percent."""
    if years <= 0 or start <= 0:
        raise ValueError(f"found {years} years from {start}; expected both above zero")
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


def delivery_growth(year: int) -> float:
    """How many more delivery firms were registered in France than in the year before (percent)."""
    return float(data.row(DELIVERY, year)["growth"])


def registrations_over_demand(
    series: str = "microwork", count: int = YEAR, folder: Path = DATA, *, stray: float = 1.0
) -> tuple[float, float, float]:
    """How much more new registrations rose than demand: value, low, high (ratio of ratios).

    New accounts a year between the milestones of 2020 and 2022 over those between 2017 and 2020, divided by demand in
    ``count`` months from March 2020 on over the same months a year before. The ends let the time between two milestones be
    longer or shorter by ``stray`` years, and demand stray as far as its noise allows, against or for the statement.
    """
    accounts = {year: milestone(year, folder) for year in (2017, 2020, 2022)}
    first, second = accounts[2020] - accounts[2017], accounts[2022] - accounts[2020]
    ratio, least, most = (1 + change / 100 for change in change_with_noise(series, START, count, folder))

    def inflow(before: float, after: float) -> float:
        return (second / after) / (first / before)

    # A year more before is a year less after: the milestone in between moves both.
    return inflow(3, 2) / ratio, inflow(3 - stray, 2 + stray) / most, inflow(3 + stray, 2 - stray) / least


def between_series(weight: float) -> tuple[float, float, float]:
    """``registrations_over_demand`` against microtasks (``weight`` 0), all online work (1), or a mean of the two results."""
    micro, total = registrations_over_demand("microwork"), registrations_over_demand("total")
    value, low, high = ((1 - weight) * one + weight * other for one, other in zip(micro, total, strict=True))
    return value, low, high


def flips(folder: Path = DATA) -> pd.DataFrame:
    """The test of registrations against microtask demand, by how many months of the pandemic it looks at.

    Columns: months, last (month), change, low, high (demand, percent), least (low end of registrations over demand), holds.
    """
    rows = []
    for count in range(SPRING[1], YEAR + 1):
        least = registrations_over_demand("microwork", count, folder)[1]
        rows.append((count, months(START, count)[-1], *change_with_noise("microwork", START, count, folder), least, least > 1))
    return pd.DataFrame(rows, columns=["months", "last", "change", "low", "high", "least", "holds"])


def numbers() -> list[Number]:
    """Growth of accounts, new accounts a year, and the one over demand."""
    found = []
    timing = "When in its year each milestone fell; not whether the declared figures are right, nor accounts nobody uses."
    for start, end in ((2017, 2020), (2020, 2022)):
        found.append(
            number(f"counts.clickworker-growth-{start}-{end}", partial(growth_between, start, end),
                   "percent a year", f"Growth of Clickworker's accounts, {start} to {end}",
                   "Compound annual growth between two declared milestones.", timing)
        )  # fmt: skip
        found.append(
            number(f"counts.clickworker-new-{start}-{end}", partial(accounts_a_year, start, end),
                   "accounts", f"New accounts a year at Clickworker, {start} to {end}",
                   "Difference of two milestones over the years between them.", decimals=-4)
        )  # fmt: skip
    for year in (2017, 2020, 2022):
        label, how = f"Clickworker's accounts, milestone of {year}", "As the company declared it."
        found.append(number(f"counts.clickworker-{year}", partial(milestone, year), "accounts", label, how))
    found += [
        number(f"counts.delivery-growth-{year}", partial(delivery_growth, year), "percent",
               f"New delivery firms in France, {year} on the year before",
               "As reported from the national statistics.", decimals=0)
        for year in (2018, 2020)
    ]  # fmt: skip
    covers = (
        "When in its year each milestone fell, and the noise of demand in the year before the pandemic; "
        "not other platforms, nor France."
    )
    kinds = (("microwork", "demand", "microtask demand"), ("total", "all-demand", "demand for all online work"))
    for series, name, words in kinds:
        how = (
            f"New accounts a year at Clickworker, after 2020 over before, divided by {words} "
            "of March 2020 to February 2021 over the year before."
        )
        label = f"New registrations over {words}, pandemic against before"
        over = partial(registrations_over_demand, series)
        found.append(number(f"counts.covid-registrations-over-{name}", over, "ratio", label, how, covers, 2))
    found.append(
        number("counts.covid-months-that-hold", lambda: int(flips()["months"][flips()["holds"]].max()), "months",
               "Months of the pandemic up to which registrations outrun demand",
               "Most months from March 2020 on with the low end of registrations over microtask demand above one.", decimals=0)
    )  # fmt: skip
    return found

"""Outsourcing: the French minimum wage over pay in Madagascar and Venezuela, and published figures
that disagree.

Everything is brought to US dollars of the year by that year's mean market rate, or to international
dollars by that year's purchasing power parity (PPP). For Venezuela there is no usable PPP, so there
is no function here that would give one.
"""

from __future__ import annotations

import pandas as pd
from tallybook import data
from tallybook.data.provenance import untraced
from tallybook.model.numbers import Bounded

FACTS, SMIC = "outsourcing/facts", "outsourcing/smic"
WEEKS = 52 / 12  # weeks in a month

# Bolivars per dollar that could be meant: facts, by what ends the id of a number.
VENEZUELAN_RATES = {
    "official-march": "ven-fx-mar2022",
    "official-august": "ven-fx-aug2022-official",
    "parallel-august": "ven-fx-aug2022-parallel",
}


def fact(fact_id: str) -> float:
    """The value of one published figure."""
    return data.value(FACTS, fact_id)


def smic(year: int) -> float:
    """Gross monthly Smic of a year in EUR: each level weighted by the months in which it held.

    Raises ``ValueError`` unless the table has a level for January of the year.
    """
    with untraced():  # to find the levels of the year; those are read
        starts = sorted(start for start in data.table(SMIC)["start"] if start[:4] == str(year))
    months = [int(start[5:]) for start in starts]
    if not months or months[0] != 1:
        raise ValueError(f"Smic of {year}: no level for January")
    held = [after - before for before, after in zip(months, [*months[1:], 13], strict=True)]
    levels = [float(data.row(SMIC, start)["monthly_gross"]) for start in starts]
    return sum(level * count for level, count in zip(levels, held, strict=True)) / 12


def smic_usd(year: int) -> float:
    """The same in US dollars at the year's mean market rate."""
    return smic(year) / fact(f"fx-eur-{year}")


def ariary_usd(amount: float, year: int) -> float:
    """Ariary in US dollars at the year's mean market rate."""
    return amount / fact(f"fx-mga-{year}")


def minimum_wage_ratio_market(fact_id: str = "mdg-min-2022") -> float:
    """Smic of 2022 over a Malagasy legal minimum of 2022, at market rates."""
    return smic_usd(2022) / ariary_usd(fact(fact_id), 2022)


def minimum_wage_ratio_ppp(fact_id: str = "mdg-min-2022") -> float:
    """The same in purchasing power: each side over its own PPP conversion factor."""
    return (smic(2022) / fact("ppp-fra-2022")) / (fact(fact_id) / fact("ppp-mad-2022"))


def smic_over_annotators() -> Bounded:
    """Smic of 2022 over annotators' monthly pay in Madagascar: at the middle, the top and the
    bottom of the survey's range.

    The survey gives euros, so the market rate is in it already. Returns value, low, high.
    """
    low, high = fact("mdg-wage-low-96"), fact("mdg-wage-high-126")
    return smic(2022) / ((low + high) / 2), smic(2022) / high, smic(2022) / low


def platform_pay_usd() -> float:
    """Venezuelan platform pay in USD a month, from a weekly figure of 2023."""
    return fact("acento-week-now") * WEEKS


def smic_over_venezuelan_platform() -> float:
    """Smic over Venezuelan platform pay, 2023; both in USD, so no bolivar enters."""
    return smic_usd(2023) / platform_pay_usd()


def smic_over_venezuelan_minimum(rate: str) -> float:
    """Smic of 2022 over the Venezuelan minimum of 2022 at one of the ``VENEZUELAN_RATES``."""
    return smic_usd(2022) / (fact("ven-min-2022-ves") / fact(VENEZUELAN_RATES[rate]))


def published_wages() -> pd.DataFrame:
    """Published monthly pay of annotators in Madagascar in EUR: who, low, high.

    Ariary are turned into EUR by the mean rates of 2024, the year they were published in.
    """
    eur = fact("fx-eur-2024")
    rows = [
        ("survey of the team, 2021-2023", "mdg-wage-low-96", "mdg-wage-high-126", 1.0),
        ("En-Contact, 2024", "enc-wage-low", "enc-wage-high", 1.0),
        ("Chut!, 2024", "chut-wage-low-mga", "chut-wage-high-mga", ariary_usd(1.0, 2024) * eur),
        ("one worker, Lutte ouvrière, 2023", "lo-wage", "lo-wage", 1.0),
        ("operators, SAFIG, 2024", "safig-wage", "safig-wage", 1.0),
        ("one employee, Arte, 2025", "arte-salary-firm", "arte-salary-firm", 1.0),
    ]
    table = [(who, fact(low) * rate, fact(high) * rate) for who, low, high, rate in rows]
    return pd.DataFrame(table, columns=["who", "low", "high"])


def operators_over_mean() -> float:
    """Pay of the operators of one firm (SAFIG, 2024) over the mean Malagasy wage."""
    return fact("safig-wage") / mean_wage_eur()


def annotators_over(mean: str = "instat-mean") -> Bounded:
    """The published wages over a mean wage (see ``mean_wage_eur``): the middle one, the lowest and
    the highest."""
    over = published_wages()[["low", "high"]] / mean_wage_eur(mean)
    middle = float(over.sum(axis="columns").median() / 2)
    return middle, float(over["low"].min()), float(over["high"].max())


def mean_wage_eur(fact_id: str = "instat-mean") -> float:
    """A mean Malagasy wage of the INSTAT survey in EUR at the mean rates of 2024: of all employees,
    or of the declared."""
    return ariary_usd(fact(fact_id), 2024) * fact("fx-eur-2024")


def revenue_per(fact_id: str) -> float:
    """The sector's revenue (IFC, 2023) over a published number of jobs: USD per job and month."""
    return fact("ifc-bpo-revenue") / fact(fact_id) / 12

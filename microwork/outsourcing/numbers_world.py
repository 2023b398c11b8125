"""Outsourcing: the numbers on visits, on one open job and on pay."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from tallybook import data
from tallybook.model.numbers import Number, Row, number, published

from microwork.outsourcing import links, pay, world

JOB = (
    "Chance in who took this one job (exact binomial, 95 %). Not: other jobs, other years, or"
    " requesters who shut countries out."
)
SLOPE = (
    "Chance in which countries are there (95 %, errors clustered by country). Not: that countries"
    " sell different work, or who does not get any."
)
FLOOR = (
    "Which Malagasy floor of 2022 is meant: the official one or an older one still quoted. Not: who"
    " is paid it, hours, or taxes."
)
PUBLISHED = (
    "The lowest and the highest figure that was published. Not: sampling, hours, or who was not"
    " asked."
)
RANGE = (
    "The range of pay the survey published. Not: sampling, hours, or annotators outside the survey."
)

# Name of the number -> fact, for figures that are shown as they were published.
FACTS = {
    "annotator-low": "mdg-wage-low-96",
    "annotator-high": "mdg-wage-high-126",
    "mean-wage-ariary": "instat-mean",
    "venezuela-week": "acento-week-now",
    "venezuela-week-before": "acento-week-before",
    "remote-survey": "mdg-remote-survey-n",
    "met-on-site": "mdg-onsite-interviews-n",
    "french-firms": "mdg-fr-firms-interviewed",
    "venezuelan-sample": "latam-n-venezuela",
    "ten-country-survey": "posch-n",
    "bpo-jobs-2024": "edbm-bpo-jobs-2024",
    "annotators-arte": "arte-annotators",
    "arte-salary": "arte-salary-firm",
    "open-job-judgments": "cf-open-judgments",
    "restricted-jobs": "cf-restricted-jobs-count",
    "restricted-judgments": "cf-restricted-judgments-count",
    "restricted-judgments-venezuela": "cf-restricted-ven-count",
    "isahit-workers": "isahit-workers-2019",
    "isahit-first-workers": "isahit-workers-2017",
    "european-hirings": "vanslageren-hirings",
}
SHARES = {
    "graduates-mdg": "mdg-higher-ed-share",
    "graduates-egypt": "egy-bachelor",
    "graduates-brazil": "brazil2023-graduates",
    "graduates-france": "diplab-above-bac2",
    "internet-mdg": "internet-mad-2022",
    "venezuelan-workforce-share": "mit19-ven-share-max",
    "venezuela-visit-share": "similarweb-worker-venezuela",
}
# Published with more decimals than anybody can know.
ROUNDED = {"internet-mdg": 0}


def traffic_numbers() -> Iterator[Number]:
    """Visits, and the open job."""
    label = "Visits to pages for workers over visits to pages for clients: Venezuela"
    ratio = partial(world.visit_ratio, "Venezuela")
    yield number("outsourcing.venezuela-worker-client-visits", ratio, "ratio", label, "Quotient.")
    label = "Share of Venezuela in the judgments of the open job"
    yield number("outsourcing.open-job-venezuela", world.open_job, "percent", label, "Quotient.")
    rank, label = (
        partial(world.visit_rank, "Venezuela"),
        "Place of Venezuela by visits to pages for workers",
    )
    how = "By number of visits."
    yield number("outsourcing.venezuela-rank-worker-visits", rank, "rank", label, how, None, 0)
    label = "Share of Venezuela in the workers of the open job"
    yield number(
        "outsourcing.open-job-venezuelan-workers",
        world.open_job_workers,
        "percent",
        label,
        "Quotient.",
        JOB,
    )


def platform_pay_numbers() -> Iterator[Number]:
    """Hourly pay on the platform and GDP per head."""

    label, unit = "Percent more hourly pay per percent more GDP per head", "elasticity"
    how = "Least squares on logarithms with year effects, errors clustered by country."
    yield number("outsourcing.pay-elasticity", world.weighted_elasticity, unit, label, how, SLOPE)
    label, how = (
        f"{label}, by projects",
        "The same, each country and year weighted by its projects.",
    )
    yield number(
        "outsourcing.pay-elasticity-weighted",
        partial(world.weighted_elasticity, 1.0),
        unit,
        label,
        how,
        SLOPE,
    )
    label = "Countries in the elasticity"
    yield number(
        "outsourcing.pay-elasticity-countries",
        lambda: world.pay_and_gdp()["country"].nunique(),
        "countries",
        label,
        "Counted.",
    )
    for name, of, what in (
        ("pay", world.median_pay, "Hourly pay on the platform"),
        ("gdp", world.gdp, "GDP per head"),
    ):
        label, ratio = (
            f"{what}, France over Madagascar, 2019",
            lambda of=of: of("FRA", 2019) / of("MDG", 2019),
        )
        yield number(f"outsourcing.{name}-fra-over-mdg", ratio, "ratio", label, "Quotient.")
    for code in ("MDG", "VEN", "FRA"):
        name, label = (
            f"outsourcing.pay-{code.lower()}-2019",
            f"Median hourly pay on the platform, {links.name(code)}, 2019",
        )
        yield number(
            name, partial(world.median_pay, code, 2019), "USD per hour", label, "As published."
        )
    label, level = (
        "Price level of Venezuela in 2019, in the Penn World Table",
        partial(world.price_level, "VEN", 2019),
    )
    how = "As published; the United States in 2017 is one."
    yield number("outsourcing.price-level-ven-2019", level, "ratio", label, how)


def smic_numbers() -> Iterator[Number]:
    """The Smic over pay in Madagascar and Venezuela."""
    how = "Levels weighted by the months they held."
    yield number(
        "outsourcing.smic-2022",
        partial(pay.smic, 2022),
        "EUR per month",
        "Gross Smic, mean of 2022",
        how,
        None,
        0,
    )
    market, power, low = (
        pay.minimum_wage_ratio_market,
        pay.minimum_wage_ratio_ppp,
        "mdg-min-2022-alt",
    )
    floor, dollars = "the Malagasy minimum wage, 2022", "Both in US dollars."
    mean_rates = "Both in US dollars of 2022 at mean market rates."
    platform, minimum = pay.smic_over_venezuelan_platform, pay.smic_over_venezuelan_minimum_at
    march, _, parallel = pay.VENEZUELAN_RATES
    rates = (("official-march", march), ("parallel-august", parallel))
    table: list[Row] = [
        (
            "minimum-wage-ratio-mdg-2022-market",
            lambda: (market(), market(), market(low)),
            f"Smic over {floor}, market rates",
            mean_rates,
            FLOOR,
        ),
        (
            "minimum-wage-ratio-mdg-2022-ppp",
            lambda: (power(), power(), power(low)),
            f"Smic over {floor}, purchasing power",
            "Both in international dollars of 2022.",
            FLOOR,
        ),
        (
            "smic-over-annotator-mdg-market",
            pay.smic_over_annotators,
            "Smic of 2022 over annotators’ pay in Madagascar",
            "At the middle of the published range, in euros as published.",
            RANGE,
        ),
        (
            "smic-over-venezuela-platform",
            platform,
            "Smic over Venezuelan platform pay, 2023",
            "Weekly pay of the same year times weeks in a month; both in US dollars.",
        ),
        *(
            (
                f"smic-over-venezuela-minimum-{name}",
                partial(minimum, rate),
                f"Smic over the Venezuelan minimum wage, 2022, {rate}",
                dollars,
            )
            for name, rate in rates
        ),
    ]
    for name, compute, *rest in table:
        yield number(f"outsourcing.{name}", compute, "ratio", *rest)


def published_numbers() -> Iterator[Number]:
    """Figures as published, with the decimals they were published with."""
    for table, names in ((pay.FACTS, FACTS), ("outsourcing/shares", SHARES)):
        for name, fact_id in names.items():
            row = data.fact(table, fact_id)
            quantity, country = str(row["quantity"]), row["country"]
            label = f"{quantity[0].upper()}{quantity[1:]}" + (
                f", {country}" if isinstance(country, str) else ""
            )
            digits = Decimal(repr(float(row["value"]))).normalize().as_tuple().exponent
            places = ROUNDED.get(name, max(0, -int(digits)))
            yield published(f"outsourcing.{name}", table, fact_id, label, decimals=places)


def wage_numbers() -> Iterator[Number]:
    """What follows from two published figures or more."""
    euros, dollars, declared = "EUR per month", "USD per month", "instat-formal-mean"
    over, monthly = pay.annotators_over, "monthly pay of an annotator that was published"
    rates, middle, wages = (
        "Ariary at the mean rates of 2024.",
        "The middle of the published figures.",
        pay.published_wages,
    )
    table: tuple[Row, ...] = (
        ("mean-wage-eur", pay.mean_wage_eur, euros, "Mean wage in Madagascar, INSTAT", rates),
        (
            "declared-mean-eur",
            partial(pay.mean_wage_eur, declared),
            euros,
            "Mean wage of declared employees, INSTAT",
            rates,
        ),
        (
            "safig-over-mean",
            pay.operators_over_mean,
            "ratio",
            "Operators’ pay over the mean Malagasy wage",
            rates,
        ),
        ("annotator-wages-low", lambda: wages()["low"].min(), euros, f"Lowest {monthly}", rates),
        ("annotator-wages-high", lambda: wages()["high"].max(), euros, f"Highest {monthly}", rates),
        (
            "revenue-per-job-bpo",
            partial(pay.revenue_per, "edbm-bpo-jobs-2024"),
            dollars,
            "Revenue per job, with the jobs quoted beside it",
            "Quotient.",
        ),
        (
            "revenue-per-annotator-arte",
            partial(pay.revenue_per, "arte-annotators"),
            dollars,
            "Revenue of the whole sector per annotator, if the film’s count were jobs",
            "Quotient.",
        ),
        (
            "annotator-over-mean",
            over,
            "ratio",
            "Annotators’ pay over the mean Malagasy wage",
            middle,
            PUBLISHED,
        ),
        (
            "annotator-over-declared",
            partial(over, declared),
            "ratio",
            "Annotators’ pay over the mean wage of declared employees in Madagascar",
            middle,
            PUBLISHED,
        ),
    )
    for name, *rest in table:
        yield number(f"outsourcing.{name}", *rest)

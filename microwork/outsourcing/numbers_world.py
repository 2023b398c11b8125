"""Outsourcing: the numbers on the world's projects, on visits and on pay."""

from __future__ import annotations

from collections.abc import Iterator

from microwork.numbers import Number
from microwork.outsourcing import links, pay, world
from microwork.outsourcing.numbers_links import SHARE, number, published

JOB = (
    "Chance in who took this one job (exact binomial, 95 %). Not: other jobs, other years, or requesters who shut countries out."
)
SLOPE = (
    "Chance in which countries are there (95 %, errors clustered by country). Not: that countries sell different work, or who "
    "does not get any."
)
FOUR = "The smallest and the largest of the four. Not: counting noise, or what other countries did."
FLOOR = (
    "Which Malagasy floor of 2022 is meant: the official one or an older one still quoted. Not: who is paid it, hours, or taxes."
)
PUBLISHED = "The lowest and the highest figure that was published. Not: sampling, hours, or who was not asked."
RANGE = "The range of pay the survey published. Not: sampling, hours, or annotators outside the survey."

# Name of the number -> fact, for figures that are shown as they were published.
FACTS = {
    "annotator-low": "mdg-wage-low-96",
    "annotator-high": "mdg-wage-high-126",
    "mean-wage-ariary": "instat-mean",
    "venezuela-week": "acento-week-now",
    "venezuela-week-before": "acento-week-before",
    "remote-survey": "mdg-remote-survey-n",
    "met-on-site": "mdg-onsite-interviews-n",
    "employees-met": "lemonde-employees",
    "workers-interviewed": "bds-data-workers-interviewed",
    "french-firms": "mdg-fr-firms-interviewed",
    "french-firms-other": "lemonde-fr-companies",
    "venezuelan-sample": "latam-n-venezuela",
    "ten-country-survey": "posch-n",
    "jobs-2018": "bpo-jobs-2018",
    "jobs-2023": "bpo-jobs-2023",
    "digital-jobs-2023": "digital-jobs-2023",
    "official-jobs-2024": "edbm-official-2024",
    "unofficial-jobs-2024": "edbm-unofficial-2024",
    "bpo-jobs-2024": "edbm-bpo-jobs-2024",
    "annotators-arte": "arte-annotators",
    "arte-salary": "arte-salary-firm",
    "revenue-2023": "ifc-bpo-revenue",
    "revenue-2017": "mp-outsourcing-usd",
    "egypt-sample": "egy-n",
    "egypt-month": "egy-month",
    "egypt-hour": "egy-hour",
    "egypt-minimum": "egy-min",
    "open-job-judgments": "cf-open-judgments",
    "open-job-workers": "cf-open-workers",
    "restricted-jobs": "cf-restricted-jobs-count",
    "restricted-judgments": "cf-restricted-judgments-count",
    "restricted-judgments-venezuela": "cf-restricted-ven-count",
    "isahit-workers": "isahit-workers-2019",
    "european-hirings": "vanslageren-hirings",
}
SHARES = {
    "graduates-mdg": "mdg-higher-ed-share",
    "graduates-egypt": "egy-bachelor",
    "graduates-brazil": "brazil2023-graduates",
    "graduates-france": "diplab-above-bac2",
    "internet-mdg": "internet-mad-2022",
    "gdp-share-claimed": "mp-outsourcing-gdp",
    "venezuelan-workforce-share": "mit19-ven-share-max",
    "venezuela-visit-share": "similarweb-worker-venezuela",
}


def world_numbers() -> Iterator[Number]:
    """Shares of world projects, visits, the open job, pay on the platform."""
    shares = world.world_shares().set_index(["country", "year"])
    for code, who in (("VEN", "venezuela"), ("MDG", "madagascar")):
        for year in (2013, 2018, 2019):
            row = shares.loc[(code, year)]
            label = f"Share of {row['name']} in the projects of the platform, {year}"
            ends = {"low": row["low"], "high": row["high"], "covers": SHARE}
            how = "projects over all projects of the year"
            yield number(f"{who}-share-{year}", row["share"], "percent", label, how, (world.SUPPLY,), **ends)
    for code, who, last in (("VEN", "venezuela", 2018), ("MDG", "madagascar", 2019)):
        growth = shares.loc[(code, last), "share"] / shares.loc[(code, 2013), "share"]
        label = f"Share of {links.name(code)} in {last} over its share in 2013"
        yield number(f"{who}-share-growth", growth, "ratio", label, "division", (world.SUPPLY,))
    near = world.share_growth(("ARG", "BRA", "COL", "MEX"))
    label = "Share of Argentina, Brazil, Colombia and Mexico in 2018 over that in 2013, the middle one"
    ends = {"low": near.min(), "high": near.max(), "covers": FOUR}
    yield number("latin-share-growth", near.median(), "ratio", label, "division", (world.SUPPLY,), decimals=1, **ends)
    for code, growth in world.share_growth(("ECU", "NGA", "MAR", "TUN")).items():
        label = f"Share of {links.name(code)} in 2018 over its share in 2013"
        yield number(f"{links.name(code).lower()}-share-growth", growth, "ratio", label, "division", (world.SUPPLY,))
    floors = world.visit_floors().set_index("country")["ratio"]
    for country in ("Kenya", "Indonesia", "Russia"):
        label = f"Visits to pages for workers over visits to pages for clients, at least: {country}"
        how = "its visits over those of the last of the first twenty countries of clients"
        yield number(f"{country.lower()}-worker-client-visits-floor", floors[country], "ratio", label, how, (world.VISITS,))
    ratios, job = world.visit_ratios().set_index("country")["ratio"], world.open_job().set_index("country")["share"]
    for id_, country in (("venezuela", "Venezuela"), ("india", "India"), ("usa", "United States")):
        label = f"Visits to pages for workers over visits to pages for clients: {country}"
        yield number(f"{id_}-worker-client-visits", ratios[country], "ratio", label, "division", (world.VISITS,))
        label = f"Share of {country} in the judgments of the open job"
        yield number(f"open-job-{id_}", job[country], "percent", label, "division", (world.FACTS,))
    for side, country in (("worker", "Venezuela"), ("client", "Venezuela"), ("client", "France")):
        rank = world.visits(side).set_index("country").loc[country, "rank"]
        id_, label = f"{country.lower()}-rank-{side}-visits", f"Place of {country} by visits to pages for {side}s"
        yield number(id_, rank, "rank", label, "by number of visits", (world.VISITS,), decimals=0)
    value, low, high = world.open_job_workers()
    label, ends = "Share of Venezuela in the workers of the open job", {"low": low, "high": high, "covers": JOB}
    yield number("open-job-venezuelan-workers", value, "percent", label, "division", (world.FACTS,), **ends)


def platform_pay_numbers() -> Iterator[Number]:
    """Hourly pay on the platform and GDP per head."""
    both, slope = (world.SUPPLY, world.GDP), world.pay_elasticity(world.pay_and_gdp())
    label, ends = "Percent more hourly pay per percent more GDP per head", {"low": slope.low, "high": slope.high, "covers": SLOPE}
    how = "least squares on logarithms with year effects, errors clustered by country"
    yield number("pay-elasticity", slope.value, "elasticity", label, how, both, **ends)
    slope = world.pay_elasticity(world.pay_and_gdp(), by_projects=True)
    ends = {"low": slope.low, "high": slope.high, "covers": SLOPE}
    how = "the same, each country and year weighted by its projects"
    yield number("pay-elasticity-weighted", slope.value, "elasticity", f"{label}, by projects", how, both, **ends)
    yield number("pay-elasticity-countries", slope.countries, "countries", "Countries in the elasticity", "counted", both)
    for id_, of, what, table in (
        ("pay", world.median_pay, "Hourly pay on the platform", world.SUPPLY),
        ("gdp", world.gdp, "GDP per head", world.GDP),
    ):
        label = f"{what}, France over Madagascar, 2019"
        yield number(f"{id_}-fra-over-mdg", of("FRA", 2019) / of("MDG", 2019), "ratio", label, "division", (table,))
    for code in ("MDG", "VEN", "FRA", "IND", "PHL", "USA"):
        label = f"Median hourly pay on the platform, {links.name(code)}, 2019"
        value = world.median_pay(code, 2019)
        yield number(f"pay-{code.lower()}-2019", value, "USD per hour", label, "published", (world.SUPPLY,))
    for code in ("VEN", "MDG", "FRA"):
        label = f"Price level of {links.name(code)} in 2019, in the Penn World Table"
        value = world.price_level(code, 2019)
        yield number(f"price-level-{code.lower()}-2019", value, "ratio", label, "published; USA 2017 is one", (world.PRICES,))


def smic_numbers() -> Iterator[Number]:
    """The Smic over pay in Madagascar and Venezuela."""
    facts, both = (pay.FACTS,), (pay.FACTS, pay.SMIC)
    how = "levels weighted by the months they held"
    yield number("smic-2022", pay.smic(2022), "EUR per month", "Gross Smic, mean of 2022", how, (pay.SMIC,), decimals=0)
    ratios = (
        ("market", pay.minimum_wage_ratio_market, "market rates", "both in US dollars of 2022 at mean market rates"),
        ("ppp", pay.minimum_wage_ratio_ppp, "purchasing power", "both in international dollars of 2022"),
    )
    for id_, ratio, word, how in ratios:
        label, ends = f"Smic over the Malagasy minimum wage, 2022, {word}", {"low": ratio(), "high": ratio("mdg-min-2022-alt")}
        yield number(f"minimum-wage-ratio-mdg-2022-{id_}", ratio(), "ratio", label, how, both, **ends, covers=FLOOR)
    label, how = "Smic over the employer’s part of the Malagasy minimum wage, 2022", ratios[0][3]
    value = pay.minimum_wage_ratio_market("mdg-min-2022-employer")
    yield number("minimum-wage-ratio-mdg-2022-employer", value, "ratio", label, how, both)
    value, low, high = pay.smic_over_annotators()
    label, how = "Smic of 2022 over annotators’ pay in Madagascar", "at the middle of the published range, in euros as published"
    yield number("smic-over-annotator-mdg-market", value, "ratio", label, how, both, low=low, high=high, covers=RANGE)
    label, how = "What purchasing power makes of a ratio between France and Madagascar", "one ratio over the other"
    yield number("ppp-over-market", pay.ppp_over_market(), "ratio", label, how, facts)
    how = "weekly pay of the same year times weeks in a month; both in US dollars"
    for id_, year in (("", 2023), ("-2019", 2019)):
        label, value = f"Smic over Venezuelan platform pay, {year}", pay.smic_over_venezuelan_platform(year)
        yield number(f"smic-over-venezuela-platform{id_}", value, "ratio", label, how, both)
    rates = pay.smic_over_venezuelan_minimum()
    for id_, at in (("official-march", 0), ("official-august", 1), ("parallel-august", 2)):
        label = f"Smic over the Venezuelan minimum wage, 2022, {rates.loc[at, 'rate']}"
        yield number(f"smic-over-venezuela-minimum-{id_}", rates.loc[at, "ratio"], "ratio", label, "both in US dollars", both)
    gap = pay.fact("ven-min-2018-official") / pay.fact("ven-min-2018-parallel")
    label = "The same Venezuelan minimum in dollars, official rate over black market, 2018"
    yield number("venezuela-rates-gap-2018", gap, "ratio", label, "division", facts)


def published_numbers() -> Iterator[Number]:
    """Figures as published, and what follows from two of them."""
    facts = (pay.FACTS,)
    for table, names in ((pay.FACTS, FACTS), ("outsourcing/shares", SHARES)):
        for id_, fact_id in names.items():
            yield published(id_, table, fact_id)
    wages, per_job = pay.annotator_wages().set_index("who"), pay.revenue_per_job().set_index("who")["usd"]
    rates, euros, dollars = "ariary at the mean rates of 2024", "EUR per month", "USD per month"
    safig, jobs = wages.loc["operators, SAFIG, 2024", "low_over_mean"], per_job["quoted with the revenue, 2024"]
    arte = "Revenue of the whole sector per annotator, if the film’s count were jobs"
    table = (
        ("mean-wage-eur", pay.mean_wage_eur(), euros, "Mean wage in Madagascar, INSTAT", rates),
        ("declared-mean-eur", pay.mean_wage_eur("instat-formal-mean"), euros, "Mean wage of declared employees, INSTAT", rates),
        ("safig-over-mean", safig, "ratio", "Operators’ pay over the mean Malagasy wage", rates),
        ("annotator-wages-low", wages["low"].min(), euros, "Lowest monthly pay of an annotator that was published", rates),
        ("annotator-wages-high", wages["high"].max(), euros, "Highest monthly pay of an annotator that was published", rates),
        ("revenue-per-job-bpo", jobs, dollars, "Revenue per job, with the jobs quoted beside it", "division"),
        ("revenue-per-annotator-arte", per_job["people who annotate, Arte, 2025"], dollars, arte, "division"),
        ("revenue-share-of-gdp", pay.outsourcing_share_of_gdp(), "percent", "Revenue of 2017 over that year’s GDP", "division"),
        ("egypt-pay-over-minimum", pay.egyptian_pay_over_minimum(), "percent", "Egyptian earnings over the minimum", "division"),
        ("egypt-hours", pay.egyptian_hours(), "hours per month", "Hours at which the two Egyptian figures agree", "division"),
    )
    for id_, value, unit, label, how in table:
        yield number(id_, value, unit, label, how, facts)
    for id_, column, words in (
        ("annotator-over-mean", "mean", "the mean Malagasy wage"),
        ("annotator-over-declared", "declared", "the mean wage of declared employees in Madagascar"),
    ):
        low, high = wages[f"low_over_{column}"].min(), wages[f"high_over_{column}"].max()
        middle, label = (wages[f"low_over_{column}"] + wages[f"high_over_{column}"]).median() / 2, f"Annotators’ pay over {words}"
        ends = {"low": low, "high": high, "covers": PUBLISHED}
        yield number(id_, middle, "ratio", label, "the middle of the published figures", facts, **ends)

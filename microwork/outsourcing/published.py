"""Outsourcing: figures as published, called what their rows say."""

from __future__ import annotations

from tallybook import data
from tallybook.language import capital
from tallybook.model.digits import decimals
from tallybook.model.numbers import Number, published

from microwork.outsourcing import pay

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

ROUNDED = {"internet-mdg": 0}  # published with more decimals than anybody can know


def figures() -> list[Number]:
    """Figures as published, with the decimals they were published with."""
    made = []
    for table, names in ((pay.FACTS, FACTS), ("outsourcing/shares", SHARES)):
        for name, fact_id in names.items():
            row = data.fact(table, fact_id)
            quantity, country = str(row["quantity"]), row["country"]
            where = f", {country}" if isinstance(country, str) else ""
            label = f"{capital(quantity)}{where}"
            places = ROUNDED.get(name, decimals(row["value"]))
            made.append(published(f"outsourcing.{name}", table, fact_id, label, decimals=places))
    return made

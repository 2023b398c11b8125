"""Retraining: the numbers that ``labour`` gives the report."""

from __future__ import annotations

from functools import partial

from tallybook.model.numbers import Number

from microwork.retraining.inputs import SHARES, assumption, define, fact, published, share
from microwork.retraining.labour import (
    LANGUAGES,
    cortana_cost,
    crowd_cost,
    day_loads,
    euros,
    piece_costs,
    quota,
    span,
    target,
    verify_claimed,
)

WORKLOADS = (
    "From the lightest to the heaviest day's work reported elsewhere. Not a sampling error, and not"
    " whether the target was met."
)
Triple = tuple[float, float, float]
CHARGES = "Not employers' charges, offices, managers or profit."


def person_days(items: float, days: float = 1) -> tuple[float, float, float]:
    """Person-days for items at the quota, and at the heaviest and the lightest day's work; over
    ``days``, in FTE."""
    low, high = span(day_loads())
    return items / quota() / days, items / high / days, items / low / days


def wages(items: float) -> tuple[float, float, float]:
    """EUR for items at the wage cost of Siri, and at the cheapest and the dearest of
    ``piece_costs``."""
    eur = piece_costs()["eur"]
    return items * float(eur[0]), items * float(eur.min()), items * float(eur.max())


def fte(days: float) -> float:
    """Full-time equivalents for all targets, at the quota, over the working days of a quarter."""
    return target(*LANGUAGES) / quota() / days


def others() -> Triple:
    """Middle, lowest and highest of the items a day that other reports leave open (``span``)."""
    low, high = span(day_loads())
    return (low + high) / 2, low, high


def seconds() -> float:
    """Seconds that the quota leaves for one snippet, breaks deducted, if it fills the day."""
    return 3600 * (fact("siri-workday-hours") - fact("siri-breaks-min") / 60) / quota()


def sound() -> tuple[float, float, float]:
    """Seconds of sound in a snippet if each target is a thousand hours: all languages, the shortest
    and the longest."""
    hours = fact("siri-thousand-hours")
    each = [3600 * hours / target(code) for code in LANGUAGES]
    return 3600 * hours * len(LANGUAGES) / target(*LANGUAGES), min(each), max(each)


def over_sound() -> tuple[float, float, float]:
    """Time that the quota leaves for a snippet, over its sound; for the longest and the shortest
    snippets."""
    middle, low, high = sound()
    return seconds() / middle, seconds() / high, seconds() / low


def numbers() -> list[Number]:
    """The labour numbers of the chapter."""
    return [*_siri(), *_costs(), *_paces(), *_verify()]


def _siri() -> list[Number]:
    found = []
    for code, language in LANGUAGES.items():
        label = f"Snippets targeted, {language}, iPad, Q3 2019"
        found.append(
            published(f"siri-snippets-{code}", f"siri-ipad-q3-2019-{code}-snippets", "items", label)
        )
        label, how = (
            f"Person-days for the target, {language}",
            "Target over the daily quota, each snippet once.",
        )
        compute = partial(lambda code: person_days(target(code)), code)
        found.append(
            define(f"siri-person-days-{code}", compute, "person-days", label, how, WORKLOADS)
        )
    text, rule = "Full-time equivalents for the three targets", "working-days-quarter"
    total = partial(target, *LANGUAGES)
    return [
        *found,
        define("siri-snippets-total", total, "items", "Snippets targeted, three languages", "Sum."),
        define(
            "siri-fte-total",
            lambda: person_days(total(), assumption(rule)),
            "FTE",
            text,
            "Person-days over thirteen weeks of five days.",
            WORKLOADS,
            0,
        ),
        define(
            "siri-fte-share",
            lambda: 100 * fte(assumption(rule)) / fact("siri-cork-laid-off"),
            "percent",
            "Those full-time equivalents, of the people dismissed in Cork",
            "FTE over persons.",
            None,
            1,
        ),
    ]


def _costs() -> list[Number]:
    ways = piece_costs()["how"]
    return [
        define(
            "cost-per-item",
            lambda: wages(1),
            "EUR per item",
            "Wage cost of one item, Siri, Cork, 2019",
            "Monthly gross wage over working days of a month times the daily quota.",
            f"The two other piece costs, at the exchange rate of their year. {CHARGES}",
            3,
        ),
        define(
            "cost-cortana",
            lambda: euros(cortana_cost(), 2019),
            "EUR per item",
            "Wage cost of one item, Cortana, 2019",
            f"{ways[1]}.",
            None,
            3,
        ),
        define(
            "cost-mturk",
            lambda: euros(crowd_cost(), 2023),
            "EUR per item",
            "Price of one annotation, Mechanical Turk, 2023",
            f"{ways[2]}.",
            None,
            3,
        ),
        define(
            "cost-model",
            lambda: euros(fact("gilardi-cost"), 2023),
            "EUR per item",
            "Price of one annotation by a language model, at the most",
            "As published, in euros of 2023.",
            None,
            4,
        ),
        define(
            "cost-quotas",
            lambda: wages(target(*LANGUAGES)),
            "EUR per quarter",
            "Wage cost of the three targets, 2019",
            "Snippets times the wage cost of one.",
            f"The two other piece costs. {CHARGES}",
        ),
    ]


def _paces() -> list[Number]:
    languages = (
        "The three languages. Not whether the thousand hours are of sound, nor whether they are"
        " these targets."
    )
    how = "Middle of the lowest and the highest of three reports, none of them a claim tested here."
    covers = (
        "The lowest report that is no ceiling to the highest that is no floor. Testimonies, not a"
        " sample."
    )
    return [
        define(
            "quota-others",
            others,
            "iterations per day",
            "Items in a day of seven and a half hours, in three other reports",
            how,
            covers,
            0,
        ),
        define(
            "alexa-a-day",
            lambda: float(day_loads()["items"][0]),
            "items per day",
            "Items in a day of seven and a half hours for Alexa, at the most",
            "Clips of a shift over its hours, times seven and a half.",
            None,
            0,
        ),
        define(
            "siri-seconds",
            seconds,
            "seconds",
            "Seconds for one snippet under the quota",
            "Working day less breaks, over the quota.",
            None,
            0,
        ),
        define(
            "siri-sound",
            sound,
            "seconds",
            "Seconds of sound in a snippet, if a target is a thousand hours",
            "A thousand hours for each language over the targets.",
            languages,
        ),
        define(
            "siri-over-sound",
            over_sound,
            "ratio",
            "Time for a snippet over its sound, if a target is a thousand hours",
            "Seconds for one snippet over seconds of sound.",
            languages,
            1,
        ),
        published(
            "siri-cork-shift",
            "siri-cork-per-shift",
            "items",
            "Siri recordings a shift at the same firm, more than",
        ),
        published(
            "alexa-shift", "alexa-clips-per-shift", "items", "Alexa clips a shift, as many as"
        ),
        published(
            "cortana-ceiling",
            "cortana-us-items-per-hour",
            "items",
            "Cortana clips an hour in the United States, up to",
        ),
        published("siri-quota", "siri-daily-quota", "snippets per day", "Daily quota of a worker"),
        published(
            "siri-pay",
            "siri-monthly-gross-pay",
            "EUR per month",
            "Gross monthly wage of a Siri transcriber",
        ),
        published(
            "siri-dismissed",
            "siri-cork-laid-off",
            "persons",
            "People told that their contract ended in Cork",
        ),
        published(
            "cortana-slow",
            "cortana-fr-rate-low",
            "items per hour",
            "Transcriptions checked an hour, at the least",
        ),
        published(
            "cortana-fast",
            "cortana-fr-rate-high",
            "items per hour",
            "Transcriptions checked an hour, at the most",
        ),
    ]


def _verify() -> list[Number]:
    def needed() -> int:
        return verify_claimed(assumption("verify-margin"))

    how = "Sample size of a share for a 95 % interval of that half-width, normal approximation."
    return [
        define(
            "verify-90-sample",
            needed,
            "items",
            "Labels to verify an accuracy of nine in ten to one point",
            how,
        ),
        published(
            "accuracy-claimed",
            "va-accuracy-claimed",
            "percent",
            "Accuracy in the remark of the press",
            SHARES,
        ),
        define(
            "wrong-share",
            lambda: int(100 - share("va-accuracy-claimed")),
            "percent",
            "Answers that are wrong at that accuracy",
            "One minus it.",
            None,
            0,
        ),
    ]

"""Counts, part 8: a verdict for each press claim of the chapter."""

from __future__ import annotations

from typing import Any

from tallybook.claims import Check, Claim, Evidence, Judgement, Lacks, Model
from tallybook.claims.judge import tested
from tallybook.claims.texts import named, read, unchecked
from tallybook.model.numbers import Number, Registry

from microwork.counts import crowd, growth, labour_index, tracker
from microwork.outsourcing import crowd as jobs

LABELS, INPUTS, SHARES = "counts/labels", "counts/inputs", "counts/shares"
# The rows that name the largest figure: the authors’ article of 2020, and their critics.
REGISTERED = [(LABELS, "11", "wording"), (LABELS, "4", "wording")]
CRITICS = (INPUTS, "fr-critics-total")
# What a firm and its founder say of its crowd.
CROWD = [(INPUTS, crowd.DECLARED), (INPUTS, crowd.FOUNDER)]
# What the French accounts on its platform are reckoned from. They are not all platforms, so they
# decide no count of all.
ONE_PLATFORM = [
    (INPUTS, crowd.DECLARED),
    *((jobs.PLACES, f"{batch}/{crowd.FRANCE}") for batch in crowd.BATCHES),
]
APPEN = (SHARES, "appen-activity-march-2020")
WORKERS = [(tracker.YEARS, str(year)) for year in (*tracker.BEFORE, *tracker.DURING)]
ORDERS = [
    (labour_index.OLI, month)
    for month in labour_index.months(labour_index.START, 2 * labour_index.YEAR, labour_index.YEAR)
]

# The largest figure, under names that are not the one of the authors' article.
NAMED = {
    "fr-total-cnrs": (REGISTERED, "figure"),
    "fr-casual-cnrs": (REGISTERED, "figure"),
    "fr-registered": (REGISTERED, "figure"),
}
# What was read on each claim, and the numbers that the reason mentions.
READ: dict[str, tuple[dict[str, Any], list[str]]] = {
    "fr-weekly-cnrs": (
        {"about": [CRITICS, *ONE_PLATFORM]},
        ["critics-total", "crowd-french-at-work"],
    ),
    "fr-monthly-cnrs": (
        {"unlike": {Lacks.EXTENT: [CRITICS]}, "about": ONE_PLATFORM},
        ["critics-total", "crowd-french-at-work"],
    ),
    "three-methods": (
        {
            "same": [
                (INPUTS, "fr-critics-estimates"),
                (INPUTS, "fr-platforms-with-official-registrations"),
            ]
        },
        ["platforms-official"],
    ),
    "mturk-side-job-france": (
        {"like": {Lacks.PEOPLE: [(tracker.YEARS, str(tracker.SAID))]}},
        ["mturk-france-2022"],
    ),
    "platforms-report-growth": ({"like": {Lacks.EXTENT: [APPEN]}}, ["appen-activity-march-2020"]),
    "covid-registrations": (
        {"about": [*ORDERS, *WORKERS]},
        ["oli-microtask-year", "mturk-crisis-growth"],
    ),
    "appen-growth": (
        {"like": {Lacks.TIME: [APPEN]}, "about": [(SHARES, "appen-revenue-growth-2021")]},
        ["appen-activity-march-2020", "appen-revenue-growth-2021"],
    ),
    "platform-workforce-surge": (
        {"about": [(growth.DELIVERY, "2018"), (growth.DELIVERY, "2020"), *WORKERS]},
        ["mturk-crisis-growth", "delivery-growth-2018", "delivery-growth-2020"],
    ),
    "world-16m": (
        {"unlike": {Lacks.WORK: [(INPUTS, "world-ever-worked-kassi-v4")]}},
        ["world-ever-worked", "world-profiles"],
    ),
    "world-millions-indl": (
        {
            "like": {Lacks.TIME: CROWD},
            "about": [(INPUTS, "mturk-registered"), (INPUTS, "mturk-available")],
        },
        ["crowd-declared", "crowd-declared-founder"],
    ),
}
# Claims that nothing tests, and the numbers that the reason mentions.
UNCHECKED: dict[str, list[str]] = {
    "platforms-fr": ["platforms-rtl"],
    "platforms-fr-french": [],
    "largest-platform": ["wirk-registered"],
    "growing-france": [],
    "clickworker-2m": [],
    "more-workers-lower-pay": [],
}


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One verdict for each claim of the chapter that repeats no other."""

    def ours(*names: str) -> list[Number]:
        return [registry[f"counts.{name}"] for name in names]

    (share,) = ours("mturk-france-growth")
    model = Model(share, times=("france_unlike",), wider=("france_range",))
    return [
        tested(
            claims["grown-in-france"], Check.NEIGHBOUR, Evidence("mturk-france", model), above=1
        ),
        *(named(claims[one], rows, figure=figure) for one, (rows, figure) in NAMED.items()),
        *(read(claims[one], **texts, beside=ours(*names)) for one, (texts, names) in READ.items()),
        *(unchecked(claims[one], beside=ours(*names)) for one, names in UNCHECKED.items()),
    ]

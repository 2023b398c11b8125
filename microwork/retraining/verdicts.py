"""Retraining: a verdict on each press claim: on what evidence, and by which check.

The words are in ``data/claims.csv``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tallybook.claims import Check, Claim, Evidence, Judgement, Lacks, Model, heads
from tallybook.claims.judge import reckoned, tested
from tallybook.claims.rules import Computed
from tallybook.claims.texts import read, unchecked
from tallybook.model.numbers import Number, Registry

from microwork.retraining import headlines
from microwork.retraining.births import pixel_change
from microwork.retraining.inputs import FACTS, SHARES, TEXTS, assumption
from microwork.retraining.outside import assistants, orders, pay_elsewhere
from microwork.retraining.tweets import fresh_gain

# Reports of work for assistants, two ceilings and a floor: each the word of a few workers, or a
# paper of a firm.
CORK, PACE, ALEXA = (
    (FACTS, name)
    for name in ("siri-cork-per-shift", "cortana-us-items-per-hour", "alexa-clips-per-shift")
)
SCENES = (FACTS, "cityscapes-fine")
NOWHERE = (
    *("siri-fr", "siri-zh", "siri-ja", "siri-day", "siri-left-after-quota", "siri-six-minutes"),
    "corona-beer-2018",
)


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One verdict for each claim of this chapter, in the order of the claims."""
    given = (_growing, _ageing, _measured, _needed, _told, _at_work, _searched)
    found = {one.claim_id: one for part in given for one in part(claims, registry)}
    own = [claim.claim_id for claim in heads(claims.values()) if claim.chapter == "retraining"]
    return [found[name] for name in own if name in found]


def _numbers(registry: Registry, *names: str) -> list[Number]:
    return [registry[f"retraining.{name}"] for name in names]


def _evidence(measurement: str, registry: Registry, name: str, **model: Any) -> Evidence:
    return Evidence(measurement, Model(registry[f"retraining.{name}"], **model))


def gains(registry: Registry) -> list[Evidence]:
    """All measurements of the family: what new labels gain, in the mean over every start."""
    return [
        _evidence(
            "service-new-labels",
            registry,
            "ores-score-new-labels",
            plus=("service_harder",),
            wider=("service_range",),
        ),
        _evidence(
            "headlines-equal-labels",
            registry,
            "headlines-equal-labels-mean",
            base=headlines.over_starts,
            takes=("headlines_apart", "headlines_years"),
        ),
        _evidence(
            "tweets-fresh", registry, "tweets-fresh-gain", base=fresh_gain, takes=("tweets_alike",)
        ),
    ]


def _ageing(claims: dict[str, Claim], registry: Registry) -> Iterator[Judgement]:
    """What was said of the need to retrain: on all measurements of the family.

    What change causes is tested on staleness too, which isolates age. That more machines need more
    people to teach them anew rests on orders as well.
    """
    family, check = gains(registry), Check.NEIGHBOUR
    rates = _numbers(registry, "ores-rate-to-mid-2020", "ores-rate-after")
    yield tested(claims["machines-need-retraining"], check, family, above=0, beside=rates)
    staleness = _evidence(
        "headlines-staleness", registry, "headlines-titles-staleness", plus=("headlines_harder",)
    )
    yield tested(claims["change-causes-retraining"], check, [*family, staleness], above=0)
    both = [*family, *_orders(2021, registry)]
    yield tested(claims["more-ai-more-humans"], check, both, above=0)
    after = claims["needed-after-deployment"]
    volunteers = {Lacks.EXTENT: [(TEXTS, "wikimedia-volunteers")]}
    texts = read(after, "", "a record", unlike=volunteers)
    yield tested(after, check, family, above=0, texts=texts)


def _growing(claims: dict[str, Claim], registry: Registry) -> Iterator[Judgement]:
    """The same for all that was said of growth: orders since the year in which it was said, alone
    and beside all online work."""
    said = {
        2019: ("expected-to-grow", "need-grows-bbc", "needs-keep-growing"),
        2021: ("ai-accelerates-microwork",),
    }
    beside = _numbers(registry, "orders-range")
    for year, names in said.items():
        for name in names:
            tests = _orders(year, registry)
            yield tested(claims[name], Check.NEIGHBOUR, tests, above=0, beside=beside)


def _orders(year: int, registry: Registry) -> list[Evidence]:
    """Orders since a year, alone and beside all online work, with what may be assumed of the break
    where it lies after that year."""

    def share(
        microtasks_outside: float, orders_jump: float | None = None, orders_wait: float = 0
    ) -> Computed:
        # The jump is assumed over the growth of all online work.
        jump = None if orders_jump is None else orders_jump / assumption("orders-jump")
        return orders(year, "share", microtasks_outside, jump, orders_wait)

    def alone(
        microtasks_outside: float, orders_jump: float | None = None, orders_wait: float = 0
    ) -> Computed:
        return orders(year, "microwork", microtasks_outside, orders_jump, orders_wait)

    takes = ("microtasks_outside", "orders_jump" if year == 2019 else "orders_wait")
    given = {"takes": takes, "wider": ("microtasks_range",)}
    return [
        _evidence("oli-orders", registry, f"orders-{year}", base=alone, **given),
        _evidence("oli-orders-share", registry, f"orders-share-{year}", base=share, **given),
    ]


def _measured(claims: dict[str, Claim], registry: Registry) -> Iterator[Judgement]:
    """What others measured that is like the claim."""
    births = _evidence(
        "image-data-sets",
        registry,
        "datasets-pixel-change",
        base=pixel_change,
        takes=("births_undated",),
        wider=("births_range",),
    )
    yield tested(claims["more-complex-demands"], Check.NEIGHBOUR, births, above=0)
    right = _evidence(
        "assistants-test",
        registry,
        "assistants-right",
        base=assistants,
        takes=("assistants_weakest",),
        wider=("assistants_range",),
    )
    yield tested(claims["assistants-90-percent"], Check.NEIGHBOUR, right)
    pay = _evidence(
        "cortana-pay",
        registry,
        "pay-elsewhere",
        base=pay_elsewhere,
        takes=("pay_days", "pay_hours"),
        times=("pay_unlike",),
    )
    yield tested(claims["siri-pay"], Check.NEIGHBOUR, pay)
    yield reckoned(claims["accuracy-90"], registry["retraining.wrong-share"])


def _needed(claims: dict[str, Claim], registry: Registry) -> Iterator[Judgement]:
    """Texts on whether people are needed, and for how long."""
    yield read(
        claims["not-temporary"],
        like={Lacks.EXTENT: [("counts/oli_demand", "2024-08")]},
        unlike={Lacks.EXTENT: [(TEXTS, "mturk-closed")]},
    )
    yield read(
        claims["automation-promise-false"],
        far=[(SHARES, "low-skilled-rise")],
        beside=_numbers(registry, "low-skilled-rise"),
    )
    yield read(
        claims["needed-before-deployment"],
        like={Lacks.PEOPLE: [SCENES]},
        about=[(FACTS, "tweets-training-script")],
        unlike={
            Lacks.EXTENT: [(FACTS, "timelms-tweets-per-update"), (SHARES, "gilardi-accuracy-gap")]
        },
        beside=_numbers(registry, "model-over-crowd"),
    )


def _told(claims: dict[str, Claim], registry: Registry) -> Iterator[Judgement]:
    """Texts on what is labelled and what machines have learnt; claims on which there is none."""
    yield read(claims["pixel-annotation"], like={Lacks.PEOPLE: [SCENES]})
    yield read(claims["cars-ever-finer"], like={Lacks.EXTENT: [(TEXTS, "annotator-complexity")]})
    yield read(
        claims["cats-dogs-solved"],
        # It compares then with now, and so do the two together.
        same=[(SHARES, "cats-dogs-2008"), (SHARES, "cats-dogs-2014")],
        beside=_numbers(registry, "cats-dogs-early", "cats-dogs-late"),
    )
    yield from (unchecked(claims[name]) for name in NOWHERE)


def _at_work(claims: dict[str, Claim], registry: Registry) -> Iterator[Judgement]:
    """Texts on those who listened to assistants: Siri in Cork, Cortana in France."""
    floor, shift, ceiling = _numbers(registry, "siri-cork-shift", "alexa-shift", "cortana-ceiling")
    yield read(
        claims["siri-quota"],
        like={Lacks.EXTENT: [CORK]},
        about=[ALEXA, PACE],
        beside=[floor, shift, ceiling],
    )
    yield read(
        claims["cortana-rate"],
        like={Lacks.EXTENT: [PACE]},
        about=[ALEXA, CORK],
        beside=[ceiling, floor, shift],
    )
    yield read(claims["siri-hundreds"], same=[(TEXTS, "cork-hundreds")])
    yield read(claims["siri-dismissed"], same=[(TEXTS, "cork-cuts")])
    yield read(claims["siri-correct-transcripts"], far=[(TEXTS, "cork-transcribes")])


def _searched(claims: dict[str, Claim], registry: Registry) -> Iterator[Judgement]:
    """The date of the virus, and the thousands who put the results right.

    The set of searches on Bing begins in January 2020, so that its take-off could not have come out
    at the end of 2019: it stands beside a verdict from texts and is no test.
    """
    yield read(
        claims["coronavirus-end-2019"],
        far=[(FACTS, "corona-search-takeoff-date"), (FACTS, "corona-announced")],
        beside=_numbers(registry, "corona-announced", "corona-google-takeoff"),
    )
    yield read(
        claims["corona-thousands"],
        like={Lacks.WORK: [(FACTS, "google-raters-2020")]},
        about=[(FACTS, "google-raters-2018")],
        unlike={Lacks.PEOPLE: [(TEXTS, "raters-cannot-change")]},
        beside=_numbers(registry, "raters-2018", "raters-2020"),
    )

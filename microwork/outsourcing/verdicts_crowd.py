"""Outsourcing: the claims on where microworkers are, tested on the workers of open jobs.

One protocol for all three: every group of open jobs that we have. A country is one of the two
centres if it has more workers than the country that is second among all others; the number of
centres is an assumption, so that the reader sees with how many the verdict would turn. What texts
say joins the count. Visits are of grade C, and Mechanical Turk does not admit everybody: neither
bears a verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from tallybook.claims import Check, Claim, Evidence, Judgement, Lacks, Model, read, tested
from tallybook.model.numbers import Number, Registry

from microwork.outsourcing import crowd
from microwork.outsourcing.numbers_crowd import RIVALS

GROUPS = (  # the largest first: its severity stands for the claim
    ("open-crowd-2015-summer", "", crowd.SUMMER),
    ("open-crowd-2014-07", "-2014-07", crowd.JULY),
    ("open-crowd-2015-03", "-2015-03", crowd.MARCH),
)
VENEZUELA = [("outsourcing/texts", "hao-venezuela"), ("outsourcing/shares", "mit19-ven-share-max")]
OTHER_TIME = (
    "These are workers of a few research jobs in English on one platform in 2014 and 2015, not"
    " those of the industry in 2022, whose firms no open job shows."
)


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """The claims on Madagascar and Venezuela as centres, and on Venezuela beside its neighbours."""
    return [
        _centre(
            claims["mg-nerve-centre"],
            registry,
            "MDG",
            "In open jobs from April to August 2015, [[outsourcing.crowd-madagascar-workers]] of "
            "[[outsourcing.crowd-workers]] workers was in Madagascar; in two earlier groups "
            "nobody was. Open jobs show no firms. Texts place from thousands to nearly "
            "[[outsourcing.annotators-arte]] annotators there, but rank no country.",
            [("outsourcing/texts", "chut-capital"), ("outsourcing/facts", "arte-annotators")],
            ("crowd-madagascar-workers", "crowd-workers", "annotators-arte"),
            ("firms",),
        ),
        _centre(
            claims["ve-nerve-centre"],
            registry,
            "VEN",
            "From April to August 2015 more workers of open jobs were in Venezuela,"
            " [[outsourcing.crowd-venezuela|full]], than anywhere else. In July 2014 it was number"
            " [[outsourcing.crowd-venezuela-rank-2014-07]], in March 2015 number"
            " [[outsourcing.crowd-venezuela-rank-2015-03]]. Two reports describe such work there"
            " and rank no country.",
            VENEZUELA,
            ("crowd-venezuela", "crowd-venezuela-rank-2014-07", "crowd-venezuela-rank-2015-03"),
        ),
        _neighbours(claims["us-venezuela-particularly"], registry),
    ]


def _centre(
    claim: Claim,
    registry: Registry,
    code: str,
    reason: str,
    texts: Sequence[tuple[str, str]],
    beside: tuple[str, ...],
    also: tuple[str, ...] = (),
) -> Judgement:
    """``texts``: rows that say something like it; ``also``: assumptions of this country alone."""
    place = {"VEN": "venezuela", "MDG": "madagascar"}[code]
    tests = []
    for measurement, tail, batch in GROUPS:
        found = registry[f"outsourcing.crowd-{place}-over-second{tail}"]
        base = partial(crowd.over_others, code, batch)
        model = Model(found, base, takes=("centres", "job_clumps"), times=("like_crowd", *also))
        tests.append(Evidence(measurement, model))
    numbers = [registry[f"outsourcing.{name}"] for name in beside]
    return _with_texts(claim, tests, reason, texts, numbers)


def _with_texts(
    claim: Claim,
    tests: Sequence[Evidence],
    reason: str,
    texts: Sequence[tuple[str, str]],
    beside: Sequence[Number] = (),
) -> Judgement:
    """No text sets a country beside all others, or its neighbours: how many work there is missing."""
    told = read(claim, reason, "texts on the country", like={Lacks.EXTENT: texts})
    return _tested(claim, tests, reason, told, OTHER_TIME, beside)


def _tested(
    claim: Claim,
    tests: Sequence[Evidence],
    reason: str,
    told: Judgement,
    differs: str,
    beside: Sequence[Number] = (),
) -> Judgement:
    return tested(
        claim, Check.NEIGHBOUR, tests, reason, above=1.0, differs=differs, texts=told, beside=beside
    )


def _neighbours(claim: Claim, registry: Registry) -> Judgement:
    tests = []
    for measurement, tail, batch in GROUPS:
        found = registry[f"outsourcing.crowd-venezuela-over-neighbours{tail}"]
        base = partial(_over_rivals, batch)
        model = Model(found, base, takes=("job_clumps",), times=("like_crowd",))
        tests.append(Evidence(measurement, model))
    reason = (
        "From April to August 2015 the open jobs of one American laboratory had"
        " [[outsourcing.crowd-venezuela-over-neighbours|full]] times as many workers in Venezuela"
        " as in the larger of Argentina and Colombia. Two earlier groups of jobs are too small to"
        " tell."
    )
    # Neither text speaks of American clients, nor of Argentina and Colombia: two things.
    told = read(claim, reason, "texts on the country", far=VENEZUELA)
    differs = f"{OTHER_TIME} We do not know whether all were of American clients."
    return _tested(claim, tests, reason, told, differs)


def _over_rivals(batch: str, job_clumps: float) -> crowd.Computed:
    return crowd.over_rivals("VEN", batch, RIVALS, job_clumps)

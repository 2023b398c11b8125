"""Profile: what each press claim is held against; the rules give the verdicts."""

from __future__ import annotations

from typing import Any

from tallybook.claims import Check, Claim, Evidence, Judgement, Lacks, Model
from tallybook.claims.judge import reckoned, tested
from tallybook.claims.texts import named, read, unchecked
from tallybook.model.numbers import Number, Registry

from microwork.intervals import Ends, hundredfold
from microwork.profile import crowds, inputs
from microwork.profile.inputs import ELSEWHERE, SHARES, TEXTS

OWN = (SHARES, "money-motive")
SHOP_ASSISTANT = (TEXTS, "shop-assistant")
MOTIVES = [(TEXTS, "motives-order"), (ELSEWHERE, "mturk-income-motive")]
FUN = (ELSEWHERE, "mturk-fun-motive")
MOTIVE_NUMBERS = ["mturk-income-motive", "mturk-fun-motive", "money-motive-printed"]
GRADUATES = (ELSEWHERE, "mturk-graduates")
ON_CROWDFLOWER = [
    (inputs.CROWDS, f"CrowdFlower/2016/person/schooling/{degree}") for degree in crowds.DEGREES
]

# What was read on each claim, and the numbers that the reason mentions.
READ: dict[str, tuple[dict[str, Any], list[str]]] = {
    "evening-after-work": ({"far": [(TEXTS, "evening")]}, []),
    "not-necessarily-young": ({"like": {Lacks.PEOPLE: [(TEXTS, "ages")]}}, []),
    # Microwork beside a job: that there is such a thing.
    "supplementary-income": (
        {"like": {Lacks.EXTENT: [SHOP_ASSISTANT]}, "far": [(TEXTS, "mturk-supplement")]},
        [],
    ),
    "goes-with-job": (
        {"like": {Lacks.EXTENT: [SHOP_ASSISTANT]}, "far": [(TEXTS, "zew-beside-job")]},
        [],
    ),
    "more-educated": (
        {
            "like": {Lacks.PLACE: [GRADUATES, (ELSEWHERE, "us-graduates")]},
            "far": [(TEXTS, "zew-educated"), (TEXTS, "monitor-educated")],
        },
        ["graduates-mturk", "graduates-us"],
    ),
    "often-graduates": (
        {"like": {Lacks.PLACE: [GRADUATES, *ON_CROWDFLOWER]}, "far": [(TEXTS, "zew-educated")]},
        ["often", "graduates-mturk", "crowd-degree"],
    ),
    # Why people do it.
    "money-motive": ({"like": {Lacks.PLACE: MOTIVES}, "about": [FUN, OWN]}, MOTIVE_NUMBERS),
    "money-need-motive": ({"about": [OWN], "far": [*MOTIVES, FUN]}, MOTIVE_NUMBERS),
    "flexibility-motive": ({"far": [(TEXTS, "flexibility")]}, []),
    # Where they live, and who is shut out of jobs.
    "often-urban": ({"like": {Lacks.PEOPLE: [(TEXTS, "monitor-urban")]}}, []),
    "excluded-undocumented": ({"like": {Lacks.REASON: [(TEXTS, "rider-undocumented")]}}, []),
    "excluded-education": (
        {
            "like": {Lacks.REASON: [(TEXTS, "riders-no-diploma"), (TEXTS, "rider-advice")]},
            "about": [(TEXTS, "riders-no-other-work")],
        },
        [],
    ),
    "excluded-disability": (
        {"like": {Lacks.REASON: [(TEXTS, "disability")], Lacks.PEOPLE: [(TEXTS, "unable")]}},
        [],
    ),
}
# Claims that nothing tests, and the numbers that the reason mentions.
UNCHECKED: dict[str, list[str]] = {
    "women-foulefactory": ["survey-women"],
    "often-family": ["mturk-women-family-us", "often"],
    "age-25-44": ["mturk-age-25-44", "prolific-age-25-44"],
    "main-job": [],
    "women-main-job": ["often"],
    "inactive-third": ["inactive"],
    "sectors": [],
    "triple-day-cnrs": ["cdi-full-time"],
    "triple-day": [],
    "women-part-time-job": ["cdi-full-time", "cdi-part-time"],
}


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One judgement for each claim of this chapter that repeats no other."""

    def ours(*names: str) -> list[Number]:
        return [registry[f"profile.{name}"] for name in names]

    def next_crowd(women_ready: float) -> Ends:
        return hundredfold(crowds.next_crowd(women_ready))

    predicted, possible = ours("women-next-crowd", "candidate-n-below")
    one_more = Evidence("women-places", Model(predicted, next_crowd, takes=("women_ready",)))
    return [
        tested(
            claims["women-share-cnrs"],
            Check.NEIGHBOUR,
            one_more,
            beside=ours("women-elsewhere", "places", "survey-women"),
        ),
        tested(
            claims["first-a-woman"],
            Check.NEIGHBOUR,
            one_more,
            above=inputs.assumption("half"),
            beside=ours("places-majority", "places"),
        ),
        named(
            claims["education-bac2"],
            [(TEXTS, "degree-ages", "population"), (SHARES, "bac2-magazine", "population")],
        ),
        reckoned(
            claims["survey-n"],
            possible,
            beside=ours("respondents", "n-from", "n-to", "candidate-n-count"),
        ),
        *(read(claims[one], **texts, beside=ours(*names)) for one, (texts, names) in READ.items()),
        *(unchecked(claims[one], beside=ours(*names)) for one, names in UNCHECKED.items()),
    ]

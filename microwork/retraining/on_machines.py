"""Retraining: verdicts on claims about machines: that they age, what repairs them, and what they
have learnt to do."""

from __future__ import annotations

from tallybook.claims import Check, Claim, Evidence, Judgement, Lacks, Model, read, reckoned, tested
from tallybook.model.numbers import Registry

from microwork.retraining import headlines, stream
from microwork.retraining.births import pixel_change
from microwork.retraining.outside import assistants
from microwork.retraining.tweets import fresh_gain


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """Verdicts on claims about machines."""
    return [
        *_ageing(claims, registry),
        *_before(claims, registry),
        *_tasks(claims, registry),
        *_rates(claims, registry),
    ]


def gains(registry: Registry) -> list[Evidence]:
    """All measurements of the family: what new labels gain, in the mean over every start."""
    return [
        Evidence(
            "service-new-labels",
            Model(
                registry["retraining.ores-score-new-labels"],
                plus=("service_harder",),
                wider=("service_range",),
            ),
        ),
        Evidence(
            "headlines-equal-labels",
            Model(
                registry["retraining.headlines-equal-labels-mean"],
                base=lambda headlines_apart, headlines_years: headlines.over_starts(
                    headlines_apart, headlines_years
                ),
                takes=("headlines_apart", "headlines_years"),
            ),
        ),
        Evidence(
            "prices-often",
            Model(
                registry["retraining.elec2-gain-both"],
                base=lambda stream_left: stream.both_windows(stream_left),
                takes=("stream_left",),
            ),
        ),
        Evidence(
            "tweets-fresh",
            Model(
                registry["retraining.tweets-fresh-gain"],
                base=lambda tweets_alike: fresh_gain(tweets_alike),
                takes=("tweets_alike",),
            ),
        ),
    ]


GAINS = (
    "New labels gained [[retraining.ores-score-new-labels|full]] points on Wikimedia,"
    " [[retraining.headlines-equal-labels-mean|full]] on headlines and"
    " [[retraining.tweets-fresh-gain|full]] on tweets, and new data"
    " [[retraining.elec2-gain-both|full]] on electricity prices; the first and the third may be"
    " nothing."
)
THESE = (
    "These are models of wikis, headlines, electricity prices and tweets. Wikimedia’s points are of"
    " the area under the curve, and not from use; the others’ are of accuracy."
)


def _ageing(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """What was said of the need to retrain: on all measurements of the family, in the mean over
    every start.

    What change causes is tested on staleness too, which isolates age.
    """
    tests = gains(registry)
    staleness = Evidence(
        "headlines-staleness",
        Model(registry["retraining.headlines-titles-staleness"], plus=("headlines_harder",)),
    )
    said = {
        "machines-need-retraining": (
            (
                f"{GAINS} Wikimedia rebuilt a model [[retraining.ores-rate-to-mid-2020]] times a"
                " year until mid-2020, then [[retraining.ores-rate-after]] until 2023."
            ),
            f"{THESE} They are no assistant or search engine.",
            tests,
            ["ores-rate-to-mid-2020", "ores-rate-after"],
        ),
        "change-causes-retraining": (
            (
                f"{GAINS} Age took [[retraining.headlines-titles-staleness|full]] points from a"
                " headline model, perhaps none."
            ),
            f"{THESE} They do not show what consumers do.",
            [*tests, staleness],
            [],
        ),
        "needed-after-deployment": (
            (
                f"{GAINS} But a service can do without microworkers: on Wikimedia all labels came"
                " from volunteers."
            ),
            f"{THESE} Only the tweets were labelled by microworkers.",
            tests,
            [],
        ),
    }
    after = claims["needed-after-deployment"]
    volunteers = read(
        after, "", "a record", unlike={Lacks.EXTENT: [("retraining/texts", "wikimedia-volunteers")]}
    )
    return [
        tested(
            claims[name],
            Check.NEIGHBOUR,
            held,
            reason,
            above=0,
            differs=differs,
            texts=volunteers if name == after.claim_id else None,
            beside=[registry[f"retraining.{one}"] for one in beside],
        )
        for name, (reason, differs, held, beside) in said.items()
    ]


def _before(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    return [
        read(
            claims["needed-before-deployment"],
            "Street scenes were labelled by pixel for machines to learn from; by whom, the "
            "abstract that we read does not say. By that of a study of 2023, ChatGPT labelled "
            "better than the crowd by [[retraining.model-over-crowd]] points. Some models learnt "
            "from labelled tweets, others from unlabelled ones.",
            "how published data sets and models were made",
            like={Lacks.PEOPLE: [("retraining/facts", "cityscapes-fine")]},
            about=[("retraining/facts", "tweets-training-script")],
            unlike={
                Lacks.EXTENT: [
                    ("retraining/facts", "timelms-tweets-per-update"),
                    ("retraining/shares", "gilardi-accuracy-gap"),
                ]
            },
            beside=[registry["retraining.model-over-crowd"]],
        )
    ]


def _tasks(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    change = registry["retraining.datasets-pixel-change"]
    return [
        tested(
            claims["more-complex-demands"],
            Check.NEIGHBOUR,
            Evidence(
                "image-data-sets",
                Model(
                    change,
                    base=lambda births_undated: pixel_change(births_undated),
                    takes=("births_undated",),
                    wider=("births_range",),
                ),
            ),
            "Among new data sets of images, those labelled by pixel rose from"
            " [[retraining.datasets-pixel-to-2015]] in the years to 2015 to"
            " [[retraining.datasets-pixel-2019-2021]] from 2019 on. But"
            " [[retraining.datasets-undated]] have no date, and a small part of them, placed"
            " against the rise, would leave this open.",
            above=0,
            differs=(
                "These are data sets that researchers published, not orders on platforms. A label"
                " by pixel is one kind of complex demand."
            ),
        ),
        read(
            claims["pixel-annotation"],
            "Researchers had street scenes labelled by pixel, for work on self-driving. The"
            " abstract, which is what we read, names no client of a platform.",
            "a data set for self-driving, of which we read the abstract",
            like={Lacks.PEOPLE: [("retraining/facts", "cityscapes-fine")]},
        ),
        read(
            claims["cars-ever-finer"],
            "One annotator in China describes ever more complex tasks, from frames in two"
            " dimensions to boxes in three.",
            "one annotator’s account, of which we read the opening",
            like={Lacks.EXTENT: [("retraining/texts", "annotator-complexity")]},
        ),
    ]


def _rates(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    right = registry["retraining.assistants-right"]
    return [
        read(
            claims["cats-dogs-solved"],
            "On pictures from one collection, a machine was right in [[retraining.cats-dogs-early]]"
            " of cases in 2008, and another in [[retraining.cats-dogs-late]] in 2014. We read an"
            " abstract and an opening.",
            "published rates of two machines",
            # It compares then with now, and so do the two together.
            same=[("retraining/shares", "cats-dogs-2008"), ("retraining/shares", "cats-dogs-2014")],
            beside=[registry[f"retraining.cats-dogs-{when}"] for when in ("early", "late")],
        ),
        tested(
            claims["assistants-90-percent"],
            Check.NEIGHBOUR,
            Evidence(
                "assistants-test",
                Model(
                    right,
                    base=lambda assistants_weakest: assistants(assistants_weakest),
                    takes=("assistants_weakest",),
                    wider=("assistants_range",),
                ),
            ),
            "In a test from the same month, three assistants answered from"
            " [[retraining.assistants-right|low]] to [[retraining.assistants-right|high]] of the"
            " questions correctly. Cortana is not among them. The interview does not say what was"
            " measured.",
            differs=(
                "Testers asked questions in English and judged the answers. The claim may mean the"
                " share of words understood."
            ),
        ),
        reckoned(
            claims["accuracy-90"],
            registry["retraining.wrong-share"],
            "An algorithm that is right in [[retraining.accuracy-claimed]] of cases is wrong in"
            " [[retraining.wrong-share]]. This is a matter of subtraction.",
        ),
    ]

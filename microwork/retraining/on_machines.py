"""Retraining: verdicts on claims about machines: that they age, what repairs them, and what they have learnt to do."""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Check, Claim, Evidence, Judgement, Lacks, Model, read, reckoned, tested
from microwork.retraining import headlines, stream
from microwork.retraining.births import pixel_change
from microwork.retraining.outside import assistants
from microwork.retraining.tweets import fresh_gain


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """Verdicts on claims about machines."""
    return [*_ageing(claims, registry), *_before(claims, registry), *_tasks(claims, registry), *_rates(claims, registry)]


def _gains(registry: Registry) -> list[Evidence]:
    """All measurements of what fresh labels gain, in the mean over every start."""
    return [
        Evidence(
            "headlines-equal-labels",
            Model(
                registry["retraining.headlines-equal-labels-mean"],
                base=lambda headlines_apart, headlines_years: headlines.over_starts(headlines_apart, headlines_years),
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


def _ageing(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """What was said of the need to retrain: on all measurements of the family, in the mean over every start.

    What change causes is tested on staleness too, which isolates age; the need for microworkers on their own labels alone.
    """
    tests = _gains(registry)
    staleness = Evidence(
        "headlines-staleness",
        Model(registry["retraining.headlines-titles-staleness"], plus=("headlines_harder",)),
    )
    ranges = [registry[f"retraining.{name}"] for name in ("headlines-equal-labels-range", "elec2-gain-range")]
    words = "These are newspaper headlines, electricity prices and tweets, sorted by plain models."
    gains = (
        "In the mean over all starts, fresh labels gained [[retraining.headlines-equal-labels-mean|full]] points on headlines, "
        "and monthly retraining [[retraining.elec2-gain-both|full]] over yearly on electricity prices. "
        "On tweets it was [[retraining.tweets-fresh-gain|full]], which may be nothing."
    )
    said = {
        "machines-need-retraining": (
            f"{gains} Single starts gave from [[retraining.headlines-equal-labels-range|low]] to "
            "[[retraining.headlines-equal-labels-range|high]] and from [[retraining.elec2-gain-range|low]] to "
            "[[retraining.elec2-gain-range|high]] points.",
            f"{words} They are no assistant or search engine.",
            tests,
            ranges,
        ),
        "change-causes-retraining": (
            f"{gains} Age alone took [[retraining.headlines-titles-staleness|full]] points from a headline model, perhaps none.",
            f"{words} They do not show what consumers do.",
            [*tests, staleness],
            [],
        ),
        "needed-after-deployment": (
            "Of our data only tweets were labelled by microworkers. There new labels gained "
            "[[retraining.tweets-fresh-gain|full]] points over labels two years old, which may be nothing.",
            "These are tweets sorted by a plain model. It is no system in service.",
            [tests[-1]],
            [],
        ),
    }
    return [
        tested(claims[name], Check.NEIGHBOUR, held, reason, above=0, differs=differs, beside=beside)
        for name, (reason, differs, held, beside) in said.items()
    ]


def _before(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    return [
        read(
            claims["needed-before-deployment"],
            "Street scenes were labelled by pixel for machines to learn from. Models learnt from tweets, too; the source does "
            "not say when these were labelled. In one study of 2023, of which we read the abstract, ChatGPT labelled better than "
            "the crowd by [[retraining.model-over-crowd]] points. Other models learnt from tweets that nobody labelled.",
            "how published data sets and models were made",
            like={Lacks.EXTENT: [("retraining/facts", "cityscapes-fine")]},
            about=[("retraining/facts", "tweets-training-script")],
            unlike={
                Lacks.EXTENT: [("retraining/facts", "timelms-tweets-per-update"), ("retraining/shares", "gilardi-accuracy-gap")]
            },
            beside=[registry["retraining.model-over-crowd"]],
        ),
    ]


def _tasks(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    change = registry["retraining.datasets-pixel-change"]
    return [
        tested(
            claims["more-complex-demands"], Check.NEIGHBOUR,
            Evidence("image-data-sets", Model(
                change, base=lambda births_undated: pixel_change(births_undated), takes=("births_undated",),
                wider=("births_range",),
            )),
            "Among new data sets of images, those labelled by pixel rose from [[retraining.datasets-pixel-to-2015]] in the years "
            "to 2015 to [[retraining.datasets-pixel-2019-2021]] from 2019 on. But [[retraining.datasets-undated]] have no date, "
            "and a small part of them, placed against the rise, would leave this open.",
            above=0,
            differs="These are data sets that researchers published, not orders on platforms. A label by pixel is one kind of "
            "complex demand.",
        ),
        read(
            claims["pixel-annotation"],
            "Researchers had street scenes labelled by pixel, for work on self-driving. The abstract, which is what we read, "
            "names no client of a platform.",
            "a data set for self-driving, of which we read the abstract",
            like={Lacks.PEOPLE: [("retraining/facts", "cityscapes-fine")]},
        ),
        read(
            claims["cars-ever-finer"],
            "One annotator in China describes ever more complex tasks, from frames in two dimensions to boxes in three.",
            "one annotator’s account, of which we read the opening",
            like={Lacks.EXTENT: [("retraining/texts", "annotator-complexity")]},
        ),
    ]  # fmt: skip


def _rates(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    right = registry["retraining.assistants-right"]
    return [
        read(
            claims["cats-dogs-solved"],
            "On pictures from one collection, a machine was right in [[retraining.cats-dogs-early]] of cases in 2008, and "
            "another in [[retraining.cats-dogs-late]] in 2014. We read an abstract and an opening.",
            "published rates of two machines",
            same=[("retraining/shares", "cats-dogs-2014")],
            about=[("retraining/shares", "cats-dogs-2008")],
            beside=[registry[f"retraining.cats-dogs-{when}"] for when in ("early", "late")],
        ),
        tested(
            claims["assistants-90-percent"], Check.NEIGHBOUR,
            Evidence("assistants-test", Model(
                right, base=lambda assistants_weakest: assistants(assistants_weakest), takes=("assistants_weakest",),
                wider=("assistants_range",),
            )),
            "In a test from the same month, three assistants answered from [[retraining.assistants-right|low]] to "
            "[[retraining.assistants-right|high]] of the questions correctly. The interview does not say what was measured.",
            differs="Testers asked questions in English and judged the answers. The claim may mean the share of words "
            "understood.",
        ),
        reckoned(
            claims["accuracy-90"], registry["retraining.wrong-share"],
            "An algorithm that is right in [[retraining.accuracy-claimed]] of cases is wrong in [[retraining.wrong-share]]. "
            "This is a matter of subtraction.",
        ),
    ]  # fmt: skip

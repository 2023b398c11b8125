"""Retraining: verdicts on claims about machines: that they age, what repairs them, and what they have learnt to do."""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Check, Claim, Evidence, Judgement, Model, read, reckoned, tested
from microwork.retraining import headlines, stream
from microwork.retraining.births import pixel_change
from microwork.retraining.outside import assistants, cats_dogs
from microwork.retraining.tweets import fresh_gain


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """Verdicts on claims about machines."""
    return [*_ageing(claims, registry), *_before(claims, registry), *_tasks(claims, registry), *_rates(claims, registry)]


def _ageing(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """What was said of the need to retrain, on all three measurements of the family, from every start."""
    tests = [
        Evidence(
            "headlines-equal-labels",
            Model(
                registry["retraining.headlines-equal-labels-range"],
                base=lambda headlines_apart, headlines_years: headlines.start_range(headlines_apart, headlines_years),
                takes=("headlines_apart", "headlines_years"),
            ),
        ),
        Evidence(
            "prices-often",
            Model(
                registry["retraining.elec2-gain-range"],
                base=lambda stream_left: stream.start_range(stream_left),
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
    means = [
        registry[f"retraining.{name}"]
        for name in ("headlines-equal-labels-mean", "elec2-gain-mean", "elec2-gain-year-mean")
    ]  # fmt: skip
    searched = registry["retraining.realtimeqa-gpt54-search-gain"]
    words = "These are newspaper headlines, electricity prices and tweets, sorted by plain models."
    said = {
        "machines-need-retraining": (
            "In the mean over all starts, retraining gained [[retraining.headlines-equal-labels-mean|full]] points on headlines "
            "and [[retraining.elec2-gain-mean|full]] on electricity prices, or [[retraining.elec2-gain-year-mean|full]] with a "
            "year of prices to learn from. From some starts it gained nothing.",
            f"{words} They are no assistant or search engine.",
            means,
        ),
        "change-causes-retraining": (
            "Fresh labels gained [[retraining.headlines-equal-labels-mean|full]] points on headlines, in the mean over all years "
            "of stopping. From some years they gained nothing, and the later headlines are harder for any model.",
            f"{words} They do not show what consumers do.",
            means[:1],
        ),
        "needed-after-deployment": (
            "On tweets, labels that microworkers made two years later gained [[retraining.tweets-fresh-gain|full]] points, so "
            "the gain may be nothing. On news, a search gains GPT-5.4 [[retraining.realtimeqa-gpt54-search-gain|full]] points "
            "without new labels for the model.",
            f"{words} None comes from a system in service, and nobody labels the prices.",
            [searched],
        ),
    }
    return [
        tested(claims[name], Check.NEIGHBOUR, tests, reason, above=0, differs=differs, beside=beside)
        for name, (reason, differs, beside) in said.items()
    ]


def _before(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    return [
        read(
            claims["needed-before-deployment"],
            "People labelled street scenes and tweets before machines learnt from them. But one language model labels better "
            "than the crowd, by [[retraining.model-over-crowd]] points in a study of which we read the abstract; others learnt "
            "from tweets that nobody labelled.",
            "how published data sets and models were made",
            like=[("retraining/facts", "tweets-training-script"), ("retraining/facts", "cityscapes-fine")],
            unlike=[("retraining/facts", "timelms-tweets-per-update"), ("retraining/shares", "gilardi-accuracy-gap")],
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
            "to 2015 to [[retraining.datasets-pixel-2019-2021]] from 2019 on. But [[retraining.datasets-undated]] have no date.",
            above=0,
            differs="These are data sets that researchers published, not orders on platforms. A label by pixel is one kind of "
            "complex demand.",
        ),
        read(
            claims["pixel-annotation"],
            "A car maker and researchers had street scenes labelled by pixel for self-driving. In what we could read no client "
            "of a platform is named.",
            "a data set for self-driving, of which we read the abstract",
            like=[("retraining/facts", "cityscapes-fine")],
        ),
        read(
            claims["cars-ever-finer"],
            "One annotator in China describes ever more complex tasks, from frames in two dimensions to boxes in three.",
            "one annotator’s account, of which we read the opening",
            like=[("retraining/texts", "annotator-complexity")],
        ),
    ]  # fmt: skip


def _rates(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    right, gain = registry["retraining.assistants-right"], registry["retraining.cats-dogs-gain"]
    return [
        tested(
            claims["cats-dogs-solved"], Check.RECOUNT,
            Evidence("cats-dogs", Model(
                gain, base=lambda cats_dogs_pictures: cats_dogs(cats_dogs_pictures), takes=("cats_dogs_pictures",)
            )),
            "On pictures from one collection, a machine was right in [[retraining.cats-dogs-early]] of cases in 2008, and "
            "another in [[retraining.cats-dogs-late]] in 2014. We read an abstract and an opening.",
            above=0,
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

"""Retraining: verdicts on claims about machines: that they age, what repairs them, and what they have learnt to do."""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Assumption, Check, Claim, Judgement, Verdict, read, tested, wider
from microwork.retraining.births import pixel_change
from microwork.retraining.headlines import staleness
from microwork.retraining.outside import assistants, cats_dogs
from microwork.retraining.stream import often_gain
from microwork.retraining.tweets import fresh_gain

FEW = "Data sets that we chose cannot speak for machines in general."  # our experiments bear no firm verdict, for any claim


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """Verdicts on claims about machines."""
    return [*_ageing(claims, registry), *_before(claims, registry), *_tasks(claims, registry), *_rates(claims, registry)]


def _ageing(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    often, stale = registry["retraining.elec2-gain-often"], registry["retraining.headlines-titles-staleness"]
    searched = registry["retraining.realtimeqa-gpt54-search-gain"]
    return [
        tested(
            claims["machines-need-retraining"], Check.NEIGHBOUR, often,
            "On electricity prices, monthly retraining beats yearly by [[retraining.elec2-gain-often]] points. On headlines, "
            "fresh labels gain [[retraining.headlines-fresh-gain-late-titles|full]]. On news, a search gains GPT-5.4 "
            "[[retraining.realtimeqa-gpt54-search-gain|full]] without retraining. Nothing shows that all need it, or constantly.",
            above=0, weak=FEW, beside=[registry["retraining.headlines-fresh-gain-late-titles"], searched],
            differs="This is a plain model of electricity prices, which needs no people for its labels. It is not an assistant "
            "or a search engine.",
            flips=[Assumption("stream-first", often_gain), wider("stream-range", often)],
        ),
        tested(
            claims["change-causes-retraining"], Check.NEIGHBOUR, stale,
            "On headlines, we estimate that age costs a model [[retraining.headlines-titles-staleness|full]] points, but harder "
            "texts may explain it. As many fresh labels gain [[retraining.headlines-equal-labels-gain|full]]. "
            "Firms’ own records would settle it.",
            above=0, weak=FEW, beside=[registry["retraining.headlines-equal-labels-gain"]],
            differs="These are newspaper headlines from 1996 to 2006, sorted by a plain model. They do not show what consumers "
            "do or write online.",
            flips=[
                Assumption("headlines-share", lambda share: staleness(share=share)),
                Assumption("headlines-spaced", lambda spaced: staleness(spaced=spaced)),
                wider("headlines-range", stale),
            ],
        ),
        tested(
            claims["needed-after-deployment"], Check.NEIGHBOUR, registry["retraining.tweets-fresh-gain"],
            "On tweets, labels that microworkers made two years later gained [[retraining.tweets-fresh-gain|full]] points, so "
            "the gain may be nothing. On news, a search gains GPT-5.4 [[retraining.realtimeqa-gpt54-search-gain|full]] points "
            "without any labels.",
            above=0, weak=FEW, beside=[searched],
            differs="These are tweets on vaccines, labelled for a study. They do not come from a system in service.",
            flips=[Assumption("tweets-alike", fresh_gain)],
        ),
    ]  # fmt: skip


def _before(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    facts = [("retraining/facts", "tweets-training-script"), ("retraining/facts", "timelms-tweets-per-update")]
    return [
        read(
            claims["needed-before-deployment"],
            Verdict.FITS,
            "People labelled street scenes and tweets before machines learnt from them: that shows use, not need. One language "
            "model labels better than the crowd, by [[retraining.model-over-crowd]] points; examples that another made up taught "
            "as well as people’s ([[retraining.human-over-gpt4-examples|full]] points).",
            "how published data sets and models were made",
            [*facts, ("retraining/facts", "cityscapes-fine"), ("retraining/shares", "gilardi-accuracy-gap")],
            beside=[registry["retraining.model-over-crowd"], registry["retraining.human-over-gpt4-examples"]],
        ),
    ]


def _tasks(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    fine, change = ("retraining/facts", "cityscapes-fine"), registry["retraining.datasets-pixel-change"]
    annotator = ("retraining/texts", "annotator-complexity")
    return [
        tested(
            claims["more-complex-demands"], Check.NEIGHBOUR, change,
            "Among new data sets of images, those labelled by pixel rose from [[retraining.datasets-pixel-to-2015]] in the years "
            "to 2015 to [[retraining.datasets-pixel-2019-2021]] from 2019 on. But [[retraining.datasets-undated]] have no date.",
            above=0, weak="Researchers’ data sets are not clients’ orders.",
            differs="These are data sets that researchers published, not orders on platforms. A label by pixel is one kind of "
            "complex demand.",
            flips=[Assumption("births-undated", pixel_change), wider("births-range", change)],
        ),
        read(
            claims["pixel-annotation"],
            Verdict.FITS,
            "One maker of electric cars is known to have ordered such images for self-driving. It is not public how many "
            "clients order them, or since when.",
            "a seller’s account of one order, and a data set for self-driving",
            [("retraining/texts", "client-pixels"), fine],
        ),
        read(
            claims["cars-ever-finer"],
            Verdict.FITS,
            "One annotator describes ever more complex tasks for cars. What cars need from year to year is not public. A "
            "platform’s orders by kind and year would settle it.",
            "one annotator’s account",
            [annotator],
        ),
    ]  # fmt: skip


def _rates(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    right = registry["retraining.assistants-right"]
    return [
        tested(
            claims["cats-dogs-solved"], Check.RECOUNT, registry["retraining.cats-dogs-gain"],
            "On pictures from one collection, a machine was right in [[retraining.cats-dogs-early]] of cases in 2008, and "
            "another in [[retraining.cats-dogs-late]] in 2014.",
            above=0, flips=[Assumption("cats-dogs-pictures", cats_dogs)],
        ),
        tested(
            claims["assistants-90-percent"], Check.NEIGHBOUR, right,
            "In a test from the same month, three assistants answered [[retraining.assistants-right|interval]] of the questions "
            "correctly. We do not know who measured the published rate, or on what.",
            differs="Testers asked questions in English and judged the answers. The claim may mean the share of words "
            "understood.",
            flips=[Assumption("assistants-weakest", assistants), wider("assistants-range", right)],
        ),
        tested(
            claims["accuracy-90"], Check.ARITHMETIC, registry["retraining.wrong-share"],
            "An algorithm that is right in [[retraining.accuracy-claimed]] of cases is wrong in [[retraining.wrong-share]]. "
            "This is a matter of subtraction.",
            exact=True,
        ),
    ]  # fmt: skip

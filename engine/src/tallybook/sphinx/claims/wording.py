"""What the report says of a published figure, wherever the figure goes: into a card, a citation, a
frame, an index or a file of data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tallybook.language import capital, ended
from tallybook.language import gettext as _
from tallybook.report import Report
from tallybook.sphinx.claims import badges


class Word(NamedTuple):
    """A claim as its figure carries it: who said what; the word on it, with chance and flag, and
    its key; and what was found, with its range, if anything was."""

    claim: str
    verdict: str
    judged: str
    found: str


def of_claim(report: Report, claim_id: str, but: str = "") -> Word:
    """``but``: the number that carries it, which need not name itself as what was found."""
    claim, judgement, found = report.claims[claim_id], report.judgements[claim_id], ""
    if judgement.found and (name := judgement.found[0]) != but:
        value, label = report.whole(name), report.numbers[name].label
        found = _("Found: {value} ({label})").format(value=value, label=label)
    said = _("{who}: {claim}").format(who=badges.told(claim), claim=claim.statement.rstrip("."))
    return Word(said, str(judgement.verdict), capital(badges.whole(judgement)), found)


def of_number(report: Report, name: str) -> list[Word]:
    """Of the claims whose figure a number is; and of the first of those whose word rests on it, and
    how many more there are."""
    published = report.published(name)
    rests = [claim_id for claim_id in report.resting(name) if claim_id not in published]
    words = [of_claim(report, claim_id, name) for claim_id in (*published, *rests[:1])]
    if more := len(rests[1:]):
        words[-1] = words[-1]._replace(found=_("and {count} more").format(count=more))
    return words


def of_numbers(report: Report, names: Iterable[str]) -> list[Word]:
    """Of the claims whose figures some numbers are, each once."""
    every = dict.fromkeys(one for name in names for one in report.published(name))
    return [of_claim(report, claim_id) for claim_id in every]


def text(words: Iterable[Word]) -> str:
    """The words as sentences in one line."""
    parts = (part for word in words for part in (word.claim, word.judged, word.found))
    return " ".join(ended(capital(part)) for part in parts if part)

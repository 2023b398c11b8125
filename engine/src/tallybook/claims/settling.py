"""What would settle a claim: a document, the place in it, what to look for, and the verdict that
follows from each answer.

``data/<chapter>/settles.csv`` names the documents and the questions, ``data/<chapter>/answers.csv``
the answers that a document may give. A reader who has the paper in hand adds its source to the row
of the answer that it gives, and the next build gives the verdict by the same rule that printed it
in advance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tallybook import data
from tallybook.claims import rows, rules
from tallybook.claims.claim import Claim
from tallybook.claims.model import Answer, Judgement, Settling
from tallybook.claims.vocabulary import UNSETTLED, Check, ClaimError, Verdict
from tallybook.data.provenance import Fact

PUBLIC = ("open", "paper")  # a document that anybody can get, and we did not read


def answered(
    claim: Claim,
    says: str,
    low: float | None,
    high: float | None,
    above: float | None = None,
    below: float | None = None,
) -> Verdict:
    """The verdict that follows if a document says so.

    says: ``figure`` for a count of what the claim names, from ``low`` to ``high``, held against the
    published figure or a threshold; ``name`` if the figure turns out to be of something else;
    otherwise a part of ``rules.documents``. Raises ``ClaimError`` for a figure without its ends, or
    one that has nothing to be held against.
    """
    if says == "name":
        return Verdict.SOMETHING_ELSE
    if says != "figure":
        return rules.documents(
            **{part: says == part for part in ("same", "like", "against", "unlike")}
        )
    if low is None or high is None or low > high:
        raise ClaimError(
            f"claim {claim.claim_id!r}: found the figure {low} to {high}; expected its least and"
            " its most"
        )
    if above is not None or below is not None:
        return rules.threshold((low, high), above=above, below=below)
    return rules.quantity(
        claim.ends, claim.said, (low, high), claim.unit == "percent", rules.thresholds()
    )


def entries(
    claims: Mapping[str, Claim], chapters: Iterable[str], folder: Path | None = None
) -> dict[str, tuple[Settling, ...]]:
    """For each claim what would settle it, with the verdict of every answer.

    Raises ``ClaimError`` for an unknown claim, one without two answers, or one whose answers all
    give the same verdict.
    """
    found: dict[str, list[Settling]] = {}
    for chapter in chapters:
        table = f"{chapter}/settles"
        if table not in data.names(folder):
            continue
        place = f"data/{table}.csv"
        told = rows.read(f"{chapter}/answers", folder, place)
        known = rows.read("documents", folder, place)
        documents = {row["document_id"]: row for row in known}
        for line, row in enumerate(rows.read(table, folder), start=2):
            if row["claim_id"] not in claims:
                raise ClaimError(
                    f"{place}, row {line}, column claim_id: found no claim {row['claim_id']!r};"
                    " expected one of data/claims.csv"
                )
            found.setdefault(row["claim_id"], []).append(
                _entry(claims, documents, row, told, chapter)
            )
    return {name: tuple(each) for name, each in found.items()}


def _entry(
    claims: Mapping[str, Claim],
    documents: Mapping[str, Mapping[str, Any]],
    row: Mapping[str, Any],
    told: Iterable[Mapping[str, Any]],
    chapter: str,
) -> Settling:
    place = f"data/{chapter}/settles.csv, {row['claim_id']}/{row['document_id']}"
    claim, document = claims[row["claim_id"]], documents.get(row["document_id"])
    if document is None:
        raise ClaimError(f"{place}: found no such document; expected a row of data/documents.csv")
    if claim.repeats:
        raise ClaimError(f"{place}: found a claim that repeats another; expected {claim.repeats!r}")
    given = [
        one
        for one in told
        if (one["claim_id"], one["document_id"]) == (row["claim_id"], row["document_id"])
    ]
    answers = tuple(_answer(claim, row, one) for one in given)
    if len({one.verdict for one in answers}) < 2:
        raise ClaimError(
            f"{place}: found {len(answers)} answers in answers.csv; expected two or more, of unlike"
            " verdicts"
        )
    found = [(answer, one) for answer, one in zip(answers, given, strict=True) if one["found_in"]]
    if len(found) > 1 or any(not (one["locator"] and one["grade"]) for _, one in found):
        raise ClaimError(
            f"{place}: found {len(found)} answers with a source; expected one at most, with its"
            " place and grade"
        )
    return Settling(
        row["document_id"],
        document["title"],
        document["address"],
        document["held_by"],
        document["access"],
        row["place"],
        row["question"],
        f"data/{chapter}/answers.csv: {row['claim_id']},{row['document_id']}",
        answers,
        next(((answer, _fact(chapter, one)) for answer, one in found), None),
    )


def _answer(claim: Claim, row: Mapping[str, Any], one: Mapping[str, Any]) -> Answer:
    said = (one["says"], one["low"], one["high"])
    return Answer(one["answer"], *said, answered(claim, *said, row["above"], row["below"]))


def _fact(chapter: str, row: Mapping[str, Any]) -> Fact:
    key = "/".join((row["claim_id"], row["document_id"], row["answer"]))
    return Fact(f"{chapter}/answers", key, row["found_in"], row["locator"], row["grade"])


def with_entries(
    judgements: Mapping[str, Judgement],
    claims: Mapping[str, Claim],
    chapters: Iterable[str],
    folder: Path | None = None,
) -> dict[str, Judgement]:
    """Judgements with what would settle them, and settled where a reader has found an answer.

    Where a public document was not read, *nothing public* becomes *not read by us*. Raises
    ``ClaimError`` for an unsettled claim that nothing is said of.
    """
    known = entries(claims, tuple(chapters), folder)
    return {name: _with(one, claims[name], known.get(name, ())) for name, one in judgements.items()}


def _with(one: Judgement, claim: Claim, settles: tuple[Settling, ...]) -> Judgement:
    for each in settles:
        if each.found:
            one = _settled(claim, each)
    if one.verdict is Verdict.NOTHING_PUBLIC and any(each.access in PUBLIC for each in settles):
        one = replace(one, verdict=Verdict.NOT_READ)
    if one.verdict in UNSETTLED and not settles:
        raise ClaimError(
            f"data/{claim.chapter}/settles.csv: found nothing for {claim.claim_id!r}, whose verdict"
            f" is {one.verdict!s}; expected the document that would settle it"
        )
    return replace(one, settles=settles if one.verdict in UNSETTLED else ())


def _settled(claim: Claim, settling: Settling) -> Judgement:
    """The judgement by the answer that a reader found; nothing of the one before is left."""
    assert settling.found is not None
    answer, fact = settling.found
    return Judgement(
        claim.claim_id,
        Check.DOCUMENTS,
        answer.verdict,
        f"{settling.document}: {answer.answer}.",
        read="the document that was named as settling it",
        facts=(fact,),
    )

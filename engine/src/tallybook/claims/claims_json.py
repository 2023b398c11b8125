"""The content of ``claims.json``: every claim with the word on it and what that rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tallybook.claims.judgement import Chances, Judgement, Said
from tallybook.data.provenance import whole

COPIED = (
    *("claim_id", "chapter", "weight", "hedge", "said_by", "outlet", "date", "statement"),
    *("key_phrase", "published"),
)
TOLD = ("kind", "found", "lacks", "gives", "document")


def records(report: Any, hrefs: Mapping[str, str]) -> list[dict[str, Any]]:
    """A record for each claim, repeats among them; ``hrefs`` maps a claim's id to its address in
    the site."""
    return [
        _record(report, name, judgement, hrefs.get(name))
        for name, judgement in report.judgements.items()
    ]


def published(report: Any, answer_id: str) -> list[dict[str, Any]]:
    """The figures that are held against an answer, as ``answers.json`` has them."""
    return [
        {
            "claim_id": name,
            "figure": report.claims[name].value,
            **_chances(one.chances),
            "hidden": _said(one.hidden),
            "word": str(one.verdict),
        }
        for name, one in report.judgements.items()
        if one.chances and one.found == (answer_id,) and not report.claims[name].repeats
    ]


def _record(report: Any, claim_id: str, judgement: Judgement, href: str | None) -> dict[str, Any]:
    claim = report.claims[claim_id]
    numbers = [report.numbers[name] for name in judgement.found]
    facts = whole([*judgement.facts, *(fact for number in numbers for fact in number.lineage)])
    answer = next((name for name in judgement.found if name in report.answered.answers), None)
    counts = {"counts": judgement.counts, "instead_of": judgement.instead_of}
    return {
        **{name: getattr(claim, name) for name in COPIED},
        "word": str(judgement.verdict),
        "chance": _part(judgement.chance),
        "chances": judgement.chances and _chances(judgement.chances),
        "hidden": _said(judgement.hidden),
        "bare": _said(judgement.bare),
        "doubled": _said(judgement.doubled),
        "others": [
            {"answer": one, **(_said(by.said) or {})} for one, by in judgement.others.items()
        ],
        "answer": answer,
        "counts": counts if judgement.counts else None,
        "witnesses": list(judgement.witnesses),
        **{name: getattr(judgement, name) or None for name in TOLD},
        "reason": report.expand(judgement.reason),
        "repeats": claim.repeats,
        "lineage": [{"table": fact.table, "row": fact.row or None} for fact in facts],
        "href": href,
    }


def _said(said: Said | None) -> dict[str, Any] | None:
    return said and {"word": str(said[0]), "chance": _part(said[1])}


def _chances(found: Chances) -> dict[str, float]:
    parts = {"too_high": found.too_high, "about_right": found.about_right}
    parts |= {"too_low": found.too_low, "best_possible": found.best}
    return {name: one / 100 for name, one in parts.items()}


def _part(chance: int | None) -> float | None:
    return None if chance is None else chance / 100

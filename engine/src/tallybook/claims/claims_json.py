"""The content of ``claims.json``: every claim with all that its verdict rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from tallybook.claims.model import Judgement
from tallybook.data.provenance import whole


def records(report: Any, hrefs: Mapping[str, str]) -> list[dict[str, Any]]:
    """A record for each claim, repeats among them; ``hrefs`` maps a claim's id to its address in
    the site."""
    return [
        _record(report, name, judgement, hrefs.get(name))
        for name, judgement in report.judgements.items()
    ]


COPIED = (
    *("claim_id", "chapter", "weight", "asserts", "place", "hedge", "said_by", "outlet"),
    *("date", "statement", "key_phrase", "published"),
)


def _record(report: Any, claim_id: str, judgement: Judgement, href: str | None) -> dict[str, Any]:
    claim = report.claims[claim_id]
    head = claim.repeats or claim_id
    group = [one for one in report.claims.values() if (one.repeats or one.claim_id) == head]
    numbers = [report.numbers[number_id] for number_id in (*judgement.found, *judgement.used)]
    facts = whole([*judgement.facts, *(fact for number in numbers for fact in number.lineage)])
    return {
        **{name: getattr(claim, name) for name in COPIED},
        "check": str(judgement.check),
        "verdict": str(judgement.verdict),
        **_tests(judgement),
        "settles": [
            {
                "document": one.document,
                "address": one.address,
                "access": one.access,
                "place": one.place,
                "question": one.question,
                "row": one.row,
                "answers": [asdict(answer) for answer in one.answers],
            }
            for one in judgement.settles
        ],
        "found": list(judgement.found),
        "used": list(judgement.used),
        "read": judgement.read,
        "lacks": {str(thing): texts for thing, texts in judgement.lacks.items()},
        "reason": report.expand(judgement.reason),
        "repeats": claim.repeats,
        "outlets": [
            {"claim_id": one.claim_id, "outlet": one.outlet, "date": one.date} for one in group
        ],
        "lineage": [{"table": fact.table, "row": fact.row or None} for fact in facts],
        "href": href,
    }


def _tests(judgement: Judgement) -> dict[str, Any]:
    """How a claim was tested: its main test, and any others in ``tests``; all ``None`` for a claim
    that was not tested."""
    shown = [
        {
            "measurement": test.measurement,
            "number": test.number,
            "test": {"kind": test.kind, "limit": test.limit},
            "range": dict(zip(("value", "low", "high"), test.range, strict=True)),
            "scale": test.scale,
            "verdict": str(test.verdict),
            "severity": test.severity and asdict(test.severity),
        }
        for test in judgement.tests
    ]
    main = shown[0] if shown else {}
    names = ("measurement", "test", "range", "scale", "severity")
    turning, count = judgement.fragile or (None, None)
    return {
        **{name: main.get(name) for name in names},
        "tests": shown,
        "fragile": None if count is None else {"turning": turning, "of": count},
        "flips": [
            {
                "assumption": one.assumption,
                "unit": one.unit,
                "value": one.value,
                "range": [one.least, one.most],
                "reason": one.reason,
                "basis": one.basis,
                "turns": [{"at": at, "verdict": str(verdict)} for at, verdict in flip.turns],
            }
            for flip in judgement.flips
            for one in [flip.axis]
        ],
    }

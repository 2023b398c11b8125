"""This report, as the engine asks for it: its pages, its chapters, its claims and how their verdicts look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from functools import partial
from types import ModuleType
from typing import Any

from tallybook.contract import Look, Table
from tallybook.data.provenance import whole
from tallybook.model.numbers import Registry
from tallybook.report import Provider, Report

from microwork import HERE, claims, since
from microwork.claims import Claim, Judgement, Verdict, tables

PAGES = {role: f"chapters/{role}" for role in ("numbers", "ledger", "methods", "sources", "glossary", "cite")}


def _explained(looks: Mapping[Verdict, Look]) -> Mapping[str, Look]:
    """Looks with the meaning of each verdict."""
    return {verdict: replace(look, meaning=claims.MEANING[verdict]) for verdict, look in looks.items()}


class Microwork(Provider):
    """The report with the claims of the press and their verdicts."""

    CHAPTERS_GIVE = ("numbers", "judgements")
    # A verdict's place on a scale from worst to best; one that leaves a claim open has none.
    VERDICTS: Mapping[str, Look] = _explained(
        {
            Verdict.HOLDS: Look("ok", "M2 9l4 4 8-10", 5),
            Verdict.DOCUMENTED: Look("ok", "M4 2h6l3 3v9H4zM6 8h5M6 11h5", 4),
            Verdict.NOT_CONTRADICTED: Look("near", "M2 10c3-6 5-6 6-3s3 3 6-3", 4),
            Verdict.DOUBTFUL: Look("over", "M2 6c3 4 5 4 6 1s3-3 6 3", 2),
            Verdict.TOO_HIGH: Look("over", "M8 14V3M3 8l5-5 5 5", 2),
            Verdict.TOO_LOW: Look("over", "M8 2v11M3 8l5 5 5-5", 2),
            Verdict.CONTRADICTED: Look("over", "M3 3l10 10M13 3L3 13", 1),
            Verdict.SOMETHING_ELSE: Look("name", "M3 15V2h9l-2 3 2 3H3", 3),
            Verdict.UNDECIDED: Look("none", "M2 5h12M2 11h12"),
            Verdict.NOTHING_PUBLIC: Look("cited", "M3 4h10M3 8h10M3 12h6"),
            Verdict.NOT_READ: Look("cited", "M2 4q3-2 6 0q3-2 6 0v9q-3-2-6 0q-3-2-6 0zM8 4v9"),
        }
    )

    TABLES: Mapping[str, Callable[[Any], Table]] = {
        "verdicts": tables.verdicts,
        "checks": tables.checks,
        "coding": tables.coding,
        "example": tables.example,
        "thresholds": tables.thresholds,
        "evidence": tables.evidence,
        "standing": tables.standings,
        "timeline": since.timeline,
    }

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.TABLES = {**self.TABLES, **{f"since-{chapter}": partial(since.known, chapter) for chapter in self.CHAPTERS}}

    def judge(self, modules: Iterable[ModuleType], registry: Registry) -> tuple[dict[str, Claim], dict[str, Judgement]]:
        """All claims, and the judgements of all chapters. Raises ``ClaimError`` for a test that leads back to its own claim."""
        said = claims.claims()
        found = [judgement for module in modules for judgement in module.judgements(said, registry)]
        settled = claims.settle(said, found, self.CHAPTERS, registry)
        claims.refuse(found, claims.reports(said), registry)
        claims.refuse_weak(settled.values(), registry)
        return said, settled

    def count(self, judgements: Iterable[Any]) -> str:
        """What carries the verdicts, and how many of them an assumption turns."""
        found = list(judgements)
        return " ".join(filter(None, (tables.counted(found), tables.fragile(found))))

    def claims_json(self, report: Any, hrefs: dict[str, str]) -> list[dict[str, Any]]:
        """The content of ``claims.json``: every claim, repeats among them, with all that its verdict rests on."""
        return [_record(report, name, judgement, hrefs.get(name)) for name, judgement in report.judgements.items()]


def _record(report: Report, claim_id: str, judgement: Judgement, href: str | None) -> dict[str, Any]:
    claim = report.claims[claim_id]
    assert isinstance(claim, Claim)
    head = claim.repeats or claim_id
    group = [one for one in report.claims.values() if (one.repeats or one.claim_id) == head]
    numbers = [report.numbers[number_id] for number_id in (*judgement.found, *judgement.used)]
    facts = whole([*judgement.facts, *(fact for number in numbers for fact in number.lineage)])
    return {
        "claim_id": claim_id,
        "chapter": claim.chapter,
        "weight": claim.weight,
        "asserts": claim.asserts,
        "place": claim.place,
        "hedge": claim.hedge,
        "said_by": claim.said_by,
        "outlet": claim.outlet,
        "date": claim.date,
        "statement": claim.statement,
        "key_phrase": claim.key_phrase,
        "published": claim.published,
        "check": str(judgement.check),
        "verdict": str(judgement.verdict),
        **_tests(judgement),
        "settles": [
            {"document": one.document, "address": one.address, "access": one.access, "place": one.place, "question": one.question,
             "row": one.row,
             "answers": [asdict(answer) for answer in one.answers]}
            for one in judgement.settles
        ],
        "found": list(judgement.found),
        "used": list(judgement.used),
        "read": judgement.read,
        "lacks": {str(thing): texts for thing, texts in judgement.lacks.items()},
        "reason": report.expand(judgement.reason),
        "repeats": claim.repeats,
        "outlets": [{"claim_id": one.claim_id, "outlet": one.outlet, "date": one.date} for one in group],
        "lineage": [{"table": fact.table, "row": fact.row or None} for fact in facts],
        "href": href,
    }  # fmt: skip


def _tests(judgement: Judgement) -> dict[str, Any]:
    """How a claim was tested: its main test, and any others in ``tests``; all ``None`` for a claim that was not tested."""
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
        "joint": judgement.joint and asdict(judgement.joint),
        "tests": shown,
        "fragile": None if count is None else {"turning": turning, "of": count},
        "flips": [
            {"assumption": one.assumption, "unit": one.unit, "value": one.value, "range": [one.least, one.most],
             "reason": one.reason, "basis": one.basis,
             "turns": [{"at": at, "verdict": str(verdict)} for at, verdict in flip.turns]}
            for flip in judgement.flips for one in [flip.axis]
        ],
    }  # fmt: skip


provider = Microwork(HERE, PAGES, key="microwork")
CHAPTERS = tuple(provider.CHAPTERS)
load, content_hash, kernel_environment = provider.load, provider.content_hash, provider.kernel_environment
__all__ = ["CHAPTERS", "Microwork", "Report", "content_hash", "kernel_environment", "load", "provider"]

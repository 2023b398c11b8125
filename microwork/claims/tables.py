"""Tables about the verdicts, for the page on methods: what the words mean, how often each came out, other thresholds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tallybook import data
from tallybook.contract import Table
from tallybook.model.formatting import short

from microwork.claims import rules
from microwork.claims.judge import compared, distance_unit
from microwork.claims.model import CHECKED, MEANING, Check, Claim, Judgement, Verdict, heads
from microwork.claims.settle import turned

EXAMPLE = "women-share-cnrs"


def counted(found: list[Judgement]) -> str:
    """Claims by what they were tested on, as a sentence. A weak test is one that could bear no firm verdict."""
    data_, none = (
        [one for one in found if one.check in (Check.RECOUNT, Check.NEIGHBOUR)],
        [one for one in found if one.check is Check.NONE],
    )
    weak = sum(one.weak or one.disputed or one.verdict in (Verdict.FITS, Verdict.NO_EVIDENCE) for one in data_)
    tested = f"{len(data_) or 'none'} on independent data"
    tested += f" ({'all' if weak == len(data_) else weak} by a weak test)" if weak else ""
    read = f"{len(found) - len(data_) - len(none) or 'none'} on documents or arithmetic"
    rest = f"; {len(none)} cannot be checked" if none else ""
    return f"We looked at {len(found)} claims. We tested {tested} and {read}{rest}." if len(found) > 1 else ""


def verdicts(report: Any) -> Table:
    """Each verdict, its meaning, and how many claims got it."""
    found = [judgement.verdict for _, judgement in _heads(report)]
    rows = [[str(verdict), meaning, str(found.count(verdict))] for verdict, meaning in MEANING.items()]
    return "The verdicts", ["Verdict", "Meaning", "Claims"], rows


def checks(report: Any) -> Table:
    """Each kind of check, its meaning, and how many claims it was used for."""
    found = [judgement.check for _, judgement in _heads(report)]
    rows = [[str(check), meaning, str(found.count(check))] for check, meaning in CHECKED.items()]
    return "What a claim is checked against", ["Check", "What is done", "Claims"], rows


def example(report: Any) -> Table:
    """One verdict step by step."""
    figures = [name for name, one in report.judgements.items() if one.found and one.said is not None]
    if not figures:
        return "One verdict, step by step", ["Step", "Here"], []
    name = EXAMPLE if EXAMPLE in figures else figures[0]
    claim, one = report.claims[name], report.judgements[name]
    limits = rules.thresholds()
    most = f"{short(limits.points)} points" if one.severity.unit == "points" else f"{short(limits.factor)} times"
    rows = [
        ["What was said", f"{claim.said_by}, {claim.day}: {claim.statement}"],
        ["Check", f"{one.check}: {one.differs}"],
        ["What was found in that check", f"[[{one.found[0]}|full]]"],
        ["Distance from the figure to the farther end of that range", one.severity.words],
        ["Distance allowed for a claim that holds", f"{most} at most"],
        ["Verdict", str(one.verdict)],
        *(["What would change the verdict", turned(flip)] for flip in one.flips),
    ]
    return "One verdict, step by step", ["Step", "Here"], rows


def thresholds(report: Any) -> Table:
    """How many verdicts another threshold would change, of those in which a figure was compared."""
    judged = [pair for pair in _heads(report) if pair[1].said is not None and not pair[1].disputed]
    frame, rows = data.table("thresholds"), []
    for row in frame.to_dict("records"):
        for value in (row["less"], row["more"]):
            limits = replace(rules.thresholds(), **{str(row["threshold_id"]): float(value)})
            moved = [claim.claim_id for claim, one in judged if _again(claim, one, limits) is not one.verdict]
            unit = distance_unit(str(row["unit"]))
            words = f"{len(moved)} of {len(judged)}" + (f": {', '.join(moved)}" if moved else "")
            rows.append([f"{short(value)} {unit}", f"{short(float(row['value']))} {unit}", words])
    return "Verdicts under other thresholds", ["A threshold of", "Instead of", "Verdicts that change"], rows


def _again(claim: Claim, judgement: Judgement, limits: rules.Thresholds) -> Verdict:
    assert judgement.range is not None
    return compared(claim, judgement.range, judgement.weak, limits)[0]


def _heads(report: Any) -> Iterable[tuple[Claim, Judgement]]:
    return [(claim, report.judgements[claim.claim_id]) for claim in heads(report.claims.values())]

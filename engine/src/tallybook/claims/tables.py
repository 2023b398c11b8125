"""Tables about the verdicts: what the words mean, what the evidence carries, what would settle a
claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from tallybook import data
from tallybook.claims import measurements, rules, standing
from tallybook.claims.claim import Claim, heads
from tallybook.claims.comparison import compared, distance_unit
from tallybook.claims.model import Judgement
from tallybook.claims.settle import turned
from tallybook.claims.vocabulary import CHECKED, MEANING, MEASURED, Check
from tallybook.contract import Table
from tallybook.model.formatting import short

EXAMPLE = "age-25-44"


def counted(found: Sequence[Judgement]) -> str:
    """What claims rest on, as a sentence or two: each measurement and each witness counts once."""
    if len(found) < 2:
        return ""
    tested = [one for one in found if one.check in MEASURED]
    texts = [one for one in found if one.check is Check.DOCUMENTS]
    none = sum(one.check is Check.NONE for one in found)
    carried = len(measurements.carried(tested))
    who = len(standing.witnesses(fact for one in texts for fact in one.facts))
    parts = []
    if tested:
        sources = len({who for one in tested for test in one.tests for who in test.witnesses})
        measured = f"{_of(carried, 'measurement')} from {_of(sources, 'source')}"
        parts.append(f"{measured} {_carry(carried)} {_of(len(tested), 'verdict')}")
    if texts:
        parts.append(f"{_of(who, 'witness', 'witnesses')} {_carry(who)} {len(texts)} more")
    if sums := sum(one.check is Check.ARITHMETIC for one in found):
        parts.append(f"arithmetic carries {sums} more")
    said = [f"We looked at {len(found)} claims."]
    if parts:
        said.append("; ".join(parts) + ".")
    if none:
        said.append(f"For {none} we had nothing to hold the claim against.")
    return " ".join(said)


def fragile(found: Iterable[Judgement]) -> str:
    """How many tested verdicts turn within the ranges that we ourselves call plausible, as a
    sentence."""
    known = [one.fragile for one in found if one.fragile]
    turning = sum(bool(count) for count, _ in known)
    if not known:
        return ""
    rests = (
        f"Of {_of(len(known), 'verdict')} that rest{'s' if len(known) == 1 else ''} on assumptions"
    )
    return f"{rests}, {turning} would change within a range that we call plausible."


def _of(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def _carry(count: int) -> str:
    return "carries" if count == 1 else "carry"


def verdicts(report: Any) -> Table:
    """Each verdict, its meaning, and how many claims got it."""
    found = [judgement.verdict for _, judgement in _heads(report)]
    rows = [
        [str(verdict), meaning, str(found.count(verdict))] for verdict, meaning in MEANING.items()
    ]
    return "The verdicts", ["Verdict", "Meaning", "Claims"], rows


def checks(report: Any) -> Table:
    """Each kind of check, its meaning, and how many claims it was used for."""
    found = [judgement.check for _, judgement in _heads(report)]
    rows = [[str(check), meaning, str(found.count(check))] for check, meaning in CHECKED.items()]
    return "What a claim is checked against", ["Check", "What is done", "Claims"], rows


def example(report: Any) -> Table:
    """One verdict step by step."""
    figures = [
        name
        for name, one in report.judgements.items()
        if one.tests and one.tests[0].kind == "figure" and one.severity
    ]
    if not figures:
        return "One verdict, step by step", ["Step", "Here"], []
    name = EXAMPLE if EXAMPLE in figures else figures[0]
    claim, one = report.claims[name], report.judgements[name]
    limits, share = rules.thresholds(), report.claims[name].unit == "percent"
    most = f"{short(limits.near(share))} {'points' if share else 'times'}"
    rows = [
        ["What was said", f"{claim.said_by}, {claim.day}: {claim.statement}"],
        ["Check", f"{one.check}: {one.differs}" if one.differs else str(one.check)],
        ["What was found in that check", f"[[{one.found[0]}|full]]"],
        ["Distance from the figure to the farther end of that range", one.severity.words],
        ["Distance allowed for a claim that holds", f"{most} at most"],
        ["Verdict", str(one.verdict)],
        *(["What would change the verdict", turned(flip)] for flip in one.flips),
    ]
    return "One verdict, step by step", ["Step", "Here"], rows


def coding(report: Any) -> Table:
    """How far the two codings of the claims agree."""
    found = data.table("coding").pivot(
        index="claim_id", columns="coder", values=["asserts", "place"]
    )
    names = {"asserts": "What evidence has to show", "place": "The place"}
    rows = [
        [names[one], str(len(found)), str(int((found[one][1] == found[one][2]).sum()))]
        for one in names
    ]
    return "Two codings of the claims", ["What was coded", "Claims", "Both the same"], rows


def thresholds(report: Any) -> Table:
    """How many verdicts another threshold would change, of those in which one figure was compared
    with one number."""
    judged = [
        pair
        for pair in _heads(report)
        if len(pair[1].tests) == 1 and pair[1].tests[0].kind == "figure"
    ]
    frame, rows = data.table("thresholds"), []
    for row in frame.to_dict("records"):
        for value in (row["less"], row["more"]):
            limits = replace(rules.thresholds(), **{str(row["threshold_id"]): float(value)})
            moved = [
                claim.claim_id
                for claim, one in judged
                if _again(claim, one, limits) is not one.verdict
            ]
            unit = distance_unit(str(row["unit"]))
            words = f"{len(moved)} of {len(judged)}" + (f": {', '.join(moved)}" if moved else "")
            rows.append(
                [
                    str(row["quantity"]),
                    f"{short(value)} {unit}",
                    f"{short(float(row['value']))} {unit}",
                    words,
                ]
            )
    return (
        "Verdicts under other thresholds",
        ["Threshold", "If it were", "Instead of", "Verdicts that change"],
        rows,
    )


def _again(claim: Claim, judgement: Judgement, limits: rules.Thresholds) -> Any:
    [test] = judgement.tests
    return compared(claim, test, bool(measurements.known(test.measurement).weak), limits)


def standings(report: Any) -> Table:
    """Each source and row under a verdict: whose words they are, how much was read, the grade and
    why."""
    rows = []
    for name, one in sorted(standing.table().items()):
        where = f"row {name}" if "/" in name else f"{{@{name}}}"
        whose = "the claimants" if one.claimants else one.witness
        rows.append([where, whose, one.read, one.grade, one.reason])
    return "What each source is worth", ["Source", "Witness", "Read", "Grade", "Why"], rows


def _heads(report: Any) -> Iterable[tuple[Claim, Judgement]]:
    return [(claim, report.judgements[claim.claim_id]) for claim in heads(report.claims.values())]


TABLES = {
    "verdicts": verdicts,
    "checks": checks,
    "coding": coding,
    "example": example,
    "thresholds": thresholds,
    "standing": standings,
}

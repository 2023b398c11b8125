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
from tallybook.claims.model import Judgement, Severity
from tallybook.claims.settle import turned
from tallybook.claims.vocabulary import CHECKED, MEANING, MEASURED, Check
from tallybook.language import gettext as _
from tallybook.language import labelled, ngettext
from tallybook.model.formatting import named, short

EXAMPLE = "age-25-44"
Table = tuple[str, list[str], list[list[str]]]  # a caption, the headings, the rows


def counted(found: Sequence[Judgement]) -> str:
    """What claims rest on, as a sentence or two: each measurement and each witness counts once."""
    if len(found) < 2:
        return ""
    tested = [one for one in found if one.check in MEASURED]
    texts = [one for one in found if one.check is Check.DOCUMENTS]
    none = sum(one.check is Check.NONE for one in found)
    said = [_("We looked at {count} claims.").format(count=len(found))]
    if tested:
        said.append(_measured(tested))
    if texts:
        said.append(_witnessed(texts))
    if sums := sum(one.check is Check.ARITHMETIC for one in found):
        said.append(_("Arithmetic carries {verdicts}.").format(verdicts=_verdicts(sums)))
    if none:
        nothing = ngettext(
            "For {count} claim we found nothing that we could read to test it on.",
            "For {count} claims we found nothing that we could read to test them on.",
            none,
        )
        said.append(nothing.format(count=none))
    return " ".join(said)


def _measured(tested: Sequence[Judgement]) -> str:
    carried = len(measurements.carried(tested))
    sources = len({who for one in tested for test in one.tests for who in test.witnesses})
    said = ngettext(
        "{measurements} from {sources} carries {verdicts}.",
        "{measurements} from {sources} carry {verdicts}.",
        carried,
    )
    return said.format(
        measurements=ngettext("{count} measurement", "{count} measurements", carried).format(
            count=carried
        ),
        sources=ngettext("{count} source", "{count} sources", sources).format(count=sources),
        verdicts=_verdicts(len(tested)),
    )


def _witnessed(texts: Sequence[Judgement]) -> str:
    who = len(standing.witnesses(fact for one in texts for fact in one.facts))
    said = ngettext(
        "{witnesses} witness carries {verdicts}.", "{witnesses} witnesses carry {verdicts}.", who
    )
    return said.format(witnesses=who, verdicts=_verdicts(len(texts)))


def _verdicts(count: int) -> str:
    return ngettext("{count} verdict", "{count} verdicts", count).format(count=count)


def fragile(found: Iterable[Judgement]) -> str:
    """How many tested verdicts turn within the ranges that we ourselves call plausible, as a
    sentence."""
    known = [one.fragile for one in found if one.fragile]
    turning = sum(bool(count) for count, _ in known)
    if not known:
        return ""
    if len(known) == 1 and turning:
        return _(
            "The one verdict that rests on assumptions would change within a range that we call"
            " plausible."
        )
    if len(known) == 1:
        return _(
            "The one verdict that rests on assumptions would not change within a range that we call"
            " plausible."
        )
    if not turning:
        said = _(
            "None of the {all} verdicts that rest on assumptions would change within a range that"
            " we call plausible."
        )
    else:
        said = _(
            "Of {all} verdicts that rest on assumptions, {count} would change within a range that"
            " we call plausible."
        )
    return said.format(all=len(known), count=turning)


def verdicts(report: Any) -> Table:
    """Each verdict, its meaning, and how many claims got it."""
    found = [judgement.verdict for _, judgement in _heads(report)]
    rows = [
        [_(str(verdict)), _(meaning), str(found.count(verdict))]
        for verdict, meaning in MEANING.items()
    ]
    return _("The verdicts"), [_("Verdict"), _("Meaning"), _("Claims")], rows


def checks(report: Any) -> Table:
    """Each kind of check, its meaning, and how many claims it was used for."""
    found = [judgement.check for _, judgement in _heads(report)]
    rows = [
        [_(str(check)), _(meaning), str(found.count(check))] for check, meaning in CHECKED.items()
    ]
    heads = [_("Check"), _("What is done"), _("Claims")]
    return _("What a claim is checked against"), heads, rows


def example(report: Any) -> Table:
    """One verdict step by step."""
    figures = [
        name
        for name, one in report.judgements.items()
        if one.tests and one.tests[0].kind == "figure" and one.severity
    ]
    caption, headings = _("One verdict, step by step"), [_("Step"), _("Here")]
    if not figures:
        return caption, headings, []
    name = EXAMPLE if EXAMPLE in figures else figures[0]
    claim, one = report.claims[name], report.judgements[name]
    limits, share = rules.thresholds(), report.claims[name].unit == "percent"
    most, blunt = (
        Severity(limit(share), "points" if share else "times")
        for limit in (limits.near, limits.blunt)
    )
    check = _(str(one.check))
    rows = [
        [_("What was said"), labelled(f"{claim.said_by}, {claim.day}", claim.statement)],
        [_("Check"), labelled(check, one.differs) if one.differs else check],
        [_("What was found in that check"), f"[[{one.found[0]}|full]]"],
        [_("Distance from the figure to the farther end of that range"), one.severity.words],
        [
            _("Distance allowed for a claim that holds"),
            _("{distance} at most").format(distance=most.words),
        ],
        [
            _("Distance that leaves a claim undecided, if its figure lies in that range"),
            _("{distance} or more").format(distance=blunt.words),
        ],
        [_("Verdict"), _(str(one.verdict))],
        *([_("What would change the verdict"), turned(flip)] for flip in one.flips),
    ]
    return caption, headings, rows


def coding(report: Any) -> Table:
    """How far the two codings of the claims agree."""
    found = data.table("coding").pivot(
        index="claim_id", columns="coder", values=["asserts", "place"]
    )
    names = {"asserts": _("What evidence has to show"), "place": _("The place")}
    rows = [
        [names[one], str(len(found)), str(int((found[one][1] == found[one][2]).sum()))]
        for one in names
    ]
    headings = [_("What was coded"), _("Claims"), _("Both the same")]
    return _("Two codings of the claims"), headings, rows


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
            words = _("{count} of {all}").format(count=len(moved), all=len(judged))
            distances = [
                _("{amount} {unit}").format(amount=short(float(one)), unit=named(unit, float(one)))
                for one in (value, row["value"])
            ]
            ids = f": {', '.join(moved)}" if moved else ""
            rows.append([_(str(row["quantity"])), *distances, words + ids])
    headings = [_("Threshold"), _("If it were"), _("Instead of"), _("Verdicts that change")]
    return _("Verdicts under other thresholds"), headings, rows


def _again(claim: Claim, judgement: Judgement, limits: rules.Thresholds) -> Any:
    [test] = judgement.tests
    return compared(claim, test, bool(measurements.known(test.measurement).weak), limits)


def standings(report: Any) -> Table:
    """Each source and row under a verdict: whose words they are, how much was read, the grade and
    why."""
    rows = []
    for name, one in sorted(standing.table().items()):
        where = _("row {name}").format(name=name) if "/" in name else f"{{@{name}}}"
        whose = _("the claimants") if one.claimants else one.witness
        rows.append([where, whose, _(one.read), one.grade, _(one.reason)])
    headings = [_("Source"), _("Witness"), _("Read"), _("Grade"), _("Why")]
    return _("What each source is worth"), headings, rows


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

"""Tables that pages show of claims as a whole (``{report-table} name``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from tallybook.claims import standing
from tallybook.claims.claim import heads
from tallybook.claims.judgement import Judgement
from tallybook.claims.vocabulary import LACKS, MEANING
from tallybook.language import gettext as _

Table = tuple[str, list[str], list[list[str]]]  # a caption, the headings, and the rows


def verdicts(report: Any) -> Table:
    """Each word, its meaning, how many claims got it, and keep it with judged ranges doubled."""
    judgements = _judgements(report)
    found = Counter(one.verdict for one in judgements)
    judged = Counter(one.verdict for one in judgements if one.doubled)
    moved = Counter(one.verdict for one in judgements if one.moved)
    kept = {one: f"{count - moved[one]}/{count}" for one, count in judged.items()}
    rows = [
        [_(str(one)), _(meaning), str(found[one]), kept.get(one, "")]
        for one, meaning in MEANING.items()
    ]
    heads = [_("Word"), _("Meaning"), _("Claims"), _("Kept if judged ranges are twice as wide")]
    return _("The words"), heads, rows


def lacking(report: Any) -> Table:
    """Why claims have no estimate, and how many."""
    found = Counter(one.lacks for one in _judgements(report) if one.lacks)
    rows = [[_(why), str(found[name])] for name, why in LACKS.items() if found[name]]
    return _("Claims without an estimate"), [_("Why"), _("Claims")], rows


def standings(report: Any) -> Table:
    """Each source and row under a judgement: whose words they are, how much was read, the grade and
    why."""
    rows = []
    for name, one in sorted(standing.table().items()):
        where = _("row {name}").format(name=name) if "/" in name else f"{{@{name}}}"
        whose = _("the claimants") if one.claimants else one.witness
        rows.append([where, whose, _(one.read), one.grade, _(one.reason)])
    headings = [_("Source"), _("Witness"), _("Read"), _("Grade"), _("Why")]
    return _("What each source is worth"), headings, rows


def _judgements(report: Any) -> list[Judgement]:
    return [report.judgements[claim.claim_id] for claim in heads(report.claims.values())]


TABLES: dict[str, Callable[[Any], Table]] = {
    "verdicts": verdicts,
    "lacking": lacking,
    "standing": standings,
}

"""``python -m tallybook try CLAIM assumption=value …``: what becomes of a verdict if some of its
assumptions are others, reckoned in Python, as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallybook.claims import panel
from tallybook.claims.vocabulary import ClaimError
from tallybook.errors import TallybookError

if TYPE_CHECKING:
    from tallybook.report import Report

USAGE = "python -m tallybook try CLAIM [ASSUMPTION=VALUE ...]"


def main(arguments: Sequence[str]) -> int:
    """Print the outcome; the exit code is 1 for what cannot be tried, 2 for a wrong call."""
    from tallybook import settings
    from tallybook.report import provider

    if not arguments:
        print(f"tallybook try: found no claim; expected one\n{USAGE}", file=sys.stderr)
        return 2
    claim_id, *pairs = arguments
    try:
        moved = dict(map(_pair, pairs))
        name = settings.report_provider(Path.cwd())
        if name is None:
            raise ClaimError(settings.CONFIG, "no report_provider", "module:name of the report")
        report = provider(name).compute()
        print(json.dumps(tried(report, claim_id, moved), ensure_ascii=False, indent=2))
    except TallybookError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _pair(text: str) -> tuple[str, float]:
    name, equals, value = text.partition("=")
    try:
        if not equals:
            raise ValueError
        return name, float(value)
    except ValueError:
        raise ClaimError("try", repr(text), "an assumption, an equals sign and a number") from None


def tried(report: Report, claim_id: str, moved: Mapping[str, float]) -> dict[str, Any]:
    """What follows from a setting: the main number and the verdict, ours beside it, and each test.

    moved: values by the ids of assumptions; all others stay as we take them. Raises ``ClaimError``
    for a claim that rests on no assumption, and for what ``Argument.settled`` refuses.
    """
    judgement = report.judgements.get(claim_id)
    if judgement is None or judgement.argument is None:
        known = ", ".join(name for name, one in report.judgements.items() if one.argument)
        raise ClaimError(f"claim {claim_id!r}", "no assumption behind it", f"one of {known}")
    argument = judgement.argument
    claim, found = report.claims[claim_id], argument.settled(moved)
    tests = [
        {
            "number": case.model.number.id,
            **dict(zip(("value", "low", "high"), ends, strict=True)),
            **({} if argument.stays else {"verdict": str(verdict)}),
            "sentence": panel.filled(
                report.expand(panel.template(claim, case)), case, ends, found.assumed, argument.axes
            ),
        }
        for case, ends, verdict in zip(argument.cases, found.found, found.each, strict=True)
    ]
    verdict = judgement.verdict if argument.stays else found.verdict
    return {
        "claim": claim_id,
        "assumptions": {axis.id: found.assumed[axis.name] for axis in argument.axes},
        **{name: tests[0][name] for name in ("value", "low", "high")},
        "verdict": str(verdict),
        "ours": str(judgement.verdict),
        "sentence": tests[0]["sentence"],
        "tests": tests,
    }

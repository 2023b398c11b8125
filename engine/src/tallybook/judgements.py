"""Whether the judgements that a report gives are what the contract asks of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tallybook.contract import Claim, ContractError, Judgement, Provider, Report


def check_judgements(report: Report, provider: Provider) -> None:
    """Raise ``ContractError`` with a line for each mistake in the judgements that a report gives."""
    faults = [
        f"judgement of claim {claim_id!r}: {fault}"
        for claim_id, judgement in report.judgements.items()
        for fault in _faults(claim_id, judgement, report, provider)
    ]
    if faults:
        raise ContractError("\n".join(faults))


def _faults(claim_id: str, judgement: Any, report: Report, provider: Provider) -> Iterator[str]:
    """What a judgement lacks, or names that is not there, each as found and expected."""
    if claim_id not in report.claims:
        yield "found no claim of that id; expected one among the report's claims"
        return
    for whose, thing, asked in (("claim", report.claims[claim_id], Claim), ("judgement", judgement, Judgement)):
        missing = [name for name in vars(asked) if not name.startswith("_") and not hasattr(thing, name)]
        if missing:
            yield f"found no {', no '.join(missing)} in the {whose}; expected all that {asked.__module__}.{asked.__name__} has"
            return
    chapter = report.claims[claim_id].chapter
    if chapter not in provider.CHAPTERS:
        yield f"found the chapter {chapter!r}; expected one of {', '.join(provider.CHAPTERS)}"
    if str(judgement.verdict) not in provider.VERDICTS:
        yield f"found the verdict {str(judgement.verdict)!r}; expected one of {', '.join(provider.VERDICTS)}"
    for answer in (answer for one in judgement.settles for answer in one.answers):
        if str(answer.verdict) not in provider.VERDICTS:
            yield f"found the verdict {str(answer.verdict)!r} of an answer; expected one of {', '.join(provider.VERDICTS)}"
    if isinstance(judgement.found, str):
        yield f"found the text {judgement.found!r} as found; expected a list of ids of numbers"
        return
    if not judgement.found and not judgement.read:
        yield "found neither numbers in found nor words in read; expected what the claim was held against"
    used = [*judgement.found, *(piece[0] for piece in report.split(judgement.reason) if not isinstance(piece, str))]
    for number_id in dict.fromkeys(used):
        if number_id not in report.numbers:
            yield f"found the number {number_id!r}, which is not defined; expected a number of the report"

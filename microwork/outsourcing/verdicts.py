"""Outsourcing: a verdict on each press claim.

A claim that something exists is judged by texts that do not come from those who said it. A comparison or a cause is tested on
freelance projects, a weak neighbour of data work for every claim alike, or read in texts where projects say nothing of it.
"""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Claim, Judgement
from microwork.outsourcing import verdicts_read, verdicts_tested


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One verdict for each claim of this chapter that repeats no other."""
    return [*verdicts_tested.judgements(claims, registry), *verdicts_read.judgements(claims, registry)]

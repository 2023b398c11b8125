"""Outsourcing: a verdict on each press claim.

A claim that something exists is judged by texts that do not come from those who said it. A claim on
where microworkers are is tested on the workers of open jobs. A claim on who buys from whom is
tested on freelance projects, a weak neighbour of data work for every claim alike, or read in texts
where projects say nothing of it.
"""

from __future__ import annotations

from tallybook.claims import Claim, Judgement
from tallybook.model.numbers import Registry

from microwork.outsourcing import verdicts_crowd, verdicts_read, verdicts_tested


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One verdict for each claim of this chapter that repeats no other."""
    kinds = (verdicts_crowd, verdicts_tested, verdicts_read)
    return [one for kind in kinds for one in kind.judgements(claims, registry)]

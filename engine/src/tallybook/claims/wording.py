"""The words of the verdicts: ``data/<chapter>/reasons.csv`` says for each claim why.

A row has ``claim_id``, ``reason``, and, where the check needs them, ``read`` (what was read) and
``differs`` (how a neighbour differs from what was claimed). Words stand apart from the code, so
that an editor or a translator finds them in one place.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import NamedTuple

from tallybook import data, project
from tallybook.claims.claim import Claim
from tallybook.claims.vocabulary import ClaimError
from tallybook.data.provenance import untraced


class Wording(NamedTuple):
    """Why, what was read, and how a neighbour differs; empty where nothing is said."""

    reason: str
    read: str
    differs: str


def of(
    claim: Claim, reason: str | None, read: str | None = "", differs: str | None = ""
) -> Wording:
    """The words of a verdict: those that are given, and for what is ``None`` those of the table.

    Raises ``ClaimError`` if something is not given and the claim has no row.
    """
    given = (reason, read, differs)
    if None not in given:
        return Wording(*map(str, given))
    name = f"{claim.chapter}/reasons"
    known = _read(name, project.here().data, data.sha256(name)) if name in data.names() else {}
    found = known.get(claim.claim_id)
    if found is None:
        raise ClaimError(
            f"data/{name}.csv: found no row for {claim.claim_id!r}; "
            "expected the reason of its verdict"
        )
    return Wording(*(said if one is None else one for one, said in zip(given, found, strict=True)))


@functools.lru_cache(maxsize=64)
def _read(name: str, folder: Path, _content: str) -> dict[str, Wording]:
    with untraced():
        rows = data.records(name, folder)
    return {
        row["claim_id"]: Wording(row["reason"], row["read"] or "", row["differs"] or "")
        for row in rows
    }

"""What each source under a verdict is worth: the one table, ``data/standing.csv``, that every
check, count and mark looks in.

A line holds for one row of a table (``income/task_prices/form``), or for all rows of a source
that have no line. Without the table, a source in which a claim was made is one of the claimants,
and every other one speaks for itself.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from tallybook import data, project
from tallybook.builder.cache.results import kept
from tallybook.claims import rows
from tallybook.claims.claim import Claim
from tallybook.claims.vocabulary import ClaimError
from tallybook.data.provenance import Fact, untraced
from tallybook.model.numbers import Number

TABLE = "standing"
COMPLEMENT = "100 less the figure printed"  # a qualifier
OWN = "computed"  # the source of what is our own, such as an assumption


@dataclass(frozen=True)
class Standing:
    """Whether a row reports those who made the claims, who stands behind it, what we read of it,
    and its grade."""

    claimants: bool
    witness: str
    read: str
    grade: str
    reason: str


def table(folder: Path | None = None) -> dict[str, Standing]:
    """All lines, by the source or the row that they are of."""
    return _table(folder or project.here().data)


@functools.cache
@kept  # to read the table takes pandas, which a build that computes nothing does not load
def _table(folder: Path) -> dict[str, Standing]:
    if TABLE not in data.names(folder):
        return {}
    return {
        row["of"]: Standing(
            row["claimants"] == "yes",
            row["witness"],
            row["read"] or "",
            row["grade"],
            row["reason"],
        )
        for row in rows.read(TABLE, folder)
    }


def of(fact: Fact, folder: Path | None = None) -> Standing:
    """The standing of a row. Raises ``ClaimError`` if neither it nor its source has a line."""
    folder = folder or project.here().data
    if not _is_there(folder):
        return Standing(fact.source in _claimants(folder), fact.source, "", fact.grade, "")
    known = table(folder)
    found = known.get(f"{fact.table}/{fact.row}") or known.get(fact.source)
    if found is None:
        raise ClaimError(
            f"data/standing.csv: found no line for {fact.table}, {fact.row or 'all rows'}, or its"
            f" source {fact.source!r}; expected one, as a verdict rests on it"
        )
    return found


@functools.cache
def _is_there(folder: Path) -> bool:
    """Whether the report has the table. It is asked of each row under a verdict, which are many."""
    return TABLE in data.names(folder)


def by_claimants(source_key: str) -> bool:
    """Whether a source as a whole is one of the claimants."""
    folder = project.here().data
    if _is_there(folder):
        known = table(folder).get(source_key)
        return bool(known and known.claimants)
    return "claims" in data.names(folder) and source_key in _claimants(folder)


def is_published(number: Number) -> bool:
    """Whether a number is a figure of the claimants, from one row."""
    return len(number.facts) <= 1 and any(by_claimants(fact.source) for fact in number.facts)


def publishes(claim: Claim, number: Number) -> bool:
    """Whether a number is the figure of a claim as it was published: one row of the claimants has
    it, from the text where the claim was made, or in the same chapter and unit, where a text on the
    same study may also have it with more digits."""
    if not is_published(number):
        return False
    sources = [fact.source for fact in number.facts]
    turned = 100 - number.value if claim.qualifier == COMPLEMENT else number.value
    same = {number.value, turned} & {claim.value, claim.value_high}
    if (number.chapter, number.unit) != (claim.chapter, claim.unit):
        return bool(same) and sources == [claim.source_key]
    more = claim.value is not None and _shortened(number.value, claim.value)
    return bool(same) or (more and _witness(sources[0]) == _witness(claim.source_key))


def _shortened(value: float, said: float) -> bool:
    """Whether a figure was said with fewer digits, rounded or cut off."""
    step = 10.0 ** int(Decimal(repr(said)).normalize().as_tuple().exponent)
    return abs(value - said) < step and value % step != 0


def _witness(source_key: str) -> str:
    folder = project.here().data
    known = table(folder).get(source_key) if _is_there(folder) else None
    return known.witness if known else source_key


@functools.cache
def _claimants(folder: Path) -> frozenset[str]:
    """The sources in which claims were made: in a report without the table they are what it calls
    the claimants, and every other source speaks for itself."""
    return frozenset(row["source_key"] for row in rows.read("claims", folder))


def sourced(facts: Iterable[Fact]) -> list[Fact]:
    """The rows that come from somebody else, with those of tables that were read whole each by
    itself."""
    each = [
        row
        for fact in facts
        for row in ([fact] if fact.row else _rows(fact.table, project.here().data))
    ]
    return [fact for fact in each if fact.source and fact.source != OWN]


@functools.cache
def _rows(name: str, folder: Path) -> tuple[Fact, ...]:
    """Every row of a table that names a source."""
    with untraced():
        frame = data.table(name, folder)
    if "source_key" not in frame:
        return ()
    said = frame.reindex(columns=["source_key", "locator", "grade"]).astype(object)
    words = said.where(said.notna(), "").itertuples(index=False)
    return tuple(
        Fact(name, key, *map(str, each))
        for key, each in zip(data.keys(name, folder), words, strict=True)
    )


def witnesses(facts: Iterable[Fact], folder: Path | None = None) -> set[str]:
    """Who stands behind some rows, each once however many outlets tell of it."""
    return {of(fact, folder).witness for fact in sourced(facts)}

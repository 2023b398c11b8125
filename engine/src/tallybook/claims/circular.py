"""Refuses a verdict that rests on the claim itself, by the lineage of the numbers.

Each claim names the rows that report its figure (``data/<chapter>/reports.csv``). Where the number
that tests a claim descends from such a row, or from one of another claim whose own test leads back
to it, the test cannot fail, and the build does.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from functools import partial
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

from tallybook import data
from tallybook.claims import rows, standing
from tallybook.claims.claim import Claim
from tallybook.claims.model import Judgement
from tallybook.claims.vocabulary import MEASURED, Check, ClaimError
from tallybook.data.provenance import Fact
from tallybook.model.numbers import Number, Registry

Row = tuple[str, str]  # a table, and the key of a row


def reports(claims: Mapping[str, Claim], folder: Path | None = None) -> dict[str, set[Row]]:
    """For each claim that repeats no other, the rows that report its figure or one of its repeats.

    Raises ``ClaimError`` for a row that is not there, or of a claim that is not.
    """
    found: dict[str, set[Row]] = {
        claim.claim_id: set() for claim in claims.values() if not claim.repeats
    }
    names, known = set(data.names(folder)), functools.cache(partial(data.keys, folder=folder))
    for chapter in dict.fromkeys(claim.chapter for claim in claims.values()):
        table = f"{chapter}/reports"
        if table not in names:
            continue
        for line, row in enumerate(rows.read(table, folder), start=2):
            claim_id, where, key = row["claim_id"], row["table"], row["row"]
            place = f"data/{table}.csv, row {line}"
            if claim_id not in claims:
                raise ClaimError(
                    f"{place}, column claim_id: found no claim {claim_id!r}; expected one of"
                    " data/claims.csv"
                )
            if where not in names:
                raise ClaimError(
                    f"{place}, column table: found no table {where!r}; expected one of the data"
                    " package"
                )
            if key not in known(where):
                raise ClaimError(
                    f"{place}, column row: found no row {key!r} in {where}; expected the key of one"
                )
            found[claims[claim_id].repeats or claim_id].add((where, key))
    return found


def refuse(
    judgements: Iterable[Judgement], told: Mapping[str, set[Row]], registry: Registry
) -> None:
    """Raise ``ClaimError``, with the path printed, if a test leads back to its own claim."""
    tests = {one.claim_id: one.found for one in judgements if one.check in MEASURED}
    edges = {claim: _rests_on(found, told, registry) for claim, found in tests.items()}
    if (path := _circle(edges)) is not None:
        steps = [
            _way(tests[here], told[there], registry, here, there) for here, there in pairwise(path)
        ]
        raise ClaimError(
            "a claim is tested on itself; expected data that do not come from it:\n  "
            + "\n  ".join(steps)
        )


def refuse_weak(judgements: Iterable[Judgement], registry: Registry) -> None:
    """Raise ``ClaimError`` if a verdict rests on a weak fact, on one of the claimants, or on a row
    of a table ``since``.

    Weak is grade C in ``data/standing.csv``. What rests on the claimants' own figures is
    arithmetic, and no test.
    """
    for one in judgements:
        under = one.used if one.check is Check.ARITHMETIC else one.found
        facts = (*one.facts, *(fact for number_id in under for fact in registry[number_id].facts))
        for fact in standing.sourced(facts):
            if fact.table.endswith("/since"):
                raise ClaimError(
                    f"claim {one.claim_id}: found {fact.table}, {fact.row}, under its verdict;"
                    " expected no row of a table of what became known since the claims"
                )
            known = standing.of(fact)
            if known.grade == "C":
                raise ClaimError(
                    f"claim {one.claim_id}: found {fact.table}, {fact.row}, grade C"
                    f" ({known.reason}), under its verdict; expected facts of grade A or B"
                )
            if known.claimants and one.check in MEASURED:
                raise ClaimError(
                    f"claim {one.claim_id}: found {fact.table}, {fact.row}, which reports the"
                    " claimants, under a test; expected data that do not come from them"
                )


def _rests_on(found: Iterable[str], told: Mapping[str, set[Row]], registry: Registry) -> list[str]:
    """The claims whose reported rows some numbers descend from, in order."""
    facts = {fact for number_id in found for fact in registry[number_id].facts}
    return [claim for claim, rows in told.items() if any(_reports(rows, fact) for fact in facts)]


def _reports(rows: set[Row], fact: Fact) -> bool:
    """Does a fact report the claim? A table that was read whole counts with each of its rows."""
    return (fact.table, fact.row) in rows or (
        not fact.row and any(table == fact.table for table, _ in rows)
    )


def _circle(edges: Mapping[str, list[str]]) -> list[str] | None:
    """Claims of which each rests on the next, from the first that is in a circle back to it;
    ``None`` without a circle."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        way = error.args[1][
            :0:-1
        ]  # it goes from what is rested on to what rests on it, and names one claim twice
        at = way.index(next(claim for claim in edges if claim in way))
        return [*way[at:], *way[: at + 1]]
    return None


def _way(found: Iterable[str], rows: set[Row], registry: Registry, here: str, there: str) -> str:
    """In words: claim, number by number, row, and the claim which that row reports."""
    for number_id in found:
        chain: list[str] = []
        number: Number | None = registry[number_id]
        if not any(_reports(rows, fact) for fact in registry[number_id].facts):
            continue
        while number is not None:
            chain.append(number.id)
            number = _parent(number, rows, registry, chain)
        fact = next(fact for fact in registry[chain[-1]].facts if _reports(rows, fact))
        return (
            f"claim {here} <- {' <- '.join(chain)} <- {fact.table}, {fact.row or 'all rows'}, which"
            f" reports claim {there}"
        )
    raise AssertionError("a claim rests on another by none of its numbers")


def _parent(number: Number, rows: set[Row], registry: Registry, seen: list[str]) -> Number | None:
    """A number that this one was computed from and that descends from the rows too."""
    for parent in number.parents:
        if (
            parent in registry
            and parent not in seen
            and any(_reports(rows, fact) for fact in registry[parent].facts)
        ):
            return registry[parent]
    return None

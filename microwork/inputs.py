"""How the numbers of a chapter are made from its tables; what each says stands in its
``numbers.csv``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from tallybook import data
from tallybook.data.provenance import untraced
from tallybook.model.numbers import Computed, Number, number

from microwork.intervals import hundredfold

Compute = Callable[[], Computed]
Numbers = dict[str, Compute]  # the name of a number, without its chapter -> what computes it


def numbers(chapter: str, *computed: Mapping[str, Compute]) -> list[Number]:
    """The numbers of a chapter in the order of ``data/<chapter>/numbers.csv``: those that are
    computed, by their names, and those whose row says which published figure they are."""
    with untraced():
        rows = data.records(f"{chapter}/numbers")
    found = {row["number_id"]: row["fact"] and partial(published, row["fact"]) for row in rows}
    for part in computed:
        found.update(part)
    return [number(f"{chapter}.{name}", compute) for name, compute in found.items() if compute]


def published(place: str) -> float:
    """A figure as it was published, a whole one as a count. ``place``: its table and row, and its
    column if not ``value``: ``counts/inputs/fr-casual``, ``counts/delivery/2018|growth``."""
    row, _, column = place.partition("|")
    chapter, *key = row.split("/")
    table = chapter if chapter in data.names() else f"{chapter}/{key.pop(0)}"
    found = data.row(table, *(int(part) if part.isdigit() else part for part in key))
    value = float(found[column or "value"])
    return int(value) if value.is_integer() else value


def percent(compute: Callable[..., Computed], *arguments: object) -> Compute:
    """What computes in percent, where ``compute`` gives a fraction, or value, low and high as
    fractions."""

    def in_percent() -> Computed:
        found = compute(*arguments)
        return hundredfold(found) if isinstance(found, tuple) else 100 * found

    return in_percent

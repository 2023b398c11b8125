"""How the numbers of a chapter are made from its tables; what each says stands in its
``numbers.csv``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from tallybook import data
from tallybook.model.numbers import Computed, Number, number

from microwork.intervals import hundredfold

Compute = Callable[[], Computed]
Numbers = dict[str, Compute]  # the name of a number, without its chapter -> what computes it


def numbers(chapter: str, *computed: Mapping[str, Compute]) -> list[Number]:
    """The numbers of a chapter in order, by their names in ``data/<chapter>/numbers.csv``."""
    return [
        number(f"{chapter}.{name}", compute) for part in computed for name, compute in part.items()
    ]


def published(table: str, fact_id: str) -> Callable[[], float]:
    """What reads the value of one published fact."""
    return partial(data.value, table, fact_id)


def percent(compute: Callable[..., Computed], *arguments: object) -> Compute:
    """What computes in percent, where ``compute`` gives a fraction, or value, low and high as
    fractions."""

    def in_percent() -> Computed:
        found = compute(*arguments)
        return hundredfold(found) if isinstance(found, tuple) else 100 * found

    return in_percent

"""What a unit does to how a number prints: its digits, and what stands after the value.

A report declares its own units (``project.use``). Known without that are percent, and the
currencies of ISO 4217 by their codes; every other unit is left to the sentence.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

CODE = re.compile(r"([A-Z]{3})\b")


@dataclass(frozen=True)
class Unit:
    """A unit of a report.

    counted: its whole numbers were counted or published, and are shown to the last digit.
    one: its name beside a value of one, such as ``hour`` for ``hours``; empty: the same.
    suffix: what is printed after the value, such as ``°C``; that of a currency is known.
    decimals: how many a number without an interval has, such as 2 for prices.
    """

    counted: bool = False
    one: str = ""
    suffix: str = ""
    decimals: int | None = None


@functools.cache
def _currencies() -> frozenset[str]:
    from babel.numbers import list_currencies  # only whoever prints needs it

    return frozenset(list_currencies())


def of(unit: str, declared: Mapping[str, Unit]) -> Unit:
    """What holds for a unit, such as ``percent of the median`` or ``EUR per hour``: as declared,
    or as it begins."""
    said = declared.get(unit, Unit())
    if said.suffix:
        return said
    if unit == "percent" or unit.startswith("percent "):
        return replace(said, suffix="%")
    code = CODE.match(unit)
    return replace(said, suffix=code[1]) if code and code[1] in _currencies() else said

"""What a unit does to how a number prints: its digits, and what stands after the value.

A report declares its own units (``project.use``). Known without that are percent, and the
currencies of ISO 4217 by their codes; every other unit is left to the sentence.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

CODE = re.compile(r"([A-Z]{3})\b")


@dataclass(frozen=True)
class Unit:
    """A unit of a report.

    counted: its whole numbers were counted or published, and are shown to the last digit.
    one: its name beside a value of one, such as ``hour`` for ``hours``; empty: the same.
    """

    counted: bool = False
    one: str = ""


@functools.cache
def sign(unit: str) -> str:
    """What is printed after a value in a unit such as ``percent of the median`` or ``EUR per
    hour``; empty for any other."""
    from babel.numbers import list_currencies  # only whoever prints needs it

    if unit == "percent" or unit.startswith("percent "):
        return "%"
    code = CODE.match(unit)
    return code[1] if code and code[1] in list_currencies() else ""

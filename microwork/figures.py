"""What the drawings of several chapters share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tallybook.model.formatting import show
from tallybook.model.numbers import Number


def text(x: float, y: float, words: str, hue: str) -> dict[str, Any]:
    """A text at a place (pixels) in a colour of the palette, for ``tallybook.charts.labels``."""
    return {"x": x, "y": y, "text": words, "colour": hue}


def texts(numbers: Iterable[Number]) -> Callable[[float], str]:
    """Every value and end of an interval as the sentences show it: a range decides the digits of
    its number."""
    return {
        (number.value if part == "value" else getattr(number, part)): show(number, part)
        for number in numbers
        for part in (("value", "low", "high") if number.low is not None else ("value",))
    }.__getitem__

"""What the drawings of several chapters share."""

from __future__ import annotations

from typing import Any


def text(x: float, y: float, words: str, hue: str) -> dict[str, Any]:
    """A text at a place (pixels) in a colour of the palette, for ``tallybook.charts.labels``."""
    return {"x": x, "y": y, "text": words, "colour": hue}

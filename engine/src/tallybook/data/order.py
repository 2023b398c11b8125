"""The order of the rows of a table: a rule that a description can state and frictionless does not
know.

``"order": ["side", "-visits"]`` in a table's description means: sorted by side, and within a side
by visits, largest first; no two rows alike in both. Words of an ``enum`` go in the order of the
enum, other text by its characters, numbers and days by size, and a cell without a value comes last.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

NUMERIC = ("integer", "number")


def out_of_order(resource: dict[str, Any], frame: pd.DataFrame) -> int | None:
    """Place of the first row (0 is the first below the header) that does not come after the one
    above it; ``None`` if all do. A table whose description states no order is in order."""
    keys = [_keys(resource, frame, column) for column in resource.get("order", [])]
    rows = list(zip(*keys, strict=True))
    return next((place for place in range(1, len(rows)) if not rows[place - 1] < rows[place]), None)


def _keys(
    resource: dict[str, Any], frame: pd.DataFrame, order: str
) -> list[tuple[int, float | str]]:
    """What the cells of a column are sorted by."""
    column, down = order.removeprefix("-"), order.startswith("-")
    field = next(field for field in resource["schema"]["fields"] if field["name"] == column)
    words = field.get("constraints", {}).get("enum")
    keys: list[tuple[int, float | str]] = []
    for cell in frame[column]:
        if pd.isna(cell):
            keys.append((1, 0))
        elif words:
            keys.append((0, words.index(cell)))
        elif field["type"] in NUMERIC:
            keys.append((0, -float(cell) if down else float(cell)))
        else:
            keys.append((0, str(cell)))
    return keys

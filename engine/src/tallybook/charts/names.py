"""Where names stand beside points, so that none covers a point or another name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tallybook.charts.drawing import Align, px
from tallybook.charts.theme import LINE

Box = tuple[float, float, float, float]  # px: left, right, top, bottom


@dataclass
class Room:
    """A drawing ``full`` pixels wide from ``top`` down, and what is taken of it. Places lose their
    last bits, which differ between processors and would decide where a name finds room."""

    full: float
    top: float = 0
    taken: list[Box] = field(default_factory=list)

    def point(self, x: float, y: float, radius: float = 3) -> None:
        """Take the place of a point."""
        x, y = round(x, 4), round(y, 4)
        self.taken.append((x - radius, x + radius, y - radius, y + radius))

    def name(self, x: float, y: float, text: str, gap: float) -> tuple[Align, float, float] | None:
        """Take the first free place beside a point: the side on which the text starts or ends, and
        pixels to the right and down. Nothing if there is none."""
        x, y, gap, wide = round(x, 4), round(y, 4), round(gap, 4), px(text)
        for align, dx, dy in _beside(gap):
            start = x + dx - {"left": 0, "center": wide / 2, "right": wide}[align]
            box = (start, start + wide, y + dy - LINE / 2, y + dy + LINE / 2)
            inside = box[0] >= 0 and box[1] <= self.full and box[2] >= self.top
            if inside and not any(_meet(box, b) for b in self.taken):
                self.taken.append(box)
                return align, dx, dy
        return None


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _beside(gap: float) -> Iterator[tuple[Align, float, float]]:
    """Where a name may stand beside a point, the best place first: side, and pixels to the right
    and down."""
    middle = gap + LINE / 2
    yield from (("left", gap, 0), ("right", -gap, 0))
    for way in (-1, 1):
        yield ("center", 0, way * middle)
        for far in (0.8, 2):
            yield from (("left", gap, way * far * LINE), ("right", -gap, way * far * LINE))

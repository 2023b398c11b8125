"""A drawing in fewer letters, which paints the same: Vega writes every mark with all that it looks
like."""

from __future__ import annotations

import re
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

TEXTS, SHAPES = ("text",), ("path", "line", "circle", "rect")
# What a group hands down to what is in it.
_SHARED = {
    *("fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-linecap"),
    *("stroke-linejoin", "stroke-dasharray", "font-size", "font-weight", "font-style"),
    *("text-anchor",),
}
_MOVED = re.compile(r"translate\((-?[\d.]+),(-?[\d.]+)\)( rotate\(90\))?")
_STRAIGHT = re.compile(r"(?:M[-\d.,]+(?:L[-\d.,]+)*Z?)+")
_CHAINED = re.compile(r"(?<=l)([-\d.,]+)l")
_GROUP = len("<g></g>")
Point = tuple[float, float]


def terse(parent: Element) -> None:
    """Write what a group or a drawing holds in fewer letters."""
    for child in parent:
        if len(child):
            terse(child)
        if child.tag in TEXTS + SHAPES:
            _plain(child)
    _join(parent)
    for child in parent:
        _place(child)
        if child.tag == "path" and _STRAIGHT.fullmatch(child.get("d", "")):
            child.set("d", _steps(child.attrib["d"]))
    _gather(parent)


def _plain(mark: Element) -> None:
    """Leave out how a line looks that is not there, and give the opacity of a mark to its only
    paint, for a group can hand that down."""
    paints = [one for one in ("fill", "stroke") if mark.get(one, "none") != "none"]
    if "stroke" not in paints:
        for key in [key for key in mark.attrib if key.startswith("stroke")]:
            del mark.attrib[key]
    if len(paints) == 1 and f"{paints[0]}-opacity" not in mark.attrib and "opacity" in mark.attrib:
        mark.set(f"{paints[0]}-opacity", mark.attrib.pop("opacity"))


def _join(parent: Element) -> None:
    """Make one path of straight marks that look alike and follow each other. They cover what is
    under them, so it does not matter where they lie on each other."""
    for look, run in groupby(list(parent), _look):
        first, *others = run
        if look is None or not others:
            continue
        marks = [first, *others]
        first.set("d", "".join(map(_moved, marks)))
        del first.attrib["transform"]
        for other in others:
            parent.remove(other)


def _moved(mark: Element) -> str:
    """The path of a straight mark in its place."""
    moved = _MOVED.fullmatch(mark.attrib["transform"])
    assert moved is not None
    return _steps(mark.attrib["d"], float(moved[1]), float(moved[2]), bool(moved[3]))


def _look(mark: Element) -> tuple[object, ...] | None:
    """What marks have in common that can be one path; ``None`` if this one cannot be part of it."""
    said = {key: value for key, value in mark.attrib.items() if key not in ("transform", "d")}
    moved = _MOVED.fullmatch(mark.get("transform", ""))
    straight = _STRAIGHT.fullmatch(mark.get("d", ""))
    seen_through = any("opacity" in key or key == "stroke-dasharray" for key in said)
    if mark.tag != "path" or not moved or not straight or seen_through:
        return None
    # Shapes that run the other way round would make holes in each other.
    shape = (mark.get("d"), moved[3]) if mark.get("fill", "none") != "none" else ()
    return (*sorted(said.items()), shape)


def _steps(path: str, x: float = 0, y: float = 0, turned: bool = False) -> str:
    """A straight path, moved to a place and perhaps turned by a quarter, in steps from point to
    point."""
    written = ""
    for part in path.split("M")[1:]:
        points = [_point(pair, x, y, turned) for pair in part.removesuffix("Z").split("L")]
        steps = "".join(map(_step, points, points[1:])) or "h0"
        start = f"M{_short(points[0][0])},{_short(points[0][1])}"
        written += start + steps + ("z" if part.endswith("Z") else "")
    return _CHAINED.sub(r"\1,", written).replace(",-", "-")


def _point(pair: str, x: float, y: float, turned: bool) -> Point:
    right, down = map(float, pair.split(","))
    return (x - down, y + right) if turned else (x + right, y + down)


def _step(start: Point, end: Point) -> str:
    right, down = (_short(to - one) for one, to in zip(start, end, strict=True))
    if down == "0":
        return f"h{right}" if right != "0" else ""
    return f"v{down}" if right == "0" else f"l{right},{down}"


def _short(number: float) -> str:
    return f"{round(number, 1) + 0.0:.1f}".removesuffix(".0")


def _place(mark: Element) -> None:
    """Say where a mark is without moving the paper under it."""
    moved = _MOVED.fullmatch(mark.get("transform", ""))
    if moved is None or moved[3]:
        return
    names = {"circle": ("cx", "cy"), "line": ("x1", "y1")}.get(mark.tag)
    if names is None or any(name in mark.attrib for name in names):
        return
    del mark.attrib["transform"]
    for name, by, end in zip(names, moved.groups(), ("x2", "y2"), strict=False):
        mark.set(name, by)
        if mark.tag == "line":
            mark.set(end, _short(float(mark.get(end, "0")) + float(by)))


def _gather(parent: Element) -> None:
    """Put marks that follow each other into a group that says what they have in common."""
    children = list(parent)
    for child in children:
        parent.remove(child)
    while children:
        run = _run(children)
        del children[: len(run)]
        common = _common(run)
        if _saved(run) <= 0:
            parent.extend(run)
            continue
        group = SubElement(parent, "g", dict(sorted(common.items())))
        for mark in run:
            for key in common:
                del mark.attrib[key]
        group.extend(run)
        _gather(group)


def _run(children: list[Element]) -> list[Element]:
    """The first children that are best written as a group."""
    kind = next((kind for kind in (TEXTS, SHAPES) if children[0].tag in kind), ())
    run = children[:1]
    for child in children[1:]:
        if child.tag not in kind or _saved([*run, child]) <= _saved(run):
            break
        run.append(child)
    return run


def _common(run: list[Element]) -> dict[str, str]:
    first, *others = run
    return {
        key: value
        for key, value in first.attrib.items()
        if key in _SHARED and all(other.get(key) == value for other in others)
    }


def _saved(run: list[Element]) -> int:
    """How many letters a group of its own saves."""
    letters = sum(len(f' {key}="{value}"') for key, value in _common(run).items())
    return (len(run) - 1) * letters - _GROUP

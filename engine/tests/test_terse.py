"""A drawing in fewer letters shows the same marks."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from tallybook.pictures.terse import terse

TICK = '<path transform="translate({},5.5){}" d="M-3.5,0L3.5,0" stroke="red" {}/>'
LAND = "M0,0L5,0L7,2L6,5L0,5Z"


def written(inside: str) -> str:
    root = ElementTree.fromstring(f"<svg>{inside}</svg>")
    terse(root)
    text = ElementTree.tostring(root, encoding="unicode").replace(" />", "/>")
    return text.removeprefix("<svg>").removesuffix("</svg>")


def test_ticks_that_look_alike_become_one_path():
    ticks = "".join(TICK.format(x, turn, "") for x, turn in ((10, ""), (20.1, " rotate(90)")))
    assert written(ticks) == '<path d="M6.5,5.5h7M20.1,2v7" stroke="red"/>'


@pytest.mark.parametrize("look", ['opacity="0.5"', 'stroke-dasharray="4,3"'])
def test_what_is_seen_through_or_dashed_stays_apart(look: str):
    assert written(TICK.format(10, "", look) + TICK.format(20, "", look)).count("<path") == 2


def test_shapes_that_could_make_holes_in_each_other_stay_apart():
    shapes = [f'<path transform="translate(1,1)" d="{d}" fill="red"/>' for d in (LAND, LAND[:17])]
    assert written(shapes[0] * 2).count("<path") == 1
    assert written("".join(shapes)).count("<path") == 2


def test_what_lies_between_two_marks_stays_between_them():
    marks = [TICK.format(10, "", ""), '<circle r="4" fill="blue"/>', TICK.format(20, "", "")]
    told = written("".join(marks))
    assert told.count("<path") == 2
    assert told.index("<path") < told.index("<circle") < told.rindex("<path")


def test_an_outline_is_written_in_steps():
    assert written(f'<path d="{LAND}M9,9L9,9" fill="red"/>') == (
        '<path d="M0,0h5l2,2-1,3h-6zM9,9h0" fill="red"/>'
    )


def test_marks_hand_their_common_looks_to_a_group():
    texts = [
        f'<text transform="translate({x},9)" fill="{fill}" stroke="white" stroke-width="4">A</text>'
        for x, fill in enumerate(("red", "red", "blue"))
    ]
    assert written("".join(texts)) == (
        '<g stroke="white" stroke-width="4"><g fill="red"><text transform="translate(0,9)">A</text>'
        '<text transform="translate(1,9)">A</text></g>'
        '<text transform="translate(2,9)" fill="blue">A</text></g>'
    )


def test_the_only_paint_of_a_mark_takes_its_opacity():
    """A group can hand that down; one for the whole group would look otherwise."""
    point = '<circle transform="translate({},2)" r="4" fill="red" opacity="0.5" stroke-width="2"/>'
    assert written(point.format(1) + point.format(3)) == (
        '<g fill="red" fill-opacity="0.5"><circle r="4" cx="1" cy="2"/>'
        '<circle r="4" cx="3" cy="2"/></g>'
    )
    both = '<circle r="4" fill="red" stroke="blue" opacity="0.5"/>'
    assert 'opacity="0.5"' in written(both) and "-opacity" not in written(both)


def test_a_line_is_where_it_was():
    assert written('<line transform="translate(1.5,2)" x2="0.3" y2="-2" stroke="red"/>') == (
        '<line x2="1.8" y2="0" stroke="red" x1="1.5" y1="2"/>'
    )

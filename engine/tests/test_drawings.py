"""Charts are drawn once, and again when anything they are made from has changed."""

from __future__ import annotations

import os
import pickle
import signal
from pathlib import Path

import psutil
import pytest
from tallybook.pictures import drawings, render
from tallybook.pictures.drawings import Drawings

SPEC = {
    "mark": "bar",
    "width": 340,
    "data": {"values": [{"a": "x", "b": 3}]},
    "encoding": {"x": {"field": "b", "type": "quantitative"}, "y": {"field": "a"}},
    "config": {"axis": {"labelFontSize": 14, "titleFontSize": 14}},
}
OTHER = {**SPEC, "width": 300}


@pytest.fixture
def some(tmp_path):
    made = []

    def make() -> Drawings:
        made.append(Drawings(tmp_path / "kept"))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_a_kept_drawing_is_the_one_that_is_drawn(some):
    picture = render.drawing(SPEC, "broad")
    assert some().get(SPEC, "broad") == picture == some().get(SPEC, "broad")


def test_a_picture_is_a_png_that_is_painted_once(some):
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><rect width="4"'
        ' height="3"/></svg>'
    )
    first = some()
    assert first.picture(svg).startswith(b"\x89PNG")
    assert first.picture(svg) == render.png(svg, render.SCALE)
    (path,) = first.folder.iterdir()
    path.write_bytes(pickle.dumps(b"the kept one"))
    assert some().picture(svg) == b"the kept one"


def test_what_is_kept_is_not_drawn_again(some):
    first = some()
    first.get(SPEC, "broad")
    (path,) = first.folder.iterdir()
    kept = "the kept one"
    path.write_bytes(pickle.dumps(kept))
    assert first.get(SPEC, "broad") != kept, "a build draws a chart once"
    assert some().get(SPEC, "broad") == kept


def test_another_specification_width_code_font_or_library_makes_another_drawing(
    some, tmp_path, monkeypatch
):
    first = some()
    for spec, kind in ((SPEC, "broad"), (OTHER, "broad"), (SPEC, "narrow")):
        first.get(spec, kind)
    assert len(list(first.folder.iterdir())) == 3
    for count, (name, made_from) in enumerate({"__file__": str, "FONT_LIST": Path}.items(), 4):
        (tmp_path / name).write_text("something else")
        monkeypatch.setattr(render, name, made_from(tmp_path / name))
        drawings.drawn_with.cache_clear()
        some().get(SPEC, "broad")
        assert len(list(first.folder.iterdir())) == count
    monkeypatch.setattr(drawings, "version", lambda _name: "0")
    drawings.drawn_with.cache_clear()
    some().get(SPEC, "broad")
    assert len(list(first.folder.iterdir())) == 6
    monkeypatch.undo()
    drawings.drawn_with.cache_clear()


def test_a_drawing_kept_by_half_is_drawn_again(some):
    picture = some().get(SPEC, "broad")
    for spoilt in (b"", b"half"):
        one = some()
        (path,) = one.folder.iterdir()
        path.write_bytes(spoilt)
        assert one.get(SPEC, "broad") == picture
        assert pickle.loads(path.read_bytes()) == picture


def test_a_fault_is_told_and_not_kept(some):
    narrow = {**SPEC, "config": {"axis": {"labelFontSize": 9}}}
    for one in (some(), some()):
        with pytest.raises(render.RenderError, match="expected text of 12 px or more"):
            one.get(narrow, "narrow")
    assert not list(one.folder.glob("*"))


def test_a_process_that_is_killed_while_it_draws_is_done_without(some):
    one = some()
    one.get(OTHER, "broad")
    for pid in one._pools[render.draw_and_keep]._processes:
        psutil.Process(pid).send_signal(signal.SIGSTOP)
    asked = one.begin(SPEC, "broad")
    for pid in list(one._pools[render.draw_and_keep]._processes):
        os.kill(pid, signal.SIGKILL)
    assert one.get(SPEC, "broad") == render.drawing(SPEC, "broad")
    assert asked.exception() is not None, "it was not the killed process that drew it"
    later = {**SPEC, "width": 310}
    one.begin(later, "broad")  # says nothing to whoever only wants it begun
    assert one.get(later, "broad") == render.drawing(later, "broad")

"""Pictures are drawn once, and again when anything they are made from has changed."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from book import pictures, render

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><text y="15" font-family="Liberation Sans">{}</text></svg>'


@pytest.fixture
def app(tmp_path):
    return SimpleNamespace(outdir=tmp_path / "html")


def kept(app):
    return sorted((app.outdir.parent / ".pictures").glob("*"))


def test_a_kept_picture_has_the_bytes_of_a_drawn_one(app):
    drawn = render.png(SVG.format("a"), 2)
    assert pictures.png(app, SVG.format("a"), 2) == drawn == pictures.png(app, SVG.format("a"), 2)
    assert [path.read_bytes() for path in kept(app)] == [drawn]


def test_a_picture_is_drawn_once(app):
    pictures.png(app, SVG.format("a"), 1)
    (path,) = kept(app)
    path.write_bytes(b"the kept one")
    assert pictures.png(app, SVG.format("a"), 1) == b"the kept one"


@pytest.mark.parametrize(("text", "scale"), [("b", 1), ("a", 2)])
def test_another_drawing_or_scale_is_another_picture(app, text, scale):
    first = pictures.png(app, SVG.format("a"), 1)
    assert pictures.png(app, SVG.format(text), scale) != first
    assert len(kept(app)) == 2


def test_other_fonts_make_other_pictures(app, tmp_path, monkeypatch):
    pictures.png(app, SVG.format("a"), 1)
    monkeypatch.setattr(render, "FONT_FOLDER", tmp_path)
    pictures._drawn_with.cache_clear()
    try:
        pictures.png(app, SVG.format("a"), 1)
        assert len(kept(app)) == 2
    finally:
        pictures._drawn_with.cache_clear()


def test_what_a_build_has_not_asked_for_goes_unless_the_build_has_failed(app):
    pictures.png(app, SVG.format("old"), 1)
    later = SimpleNamespace(outdir=app.outdir)
    pictures.png(later, SVG.format("new"), 1)
    pictures.prune(later, RuntimeError("the build has failed"))
    assert len(kept(app)) == 2
    pictures.prune(later, None)
    assert [path.read_bytes() for path in kept(app)] == [render.png(SVG.format("new"), 1)]

"""The weight of pages: the server measures as a host sends, and no chapter is heavier than it may
be."""

from __future__ import annotations

import gzip
import os
import urllib.request

import pytest

from microwork import report
from upkeep import weight
from upkeep.serving import serving
from upkeep.tables import table


@pytest.fixture(scope="module")
def address(site):
    with serving(site) as running:
        yield running


@pytest.mark.parametrize("chapter", report.CHAPTERS)
def test_the_first_view_of_a_chapter_is_light_and_comes_from_one_host(browser, address, chapter):
    found = weight.measure(browser, address, f"chapters/{chapter}.html")
    assert weight.broken(found) == []
    assert found.wire > 10_000, "so little cannot be a chapter"


def test_the_server_compresses_text_and_leaves_pictures(tmp_path):
    text, picture = b"<p>words and words</p>" * 500, os.urandom(3000)
    (tmp_path / "index.html").write_bytes(text)
    (tmp_path / "picture.png").write_bytes(picture)
    with serving(tmp_path) as at:
        asked = urllib.request.Request(f"{at}/", headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(asked) as answer:
            assert (
                answer.headers["Content-Encoding"] == "gzip"
                and "html" in answer.headers["Content-Type"]
            )
            assert gzip.decompress(answer.read()) == text
        with urllib.request.urlopen(f"{at}/index.html") as answer:
            assert answer.headers["Content-Encoding"] is None and answer.read() == text
        with urllib.request.urlopen(f"{at}/picture.png") as answer:
            assert answer.headers["Content-Type"] == "image/png" and answer.read() == picture


def test_a_page_over_the_limits_is_measured_and_named(browser, tmp_path):
    noise = os.urandom(210_000)  # cannot be compressed
    (tmp_path / "noise.js").write_text(f"// {noise.hex()}", encoding="utf-8")
    small = "".join(f'<script src="s{i}.js"></script>' for i in range(weight.LIMIT_REQUESTS))
    for i in range(weight.LIMIT_REQUESTS):
        (tmp_path / f"s{i}.js").write_text("1", encoding="utf-8")
    page = (
        f'<link rel="icon" href="icon.svg"><script src="noise.js"></script>{small}<img'
        ' src="https://elsewhere.example/a.png">'
    )
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    (tmp_path / "icon.svg").write_text("<svg/>", encoding="utf-8")
    (found,) = weight.visit(browser, tmp_path)
    own = {file.url: file for file in found.files}
    assert set(own) == {
        "/index.html",
        "/noise.js",
        "/icon.svg",
        *(f"/s{i}.js" for i in range(weight.LIMIT_REQUESTS)),
    }
    assert own["/noise.js"].raw == 420_003 and 210_000 < own["/noise.js"].wire < 300_000
    assert found.foreign == ("https://elsewhere.example/a.png",)
    assert found.largest()[0].url == "/noise.js"
    faults = weight.broken(found)
    assert len(faults) == 3 and "/noise.js" in faults[0] and "elsewhere.example" in faults[2]


def test_both_books_stand_side_by_side():
    ours = weight.Weight("a.html", (weight.File("/a.html", 2000, 8000),))
    stock = weight.Weight(
        "a.html",
        (weight.File("/a.html", 4000, 9000), weight.File("/b.js", 4000, 9000)),
        ("https://c.example/d",),
    )
    alone = weight.Weight("only-ours.html", (weight.File("/x", 1000, 1000),))
    lines = weight.report([ours, alone], {"a.html": stock}).splitlines()
    first, second = ([cell.strip() for cell in line.split("|")[1:-1]] for line in lines[2:4])
    assert first == ["a.html", "8.0", "2.0", "1", "0", "18.0", "8.0", "3", "1", "0.25"]
    assert second == ["only-ours.html", "1.0", "1.0", "1", "0", *[""] * 5]


def test_a_table_is_aligned_and_refuses_a_row_that_does_not_fit():
    assert table(["a", "b"], [["x", "1"], ["long", "22"]]).splitlines() == [
        "| a    |   b |",
        "| ---- | --: |",
        "| x    |   1 |",
        "| long |  22 |",
    ]
    with pytest.raises(ValueError, match="3 cells under 2 heads"):
        table(["a", "b"], [["x", "1", "2"]])

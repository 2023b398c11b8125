"""What is measured of pages: no page is heavier than it may be, as a host would send it."""

from __future__ import annotations

import gzip
import os
import urllib.request

import pytest

from tests import weights
from tests.visits import KINDS
from tests.weights import serving


@pytest.fixture(scope="module")
def address(site):
    with serving(site) as running:
        yield running


def test_the_first_view_of_a_page_is_light_and_comes_from_one_host(browser, address):
    found = [weights.weigh(browser, address, name) for name in KINDS]
    assert [fault for one in found for fault in weights.too_heavy(one)] == []
    assert min(one.wire for one in found) > 10_000, "so little cannot be a page"


def test_the_server_compresses_text_and_leaves_pictures(tmp_path):
    text, picture = b"<p>words and words</p>" * 500, os.urandom(3000)
    (tmp_path / "index.html").write_bytes(text)
    (tmp_path / "picture.png").write_bytes(picture)
    with serving(tmp_path) as at:
        asked = urllib.request.Request(f"{at}/", headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(asked) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            assert "html" in answer.headers["Content-Type"]
            assert gzip.decompress(answer.read()) == text
        with urllib.request.urlopen(f"{at}/index.html") as answer:
            assert answer.headers["Content-Encoding"] is None and answer.read() == text
        with urllib.request.urlopen(f"{at}/picture.png") as answer:
            assert answer.headers["Content-Type"] == "image/png" and answer.read() == picture


def test_a_page_over_the_limits_is_measured_and_named(browser, tmp_path):
    noise = os.urandom(210_000)  # cannot be compressed
    (tmp_path / "noise.js").write_text(f"// {noise.hex()}", encoding="utf-8")
    small = [f"s{i}.js" for i in range(weights.LIMIT_REQUESTS)]
    for name in small:
        (tmp_path / name).write_text("1", encoding="utf-8")
    scripts = "".join(f'<script src="{name}"></script>' for name in ("noise.js", *small))
    foreign = "https://elsewhere.example/a.png"
    page = f'<link rel="icon" href="icon.svg">{scripts}<img src="{foreign}">'
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    (tmp_path / "icon.svg").write_text("<svg/>", encoding="utf-8")
    with serving(tmp_path) as at:
        found = weights.weigh(browser, at, "index.html")
    sizes = dict(found.files)
    assert set(sizes) == {f"/{name}" for name in ("index.html", "noise.js", "icon.svg", *small)}
    assert 210_000 < sizes["/noise.js"] < 300_000 and found.files[0][0] == "/noise.js"
    assert found.foreign == [foreign]
    faults = weights.too_heavy(found)
    assert len(faults) == 3 and "/noise.js" in faults[0] and "elsewhere.example" in faults[2]

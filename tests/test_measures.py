"""What is measured of pages: none is heavier than it may be, as a host would send it."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.visits import KINDS, visiting

KILOBYTES, FILES = 88, 8  # of a first view; a KB is 1,000 bytes
# A headless browser does not ask for it by itself.
ICON = """() => { const icon = document.querySelector('link[rel~="icon"]');
                  if (icon) new Image().src = icon.href; }"""


def test_the_first_view_of_a_page_is_light(browser, site):
    """What comes when a page is opened on a phone and nothing is pressed, each file compressed."""
    heavy = {}
    for name in KINDS:
        asked = {(site / name).as_uri()}
        with visiting(browser, "about:blank", "phone") as page:
            page.on("request", lambda request, asked=asked: asked.add(request.url))
            page.goto((site / name).as_uri(), wait_until="networkidle")
            page.evaluate(ICON)
            page.wait_for_load_state("networkidle")
        files = [Path(unquote(urlsplit(url).path)) for url in asked if url.startswith("file:")]
        sizes = {file.name: len(gzip.compress(file.read_bytes(), 6)) for file in files}
        assert len(sizes) > 3 and sum(sizes.values()) > 10_000, "so little cannot be a page"
        if len(sizes) > FILES or sum(sizes.values()) > 1000 * KILOBYTES:
            heavy[name] = sizes
    assert heavy == {}

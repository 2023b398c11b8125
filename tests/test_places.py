"""The site in a folder of a domain, with a space in its name; other tests visit it from disk."""

from __future__ import annotations

import os
import shutil

import pytest
from tallybook.live import serving

from tests.visits import visiting

FOLDER = "some/sub folder"
# One page of each kind: an address that is right in one is relative, and right in its like too.
SOME = (
    "index.html",
    "search.html",
    *(f"chapters/{n}.html" for n in ("counts", "ledger", "numbers")),
)


@pytest.fixture(scope="module")
def start(site, tmp_path_factory):
    """The address of the site there."""
    above = tmp_path_factory.mktemp("domain")
    (above / "some").mkdir()
    shutil.copytree(site, above / FOLDER, copy_function=os.link)
    with serving(above) as below:
        yield f"{below}/{FOLDER.replace(' ', '%20')}"


def test_pages_and_what_they_load_are_there(browser, start):
    """No request fails, none leaves the site's own folder, and the pages find one another."""
    with visiting(browser, f"{start}/index.html") as page:
        failed, asked = [], []
        # A picture still under way when the next page is asked for is no failure.
        page.on("requestfailed", lambda one: "ABORTED" in one.failure or failed.append(one.url))
        page.on("response", lambda response: response.status >= 400 and failed.append(response.url))
        page.on("request", lambda request: asked.append(request.url))
        for name in SOME:
            page.goto(f"{start}/{name}")
            assert page.title() and page.locator("main h1").is_visible()
            assert page.locator(".top a[href]").count() >= 8
        assert failed == []
        assert [url for url in asked if not url.startswith((f"{start}/", "data:"))] == []
        # By its links: landing page, a chapter, a number, back by the header, search.
        page.goto(f"{start}/index.html")
        page.locator("section.finding h2 a").first.click()
        page.wait_for_url(f"{start}/chapters/*.html")
        address = page.locator("data.num a").first.evaluate("a => a.href")
        assert address.startswith(f"{start}/chapters/numbers.html#")
        page.locator(".top .name").click()
        page.wait_for_url(f"{start}/index.html")
        page.get_by_role("link", name="Search").click()
        page.get_by_role("searchbox").fill("tubaro")
        page.get_by_role("searchbox").press("Enter")
        page.locator("#found-sources a").first.click()
        page.wait_for_url(f"{start}/chapters/sources.html#*")
        # And what is done by scripts.
        page.goto(f"{start}/chapters/ledger.html")
        page.get_by_label("Words").fill("zebra")
        assert page.locator(".ledger output").inner_text().startswith("0 of")

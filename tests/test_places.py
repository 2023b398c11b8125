"""The same site at the root of a domain, in a folder with a space in its name, and from disk; with
and without JavaScript."""

from __future__ import annotations

import pytest

from tests.conftest import explore
from tests.visits import PAGES, Visit, serving

FOLDER = "some/sub folder"
# From disk every page; over a server one of each kind, as an address that is right from disk is
# relative and right there too.
SOME = (
    "index.html",
    "chapters/counts.html",
    "chapters/ledger.html",
    "chapters/numbers.html",
    "search.html",
)


@pytest.fixture(scope="module")
def places(site, tmp_path_factory):
    """Three addresses of the site."""
    above = tmp_path_factory.mktemp("domain")
    (above / "some").mkdir()
    (above / FOLDER).symlink_to(site, target_is_directory=True)
    with serving(site) as root, serving(above) as below:
        folder = f"{below}/{FOLDER.replace(' ', '%20')}"
        yield {"root": root, "folder": folder, "disk": (site / "x").as_uri().removesuffix("/x")}


@pytest.mark.parametrize("place", ["root", "folder", "disk"])
def test_pages_and_what_they_load_are_there(browser, places, place):
    """No request fails, none leaves the site's own folder, and the pages find one another."""
    start = places[place]
    with Visit(browser, f"{start}/index.html") as (page, visit):
        failed, asked = [], []
        # a picture still under way when the next page is asked for is no failure
        page.on(
            "requestfailed",
            lambda request: "ABORTED" in request.failure or failed.append(request.url),
        )
        page.on("response", lambda response: response.status >= 400 and failed.append(response.url))
        page.on("request", lambda request: asked.append(request.url))
        for name in PAGES if place == "disk" else SOME:
            page.goto(f"{start}/{name}")
            assert (
                page.title()
                and page.locator(".top a[href]").count() >= 8
                and page.locator("main h1").is_visible()
            )
        assert failed == [] and visit.errors == [] and visit.foreign == []
        assert [url for url in asked if not url.startswith((f"{start}/", "data:"))] == []
        # by its links: landing page, a chapter, a number, back by the header, search
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


@pytest.mark.parametrize("place", ["root", "folder", "disk"])
def test_a_chart_and_the_ledger_work_there(browser, places, place):
    with Visit(browser, f"{places[place]}/chapters/income.html") as (page, visit):
        figure = page.locator(
            f"#{page.locator('figure.chart:has(button.go)').first.get_attribute('id')}"
        )
        explore(figure)
        page.goto(f"{places[place]}/chapters/ledger.html")
        page.get_by_label("Words").fill("zebra")
        assert page.locator(".ledger output").inner_text().startswith("0 of")
        assert visit.errors == [] and visit.foreign == []

"""The same site at the root of a domain, in a folder with a space in its name, and from disk; with and without JavaScript."""

from __future__ import annotations

import functools
import http.server
import re
import threading

import pytest

from tests.conftest import explore
from tests.test_browser import PAGES, Quiet, Visit

FOLDER = "some/sub folder"


@pytest.fixture(scope="module")
def places(site, tmp_path_factory):
    """Three addresses of the site."""
    above = tmp_path_factory.mktemp("domain")
    (above / "some").mkdir()
    (above / FOLDER).symlink_to(site, target_is_directory=True)
    servers = []
    for folder in (site, above):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
    root, below = (f"http://127.0.0.1:{server.server_port}" for server in servers)
    yield {"root": root, "folder": f"{below}/{FOLDER.replace(' ', '%20')}", "disk": (site / "x").as_uri().removesuffix("/x")}
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("place", ["root", "folder", "disk"])
def test_every_page_and_what_it_loads_is_there(browser, places, place):
    """No request fails, none leaves the site's own folder, and the pages find one another."""
    start = places[place]
    with Visit(browser, f"{start}/index.html") as (page, visit):
        failed, asked = [], []
        # a picture still under way when the next page is asked for is no failure
        page.on("requestfailed", lambda request: "ABORTED" in request.failure or failed.append(request.url))
        page.on("response", lambda response: response.status >= 400 and failed.append(response.url))
        page.on("request", lambda request: asked.append(request.url))
        for name in PAGES:
            page.goto(f"{start}/{name}")
            assert page.locator(".top a[href]").count() >= 8 and page.locator("main h1").is_visible()
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
        figure = page.locator(f"#{page.locator('figure.chart:has(button.go)').first.get_attribute('id')}")
        explore(figure)
        page.goto(f"{places[place]}/chapters/ledger.html")
        page.get_by_label("Words").fill("zebra")
        assert page.locator(".ledger output").inner_text().startswith("0 of")
        assert visit.errors == [] and visit.foreign == []


@pytest.mark.parametrize("name", [name for name in PAGES if name != "search.html"])
def test_without_javascript_and_network_nothing_is_missing(browser, site, name):
    """What is read with JavaScript is there without it: the same words, numbers, tables and pictures."""
    seen = """() => [...document.querySelectorAll('main :is(h1,h2,h3,p,li,th,td,dt,dd,caption,figcaption,summary,.plot > svg)')]
        .filter((e) => !e.closest('.cards, .live, form') && e.checkVisibility())
        .map((e) => e.tagName + ' ' + e.textContent.trim())"""
    with Visit(browser, (site / name).as_uri()) as (page, _):
        page.context.set_offline(True)
        page.reload()
        with_script = page.evaluate(seen)
    with Visit(browser, (site / name).as_uri(), java_script_enabled=False) as (page, visit):
        page.context.set_offline(True)
        page.reload()
        assert page.evaluate(seen) == with_script and len(with_script) > 5
        text = page.inner_text("main")
        assert not re.search(r"\b(undefined|NaN|\[object)\b", text)
        assert not any(button.is_visible() for button in page.query_selector_all("main button")), "a button that does nothing"
        assert not any(form.is_visible() for form in page.query_selector_all("main form")), "a form that does nothing"
        for fold in page.query_selector_all("main details"):
            if fold.is_visible():
                fold.query_selector("summary").click()
                assert fold.evaluate("e => e.open")
                break
        assert visit.errors == [] and visit.foreign == []

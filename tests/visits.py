"""Visits to pages in a real Chromium: the pages there are, a tab that notes what goes wrong, and
what a reader does in it."""

from __future__ import annotations

import time
from contextlib import contextmanager

from microwork import report
from tests import PATIENCE

WIDTHS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
OTHERS = (
    *("since", "answers", "ledger", "settle", "numbers", "methods", "sources", "glossary", "cite"),
    "corrections",
)
PAGES = [
    "index.html",
    *(f"chapters/{name}.html" for name in (*report.CHAPTERS, *OTHERS)),
    "search.html",
]
FRENCH = [f"fr/{name}" for name in PAGES]
# One of each template; of records see test_records.py.
KINDS = [
    "index.html",
    *(f"chapters/{name}.html" for name in ("income", "ledger", "numbers", "sources")),
    "search.html",
    "fr/chapters/counts.html",
]
OWN = ("file:", "data:", "blob:", "http://127.0.0.1:")
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# Text that reaches out of a box which cuts it off; what is hidden on purpose, and what scrolls
# by itself (code, the names of the chapters), are left out.
CUT = """() => [...document.querySelectorAll('body *')].filter((e) => {
    if (!(e instanceof HTMLElement) || !e.checkVisibility()) return false;
    if (e.closest('.sr, .spoken, .cards, pre, .skip, .chapters')) return false;
    const style = getComputedStyle(e);
    return (style.overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1)
        || (style.overflowY === 'hidden' && e.scrollHeight > e.clientHeight + 1);
}).map((e) => e.outerHTML.slice(0, 120))"""


@contextmanager
def visiting(
    browser, address: str, width: str = "desktop", dark: bool = False, forgiven: str = "", **more
):
    """A page in a context of its own. Whatever its console complains of, unless it is what a test
    brings about, and every request to another host, is a fault."""
    scheme = "dark" if dark else "light"
    with browser.new_context(viewport=WIDTHS[width], color_scheme=scheme, **more) as context:
        page, faults = context.new_page(), []
        page.on("console", lambda said: said.type == "error" and faults.append(said.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda asked: asked.url.startswith(OWN) or faults.append(asked.url))
        page.goto(address)
        yield page
        faults = [fault for fault in faults if not (forgiven and forgiven in fault)]
        assert not faults, faults


def until(page, expression: str, *arguments: object) -> None:
    """Wait for what a script says of a page to be true.

    Playwright's own ``wait_for_function`` asks from within the page after the first time, which the
    page's policy forbids.
    """
    end = time.monotonic() + PATIENCE / 10
    while not page.evaluate(expression, *arguments):
        assert time.monotonic() < end, f"never so: {expression}"
        page.wait_for_timeout(20)


def card_of(page, link):
    """The card that a number opens."""
    return page.locator(f"[id='{link.get_attribute('data-card')}']")

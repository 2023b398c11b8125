"""Visits to pages in a real Chromium: the pages there are, a tab that notes what goes wrong, and a
server for them."""

from __future__ import annotations

import functools
import http.server
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from microwork import report
from tests.conftest import PATIENCE

WIDTHS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
OTHERS = ("since", "ledger", "settle", "numbers", "methods", "sources", "glossary", "cite")
PAGES = [
    "index.html",
    *(f"chapters/{name}.html" for name in (*report.CHAPTERS, *OTHERS)),
    "search.html",
]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# Text that reaches out of a box which cuts it off; what is hidden on purpose and code that scrolls
# are left out.
CUT = """() => [...document.querySelectorAll('body *')].filter((e) => {
    if (!(e instanceof HTMLElement) || e.closest('.sr, .cards, pre, .skip') || !e.checkVisibility()) return false;
    const style = getComputedStyle(e);
    return (style.overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1)
        || (style.overflowY === 'hidden' && e.scrollHeight > e.clientHeight + 1);
}).map((e) => e.outerHTML.slice(0, 120))"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and keeps no log."""

    def log_message(self, *_):
        pass


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a server for the files of a folder."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


class Visit:
    """A page in a tab that notes every console error and every request to another host."""

    def __init__(self, browser, address: str, width: str = "desktop", dark: bool = False, **more):
        self.context = browser.new_context(
            viewport=WIDTHS[width], color_scheme="dark" if dark else "light", **more
        )
        self.page = self.context.new_page()
        self.errors: list[str] = []
        self.foreign: list[str] = []
        self.page.on(
            "console", lambda message: message.type == "error" and self.errors.append(message.text)
        )
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "request", lambda request: self._own(request.url) or self.foreign.append(request.url)
        )
        self.page.goto(address)

    @staticmethod
    def _own(url: str) -> bool:
        return url.startswith(("file:", "data:", "blob:", "http://127.0.0.1:"))

    def __enter__(self):
        return self.page, self

    def __exit__(self, *_):
        self.context.close()


def until(page, expression: str, *arguments: object) -> None:
    """Wait for what a script says of a page to be true.

    Playwright's own ``wait_for_function`` asks from within the page after the first time, which the
    page's policy forbids.
    """
    end = time.monotonic() + PATIENCE
    while not page.evaluate(expression, *arguments):
        assert time.monotonic() < end, f"never so: {expression}"
        page.wait_for_timeout(20)


def unfold(page) -> None:
    """Open all folds of a page."""
    page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true })")

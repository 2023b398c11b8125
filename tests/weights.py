"""What a reader of a page waits for: the site served as a plain static host sends it, and what
comes over the wire when a page is first opened on a phone, nothing pressed: headers, and bodies as
they were sent. The icon counts, though a headless browser does not ask for it by itself. A KB is
1,000 bytes."""

from __future__ import annotations

import functools
import gzip
from pathlib import Path
from typing import IO, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Request
from tallybook import live

LIMIT_KB, LIMIT_REQUESTS = 90, 8
PHONE = {"width": 390, "height": 844}
ICON = """() => { const icon = document.querySelector('link[rel~="icon"]');
                  if (icon) fetch(icon.href).catch(() => {}) }"""
# What hosts compress; pictures and archives are compressed already.
TEXT = (".html", ".css", ".js", ".json", ".svg", ".csv", ".txt", ".xml", ".webmanifest")


class Handler(live.Handler):
    """Files of a folder; text goes out compressed if the browser says that it can read it."""

    cache = "max-age=600"

    def send_head(self) -> IO[bytes] | None:
        path = self.file()
        readable = "gzip" in self.headers.get("Accept-Encoding", "")
        if path.suffix not in TEXT or not path.is_file() or not readable:
            return super().send_head()
        # The resolved name, since the site is a link, which a new build changes.
        content = compressed(path.resolve(), path.stat().st_mtime_ns)
        heads = {"Content_Encoding": "gzip", "Vary": "Accept-Encoding"}
        return self.answer(self.guess_type(path), content, **heads)


@functools.lru_cache(maxsize=512)
def compressed(path: Path, _changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


serving = functools.partial(live.serving, handler=Handler)


class Weight(NamedTuple):
    """A page's first view: address and bytes on the wire of each file, the heaviest first, and the
    addresses on other hosts that it asked for, whatever came of it."""

    page: str
    files: list[tuple[str, int]]
    foreign: list[str]

    @property
    def wire(self) -> int:
        return sum(size for _, size in self.files)


def weigh(browser: Browser, address: str, page: str) -> Weight:
    """Open one page with an empty cache and wait until it asks for nothing more."""
    asked: list[Request] = []
    with browser.new_context(viewport=PHONE) as context:
        tab = context.new_page()
        tab.on("request", lambda request: asked.append(request))
        tab.goto(f"{address}/{page}", wait_until="networkidle")
        tab.evaluate(ICON)
        tab.wait_for_load_state("networkidle")
        tab.wait_for_timeout(100)  # an answer that has come is entered a moment later
        # While answers are read, the browser may ask for its icon once more.
        seen = [one for one in asked if not one.url.startswith(("data:", "blob:"))]
        files = [_size(one) for one in seen if one.url.startswith(f"{address}/")]
    foreign = [one.url for one in seen if not one.url.startswith(f"{address}/")]
    return Weight(page, sorted(files, key=lambda file: -file[1]), foreign)


def _size(request: Request) -> tuple[str, int]:
    answer = request.response()
    assert answer is not None and answer.ok, f"{request.url}: expected a file that is there"
    sizes = request.sizes()
    return urlsplit(request.url).path, sizes["responseHeadersSize"] + sizes["responseBodySize"]


def too_heavy(weight: Weight) -> list[str]:
    """What of the limits for a first view this page breaks, in words."""
    found, requests = [], len(weight.files) + len(weight.foreign)
    if weight.wire > LIMIT_KB * 1000:
        largest = ", ".join(f"{url} {size / 1000:.1f}" for url, size in weight.files[:2])
        said = f"found {weight.wire / 1000:.1f} KB; expected at most {LIMIT_KB}"
        found.append(f"{weight.page}: {said} (largest: {largest})")
    if requests > LIMIT_REQUESTS:
        said = f"found {requests} requests; expected at most {LIMIT_REQUESTS}"
        found.append(f"{weight.page}: {said}")
    if weight.foreign:
        asked = ", ".join(weight.foreign[:3])
        found.append(f"{weight.page}: found requests to other hosts ({asked}); expected none")
    return found

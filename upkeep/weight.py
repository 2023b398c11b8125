"""What a page weighs when it is first seen: measured in Chromium, over the wire, nothing pressed.

    python -m upkeep.weight [--site DIR] [--stock DIR]

Prints a table per page, beside the same page of a stock book if one was built, and exits with 1 if
a chapter is heavier than it may be. A KB is 1,000 bytes. Weight is what came over the wire:
headers, and bodies as they were sent. The icon counts, though a headless browser does not ask for
it by itself.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Request

from upkeep.chromium import chromium
from upkeep.serving import serving
from upkeep.tables import table

ROOT = Path(__file__).resolve().parent.parent
LIMIT_KB, LIMIT_REQUESTS = 90, 8
WINDOW = {"width": 390, "height": 844}  # a phone: what it has to fetch is what matters most
LARGEST = 5
ICON = """() => { const icon = document.querySelector('link[rel~="icon"]'); if (icon) fetch(icon.href).catch(() => {}) }"""


@dataclass(frozen=True)
class File:
    """One answer: its address, bytes as they were sent (headers included), bytes of its content."""

    url: str
    wire: int
    raw: int


@dataclass(frozen=True)
class Weight:
    """A page's first view.

    ``foreign``: addresses on other hosts that it asked for, whatever came of it.
    """

    page: str
    files: tuple[File, ...]
    foreign: tuple[str, ...] = ()

    @property
    def wire(self) -> int:
        return sum(file.wire for file in self.files)

    @property
    def raw(self) -> int:
        return sum(file.raw for file in self.files)

    @property
    def requests(self) -> int:
        return len(self.files) + len(self.foreign)

    def largest(self) -> list[File]:
        return sorted(self.files, key=lambda file: (-file.wire, file.url))[:LARGEST]


def measure(browser: Browser, address: str, page: str) -> Weight:
    """Open one page with an empty cache and wait until it asks for nothing more."""
    asked: list[Request] = []
    with browser.new_context(viewport=WINDOW) as context:
        tab = context.new_page()
        tab.on(
            "request",
            lambda request: request.url.startswith(("data:", "blob:")) or asked.append(request),
        )
        tab.goto(f"{address}/{page}", wait_until="networkidle")
        tab.evaluate(ICON)
        tab.wait_for_load_state("networkidle")
        tab.wait_for_timeout(100)  # an answer that has come is entered a moment later
        asked_so_far = list(
            asked
        )  # while answers are read, the browser may ask for its icon once more
        files = tuple(
            _file(request) for request in asked_so_far if request.url.startswith(address + "/")
        )
    return Weight(
        page,
        files,
        tuple(request.url for request in asked_so_far if not request.url.startswith(address + "/")),
    )


def _file(request: Request) -> File:
    answer = request.response()
    if answer is None or not answer.ok:
        raise SystemExit(
            f"{request.url}: found {answer.status if answer else request.failure}; expected a file"
            " that is there"
        )
    sizes = request.sizes()
    return File(
        urlsplit(request.url).path,
        sizes["responseHeadersSize"] + sizes["responseBodySize"],
        len(answer.body()),
    )


def pages(site: Path) -> list[str]:
    """Every page of a site, the landing page first, chapters in the order of their names."""
    found = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
    found = [page for page in found if not page.startswith("_")]
    return sorted(found, key=lambda page: (page != "index.html", "/" not in page, page))


def broken(weight: Weight) -> list[str]:
    """What of the limits for a first view this page breaks, in words."""
    found = []
    if weight.wire > LIMIT_KB * 1000:
        largest = ", ".join(f"{file.url} {kb(file.wire)}" for file in weight.largest()[:2])
        found.append(
            f"{weight.page}: found {kb(weight.wire)} KB; expected at most {LIMIT_KB} (largest:"
            f" {largest})"
        )
    if weight.requests > LIMIT_REQUESTS:
        found.append(
            f"{weight.page}: found {weight.requests} requests; expected at most {LIMIT_REQUESTS}"
        )
    if weight.foreign:
        found.append(
            f"{weight.page}: found requests to other hosts ({', '.join(weight.foreign[:3])});"
            " expected none"
        )
    return found


def kb(size: float) -> str:
    return f"{size / 1000:,.1f}"


def report(ours: list[Weight], stock: dict[str, Weight]) -> str:
    """Both tables: every page beside its stock twin, and the largest files of each page."""
    heads = ["page", "raw KB", "gzip KB", "requests", "other hosts"]
    if stock:
        heads += ["stock raw", "stock gzip", "requests", "other hosts", "ours/stock"]
    rows = []
    for weight in ours:
        row = [weight.page, *_cells(weight)]
        if stock:
            twin = stock.get(weight.page)
            row += [*_cells(twin), f"{weight.wire / twin.wire:.2f}"] if twin else [""] * 5
        rows.append(row)
    files = [
        [
            weight.page,
            " ".join(f"{Path(file.url).name} {kb(file.wire)}" for file in weight.largest()),
        ]
        for weight in ours
    ]
    return (
        table(heads, rows)
        + "\n\n"
        + table(["page", f"its {LARGEST} largest files, gzip KB"], files)
    )


def _cells(weight: Weight) -> list[str]:
    return [kb(weight.raw), kb(weight.wire), str(weight.requests), str(len(weight.foreign))]


def visit(browser: Browser, site: Path, wanted: list[str] | None = None) -> list[Weight]:
    with serving(site) as address:
        return [measure(browser, address, page) for page in wanted or pages(site)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--site", type=Path, default=ROOT / "_build" / "html", help="the built site"
    )
    parser.add_argument(
        "--stock",
        type=Path,
        default=ROOT / "_build" / "stock" / "_build" / "html",
        help="the stock book's site",
    )
    options = parser.parse_args()
    if not (options.site / "index.html").is_file():
        raise SystemExit(f"{options.site}: found no site; expected one (make book)")
    with chromium() as browser:
        ours = visit(browser, options.site.resolve())
        there = options.stock / "index.html"
        stock = visit(browser, options.stock.resolve()) if there.is_file() else []
    print(report(ours, {weight.page: weight for weight in stock}))
    if stock and any(weight.foreign for weight in stock):
        print(
            "\nWhat the stock book asks of other hosts counts as a request; its bytes cannot be had"
            " here and are left out."
        )
    faults = [fault for weight in ours for fault in broken(weight)]
    print(
        "\n"
        + (
            "\n".join(faults)
            or f"Every page keeps to {LIMIT_KB} KB and {LIMIT_REQUESTS} requests, none to another host."
        )
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

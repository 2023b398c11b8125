"""What a reader of each page gets: its weight, what axe finds, and the scores of Lighthouse.

    python -m upkeep.pages [--site DIR] [PAGE ...]        (make pages)

Weight is what comes over the wire when a page is first opened on a phone, nothing pressed: headers,
and bodies as they were sent. The icon counts, though a headless browser does not ask for it by
itself. A KB is 1,000 bytes. axe sees each page on a phone and on a desk, light and dark, with
everything unfolded; it finds a part of what can be wrong, the rest needs people. Lighthouse plays a
phone with a slow network and a slow processor. It leaves out pages that ask search engines not to
list them, for which it takes points. Its performance swings with the machine and what else it does:
a page under its limit is run twice more, and the median of the three counts.

Exits with 1 if a page is over a limit.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Request, sync_playwright

from microwork.paths import ROOT
from upkeep.serving import serving
from upkeep.tables import table

LIMIT_KB, LIMIT_REQUESTS = 90, 8
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
ICON = """() => { const icon = document.querySelector('link[rel~="icon"]');
                  if (icon) fetch(icon.href).catch(() => {}) }"""
UNFOLD = "() => document.querySelectorAll('details').forEach(fold => { fold.open = true })"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic")
# A page that asks for another host is told at once that there is none: counted, not waited for.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
TOOL = ROOT / ".tools" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS, SECONDS = 3, 240


def chromium_path() -> str:
    """Where the browser is. Raises ``SystemExit`` if there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise SystemExit(f"no Chromium on this machine; expected one of: {', '.join(names)}")
    return found


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A real Chromium that can reach this machine and nothing else."""
    with sync_playwright() as playwright:
        launch = playwright.chromium.launch
        with launch(executable_path=chromium_path(), args=[*FLAGS, ALONE]) as browser:
            yield browser


def pages(site: Path) -> list[str]:
    """Every page of a site, the landing page first, chapters in the order of their names, then
    those of the editions in other languages."""
    paths = [path.relative_to(site) for path in site.rglob("*.html")]
    found = [path for path in paths if not any(part.startswith("_") for part in path.parts)]
    ordered = sorted(found, key=lambda path: (path.parent.parts, path.name != "index.html", path))
    return [path.as_posix() for path in ordered]


class Weight(NamedTuple):
    """A page's first view: address and bytes on the wire of each file, the heaviest first, and the
    addresses on other hosts that it asked for, whatever came of it."""

    page: str
    files: list[tuple[str, int]]
    foreign: list[str]

    @property
    def wire(self) -> int:
        return sum(size for _, size in self.files)

    @property
    def requests(self) -> int:
        return len(self.files) + len(self.foreign)


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
    if answer is None or not answer.ok:
        found = answer.status if answer else request.failure
        raise SystemExit(f"{request.url}: found {found}; expected a file that is there")
    sizes = request.sizes()
    return urlsplit(request.url).path, sizes["responseHeadersSize"] + sizes["responseBodySize"]


def too_heavy(weight: Weight) -> list[str]:
    """What of the limits for a first view this page breaks, in words."""
    found = []
    if weight.wire > LIMIT_KB * 1000:
        largest = ", ".join(f"{url} {size / 1000:.1f}" for url, size in weight.files[:2])
        said = f"found {weight.wire / 1000:.1f} KB; expected at most {LIMIT_KB}"
        found.append(f"{weight.page}: {said} (largest: {largest})")
    if weight.requests > LIMIT_REQUESTS:
        said = f"found {weight.requests} requests; expected at most {LIMIT_REQUESTS}"
        found.append(f"{weight.page}: {said}")
    if weight.foreign:
        asked = ", ".join(weight.foreign[:3])
        found.append(f"{weight.page}: found requests to other hosts ({asked}); expected none")
    return found


def axe(browser: Browser, address: str) -> dict[str, set[str]]:
    """The rules that a page breaks, each with the elements that break it, in any window."""
    found: dict[str, set[str]] = {}
    for window, scheme in product((PHONE, DESK), ("light", "dark")):
        with browser.new_context(viewport=window, color_scheme=scheme) as context:
            tab = context.new_page()
            tab.goto(address, wait_until="networkidle")
            tab.evaluate(UNFOLD)
            run = Axe().run(tab, options={"resultTypes": ["violations"], "preload": False})
        for violation in run.response["violations"]:
            places = found.setdefault(violation["id"], set())
            places |= {" ".join(map(str, node["target"])) for node in violation["nodes"]}
    return found


def lighthouse(address: str) -> dict:
    """The report of one run of Lighthouse. Raises ``SystemExit`` with its words if it gave none."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "report.json"
        flags = ["--quiet", "--output=json", f"--output-path={target}"]
        flags += [f"--only-categories={','.join(CATEGORIES)}", "--disable-full-page-screenshot"]
        flags += [f"--chrome-flags={' '.join(('--headless', *FLAGS))}"]
        flags += ["--no-enable-error-reporting"]
        environment = {**os.environ, "CHROME_PATH": chromium_path()}
        command = ["node", str(TOOL), address, *flags]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=SECONDS, env=environment
        )
        if not target.is_file():
            raise SystemExit(f"{address}: Lighthouse gave no report: {done.stderr.strip()[-500:]}")
        found = json.loads(target.read_text(encoding="utf-8"))
    if "runtimeError" in found:
        raise SystemExit(f"{address}: {found['runtimeError'].get('message')}")
    return found


def scores(found: dict) -> dict[str, float]:
    """The score of each category, 0 to 1; a category that could not be scored is 0."""
    return {name: found["categories"][name]["score"] or 0.0 for name in CATEGORIES}


def judged(address: str, once: Callable[[str], dict] = lighthouse) -> dict:
    """A page's report: of one run if all its scores are 1, else that of three with the median of
    performance."""
    reports = [once(address)]
    while min(scores(reports[0]).values()) < 1 and len(reports) < RUNS:
        reports.append(once(address))
    return sorted(reports, key=lambda found: scores(found)["performance"])[len(reports) // 2]


def too_low(page: str, found: dict) -> list[str]:
    """The categories in which a page lost points, with the audits that cost them."""
    lines = []
    for category, score in scores(found).items():
        costly = []
        for part in found["categories"][category]["auditRefs"]:
            audit = found["audits"][part["id"]]
            least = 0.9 if category == "performance" else 1
            if part["weight"] and audit["score"] is not None and audit["score"] < least:
                costly.append(f"{part['id']} {audit.get('displayValue', '')}".strip())
        if score < 1:
            lines.append(f"{page}: {category} {score:.2f}, expected 1.00: {', '.join(costly)}")
    return lines


def listed(site: Path, page: str) -> bool:
    """Whether search engines may list a page."""
    return 'content="noindex' not in (site / page).read_text(encoding="utf-8")


def examine(browser: Browser, site: Path, address: str, page: str) -> tuple[list[str], list[str]]:
    """The row of a page, and what is wrong with it, in words."""
    weight, rules = weigh(browser, address, page), axe(browser, f"{address}/{page}")
    faults = too_heavy(weight)
    faults += [f"{page}: {rule} at {sorted(places)[0]}" for rule, places in rules.items()]
    row = [page, f"{weight.wire / 1000:.1f}", str(weight.requests), str(len(rules))]
    if not listed(site, page):
        return [*row, *[""] * len(CATEGORIES)], faults
    found = judged(f"{address}/{page}")
    row += [f"{score:.2f}" for score in scores(found).values()]
    return row, faults + too_low(page, found)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--site", type=Path, default=ROOT / "_build" / "html")
    parser.add_argument("pages", nargs="*", help="such as chapters/counts.html; all if none")
    options = parser.parse_args()
    site = options.site.resolve()
    if not (site / "index.html").is_file():
        raise SystemExit(f"{options.site}: found no site; expected one (make book)")
    if not TOOL.is_file():
        raise SystemExit(f"{TOOL.relative_to(ROOT)}: not there; expected Lighthouse (make pages)")
    with chromium() as browser, serving(site) as address:
        names = options.pages or pages(site)
        found = [examine(browser, site, address, page) for page in names]
    print(table(["page", "KB", "requests", "axe", *CATEGORIES], [row for row, _ in found]))
    faults = [fault for _, faults in found for fault in faults]
    print("\n" + ("\n".join(faults) or "Every page is within the limits."))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())

"""axe on every page, beside the stock book: how many rules it breaks, in how many places.

    python -m upkeep.axe [--site DIR] [--stock DIR]

Each page is opened on a phone and on a desk, light and dark, with everything unfolded; exits with 1
if a page of ours breaks a rule. axe finds a part of what can be wrong; the rest needs people.
"""

from __future__ import annotations

import argparse
import sys
from itertools import product
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from upkeep.chromium import chromium
from upkeep.serving import serving
from upkeep.tables import table
from upkeep.weight import ROOT, pages

WINDOWS = ({"width": 390, "height": 844}, {"width": 1280, "height": 900})
SCHEMES = ("light", "dark")
UNFOLD = "() => document.querySelectorAll('details').forEach(fold => { fold.open = true })"


def broken(browser: Browser, address: str) -> dict[str, set[str]]:
    """The rules that a page breaks: rule -> the elements that break it, in any window and scheme."""
    found: dict[str, set[str]] = {}
    for window, scheme in product(WINDOWS, SCHEMES):
        with browser.new_context(viewport=window, color_scheme=scheme) as context:
            tab = context.new_page()
            tab.goto(address, wait_until="networkidle")
            tab.evaluate(UNFOLD)
            run = Axe().run(tab, options={"resultTypes": ["violations"], "preload": False})
        for violation in run.response["violations"]:
            places = found.setdefault(violation["id"], set())
            places |= {" ".join(map(str, node["target"])) for node in violation["nodes"]}
    return found


def visit(browser: Browser, site: Path) -> dict[str, dict[str, set[str]]]:
    with serving(site) as address:
        return {page: broken(browser, f"{address}/{page}") for page in pages(site)}


def report(ours: dict[str, dict[str, set[str]]], stock: dict[str, dict[str, set[str]]]) -> str:
    heads = ["page", "rules broken", "places"] + (
        ["stock: rules", "places", "which"] if stock else []
    )
    rows = []
    for page, found in ours.items():
        row = [page, *_counts(found)]
        if stock:
            row += (
                [*_counts(stock[page]), ", ".join(sorted(stock[page]))]
                if page in stock
                else [""] * 3
            )
        rows.append(row)
    return table(heads, rows)


def _counts(found: dict[str, set[str]]) -> list[str]:
    return [str(len(found)), str(sum(map(len, found.values())))]


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
        stock = (
            visit(browser, options.stock.resolve())
            if (options.stock / "index.html").is_file()
            else {}
        )
    print(report(ours, stock))
    faults = [
        f"{page}: {rule} at {sorted(places)[0]}"
        for page, found in ours.items()
        for rule, places in found.items()
    ]
    print("\n" + ("\n".join(faults) or "No page breaks a rule of axe."))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

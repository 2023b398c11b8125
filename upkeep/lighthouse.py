"""Lighthouse on every page: a phone with a slow network and a slow processor, as its default is.

    python -m upkeep.lighthouse [--site DIR] [PAGE ...]

Prints the four scores of each page, and the audits that failed; exits with 1 if a page is under a
limit. Pages that ask search engines not to list them are left out: Lighthouse takes points from
them for asking. Performance swings with the machine and what else it does: a page under its limit
is run twice more, and the median of the three counts. Lighthouse's own index of the machine's speed
is printed too.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from upkeep import chromium
from upkeep.serving import serving
from upkeep.tables import table
from upkeep.weight import ROOT, pages

TOOL = ROOT / ".tools" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
LIMITS = {"performance": 1.0, "accessibility": 1.0, "best-practices": 1.0, "seo": 1.0}
RUNS = 3
SECONDS = 240


def run(address: str) -> dict:
    """One run of Lighthouse: its report. Raises ``SystemExit`` with its own words if it gave none."""
    flags = " ".join(("--headless", *chromium.FLAGS))
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "report.json"
        command = [
            "node",
            str(TOOL),
            address,
            "--quiet",
            "--output=json",
            f"--output-path={target}",
        ]
        command += [
            f"--only-categories={','.join(LIMITS)}",
            "--disable-full-page-screenshot",
            f"--chrome-flags={flags}",
        ]
        command += ["--no-enable-error-reporting"]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            env={**os.environ, "CHROME_PATH": chromium.path()},
        )
        if not target.is_file():
            raise SystemExit(f"{address}: Lighthouse gave no report: {done.stderr.strip()[-500:]}")
        found = json.loads(target.read_text(encoding="utf-8"))
    if "runtimeError" in found:
        raise SystemExit(f"{address}: {found['runtimeError'].get('message')}")
    return found


def scores(found: dict) -> dict[str, float]:
    """The score of each category, 0 to 1; a category that could not be scored is 0."""
    return {name: found["categories"][name]["score"] or 0.0 for name in LIMITS}


def listed(site: Path) -> list[str]:
    """The pages of a site that search engines may list."""
    return [
        page
        for page in pages(site)
        if 'content="noindex' not in (site / page).read_text(encoding="utf-8")
    ]


def middle(reports: list[dict]) -> dict:
    """The report whose performance is the median; of an even number the worse of the middle two."""
    return sorted(reports, key=lambda found: scores(found)["performance"])[(len(reports) - 1) // 2]


def under(found: dict) -> list[str]:
    """Names of the categories under their limits."""
    return [name for name, score in scores(found).items() if score < LIMITS[name]]


def failed(found: dict, category: str) -> list[str]:
    """What costs a category points: id of the audit, its score, and its own words for what it
    measured."""
    words = []
    for part in found["categories"][category]["auditRefs"]:
        audit = found["audits"][part["id"]]
        if (
            part["weight"] > 0
            and audit["score"] is not None
            and audit["score"] < (0.9 if category == "performance" else 1)
        ):
            shown = f" ({audit['displayValue']})" if audit.get("displayValue") else ""
            words.append(f"{part['id']} {audit['score']:.2f}{shown}")
    return words


def judged(address: str, once: Callable[[str], dict] = run) -> dict:
    """A page's report: of one run if it is within the limits, else the middle one of three."""
    reports = [once(address)]
    while under(reports[0]) and len(reports) < RUNS:
        reports.append(once(address))
    return middle(reports)


def report(found: dict[str, dict]) -> str:
    """A row per page."""
    rows = []
    for page, result in found.items():
        metric = result["audits"]
        times = [metric[name]["displayValue"].replace("\u00a0", " ") for name in SHOWN.values()]
        rows.append([page, *(f"{score:.2f}" for score in scores(result).values()), *times])
    return table(["page", *LIMITS, *SHOWN], rows)


SHOWN = {
    "first paint": "first-contentful-paint",
    "largest": "largest-contentful-paint",
    "blocked": "total-blocking-time",
    "shift": "cumulative-layout-shift",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--site", type=Path, default=ROOT / "_build" / "html", help="the built site"
    )
    parser.add_argument(
        "pages", nargs="*", help="pages, such as chapters/counts.html; all if none is named"
    )
    options = parser.parse_args()
    if not TOOL.is_file():
        raise SystemExit(
            f"{TOOL.relative_to(ROOT)}: not there; expected Lighthouse (make bench sets it up)"
        )
    if not (options.site / "index.html").is_file():
        raise SystemExit(f"{options.site}: found no site; expected one (make book)")
    with serving(options.site.resolve()) as address:
        found = {
            page: judged(f"{address}/{page}")
            for page in options.pages or listed(options.site.resolve())
        }
    print(report(found))
    speed = sorted(result["environment"]["benchmarkIndex"] for result in found.values())[
        len(found) // 2
    ]
    print(
        f"\nSpeed of this machine by Lighthouse's own index: {speed:.0f}. Slow machines cost pages"
        " points."
    )
    faults = [
        f"{page}: {category} {scores(result)[category]:.2f}, expected {LIMITS[category]:.2f}: "
        f"{', '.join(failed(result, category))}"
        for page, result in found.items()
        for category in under(result)
    ]
    print("\n" + ("\n".join(faults) or "Every page is within the limits."))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

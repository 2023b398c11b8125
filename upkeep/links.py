"""Do the addresses that the report cites still answer? Sphinx's own link check, told in words.

    python -m upkeep.links --out links.md

This is the only job that uses a network, and it is no part of any build or test. The check itself failing is
an error; an address that does not answer is news: it is written to the file, and the exit code stays 0.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

from book.build import environment
from microwork.paths import ROOT

# What Sphinx finds that a reader would call broken; "unchecked" and "ignored" are addresses of our own pages.
BROKEN = ("broken", "timeout")
MOVED_FOR_GOOD = (301, 308)


def records(text: str) -> list[dict]:
    """The records of the link check: one JSON object a line, with filename, lineno, status, code, uri, info."""
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def told(found: list[dict]) -> str:
    """The report in Markdown. A line that starts with ``- `` is an address that does not answer."""
    asked = {record["uri"] for record in found if record["status"] in ("working", "redirected", *BROKEN)}
    lines = [f"{len(asked)} addresses were asked."]
    broken = _by_address(record for record in found if record["status"] in BROKEN)
    if broken:
        lines += ["", "These did not answer. Look whether the page has moved or an archive has it, and mend the source:", ""]
        lines += [f"- <{uri}> ({places}): {reason}" for uri, (places, reason) in broken.items()]
    moved = _by_address(r for r in found if r["status"] == "redirected" and r["code"] in MOVED_FOR_GOOD)
    if moved:
        lines += ["", "These have moved for good:", ""]
        lines += [f"* <{uri}> ({places}), now at <{target}>" for uri, (places, target) in moved.items()]
    if not broken:
        lines += ["", "All of them answered."]
    return "\n".join(lines) + "\n"


def _by_address(found) -> dict[str, tuple[str, str]]:
    """Address -> the files that cite it, and what was said of it; sorted by address."""
    files: dict[str, set[str]] = {}
    said: dict[str, str] = {}
    for record in found:
        files.setdefault(record["uri"], set()).add(record["filename"])
        said[record["uri"]] = " ".join(str(record["info"]).split()) or "no answer in time"
    return {uri: (", ".join(sorted(files[uri])), said[uri]) for uri in sorted(files)}


def check(work: Path) -> list[dict]:
    """Run the link check over the book, in the folder ``work``, where executed chapters are kept for the next time.

    Raises ``RuntimeError`` with the end of the log if it did not come to an end.
    """
    output = work / "_build" / "html" / "output.json"  # Jupyter Book puts it there: hence a folder apart from the site's
    output.unlink(missing_ok=True)
    start = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", start, "build", ROOT, "--path-output", work, "--builder", "linkcheck"]
    done = subprocess.run(list(map(str, command)), cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    if not output.is_file() or not re.search(r"build (succeeded|finished)", said):  # a link that is broken is no success
        raise RuntimeError(said[-2000:])
    return records(output.read_text(encoding="utf-8"))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m upkeep.links", description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="the file to write, in Markdown")
    chosen = parser.parse_args(arguments)
    try:
        found = check(ROOT / "_build" / "links")
    except RuntimeError as error:
        print(f"The link check did not come to an end:\n{error}", file=sys.stderr)
        return 1
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(told(found), encoding="utf-8")
    print(f"{sum(record['status'] in BROKEN for record in found)} links do not answer; see {chosen.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Do the addresses that the report cites still answer? Sphinx's own link check, told in words.

    python -m upkeep.links --out links.md

The only job that uses a network, and no part of a build or test. Nothing is written if the check
did not come to an end, or if no address answered: then there is no network. An address that does
not answer is news: it is written to the file, and the exit code stays 0.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from tallybook.builder.process.command import environment

from microwork.paths import ROOT
from upkeep.stock import COMMAND

# What Sphinx finds that a reader would call broken; "unchecked" are addresses of our own pages.
BROKEN = ("broken", "timeout")
ANSWERED = ("working", "redirected", "ignored")


def check(root: Path) -> list[dict]:
    """Run the link check over the book at ``root``; a record for each link, with filename, status,
    uri and info. Raises ``SystemExit`` if it did not come to an end."""
    work = root / "_build" / "links"
    output = work / "_build" / "html" / "output.json"  # Jupyter Book puts it there
    output.unlink(missing_ok=True)
    command = [*COMMAND, str(root), "--path-output", str(work), "--builder", "linkcheck"]
    done = subprocess.run(command, cwd=root, env=environment(), capture_output=True, text=True)
    said = done.stdout + done.stderr
    if "build finished" not in said and "build succeeded" not in said or not output.is_file():
        raise SystemExit(f"the link check did not come to an end:\n{said[-2000:]}")
    return [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]


def told(found: list[dict]) -> str:
    """The report in Markdown: a line that starts with ``- `` for each address that does not answer.
    Raises ``SystemExit`` if none answered."""
    asked = [one for one in found if one["status"] in (*BROKEN, *ANSWERED) and "://" in one["uri"]]
    broken = sorted({one["uri"] for one in asked if one["status"] in BROKEN})
    if asked and all(one["status"] in BROKEN for one in asked):
        raise SystemExit(f"none of {len(asked)} links answered, so there may be no network")
    lines = [f"{len({one['uri'] for one in asked})} addresses were asked.", ""]
    lines += [] if broken else ["All of them answered."]
    for uri in broken:
        ones = [one for one in asked if one["uri"] == uri]
        places = ", ".join(sorted({one["filename"] for one in ones}))
        info = " ".join(str(ones[-1]["info"]).split()) or "no answer in time"
        lines.append(f"- <{uri}> ({places}): {info}")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="the file to write, in Markdown")
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder of the book")
    chosen = parser.parse_args()
    text = told(check(chosen.root))
    chosen.out.write_text(text, encoding="utf-8")
    sys.stdout.write(text)

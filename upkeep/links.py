"""Do the addresses that the report cites still answer? Sphinx's own link check, told in words.

    python -m upkeep.links --out links.md        (make links)

This is the only job that uses a network, and it is no part of any build or test. A check that did
not come to an end is an error, and so is one in which no address at all answered, for then there is
no network: nothing is written. An address that does not answer is news: it is written to the file,
and the exit code stays 0.
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
MOVED_FOR_GOOD = (301, 308)


class LinkError(Exception):
    """The check says nothing about the addresses."""


def check(root: Path) -> list[dict]:
    """Run the link check over the book at ``root``; a record for each link, with filename, status,
    code, uri and info. Executed chapters are kept in ``_build/links`` for the next time."""
    work = root / "_build" / "links"
    output = work / "_build" / "html" / "output.json"  # Jupyter Book puts it there
    output.unlink(missing_ok=True)
    command = [*COMMAND, str(root), "--path-output", str(work), "--builder", "linkcheck"]
    done = subprocess.run(command, cwd=root, env=environment(), capture_output=True, text=True)
    said = done.stdout + done.stderr
    if "build finished" not in said and "build succeeded" not in said or not output.is_file():
        raise LinkError(f"the link check did not come to an end:\n{said[-2000:]}")
    return [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]


def told(found: list[dict]) -> tuple[str, int]:
    """The report in Markdown, and how many addresses do not answer: a line that starts with ``- ``
    for each. Raises ``LinkError`` if none answered."""
    asked = [one for one in found if one["status"] in (*BROKEN, *ANSWERED) and "://" in one["uri"]]
    if asked and all(one["status"] in BROKEN for one in asked):
        raise LinkError(f"none of {len(asked)} links answered, so there may be no network")
    addresses: dict[str, list[dict]] = {}
    for one in sorted(asked, key=lambda one: (one["uri"], one["filename"])):
        addresses.setdefault(one["uri"], []).append(one)
    broken, moved = [], []
    for uri, ones in addresses.items():
        places = ", ".join(dict.fromkeys(one["filename"] for one in ones))
        info = " ".join(str(ones[-1]["info"]).split())
        if ones[-1]["status"] in BROKEN:
            broken.append(f"- <{uri}> ({places}): {info or 'no answer in time'}")
        elif ones[-1]["code"] in MOVED_FOR_GOOD:
            moved.append(f"* <{uri}> ({places}), now at <{info}>")
    lines = [f"{len(addresses)} addresses were asked."]
    if broken:
        advice = "Look whether the page has moved or an archive has it, and mend the source:"
        lines += ["", f"These did not answer. {advice}", "", *broken]
    if moved:
        lines += ["", "These have moved for good:", "", *moved]
    return "\n".join([*lines, *([] if broken else ["", "All of them answered."])]) + "\n", len(
        broken
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m upkeep.links")
    parser.add_argument("--out", type=Path, required=True, help="the file to write, in Markdown")
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder of the book")
    chosen = parser.parse_args(arguments)
    try:
        text, broken = told(check(chosen.root))
    except LinkError as error:
        print(f"{chosen.out} was not written: {error}", file=sys.stderr)
        return 1
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(text, encoding="utf-8")
    print(f"{broken} addresses do not answer; see {chosen.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

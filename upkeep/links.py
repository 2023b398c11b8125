"""Do the addresses that the report cites still answer? Sphinx's own link check, told in words.

    python -m upkeep.links --out links.md

This is the only job that uses a network, and it is no part of any build or test. The check itself
failing is an error, and so is a network that is not there: then nothing is written. An address that
does not answer is news: it is written to the file, and the exit code stays 0.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from urllib.parse import urlsplit

import requests
from tallybook.builder.process.command import environment

from microwork.paths import ROOT

# What Sphinx finds that a reader would call broken; "unchecked" and "ignored" are addresses of our
# own pages.
BROKEN = ("broken", "timeout")
MOVED_FOR_GOOD = (301, 308)
# What the library says when nobody was reached. An error that a server sent, a wrong certificate or
# a server that fell silent half way are no part of this: somebody was there.
UNREACHED = re.compile(
    r"\b(?:NameResolutionError|NewConnectionError|ConnectTimeoutError|ProxyError)\b"
)
ADDRESS = re.compile(r"https?://[^\s<>\"'{}|\\^`)\]]+")
PATIENCE = 10  # seconds for one host to be reached, before the check itself
AT_ONCE = 32  # hosts


class NoNetwork(Exception):
    """None of the addresses could be reached, so nothing can be said of any of them."""


def records(text: str) -> list[dict]:
    """The records of the link check: one JSON object a line, with filename, lineno, status, code,
    uri, info."""
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def told(found: list[dict]) -> str:
    """The report in Markdown. A line that starts with ``- `` is an address that does not answer."""
    asked = {
        record["uri"] for record in found if record["status"] in ("working", "redirected", *BROKEN)
    }
    lines = [f"{len(asked)} addresses were asked."]
    broken = _by_address(record for record in found if record["status"] in BROKEN)
    if broken:
        lines += [
            "",
            (
                "These did not answer. Look whether the page has moved or an archive has it, and"
                " mend the source:"
            ),
            "",
        ]
        lines += [f"- <{uri}> ({places}): {reason}" for uri, (places, reason) in broken.items()]
    moved = _by_address(
        r for r in found if r["status"] == "redirected" and r["code"] in MOVED_FOR_GOOD
    )
    if moved:
        lines += ["", "These have moved for good:", ""]
        lines += [
            f"* <{uri}> ({places}), now at <{target}>" for uri, (places, target) in moved.items()
        ]
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


def unreached(record: dict) -> bool:
    """Whether nobody was there: no name was found, or nothing could be connected to."""
    silent = record["status"] == "timeout" and "Read timed out" not in record["info"]
    return silent or (record["status"] in BROKEN and bool(UNREACHED.search(record["info"])))


def without_network(found: list[dict]) -> bool:
    """Whether addresses elsewhere were asked, and not one of them was reached."""
    asked = [
        record
        for record in found
        if record["uri"].startswith(("http:", "https:")) and record["status"] != "unchecked"
    ]
    return bool(asked) and all(map(unreached, asked))


def hosts(root: Path) -> dict[str, str]:
    """The hosts that pages and bibliography of the book at ``root`` name, each with one of its
    addresses."""
    texts = [root / "index.md", *sorted(root.glob("chapters/*.md")), root / "data" / "sources.bib"]
    found = (
        address
        for path in texts
        if path.is_file()
        for address in ADDRESS.findall(path.read_text(encoding="utf-8"))
    )
    return {urlsplit(address).netloc: address for address in found}


def any_reached(addresses: Iterable[str]) -> bool:
    """Whether at least one of the addresses can be reached, through a proxy if one is set; ends
    with the first."""
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        return any(
            done.result()
            for done in as_completed([pool.submit(_reached, address) for address in addresses])
        )
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _reached(address: str) -> bool:
    try:
        requests.head(address, timeout=PATIENCE, allow_redirects=False)
    except requests.RequestException as error:
        return not UNREACHED.search(str(error))
    return True


def check(work: Path, root: Path = ROOT) -> list[dict]:
    """Run the link check over the book at ``root``, in the folder ``work``, where executed chapters
    are kept for the next time.

    Raises ``NoNetwork`` if nobody was reached, ``RuntimeError`` with the end of the log if it did
    not come to an end.
    """
    named = hosts(root)
    if named and not any_reached(named.values()):  # asked beforehand, since the check takes minutes
        raise NoNetwork(
            f"none of the hosts that the report names could be reached ({len(named)} tried)"
        )
    output = (
        work / "_build" / "html" / "output.json"
    )  # Jupyter Book puts it there: hence a folder apart from the site's
    output.unlink(missing_ok=True)
    start = "from jupyter_book.cli.main import main; main()"
    command = [
        sys.executable,
        "-c",
        start,
        "build",
        root,
        "--path-output",
        work,
        "--builder",
        "linkcheck",
    ]
    done = subprocess.run(
        list(map(str, command)),
        cwd=root,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    if not output.is_file() or not re.search(
        r"build (succeeded|finished)", said
    ):  # a link that is broken is no success
        raise RuntimeError(said[-2000:])
    found = records(output.read_text(encoding="utf-8"))
    if without_network(found):  # it went away meanwhile
        raise NoNetwork("none of the addresses that were asked could be reached")
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m upkeep.links", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--out", type=Path, required=True, help="the file to write, in Markdown")
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder of the book")
    chosen = parser.parse_args(arguments)
    try:
        found = check(chosen.root / "_build" / "links", chosen.root)
    except NoNetwork as error:
        print(
            f"There is no network: {error}. The links were not checked, and {chosen.out} was not"
            " written.",
            file=sys.stderr,
        )
        return 1
    except RuntimeError as error:
        print(f"The link check did not come to an end:\n{error}", file=sys.stderr)
        return 1
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(told(found), encoding="utf-8")
    print(
        f"{sum(record['status'] in BROKEN for record in found)} links do not answer; see"
        f" {chosen.out}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

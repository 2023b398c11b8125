"""Makes the files to keep of a built site: the report and each chapter as PDF, the report as EPUB,
in each language of the site.

    python -m tallybook keep [--out DIR]

They go to ``_build/keep``, with a list of them (``files.json``). A development build links none of
them. A release has them in its archive, and its public pages link to them
(``tallybook.keep.offer``).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from tallybook.errors import TallybookError
from tallybook.keep import make, paper
from tallybook.release import command


def main(arguments: Iterable[str]) -> int:
    parser = argparse.ArgumentParser("python -m tallybook keep", description="PDF and EPUB.")
    parser.add_argument("--out", type=Path, help="folder to write, if not _build/keep")
    given = parser.parse_args(list(arguments))
    root = Path.cwd()
    try:
        releases = command.of(root)
        site, out = (root / "_build" / "html").resolve(), given.out or root / "_build" / "keep"
        make.all_files(site, root, out, releases.name, paper.program(root))
    except (TallybookError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0

"""Makes the files to keep of a built site: the report as PDF and as EPUB, in each language.

    python -m tallybook keep [--out DIR]

They go to ``_build/keep``, with a list of them (``files.json``). A development build links none of
them. A release has them in its archive, and its public pages link to them
(``tallybook.keep.offer``).
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from tallybook import language, report, settings, translate
from tallybook.builder.process.progress import say
from tallybook.keep import book, epub, offer, paper
from tallybook.keep.book import KeepError

OWN = Path("_build/keep")  # below the folder of a report


def main(arguments: Iterable[str]) -> int:
    parser = argparse.ArgumentParser("python -m tallybook keep", description="PDF and EPUB.")
    parser.add_argument("--out", type=Path, help="folder to write, if not _build/keep")
    given = parser.parse_args(list(arguments))
    root = Path.cwd()
    site, out = (root / "_build" / "html").resolve(), given.out or root / OWN
    all_files(site, root, out, paper.program(root))
    return 0


def all_files(site: Path, root: Path, out: Path, program: Path) -> None:
    """Write the files of every edition of a site to a folder, without the lists that repeat what
    chapters say. In ``_build/keep`` they take the place of what is there; any other folder has to
    be empty. ``root``: the report that the site was built from. Raises ``KeepError``."""
    provider = report.provider(settings.report_provider(root) or "")
    lists = {provider.PAGES.get(part, "") for part in ("numbers", "ledger")} - {settings.ROOT}
    if out == root / OWN and not out.is_symlink():
        shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    if there := sorted(out.iterdir()):
        raise KeepError(str(out), there[0].name, "a new folder, or an empty one")
    listed: dict[str, offer.Listing] = {}
    for code in ("", *translate.languages(root)):
        one = book.read(site / code, root, provider.KEY, code, lists)
        with language.speaking(one.language, root):
            paper.write(one, out / f"{one.key}.pdf", program)
            epub.write(one, out / f"{one.key}.epub")
            listed[code] = offer.listing(one)
        say(f"{one.key}: PDF, EPUB")
    text = json.dumps(listed, indent=1, ensure_ascii=False) + "\n"
    (out / offer.LIST).write_text(text, encoding="utf-8")

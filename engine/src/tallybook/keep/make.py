"""All files to keep of a built site: the report and each chapter as PDF, the report as EPUB, in
each language of the site, with a list of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path, PurePosixPath

from tallybook import language, project, settings, translate
from tallybook.builder.process.progress import say
from tallybook.keep import book, epub, offer, paper
from tallybook.keep.book import Book


def all_files(site: Path, root: Path, out: Path, key: str, program: Path) -> None:
    """Write the files of every edition of a site to a folder, in place of what it holds. ``root``:
    the report that the site was built from. Raises ``KeepError``."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    here = project.Project(root, project.here().package)
    chapters = list(settings.chapters(here).values())
    listed: dict[str, offer.Listing] = {}
    for code in ("", *translate.languages(root)):
        one = book.read(site / code, root, key, code)
        with language.speaking(one.language, root):
            documents = _documents(one, chapters, out)
            paper.print_all(documents, one, program)
            epub.write(one, out / f"{one.key}.epub")
            listed[code] = offer.listing(one, documents)
        say(f"{one.key}: {len(documents)} PDF, 1 EPUB")
    text = json.dumps(listed, indent=1, ensure_ascii=False) + "\n"
    (out / offer.LIST).write_text(text, encoding="utf-8")


def _documents(one: Book, chapters: list[str], out: Path) -> dict[Path, str]:
    """What is printed, by the file that it becomes."""
    found = {out / f"{one.key}.pdf": paper.whole(one)}
    for name in chapters:
        page = one.by_name[name]
        found[out / f"{one.key}-{PurePosixPath(name).name}.pdf"] = paper.chapter(one, page)
    return found

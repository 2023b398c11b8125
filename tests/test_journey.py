"""One journey on the whole book: what an author changes is rewritten, and all else keeps its
bytes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tallybook.data.seal import seal

from tests.conftest import build
from tests.files import contents, edit, load, read, write

GLOSSARY = "chapters/glossary"
SEARCH = {"searchrecords.js", "fr/searchrecords.js"}
LISTS = {"llms.txt", "fr/llms.txt", "objects.inv", "fr/objects.inv", "sitemap.xml", *SEARCH}
CODE = "_downloads/microwork.zip"  # holds the text of every page


def page(name: str, *endings: str) -> set[str]:
    return {f"{name}{ending}" for ending in endings or (".html", ".md")}


def numbers(root: Path) -> dict[str, float]:
    return {one["id"]: one["value"] for one in load(root / "_build/html/numbers.json")["numbers"]}


def step(root: Path, before: dict[str, str], written: str) -> tuple[dict[str, str], set[str]]:
    """Build; the site, and the files that are others or new. ``written``: what the build says."""
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(f"pages: {written}", done.stdout), done.stdout
    site = contents(root / "_build/html")
    assert before.keys() <= site.keys()
    return site, {name for name, one in site.items() if before.get(name) != one}


def test_what_was_changed_is_rewritten_and_nothing_else(book_root: Path, tmp_path: Path):
    root = Path(shutil.copytree(book_root, tmp_path / "book", symlinks=True))
    site = contents(root / "_build/html")
    write(root / "chapters/thanks.md", "# Thanks\n\n{num}`poverty.below-60`\n")
    write(root / "_toc.yml", read(root / "_toc.yml") + "      - file: chapters/thanks\n")
    site, other = step(root, site, "written")
    new = (".html", ".md", ".cards.js")
    last = page("chapters/corrections", ".html")  # it leads to the next one now
    added = page("chapters/thanks", *new) | last
    assert other == {*LISTS, CODE, *added, *(f"fr/{name}" for name in added)}
    write(root / f"{GLOSSARY}.md", read(root / f"{GLOSSARY}.md") + "\nA last sentence.\n")
    site, other = step(root, site, "1 written, the others are as they were")
    assert other == {CODE, *page(GLOSSARY), *page(f"fr/{GLOSSARY}"), *SEARCH}
    french = root / f"locale/fr/LC_MESSAGES/{GLOSSARY}.po"
    write(french, read(french) + '\nmsgid "A last sentence."\nmsgstr "Fin."\n')
    site, other = step(root, site, "0 written, the others are as they were")
    assert other == {*page(f"fr/{GLOSSARY}"), "fr/searchrecords.js"}
    # A number moves: the pages that it has to do with are others, and no more.
    table, before = root / "data/income/since.csv", numbers(root)
    fact, value = re.findall(r"^([\w-]+),.*?,([\d.]+),", read(table), re.M)[0]
    edit(table, f"{value},", f"{float(value) + 1},")
    seal(root / "data")
    site, other = step(root, site, "written")
    assert before[f"income.since-{fact}"] + 1 == numbers(root)[f"income.since-{fact}"]
    assert "data/income/since.csv" in other and page("chapters/income") <= other
    for name in ("poverty", "profile", "methods", "glossary", "thanks"):
        assert page(f"chapters/{name}").isdisjoint(other), name

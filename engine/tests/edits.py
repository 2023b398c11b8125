"""Edits of the example with a French edition: what an author does to it, well or badly."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from rooms import BUILD, read
from tallybook.data.seal import seal

PAGE, CODE, TOC, MONTHS = "rain.md", "garden/rain.py", "_toc.yml", "data/rain/months.csv"
CLAIMS, JUDGED = "data/claims.csv", "data/judgements.csv"
FRENCH = "locale/fr/LC_MESSAGES/{}.po"
CELL, CELLS = (
    "```{code-cell}\nprint('Cell %s')\n```\n\n",
    r"```\{code-cell\}\nprint\('Cell.*\n```\n\n",
)
CLAIM = "neighbour-tea{0},rain,Over the fence,2026-01-04,they,{0} cups.,,,,,neighbour2026\n"
THEME = "    html_theme: report"
SETTINGS = (
    THEME,
    f"{THEME}\n    numfig_format: {{figure: Plate %s}}",
    f"{THEME}\n    language: de",
)
WHY = "neighbour-tea{0},none,,withheld,the cups,,Nobody counted them.\n"
SOURCE = '\n@misc{{tea{0},\n author = "Bob",\n title = "Tea {0}",\n year = "2026"\n}}\n'


Edit = tuple[str, int]  # a kind of edit, and the number that decides what is written


class Unfit(Exception):
    """An edit that cannot be made of the files as they are."""


def catalogue(*pairs: tuple[str, str]) -> str:
    head = ("", "Content-Type: text/plain; charset=utf-8\\n")
    return "\n".join(f'msgid "{one}"\nmsgstr "{other}"\n' for one, other in (head, *pairs))


def put(root: Path, file: str, text: str) -> None:
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    (root / file).write_text(text, encoding="utf-8")


def swap(root: Path, file: str, pattern: str, new: str) -> None:
    """Put a text in the place of the first that fits a pattern, and seal the tables."""
    text = read(root / file) if (root / file).is_file() else ""
    if not (found := re.search(pattern, text, re.M)):
        raise Unfit
    put(root, file, text[: found.start()] + new + text[found.end() :])
    if file.startswith("data/"):
        seal(root / "data")


def more(root: Path, file: str, text: str) -> None:
    put(root, file, read(root / file) + text)


def once(root: Path, file: str, text: str) -> None:
    """Add a text that does not stand there."""
    if text in read(root / file):
        raise Unfit
    more(root, file, text)


def page_comes(root: Path, n: int) -> None:
    once(root, TOC, f"  - file: page{n}\n")
    put(root, f"page{n}.md", f"# Page {n}\n\n{{num}}`rain.total` mm, says [](rain.md).\n")


def page_moves(root: Path, n: int, to: str = "  - file: page{}\n") -> None:
    """It has another name, or it goes."""
    pages = sorted(root.glob("page*.md"))
    if not pages or (root / f"page{n}.md").exists():
        raise Unfit
    swap(root, TOC, rf"  - file: {pages[0].stem}\n", to.format(n))
    pages[0].rename(root / f"page{n}.md") if to else pages[0].unlink()


def claim_comes(root: Path, n: int) -> None:
    once(root, JUDGED, WHY.format(n))
    more(root, CLAIMS, CLAIM.format(n))
    seal(root / "data")


def claim_goes(root: Path, _n: int) -> None:
    put(root, JUDGED, re.sub("(?m)^neighbour-tea.*\n", "", read(root / JUDGED)))
    swap(root, CLAIMS, r"(^neighbour-tea.*\n)+", "")


def source_comes(root: Path, n: int) -> None:
    once(root, "data/sources.bib", SOURCE.format(n))
    more(root, PAGE, f"\nTea {{cite:p}}`tea{n}`.\n")
    seal(root / "data")


def cell_moves(root: Path, n: int) -> None:
    swap(root, PAGE, CELLS, "")
    more(root, PAGE, f"\n{CELL % n}")


def taken_in(root: Path, n: int) -> None:
    """A picture and a file that a page shows; then others in their place."""
    if not (root / "leaf.svg").exists():
        more(root, PAGE, "\n```{image} leaf.svg\n:alt: A leaf.\n```\n")
        more(root, "index.md", "\n```{literalinclude} note.txt\n```\n")
    put(root, "leaf.svg", f'<svg xmlns="http://www.w3.org/2000/svg" width="{n + 1}"></svg>\n')
    put(root, "note.txt", f"Note {n}.\n")


def by_hand(root: Path, n: int) -> None:
    pages = sorted((root / "_build/html").resolve().rglob("*.html"))
    more(root, str(pages[n % len(pages)]), "<!-- by hand -->")


def killed(root: Path, n: int) -> None:
    """A build of one more sentence is killed at some moment."""
    more(root, PAGE, f"\nToo early {n}.\n")
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(BUILD, cwd=root, stdout=nowhere, stderr=nowhere)
    try:
        process.wait(0.2 + n % 10 / 4)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def swaps(file: str, pattern: str, new: str) -> Callable[[Path, int], None]:
    return lambda root, n: swap(root, file, pattern, new.format(n))


def adds(file: str, text: str) -> Callable[[Path, int], None]:
    return lambda root, n: more(root, file, text.format(n))


EDITS: dict[str, Callable[[Path, int], object]] = {
    "a sentence": adds(PAGE, "\nA sentence {0}, {{num}}`rain.beans`.\n"),
    "a sentence goes": swaps(PAGE, r"^A sentence .*\n", ""),
    "the first paragraph": swaps(PAGE, r"^It rained", "{0} times it rained"),
    "a sentence of the first page": adds("index.md", "\nAnother sentence {0}.\n"),
    "French": swaps(FRENCH.format("rain"), "voisin", "voisin {0}"),
    "French of the first page": swaps(FRENCH.format("index"), 'Rép[^"]*', "Réponses {0}"),
    "no French": lambda root, _n: shutil.rmtree(root / "locale/fr", ignore_errors=True),
    "French of a label": lambda root, n: put(
        root, FRENCH.format("report"), catalogue(("Beans of the year", f"Haricots {n}"))
    ),
    "a number": lambda root, n: swap(root, MONTHS, r"(?<=^2025-0[1-6],)\d+", str(40 + n)),
    "a comment": adds(CODE, "\n# {0}\n"),
    "a formula": lambda root, n: swap(root, CODE, r"^READING = \S+", f"READING = {0.1 + n / 90}"),
    "a label": swaps(CODE, r"Beans of the year[^\"]*", "Beans of the year {0}"),
    "a cell": lambda root, n: swap(root, PAGE, r"^```\{chart\}", f"{CELL % n}```{{chart}}"),
    "a cell moves": cell_moves,
    "a cell goes": swaps(PAGE, CELLS, ""),
    "a page comes": page_comes,
    "a page is renamed": page_moves,
    "a page goes": lambda root, n: page_moves(root, n, ""),
    "a heading": swaps(PAGE, r"^# .*", "# How much, {0}?"),
    "a caption": swaps(PAGE, r"^Rain by month.*", "Rain by month {0}."),
    "a title": swaps("_config.yml", r"^title: .*", "title: Rain {0}"),
    "an address": swaps("_config.yml", r"https://.*", "https://garden{0}.example/"),
    "a version": swaps("CITATION.cff", r"^version: .*", "version: 1.{0}.0"),
    "a setting": lambda root, n: swap(
        root, "_config.yml", r"^    html_theme:.*(\n    (numfig|language).*)?", SETTINGS[n % 3]
    ),
    "a source": source_comes,
    "a claim": claim_comes,
    "a claim in other words": swaps(CLAIMS, r"weighed \d+ kg", "weighed {0} kg"),
    "a claim goes": claim_goes,
    "files that pages show": taken_in,
    "the same again": lambda root, _n: put(root, PAGE, read(root / PAGE)),
    "a page changed by hand": by_hand,
    "a build killed": killed,
    "as it was": lambda _root, _n: None,  # see Journey
}
# Edits that stop a build, and what it says.
FAULTS: dict[str, tuple[Callable[[Path, int], object], str]] = {
    "an unknown number": (adds(PAGE, "\n{{num}}`rain.x{0}`\n"), r"^rain\.md:\d+: .*rain\.x\d"),
    "an unsealed table": (adds(MONTHS, "2026-01,{0},1\n"), r"^data/rain/months\.csv: found sha"),
    "code": (adds(CODE, "\n1 / 0  # {0}\n"), r"^garden/rain\.py:\d+: ZeroDivisionError"),
    "contents": (adds(TOC, "  - file: no{0}\n"), r"^_toc\.yml: found the chapter no\d+, but no f"),
    "a translation": (
        adds(FRENCH.format("rain"), 'msgid "{{num}}`rain.total` {0}"\nmsgstr "Rien"\n'),
        r"^locale/fr/LC_MESSAGES/rain\.po:\d+: found no placeholder",
    ),
}

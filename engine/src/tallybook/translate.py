"""Brings the catalogues of a report up to date with its words.

    python -m tallybook translate

Builds the site anew and takes down every word that a page shows. Each catalogue of each language in
``report_languages`` (``_config.yml``) then has a message for each: new ones are empty, those whose
English has changed a little are marked fuzzy with the old translation, and what no page shows any
more goes. It ends by listing what is to be translated, with file and line. Merging is Babel's, as
in ``sphinx-intl update``, which knows pages only.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from tallybook import extraction, language, project, settings
from tallybook.builder.process import command
from tallybook.builder.process.progress import say

WIDTH = 100
Found = dict[language.Message, list[tuple[str, int]]]  # messages, each with its places


def main() -> int:
    """Bring the catalogues up to date and list what is missing; returns the exit code."""
    root = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.environ[language.COLLECTED] = folder
        if code := command.main(["--anew"]):
            return code
        for code_of in languages(root):
            update(root, code_of, Path(folder))
    faults = [fault for code_of in languages(root) for fault in faulty(root, code_of)]
    for fault in faults:
        say(fault)
    say(f"{len(faults)} messages to translate." if faults else "Every message is translated.")
    return 0


def languages(root: Path) -> list[str]:
    """The languages of the report's editions."""
    found = settings.read(root / settings.CONFIG, "the configuration of a report")
    told: list[str] = found.get("sphinx", {}).get("config", {}).get("report_languages") or []
    return told


def update(root: Path, code: str, collected: Path) -> None:
    """Merge what a build has collected into the catalogues of a language."""
    own = language.folder(code, root)
    for pot in sorted((collected / "pages").rglob("*.pot")):
        name = pot.relative_to(collected / "pages").with_suffix(".po")
        merge(own / name, code, _of_page(root, name.with_suffix(".md"), pot))
    shown = [
        json.loads(line) for line in (collected / f"shown.{code}").read_text("utf-8").splitlines()
    ]
    told = [(place, text if isinstance(text, str) else tuple(text)) for place, text in shown]
    engine = _of_code(project.ENGINE)
    charts: Found = {
        text: [] for place, text in told if place == language.CHARTS and text not in engine
    }
    merge(own / f"{language.CHARTS}.po", code, charts)
    rest = [text for _place, text in told if text not in engine and text not in charts]
    merge(own / f"{language.REPORT}.po", code, {text: [] for text in rest})
    theirs = language.folder(code, project.ENGINE) / f"{language.OWN}.po"
    if project.ENGINE.is_relative_to(root):
        merge(theirs, code, engine)
    elif left := {text: places for text, places in engine.items() if text not in _known(theirs)}:
        merge(own / f"{language.OWN}.po", code, left)


def _known(path: Path) -> set[str | tuple[str, ...]]:
    """The messages of a catalogue, if it is there."""
    if not path.is_file():
        return set()
    with path.open("rb") as file:
        ids = (message.id for message in read_po(file))
        return {one if isinstance(one, str) else tuple(one) for one in ids}


def merge(path: Path, code: str, found: Found) -> None:
    """Write a catalogue with these messages: what it had of them stays."""
    before = Catalog(locale=code)
    if path.is_file():
        with path.open("rb") as file:
            before = read_po(file, locale=code)
    template = Catalog(locale=code)
    for text, places in found.items():
        template.add(text, locations=places)
    before.update(template, update_header_comment=False, update_creation_date=False)
    before.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, before, width=WIDTH, omit_header=False, include_previous=True)


def faulty(root: Path, code: str) -> Iterator[str]:
    """A line for each message that is missing or fuzzy, with file and line."""
    folders = [language.folder(code, root)]
    if project.ENGINE.is_relative_to(root):
        folders.append(language.folder(code, project.ENGINE))
    for path in sorted(path for folder in folders for path in folder.rglob("*.po")):
        with path.open("rb") as file:
            found = read_po(file, locale=code)
        shown = path.relative_to(root) if path.is_relative_to(root) else path.name
        for message in found:
            if message.id and (message.fuzzy or not _whole(message)):
                how = "is fuzzy" if message.fuzzy else "has no translation"
                yield f"{shown}, line {message.lineno}: {_short(message.id)} {how}"


def _whole(message: Message) -> bool:
    texts = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return all(texts)


def _short(text: str | Iterable[str]) -> str:
    first = text if isinstance(text, str) else next(iter(text))
    return repr(first if len(first) < 60 else first[:57] + "…")


def _of_page(root: Path, page: Path, pot: Path) -> Found:
    with pot.open("rb") as file:
        found = read_po(file)
    return {
        str(message.id): [(page.as_posix(), line) for _file, line in message.locations[:1]]
        for message in found
        if message.id
    }


def _of_code(engine: Path) -> Found:
    """The engine's own words: in Python, templates and scripts."""
    found: Found = {}
    for file, line, message in extraction.messages(engine):
        found.setdefault(message, []).append((file, line))
    return found


if __name__ == "__main__":
    sys.exit(main())

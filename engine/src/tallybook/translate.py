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
import tempfile
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from textwrap import shorten

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
        for edition in languages(root):
            update(root, edition, Path(folder))
    faults = [fault for edition in languages(root) for fault in faulty(root, edition)]
    for fault in faults:
        say(fault)
    say(f"{len(faults)} messages to translate." if faults else "Every message is translated.")
    return 0


def languages(root: Path) -> list[str]:
    """The languages of the report's editions."""
    found = settings.value(root, "sphinx", "config", "report_languages") or []
    if not isinstance(found, list):
        raise settings.SettingsError(settings.CONFIG, f"report_languages: {found!r}", "a list")
    return found


def update(root: Path, code: str, collected: Path) -> None:
    """Merge what a build has collected into the catalogues of a language."""
    own, pages = language.folder(code, root), collected / "pages"
    for pot in sorted(pages.rglob("*.pot")):
        name = pot.relative_to(pages)
        page = name.with_suffix(".md").as_posix()
        here: Found = {
            str(one.id): [(page, line) for _, line in one.locations[:1]] for one in read(pot)
        }
        merge(own / name.with_suffix(".po"), code, here)
    engine: Found = {}
    for file, line, text in extraction.messages(project.ENGINE):
        engine.setdefault(text, []).append((file, line))
    told: dict[str, Found] = {language.CHARTS: {}, language.REPORT: {}}
    lines = (collected / f"shown.{code}").read_text("utf-8").splitlines()
    for place, one in sorted(map(json.loads, lines), key=itemgetter(0)):  # charts first
        said = one if isinstance(one, str) else tuple(one)
        if said not in engine and said not in told[language.CHARTS]:
            told[place][said] = []
    for place, found in told.items():
        merge(own / f"{place}.po", code, found)
    theirs = language.folder(code, project.ENGINE) / f"{language.OWN}.po"
    if project.ENGINE.is_relative_to(root):
        merge(theirs, code, engine)
        return
    known = {message.id for message in read(theirs)} if theirs.is_file() else set()
    if left := {text: places for text, places in engine.items() if text not in known}:
        merge(own / f"{language.OWN}.po", code, left)


def read(path: Path, code: str | None = None) -> list[Message]:
    """The messages of a catalogue, without its header."""
    with path.open("rb") as file:
        return [message for message in read_po(file, locale=code) if message.id]


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
        shown = path.relative_to(root) if path.is_relative_to(root) else path.name
        for message in read(path, code):
            texts = message.string if isinstance(message.string, tuple | list) else [message.string]
            if message.fuzzy or not all(texts):
                how = "is fuzzy" if message.fuzzy else "has no translation"
                text = message.id if isinstance(message.id, str) else message.id[0]
                text = shorten(text, 60, placeholder="…")
                yield f"{shown}, line {message.lineno}: {text!r} {how}"

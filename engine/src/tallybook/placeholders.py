"""What only a person can fill in before a report is published, what stands there until then, and
what happens without it.

    python -m tallybook placeholders

An address is a placeholder if its host is one that nobody can have (RFC 2606).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sphinx.errors import ExtensionError

from tallybook import settings
from tallybook.errors import TallybookError
from tallybook.release import tree
from tallybook.sphinx import cff

NOBODYS = re.compile(r"(^|\.)(example(\.(com|net|org))?|test|invalid|localhost)$")
TAG = "v[0-9]*.[0-9]*.[0-9]*"


@dataclass(frozen=True)
class Blank:
    """One thing to fill in: what, where it stands, what is there now, and what happens meanwhile.
    ``public``: whether a page that is published with it leads nowhere."""

    what: str
    place: str
    found: str
    without: str
    public: bool = False


def blanks(root: Path) -> list[Blank]:
    """What is still to be filled in, for the report in a folder."""
    citation = cff.read(root)
    config = settings.read(root / settings.CONFIG, "the configuration of a report")
    host = str((config.get("html") or {}).get("baseurl") or "")
    return [*_addresses(citation, host), *_people(citation), *_kept(root, citation)]


def _addresses(citation: dict[str, Any], host: str) -> list[Blank]:
    repository = str(citation.get("repository-code") or "")
    mails = [str(one.get("email") or "") for one in citation.get("contact") or []]
    found = []
    if is_nobodys(host):
        said = "citations, metadata and feeds lead to an address that does not answer"
        found.append(Blank("host", "_config.yml, html: baseurl", host, said, public=True))
    if not repository:
        said = "there is no form for errors; the links go to the contact"
        found.append(Blank("repository", "CITATION.cff, repository-code", "", said))
    elif is_nobodys(repository):
        said = "the links “Report an error” lead nowhere"
        place = "CITATION.cff, repository-code"
        found.append(Blank("repository", place, repository, said, public=True))
    if not any(mails):
        said = "without a repository there are no links “Report an error”"
        found.append(Blank("contact", "CITATION.cff, contact: email", "", said))
    elif bad := [mail for mail in mails if is_nobodys(f"//{mail.rpartition('@')[2]}")]:
        said = "whoever writes gets no answer"
        found.append(Blank("contact", "CITATION.cff, contact: email", bad[0], said, public=True))
    return found


def _people(citation: dict[str, Any]) -> list[Blank]:
    people = [one for one in citation["authors"] if cff.is_person(one)]
    if not people:
        names = ", ".join(str(one["name"]) for one in citation["authors"])
        said = "the report is cited as a work of an organisation, and nobody answers for it by name"
        return [Blank("names", "CITATION.cff, authors", names, said)]
    if nameless := [str(one["name"]) for one in people if not one.get("orcid")]:
        said = "indexes cannot tell them from others of the same name"
        return [Blank("ORCID", "CITATION.cff, authors: orcid", ", ".join(nameless), said)]
    return []


def _kept(root: Path, citation: dict[str, Any]) -> list[Blank]:
    found = []
    for of, words in cff.DOIS.items():
        if not cff.doi(citation, of):
            said = "citations name the address of the site, which may move"
            found.append(Blank(f"DOI ({words.lower()})", "CITATION.cff, identifiers", "", said))
    try:
        tags = tree.git(root, "tag", "--list", TAG).decode().split()
    except tree.ReleaseError:
        tags = []
    if not tags:
        said = "every build calls itself “not released”, and no version can be cited"
        found.append(Blank("tags", "git, v and the version", "", said))
    if not any((root / "dist").glob("*.tar.gz")):
        said = "no version is kept under v/"
        found.append(Blank("archives", "dist/, or the folder for release publish", "", said))
    return found


def is_nobodys(address: str) -> bool:
    """Whether the host of an address is one that nobody can have."""
    return bool(NOBODYS.search(urlsplit(address).hostname or ""))


def main() -> int:
    """List what is to be filled in; returns 1 if a published page would lead nowhere."""
    try:
        found = blanks(Path.cwd())
    except (TallybookError, ExtensionError) as error:
        print(error)
        return 1
    for one in found:
        there = f"found {one.found!r}" if one.found else "found none"
        print(f"{one.what}: {one.place}: {there}. Meanwhile {one.without}.")
    print(f"{len(found)} to fill in." if found else "All is filled in.")
    return int(any(one.public for one in found))

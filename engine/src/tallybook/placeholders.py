"""What only a person can fill in before a report is published, and what happens meanwhile.

    python -m tallybook placeholders

An address is a placeholder if its host is one that nobody can have (RFC 2606).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from sphinx.errors import ExtensionError

from tallybook import settings
from tallybook.errors import TallybookError
from tallybook.sphinx import cff

NOBODYS = re.compile(r"(^|\.)(example(\.(com|net|org))?|test|invalid|localhost)$")
CITATION = "CITATION.cff"


def blanks(root: Path) -> Iterator[tuple[str, str, str]]:
    """Of all that is still to be filled in: where, what is there now, and what happens
    meanwhile."""
    citation = cff.read(root)
    config = settings.read(root / settings.CONFIG, "the configuration of a report")
    host = str((config.get("html") or {}).get("baseurl") or "")
    if _is_nobodys(host):
        said = "citations, metadata and the feed lead to an address that does not answer"
        yield "_config.yml, html: baseurl", host, said
    code = str(citation.get("repository-code") or "")
    mails = [str(one.get("email") or "") for one in citation.get("contact") or []]
    if _is_nobodys(code):
        yield f"{CITATION}, repository-code", code, "the links “Report an error” lead nowhere"
    for mail in mails:
        if _is_nobodys(f"//{mail.rpartition('@')[2]}"):
            yield f"{CITATION}, contact: email", mail, "whoever writes gets no answer"
    if not code and not any(mails):
        said = "there are no links “Report an error”"
        yield f"{CITATION}, repository-code or contact: email", "", said
    for author in citation["authors"]:
        if not cff.is_person(author):
            said = "nobody answers for the report by name"
            yield f"{CITATION}, authors", author["name"], said
        elif not author.get("orcid"):
            said = "indexes cannot tell the author from others of the same name"
            yield f"{CITATION}, authors: orcid", author["name"], said
    for of, words in cff.DOIS.items():
        if not cff.doi(citation, of):
            said = "citations name the address of the site, which may move"
            yield f"{CITATION}, identifiers: DOI ({words.lower()})", "", said


def _is_nobodys(address: str) -> bool:
    """Whether the host of an address is one that nobody can have."""
    return bool(NOBODYS.search(urlsplit(address).hostname or ""))


def main() -> int:
    """List what is to be filled in; returns 1 if it cannot be said."""
    try:
        found = list(blanks(Path.cwd()))
    except (TallybookError, ExtensionError) as error:
        print(error)
        return 1
    for place, there, without in found:
        now = f"found {there!r}" if there else "found none"
        print(f"{place}: {now}. Meanwhile {without}.")
    print(f"{len(found)} to fill in." if found else "All is filled in.")
    return 0

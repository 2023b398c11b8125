"""``CITATION.cff``: who wrote the report, and under which title, version and day it is cited.

    python -m tallybook placeholders

lists the addresses that only a person can fill in before a report is published.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sphinx.errors import ExtensionError

from tallybook import addresses, settings
from tallybook.errors import TallybookError

FILE, PREFERRED = "CITATION.cff", "preferred-citation"
# Of what there can be a DOI, and how the file says which.
DOIS = {"version": "This version", "concept": "All versions"}
NEEDED = ("title", "abstract", "authors", "version", "date-released")
VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")
# Hosts that nobody can have (RFC 2606).
NOBODYS = re.compile(r"(^|\.)(example(\.(com|net|org))?|test|invalid|localhost)$")


def read(root: Path) -> dict[str, Any]:
    """What the file in the folder ``root`` says. An author who is a person gets a ``name`` as well:
    given names, family names. Raises ``ExtensionError`` if the file is missing, is not YAML, lacks
    something of ``NEEDED``, or has a version that is not x.y.z."""
    expected = f"the {', '.join(NEEDED[:-1])} and {NEEDED[-1]} of the report"
    try:
        found = settings.read(root / FILE, expected)
    except settings.SettingsError as error:
        raise ExtensionError(str(error)) from None
    citation: dict[str, Any] = found if isinstance(found, dict) else {}
    for author in citation.get("authors") or []:
        names = [str(author[part]) for part in ("given-names", "family-names") if part in author]
        author.setdefault("name", " ".join(names))
    if fault := _fault(citation, expected):
        raise ExtensionError(FILE + fault)
    return citation


def _fault(citation: dict[str, Any], expected: str) -> str:
    if missing := [key for key in NEEDED if not citation.get(key)]:
        return f": found no {missing[0]}; expected {expected}"
    version = citation["version"]
    if not isinstance(version, str):  # YAML reads 1.10 as the number 1.1
        return (
            f": found the version {version}, which is no text in YAML; expected a version x.y.z in"
            " quotation marks"
        )
    if not VERSION.fullmatch(version):
        return f": found the version {version!r}; expected three numbers, x.y.z"
    for key in ("url", "repository-code"):
        if (address := citation.get(key)) and (says := addresses.fault(str(address))):
            return f", {key}: {says}"
    for one in citation.get("identifiers", []):
        if one.get("type") == "doi" and (says := one.get("description")) not in DOIS.values():
            wanted = " or ".join(map(repr, DOIS.values()))
            return f", identifiers: found {says!r} with a DOI; expected the description {wanted}"
    if not all(author["name"] for author in citation["authors"]):
        return ": found an author without a name; expected name, or given-names and family-names"
    return ""


def doi(citation: dict[str, Any], of: str) -> str:
    """The DOI of the ``version`` or the ``concept`` (all versions); empty while there is none."""
    for one in citation.get("identifiers", []):
        if one.get("type") == "doi" and one.get("description") == DOIS[of]:
            return str(one["value"])
    return ""


def licence(citation: dict[str, Any]) -> str:
    """The address of the licence of the text: that of the work by which it wants to be cited, else
    its own; empty if there is none, or if it may be either of several."""
    named = (citation.get(PREFERRED) or {}).get("license") or citation.get("license")
    return f"https://spdx.org/licenses/{named}.html" if isinstance(named, str) else ""


def is_person(author: dict[str, Any]) -> bool:
    """Whether an author is a person; an organisation has one ``name``."""
    return "family-names" in author


def blanks(root: Path) -> dict[str, str]:
    """What is still to be filled in: where, and what is there now."""
    citation = read(root)
    config = settings.read(root / settings.CONFIG, "the configuration of a report")
    mails = [str(one.get("email") or "") for one in citation.get("contact") or [{}]]
    found = {
        "_config.yml, html: baseurl": str((config.get("html") or {}).get("baseurl") or ""),
        "CITATION.cff, repository-code": str(citation.get("repository-code") or ""),
        "CITATION.cff, contact: email": f"mailto://{mails[0]}" if mails[0] else "",
    }
    return {
        place: address.removeprefix("mailto://")
        for place, address in found.items()
        if not address or NOBODYS.search(urlsplit(address).hostname or "")
    }


def main() -> int:
    """List what is to be filled in; returns 1 if anything is."""
    try:
        found = blanks(Path.cwd())
    except (TallybookError, ExtensionError) as error:
        print(error)
        return 1
    for place, there in found.items():
        print(f"{place}: found {there or 'none'}; expected an address that answers")
    return int(bool(found))

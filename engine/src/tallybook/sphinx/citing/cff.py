"""``CITATION.cff``: who wrote the report, and under which title, version and day it is cited."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from sphinx.errors import ExtensionError

from tallybook import addresses, settings

FILE, PREFERRED, CODEMETA = "CITATION.cff", "preferred-citation", "codemeta.json"
RESOLVER, IDENTIFIER = "https://doi.org/", "identifier"
# Of what there can be a DOI, and how the file says which.
DOIS = {"version": "This version", "concept": "All versions"}
NEEDED = ("title", "abstract", "authors", "version", "date-released")
VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")


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
    for author in filter(_is_mapping, citation.get("authors") or []):
        names = [str(author[part]) for part in ("given-names", "family-names") if part in author]
        author.setdefault("name", " ".join(names))
    if fault := _fault(citation, expected) or _other_doi(root, citation):
        raise ExtensionError(FILE + fault)
    return citation


def _fault(citation: dict[str, Any], expected: str) -> str:
    if missing := [key for key in NEEDED if not citation.get(key)]:
        return f": found no {missing[0]}; expected {expected}"
    for key in ("title", "abstract"):
        if not isinstance(citation[key], str):
            return f", {key}: found {citation[key]!r}; expected text"
    if not isinstance(citation["authors"], list) or not all(map(_is_mapping, citation["authors"])):
        return f", authors: found {citation['authors']!r}; expected a list of names"
    if not VERSION.fullmatch(str(version := citation["version"])):
        return f": found the version {version!r}; expected three numbers, x.y.z"
    for key in ("url", "repository-code"):
        if (address := citation.get(key)) and (says := addresses.fault(str(address))):
            return f", {key}: {says}"
    for one in filter(_is_mapping, citation.get("identifiers") or []):
        if one.get("type") == "doi" and (says := one.get("description")) not in DOIS.values():
            wanted = " or ".join(map(repr, DOIS.values()))
            return f", identifiers: found {says!r} with a DOI; expected the description {wanted}"
    if not all(author["name"] for author in citation["authors"]):
        return ": found an author without a name; expected name, or given-names and family-names"
    return ""


def _other_doi(root: Path, citation: dict[str, Any]) -> str:
    """The fault of what names another DOI of this version than ``identifiers``, or none."""
    meta, wanted = root / CODEMETA, doi(citation, "version")
    known = json.loads(meta.read_text(encoding="utf-8")) if meta.is_file() else {}
    work = citation.get(PREFERRED) or {}
    for place, said, key in ((f", {PREFERRED}", work, "doi"), (f", {CODEMETA}", known, IDENTIFIER)):
        if said and (found := said.get(key, "")).removeprefix(RESOLVER) != wanted:
            return f"{place}, {key}: found {found!r}; expected {wanted!r}, as in identifiers"
    return ""


def _is_mapping(value: object) -> bool:
    return isinstance(value, dict)


def doi(citation: dict[str, Any], of: str) -> str:
    """The DOI of the ``version`` or the ``concept`` (all versions); empty while there is none."""
    for one in filter(_is_mapping, citation.get("identifiers") or []):
        if one.get("type") == "doi" and one.get("description") == DOIS[of]:
            return str(one["value"])
    return ""


def terms(citation: dict[str, Any]) -> str:
    """The name of the licence of the text, such as "CC-BY-4.0": that of the work by which it wants
    to be cited, else its own; empty if there is none, or if it may be either of several."""
    named = (citation.get(PREFERRED) or {}).get("license") or citation.get("license")
    return named if isinstance(named, str) else ""


def licence(citation: dict[str, Any]) -> str:
    """The address of that licence."""
    named = terms(citation)
    return f"https://spdx.org/licenses/{named}.html" if named else ""


def is_person(author: dict[str, Any]) -> bool:
    """Whether an author is a person; an organisation has one ``name``."""
    return "family-names" in author

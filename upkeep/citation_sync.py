"""What ``CITATION.cff`` says, in the other files that carry it: written from it by ``make record``.

A release is refused while one of them is not what ``texts`` gives.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import yaml
from tallybook.sphinx import cff

from microwork.paths import ROOT

PREFERRED, SPDX = cff.PREFERRED, "https://spdx.org/licenses/"


def version(root: Path = ROOT) -> str:
    return str(cff.read(root)["version"])


def day(root: Path = ROOT) -> str:
    return str(cff.read(root)["date-released"])


def texts(root: Path = ROOT) -> dict[str, str]:
    """Each of these files as ``CITATION.cff`` wants it, by its name."""
    citation = cff.read(root)
    text, project, codemeta = (
        (root / name).read_text(encoding="utf-8")
        for name in ("CITATION.cff", "pyproject.toml", "codemeta.json")
    )
    said = {
        "version": str(citation["version"]),
        "name": citation["title"],
        "description": " ".join(citation["abstract"].split()),
        "datePublished": str(citation["date-released"]),
        "author": [_person(author) for author in citation["authors"]],
        "license": SPDX + citation["license"],
        "hasPart": [
            {
                "@type": "CreativeWork",
                "name": "Text and figures",
                "license": SPDX + cff.licence_of_text(citation),
            }
        ],
    }
    names = [author["name"] for author in citation["authors"]]
    named = ", ".join(f"{{ name = {json.dumps(name, ensure_ascii=False)} }}" for name in names)
    for key, value in (("version", json.dumps(said["version"])), ("authors", f"[{named}]")):
        line = f"{key} = {value}"
        project = re.sub(rf"^{key} = .*$", lambda _, line=line: line, project, count=1, flags=re.M)
    return {
        "CITATION.cff": text[: text.index(f"{PREFERRED}:")] + _preferred(citation),
        ".zenodo.json": _json(zenodo(citation), 1),
        "codemeta.json": _json(json.loads(codemeta) | said, 2),
        "pyproject.toml": project,
    }


def write(root: Path = ROOT) -> None:
    """Bring these files up to date; one that is stays untouched, for ``make`` looks at its time."""
    wanted = texts(root)
    for name in stale(root):
        (root / name).write_text(wanted[name], encoding="utf-8", newline="\n")


def stale(root: Path = ROOT) -> list[str]:
    """The names of these files that are not as ``CITATION.cff`` wants them."""
    wanted = texts(root).items()
    return [name for name, text in wanted if (root / name).read_text(encoding="utf-8") != text]


def _preferred(citation: dict) -> str:
    """The last part of the citation file, by which it asks to be cited as a book.

    Not every reader of such files takes aliases of YAML, so the authors stand there twice.
    """
    day = citation["date-released"]
    book = {
        "type": "book",
        "title": citation["title"],
        # A person without the ``name`` that ``cff.read`` adds.
        "authors": [
            {key: value for key, value in one.items() if key != "name" or not cff.is_person(one)}
            for one in citation["authors"]
        ],
        "edition": f"Version {citation['version']}",
        "date-published": day,
        "year": day.year,
        "month": day.month,
        "license": cff.licence_of_text(citation),
        "url": citation["url"],
    }
    return yaml.safe_dump({PREFERRED: book}, sort_keys=False, allow_unicode=True, width=1000)


def zenodo(citation: dict) -> dict:
    """What Zenodo asks of a deposit (https://developers.zenodo.org, "Deposit metadata")."""
    creators = []
    for one in citation["authors"]:
        name = f"{one['family-names']}, {one['given-names']}" if cff.is_person(one) else one["name"]
        known = {"orcid": one["orcid"].rpartition("/")[2]} if "orcid" in one else {}
        creators.append({"name": name, **known})
    return {
        "upload_type": "publication",
        "publication_type": "report",
        "title": citation["title"],
        "creators": creators,
        "description": " ".join(citation["abstract"].split()),
        "version": str(citation["version"]),
        "publication_date": str(citation["date-released"]),
        "language": "eng",
        "access_right": "open",
        "license": cff.licence_of_text(citation).lower(),  # it takes one
        "notes": (
            f"Licence of text and figures: {cff.licence_of_text(citation)}. Licence of the code:"
            f" {citation['license']}. Each table names its own in data/tables.csv."
        ),
        "keywords": citation["keywords"],
    }


def _person(author: dict) -> dict:
    if not cff.is_person(author):
        return {"@type": "Organization", "name": author["name"]}
    named = {"givenName": author["given-names"], "familyName": author["family-names"]}
    return {"@type": "Person", **({"@id": author["orcid"]} if "orcid" in author else {}), **named}


def _json(content: dict, indent: int) -> str:
    return json.dumps(content, indent=indent, ensure_ascii=False) + "\n"

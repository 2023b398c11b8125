"""What ``CITATION.cff`` says, in the other files that carry it: written from it, and read back
before a release."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import yaml
from tallybook.sphinx import cff

from microwork.paths import ROOT

PREFERRED = "preferred-citation"


def versions(root: Path = ROOT) -> dict[str, str]:
    """Where the version stands, and what stands there."""
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    codemeta = json.loads((root / "codemeta.json").read_text(encoding="utf-8"))
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return {
        "CITATION.cff, version": str(citation["version"]),
        "CITATION.cff, preferred-citation, edition": (
            citation["preferred-citation"]["edition"].removeprefix("Version ")
        ),
        "codemeta.json, version": codemeta["version"],
        "pyproject.toml, version": project["project"]["version"],
    }


def days(root: Path = ROOT) -> dict[str, str]:
    """Where the day of the release stands, and what stands there."""
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    codemeta = json.loads((root / "codemeta.json").read_text(encoding="utf-8"))
    return {
        "CITATION.cff, date-released": str(citation["date-released"]),
        "CITATION.cff, preferred-citation, date-published": str(
            citation["preferred-citation"]["date-published"]
        ),
        "codemeta.json, datePublished": codemeta["datePublished"],
    }


def texts(root: Path = ROOT) -> dict[str, str]:
    """Each of these files as ``CITATION.cff`` wants it, by its name."""
    citation = cff.read(root)
    codemeta = json.loads((root / "codemeta.json").read_text(encoding="utf-8"))
    package = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))
    about = {"name": citation["title"], "description": " ".join(citation["abstract"].split())}
    version, day = str(citation["version"]), str(citation["date-released"])
    codemeta |= about | {
        "version": version,
        "datePublished": day,
        "author": [_person(author) for author in citation["authors"]],
    }
    package |= {
        "version": version,
        "contributors": [
            {"title": author["name"], "roles": ["author"]} for author in citation["authors"]
        ],
    }
    project = (root / "pyproject.toml").read_text(encoding="utf-8")
    named = ", ".join(
        f"{{ name = {json.dumps(author['name'], ensure_ascii=False)} }}"
        for author in citation["authors"]
    )
    for key, value in (("version", json.dumps(version)), ("authors", f"[{named}]")):
        project = re.sub(
            rf"^{key} = .*$", lambda _, line=f"{key} = {value}": line, project, count=1, flags=re.M
        )
    return {
        "CITATION.cff": with_preferred(
            (root / "CITATION.cff").read_text(encoding="utf-8"), citation
        ),
        ".zenodo.json": _json(zenodo(citation), 1),
        "codemeta.json": _json(codemeta, 2),
        "data/datapackage.json": _json(package, 2),
        "pyproject.toml": project,
    }


def with_preferred(text: str, citation: dict) -> str:
    """The citation file with its last part, by which it asks to be cited as a book, as its first
    says.

    Not every reader of such files takes aliases of YAML, so the authors stand there twice.
    """
    day = citation["date-released"]
    book = {
        "type": "book",
        "title": citation["title"],
        "authors": [_as_written(author) for author in citation["authors"]],
        "edition": f"Version {citation['version']}",
        "date-published": day,
        "year": day.year,
        "month": day.month,
        "url": citation["url"],
    }
    dumped = yaml.safe_dump({PREFERRED: book}, sort_keys=False, allow_unicode=True, width=1000)
    return text[: text.index(f"{PREFERRED}:")] + dumped


def zenodo(citation: dict) -> dict:
    """What Zenodo wants to know of a deposit (https://developers.zenodo.org, "Deposit metadata")."""
    creators = [
        {
            "name": (
                f"{author['family-names']}, {author['given-names']}"
                if cff.is_person(author)
                else author["name"]
            )
        }
        | ({"orcid": author["orcid"].rpartition("/")[2]} if "orcid" in author else {})
        for author in citation["authors"]
    ]
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
        "license": "cc-by-4.0",
        "keywords": citation["keywords"],
    }


def write(root: Path = ROOT) -> None:
    """Bring these files up to date."""
    for name, text in texts(root).items():
        (root / name).write_text(text, encoding="utf-8", newline="\n")


def _as_written(author: dict) -> dict:
    """An author without the ``name`` that ``cff.read`` gives a person."""
    return {
        key: value for key, value in author.items() if key != "name" or not cff.is_person(author)
    }


def _person(author: dict) -> dict:
    if not cff.is_person(author):
        return {"@type": "Organization", "name": author["name"]}
    named = {"givenName": author["given-names"], "familyName": author["family-names"]}
    return {"@type": "Person", **({"@id": author["orcid"]} if "orcid" in author else {}), **named}


def _json(content: dict, indent: int) -> str:
    return json.dumps(content, indent=indent, ensure_ascii=False) + "\n"

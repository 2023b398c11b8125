"""What is published under which address: what the citation file and the settings say, and the pages
of the built site."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import bibtexparser
import rispy
import yaml

from microwork.paths import ROOT
from tests.files import read

CITATION = yaml.safe_load(read(ROOT / "CITATION.cff"))
BASE = yaml.safe_load(read(ROOT / "_config.yml"))["html"]["baseurl"]
# Where this version is for good: the site of the tests is built as a release is.
STAYS = f"{BASE}v/{CITATION['version']}/"
AUTHOR = CITATION["authors"][0]["name"]
EDITION = f"Version {CITATION['version']}"
YEAR = CITATION["date-released"].year


class Head(HTMLParser):
    """The elements of a page's head, as the standard library sees them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.meta: dict[str, list[str]] = {}
        self.links: dict[str, list[str]] = {}
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "meta" and "content" in values:
            name = values.get("name") or values.get("property") or values.get("http-equiv")
            self.meta.setdefault(name, []).append(values["content"])
        if tag == "link":
            self.links.setdefault(values["rel"], []).append(values["href"])


def page(site: Path, name: str) -> str:
    return read(site / name)


def title_of(site: Path, name: str) -> str:
    text = page(site, f"chapters/{name}.html")
    heading = text[text.index("<h1") : text.index("</h1>")]
    return heading.partition(">")[2].partition("<")[0].replace("&#x27;", "'")


def in_site(site: Path, address: str) -> Path:
    """The file that an address of ours stands for, in the newest version or in this one."""
    assert address.startswith(BASE), address
    place = address.removeprefix(BASE if not address.startswith(STAYS) else STAYS).partition("#")[0]
    return site / (place or "index.html")


def cited(files: dict[str, str]) -> tuple[str, str]:
    """Title and address of a chapter or of a part of one, on which its BibTeX, RIS and CSL-JSON
    agree, as they do on all else."""
    [entry] = bibtexparser.parse_string(files["bib"]).entries
    bib = {field.key: re.sub(r"[{}]|\\(?=[%&#_$])", "", field.value) for field in entry.fields}
    [ris] = rispy.loads(files["ris"])
    [csl] = json.loads(files["json"])
    kinds = entry.entry_type, ris["type_of_reference"], csl["type"]
    assert kinds == ("incollection", "CHAP", "chapter")
    assert bib["title"] == ris["title"] == csl["title"]
    assert bib["author"] == csl["author"][0]["literal"] == AUTHOR
    assert ris["authors"] == [f"{AUTHOR},"]  # the comma keeps the name of an organisation whole
    book = bib["booktitle"], ris["secondary_title"], csl["container-title"]
    assert book == (CITATION["title"],) * 3
    assert bib["edition"] == ris["edition"] == csl["edition"] == EDITION
    assert bib["url"] == ris["urls"][0] == csl["URL"]
    return csl["title"], csl["URL"]

"""What is published under which address: what the citation file and the settings say, and the pages
of the built site."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import yaml

from microwork.paths import ROOT

CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
BASE = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["html"]["baseurl"]
STAYS = (  # where this version is for good: the site of the tests is built as a release is
    f"{BASE}v/{CITATION['version']}/"
)
AUTHOR = CITATION["authors"][0]["name"]


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
    return (site / name).read_text(encoding="utf-8")


def title_of(site: Path, name: str) -> str:
    text = page(site, f"chapters/{name}.html")
    heading = text[text.index("<h1") : text.index("</h1>")]
    return heading.partition(">")[2].partition("<")[0].replace("&#x27;", "'")


def in_site(site: Path, address: str) -> Path:
    """The file that an absolute address of ours stands for, in the newest version or in this one."""
    assert address.startswith(BASE), address
    place = address.removeprefix(BASE if not address.startswith(STAYS) else STAYS).partition("#")[0]
    return site / (place or "index.html")

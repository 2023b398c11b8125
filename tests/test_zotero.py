"""What Zotero makes of the pages and of the files for reference managers, by its own translators.

They run in a real browser, as in Zotero's connector, with ``tools/zotero.js`` around them. Zotero
takes a page for a part of a book because it names one (``citation_inbook_title``), for a book
because of ``og:type``, and else for a web page.
"""

from __future__ import annotations

import pytest
from lxml import html

from tests.published import AUTHOR, BASE, CITATION, STAYS, page, title_of
from tests.tooling import PINS, shipped

WEB, RDF = "Embedded Metadata", "RDF"
IMPORTS = {"bib": "BibTeX", "ris": "RIS", "json": "CSL JSON"}
CHAPTER = "counts"
THINGS = ("counts.circles-added", "counts-estimates", "claim-accuracy-90")
EDITION = f"Version {CITATION['version']}"


@pytest.fixture(scope="module")
def translators() -> dict[str, str]:
    folder = ("scitex", "scholar", ".legacy", "metadata", "urls", "zotero_translators")
    found = {}
    for name in (WEB, RDF, *IMPORTS.values()):
        with open(shipped(*folder, f"{name}.js"), encoding="utf-8") as file:
            found[name] = file.read()
    return found


@pytest.fixture(scope="module")
def zotero(browser, site, translators):
    """Saves a page of the site at its public address, or imports a text; returns the item."""
    host = (PINS / "zotero.js").read_text(encoding="utf-8")
    call = f"arguments => ({host[host.index('async (') :]})(...arguments)"
    # A connector's own scripts are not bound by a page's policy.
    context = browser.new_context(bypass_csp=True)
    tab = context.new_page()

    def run(name: str = "", text: str | None = None) -> dict:
        body = page(site, name or "index.html") if text is None else "<!DOCTYPE html>"
        answer = {"body": body, "content_type": "text/html; charset=utf-8"}
        tab.unroute_all()
        tab.route(f"{BASE}**", lambda route: route.fulfill(**answer))
        tab.goto(BASE + name)
        translator = WEB if text is None else IMPORTS[name.rpartition(".")[2]]
        [item] = tab.evaluate(call, [translators, translator, text])
        return item

    yield run
    context.close()


def check(item: dict, kind: str, **wanted: str) -> None:
    """An item has its type, one institution as its author, the day, the language, what is wanted,
    and no left-over notes."""
    assert item["type"] == kind
    assert item["creators"] == [["", AUTHOR]], "one name, not cut in two"
    assert item["date"].replace("/", "-") == str(CITATION["date-released"])
    assert item["language"] in ("en", "english") and item["notes"] == 0
    assert {field: item.get(field) for field in wanted} == wanted


def test_a_page_is_the_book_a_section_of_it_or_a_web_page(zotero, site):
    title = CITATION["title"]
    check(zotero(""), "book", url=STAYS, title=title)
    for name, kind, book in (
        (CHAPTER, "bookSection", "bookTitle"),
        ("ledger", "webpage", "websiteTitle"),
    ):
        address = f"chapters/{name}.html"
        wanted = {"title": title_of(site, name), book: title}
        check(zotero(address), kind, url=STAYS + address, **wanted)


@pytest.mark.parametrize("name", THINGS)
def test_a_number_a_figure_and_a_claim_are_sections_and_their_texts_agree(zotero, site, name):
    tree = html.fromstring(page(site, f"_cite/{name}.html"))
    [address] = tree.xpath("//meta[@name='citation_fulltext_html_url']/@content")
    assert address.endswith(f"#{name}")
    saved = zotero(f"_cite/{name}.html")
    check(saved, "bookSection", bookTitle=CITATION["title"], url=address)
    for end, told in zip(IMPORTS, tree.xpath("//pre")[:3], strict=True):
        same = {field: saved[field] for field in ("title", "url", "bookTitle")}
        check(zotero(f"it.{end}", told.text_content()), "bookSection", edition=EDITION, **same)

"""The small page of each number, figure and claim, and the sources in the margin."""

from __future__ import annotations

import json
import re
from html import escape

import bibtexparser
import pytest
import rispy
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from tallybook import claims
from tallybook.sphinx import popovers, redirects

from microwork import report
from tests.published import AUTHOR, BASE, CITATION, STAYS, Head, in_site, page
from tests.visits import Visit


def numbers(site):
    return json.loads(page(site, "numbers.json"))["numbers"]


def charts(site):
    return sorted(path.name.removesuffix(".csv") for path in (site / "_charts").glob("*.csv"))


def claims_of(site):
    return json.loads(page(site, "claims.json"))["claims"]


def test_every_number_figure_and_claim_has_a_page_and_no_other(site):
    """What is gone has a page that forwards."""
    found = {
        path.stem: path.read_text(encoding="utf-8") for path in (site / "_cite").glob("*.html")
    }
    pages = {
        name
        for name, text in found.items()
        if redirects.forwards_to(f"_cite/{name}.html", text) is None
    }
    marked = {f"claim-{claim['claim_id']}" for claim in claims_of(site)}
    assert pages == {number["id"] for number in numbers(site)} | set(charts(site)) | marked


def test_the_page_of_a_claim_says_what_was_said_and_what_became_of_it(site):
    ledger = page(site, "chapters/ledger.html")
    for claim in claims_of(site):
        name = f"claim-{claim['claim_id']}"
        text = page(site, f"_cite/{name}.html")
        told = html.fromstring(text).text_content()
        for part in ("statement", "said_by", "outlet", "verdict", "reason"):
            assert claim[part] in told, (name, part)
        head = Head(text)
        place = f"chapters/ledger.html#{name}"
        assert head.links["canonical"] == [BASE + place] and head.meta[
            "citation_fulltext_html_url"
        ] == [STAYS + place]
        assert f'id="{name}"' in ledger and claim["verdict"] in head.meta["citation_title"][0]
        way = f'href="../_cite/{name}.html">cite or correct</a>'
        assert (way in ledger) == (not claim["repeats"]), "each row leads to it"


def test_every_key_begins_with_that_of_the_report_and_is_used_once(site):
    """So that entries of two reports can stand in one file."""
    keys = []
    for path in (site / "_cite").glob("*"):
        text = path.read_text(encoding="utf-8")
        if (
            path.suffix == ".bib"
            or redirects.forwards_to(f"_cite/{path.name}", text) is None
            and path.suffix == ".html"
        ):
            keys += re.findall(r"@[a-z]+\{([^,]+),", text)
    assert len(keys) == len(set(keys)) > len(numbers(site)) + len(charts(site))
    assert {
        key
        for key in keys
        if not re.fullmatch(rf"microwork{CITATION['date-released'].year}[a-z0-9.-]*", key)
    } == set()


def test_the_page_of_a_number_says_what_it_is_and_where_it_stands(site):
    for number in numbers(site):
        text = page(site, f"_cite/{number['id']}.html")
        head = Head(text)
        address = STAYS + number["href"]
        assert head.links["canonical"] == [BASE + number["href"]] and head.meta[
            "citation_fulltext_html_url"
        ] == [address]
        assert head.meta["citation_author"] == [f"{AUTHOR},"] and head.meta[
            "citation_inbook_title"
        ] == [CITATION["title"]]
        assert number["id"] in head.meta["citation_title"][0] and head.meta["robots"] == ["noindex"]
        assert f'id="{number["id"]}"' in in_site(site, address).read_text(encoding="utf-8")
        for table in number["tables"]:
            assert table["name"] in text


@pytest.mark.parametrize("kind", ["number", "figure", "claim"])
def test_a_citation_can_be_opened_and_taken_home_from_disk_without_a_script(browser, site, kind):
    name = {
        "number": "counts.mc-routine",
        "figure": charts(site)[0],
        "claim": f"claim-{claims_of(site)[0]['claim_id']}",
    }[kind]
    title = Head(page(site, f"_cite/{name}.html")).meta["citation_title"][0]
    with Visit(
        browser, (site / f"_cite/{name}.html").as_uri(), "phone", java_script_enabled=False
    ) as (tab, visit):
        assert str(CITATION["version"]) in tab.locator(".reference").inner_text()
        taken = {}
        for fold in tab.locator(".cite details").all():
            fold.locator("summary").click()
            with tab.expect_download() as download:
                fold.locator("a[download]").click()
            path = download.value.path()
            taken[download.value.suggested_filename.rpartition(".")[2]] = path.read_text(
                encoding="utf-8"
            )
            assert (
                fold.locator("pre").text_content().strip()
                == path.read_text(encoding="utf-8").strip()
            )
        assert visit.errors == [] and visit.foreign == []
    [entry] = bibtexparser.parse_string(taken["bib"]).entries
    [ris] = rispy.loads(taken["ris"])
    [csl] = json.loads(taken["json"])
    assert entry.entry_type == "incollection"
    assert entry.fields_dict["title"].value.strip("{}") == ris["title"] == csl["title"] == title
    assert entry.fields_dict["url"].value == ris["urls"][0] == csl["URL"]
    assert csl["URL"].startswith(f"{STAYS}chapters/") and csl["URL"].endswith(f"#{name}")
    assert (
        entry.fields_dict["edition"].value
        == ris["edition"]
        == csl["edition"]
        == f"Version {CITATION['version']}"
    )


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["counts.mc-routine", "counts-estimates", "claim-accuracy-90"])
def test_the_page_is_accessible(browser, site, name, dark):
    with Visit(browser, (site / f"_cite/{name}.html").as_uri(), "phone", dark) as (tab, visit):
        found = (
            Axe()
            .run(tab, options={"resultTypes": ["violations"], "preload": False})
            .response["violations"]
        )
        assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []
        assert tab.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
        assert visit.errors == [] and visit.foreign == []


@pytest.mark.parametrize("chapter", report.CHAPTERS)
def test_each_source_that_a_chapter_cites_has_one_card(site, chapter):
    text = page(site, f"chapters/{chapter}.html")
    cited = re.findall(
        r'<a class="source" data-card="card-([^"]+)" href="sources\.html#([^"]+)"', text
    )
    told = re.findall(
        r'<div class="card" id="card-([^"]+)" role="dialog" aria-label="About (?!the number)',
        popovers.read(site / f"chapters/{chapter}.html"),
    )
    assert cited and all(card == anchor for card, anchor in cited)
    assert len(told) == len(set(told)) and {anchor for _, anchor in cited} <= set(told)
    bibliography = page(site, "chapters/sources.html")
    assert all(f'id="{anchor}"' in bibliography for _, anchor in cited)


def test_the_card_of_a_source_leads_to_the_source_itself(site):
    text = popovers.read(site / "chapters/counts.html")
    [card] = re.findall(r'<div class="card" id="card-barraud2019conversation".*?</div>', text)
    assert (
        "Barraud de Lagerie et al. 2019" in card
        and 'href="http://theconversation.com' in card
        and "Grade A" in card
    )
    assert 'href="sources.html#barraud2019conversation"' in card


def test_every_verdict_on_a_page_has_a_card_with_its_meaning(site):
    for name in ("index.html", "chapters/counts.html", "chapters/ledger.html"):
        text = page(site, name)
        words = set(re.findall(r'<a class="v [a-z]+" data-card="([^"]+)"', text))
        assert words
        for word in words:
            [card] = re.findall(
                rf'<div class="card" id="{word}".*?</div>', popovers.read(site / name)
            )
            verdict = re.search(r"<b>(.*?)</b>", card)[1]
            assert escape(claims.MEANING[claims.Verdict(verdict.lower())]) in card


def test_a_card_a_chart_and_a_row_lead_to_their_citation(browser, site):
    with Visit(browser, (site / "chapters/counts.html").as_uri()) as (tab, _):
        link = tab.locator("data.num a").first
        link.hover()
        card = tab.locator("#" + link.get_attribute("data-card").replace(".", r"\."))
        card.get_by_role("link", name="Cite this number").click()
        assert tab.locator("h2").inner_text() == "Cite this number"
        tab.go_back()
        tab.locator("figure.chart .tools a", has_text="Cite").first.click()
        assert tab.locator("h2").inner_text() == "Cite this figure"
        tab.goto((site / "chapters/ledger.html").as_uri())
        tab.get_by_role("link", name="cite or correct").first.click()
        assert tab.locator("h2").inner_text() == "Cite this claim"

"""The page of each chapter, number, figure and claim."""

from __future__ import annotations

import re
from html import escape

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from tallybook.claims import LOOKS
from tallybook.sphinx.pages import popovers

from microwork import report
from tests.files import load, read
from tests.published import AUTHOR, BASE, CITATION, STAYS, YEAR, Head, in_site, page
from tests.visits import OVERFLOW


@pytest.fixture(scope="module")
def numbers(site):
    return load(site / "numbers.json")["numbers"]


@pytest.fixture(scope="module")
def charts(site):
    return sorted(path.stem for path in (site / "_charts").glob("*.csv"))


@pytest.fixture(scope="module")
def every_claim(site):
    return load(site / "claims.json")["claims"]


@pytest.fixture(scope="module")
def printed(site, numbers):
    """The numbers that a page shows: what it gives of each stands beside it."""
    pages = [site / "index.html", *(site / "chapters").glob("*.html")]
    told = " ".join(read(path) for path in pages if path.name != "numbers.html")
    return [number for number in numbers if f'numbers.html#{number["id"]}"' in told]


def test_all_that_is_printed_has_a_page_and_nothing_else(
    site, numbers, printed, charts, every_claim
):
    """The list of all numbers shows more of them. The citations of chapters are files too."""
    claims = [f"claim-{claim['claim_id']}" for claim in every_claim if not claim["repeats"]]
    chapters = [f"chapter-{name}" for name in report.CHAPTERS]
    things = [*claims, *charts, *chapters]
    assert len(numbers) > len(printed) > 500
    for folder in ("_cite", "fr/_cite"):
        wanted = {f"{number['id']}.html" for number in printed}
        wanted |= {f"{name}.{end}" for name in things for end in ("html", "oembed.json")}
        names = [*chapters, f"microwork{YEAR}"]
        wanted |= {f"{name}.{end}" for name in names for end in ("bib", "ris", "json")}
        assert {path.name for path in (site / folder).iterdir()} == wanted


def test_the_page_of_a_claim_says_what_was_said_and_what_became_of_it(site, loaded, every_claim):
    ledger = page(site, "chapters/ledger.html")
    for claim in every_claim:
        name = f"claim-{claim['claim_id']}"
        way = f'href="../_cite/{name}.html">Cite</a>'
        assert (way in ledger) == (not claim["repeats"]), "each row leads to it"
        if claim["repeats"]:
            continue
        text = page(site, f"_cite/{name}.html")
        told, head = html.fromstring(text).text_content(), Head(text)
        for part in ("statement", "outlet", "word", "reason"):
            assert claim[part].lower() in told.lower(), (name, part)
        words = [(q.get("lang"), q.text) for q in html.fromstring(text).iter("q")]
        if claim["key_phrase"]:  # in quotation marks, and read out in its own language
            plain = [(language, said.replace("\u202f", " ")) for language, said in words]
            assert plain == [(loaded.claims[claim["claim_id"]].language, claim["key_phrase"])]
        place = f"chapters/ledger.html#{name}"
        assert head.links["canonical"] == [BASE + place]
        assert head.meta["citation_fulltext_html_url"] == [STAYS + place]
        assert f'id="{name}"' in ledger and claim["word"] in head.meta["citation_title"][0]


def test_every_key_begins_with_that_of_the_report_and_is_used_once(site, printed):
    """So that entries of two reports can stand in one file."""
    folder = site / "_cite"
    texts = [page(site, f"_cite/{number['id']}.html") for number in printed]
    texts += map(read, folder.glob("*.bib"))
    keys = [key for text in texts for key in re.findall(r"@[a-z]+\{([^,]+),", text)]
    assert len(keys) == len(set(keys)) == len(texts)
    assert all(re.fullmatch(rf"microwork{YEAR}[a-z0-9.-]*", key) for key in keys)


def test_the_page_of_a_number_says_what_it_is_and_where_it_stands(site, loaded, printed):
    for number in printed:
        name = number["id"]
        text = page(site, f"_cite/{name}.html")
        head, address = Head(text), STAYS + number["href"]
        assert head.links["canonical"] == [BASE + number["href"]]
        assert head.meta["citation_fulltext_html_url"] == [address]
        assert head.meta["citation_author"] == [f"{AUTHOR},"]
        assert head.meta["citation_inbook_title"] == [CITATION["title"]]
        # An answer is cited by its question.
        assert name in head.meta["citation_title"][0] or name in loaded.answered.answers
        assert head.meta["robots"] == ["noindex"]
        assert f'id="{name}"' in read(in_site(site, address))
        row = f'href="../_cite/{name}.html">cite it</a>'
        assert page(site, "chapters/numbers.html").count(row) == 1


def test_a_frame_is_shown_what_is_quoted_and_no_more(visit):
    """By the address alone; without it the page says how to cite it."""
    for mark in ("", "#embed"):
        name = f"_cite/income.mean-hours-lower-bound.html{mark}"
        with visit(name, java_script_enabled=False) as tab:
            assert tab.locator(".big").is_visible()
            assert tab.locator(".framed").is_visible() == bool(mark)
            for part in (".top", ".reference", ".foot"):
                assert tab.locator(part).is_visible() != bool(mark), part


@pytest.mark.parametrize("name", ["counts.circles-added", "counts-estimates", "claim-accuracy-90"])
def test_the_page_is_accessible(visit, name):
    with visit(f"_cite/{name}.html", "phone") as tab:
        found = Axe().run(tab, options={"resultTypes": ["violations"], "preload": False})
        broken = [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]]
        assert broken == [] and tab.evaluate(OVERFLOW) <= 0


def card(site, name: str, card_id: str) -> str:
    [found] = re.findall(rf'<div class="card" id="{card_id}".*?</div>', popovers.read(site / name))
    return found


@pytest.mark.parametrize("name", ["index.html", "chapters/counts.html", "chapters/ledger.html"])
def test_every_verdict_on_a_page_has_a_card_with_its_meaning(site, name):
    words = set(re.findall(r'<a class="v [a-z]+" data-card="([^"]+)"', page(site, name)))
    assert words
    for word in words:
        told = card(site, name, word)
        verdict = re.search(r"<b>(.*?)</b>", told)[1].lower()
        assert escape(LOOKS[verdict].meaning) in told

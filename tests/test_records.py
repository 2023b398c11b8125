"""The page of each number, figure and claim: what it says, how it is cited, and what others see of
it in a frame, in a page of another origin."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from tallybook.language import capital
from tallybook.live import serving

from microwork import report
from tests.files import load, read, write
from tests.published import AUTHOR, BASE, CITATION, STAYS, YEAR, Head, in_site, page
from tests.visits import OVERFLOW, visiting

# One of each kind: with and without an interval or a verdict, long and short.
SOME = ("chapter-counts", "counts.month-narrow", "claim-women-share-cnrs", "counts-estimates")


@pytest.fixture(scope="module")
def numbers(site):
    return load(site / "numbers.json")["numbers"]


@pytest.fixture(scope="module")
def every_claim(site):
    return load(site / "claims.json")["claims"]


@pytest.fixture(scope="module")
def printed(site, numbers):
    """The numbers that a page shows: what it gives of each stands beside it."""
    pages = [site / "index.html", *(site / "chapters").glob("*.html")]
    told = " ".join(read(path) for path in pages if path.name != "numbers.html")
    return [number for number in numbers if f'numbers.html#{number["id"]}"' in told]


@pytest.fixture(scope="module")
def things(site):
    """The page of each thing, by name."""
    return {path.stem: html.fromstring(path.read_bytes()) for path in site.glob("_cite/*.html")}


def framed(tree) -> str:
    """What a frame shows of a page."""
    [apart] = tree.find_class("apart")
    return tree.find(".//main").text_content().replace(apart.text_content(), "")


def code(tree) -> str:
    """The code by which others show a thing."""
    return tree.findall(".//pre")[-1].text


def test_all_that_is_printed_has_a_page_and_nothing_else(site, numbers, printed, every_claim):
    """The list of all numbers shows more of them. The citations of chapters are files too."""
    claims = [f"claim-{claim['claim_id']}" for claim in every_claim if not claim["repeats"]]
    charts = [path.stem for path in site.glob("_charts/*.csv")]
    chapters = [f"chapter-{name}" for name in report.CHAPTERS]
    assert len(numbers) > len(printed) > 100
    for folder in ("_cite", "fr/_cite"):
        wanted = {f"{number['id']}.html" for number in printed}
        things = [*claims, *charts, *chapters]
        wanted |= {f"{name}.{end}" for name in things for end in ("html", "oembed.json")}
        names = [*chapters, f"microwork{YEAR}"]
        wanted |= {f"{name}.{end}" for name in names for end in ("bib", "ris", "json")}
        assert {path.name for path in (site / folder).iterdir()} == wanted


def test_the_page_of_a_claim_says_what_was_said_and_what_became_of_it(
    site, loaded, things, every_claim
):
    ledger = page(site, "chapters/ledger.html")
    for claim in every_claim:
        name = f"claim-{claim['claim_id']}"
        way = f'href="../_cite/{name}.html">Cite</a>'
        assert (way in ledger) == (not claim["repeats"]), "each row leads to it"
        if claim["repeats"]:
            continue
        tree, head = things[name], Head(page(site, f"_cite/{name}.html"))
        said = framed(tree)
        assert claim["statement"] in said and claim["reason"] in said and "Source: " in said
        assert claim["outlet"].lower() in tree.text_content().lower(), name
        assert tree.find(".//p[@class]/svg/..").text_content().lower().startswith(claim["word"])
        if claim["key_phrase"]:  # in quotation marks, and read out in its own language
            words = [(q.get("lang"), q.text.replace("\u202f", " ")) for q in tree.iter("q")]
            language = loaded.claims[claim["claim_id"]].language
            assert words == [(language, claim["key_phrase"])]
        place = f"chapters/ledger.html#{name}"
        assert head.links["canonical"] == [BASE + place]
        assert head.meta["citation_fulltext_html_url"] == [STAYS + place]
        assert f'id="{name}"' in ledger and claim["word"] in head.meta["citation_title"][0]


def test_the_page_of_a_number_says_what_it_is_and_where_it_stands(site, loaded, things, printed):
    for number in printed:
        name = number["id"]
        head, address = Head(page(site, f"_cite/{name}.html")), STAYS + number["href"]
        said = framed(things[name])
        assert loaded.show(name) in said and capital(number["label"]) in said
        assert number["low"] is None or loaded.show(name, "interval") in said
        assert (number["covers"] or "") in said
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


def test_every_key_begins_with_that_of_the_report_and_is_used_once(site, printed):
    """So that entries of two reports can stand in one file."""
    texts = [page(site, f"_cite/{number['id']}.html") for number in printed]
    texts += map(read, site.glob("_cite/*.bib"))
    keys = [key for text in texts for key in re.findall(r"@[a-z]+\{([^,]+),", text)]
    assert len(keys) == len(set(keys)) == len(texts)
    assert all(re.fullmatch(rf"microwork{YEAR}[a-z0-9.-]*", key) for key in keys)


# In a frame


def test_oembed_says_what_the_page_links_to(site, things):
    answers = {path.name.partition(".")[0]: load(path) for path in site.glob("_cite/*.oembed.json")}
    assert len(answers) > 100
    for name, answer in answers.items():
        assert (answer["version"], answer["type"]) == ("1.0", "rich")
        (frame,) = html.fragments_fromstring(answer["html"])
        assert frame.get("src") == f"{BASE}_cite/{name}.html#embed" and frame.get("title")
        sizes = [frame.get(side) for side in ("width", "height")]
        assert sizes == [str(answer["width"]), str(answer["height"])]
        assert frame.get("loading") == "lazy" and answer["html"] == code(things[name])
        [link] = things[name].xpath("//link[@type='application/json+oembed']/@href")
        assert link == f"{BASE}_cite/{name}.oembed.json"


def test_without_a_frame_it_says_how_to_cite_it_and_is_accessible(visit, things):
    for tree in things.values():
        [link] = tree.xpath("//p[contains(@class, 'framed')]/a")
        assert tree.xpath("//link[@rel='canonical']/@href") == [link.get("href")]
        assert link.get("target") == "_blank" and link.get("rel") == "noopener"
    for name in SOME:
        with visit(f"_cite/{name}.html", "phone") as tab:
            shown = [tab.locator(part).is_visible() for part in (".top", ".foot", ".framed")]
            found = Axe().run(tab, options={"resultTypes": ["violations"], "preload": False})
            broken = [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]]
            assert broken == [] and tab.evaluate(OVERFLOW) <= 0
            assert shown == [True, True, False], name


def test_a_page_of_another_origin_shows_them(browser, site, things, tmp_path):
    """They have no script of their own."""
    with serving(site) as there, serving(tmp_path) as here:
        frames = "".join(code(things[name]).replace(BASE, f"{there}/") for name in SOME)
        head = '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
        text = f'<!DOCTYPE html><html lang="en"><title>Elsewhere</title>{head}<body>{frames}'
        write(tmp_path / "index.html", text)
        with visiting(browser, f"{here}/index.html", "phone", True) as tab:
            for frame in tab.locator("iframe").all():
                frame.scroll_into_view_if_needed()
                inside = frame.element_handle().content_frame()
                inside.wait_for_load_state()
                assert (
                    inside.url.startswith(there) and inside.locator("main a:visible").count() == 1
                )
                wanted = html.fromstring(read(site / urlsplit(inside.url).path[1:])).find(".//h1")
                assert inside.locator("h1").inner_text() == wanted.text_content()
                tall = OVERFLOW.replace("Width", "Height")
                assert inside.evaluate(OVERFLOW) <= 0 and inside.evaluate(tall) <= 0, inside.url
                paper = inside.evaluate("getComputedStyle(document.body).backgroundColor")
                assert sum(map(int, paper[4:-1].split(","))) < 200  # dark, as the system is
                drawn = inside.locator("svg.broad, svg.narrow").all()
                assert sum(one.is_visible() for one in drawn) == bool(drawn)
            assert tab.evaluate(OVERFLOW) <= 0

"""The page of each number, figure and claim: what it says, how it is cited, and what others see of
it in a frame, in a page of another origin."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from tallybook.language import capital
from tallybook.live import serving
from tallybook.sphinx.citing import item_pages
from tallybook.sphinx.pages import popovers

from microwork import report
from microwork.paths import ROOT
from tests.files import load, read, write
from tests.published import AUTHOR, BASE, CITATION, STAYS, YEAR, Head, cited, page
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


def records(folder: Path, name: str) -> dict[str, str]:
    """How a thing is cited: from the files beside its page, else from the page."""
    if (folder / f"{name}.bib").is_file():
        return {end: read(folder / f"{name}.{end}") for end in ("bib", "ris", "json")}
    texts = html.fromstring(read(folder / f"{name}.html")).xpath("//pre/text()")
    return dict(zip(("bib", "ris", "json"), texts, strict=False))


def codes(tree) -> list[str]:
    """The codes by which others show a thing: in the newest version, and in this one."""
    return [one.text for one in tree.iter("pre") if one.text.startswith("<iframe")]


def test_all_that_is_printed_has_a_page_and_nothing_else(
    site, loaded, numbers, printed, every_claim
):
    """The list of all numbers shows more of them. Citations are files, but of numbers that are no
    answers. Another page leads to each."""
    claims = [f"claim-{claim['claim_id']}" for claim in every_claim if not claim["repeats"]]
    charts = [path.stem for path in site.glob("_charts/*.csv")]
    chapters = [f"chapter-{name}" for name in report.CHAPTERS]
    assert len(numbers) > len(printed) > 100
    for folder in ("_cite", "fr/_cite"):
        wanted = {f"{number['id']}.html" for number in printed}
        answers = [one["id"] for one in printed if one["id"] in loaded.answered.answers]
        things = [*claims, *charts, *chapters, *answers]
        wanted |= {f"{name}.{end}" for name in things for end in ("html", "oembed.json")}
        names = [*things, f"microwork{YEAR}"]
        wanted |= {f"{name}.{end}" for name in names for end in ("bib", "ris", "json")}
        assert {path.name for path in (site / folder).iterdir()} == wanted
        pages = [*(site / folder).parent.rglob("*.html")]
        texts = [read(path) + popovers.read(path) for path in pages if path.parent.name != "_cite"]
        led = set(re.findall(r'_cite/([^"#]+\.html)["#]', " ".join(texts)))
        assert {name for name in wanted if name.endswith(".html")} <= led


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
            inner = re.sub("« ?", "“", re.sub(" ?»", "”", claim["key_phrase"]))
            assert words == [(language, inner)], "a quotation in a quotation has other marks"
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
        title, _address = cited(records(site / "_cite", name))
        assert head.meta["citation_title"] == [title]
        # An answer is cited by its question.
        assert name in loaded.answered.answers or (name in title and loaded.whole(name) in title)
        assert head.meta["robots"] == ["noindex"]
        row = f'href="../_cite/{name}.html">cite it</a>'
        assert page(site, "chapters/numbers.html").count(row) == 1


def says(home: Path, name: str) -> dict[str, str]:
    """What the page of a thing, if there is one, gives away: in a frame, and as citations."""
    if not (home / f"_cite/{name}.html").is_file():
        return {}
    cites = {f"{name}, {end}": text for end, text in records(home / "_cite", name).items()}
    return cites | {f"frame of {name}": framed(html.fromstring(read(home / f"_cite/{name}.html")))}


@pytest.mark.parametrize("folder", ["", "fr/"])
def test_no_published_figure_leaves_without_our_word_and_what_we_found(site, loaded, folder):
    """In cards, frames, citations, data, Markdown and the index for other projects: the word on
    each claim with chance and flag, and our answer with its range. A chart carries them if its text
    names the figure; a number on which words rest names a claim."""
    home, every = site / folder, {one.id: loaded.published(one.id) for one in loaded.numbers}
    press = {name: claims for name, claims in every.items() if claims}
    assert len(press) > 20 and "fr-total-cnrs" in press["counts.rounded-registered"]
    assert "main-job" in press["profile.main-job"], "100 less what was printed"
    more = {"counts.published-registered", "profile.survey-age-25-44", "profile.above-bac2"}
    assert more <= press.keys(), "with more digits"
    assert (
        not {"profile.since-br-women-2023", "profile.registered", "profile.graduates-us"}
        & press.keys()
    ), "as large, not alike"
    rows = html.fromstring(read(home / "chapters/numbers.html"))
    data = {one["id"]: one for one in load(home / "numbers.json")["numbers"]}
    packed = (home / "objects.inv").read_bytes().split(b"\n", 4)[4]
    index = {line.split()[0]: line for line in zlib.decompress(packed).decode().splitlines()}
    plains = {path.name: read(path) for path in home.glob("chapters/*.md")}
    for path in home.glob("_downloads/*.ipynb"):
        plains[path.name] = "\n".join("".join(cell["source"]) for cell in load(path)["cells"])
    pages = [
        html.fromstring(popovers.read(one) or "<p/>")
        for one in [home / "index.html", *home.glob("chapters/*.html")]
    ]
    drawn = "".join(map(read, (ROOT / "chapters").glob("*.md")))
    charts = re.findall(r"^```\{chart\} (\S+)\n((?::.*\n)+)", drawn, re.M)

    def plain(text: str) -> str:
        return re.sub(r"\s+", " ", re.sub(r"[\\{}]", "", text)).strip()

    def word(name: str) -> str:
        tree = html.fromstring(read(home / f"_cite/{name}.html"))
        return plain(tree.find_class("v")[0].text_content())

    def leaves(name: str) -> dict[str, str]:
        """By where it leaves, the text."""
        found = {"numbers.html": rows.get_element_by_id(name).text_content()}
        found |= {"numbers.json": data[name].get("said") or "", "objects.inv": index[name]}
        cards = (one for page in pages for one in page.xpath(f"//*[@id='card-{name}']"))
        found |= {f"card {at}": card.text_content() for at, card in enumerate(cards)}
        for file, text in plains.items():
            if f"numbers.html#{name})" in text:
                found[file] = "".join(re.findall(rf"^\| \[.*#{name}\).*", text, re.M))
        for chart in (chart for chart, told in charts if f"[[{name}" in told):
            drawing = html.fromstring(read(home / f"_charts/{chart}.svg"))
            lines = drawing.xpath("//*[local-name()='text']/text()")
            found |= says(home, chart) | {f"{chart}.svg": " ".join(lines)}
        return found | says(home, name)

    bare = []
    for name, claims in press.items():
        wanted = [word(f"claim-{claim}") for claim in claims]
        answers = [loaded.judgements[claim].found for claim in claims]
        found = [rows.get_element_by_id(one[0])[2] for one in answers if one and one[0] != name]
        wanted += [plain(interval.text_content()) for interval in found]
        texts = {where: plain(text) for where, text in leaves(name).items()}
        bare += [(name, where, one) for where in texts for one in wanted if one not in texts[where]]
    assert bare == []
    listed = plain(read(home / "llms.txt"))
    assert [name for name in report.CHAPTERS if word(f"chapter-{name}") not in listed] == []
    resting = {one.found[0] for one in loaded.judgements.values() if one.found}
    assert [name for name in resting if not (data[name]["judges"] and data[name]["said"])] == []


def test_every_key_begins_with_that_of_the_report_and_is_used_once(site, things):
    """So that entries of two reports can stand in one file."""
    texts = [page(site, f"_cite/{name}.html") for name in things]
    texts += [read(site / f"_cite/microwork{YEAR}.bib")]
    keys = [key for text in texts for key in re.findall(r"@[a-z]+\{([^,]+),", text)]
    assert len(keys) == len(set(keys)) == len(texts)
    assert all(re.fullmatch(rf"microwork{YEAR}[a-z0-9.-]*", key) for key in keys)


# In a frame


def test_oembed_says_what_the_page_links_to(site, things):
    found = site.glob("_cite/*.oembed.json")
    answers = {path.name.removesuffix(".oembed.json"): load(path) for path in found}
    assert len(answers) > 100
    for name, answer in answers.items():
        assert (answer["version"], answer["type"]) == ("1.0", "rich")
        (frame,) = html.fragments_fromstring(answer["html"])
        assert frame.get("src") == f"{BASE}_cite/{name}.html#embed" and frame.get("title")
        sizes = [frame.get(side) for side in ("width", "height")]
        assert sizes == [str(answer["width"]), str(answer["height"])]
        assert frame.get("loading") == "lazy"
        newest, pinned = codes(things[name])
        assert answer["html"] == newest and newest.replace(BASE, STAYS) == pinned
        [link] = things[name].xpath("//link[@type='application/json+oembed']/@href")
        assert link == f"{BASE}_cite/{name}.oembed.json"


def test_without_a_frame_it_says_how_to_cite_it_and_is_accessible(visit, things):
    for tree in things.values():
        link, licence = tree.xpath("//p[contains(@class, 'framed')]/a")
        assert tree.xpath("//link[@rel='canonical']/@href") == [link.get("href")]
        assert link.get("target") == "_blank" and link.get("rel") == "noopener"
        assert licence.text == f"Licence: {CITATION['preferred-citation']['license']}"
        assert str(YEAR) in licence.getparent().text_content()
    for name in SOME:
        with visit(f"_cite/{name}.html", "phone") as tab:
            shown = [tab.locator(part).is_visible() for part in (".top", ".foot", ".framed")]
            found = Axe().run(tab, options={"resultTypes": ["violations"], "preload": False})
            broken = [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]]
            assert broken == [] and tab.evaluate(OVERFLOW) <= 0
            assert shown == [True, True, False], name


def test_a_page_of_another_origin_shows_them(browser, site, things, tmp_path):
    """Whole, without a script of that page; with one, each frame is as tall as what it shows."""
    with serving(site) as there, serving(tmp_path) as here:
        frames = "".join(codes(things[name])[0].replace(BASE, f"{there}/") for name in SOME)
        head = '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
        text = f'<!DOCTYPE html><html lang="en"><title>Elsewhere</title>{head}<body>{frames}'
        write(tmp_path / "index.html", text)
        with visiting(browser, f"{here}/index.html", "phone", True) as tab:
            for frame in tab.locator("iframe").all():
                frame.scroll_into_view_if_needed()
                inside = frame.element_handle().content_frame()
                inside.wait_for_load_state()
                assert inside.url.startswith(there)
                assert inside.locator("main a:visible").count() == 2  # the report, its licence
                wanted = html.fromstring(read(site / urlsplit(inside.url).path[1:])).find(".//h1")
                assert inside.locator("h1").inner_text() == wanted.text_content()
                tall = OVERFLOW.replace("Width", "Height")
                assert inside.evaluate(OVERFLOW) <= 0 and inside.evaluate(tall) <= 0, inside.url
                paper = inside.evaluate("getComputedStyle(document.body).backgroundColor")
                assert sum(map(int, paper[4:-1].split(","))) < 200  # dark, as the system is
                drawn = inside.locator("svg.broad, svg.narrow").all()
                assert sum(one.is_visible() for one in drawn) == bool(drawn)
            assert tab.evaluate(OVERFLOW) <= 0
        low = re.sub(r'height="\d+"', 'height="40"', text)
        write(tmp_path / "low.html", low + item_pages.RESIZE)
        with visiting(browser, f"{here}/low.html", "phone") as tab:
            for frame in tab.locator("iframe").all():  # those further down wait to be seen
                frame.scroll_into_view_if_needed()
            tall = "() => [...document.querySelectorAll('iframe')].every((one) => one.height > 40)"
            tab.wait_for_function(tall, timeout=60_000)
            for frame in tab.locator("iframe").all():
                room, inside = frame.element_handle(), frame.element_handle().content_frame()
                tall = "Math.ceil(document.documentElement.getBoundingClientRect().height)"
                assert room.evaluate("(one) => one.clientHeight") == inside.evaluate(tall)

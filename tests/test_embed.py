"""What others embed, in a page of another origin."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from lxml import html
from tallybook.language import capital
from tallybook.live import serving

from tests.files import load, read, write
from tests.published import BASE
from tests.visits import OVERFLOW, visiting

# Ten of them, one of each kind at least: with and without an interval or a verdict, long and short.
SOME = (
    "chapter-counts",
    "counts.circles-added",
    "counts.rounded-registered",
    "income.mean-hours-lower-bound",
    "claim-fr-weekly-cnrs",
    "claim-women-share-cnrs",
    "claim-poverty-22",
    "counts-estimates",
    "outsourcing-first",
    "retraining-first",
)


@pytest.fixture(scope="module")
def things(site):
    """The page of each thing, by name."""
    return {path.stem: html.fromstring(path.read_bytes()) for path in site.glob("_cite/*.html")}


def code(tree) -> str:
    """The code by which others show a thing."""
    return tree.findall(".//pre")[-1].text


@pytest.fixture(scope="module")
def article(site, things, tmp_path_factory):
    """The address of a page of another origin, with ten frames."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with serving(site) as there, serving(folder) as here:
        assert there != here
        frames = "".join(code(things[name]).replace(BASE, f"{there}/") for name in SOME)
        lines = '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
        text = f'<!DOCTYPE html><html lang="en"><title>Elsewhere</title>{lines}<body>{frames}'
        write(folder / "index.html", text)
        yield f"{here}/index.html"


def framed(tree) -> str:
    """What a frame shows of a page."""
    [apart] = tree.find_class("apart")
    return tree.find(".//main").text_content().replace(apart.text_content(), "")


def test_what_is_shown_there_has_interval_verdict_source_and_the_way_back(site, things, loaded):
    verdicts = {}
    for tree in things.values():
        [link] = tree.xpath("//p[contains(@class, 'framed')]/a")
        assert tree.xpath("//link[@rel='canonical']/@href") == [link.get("href")]
        assert link.get("target") == "_blank" and link.get("rel") == "noopener"
    for claim in load(site / "claims.json")["claims"]:
        if claim["repeats"]:
            continue
        tree = things[f"claim-{claim['claim_id']}"]
        said = framed(tree)
        assert claim["statement"] in said and claim["reason"] in said and "Source: " in said
        assert tree.find(".//p[@class]/svg/..").text_content().lower().startswith(claim["word"])
        for name in claim["found"] or ():
            verdicts.setdefault(name, claim["word"])
    numbers = [one for one in load(site / "numbers.json")["numbers"] if one["id"] in things]
    assert len(numbers) > 500
    for number in numbers:
        said, name = framed(things[number["id"]]), number["id"]
        assert loaded.show(name) in said and capital(number["label"]) in said
        assert number["low"] is None or loaded.show(name, "interval") in said
        assert (number["covers"] or "") in said
        assert name not in verdicts or verdicts[name] in said.lower()


def test_oembed_says_what_the_page_links_to(site, things):
    answers = {path.name.partition(".")[0]: load(path) for path in site.glob("_cite/*.oembed.json")}
    assert len(answers) > 150
    for name, answer in answers.items():
        assert (answer["version"], answer["type"]) == ("1.0", "rich")
        (frame,) = html.fragments_fromstring(answer["html"])
        assert frame.get("src") == f"{BASE}_cite/{name}.html#embed" and frame.get("title")
        sizes = [frame.get(side) for side in ("width", "height")]
        assert sizes == [str(answer["width"]), str(answer["height"])]
        assert frame.get("loading") == "lazy" and answer["html"] == code(things[name])
        [link] = things[name].xpath("//link[@type='application/json+oembed']/@href")
        assert link == f"{BASE}_cite/{name}.oembed.json"


@pytest.mark.parametrize(("width", "dark"), [("phone", True), ("desktop", False)])
def test_a_page_of_another_origin_shows_ten_of_them(browser, site, article, width, dark):
    # They have no script of their own.
    with visiting(browser, article, width, dark) as tab:
        for frame in tab.locator("iframe").all():
            frame.scroll_into_view_if_needed()
            inside = frame.element_handle().content_frame()
            inside.wait_for_load_state()
            assert not inside.url.startswith(tab.url.rpartition("/")[0])
            assert inside.locator("main a:visible").count() == 1
            wanted = html.fromstring(read(site / urlsplit(inside.url).path[1:])).find(".//h1")
            assert inside.locator("h1").inner_text() == wanted.text_content()
            assert inside.evaluate(OVERFLOW) <= 0
            over = "document.documentElement.scrollHeight - document.documentElement.clientHeight"
            assert inside.evaluate(over) <= 0, (inside.url, inside.evaluate(over))
            paper = inside.evaluate("getComputedStyle(document.body).backgroundColor")
            assert (sum(map(int, paper[4:-1].split(","))) < 200) == dark
            drawn = inside.locator("svg.broad, svg.narrow").all()
            assert sum(one.is_visible() for one in drawn) == bool(drawn)
        assert tab.evaluate(OVERFLOW) <= 0

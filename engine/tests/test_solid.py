"""How solid verdicts are: their order, the strips of their assumptions, and the page that shows
both."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import tables
from lxml import html
from rooms import BUILD, EXAMPLE, Sandbox, read
from tallybook.claims import Check, Judgement, Verdict, model, solidity
from tallybook.claims.model import Axis, Flip, Joint, Turn
from tallybook.sphinx import tally, tracks

HOLDS, DOUBTFUL, UNDECIDED = Verdict.HOLDS, Verdict.DOUBTFUL, Verdict.UNDECIDED
PAGE = """# How solid is it?

:::{container} answer
Of {tally}`assuming` verdicts, {tally}`turning` would change. The other {tally}`not assuming` rests
on nothing.
:::

## Guess

```{guess}
```

## All

```{solid}
```

## Measurements

```{carried}
```
"""
CONTENTS = """format: jb-book
root: index
parts:
  - chapters: [{file: rain}]
  - chapters: [{file: solid}]
"""
CLAIMS = "data/claims.csv"
TESTED = """        tested(
            claims["neighbour-rain"],
            Check.RECOUNT,
            Evidence("gauge", Model(registry["rain.total"], times=("caught",))),
            "The gauge caught [[rain.total|full]] mm.",
        ),
"""
FINDING = """```{finding} rain
:claim: neighbour-rain
:title: How much did it rain?
Much.
```

## Numbers"""


def axis(value: float, least: float, most: float, unit: str = "times") -> Axis:
    return Axis("one", "Something", unit, value, least, most, "so", "ours")


def judged(claim_id: str, *flips: Flip, size: float | None = None, on: str = "") -> Judgement:
    joint = None if size is None else Joint(size, {})
    test = model.Tested(on, "n", (1, 1, 1), "above", 0, "ratio", HOLDS, None, frozenset())
    return Judgement(
        claim_id, Check.RECOUNT, HOLDS, "", tests=(test,) if on else (), flips=flips, joint=joint
    )


FIRM = Flip(axis(1, 0.5, 2), ())
LOOSE = Flip(axis(1, 0.5, 2), (Turn(1.1, DOUBTFUL),))


def test_what_turns_first_comes_first_and_what_nothing_turns_last():
    """Those that rest on no assumption are left out, and equals keep their order."""
    given = [
        judged("firm", FIRM),
        judged("far", LOOSE, size=0.9),
        judged("texts"),
        judged("near", LOOSE, size=0.01),
        judged("far-too", LOOSE, size=0.9),
    ]
    found = [one.claim_id for one in solidity.ordered(given)]
    assert found == ["near", "far", "far-too", "firm"]


def test_verdicts_are_counted_that_turn_alone_together_and_easily():
    given = [
        judged("alone", LOOSE, size=0.2),
        judged("easily", LOOSE, size=0.09),
        judged("together", FIRM, size=0.5),
        judged("firm", FIRM),
        judged("texts"),
        judged("more-texts"),
    ]
    judgements = {one.claim_id: one for one in given}
    claims = {
        name: SimpleNamespace(
            repeats=name == "more-texts", asserts="case" if name == "texts" else "figure"
        )
        for name in judgements
    }
    report = SimpleNamespace(judgements=judgements, claims=claims)
    judged_as = ("holds", "holds case", "holds figure", "doubtful", "doubtful figure")
    assert {kind: tally.count(report, kind) for kind in (*tally.KNOWN, *judged_as)} == {
        "claims": 5,
        "tested": 5,
        "assuming": 4,
        "not assuming": 1,
        "turning": 2,
        "turning together": 1,
        "turning easily": 1,
        "holds": 5,
        "holds case": 1,
        "holds figure": 4,
        "doubtful": 0,
        "doubtful figure": 0,
    }


def test_a_verdict_says_how_much_turns_it():
    assert solidity.turns(judged("a", LOOSE, size=0.274)) == "27\u202f% of the way turns it."
    assert solidity.turns(judged("a", FIRM)) == "No plausible change turns it."


def test_an_assumption_in_a_few_words():
    turned = Flip(axis(40, 5, 80, "days"), (Turn(20, DOUBTFUL), Turn(60, UNDECIDED)))
    assert solidity.brief(turned) == (
        "We take 40 days. Plausible: 5 to 80 days. The verdict turns at 20 days to “doubtful” and"
        " at 60 days to “undecided”."
    )
    assert solidity.brief(FIRM) == (
        "We take 1. Plausible: 0.5 to 2. No value in between turns the verdict."
    )


def test_stretches_have_the_verdict_past_each_turn_away_from_what_is_taken():
    turned = Flip(
        axis(1, 0.25, 4), (Turn(0.5, UNDECIDED), Turn(2, DOUBTFUL), Turn(2**1.5, UNDECIDED))
    )
    places, verdicts = solidity.stretches(turned, "holds")
    # Factors lie on logs: 0.5 is a quarter of the way from 0.25 to 4.
    assert places == pytest.approx([1 / 4, 3 / 4, 3.5 / 4])
    assert verdicts == ["undecided", "holds", "doubtful", "undecided"]


@pytest.mark.parametrize(
    ("one", "value", "share"),
    [
        (axis(1, 0.5, 2), 1, 0.5),
        (axis(1, 0, 2), 0.5, 0.25),  # no log of nothing
        (axis(10, 5, 15, "days"), 15, 1),
        (axis(10, 5, 15, "days"), 5, 0),
    ],
)
def test_places_between_the_ends(one: Axis, value: float, share: float):
    assert solidity.place(one, value) == pytest.approx(share)


def drawn(flip: Flip) -> html.HtmlElement:
    return html.fromstring(tracks.track(flip, "holds", lambda name: name.replace(" ", "-")))


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


def share(text: str) -> float:
    """Where a place of a drawing lies between its ends."""
    return (percent(text) - tracks.EDGE) / (100 - 2 * tracks.EDGE)


def test_a_strip_has_a_dot_marks_and_stretches_that_fill_it():
    svg = drawn(Flip(axis(40, 0, 80, "days"), (Turn(20, DOUBTFUL), Turn(60, UNDECIDED))))
    [dot], bars, marks = svg.xpath(".//circle"), svg.xpath(".//rect"), svg.xpath(".//line")
    assert share(dot.get("cx")) == pytest.approx(0.5)
    assert [share(mark.get("x1")) for mark in marks] == pytest.approx([0.25, 0.75])
    assert [bar.get("class") for bar in bars] == ["doubtful", "holds", "undecided"]
    assert sum(percent(bar.get("width")) for bar in bars) == pytest.approx(100 - 2 * tracks.EDGE)
    assert [share(bar.get("x")) for bar in bars] == pytest.approx([0, 0.25, 0.75])
    assert [text.text for text in svg.xpath(".//text")] == ["doubtful", "undecided"]
    assert svg.get("aria-hidden") == "true"


def reach(text: html.HtmlElement, width: float) -> tuple[float, float]:
    """From where to where a word lies in a drawing of that width in pixels."""
    at = width * share(text.get("x")) + float(text.get("dx"))
    long = tracks.LETTER * len(text.text)
    return (at - long, at) if text.get("text-anchor") == "end" else (at, at + long)


@pytest.mark.parametrize("width", [tracks.NARROW, 700])
@pytest.mark.parametrize("near", [0.001, 0.1, 0.3, 0.5])
def test_words_stay_inside_and_none_lies_on_another(near: float, width: float):
    """However near the turns lie to the ends, to each other and to what is taken."""
    ends = (Turn(near * 100, UNDECIDED), Turn(100 - near * 20, Verdict.NOT_CONTRADICTED))
    middle = (Turn(50 + near, DOUBTFUL), Turn(50 + 2 * near, Verdict.SOMETHING_ELSE))
    svg = drawn(Flip(axis(50, 0, 100, "days"), (*ends, *middle)))
    lines: dict[str, list[tuple[float, float]]] = {}
    for text in svg.xpath(".//text"):
        lines.setdefault(text.get("y"), []).append(reach(text, width))
    assert sum(map(len, lines.values())) == 4
    for line in lines.values():
        assert all(-1 <= start < end <= width + 1 for start, end in line)
        assert all(a[1] <= b[0] for a, b in zip(sorted(line), sorted(line)[1:], strict=False))
    assert max(map(float, (y.removesuffix("em") for y in lines))) < float(
        svg.get("height").removesuffix("em")
    )


def test_measurements_that_carry_the_same_verdicts_stand_together():
    given = [judged("a", on="x"), judged("b", on="x"), judged("c", on="z"), judged("texts")]
    both = Judgement("d", Check.RECOUNT, HOLDS, "", tests=given[0].tests + given[2].tests)
    found = solidity.carried([*given, both])
    assert found == [(["x"], ["a", "b", "d"]), (["z"], ["c", "d"])]
    twice = [judged("a", on="x"), judged("b", on="z")]
    alike = [Judgement(name, Check.RECOUNT, HOLDS, "", tests=both.tests) for name in "ab"]
    assert solidity.carried(alike) == [(["x", "z"], ["a", "b"])]
    assert solidity.carried(twice) == [(["x"], ["a"]), (["z"], ["b"])]


def with_page(room: Sandbox, page: str = PAGE) -> Sandbox:
    """The example with a page on how solid its verdicts are."""
    (room.root / "solid.md").write_text(page, encoding="utf-8")
    (room.root / "_toc.yml").write_text(CONTENTS, encoding="utf-8")
    room.edit("garden/__init__.py", '"sources": "index"', '"sources": "index", "solid": "solid"')
    room.edit("index.md", "## Numbers", FINDING)
    return room


@pytest.fixture(scope="module")
def site(copy: Callable[[Path], Sandbox]) -> Path:
    return with_page(copy(EXAMPLE)).made(*BUILD)


@pytest.fixture(scope="module")
def page(site: Path) -> html.HtmlElement:
    return html.fromstring(read(site / "solid.html"))


def told(site: Path) -> dict[str, dict]:
    return {claim["claim_id"]: claim for claim in json.loads(read(site / "claims.json"))["claims"]}


def test_the_page_lists_the_one_verdict_of_two_that_rests_on_an_assumption(
    site: Path, page: html.HtmlElement
):
    [item] = page.xpath("//ol[@class='solid']/li")
    claim = told(site)["neighbour-rain"]
    assert (item.get("id"), item.get("data-chapter")) == ("solid-neighbour-rain", "rain")
    assert item.get("data-verdict") == claim["verdict"] == "too low"
    size = 100 * claim["joint"]["size"]
    assert f"{size:.0f}\u202f% of the way turns it." in item.text_content()
    [bar] = item.xpath(".//svg[@class='share']/rect")
    assert percent(bar.get("width")) == pytest.approx(size, abs=0.01)
    [box] = page.xpath("//div[contains(@class, 'answer')]")
    said = "Of 1 verdicts, 1 would change. The other 1 rests on nothing."
    assert " ".join(box.text_content().split()) == said
    assert page.xpath("//meta[@name='description']/@content") == [said]


def test_the_strip_and_its_words_have_the_turn_of_the_claim(site: Path, page: html.HtmlElement):
    [flip] = told(site)["neighbour-rain"]["flips"]
    [turn], (least, most) = flip["turns"], flip["range"]
    [mark] = page.xpath("//svg[@class='track']/line")
    wanted = math.log(turn["at"] / least) / math.log(most / least)
    assert share(mark.get("x1")) == pytest.approx(wanted, abs=2e-4)
    [said] = page.xpath("//ul[@class='axes']/li/p")
    assert said.text_content().startswith(f"{flip['assumption']}. We take 1. Plausible: 0.5 to 1.2")
    # Two digits, on the side where the verdict has turned.
    shown = math.floor(turn["at"] * 100) / 100
    assert f"at {shown:g} to “{turn['verdict']}”" in said.text_content()
    assert page.xpath("//svg[@class='track']/text/text()") == [turn["verdict"]]


def test_a_verdict_can_be_argued_with_and_its_row_is_found(site: Path, page: html.HtmlElement):
    links = page.xpath("//ol[@class='solid']//p[@class='links web']/a")
    ways = {link.text_content(): link.get("href") for link in links}
    assert ways == {
        "Argue with this verdict": "rain.html#argue=neighbour-rain",
        "All we found on it": "rain.html#claim-neighbour-rain",
    }
    assert 'id="claim-neighbour-rain"' in read(site / "rain.html")


def test_the_claim_of_the_front_page_is_to_be_guessed(page: html.HtmlElement):
    [fold] = page.xpath("//div[@class='guesses']/details")
    asked = fold.find("summary").text_content()
    assert asked.startswith("What do you think became of this? It rained 300 mm in the year.")
    assert "Too low" not in asked and fold.get("open") is None
    said = fold.text_content()
    assert "Too low" in said and "The gauge caught 741.0 (735.0 to 747.0) mm." in said


def test_the_measurement_leads_to_the_verdict_that_it_carries(page: html.HtmlElement):
    [group] = page.xpath("//ol[contains(@class, 'carried')]/li")
    assert "This measurement carries one verdict" in group.text_content()
    assert group.xpath(".//a/@href") == ["#solid-neighbour-rain"]


def test_only_the_page_with_the_list_loads_the_filters(site: Path):
    loading = [path.name for path in site.glob("*.html") if "lists.js" in read(path)]
    assert loading == ["solid.html"]


def test_a_report_without_assumptions_says_so(copy: Callable[[Path], Sandbox]):
    room = with_page(copy(EXAMPLE))
    room.edit("garden/rain.py", TESTED, "")
    [row] = [line for line in read(room.root / CLAIMS).splitlines() if "neighbour-rain" in line]
    tables.change(room.root, "claims", f"{row}\n", "")
    for name in ("flips", "measurements"):
        tables.take(room.root, f"rain/{name}")
    room.edit("index.md", "neighbour-rain", "neighbour-beans")
    found = html.fromstring(read(room.made(*BUILD) / "solid.html"))
    said = found.text_content()
    assert (
        "No verdict rests on an assumption that could turn it." in said
        and "Of 0 verdicts, 0 would change." in said
    )
    assert "No verdict rests on a measurement." in said
    assert not found.xpath("//form[@class='filters']")


def test_a_list_on_another_page_is_refused(copy: Callable[[Path], Sandbox]):
    room = with_page(copy(EXAMPLE), PAGE.replace("```{solid}\n```", "Here."))
    room.edit("index.md", "## Sources", "```{solid}\n```\n\n## Sources")
    done = room.run(*BUILD)
    said = "{solid}: found it here; expected it on the page that PAGES names as solid, which is"
    assert done.returncode != 0 and re.search(rf"index\.md:\d+: {re.escape(said)}", done.stderr)

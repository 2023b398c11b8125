"""The panel in which a reader argues with a verdict: what the page reckons is what Python does, and
it works by keyboard, from an address, and without scripts."""

from __future__ import annotations

import gzip
import io
import random
import re
import unicodedata
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader
from tallybook.builder.cache import results
from tallybook.claims.argument import Argument, Case

from microwork import report
from tests.conftest import stored
from tests.visits import OVERFLOW, PANEL, SALARY, until

# The report is that of the built book, and not computed once more.
pytestmark = pytest.mark.usefixtures("loaded")
SETTINGS = 250  # a claim
NEAR = 0.01  # how far a number may be off, as a part of it, or of the width of its range
TURNING = 0.005  # part of an axis about a turning point in which a verdict may differ
INCOME = "chapters/income.html"
# Every number and verdict of some settings.
ASK = """([name, settings]) => settings.map((values) => {
    const now = window.argue.settle(window.argued[name], values);
    return [now.found, now.each, now.verdict];
})"""


@pytest.fixture(scope="module")
def computed(book_root):
    """The report with the functions of its chapters, which one that was read from a file lacks;
    what is costly comes from the build of the book."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(results.FOLDER, str(stored(book_root)))
        return report.provider.compute()


def arguments(found) -> dict[str, Argument]:
    """The argument of each claim that has one, without repeats."""
    return {
        name: one.argument
        for name, one in found.judgements.items()
        if one.argument and not found.claims[name].repeats
    }


def drawn(argument: Argument, seed: str) -> list[dict[str, float]]:
    """Settings at random, by the name of the assumption; each has draws of its own, so that claims
    with the same test share them."""
    draws = {axis.name: random.Random(f"{axis.name} {seed}") for axis in argument.axes}
    return [
        {
            axis.name: axis.stepped(draws[axis.name].uniform(axis.bottom, axis.top))
            for axis in argument.axes
        }
        for _ in range(SETTINGS)
    ]


class Reckoned:
    """Python's answers, each computed once for all claims that share it."""

    def __init__(self) -> None:
        self.known: dict[tuple[object, ...], tuple] = {}

    def one(self, case: Case, assumed: dict[str, float]) -> tuple:
        model = case.model
        names = sorted({*model.names} - {model.limit})
        key = (model.number.id, tuple((name, assumed[name]) for name in names))
        if key not in self.known:
            self.known[key] = model(**{name: assumed[name] for name in names})
        found = self.known[key]
        return found, case.rule.with_limit(assumed.get(model.limit or ""))(found)

    def all(self, argument: Argument, assumed: dict[str, float]) -> tuple[list, list[str], str]:
        from tallybook.claims import rules

        each = [self.one(case, assumed) for case in argument.cases]
        told = [] if argument.told is None else [argument.told]
        verdict = rules.together([*(verdict for _, verdict in each), *told])
        return [found for found, _ in each], [str(verdict) for _, verdict in each], str(verdict)


def off(guess: list[float], true: tuple[float, ...]) -> float:
    width = abs(true[2] - true[1])
    return max(abs(a - b) / max(abs(b), width, 1e-12) for a, b in zip(guess, true, strict=True))


def turns_near(reckoned: Reckoned, argument: Argument, assumed: dict[str, float]) -> set[str]:
    """The verdicts a little way off, along each axis alone and along all at once."""
    ways = [{axis: side} for axis in argument.axes for side in (-1, 1)]
    ways += [dict.fromkeys(argument.axes, side) for side in (-1, 1)]
    found = set()
    for way in ways:
        moved = dict(assumed)
        for axis, side in way.items():
            if not axis.step:
                value = assumed[axis.name] + side * TURNING * (axis.top - axis.bottom)
                moved[axis.name] = min(max(value, axis.bottom), axis.top)
        found.add(reckoned.all(argument, moved)[2])
    return found


def test_the_page_reckons_as_python_does(computed, visit, site):
    reckoned, faults = Reckoned(), []
    with visit(INCOME) as page:
        load(page, site, "words")
        for name, argument in arguments(computed).items():
            load(page, site, name)
            settings = drawn(argument, "settings")
            asked = [{k.replace("_", "-"): v for k, v in one.items()} for one in settings]
            for assumed, (numbers, _, verdict) in zip(
                settings, page.evaluate(ASK, [name, asked]), strict=True
            ):
                true, _, wanted = reckoned.all(argument, assumed)
                worst = max(off(*pair) for pair in zip(numbers, true, strict=True))
                if worst > NEAR:
                    faults.append((name, assumed, numbers, true))
                elif verdict != wanted and verdict not in turns_near(reckoned, argument, assumed):
                    faults.append((name, assumed, verdict, wanted))
    assert not faults, f"{len(faults)} settings: {faults[:3]}"


def load(page, site: Path, name: str) -> None:
    """A script of the panels, and that which reckons."""
    for path in (site / "_argue" / f"{name}.js", site / "_static" / "argue.js"):
        page.evaluate(path.read_text(encoding="utf-8").rstrip().rstrip(";"))


def bare(text: str) -> str:
    """Text without its spaces, which paper sets anew; ligatures as letters."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def opened(page, claim: str):
    """The panel of a claim, when it moves."""
    page.locator(f"{PANEL.format(claim)} > summary").first.evaluate(
        "s => { for (let p = s.parentElement; p; p = p.parentElement.closest('details'))"
        " p.open = true; }"
    )
    panel = page.locator(PANEL.format(claim))
    panel.locator(".argue-live [data-verdict]").first.wait_for()
    return panel


def number(panel, mark: str) -> float:
    return float(panel.locator(f"[{mark}]").first.get_attribute(mark))


def test_a_value_of_one_has_its_unit_in_the_singular(visit):
    for folder, says in (("", "1 hour of work"), ("fr/", "1 heure de travail")):
        with visit(f"{folder}{INCOME}#argue=income-21&hours-a-week=1") as page:
            live = page.locator(f"{PANEL.format('income-21')} .argue-live")
            live.locator("[data-verdict]").first.wait_for()
            assert says in live.inner_text()


def test_a_panel_follows_what_is_typed(visit):
    with visit(INCOME, "phone") as page:
        panel = opened(page, SALARY)
        before = number(panel, "data-value")
        verdict = panel.locator("[data-verdict]").first.get_attribute("data-verdict")
        box = panel.locator("input[type=number][data-assumption=pay-in-france]")
        box.fill("2")
        until(
            page,
            f"document.querySelector('{PANEL.format(SALARY)} [data-value]').getAttribute"
            f"('data-value') > {1.9 * before}",
        )
        assert number(panel, "data-value") == pytest.approx(2 * before, rel=NEAR)
        assert panel.locator("[data-verdict]").first.get_attribute("data-verdict") != verdict
        assert panel.locator("[data-ours]").get_attribute("data-ours") == verdict
        assert page.url.endswith("#argue=no-salary&pay-in-france=2")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_panel_is_worked_by_keyboard_alone(visit):
    with visit(INCOME) as page:
        summary = page.locator(f"{PANEL.format('income-21')} > summary")
        summary.focus()
        page.keyboard.press("Enter")
        panel = page.locator(PANEL.format("income-21"))
        panel.locator(".argue-live [data-verdict]").first.wait_for()
        slider = panel.locator("input[type=range][data-assumption=hours-a-week]")
        for _ in range(12):
            if slider.evaluate("e => e === document.activeElement"):
                break
            page.keyboard.press("Tab")
        before = number(panel, "data-value")
        page.keyboard.press("ArrowRight")
        until(
            page,
            f"document.querySelector('{PANEL.format('income-21')} [data-value]')"
            f".getAttribute('data-value') < {before}",
        )
        assert "hour" in slider.get_attribute("aria-valuetext")
        said = panel.locator("[role=status]")
        until(
            page,
            f"document.querySelector('{PANEL.format('income-21')} [role=status]')"
            ".textContent.includes('With your setting')",
        )
        assert (
            panel.locator(".said").first.inner_text().split(" on average")[0] in said.inner_text()
        )


def test_a_setting_is_a_link(visit, site):
    """Opened elsewhere, it shows the same; a link with nonsense in it shows ours, and says so."""
    with visit(INCOME) as page:
        panel = opened(page, SALARY)
        panel.locator("input[type=number][data-assumption=days-a-week]").fill("6.5")
        until(page, "location.hash.includes('days-a-week')")
        page.wait_for_timeout(200)  # a frame is drawn
        link, shown = page.url, number(panel, "data-value")
        ours = panel.locator("[data-ours]").get_attribute("data-ours")
    there = link.partition("/chapters/")[2]
    with visit(f"chapters/{there}") as page:
        panel = page.locator(PANEL.format(SALARY))
        panel.locator(".argue-live [data-verdict]").first.wait_for()
        assert number(panel, "data-value") == pytest.approx(shown, rel=1e-6)
        assert "link" in panel.locator(".note").inner_text()
    axes = report.load().judgements[SALARY].argument.axes
    for wrong in ("days-a-week=900", "days-a-week=", "nothing=1"):
        with visit(f"{INCOME}#argue={SALARY}&{wrong}") as page:
            panel = page.locator(PANEL.format(SALARY))
            panel.locator(".argue-live [data-verdict]").first.wait_for()
            note = panel.locator(".note").inner_text()
            name, _, got = wrong.partition("=")
            assert f"“{got}”, which is no number from 1 to 7" in note or "can set" in note, wrong
            assert name in note and "so you see our setting" in note, wrong
            if name == "nothing":
                assert all(axis.id in note for axis in axes), "what could be set is not said"
            assert panel.locator("[data-verdict]").first.get_attribute("data-verdict") == ours
    with visit(f"{INCOME}#argue=no-such-claim&a=1") as page:
        assert page.locator(".argue-live").count() == 0


def test_a_link_into_a_french_panel_shows_the_same_in_french(visit):
    setting, shown = f"chapters/income.html#argue={SALARY}&pay-in-france=1.6", []
    for name in (setting, f"fr/{setting}"):
        with visit(name, "phone") as page:
            panel = page.locator(PANEL.format(SALARY))
            panel.locator(".argue-live [data-verdict]").first.wait_for()
            verdict = panel.locator("[data-verdict]").first.get_attribute("data-verdict")
            shown.append((number(panel, "data-value"), verdict))
            said = panel.locator(".said").first.inner_text()
            assert page.evaluate(OVERFLOW) <= 0
    assert shown[0] == shown[1]
    assert "Avec notre réglage" in said


def test_without_scripts_a_panel_is_a_table(visit):
    with visit(INCOME, java_script_enabled=False) as page:
        rows = page.locator(f"{PANEL.format(SALARY)} table tbody tr")
        assert rows.count() == len(report.load().judgements[SALARY].flips)
        assert "because" in rows.first.text_content()


def test_a_panel_loads_little(site):
    """What comes with the first panel that is opened, as a server sends it."""
    beside = [
        site / "_argue" / "words.js",
        *(site / "_static" / f"argue.{e}" for e in ("js", "css")),
    ]
    shared = sum(len(gzip.compress(path.read_bytes(), 9)) for path in beside)
    for path in (site / "_argue").glob("*.js"):
        size = len(gzip.compress(path.read_bytes(), 9))
        assert size <= 8_000 and shared + size <= 12_000, (path.name, shared, size)


def test_axe_finds_nothing_in_an_open_panel(visit):
    asked = {"preload": False}  # it would fetch style sheets, which a page from disk may not
    with visit(INCOME) as page:
        opened(page, "income-21")
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            page.locator(f"html[data-theme={theme}]").wait_for()
            found = Axe().run(page, context=PANEL.format("income-21"), options=asked).response
            broken = [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found["violations"]]
            assert broken == [], theme


def test_the_command_says_what_the_page_says(computed):
    """``python -m tallybook try`` prints one record, and refuses what cannot be tried."""
    from tallybook.claims.trying import tried
    from tallybook.claims.vocabulary import ClaimError

    ours = tried(computed, SALARY, {})
    assert ours["verdict"] == ours["ours"] and ours["low"] <= ours["value"] <= ours["high"]
    moved = tried(computed, SALARY, {"pay-in-france": 2.0})
    assert moved["value"] == pytest.approx(2 * ours["value"])
    assert moved["verdict"] != ours["verdict"] and "EUR" in moved["sentence"]
    for wrong in ({"nothing": 1.0}, {"pay-in-france": 99.0}, {"pay-in-france": float("nan")}):
        with pytest.raises(ClaimError):
            tried(computed, SALARY, wrong)
    with pytest.raises(ClaimError, match="no assumption"):
        tried(computed, "no-job-stability", {})


def test_on_paper_a_panel_is_its_table(visit):
    with visit(INCOME) as page:
        opened(page, SALARY)
        paper = PdfReader(io.BytesIO(page.pdf(format="A4")))
        text = bare("".join(sheet.extract_text() for sheet in paper.pages))
        for axis in report.load().judgements[SALARY].argument.axes:
            assert bare(axis.assumption) in text
        assert bare("Guess first") not in text and bare("Copy a link") not in text

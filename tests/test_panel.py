"""What a panel says stands where it is needed, in whole sentences, and is heard as it is seen."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
import tallybook
from tallybook.claims.panel import UI
from tallybook.claims.vocabulary import MEANING, Verdict

from microwork import report
from tests.visits import PANEL, SALARY, WIDTHS, until

# The report is that of the built book, and not computed once more.
pytestmark = pytest.mark.usefixtures("loaded")
DATA = Path(report.__file__).parent.parent / "data"
LESSONS = {"income-21": "income", "poverty-22": "poverty", "fr-casual-cnrs": "counts"}
SCRIPT = Path(tallybook.__file__).parent / "theme" / "static" / "argue.js"
PAY = "pay-in-france"
MOVED = f"document.querySelector('{PANEL.format(SALARY)} .now').innerText.includes('your setting')"
TOP = "e => e.getBoundingClientRect().top + scrollY"


def at(claim: str, setting: str = "") -> str:
    """The address of a setting."""
    return f"chapters/{report.load().claims[claim].chapter}.html#argue={claim}{setting}"


def arrived(page, claim: str):
    """The panel that an address asks for, once it moves."""
    panel = page.locator(PANEL.format(claim))
    panel.locator(".argue-live [data-verdict]").first.wait_for()
    page.wait_for_timeout(100)  # a frame is drawn
    return panel


def squeezed(text: str) -> str:
    return " ".join(text.split())


def copied(page, panel) -> str:
    page.evaluate("window.copyText = async (text) => { window.copied = text; return true; }")
    panel.get_by_role("button", name="Copy it as a sentence").click()
    until(page, "window.copied")
    return page.evaluate("window.copied")


def test_what_it_takes_to_believe_a_figure_stands_first(visit):
    for claim in LESSONS:
        with visit(at(claim), "phone") as page:
            panel = arrived(page, claim)
            lesson = panel.locator(".argue-live .lesson")
            box = lesson.bounding_box()
            first = panel.locator(".argue-live").bounding_box()["y"]
            assert box["y"] + box["height"] - first <= WIDTHS["phone"]["height"]
            assert lesson.evaluate("e => e.previousElementSibling.matches('.now')")
            for later in (".guess", ".axes", ".plane", ".presets", ".condition"):
                assert panel.locator(later).evaluate(TOP) > lesson.evaluate(TOP), (claim, later)
            if claim in ("income-21", "poverty-22"):
                # A reader hears that nobody read the document.
                assert MEANING[Verdict.NOT_READ] in panel.locator(".why").all_inner_texts()[1]


def test_the_marks_of_the_sliders_are_explained_and_read_out(visit):
    with visit(at(SALARY)) as page:
        panel = arrived(page, SALARY)
        assert panel.get_by_text(UI["slider_marks"]).count() == 1
        counts = []
        for axis in panel.locator(".axis").all():
            slider = axis.locator("input[type=range]")
            said = axis.locator(f"[id='{slider.get_attribute('aria-describedby')}']").inner_text()
            counts.append(axis.locator(".notch").count())
            assert len(re.findall(r"From .+? up, the verdict is “", said)) == counts[-1], said
        assert max(counts) >= 2


def test_the_page_says_whose_setting_it_shows(visit):
    with visit(at(SALARY)) as page:
        panel = arrived(page, SALARY)
        now = panel.locator(".now")
        assert now.inner_text().startswith("With our setting:")
        assert "Your verdict" not in now.inner_text()
        panel.locator(f"input[type=number][data-assumption={PAY}]").fill("3")
        until(page, MOVED)
        assert now.inner_text().startswith("With your setting:")
        assert re.search(r"Your verdict:\s+doubtful\s*\. Our verdict:\s+not cont", now.inner_text())
    with visit(at("income-21", "&hours-a-week=3")) as page:
        now = arrived(page, "income-21").locator(".now").inner_text()
        assert now.startswith("With your setting:") and "Our verdict: " in squeezed(now)


SENTENCES = (
    (SALARY, "&pay-in-france=3", "beyond what the report finds plausible (0.5 to 2)"),
    ("income-21", "&hours-a-week=3", "This holds if income and hours count the same people"),
    ("poverty-22", "", "This holds if the incomes of the respondents have the shape"),
)


@pytest.mark.parametrize(("claim", "setting", "wanted"), SENTENCES)
def test_a_copied_sentence_stands_alone(visit, claim, setting, wanted):
    found = report.load()
    with visit(at(claim, setting)) as page:
        text = copied(page, arrived(page, claim))
        told = page.evaluate("[window.argueWords.source, location.href]")
    assert wanted in text
    assert text.startswith(f"“{found.claims[claim].statement}”")
    assert f"“{found.judgements[claim].verdict}”" in text
    assert ("If one sets “" in text) == bool(setting)
    assert "plausible" in text if "beyond" in wanted else "plausible" not in text
    assert re.fullmatch(r"Source: .+, “Microwork, recomputed”, version \d.+", told[0])
    assert text.endswith(f"{told[0]}, {told[1].split('#')[0]}#argue={claim}{setting}.")
    inside = text.removesuffix(text[text.index("Source:") :])
    assert inside.rstrip().endswith(".")
    assert not re.search(
        r"[a-z\d)] (?:If one|This (?:holds|is)|With (?:its|the)|Its |The )", inside
    )


def heard(page) -> list[dict]:
    """What a screen reader is told of the panel: role, name, value and description of each node
    in it, with the text inside."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    known = {node["nodeId"]: node for node in tree}

    def of(node: dict, what: str) -> str:
        return squeezed(str(node.get(what, {}).get("value", "")))

    def inside(node: dict) -> list[dict]:
        below = [inside(known[one]) for one in node.get("childIds", ()) if one in known]
        return [node, *(each for group in below for each in group)]

    [top] = [
        node for node in tree if (of(node, "role"), of(node, "name")) == ("group", UI["panel"])
    ]
    nodes = [node for node in inside(top) if not node.get("ignored")]

    def valuetext(node: dict) -> str:
        told = [one for one in node.get("properties", ()) if one["name"] == "valuetext"]
        return squeezed(told[0]["value"]["value"]) if told else ""

    return [
        {what: of(node, what) for what in ("role", "name", "value", "description")}
        | {
            "valuetext": valuetext(node),
            "text": squeezed(
                " ".join(of(one, "name") for one in inside(node) if of(one, "role") == "StaticText")
            ),
        }
        for node in nodes
    ]


STATES = {"moved past a notch": "", "a link with nonsense": "&days-a-week=900"}


@pytest.mark.parametrize("state", STATES)
def test_what_is_heard_is_what_is_seen(visit, state):
    with visit(at(SALARY, STATES[state])) as page:
        panel = arrived(page, SALARY)
        if state == "moved past a notch":
            panel.locator(f"input[type=range][data-assumption={PAY}]").fill("3")
            until(page, MOVED)
        seen = squeezed(panel.locator(".now").inner_text()).replace(" .", ".")
        status = f"document.querySelector('{PANEL.format(SALARY)} [role=status]')"
        until(page, f"{status}.textContent.includes('{seen[:17]}')")
        nodes = heard(page)

        def of(role: str) -> list[dict]:
            return [node for node in nodes if node["role"] == role]

        sliders, boxes = of("slider"), of("spinbutton")
        axes = panel.locator(".axis").all()
        assert len(axes) == len(sliders) == len(boxes)
        for axis, slider, box in zip(axes, sliders, boxes, strict=True):
            label = squeezed(axis.locator("label").inner_text())
            assert slider["name"] == box["name"] == label
            typed = axis.locator("input[type=number]").input_value()
            assert float(box["value"]) == float(typed)
            assert float(slider["value"]) == pytest.approx(float(typed))
            spoken = re.match(r"[\d.,]+", slider["valuetext"])[0].replace(",", "")
            assert float(spoken) == float(typed)
            assert slider["description"] == squeezed(axis.locator(".where").inner_text())
        shown = [squeezed(one) for one in panel.get_by_role("button").all_inner_texts()]
        assert [node["name"] for node in of("button")] == shown
        assert [node["name"] for node in of("combobox")] == [
            squeezed(text) for text in (UI["across"], UI["up"])
        ]
        [live] = of("status")
        assert live["text"].replace(" .", ".") == seen
        verdict = panel.locator("[data-verdict]").first.get_attribute("data-verdict")
        assert [node["name"].rpartition(": ")[2] for node in of("image")] == [verdict]
        note = squeezed(panel.locator(".note").inner_text())
        assert [node["text"] for node in of("alert")] in ([note], [] if not note else None)
        assert ("days-a-week" in note) == (state == "a link with nonsense")
        assert ("Your verdict" in live["text"]) == (state == "moved past a notch")


def test_each_sentence_is_one_template():
    """Those that the script says are those that there are, and it fills every name in them."""
    script = SCRIPT.read_text(encoding="utf-8")
    assert set(re.findall(r'say\("(\w+)"', script)) <= set(UI)
    unused = {name for name in UI if f'"{name}"' not in script}
    assert unused == {"because", "source"}  # which the script takes by their own names
    for name, text in UI.items():
        for hole in re.findall(r"\{(\w+)\}", text) if isinstance(text, str) else ():
            made = ("author", "report", "version") if name == "source" else ()
            assert hole in made or re.search(rf"\b{hole}\b[,: }}]", script), (name, hole)


def test_what_critics_and_rivals_take_is_a_named_setting():
    """Each where a chapter's text cites it, and each with a value that stands in the tables."""
    named = {id_ for path in DATA.glob("*/presets.csv") for id_ in pd.read_csv(path).claim_id}
    assert {SALARY, "coloniality", "es-hispanophone"} < named
    assert {*LESSONS, "assistants-90-percent"} < named
    for path in DATA.glob("*/presets.csv"):
        flips = pd.read_csv(path.parent / "flips.csv").set_index("flip_id")
        tables = [pd.read_csv(one) for one in path.parent.glob("*.csv")]
        for row in pd.read_csv(path).itertuples():
            assert row.source_key != "computed" and row.who, row
            ends = flips.loc[row.flip_id, ["value", "least", "most"]].tolist()
            beside = [
                table[table.source_key == row.source_key].select_dtypes("number").to_numpy().ravel()
                for table in tables
                if "source_key" in table and "preset" not in table
            ]
            assert row.value in ends or any(row.value in some for some in beside), row

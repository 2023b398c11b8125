"""Charts that a reader explores, in the pages of the report and under their strict policy."""

from __future__ import annotations

import pytest
import vl_convert
from tallybook.charts.shown import computed

from microwork.paths import ROOT
from tests.files import load, read
from tests.visits import explore, first_chart, until

VENDOR = ROOT / "engine/src/tallybook/theme/static/vendor"
COUNTS, MAP = "chapters/counts.html", "chapters/outsourcing.html"  # the second has a menu
KINDS = [("phone", "narrow"), ("desktop", "broad")]
SMALLEST = """svg => {
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    return Math.min(...[...svg.querySelectorAll("text")].filter(t => t.textContent.trim())
        .map(t => parseFloat(getComputedStyle(t).fontSize) * scale));
}"""
TURN = """theme => {
    document.documentElement.dataset.theme = theme;
    document.dispatchEvent(new CustomEvent('themechange'));
    const probe = document.createElement('i');
    probe.style.color = getComputedStyle(document.documentElement).getPropertyValue('--found');
    return probe.style.color;
}"""
# Whether a drawing has something of that colour.
HAS = """([selector, colour]) => [...document.querySelectorAll(selector + ' *')].some(
    (e) => [getComputedStyle(e).fill, getComputedStyle(e).stroke].includes(colour))"""


@pytest.mark.parametrize(("width", "kind"), KINDS)
def test_a_choice_changes_the_drawing_and_the_still_picture_comes_back(visit, width, kind):
    with visit(MAP, width) as page:
        figure = first_chart(page, "Choose")
        still, live = figure.locator(f".plot > svg.{kind}"), figure.locator(".live svg")
        assert still.is_visible()
        assert not page.evaluate("'vega' in window"), "Vega is loaded before anyone asks for it"
        figure.locator("button.go").press("Enter")
        menu = figure.get_by_role("combobox")
        menu.wait_for()
        assert menu.evaluate("node => node === document.activeElement")
        assert live.get_attribute("role") == "img"
        assert live.get_attribute("aria-label") == still.get_attribute("aria-label")
        before = live.locator("text").all_text_contents()
        assert sorted(before) == sorted(still.locator("text").all_text_contents())
        menu.select_option("Spain")
        moved = "([svg, old]) => [...svg.querySelectorAll('text')].some("
        moved += "(text) => text.textContent && !old.includes(text.textContent))"
        until(page, moved, [live.element_handle(), before])
        assert live.evaluate(SMALLEST) >= 12
        figure.get_by_role("button", name="Still picture").click()
        assert figure.locator(".live").count() == 0 and still.is_visible()


def test_a_dark_page_recolours_still_and_live_and_keeps_the_choice(visit):
    with visit(MAP) as page:
        figure = first_chart(page, "Choose")
        selector = f"#{figure.get_attribute('id')}"
        light, dark = page.evaluate(TURN, "light"), page.evaluate(TURN, "dark")
        assert dark != light and page.evaluate(HAS, [f"{selector} svg.broad", dark])
        figure.locator("button.go").press("Enter")
        menu = figure.get_by_role("combobox")
        menu.wait_for()
        assert menu.input_value() != "Spain"
        menu.select_option("Spain")
        assert page.evaluate(HAS, [f"{selector} .live svg", dark])
        page.evaluate(TURN, "light")
        until(page, HAS, [f"{selector} .live svg", light])
        assert menu.input_value() == "Spain", "the choice fell back when the colours changed"


def test_no_chart_of_the_pages_computes_a_number(site):
    specs = {path.name: load(path) for path in (site / "_charts").glob("*.vl.json")}
    assert len(specs) > 30
    assert {name: found for name, spec in specs.items() if (found := [*computed(spec)])} == {}


def test_a_script_that_does_not_load_is_said_in_one_sentence(visit):
    with visit(COUNTS, forgiven="ERR_FILE_NOT_FOUND") as page:
        figure = first_chart(page)
        figure.evaluate("(figure) => { figure.dataset.vega = '../_static/missing/vega.min.js'; }")
        figure.locator("button.go").click()
        alert = figure.get_by_role("alert")
        alert.wait_for()
        assert "cannot be explored" in alert.text_content()
        assert "vega.min.js" in alert.text_content()
        assert figure.locator(".plot > svg.broad").is_visible()


@pytest.fixture(scope="module")
def version() -> str:
    """Of Vega in the pages."""
    entries = load(VENDOR / "MANIFEST.json")
    return next(entry["version"] for entry in entries if entry["name"] == "vega")


def test_still_and_live_pictures_come_from_one_generation_of_vega(version):
    still = vl_convert.get_vega_version()
    ours, theirs = ([int(part) for part in one.split(".")] for one in (version, still))
    assert ours[0] == theirs[0] and ours >= theirs
    told = " ".join(read(ROOT / "docs/supply-chain.md").split())
    assert f"`vl-convert-python` draws them with its own copy of Vega, {still} " in told


def test_a_specification_does_not_reach_the_objects_of_its_page(browser, version):
    """Vega 6.2 wrote what a configuration calls "constructor" into the browser's own Object.

    The file also says its version.
    """
    page = browser.new_page()
    page.add_script_tag(path=VENDOR / "vega.min.js")
    page.evaluate("""vega.mergeConfig({}, JSON.parse('{"constructor": {"spoilt": 1}}'))""")
    assert page.evaluate("[Object.spoilt, vega.version]") == [None, version]
    page.close()


FLOWS = "#outsourcing-map"
IN_SIGHT = """selector => {
    const box = document.querySelector(selector).getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight;
}"""


def test_the_client_that_is_chosen_on_the_map_stands_in_the_address_and_in_the_headline(visit):
    with visit(MAP) as page:
        figure = page.locator(FLOWS)
        headline = figure.locator(".headline")
        ours = headline.inner_text()
        explore(figure)
        assert headline.inner_text() == ours and ours.startswith("France buys")
        figure.locator("select").select_option("United Kingdom")
        until(page, "location.hash === '#chart=outsourcing-map&client=United+Kingdom'")
        theirs = headline.inner_text()
        assert theirs.startswith("The United Kingdom buys above chance from Albania")
        alt = figure.locator("svg.marks").get_attribute("aria-label")
        assert theirs in alt and "France" not in alt
        # Another theme draws the picture anew, and a reload begins from the address.
        page.get_by_role("button", name="Dark colours").click()
        page.reload()
        figure.locator("svg.marks").wait_for()
        assert figure.locator("select").input_value() == "United Kingdom"
        assert headline.inner_text() == theirs
        figure.locator("button.go").click()
        assert headline.inner_text() == ours
        assert page.evaluate("location.hash") == FLOWS


def test_a_link_to_a_choice_leads_to_the_map(visit):
    with visit(f"{MAP}#chart=outsourcing-map&client=Spain") as page:
        figure = page.locator(FLOWS)
        page.locator(f"{FLOWS} .headline", has_text="Spain buys").wait_for()
        page.wait_for_timeout(200)
        assert 0 <= figure.bounding_box()["y"] < 200


@pytest.mark.parametrize("asked", ["client=Atlantis", "seller=France", "client=France&x=1"])
def test_a_link_to_a_choice_that_the_map_does_not_have_is_refused_in_words(visit, asked):
    with visit(f"{MAP}#chart=outsourcing-map&{asked}") as page:
        figure = page.locator(FLOWS)
        told = figure.get_by_role("alert")
        told.wait_for()
        assert asked.rsplit("&")[-1] in told.inner_text() and "Portugal" in told.inner_text()
        page.wait_for_timeout(200)
        assert page.evaluate(IN_SIGHT, f"{FLOWS} [role=alert]")
        assert figure.locator("select").input_value() == "France"
        assert figure.locator(".headline").inner_text().startswith("France buys")

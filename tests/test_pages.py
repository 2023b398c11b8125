"""One page of each kind, on a desk and on a phone, light and dark, with and without scripts: one
visit in which all is looked at. Links are looked at on every page; charts: test_pictures.

A visit costs more than what is asked in it. So each check returns its faults, and a test fails with
the faults of all of them.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tallybook.sphinx.pages import popovers

from tests.files import read
from tests.visits import CUT, FRENCH, KINDS, OVERFLOW, PAGES, WIDTHS, visiting

SPACING = """*{line-height:1.5!important;letter-spacing:.12em!important;
word-spacing:.16em!important} p{margin-bottom:2em!important}"""
# What is far below has no place yet; it is measured as if it were near.
LAID_OUT = "*{content-visibility:visible!important}"
# As a reader's own style sheet comes in: the policy of the page, which allows no style in it, has
# no say in that.
OWN = """(css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets.push(sheet);
}"""
# Everything that can be operated and is shown, without the links in cards.
OPERABLE = """[...document.querySelectorAll(
    'a[href], button, input, select, summary, [tabindex="0"]'
)].filter((e) => !e.closest('.cards') && e.checkVisibility({ visibilityProperty: true }))"""
# What does not show that it has the focus.
UNSEEN_FOCUS = f"""() => {OPERABLE}.filter((e) => !e.disabled).filter((e) => {{
    e.focus({{ preventScroll: true, focusVisible: true }});
    const {{ outlineStyle, outlineWidth }} = getComputedStyle(e);
    return document.activeElement !== e || outlineStyle === 'none' || parseFloat(outlineWidth) < 2;
}}).map((e) => e.outerHTML.slice(0, 120))"""
# What is read on a page, word for word.
READ = """() => [...document.querySelectorAll('main :is(h1,h2,h3,p,li,th,td,dt,dd,caption,'
    + 'figcaption,summary,.plot > svg)')]
    .filter((e) => !e.closest('.cards, form, .microtask') && e.checkVisibility()).map((e) => {
        const read = e.cloneNode(true);
        read.querySelectorAll('button').forEach((button) => button.remove());
        return e.tagName + ' ' + read.textContent.trim();
    })"""
# Lists have thousands of parts of the same kind: the first stand for the others. Axe sees nothing
# in drawings, which are looked at in test_pictures.py.
SHORTEN = """document.querySelectorAll(
    'tbody tr:nth-child(n+4), .citation:nth-of-type(n+4), svg > *').forEach((e) => e.remove())"""
# All folds but the tables of charts.
UNFOLD = """document.querySelectorAll('details:not(.tools details)')
    .forEach((e) => { e.open = true })"""

# The same few colours are in all pages; of each against paper see the engine's test_charts.py.
DARK = ("index.html", "chapters/ledger.html", "search.html")

Check = Callable[[Page], list[str]]


def expect(**facts: bool) -> list[str]:
    """The names of what is not so."""
    return [name for name, is_so in facts.items() if not is_so]


def the_first_stop_skips_to_the_text(page: Page) -> list[str]:
    active = "(e => e.id || e.className || e.tagName)(document.activeElement)"
    page.keyboard.press("Tab")
    first = page.evaluate(active) == "skip" and page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    main = page.evaluate(active) == "main"
    page.keyboard.press("Tab")
    inside = page.evaluate("document.activeElement.closest('main, .turn, .foot') !== null")
    return expect(first_stop=first, skips_to_main=main, goes_on_inside_the_text=inside)


def every_stop_can_be_seen(page: Page) -> list[str]:
    ordered = page.locator("[tabindex]:not([tabindex='0'], [tabindex='-1'])").count()
    return page.evaluate(UNSEEN_FOCUS) + expect(no_order_of_its_own=ordered == 0)


def no_rule_of_axe_is_broken(page: Page, **more: object) -> list[str]:
    """Headings, landmarks, names, ids, contrast; and targets have room for a finger."""
    rules = {} if "runOnly" in more else {"rules": {"target-size": {"enabled": True}}}
    how = {"resultTypes": ["violations"], "preload": False, **rules, **more}
    found = Axe().run(page, options=how)
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found.response["violations"]]


def colours_have_contrast_in_the_dark(page: Page) -> list[str]:
    """The page follows the setting of the system, which says so a moment later."""
    page.emulate_media(color_scheme="dark")
    page.locator("html[data-theme=dark]").wait_for()
    shade = page.evaluate("getComputedStyle(document.body).backgroundColor")
    found = expect(dark_ground=max(map(int, re.findall(r"\d+", shade)[:3])) < 80)
    found += no_rule_of_axe_is_broken(page, runOnly=["color-contrast"])
    page.emulate_media(color_scheme="light")
    return found


def nothing_scrolls_sideways(page: Page) -> list[str]:
    wide = page.evaluate(OVERFLOW)
    return [f"{wide} px too wide"] if wide > 0 else []


def nothing_is_cut(page: Page) -> list[str]:
    return page.evaluate(CUT)


def text_reflows(page: Page) -> list[str]:
    """WCAG 2.2: in 320 px, with the reader's own spacing, and at twice its size."""
    found = []
    for what, (width, height) in {
        "320 px": (320, 256),
        "own spacing, 390 px": (390, 844),
        "zoom of 200%": (640, 450),
    }.items():
        page.set_viewport_size({"width": width, "height": height})
        if what == "own spacing, 390 px":
            page.evaluate(OWN, SPACING)
        faults = nothing_scrolls_sideways(page) + nothing_is_cut(page)
        found += [f"{what}: {fault}" for fault in faults]
    return found


def nothing_is_dead_without_scripts(page: Page) -> list[str]:
    controls = page.query_selector_all("main :is(button, form)")
    return expect(
        no_word_of_a_script=not re.search(r"\b(undefined|NaN|\[object)\b", page.inner_text("main")),
        no_button_and_no_form=not any(control.is_visible() for control in controls),
    )


def looked_at(page: Page, *checks: Check) -> dict[str, list[str]]:
    """What each check has found; nothing where it found nothing."""
    found = {check.__name__: check(page) for check in checks}
    return {name: faults for name, faults in found.items() if faults}


def seen(visit, name: str) -> dict[str, list[str]]:
    """The faults of a page. What is read with scripts is there without them: the same words,
    numbers, tables and pictures."""
    with visit(name, offline=True) as page:
        was_read = page.evaluate(READ)
        found = looked_at(page, the_first_stop_skips_to_the_text)
        page.evaluate(UNFOLD)
        found |= looked_at(page, nothing_scrolls_sideways)
        page.evaluate(SHORTEN)
        found |= looked_at(page, every_stop_can_be_seen)
        if name in DARK:
            found |= looked_at(page, colours_have_contrast_in_the_dark)
        page.set_viewport_size(WIDTHS["phone"])
        page.evaluate(OWN, LAID_OUT)
        found |= looked_at(page, no_rule_of_axe_is_broken, text_reflows)
    if name == "search.html":  # which says without scripts where to look; see test_search.py
        return found
    with visit(name, java_script_enabled=False, offline=True) as page:
        if page.evaluate(READ) != was_read or len(was_read) <= 5:
            found["the same is read without scripts"] = [name]
        found |= looked_at(page, nothing_is_dead_without_scripts)
    return found


def test_each_kind_of_page(visit):
    """Of chapters a French one."""
    some = [name for name in KINDS if name != "chapters/income.html"]
    assert {name: faults for name in some if (faults := seen(visit, name))} == {}


KILOBYTES, FILES = 88, 8  # of a first view; a KB is 1,000 bytes
# A headless browser does not ask for it by itself.
ICON = """() => { const icon = document.querySelector('link[rel~="icon"]');
                  if (icon) new Image().src = icon.href; }"""


def test_the_first_view_of_a_page_is_light(browser, site):
    """What comes when a page is opened on a phone and nothing is pressed, each file compressed."""
    heavy = {}
    for name in KINDS:
        asked = {(site / name).as_uri()}
        with visiting(browser, "about:blank", "phone") as page:
            page.on("request", lambda request, asked=asked: asked.add(request.url))
            page.goto((site / name).as_uri(), wait_until="networkidle")
            page.evaluate(ICON)
            page.wait_for_load_state("networkidle")
        files = [Path(unquote(urlsplit(url).path)) for url in asked if url.startswith("file:")]
        sizes = {file.name: len(gzip.compress(file.read_bytes(), 6)) for file in files}
        assert len(sizes) > 3 and sum(sizes.values()) > 10_000, "so little cannot be a page"
        if len(sizes) > FILES or sum(sizes.values()) > 1000 * KILOBYTES:
            heavy[name] = sizes
    assert heavy == {}


def test_every_link_leads_somewhere(site):
    """Those of cards too, and those into a page to what has that id."""
    texts = {site / name: read(site / name) for name in [*PAGES, *FRENCH]}
    ids: dict[Path, set[str]] = {}
    missing = []
    for page, text in texts.items():
        links = set(re.findall(r'<a\b[^>]* href="([^"]+)"', text + popovers.read(page)))
        for link in links:
            if re.match(r"[a-z]+:", link):
                continue
            address, _, anchor = link.partition("#")
            target = (page.parent / unquote(address.partition("?")[0])).resolve()
            target = target if address else page
            anchor = unquote(anchor)
            inside = anchor and target.suffix == ".html"
            if inside and target not in ids and target.exists():
                ids[target] = set(re.findall(r'id="([^"]+)"', read(target)))
            if not target.exists() or (inside and anchor not in ids[target]):
                missing.append((page.name, link))
    assert missing == []

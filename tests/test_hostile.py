"""A report whose texts try to break out of every format they enter: built for real, and read with
parsers that are not ours.

It is a generated one of three light chapters: what a text can break does not depend on how many
there are.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import bibtexparser
import html5lib
import nbformat
import pandas as pd
import pybtex.database
import pytest
import rispy
from markdown_it import MarkdownIt
from pylatexenc.latex2text import LatexNodes2Text
from tallybook.data.seal import seal
from tallybook.model import html
from tallybook.sphinx.citing import citations, social_image
from tallybook.sphinx.state import get_state

from tests.conftest import built
from tests.files import edit, load, read, write
from tests.visits import visiting
from upkeep import generated

MARKUP = '<!--<script>alert(1)</script> "><img src=x onerror=alert(1)>'
TEX = r"}{\%&#_$~^"
FORMULA = "=cmd|' /C calc'!A0"
# What a table may hold: the door to data/ refuses control characters and formulas.
IN_TABLES = f"Said {MARKUP} {TEX} ]]> &amp; <b>"
# What only code can hand over.
ANYWHERE = f"{FORMULA} {MARKUP} {TEX} ]]> &amp; -- \u2028 \nTY  - BOOK"
# A heading is one line of Markdown.
TITLE = f"{FORMULA} {MARKUP} {TEX} ]]> &amp; ''"
ALT = f"A bar that says {MARKUP} {TEX} ]]> &amp;"
CAPTION = f"What the bar is for: {MARKUP} {TEX} &amp; where 1 < 2 and 3 > 2"
OUTLET = f"Outlet {MARKUP}"
SOURCE = f"Title {MARKUP.replace('--', '')} ]]> &amp;"
FIRST, CHAPTER, _ = generated.names(3)
NUMBER = f"{FIRST}.smallest"
CHART = f"{CHAPTER}-hostile"
ROWS = [
    ["<!--<script>", FORMULA, -3.5, "-3.5"],
    ["]]> &amp;", "@SUM(1)", 2.0, "+1e3"],
    ['"><img>', "plain", None, "-"],
]
COLUMNS = ["who", FORMULA, "value", '"><img src=x onerror=alert(1)>']


def one_space(text: str) -> str:
    return " ".join(text.split())


def markdown(text: str) -> str:
    """``text`` so that Markdown shows it sign by sign."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def spoil_claims(root: Path) -> None:
    """Every statement is hostile, and one outlet."""
    table = pd.read_csv(root / "data/claims.csv", dtype=str, keep_default_na=False)
    table["statement"] += f" {IN_TABLES}"
    assert "A paper" in [*table["outlet"]]
    table["outlet"] = table["outlet"].replace("A paper", OUTLET)
    table.to_csv(root / "data/claims.csv", index=False, lineterminator="\n")


def spoil_source(root: Path) -> None:
    """The title of a source that a chapter cites; ``&`` is written as TeX has it."""
    hostile = "    title = {" + SOURCE.replace("&", r"\&") + "},"
    entry = r"(@misc\{cnrsjournal2019,.*?\n) *title = .*?$"
    text = re.sub(
        entry,
        lambda found: found[1] + hostile,
        read(root / "data/sources.bib"),
        count=1,
        flags=re.M | re.S,
    )
    assert hostile in text
    write(root / "data/sources.bib", text)


def spoil_numbers(root: Path) -> None:
    """Label, how and what an interval covers, of every number of a chapter; and the unit of one."""
    with (root / "microwork" / FIRST / "__init__.py").open("a", encoding="utf-8") as file:
        file.write(f"""

_well_meant = numbers


def numbers() -> list[Number]:
    from dataclasses import replace

    evil = {ANYWHERE!r}
    found = []
    for number in _well_meant():
        more = {{"unit": evil}} if number.id == {NUMBER!r} else {{}}
        more["covers"] = number.covers and number.covers + evil
        found.append(replace(number, label=evil + number.label, how=number.how + evil, **more))
    return found
""")


def spoil_chapter(root: Path) -> None:
    """The title of a chapter, and a chart in it.

    Signs are left as they are typed, so that they can be compared.
    """
    edit(root / "_config.yml", "numfig: true\n", "numfig: true\n    smartquotes: false\n")
    path = root / "chapters" / f"{CHAPTER}.md"
    text = re.sub(r"^# .*$", lambda _: f"# {markdown(TITLE)}", read(path), count=1, flags=re.M)
    write(
        path,
        f"""{text}

```{{code-cell}} ipython3
:tags: [hide-input, remove-output]
import pandas as pd
table = pd.DataFrame({ROWS!r}, columns={COLUMNS!r})
shown = table.assign(value=[1.0, 2.0, 3.0])
drawn = charts.bars(shown, "who", "value").tabled(dict(zip(table, table)), table)
charts.publish({CHART!r}, drawn)
```

```{{chart}} {CHART}
:alt: {json.dumps(ALT)}
{markdown(CAPTION)}.
```
""",
    )


@pytest.fixture(scope="module")
def hostile(light_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the hostile report, built beside that of the harmless one."""
    root = tmp_path_factory.mktemp("hostile") / "report"
    shutil.copytree(light_root, root, symlinks=True)
    for spoil in (spoil_claims, spoil_source, spoil_numbers, spoil_chapter):
        spoil(root)
    seal(root / "data")
    return (built(root) / "_build" / "html").resolve()


def parsed(html: str | bytes) -> ElementTree.Element:
    return html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)


def texts(tree: ElementTree.Element, xpath: str) -> list[str]:
    return ["".join(element.itertext()) for element in tree.iterfind(xpath)]


@pytest.fixture(scope="module")
def trees(hostile: Path) -> dict[str, ElementTree.Element]:
    """Every page, as a parser of HTML5 reads it, by its path in the site."""
    pages = sorted(hostile.rglob("*.html"))
    return {path.relative_to(hostile).as_posix(): parsed(path.read_bytes()) for path in pages}


@pytest.fixture(scope="module")
def claims(hostile: Path) -> list[dict]:
    """Each once, however often it was repeated."""
    return [claim for claim in load(hostile / "claims.json")["claims"] if not claim["repeats"]]


# ---- the pages ----


def test_no_page_has_an_element_that_a_text_has_made(trees):
    assert len(trees) > 40
    for name, tree in trees.items():
        for element in tree.iter():
            where = name, element.attrib, element.text
            if not isinstance(element.tag, str):  # a comment
                assert "script" not in element.text, where
                continue
            assert not [key for key in element.attrib if key.lower().startswith("on")], where
            if element.tag == "img":
                assert element.get("src").startswith("../_charts/"), where
            if element.tag == "script":
                record = element.get("type") == "application/ld+json"
                assert ("src" in element.attrib) != record, where


def test_each_page_has_the_elements_it_has_without_hostile_texts(trees, light_root):
    """But the page that has a chart more."""
    harmless = light_root / "_build/html"
    names = {path.relative_to(harmless).as_posix() for path in harmless.rglob("*.html")}
    assert set(trees) == names | {f"_cite/{CHART}.html"}
    for name in names - {f"chapters/{CHAPTER}.html"}:
        pair = trees[name], parsed((harmless / name).read_bytes())
        hostile, wanted = ([str(element.tag) for element in tree.iter()] for tree in pair)
        assert hostile == wanted, name


def test_all_is_shown_as_it_is(trees, claims):
    """Claims, numbers, titles, sources and charts."""
    rows = trees["chapters/ledger.html"].findall(".//table[@class='claims ledger-table']/tbody/tr")
    assert [row.get("id") for row in rows] == [f"claim-{claim['claim_id']}" for claim in claims]
    for row, claim in zip(rows, claims, strict=True):
        assert IN_TABLES in claim["statement"]
        assert texts(row, "th")[0].startswith(claim["statement"])
        assert row.get("data-outlet") == claim["outlet"]
    evil = one_space(ANYWHERE)
    [row] = [row for row in trees["chapters/numbers.html"].iter("tr") if row.get("id") == NUMBER]
    assert one_space("".join(row.itertext())).count(evil) >= 3, "label, unit and how"
    assert one_space(trees[f"_cite/{NUMBER}.html"].findtext(".//h1")).startswith(evil)
    chapter = trees[f"chapters/{CHAPTER}.html"]
    assert all(texts(chapter, f".//{tag}")[0].startswith(TITLE) for tag in ("h1", "title"))
    entries = texts(trees["chapters/sources.html"], ".//div[@class='citation']")
    assert any(SOURCE in entry for entry in entries)
    [figure] = [figure for figure in chapter.iter("figure") if figure.get("id") == CHART]
    assert [cell.get("data-label") for cell in figure.iter("td")] == COLUMNS * len(ROWS)
    assert figure.find(".//{*}svg").get("aria-label") == ALT
    assert {row[0] for row in ROWS} <= set(texts(figure, ".//{*}svg//{*}text"))
    assert CAPTION in "".join(trees[f"_cite/{CHART}.html"].find(".//main").itertext())


# ---- the files ----


def citation(files: dict[str, str]) -> set[str]:
    """The title that each of BibTeX, RIS and CSL-JSON gives back; each must be one record and no
    more."""
    [entry] = bibtexparser.parse_string(files["bib"]).entries
    title = entry.fields_dict["title"].value
    other = pybtex.database.parse_string(files["bib"], "bibtex").entries
    assert list(other.keys()) == [entry.key] and len(entry.fields) >= 7
    assert one_space(other[entry.key].fields["title"]) == one_space(title)
    assert len(other[entry.key].persons["author"]) == 1
    [ris] = rispy.loads(files["ris"])
    assert ris["type_of_reference"] == "CHAP"
    [csl] = json.loads(files["json"])
    decoded = LatexNodes2Text().latex_to_text(title.removeprefix("{").removesuffix("}"))
    decoded = decoded.replace("\u02c6", "^")  # the decoder takes TeX's circumflex for an accent
    return {
        one_space(text)
        for text in (decoded, ris["title"], re.sub(r"</?span[^>]*>", "", csl["title"]))
    }


def test_a_chapter_and_a_number_can_be_cited(hostile, trees):
    made = hostile / f"_cite/chapter-{CHAPTER}"
    files = {end: read(made.with_suffix(f".{end}")) for end in ("bib", "ris", "json")}
    assert citation(files) == {TITLE}
    shown = texts(trees[f"_cite/{NUMBER}.html"], ".//*[@aria-labelledby='cite-this']//pre")
    [title] = citation(dict(zip(("bib", "ris", "json"), shown[:3], strict=True)))
    numbers = load(hostile / "numbers.json")["numbers"]
    [label] = [number["label"] for number in numbers if number["id"] == NUMBER]
    assert ANYWHERE in label and title.startswith(one_space(label.replace("\u2028", " ")))


def test_a_notebook_to_take_home_shows_it_sign_by_sign(hostile, claims):
    cells = nbformat.read(hostile / f"_downloads/{CHAPTER}.ipynb", as_version=4).cells
    parser = MarkdownIt("commonmark").enable("table")  # which lets HTML through
    shown = "".join(parser.render(cell.source) for cell in cells if cell.cell_type == "markdown")
    tree = parsed(shown)
    assert tree.find(".//script") is None
    assert all(image.get("src").startswith("https:") for image in tree.iter("img"))
    # This parser forgets what is escaped in an alternative text, so that is read from the source.
    source = "\n".join(cell.source for cell in cells)
    [alt] = re.findall(rf"!\[(.*)\]\(\S+/_charts/{CHART}\.svg\)", source)
    assert re.sub(r"\\(.)", r"\1", alt) == ALT
    assert texts(tree, ".//h1")[0] == TITLE and any(CAPTION in text for text in texts(tree, ".//p"))
    said = [claim["statement"] for claim in claims if claim["chapter"] == CHAPTER]
    items = [text.strip() for text in texts(tree, ".//li")]
    assert said and all(any(item.startswith(one) for item in items) for one in said)


def test_a_browser_loads_the_scripts_and_filters_the_ledger(hostile, browser, claims):
    dialogs = []
    with visiting(browser, (hostile / "chapters/ledger.html").as_uri()) as page:
        page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        rows = page.locator("table.claims tbody tr:visible")
        page.get_by_label("Outlet").select_option(OUTLET)
        assert rows.count() == sum(claim["outlet"] == OUTLET for claim in claims)
        page.goto((hostile / "search.html").as_uri() + "?q=onerror")
        page.locator("#search-results li").first.wait_for()
        assert page.locator("#search-results :is(img, script)").count() == 0
        groups = page.evaluate("window.searchRecords")
    said = {group["id"]: json.dumps(group["records"]) for group in groups}
    for kind, text in (("ledger", IN_TABLES), ("numbers", ANYWHERE), ("sources", SOURCE)):
        assert json.dumps(text)[1:-1] in said[kind]
    assert all(json.dumps(text)[1:-1] in said["chapters"] for text in (TITLE, ALT, CAPTION))
    assert dialogs == []


# ---- one format at a time, with texts that no table and no page can hold ----


NASTY = [ANYWHERE, TEX, "}", "{", "{{", "\\", '"', "a {b} c", "?`!` <<x>> ,, '' ---"]
NASTY += ["100% & more_of #1", "@book{x,", "\x1b["]


def test_a_title_comes_back_from_every_format_of_citation():
    config = SimpleNamespace(html_baseurl='https://a.example/{"x_y%20}/', language="en")
    app = SimpleNamespace(config=config)
    state = get_state(app)
    state.provider = SimpleNamespace(KEY="report")
    state.built = SimpleNamespace(year=2026, month=2, day=3)
    for text in NASTY:
        state.citation = {"title": text, "version": f"{text}.dev", "authors": [{"name": text}]}
        record = citations.part_record(app, text, "page.html#a_b", "key")
        files = citations.formats(record)
        wanted = one_space(re.sub("[\x00-\x1f\u2028]", " ", text))
        assert citation(files) == {wanted}
        [entry] = bibtexparser.parse_string(files["bib"]).entries
        assert entry.fields_dict["url"].value == "https://a.example/%7B%22x_y%20%7D/page.html#a_b"
        tree = parsed(f"<p>{citations.reference(record)}")
        assert {element.tag for element in tree.iter()} == {"html", "head", "body", "p", "cite"}
        assert one_space(texts(tree, ".//p")[0]).count(wanted) >= 2


def test_json_in_a_script_ends_where_it_should_and_gives_back_what_it_was_given():
    content = {"a": [ANYWHERE, "</ScRiPt>", "\u2029"], MARKUP: {"b": -1.5, "c": None}}
    text = html.script_json(content)
    assert json.loads(text) == content
    tree = parsed(f"<script>{text}</script><p>after")
    assert tree.findtext(".//p") == "after"
    assert content.items() <= json.loads(tree.findtext(".//script")).items()


def test_a_character_that_xml_forbids_is_replaced_on_a_card():
    for sign in ("\x00", "\x0b", "\x1f", "\ufffe", "\ud800"):
        card = social_image.svg(f"a{sign}b", f"a{sign}b {MARKUP[:20]} ]]> &amp;")
        title, *words = texts(ElementTree.fromstring(card), "{*}text")
        wanted = f"a[\ufffd ]b {re.escape(MARKUP[:20])} ]]> &amp;"
        assert title == "a\ufffdb" and re.fullmatch(wanted, " ".join(words))

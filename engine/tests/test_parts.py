"""A report with claims and without the pages that most reports have: what there is stands in its
place, the rest is left out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import tables
from lxml import html
from rooms import BUILD, EXAMPLE, Sandbox, read
from tallybook.sphinx.pages import popovers

INDEX = """# Regen

```{claim-dots}
```

```{finding} rain
:claim: neighbour-rain
:title: War es trocken?
Es regnete {num}`rain.total` mm.
```

```{numbers-table}
```

```{answers}
```
"""
EXTENSIONS = ("sphinx_design", "sphinx_copybutton")
RAIN = """# War es trocken?

```{answer}
**Nein, es hat genug geregnet.**
```

Nein {cite:p}`diary2025`: {num}`rain.wettest` mm im Juli.
Siehe {ref}`claim-neighbour-rain` und {ref}`rain.yield`.

```{claims} rain
```

```{bibliography}
:filter: docname in docnames
```
"""


@pytest.fixture(scope="module")
def site(copy: Callable[[Path], Sandbox]) -> Path:
    """The example as prose without cells, in German, with no page of sources and no question, and
    with extensions of others."""
    for name in EXTENSIONS:
        pytest.importorskip(name, reason=f"{name} is not installed")
    room = copy(EXAMPLE)
    for page, text in {"index.md": INDEX, "rain.md": RAIN}.items():
        (room.root / page).write_text(text, encoding="utf-8")
    room.edit("garden/__init__.py", ', "sources": "index"', "")
    room.edit("_config.yml", "  config:\n", "  config:\n    language: de\n")
    person = "given-names: Ada\n    family-names: Gardener"
    room.edit("CITATION.cff", person, "name: Verein der Gärten")
    room.edit("_config.yml", "tallybook]", f"tallybook, {', '.join(EXTENSIONS)}]")
    for name in ("questions", "routes", "factors"):
        tables.take(room.root, name)
    tables.change(room.root, "judgements", "rain.fell", "rain.total")
    return room.made(*BUILD)


def test_the_claim_stands_in_its_chapter_and_names_its_source_without_a_link(site: Path):
    row = html.fromstring(read(site / "rain.html")).get_element_by_id("claim-neighbour-rain")
    said = "It rained 300 mm in the year. (the neighbour, Over the fence, 4 Jan 2026)"
    assert said in row.text_content() and "741.0 (735.0 to 747.0)" in row.text_content()
    assert not row.xpath(".//small/a")
    claim = json.loads(read(site / "claims.json"))["claims"][0]
    assert (claim["href"], claim["word"], claim["reason"]) == (
        "rain.html#claim-neighbour-rain",
        "very likely too low",
        "The neighbour does not say how the rain was measured. The gauge caught 741.0 (735.0 to"
        " 747.0) mm.",
    )


def test_a_card_names_the_table_where_there_is_no_page_of_sources(site: Path):
    card = html.fromstring(popovers.read(site / "rain.html")).get_element_by_id("card-rain.wettest")
    links = [link[2] for link in card.iterlinks()]
    record = "_cite/rain.wettest.html"
    rows = ["./data/rain/months.csv", "index.html#rain.wettest"]
    assert links == [*rows, record]


def test_the_language_of_the_report_is_said_wherever_a_language_is(site: Path):
    for page in (*site.glob("*.html"), *site.glob("_cite/*.html")):
        said = re.findall(
            r'<html lang="([^"]*)"|"inLanguage": "([^"]*)"|citation_language"'
            r' content="([^"]*)"',
            read(page),
        )
        assert said and {"".join(one) for one in said} == {"de"}, page
    (bib,) = site.glob("_cite/garden2026.bib")
    assert "language = {german}" in read(bib) and "author = {{Verein der Gärten}}" in read(bib)
    assert (
        "LA  - de" in read(bib.with_suffix(".ris"))
        and json.loads(read(bib.with_suffix(".json")))[0]["language"] == "de"
    )


def test_a_report_without_questions_has_no_file_of_answers(site: Path):
    assert not (site / "answers.json").exists() and "answers.json" not in read(site / "llms.txt")
    assert "The report answers no question yet." in read(site / "index.html")


def test_files_of_extensions_stand_after_those_of_the_theme(site: Path):
    page = html.fromstring(read(site / "rain.html"))
    found = (page.xpath("//link[@rel='stylesheet']/@href"), page.xpath("//script[not(@type)]/@src"))
    styles, scripts = ([one.partition("?")[0] for one in each] for each in found)
    assert styles[0] == "_static/report.css" and "_static/copybutton.css" in styles
    assert scripts[:2] == ["_static/theme.js", "_static/report.js"]
    options, copybutton = "_static/documentation_options.js", "_static/copybutton.js"
    assert scripts.index(options) < scripts.index(copybutton)
    assert all((site / place).is_file() for place in (*styles, *scripts))

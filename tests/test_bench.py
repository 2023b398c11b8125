"""The benchmark of builds: what its times say, and the books that it builds."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from tallybook.claims import Check, Claim, Judgement, Verdict
from tallybook.model.numbers import Number, Registry

from microwork.paths import ROOT
from microwork.report import CHAPTERS, Report, load
from tests.notebooks import chapter_path
from upkeep import bench, generated, stock, tree


def test_the_ratio_is_the_median_over_pairs_and_a_limit_that_is_passed_is_named():
    # Ratios of pairs: 0.5, 0.3, 0.8; medians: 20 and 25.
    pairs = [(10.0, 20.0), (30.0, 100.0), (20.0, 25.0)]
    text, faults = bench.result({(bench.REAL, "cold"): pairs, (bench.LIGHT, "cold"): [(2.0, 4.0)]})
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines()[2:]]
    assert rows == [
        ["this report, cold build", "20.0 (10.0-30.0)", "25.0 (20.0-100.0)", "0.50", "0.50"],
        ["light chapters, cold build", "2.0 (2.0-2.0)", "4.0 (4.0-4.0)", "0.50", ""],
    ]
    assert faults == []
    _, faults = bench.result({(bench.REAL, "cold"): [(13.0, 20.0)]})
    assert faults == ["this report, cold build: found 0.65 of stock; expected at most 0.50"]


def test_a_step_changes_what_it_says(tmp_path):
    (tmp_path / "_build").mkdir()
    (tmp_path / "_toc.yml").write_text("parts: [{chapters: [{file: a}, {file: b}]}]")
    for name in "ab":
        (tmp_path / f"{name}.md").write_text("# A page\n")
    bench.change(tmp_path, "nothing", 0)
    bench.change(tmp_path, "sentence", 1)
    assert "for the 2. time" in (tmp_path / "a.md").read_text() and (tmp_path / "_build").exists()
    assert (tmp_path / "b.md").read_text() == "# A page\n"
    bench.change(tmp_path, "cold", 0)
    assert not (tmp_path / "_build").exists()


@pytest.fixture(scope="module")
def light(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("light") / "ours"
    generated.make(ROOT, folder, 2)
    return folder


def loaded(folder: Path) -> dict[str, float]:
    said = "json.dumps({n.id: n.value for n in load().numbers})"
    code = f"import json; from microwork.report import load; print({said})"
    done = tree.python(folder, "-c", code)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_report_of_light_chapters_is_a_report(light):
    """Its own code computes it: ten numbers a chapter, as its tables give them."""
    found, table = loaded(light), light / "data/lightaa/values.csv"
    for name in ("lightaa", "lightab"):
        assert sum(key.startswith(f"{name}.") for key in found) == 10
    before = pd.read_csv(table)
    assert len(before) == 24 and found["lightaa.mean"] == pytest.approx(before["value"].mean())
    pages = {path.stem for path in (light / "chapters").glob("*.md")}
    assert pages == {"lightaa", "lightab", *generated.SHARED}


# The stock book


@pytest.fixture(scope="module")
def toy() -> Report:
    of, reason = ("toy/a",), "It is [[toy.share|interval]]."
    share = Number("toy.share", 56.1, "percent", "A share", "counted", of, 50.0, 62.0, "chance", 0)
    plain = Number("toy.plain", 3.0, "persons", "A count", "counted", of)
    row = dict.fromkeys(Claim.__dataclass_fields__, "text")
    row |= dict.fromkeys(("hedge", "value_high", "repeats", "family"))
    row |= {"chapter": "toy", "date": "2021-11-21", "value": 50.0, "unit": "percent"}
    claim = Claim(**row | {"qualifier": "about", "statement": "Half | more", "outlet": "A paper"})
    found, verdict = ("toy.share",), Verdict.NOT_CONTRADICTED
    judgement = Judgement("said", Check.RECOUNT, verdict, reason, found=found)
    return Report(Registry([share, plain]), {"said": claim}, {"said": judgement})


PAGE = """# Toy

:::{container} answer
It is {num}`toy.share|full` of {num}`toy.plain`, see {numref}`toy-chart` {cite:p}`key`.
We read {tally}`claims`.
:::

```{answer} said
:sure: sure of {num}`toy.plain`.
Half of them.
```

```{claims} toy
```

```{code-cell} ipython3
:tags: [hide-input, remove-output]
x = "{num}`toy.plain`"
charts.publish("toy-chart", charts.bars(x, "a"), table=x)
```

```{chart} toy-chart
:alt: words
A caption with {num}`toy.plain`.
```

```{details} More
Inside {num}`toy.plain`.
```

```
not prose: {num}`toy.plain`
```
"""


def test_a_page_becomes_stock_markdown(toy):
    text = stock.converted(PAGE, toy)
    assert (
        "It is 56\u202f% (50 to 62\u202f%) of 3, see the figure {cite:p}`key`.\nWe read 1." in text
    )
    assert "{container}" not in text and "answer" not in text
    assert "**How sure we are:** sure of 3.\n\nHalf of them." in text
    said = "| Half \\| more (A paper, 21 Nov 2021). It is 50 to 62\u202f%."
    assert f"{said} | about 50\u202f% | 56\u202f% | not contradicted |" in text
    assert ':tags: [hide-input]\nx = "{num}`toy.plain`"\ncharts.publish(' in text
    assert "*A caption with 3.*" in text and "words" not in text
    assert "`````{dropdown} More\nInside 3.\n`````" in text
    assert "not prose: {num}`toy.plain`" in text


def test_a_directive_nobody_knows_is_named(toy):
    with pytest.raises(ValueError, match="'surprise'"):
        stock.converted("```{surprise} x\n```", toy)


@pytest.fixture(scope="module")
def stock_book(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("stock")
    stock.make(ROOT, folder, load())
    return folder


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_chapter_keeps_its_prose_and_its_cells(stock_book, name):
    """What is left must be all of the text, and nothing of ours; but for a tag, cells are as they
    were."""
    text = chapter_path(name).read_text(encoding="utf-8")
    found = (stock_book / "chapters" / f"{name}.md").read_text(encoding="utf-8")
    ours = r"\{(num|numref)\}`|\{(chart|claims|details|container|finding)\}|remove-output"
    assert not re.search(ours, found)
    cells = re.compile(r"^```\{code-cell\}.*?^```$", re.M | re.S)
    before, after = cells.findall(text), cells.findall(found)
    assert [cell.replace(", remove-output", "") for cell in before] == after and len(after) > 3
    headings = re.compile(r"^#+ .*$", re.M)
    kept = [re.sub(r"\{.*", "", heading) for heading in headings.findall(cells.sub("", text))]
    assert [one for one in kept if one not in found] == []


def test_the_stock_book_has_our_pages_none_of_our_settings_and_its_own_code(stock_book):
    settings = (stock_book / "_config.yml").read_text(encoding="utf-8")
    assert "sphinx" not in settings and "execute_notebooks: cache" in settings
    assert (stock_book / "_toc.yml").read_bytes() == (ROOT / "_toc.yml").read_bytes()
    pages = (
        {path.name for path in (root / "chapters").glob("*.md")} for root in (ROOT, stock_book)
    )
    assert next(pages) == next(pages)
    # A chart is shown as wide as we draw it, or as it is.
    code = """
import IPython.display, microwork, types
IPython.display.display = print
from tallybook import charts
print(microwork.__file__, charts.__file__)
charts.publish("a-b", types.SimpleNamespace(broad="wide"))
charts.publish("a-c", "a chart", table=None)
"""
    found = tree.python(stock_book, "-c", code).stdout
    places = [stock_book / name for name in ("microwork", "engine/src/tallybook/charts")]
    assert found.split("\n")[0] == " ".join(f"{place}/__init__.py" for place in places)
    assert found.endswith("wide\na chart\n")
    ledger = (stock_book / "chapters" / "ledger.md").read_text(encoding="utf-8")
    said = [claim.statement for claim in load().claims.values() if not claim.repeats]
    assert all(statement.replace("|", "\\|") in ledger for statement in said)

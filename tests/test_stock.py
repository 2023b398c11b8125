"""The stock book for comparison says and shows what ours does, in plain Markdown."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from types import SimpleNamespace

import pytest
import yaml
from tallybook.claims import Check, Claim, Judgement, Verdict
from tallybook.model.numbers import Number, Registry

from microwork.paths import ROOT
from microwork.report import CHAPTERS, Report, load
from tests import notebooks
from upkeep import stock
from upkeep.stock_text import Context, StockError, cell, converted, figures, shows


@pytest.fixture(scope="module")
def context():
    numbers = Registry(
        [
            Number(
                "toy.share",
                56.1,
                "percent",
                "A share",
                "counted",
                ("toy/a",),
                50.0,
                62.0,
                "chance",
                0,
            ),
            Number("toy.plain", 3.0, "persons", "A count", "counted", ("toy/a",)),
        ]
    )
    claim = Claim(
        "said",
        "toy",
        "lead",
        "A paper",
        "2021-11-21",
        "Somebody",
        "Half | more",
        50.0,
        None,
        "percent",
        "about",
        None,
        "quantity",
        "half",
        "en",
        None,
        "key",
    )
    judgement = Judgement(
        "said",
        Check.RECOUNT,
        Verdict.NOT_CONTRADICTED,
        "It is [[toy.share|interval]].",
        found=("toy.share",),
    )
    return Context(
        Report(numbers, {"said": claim}, {"said": judgement}),
        {"toy-chart": 4},
        "The report.",
        ("0.2.0", "0.1.0"),
    )


@pytest.fixture
def ours():
    """A page as we write it, with everything of our own in it."""
    return """# Toy

:::{container} answer
It is {num}`toy.share|full` of {num}`toy.plain`, see {numref}`toy-chart` {cite:p}`key`.
:::

:::{container} margin-note
Sure of {num}`toy.plain`.
:::

```{answer} said
:sure: sure of {num}`toy.plain`.
Half of them.
```

```{versions}
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


def test_a_page_becomes_stock_markdown(ours, context):
    text = converted(ours, context)
    assert "It is 56\u202f% (50 to 62\u202f%) of 3, see Figure 4 {cite:p}`key`." in text
    assert ":::{margin}\nSure of 3.\n:::" in text and "answer" not in text
    assert "**How sure we are:** sure of 3.\n\nHalf of them." in text and "- 0.2.0\n- 0.1.0" in text
    said = "| Half \\| more (A paper, 21 Nov 2021). It is 50 to 62\u202f%."
    assert f"{said} | about 50\u202f% | 56\u202f% (50 to 62\u202f%) | not contradicted |" in text
    assert "*Figure 4.* A caption with 3." in text and "words" not in text
    assert "`````{dropdown} More\nInside 3.\n`````" in text
    assert "not prose: {num}`toy.plain`" in text


def test_the_cell_that_publishes_a_chart_shows_it(ours, context):
    text = converted(ours, context)
    shown = 'display(getattr(chart := charts.bars(x, "a"), "broad", chart))'
    assert f':tags: [hide-input]\nx = "{{num}}`toy.plain`"\n{shown}\n```' in text


def test_what_the_new_cell_shows_is_the_wide_drawing_or_the_chart_itself():
    shown = []
    code = shows('charts.publish("a-b", first)\ncharts.publish("a-c", second, table=first)')
    exec(
        code, {"display": shown.append, "first": SimpleNamespace(broad="wide"), "second": "a chart"}
    )
    assert shown == ["wide", "a chart"]


def test_a_cell_that_publishes_nothing_stays():
    source = ["```{code-cell} ipython3", ":tags: [remove-output]", "print('charts.publish')", "```"]
    assert cell(source) == source


def test_a_directive_nobody_knows_is_named(context):
    with pytest.raises(StockError, match="'surprise'"):
        converted("```{surprise} x\n```", context)
    with pytest.raises(StockError, match="line 1: .*without its end"):
        converted("```{claims} toy", context)


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_chapter_keeps_its_prose_and_its_cells(name):
    """With every number shown by its own name: what is left must be all of the text, and nothing of
    ours."""
    report = SimpleNamespace(
        show=lambda number_id, part: f"<{number_id}|{part}>",
        judgements={},
        claims={},
        numbers={},
        expand=lambda _: "x",
    )
    path = notebooks.chapter_path(name)
    text = path.read_text(encoding="utf-8")
    found = converted(text, Context(report, figures([text]), ""))
    assert not re.search(
        r"\{(num|numref)\}`|\{(chart|claims|details|container|finding)\}|charts\.publish|remove-output",
        found,
    )
    used = re.findall(r"\{num\}`([^`|]+)", re.sub(r"^:alt:.*$", "", text, flags=re.MULTILINE))
    assert re.findall(r"<([a-z0-9.-]+)\|[a-z]+>", found) == [
        number_id.strip() for number_id in used
    ]
    before, after = _cells(text), _cells(found)
    assert len(before) == len(after) > 3
    assert (
        found.count('"broad", chart))')
        == len(re.findall(r"^`{3,}\{chart\}", text, re.MULTILINE))
        >= 2
    )
    for old, new in zip(before, after, strict=True):
        ast.parse(new)
        assert new == old or ("charts.publish" in old and "display(" in new)


def _cells(text):
    blocks = re.findall(r"^```\{code-cell\}.*?\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [
        re.sub(r"^(:tags:.*\n|---\n.*?^---\n)", "", block, flags=re.MULTILINE | re.DOTALL)
        for block in blocks
    ]


def test_the_stock_book_has_our_pages_and_none_of_our_settings(tmp_path):
    stock.make(ROOT, tmp_path, load())
    settings = yaml.safe_load((tmp_path / "_config.yml").read_text(encoding="utf-8"))
    assert "sphinx" not in settings and settings["execute"]["execute_notebooks"] == "cache"
    assert (tmp_path / "_toc.yml").read_bytes() == (ROOT / "_toc.yml").read_bytes()
    ours = sorted(path.relative_to(ROOT) for path in (ROOT / "chapters").glob("*.md"))
    assert (
        sorted(path.relative_to(tmp_path) for path in (tmp_path / "chapters").glob("*.md")) == ours
    )
    assert (tmp_path / "data" / "datapackage.json").is_file() and (
        tmp_path / "microwork" / "report.py"
    ).is_file()
    where = "import microwork, tallybook; print(microwork.__file__, tallybook.__file__)"
    command, environment = [sys.executable, "-c", where], stock.environment(tmp_path)
    found = subprocess.run(
        command,
        cwd=tmp_path / "chapters",
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert found.split() == [
        str(tmp_path / "microwork/__init__.py"),
        str(tmp_path / "engine/src/tallybook/__init__.py"),
    ]
    ledger = (tmp_path / "chapters" / "ledger.md").read_text(encoding="utf-8")
    assert all(
        claim.statement.replace("|", "\\|") in ledger
        for claim in load().claims.values()
        if not claim.repeats
    )

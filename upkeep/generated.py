"""A report of many light chapters, to see how a build grows. Written from this project, with the
same code.

A generated chapter is: a table of 24 rows, an analysis module that makes ten numbers and one
verdict from it, and a page of a few sentences that name the numbers, with one claim, five cells, a
chart and two tables. Its cells import pandas, the analysis and the charts (Altair), as those of a
real chapter do.
"""

from __future__ import annotations

import json
import shutil
from itertools import product
from pathlib import Path
from string import ascii_lowercase

import yaml
from tallybook.data.seal import seal

from upkeep.described import as_csv, resource
from upkeep.stock import CACHES

ROWS, NUMBERS = 24, 10
SHARED = ("ledger", "settle", "numbers", "methods", "sources", "glossary", "cite")
SOURCE = "cnrsjournal2019"
OUTLETS = ("A paper", "Another paper")
KEPT = (
    "sources",
    "claims",
    "thresholds",
    "standing",
    "documents",
)  # tables of the report that a verdict needs

PAGE = """---
jupytext: {{text_representation: {{extension: .md, format_name: myst, format_version: 0.13}}}}
kernelspec: {{name: python3, display_name: Python 3, language: python}}
---

# What does the table of {name} hold?

:::{{container}} answer
The mean of its values is {{num}}`{name}.mean|full`, and the largest is {{num}}`{name}.largest` {{cite:p}}`{source}`.
:::

```{{claims}} {name}
```

```{{code-cell}} ipython3
:tags: [hide-input]
import pandas as pd

from microwork import {name}
from tallybook import charts, data
from tallybook.model.tables import registry_table, show_table
```

## The table

Half of its values lie below {{num}}`{name}.median`. They range from {{num}}`{name}.smallest` to {{num}}`{name}.largest`.

```{{code-cell}} ipython3
:tags: [hide-input]
rows = data.table("{name}/values")
show_table(rows[["month", "value"]].head(12), "The first year")
```

```{{code-cell}} ipython3
:tags: [hide-input]
print(f"{{rows['value'].mean():.2f}} on average, {{len(rows)}} months")
```

```{{code-cell}} ipython3
:tags: [hide-input, remove-output]
charts.publish("{name}-values", charts.bars(rows, "month", "value", title="value"))
```

```{{chart}} {name}-values
:alt: The value of each month, from [[{name}.smallest]] to [[{name}.largest]] with a mean of [[{name}.mean]].
The value of each month. Its spread is {{num}}`{name}.spread`.
```

{places}

## All numbers of this chapter

```{{code-cell}} ipython3
:tags: [hide-input]
registry_table({name}.numbers())
```
"""

MODULE = '''"""The chapter {name}: generated, see upkeep.generated."""

from tallybook import data
from tallybook.model.numbers import Number

from tallybook.claims import reckoned

TABLES = ("{name}/values",)


def numbers():
    values = data.table(TABLES[0])["value"]
    mean, error = float(values.mean()), float(values.std() / len(values) ** 0.5)
    found = {{"largest": values.max(), "smallest": values.min(), "median": values.median(), "spread": values.std()}}
    found |= {{f"decile-{{place}}": values.quantile(place / 10) for place in {deciles}}}
    first = Number("{name}.mean", mean, "ratio", "Mean", "the mean", TABLES, mean - 2 * error, mean + 2 * error, "chance")
    return [first, *(Number(f"{name}.{{key}}", float(x), "ratio", key, "from the table", TABLES) for key, x in found.items())]


def judgements(claims, registry):
    return [reckoned(claims["{name}-mean"], registry["{name}.median"], "The mean is [[{name}.mean]].")]
'''


def names(count: int) -> list[str]:
    """Names of letters only, since they begin the ids of numbers: lightaa, lightab, ..."""
    return [f"light{a}{b}" for a, b in product(ascii_lowercase, repeat=2)][:count]


def make(root: Path, out: Path, count: int) -> None:
    """Write a project of ``count`` light chapters to the new folder ``out``, from the project in
    ``root``."""
    chapters = names(count)
    for folder in ("engine/src", "microwork", "upkeep"):
        shutil.copytree(root / folder, out / folder, ignore=CACHES)
    for package in (out / "microwork").glob("*/numbers.py"):
        shutil.rmtree(package.parent)
    for name in ("_config.yml", "CITATION.cff", "requirements.txt"):
        shutil.copyfile(root / name, out / name)
    (out / "chapters").mkdir()
    for name in SHARED:
        shutil.copyfile(root / "chapters" / f"{name}.md", out / "chapters" / f"{name}.md")
    deciles = tuple(range(2, 2 + NUMBERS - 5))
    places = " ".join(
        f"At the tenth {place} stands {{num}}`NAME.decile-{place}`." for place in deciles
    )
    for name in chapters:
        (out / "microwork" / name).mkdir()
        (out / "microwork" / name / "__init__.py").write_text(
            MODULE.format(name=name, deciles=deciles), encoding="utf-8"
        )
        page = PAGE.format(name=name, source=SOURCE, places=places.replace("NAME", name))
        (out / "chapters" / f"{name}.md").write_text(page, encoding="utf-8")
    (out / "index.md").write_text(
        "# A report of light chapters\n\nIt is generated.\n\n```{verdicts}\n```\n", encoding="utf-8"
    )
    contents = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    shared = {f"chapters/{name}" for name in SHARED}
    others = [
        part
        for part in contents["parts"][1:]
        if all(page["file"] in shared for page in part["chapters"])
    ]
    contents["parts"] = [
        {"caption": "Findings", "chapters": [{"file": f"chapters/{name}"} for name in chapters]},
        *others,
    ]
    (out / "_toc.yml").write_text(yaml.safe_dump(contents, sort_keys=False), encoding="utf-8")
    _data(root / "data", out / "data", chapters)


def _data(root: Path, out: Path, chapters: list[str]) -> None:
    """Sources as they are, one claim and one table for each chapter, and their description."""
    out.mkdir()
    for name in ("sources.bib", *(f"{table}.csv" for table in KEPT if table != "claims")):
        shutil.copyfile(root / name, out / name)
    package = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    kept = {each["name"]: each for each in package["resources"] if each["name"] in KEPT}
    fields = {field["name"]: field for field in kept["claims"]["schema"]["fields"]}
    fields["chapter"]["constraints"]["enum"] = chapters
    claims = [_claim(name, OUTLETS[place % 2], list(fields)) for place, name in enumerate(chapters)]
    (out / "claims.csv").write_text(as_csv([fields, *claims]), encoding="utf-8")
    package["resources"] = [*kept.values()]
    for place, name in enumerate(chapters):
        rows = [
            [f"{2020 + row // 12}-{1 + row % 12:02}", 5 + (7 * row + 3 * place) % 11, SOURCE]
            for row in range(ROWS)
        ]
        path, text = f"{name}/values.csv", as_csv([["month", "value", "source_key"], *rows])
        (out / name).mkdir()
        (out / path).write_text(text, encoding="utf-8")
        package["resources"].append(resource(path, text, f"Values of {name}", "Generated."))
    (out / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    seal(out)


def _claim(name: str, outlet: str, columns: list[str]) -> list[object]:
    known = {
        "claim_id": f"{name}-mean",
        "chapter": name,
        "weight": "lead",
        "outlet": outlet,
        "date": "2020-01-01",
        "said_by": "A paper",
        "statement": "The mean",
        "value": 10,
        "unit": "ratio",
        "qualifier": "about",
        "kind": "quantity",
        "key_phrase": "the mean",
        "language": "en",
        "source_key": SOURCE,
    }
    return [known.get(column, "") for column in columns]

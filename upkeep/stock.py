"""The same report as a stock Jupyter Book, for comparison: same text, same cells, same charts.

    python -m upkeep.stock OUT

Stock means: ``jupyter-book build`` with its own theme and settings, and Altair's own display. What
the report has of its own is put in plain Markdown with its numbers typed in: tables as tables, the
content of any other directive as prose. What a directive makes by itself is left out.

The measure is the chapters of version 0.3.0. Before one of them is shortened or rewritten, keep
what this makes of the commit before, and let ``upkeep.bench.prepare`` take it: else the measure
shrinks with the report.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from itertools import takewhile
from pathlib import Path

import yaml
from tallybook.report import Report
from tallybook.sphinx.claims.ledger import listed

from microwork import report as ours
from microwork.paths import ROOT
from upkeep.generated import CACHES

COMMAND = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build"]
SETTINGS = ("title", "author", "only_build_toc_files", "execute", "bibtex_bibfiles", "parse")
FENCE = re.compile(r"^(?P<fence>`{3,}|:{3,})\{(?P<name>[\w:-]+)\}[ ]*(?P<argument>.*)$")
OPTION = re.compile(r"^:(?P<name>[\w-]+):[ ]*(?P<value>.*)$")
ROLE = re.compile(r"\{num\}`([^`|]+)\|?([^`]*)`")
# What stock Jupyter Book knows by itself, and shows as it stands.
STANDARD = {"bibliography", "glossary", "note", "admonition", "dropdown", "math"}
STANDARD |= {"figure", "table", "list-table"}
# The last word on ``charts.publish`` in the engine of the stock book.
PUBLISH = '''

def publish(name, chart, *arguments, **__):
    """Show the chart, as wide as our page draws it, as Altair does."""
    from inspect import isfunction

    from IPython.display import display

    chart = chart(*arguments) if isfunction(chart) else chart
    display(getattr(chart, "broad", chart))
'''


def converted(text: str, report: Report) -> str:
    """A page in stock Markdown."""
    return "\n".join(_convert(text.split("\n"), report))


def _convert(lines: list[str], report: Report) -> Iterator[str]:
    rest, plain = iter(lines), False
    for line in rest:
        opened = FENCE.match(line)
        if opened is None:
            # A plain block of code is no prose: nothing in it is ours.
            plain ^= line.startswith("```")
            yield line if plain else _filled(line, report)
            continue
        name, argument = opened["name"], opened["argument"].strip()
        content = [*takewhile(opened["fence"].__ne__, rest)]
        if name == "code-cell":
            if any("charts.publish" in one for one in content):  # ours hides what that gives
                content = [re.sub(r",?\s*remove-output", "", one) for one in content]
            yield from [line, *content, opened["fence"]]
        elif name in STANDARD:
            yield from [line, *(_filled(one, report) for one in content), opened["fence"]]
        elif name in TABLES:
            yield from TABLES[name](argument, report)
        else:
            yield from _prose(name, argument, content, report)


def _prose(name: str, argument: str, content: list[str], report: Report) -> Iterator[str]:
    """The words of a directive: those of its options that are shown, and its content."""
    said = {}
    while content and (option := OPTION.match(content[0])):
        said[option["name"]], content = option["value"], content[1:]
    heads = [f"{_filled(said['sure'], report)}\n"] if "sure" in said else []
    inner = [*heads, *_convert(content, report)]
    yield from [f"`````{{dropdown}} {argument}", *inner, "`````"] if name == "details" else inner


def _filled(line: str, report: Report) -> str:
    """A line with its numbers typed in."""

    def said(role: re.Match[str]) -> str:
        return report.show(role[1], role[2] or "value")

    return ROLE.sub(said, line)


def _claims(chapter: str, report: Report) -> list[str]:
    rows = []
    for name in listed(report):
        claim, judgement = report.claims[name], report.judgements[name]
        if chapter in ("", claim.chapter):
            said = f"{claim.statement} {report.expand(judgement.reason)}"
            rows.append([said, claim.published or "no figure", str(judgement.verdict)])
    return pipe(["Claim", "Published", "Verdict"], rows)


def _numbers(_: str, report: Report) -> list[str]:
    rows = []
    for number in report.numbers:
        how = f"{number.how} {number.covers or ''} From {', '.join(number.tables)}"
        shown = report.show(number.id, "value" if number.low is None else "full")
        rows.append([f"`{number.id}` {number.label}", shown, number.unit, how])
    return pipe(["Number", "Value", "Unit", "How and from what"], rows)


def _table(name: str, report: Report) -> list[str]:
    caption, heads, rows = ours.provider.TABLES[name](report)
    table = pipe(heads, [[report.expand(cell) for cell in row] for row in rows])
    return [f"*{caption}*", "", *table]


TABLES: dict[str, Callable[[str, Report], list[str]]] = {
    "claims": _claims,
    "ledger": _claims,
    "numbers-table": _numbers,
    "report-table": _table,
}


def pipe(heads: list[str], rows: list[list[str]]) -> list[str]:
    """A table as Markdown has it."""
    lines = []
    for row in (heads, ["---"] * len(heads), *rows):
        cells = (cell.replace("|", "\\|").replace("\n", " ") for cell in row)
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def make(root: Path, out: Path, report: Report) -> None:
    """Write the stock book of the project in ``root`` to the new folder ``out``."""
    for folder in ("data", "microwork", "engine/src"):
        shutil.copytree(root / folder, out / folder, ignore=CACHES)
    with (out / "engine/src/tallybook/charts/__init__.py").open("a", encoding="utf-8") as charts:
        charts.write(PUBLISH)
    for name in ("_toc.yml", "requirements.txt"):  # the report's own data module asks for the lock
        shutil.copyfile(root / name, out / name)
    settings = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    kept = {name: settings[name] for name in SETTINGS if name in settings}
    (out / "_config.yml").write_text(yaml.safe_dump(kept, sort_keys=False), encoding="utf-8")
    contents = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    chapters = [entry["file"] for part in contents["parts"] for entry in part["chapters"]]
    (out / "chapters").mkdir()
    for page in (contents["root"], *chapters):
        text = (root / f"{page}.md").read_text(encoding="utf-8")
        (out / f"{page}.md").write_text(converted(text, report), encoding="utf-8")


if __name__ == "__main__":
    make(ROOT, Path(sys.argv[1]), ours.load())

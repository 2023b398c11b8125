"""The same report as a stock Jupyter Book, for comparison: same text, same cells, same charts.

    python -m upkeep.stock OUT

Stock means: ``jupyter-book build`` with its own theme and settings, and Altair's own display. What
the report has of its own is put in plain Markdown with its numbers typed in. Citations and
glossary are Jupyter Book's own. What is a line or two (the list of versions, the reference, the
count of verdicts), the questions to documents and how solid each verdict is are left out.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import yaml
from tallybook.report import Report
from tallybook.sphinx import tally
from tallybook.sphinx.claims import listed

from microwork import report as ours
from microwork.paths import ROOT
from upkeep.generated import CACHES

COMMAND = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build"]
SETTINGS = ("title", "author", "only_build_toc_files", "execute", "bibtex_bibfiles", "parse")
FENCE = re.compile(r"^(?P<fence>`{3,}|:{3,})\{(?P<name>[\w:-]+)\}[ ]*(?P<argument>.*)$")
OPTION = re.compile(r"^:(?P<name>[\w-]+):[ ]*(?P<value>.*)$")
ROLE = re.compile(r"\{(num|numref|tally)\}`([^`|]+)\|?([^`]*)`")
# What stock Jupyter Book knows by itself, and shows as it stands.
STANDARD = {"bibliography", "glossary", "note", "admonition", "dropdown", "math"}
STANDARD |= {"figure", "table", "list-table", "code-cell"}
LEFT_OUT = {"settling", "verdicts", "versions", "cite-report"}
LEFT_OUT |= {"guess", "solid", "carried", "argue", "corrections"}
# The last word on ``charts.publish`` in the engine of the stock book.
PUBLISH = '''

def publish(name, chart, *arguments, **__):
    """Show the chart, as wide as our page draws it, as Altair does."""
    from inspect import isfunction

    from IPython.display import display

    chart = chart(*arguments) if isfunction(chart) else chart
    display(getattr(chart, "broad", chart))
'''


class Directive(NamedTuple):
    """One fenced directive, with the lines of its content."""

    argument: str
    options: dict[str, str]
    content: list[str]


def converted(text: str, report: Report) -> str:
    """A page in stock Markdown. Raises ``ValueError`` for a directive nobody knows."""
    return "\n".join(_convert(text.split("\n"), report))


def _convert(lines: list[str], report: Report) -> Iterator[str]:
    at, plain = 0, False
    while at < len(lines):
        line, opened = lines[at], FENCE.match(lines[at])
        at += 1
        if opened is None:
            # A plain block of code is no prose: nothing in it is ours.
            plain ^= line.startswith("```")
            yield line if plain else _filled(line, report)
            continue
        end = lines.index(opened["fence"], at)
        name, content = opened["name"], lines[at:end]
        at = end + 1
        if name == "code-cell":
            yield from [line, *_cell(content), opened["fence"]]
        elif name in STANDARD:
            yield from [line, *(_filled(one, report) for one in content), opened["fence"]]
        elif name not in LEFT_OUT:
            if name not in OURS:
                raise ValueError(f"found the directive {name!r}, which nobody knows")
            options = {}
            while content and (option := OPTION.match(content[0])):
                options[option["name"]], content = option["value"], content[1:]
            yield from OURS[name](Directive(opened["argument"].strip(), options, content), report)


def _filled(line: str, report: Report) -> str:
    """A line with its numbers typed in."""

    def said(role: re.Match[str]) -> str:
        if role[1] == "tally":
            return str(tally.count(report, role[2]))
        return "the figure" if role[1] == "numref" else report.show(role[2], role[3] or "value")

    return ROLE.sub(said, line)


def _cell(lines: list[str]) -> list[str]:
    """A cell whose chart is shown: ours hides what ``charts.publish`` gives."""
    if not any("charts.publish" in line for line in lines):
        return lines
    return [re.sub(r",?\s*remove-output", "", line) for line in lines]


def _claims(found: Directive, report: Report) -> list[str]:
    rows = []
    for claim_id in listed(report):
        claim, judgement = report.claims[claim_id], report.judgements[claim_id]
        if found.argument not in ("", claim.chapter):
            continue
        result = report.show(judgement.found[0]) if judgement.found else judgement.read
        said = f"{claim.statement} ({claim.outlet}, {claim.day}). {report.expand(judgement.reason)}"
        rows.append([said, claim.published or "no figure", result or "", str(judgement.verdict)])
    return pipe(["Claim", "Published", "Found", "Verdict"], rows)


def _numbers(_: Directive, report: Report) -> list[str]:
    rows = []
    for number in report.numbers:
        how = f"{number.how} {number.covers or ''} From {', '.join(number.tables)}"
        shown = report.show(number.id, "value" if number.low is None else "full")
        rows.append([f"`{number.id}` {number.label}", shown, number.unit, how])
    return pipe(["Number", "Value", "Unit", "How and from what"], rows)


def _report_table(found: Directive, report: Report) -> list[str]:
    caption, heads, rows = ours.provider.TABLES[found.argument](report)
    table = pipe(heads, [[report.expand(cell) for cell in row] for row in rows])
    return [f"*{caption}*", "", *table]


def _finding(found: Directive, report: Report) -> list[str]:
    head = f"## [{found.options['title']}](chapters/{found.argument}.md)"
    statement = report.claims[found.options["claim"]].statement
    return [head, "", statement, "", *_convert(found.content, report), ""]


def _container(found: Directive, report: Report) -> list[str]:
    return list(_convert(found.content, report))


def _answer(found: Directive, report: Report) -> list[str]:
    sure = f"**How sure we are:** {_filled(found.options.get('sure', ''), report)}"
    return [sure, "", *_convert(found.content, report)]


def _details(found: Directive, report: Report) -> list[str]:
    return [f"`````{{dropdown}} {found.argument}", *_convert(found.content, report), "`````"]


def _caption(found: Directive, report: Report) -> list[str]:
    return [f"*{' '.join(_filled(line, report) for line in found.content).strip()}*"]


OURS: dict[str, Callable[[Directive, Report], list[str]]] = {
    "answer": _answer,
    "chart": _caption,
    "claims": _claims,
    "container": _container,
    "details": _details,
    "finding": _finding,
    "ledger": _claims,
    "numbers-table": _numbers,
    "report-table": _report_table,
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
    kept = {name: settings[name] for name in SETTINGS}
    (out / "_config.yml").write_text(yaml.safe_dump(kept, sort_keys=False), encoding="utf-8")
    contents = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    chapters = [entry["file"] for part in contents["parts"] for entry in part["chapters"]]
    (out / "chapters").mkdir()
    for page in (contents["root"], *chapters):
        text = (root / f"{page}.md").read_text(encoding="utf-8")
        (out / f"{page}.md").write_text(converted(text, report), encoding="utf-8")


if __name__ == "__main__":
    make(ROOT, Path(sys.argv[1]), ours.load())

"""A page of the report as stock Markdown: a pure function from text to text."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tallybook.sphinx.claims import listed
from tallybook.sphinx.settling import by_document

from microwork.report import provider

FENCE = re.compile(r"^(?P<fence>`{3,}|:{3,})\{(?P<name>[\w:-]+)\}[ ]*(?P<argument>.*)$")
OPTION = re.compile(r"^:(?P<name>[\w-]+):[ ]*(?P<value>.*)$")
ROLE = re.compile(r"\{(num|numref)\}`([^`]+)`")
# What stock Jupyter Book knows by itself, and shows as it stands.
STANDARD = {
    "bibliography",
    "glossary",
    "note",
    "admonition",
    "margin",
    "dropdown",
    "math",
    "figure",
    "table",
    "list-table",
}


class StockError(Exception):
    """A page holds something that this module cannot put in stock Markdown."""


@dataclass(frozen=True)
class Context:
    """What the pages draw on: the report, the number of each figure, how the report is cited, and
    its versions, newest first."""

    report: Any
    figures: dict[str, int]
    reference: str
    versions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Directive:
    """One fenced directive: its name, argument, options and the lines of its content."""

    name: str
    argument: str
    options: dict[str, str]
    content: list[str]
    source: list[str]


def figures(texts: Iterable[str]) -> dict[str, int]:
    """The number of each chart: counted through all pages, as Sphinx does."""
    names = [
        name for text in texts for name in re.findall(r"^`{3,}\{chart\} (\S+)", text, re.MULTILINE)
    ]
    return {name: place for place, name in enumerate(names, start=1)}


def converted(text: str, context: Context) -> str:
    """A page in stock Markdown. Raises ``StockError`` for a directive it does not know."""
    return "\n".join(_convert(text.split("\n"), context))


def _convert(lines: list[str], context: Context) -> Iterator[str]:
    at, fence = 0, None
    while at < len(lines):
        line = lines[at]
        opened = FENCE.match(line)
        if opened is None:
            # a plain code block is no prose: nothing in it is ours
            if line.startswith("```"):
                fence = None if fence else line
            yield line if fence else prose(line, context)
            at += 1
            continue
        end = next(
            (i for i in range(at + 1, len(lines)) if lines[i].rstrip() == opened["fence"]), None
        )
        if end is None:
            raise StockError(f"line {at + 1}: found {line!r} without its end")
        yield from _directive(_read(opened, lines[at : end + 1]), context)
        at = end + 1


def _read(opened: re.Match, source: list[str]) -> Directive:
    options, content = {}, source[1:-1]
    while content and (option := OPTION.match(content[0])):
        options[option["name"]] = option["value"]
        content = content[1:]
    return Directive(opened["name"], opened["argument"].strip(), options, content, source)


def _directive(found: Directive, context: Context) -> Iterable[str]:
    if found.name == "code-cell":
        return cell(found.source)
    if found.name in STANDARD:
        return [found.source[0], *(prose(line, context) for line in found.source[1:])]
    if found.name not in OURS:
        raise StockError(
            f"found the directive {found.name!r}; expected one of:"
            f" {', '.join([*OURS, *sorted(STANDARD)])}"
        )
    return OURS[found.name](found, context)


def prose(line: str, context: Context) -> str:
    """A line with its numbers typed in and its figures numbered."""

    def filled(role: re.Match) -> str:
        if role[1] == "numref":
            return f"Figure {context.figures[role[2]]}"
        number_id, _, part = role[2].partition("|")
        return context.report.show(number_id.strip(), part.strip() or "value")

    return ROLE.sub(filled, line)


def cell(source: list[str]) -> list[str]:
    """A cell that shows the chart which ours publishes; any other cell as it is."""
    if source[1] == "---":  # options as YAML
        head = source.index("---", 2) + 1
    else:
        head = next(i for i in range(1, len(source)) if not OPTION.match(source[i]))
    code = "\n".join(source[head:-1])
    shown = shows(code)
    if shown == code:
        return source
    options = [re.sub(r",?\s*remove-output", "", line) for line in source[1:head]]
    options = [line for line in options if line.replace(" ", "") != ":tags:[]"]
    return [source[0], *options, *shown.split("\n"), source[-1]]


def shows(code: str) -> str:
    """``charts.publish(name, chart)`` as the display of that chart, as wide as our page draws it."""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    for call in calls:
        if ast.unparse(call.func) != "charts.publish":
            continue
        chart = ast.get_source_segment(code, call.args[1])
        code = code.replace(
            ast.get_source_segment(code, call),
            f'display(getattr(chart := {chart}, "broad", chart))',
        )
    return code


def _claims(found: Directive, context: Context) -> list[str]:
    report = context.report
    ids = [
        c
        for c in listed(report)
        if not found.argument or report.claims[c].chapter == found.argument
    ]
    rows = []
    for claim_id in ids:
        claim, judgement = report.claims[claim_id], report.judgements[claim_id]
        number = report.numbers[judgement.found[0]] if judgement.found else None
        ours = (
            judgement.read
            if number is None
            else report.show(number.id, "value" if number.low is None else "full")
        )
        said = f"{claim.statement} ({claim.outlet}, {claim.day}). {report.expand(judgement.reason)}"
        rows.append([said, claim.published or "no figure", ours, str(judgement.verdict)])
    return pipe(["Claim", "Published", "Found", "Verdict"], rows)


def _settling(_found: Directive, context: Context) -> list[str]:
    lines = []
    for asked in by_document(context.report):
        lines += [f"## {asked[0][1].document}", ""]
        for claim_id, one in asked:
            answers = "; ".join(f"{answer.answer}: {answer.verdict}" for answer in one.answers)
            lines.append(
                f"- {context.report.claims[claim_id].statement} {one.question} {one.place}."
                f" {answers}."
            )
        lines.append("")
    return lines


def _numbers(_found: Directive, context: Context) -> list[str]:
    report, rows = context.report, []
    for number in report.numbers:
        interval = report.show(number.id, "interval") if number.low is not None else ""
        how = f"{number.how} {number.covers or ''} From {', '.join(number.tables)}"
        rows.append(
            [f"`{number.id}` {number.label}", report.show(number.id), interval, number.unit, how]
        )
    return pipe(["Number", "Value", "Interval", "Unit", "How and from what"], rows)


def _verdicts(_found: Directive, context: Context) -> list[str]:
    verdicts = [
        str(context.report.judgements[claim_id].verdict) for claim_id in listed(context.report)
    ]
    return [
        ", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in dict.fromkeys(verdicts))
        + "."
    ]


def _finding(found: Directive, context: Context) -> list[str]:
    claim, verdict = (
        context.report.claims[found.options["claim"]],
        context.report.judgements[found.options["claim"]].verdict,
    )
    said = f"{claim.outlet}, {claim.day}: {claim.statement}"
    head = f"## [{found.options['title']}](chapters/{found.argument}.md)"
    return [
        head,
        "",
        said,
        "",
        *_convert(found.content, context),
        "",
        f"**{str(verdict).capitalize()}**",
    ]


def _chart(found: Directive, context: Context) -> list[str]:
    caption = " ".join(prose(line, context) for line in found.content)
    return [f"*Figure {context.figures[found.argument]}.* {caption.strip()}"]


def _details(found: Directive, context: Context) -> list[str]:
    return [f"`````{{dropdown}} {found.argument}", *_convert(found.content, context), "`````"]


def _report_table(found: Directive, context: Context) -> list[str]:
    caption, headings, rows = provider.TABLES[found.argument](context.report)
    return [
        f"*{caption}*",
        "",
        *pipe(headings, [[context.report.expand(cell) for cell in row] for row in rows]),
    ]


def _container(found: Directive, context: Context) -> list[str]:
    inside = list(_convert(found.content, context))
    return [":::{margin}", *inside, ":::"] if "margin-note" in found.argument else inside


def _answer(found: Directive, context: Context) -> list[str]:
    sure = (
        [f"**How sure we are:** {prose(found.options['sure'], context)}", ""]
        if "sure" in found.options
        else []
    )
    return [*sure, *_convert(found.content, context)]


OURS: dict[str, Callable[[Directive, Context], Iterable[str]]] = {
    "answer": _answer,
    "claims": _claims,
    "ledger": _claims,
    "settling": _settling,
    "numbers-table": _numbers,
    "verdicts": _verdicts,
    "finding": _finding,
    "chart": _chart,
    "details": _details,
    "report-table": _report_table,
    "container": _container,
    "versions": lambda _found, context: [f"- {version}" for version in context.versions],
    "cite-report": lambda _found, context: [context.reference],
}


def pipe(heads: list[str], rows: list[list[str]]) -> list[str]:
    """A table as Markdown has it."""
    lines = [heads, ["---"] * len(heads), *rows]
    return [
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |"
        for line in lines
    ]

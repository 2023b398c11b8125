"""Where a number comes from, in one form for cards, lists and pages of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from tallybook.data.provenance import source_place
from tallybook.language import gettext as _
from tallybook.language import ngettext, semicolon, to_tables
from tallybook.model.numbers import Number
from tallybook.report import Report

FEW = 2  # sources of a table read whole that are named; of more, how many there are


@dataclass(frozen=True)
class Origin:
    """One thing a number rests on: ``words`` that link to ``href`` (relative to the site's root),
    then ``rest``."""

    words: str
    href: str
    rest: str

    def html(self, up: str) -> str:
        """As HTML; ``up`` leads to the site's root."""
        return f'<a href="{escape(up + self.href)}">{escape(self.words)}</a>{escape(self.rest)}'


def origins(report: Report, number: Number, page: str) -> list[Origin]:
    """The sources of a number with place and grade, each once; rows without a source, and tables
    read whole, by their name.

    A row with a source but with neither place nor grade, such as an assumption, is named after its
    source. ``page``: the page of sources; without one a source is named by the table that it stands
    in.
    """
    found: list[Origin] = []
    for fact in number.lineage:
        keys = report.sources_of(fact)
        rows = _("row {name}").format(name=fact.row) if fact.row else _("all rows")
        if not keys or not page or len(keys) > FEW:
            rest = f", {rows}"
            if keys and page:
                count = ngettext("{count} source", "{count} sources", len(keys))
                rest += f", {count.format(count=len(keys))}"
            found.append(Origin(fact.table, f"{to_tables()}data/{fact.table}.csv", rest))
            continue
        locator = f", {_(fact.locator)}" if fact.locator else ""
        grade = semicolon() + _("grade {grade}").format(grade=fact.grade) if fact.grade else ""
        of_table = _("{rows} of {table}").format(rows=rows, table=fact.table)
        rest = locator + grade or f", {of_table}"
        found += [
            Origin(report.source_name(key), f"{page}.html#{source_place(key)}", rest)
            for key in keys
        ]
    return list(dict.fromkeys(found))


def short(found: list[Origin], up: str, more: str, most: int = 3) -> str:
    """The first few as a list in HTML, then how many more there are, with a link to ``more``."""
    items = "".join(f"<li>{origin.html(up)}</li>" for origin in found[:most])
    left = len(found) - most
    if left > 0:
        said = _("and {count} more").format(count=left)
        items += f'<li><a href="{escape(more)}">{said}</a></li>'
    return f"<ul>{items}</ul>"

"""A number as ``numbers.json`` has it."""

from __future__ import annotations

from typing import Any

from tallybook import data
from tallybook.model.numbers import Number


def number_record(report: Any, number: Number, href: str | None) -> dict[str, Any]:
    """The record of a number; ``href``: its address in the site.

    ``report``: see ``tallybook.report.Report``.
    """
    copied = ("id", "value", "low", "high", "unit", "decimals", "label", "chapter")
    return {
        **{name: getattr(number, name) for name in copied},
        "href": href,
        "tables": [{"name": name, "sha256": data.sha256(name)} for name in number.tables],
        "how": number.how,
        "sources": _sources(report, number),
        "lineage": [{"table": fact.table, "row": fact.row or None} for fact in number.lineage],
        "covers": number.covers,
    }


def _sources(report: Any, number: Number) -> list[dict[str, str | None]]:
    """The sources a number rests on, each place once: key, locator, grade."""
    found = {(fact.source, fact.locator, fact.grade) for fact in number.lineage if fact.source}
    whole = (fact for fact in number.lineage if not fact.row)
    found |= {(key, "", "") for fact in whole for key in report.sources_of(fact)}
    return [
        {"key": key, "locator": locator or None, "grade": grade or None}
        for key, locator, grade in sorted(found)
    ]

"""The whole report as one object: what the pages, ``numbers.json`` and ``claims.json`` are made of."""

from __future__ import annotations

import functools
import importlib
import os
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from threadpoolctl import threadpool_limits

from microwork import claims, data
from microwork import tables as tables_
from microwork.claims import Claim, Judgement
from microwork.contents import CHAPTERS, ContentsError
from microwork.formatting import expand, plain, show, split
from microwork.kept import FOLDER, content_hash, kept
from microwork.numbers import Number, Registry
from microwork.paths import ROOT
from microwork.provenance import Fact

# What ``book.contract`` asks of the module that gives the report; two of these have their home elsewhere.
__all__ = [
    "CHAPTERS", "KERNEL_IMPORTS", "Report", "check", "claims_json", "content_hash", "kernel_environment", "load", "numbers_json",
    "server_environment", "tables",
]  # fmt: skip
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")  # of linear algebra
# A chapter is a package of the same name with ``numbers()`` and ``judgements(claims, registry)``.
KERNEL_IMPORTS = tuple(f"microwork.{name}{module}" for name in CHAPTERS for module in ("", ".figures"))


@dataclass(frozen=True)
class Report:
    """Everything the report says in numbers: the registry, the claims and their judgements."""

    numbers: Registry
    claims: dict[str, Claim]
    judgements: dict[str, Judgement]

    def show(self, number_id: str, part: str = "value") -> str:
        """A number of the report as text (see ``formatting.show``)."""
        return show(self.numbers[number_id], part)

    def source_name(self, key: str) -> str:
        """A source as a reader knows it: "Author year"."""
        return tables_.source_name(key)

    def source_place(self, key: str) -> str:
        """The id of a source on the page of sources."""
        return tables_.source_place(key)

    def sources_of(self, fact: Fact) -> tuple[str, ...]:
        """Keys of the sources of a row; of a table read whole, of all its rows."""
        if fact.row:
            return (fact.source,) if fact.source else ()
        return _source_keys(fact.table)

    def expand(self, template: str) -> str:
        """A template with its ``[[id|part]]`` placeholders replaced."""
        return expand(template, self.numbers)

    def split(self, template: str) -> list[str | tuple[str, str]]:
        """A template in pieces: text, and ``(number id, part)`` pairs (see ``formatting.split``)."""
        return split(template)

    def source_grades(self) -> dict[str, str]:
        """For each source that facts rest on: "Grade A", "Grade B" or "Grade A and B"."""
        return {key: remark.split(".")[0] for key, remark in self.source_remarks().items() if remark.startswith("Grade")}

    def source_remarks(self) -> dict[str, str]:
        """For each source a table rests on: the grades its facts have, the tables, and how many of their rows."""
        grades: dict[str, set[str]] = {}
        rows: dict[str, dict[str, int]] = {}
        for name in data.names():
            frame = data.table(name)
            if "source_key" not in frame:
                continue
            for key, found in frame.groupby("source_key"):
                grades.setdefault(str(key), set()).update(found["grade"].dropna() if "grade" in found else ())
                rows.setdefault(str(key), {})[name] = len(found)
        return {key: _remark(grades[key], rows[key]) for key in rows}


@kept
def check() -> None:
    """Check the bibliography and every table. Raises ``DataError`` with a line for each fault."""
    data.check_all()


def load() -> Report:
    """The report as the files now stand; computed once for the same content.

    Raises ``DataError``, ``NumberError`` or ``ClaimError`` with the place and the remedy.
    """
    return _load(content_hash())


@functools.lru_cache(maxsize=1)
@kept
def _load(_content: str) -> Report:
    data.check_all()
    modules = [_package(name) for name in CHAPTERS]
    with threadpool_limits(1):  # as in the kernels
        registry = Registry(number for module in modules for number in module.numbers())
        all_claims = claims.claims()
        found = [judgement for module in modules for judgement in module.judgements(all_claims, registry)]
    return Report(registry, all_claims, claims.settle(all_claims, found, CHAPTERS, registry))


def _package(name: str) -> ModuleType:
    """The package of a chapter. Raises ``ContentsError`` if it does not give what the report asks of it."""
    package = importlib.import_module(f"microwork.{name}")
    for needed in ("numbers", "judgements"):
        if not callable(getattr(package, needed, None)):
            raise ContentsError(f"microwork/{name}/__init__.py: found no {needed}(); expected it, as in the other chapters")
    return package


def server_environment(store: Path | None = None) -> dict[str, str]:
    """What a process that is to run chapters must be told before it imports anything.

    ``store``: a folder where results are kept, for all processes of a build, and for the next build.

    One thread of linear algebra each: many are slower on matrices as small as ours, steal the cores from the
    chapter beside, and add in another order, so that a last digit could depend on the number of cores.
    """
    paths = dict.fromkeys([str(ROOT), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))])
    kept_in = {} if store is None else {FOLDER: str(store)}
    return {**ONE_THREAD, **kept_in, "PYTHONPATH": os.pathsep.join(paths)}


def kernel_environment() -> dict[str, str]:
    """What the chapters' kernels need to be told by whoever has checked the tables and starts them."""
    return {**server_environment(), data.CHECKED: data.vouched()}


def tables() -> tuple[str, ...]:
    """Names of all tables."""
    return data.names()


def numbers_json(report: Report, hrefs: dict[str, str]) -> list[dict[str, Any]]:
    """The content of ``numbers.json``; ``hrefs`` maps a number's id to its address in the site."""
    return [_number_record(number, hrefs.get(number.id)) for number in report.numbers]


def claims_json(report: Report, hrefs: dict[str, str]) -> list[dict[str, Any]]:
    """The content of ``claims.json``; ``hrefs`` maps a claim's id to its address in the site."""
    return [
        {
            "claim_id": claim_id,
            "chapter": report.claims[claim_id].chapter,
            "outlet": report.claims[claim_id].outlet,
            "date": report.claims[claim_id].date,
            "statement": report.claims[claim_id].statement,
            "published": report.claims[claim_id].published,
            "recomputed": list(judgement.numbers),
            "verdict": str(judgement.verdict),
            "reason": report.expand(judgement.reason),
            "href": hrefs.get(claim_id),
        }
        for claim_id, judgement in report.judgements.items()
    ]


def _remark(grades: set[str], rows: dict[str, int]) -> str:
    grade = f"Grade {' and '.join(sorted(grades))}. " if grades else ""
    uses = (f"{name} ({plain(count, 0)} {'row' if count == 1 else 'rows'})" for name, count in sorted(rows.items()))
    return f"{grade}Used in {', '.join(uses)}."


@functools.cache
def _source_keys(table: str) -> tuple[str, ...]:
    frame = data.table(table)
    return tuple(sorted(frame["source_key"].dropna().unique())) if "source_key" in frame else ()


def _sources(number: Number) -> list[dict[str, str | None]]:
    """The sources a number rests on, each place once: key, locator, grade."""
    found = {(fact.source, fact.locator, fact.grade) for fact in number.lineage if fact.source}
    found |= {(key, "", "") for fact in number.lineage if not fact.row for key in _source_keys(fact.table)}
    return [dict(zip(("key", "locator", "grade"), (part or None for part in place), strict=True)) for place in sorted(found)]


def _number_record(number: Number, href: str | None) -> dict[str, Any]:
    return {
        "id": number.id,
        "value": number.value,
        "low": number.low,
        "high": number.high,
        "unit": number.unit,
        "decimals": number.decimals,
        "label": number.label,
        "chapter": number.chapter,
        "href": href,
        "tables": [{"name": name, "sha256": data.sha256(name)} for name in number.tables],
        "how": number.how,
        "sources": _sources(number),
        "lineage": [{"table": fact.table, "row": fact.row or None} for fact in number.lineage],
        "covers": number.covers,
    }

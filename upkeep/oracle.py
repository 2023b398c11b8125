"""Does anybody notice? What the report says with data as they are, held against what it says when a
table has changed; without kernels and without a build.

In the order of what it costs: the check of the tables, the numbers and verdicts of the chapters
that read the table, what the cells of these chapters show, what the pages of sources and of what is
known since say. The analysis keeps its steps for as long as a process lives; those that rest on the
changed table are dropped (``forget``). Import this module before the analysis.
"""

from __future__ import annotations

import functools
import importlib
import json
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from types import ModuleType

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from tallybook import claims, data
from tallybook.answers import answered
from tallybook.builder.notebooks.conversion import code, read
from tallybook.data import provenance, schema, sources
from tallybook.model.numbers import Registry
from tallybook.model.tables import registry_lines
from threadpoolctl import threadpool_limits
from traitlets.config import Config

from microwork import paths

STAGES = ("validation", "numbers", "claims", "cells", "sources")
_open: list[set[str]] = []
_steps: list[dict] = []


@contextmanager
def reading() -> Iterator[set[str]]:
    """The names of the tables that are read inside the block, fresh or from a kept result."""
    _open.append(set())
    yield _open[-1]
    note(*_open.pop())


def note(*tables: str) -> None:
    """Tables are being read."""
    if _open:
        _open[-1].update(tables)


def step(function: Callable) -> Callable:
    """In the place of the engine's: a step of an analysis, kept with the tables it rests on."""
    kept: dict[tuple, tuple] = {}
    _steps.append(kept)

    @functools.wraps(function)
    def wrapper(*arguments: object, **options: object) -> object:
        key = (arguments, tuple(sorted(options.items())))
        if key not in kept:
            with reading() as tables:
                kept[key] = *provenance.traced(function, *arguments, **options), tables
        result, facts, tables = kept[key]
        provenance.note(*facts)
        note(*tables)
        return result

    return wrapper


def forget(table: str) -> None:
    """Drop every kept step that rests on a table, and all that is kept by other means."""
    for kept in _steps:
        for key in [key for key, (_, _, tables) in kept.items() if table in tables]:
            del kept[key]
    for name, module in list(sys.modules.items()):
        if name.startswith(("microwork.", "tallybook.claims.")):
            for function in vars(module).values():
                if hasattr(function, "cache_clear"):
                    function.cache_clear()


def _describe(name: str, *arguments: object, described: Callable = schema.describe) -> dict:
    """``data.describe``, which every way to a table goes through, so that reading is noted."""
    note(name)
    return described(name, *arguments)


data.describe = schema.describe = _describe
provenance.step = step
report = importlib.import_module("microwork.report")
since = importlib.import_module("microwork.since")
MODULES = {name: importlib.import_module(f"microwork.{name}") for name in report.CHAPTERS}
for _module in MODULES.values():
    _module.numbers = step(_module.numbers)


class Oracle:
    """What the report says of data as they are; ``ask`` tells who notices that a table changed.

    ``chapters``: those whose numbers, verdicts and cells are looked at.
    """

    def __init__(self, chapters: tuple[str, ...]) -> None:
        threadpool_limits(1)  # as in the kernels and for the report
        data.check_all()
        # A module of its own, else it takes the place of __main__; and no history, which has a
        # thread of its own.
        self.shell = InteractiveShell.instance(
            config=Config({"HistoryManager": {"enabled": False}}), user_module=ModuleType("chapter")
        )
        self.cells = {name: code(read(paths.CHAPTERS / f"{name}.md")) for name in chapters}
        self.tell = {"numbers": numbers, "claims": judgements, "cells": self.shown}
        self.reads: dict[str, set[str]] = {}
        self.said: dict[tuple[str, str], object] = {("sources", ""): remarks()}
        for name in chapters:
            with reading() as self.reads[name]:
                for stage, tell in self.tell.items():
                    self.said[stage, name] = tell(name)

    def ask(self, table: str) -> tuple[str, str] | None:
        """The stage that first notices that a table has changed, and what is said there; ``None``
        if nobody does."""
        forget(table)
        try:
            data.check_all()
        except data.DataError as error:
            return "validation", str(error)
        concerned = [name for name in self.cells if table in self.reads[name]]
        for stage, name in [*((s, n) for s in self.tell for n in concerned), ("sources", "")]:
            try:
                now = self.tell[stage](name) if name else remarks()
            except Exception as error:  # noqa: BLE001 - an analysis that stumbles over a wrong table has noticed it
                return stage, f"{name}: {type(error).__name__}: {error}"
            if now != self.said[stage, name]:
                return stage, f"{name}: says something else"
        return None

    def shown(self, chapter: str) -> list[object]:
        """What each cell of a chapter prints and displays, run one by one in a fresh namespace."""
        self.shell.reset(new_session=False)
        found = []
        with chdir("."):  # a cell may go elsewhere
            for cell in self.cells[chapter]:
                with capture_output() as captured, warnings.catch_warnings():
                    done = self.shell.run_cell(cell.source)
                done.raise_error()
                outputs = [[output.data, output.metadata] for output in captured.outputs]
                found.append(json.loads(json.dumps([captured.stdout, captured.stderr, outputs])))
        return found


def numbers(chapter: str) -> list[str]:
    """Every number of a chapter, nothing of it lost."""
    return registry_lines(MODULES[chapter].numbers())


def judgements(chapter: str) -> list[dict]:
    """A chapter's claims as the ledger prints them, with their sources."""
    registry = Registry([number for each in MODULES.values() for number in each.numbers()])
    found = answered(report.provider.FAMILIES, registry)
    for number in found.numbers():
        registry.add(number)
    every, judged = report.provider.judge(registry, found)
    whole = report.Report(registry, every, judged, sources.known(), found)
    records = [one for one in report.provider.claims_json(whole, {}) if one["chapter"] == chapter]
    return [{**one, "source": every[one["claim_id"]].source_key} for one in records]


def remarks() -> list[object]:
    """The remarks on sources, the order of the ledger, and the tables of what is known since."""
    chapters = [name for name in report.CHAPTERS if since.name(name) in data.names()]
    tables = [*(f"since-{name}" for name in chapters), "timeline"]
    empty = report.Report(Registry(), {}, {}, sources.known())
    known = [report.provider.TABLES[name](None) for name in tables]
    return [empty.source_remarks(), list(claims.claims()), known]

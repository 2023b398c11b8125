"""Does anybody notice? The checks of the suite on one changed table, without kernels and without a
build.

In the order of what they cost: the description of the table, the numbers and verdicts of the
chapters that read it, what the cells of these chapters show, what the sources page says. What they
are compared with is what the suite itself compares with: ``tests/baselines``.
``tests/test_mutate.py`` shows that both see the same in untouched data.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from tallybook import charts, claims, data
from tallybook.data import bibliography, package
from tallybook.model.numbers import Number, Registry
from tallybook.model.tables import registry_lines
from threadpoolctl import threadpool_limits
from traitlets.config import Config

from microwork import paths, report
from microwork.paths import BIBLIOGRAPHY
from tests import report_baseline
from tests.notebooks import baseline_path
from upkeep import table_cache

Shown = list[dict]


@dataclass(frozen=True)
class Notice:
    """Who noticed a change, and what was said."""

    by: str
    said: str


@dataclass
class Oracle:
    """The checks for some chapters.

    ``learn`` runs them on untouched data, ``ask`` on a changed table.
    """

    chapters: tuple[str, ...] = report.CHAPTERS
    reads: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if early := [name for name in self.chapters if f"microwork.{name}" in sys.modules]:
            raise RuntimeError(
                f"{', '.join(early)}: imported before the oracle, so what they keep cannot be"
                " forgotten"
            )
        data.describe = package.describe = _noting(package.describe)
        with table_cache.remembering("microwork"):
            self.modules = {
                name: importlib.import_module(f"microwork.{name}") for name in self.chapters
            }
            self.every = {
                name: importlib.import_module(f"microwork.{name}") for name in report.CHAPTERS
            }
        for module in self.every.values():
            module.numbers = table_cache.Memory(module.numbers)
        for name in self.modules:
            table_cache.drawings(importlib.import_module(f"microwork.{name}.figures"))
        table_cache.drawings(charts)
        table_cache.bundles(importlib.import_module("tallybook.charts.publish"))
        self.notebooks = {
            name: nbformat.read(baseline_path(name), as_version=4) for name in self.chapters
        }
        self.record = report_baseline.read()
        self.shell = shell()
        threadpool_limits(1)  # as in the kernels and for the report

    def learn(self) -> list[Notice]:
        """What the checks say of data as they are (nothing, if all is well); remembers which
        chapter reads which table."""
        data.check_all()
        found: list[Notice] = []
        for name in self.chapters:
            with table_cache.reading() as tables:
                found += filter(
                    None, (check(name) for check in (self.numbers, self.verdicts, self.cells))
                )
            self.reads[name] = tables
        return [*found, *filter(None, [self.sources()])]

    def ask(self, table: str) -> Notice | None:
        """The first to notice that a table has changed; ``None`` if nobody does."""
        table_cache.forget(table)
        if found := self.described(table):
            return found
        data.check = package.check = lambda *_: (
            None
        )  # what has not changed was checked by ``learn``, what has a moment ago
        concerned = [name for name in self.chapters if table in self.reads[name]]
        for check in (self.numbers, self.verdicts, self.cells):
            for name in concerned:
                if found := check(name):
                    return found
        return self.sources()

    def described(self, table: str) -> Notice | None:
        """Does the table fit its description, and do the tables whose keys stand in it?"""
        name = data.describe(table)["name"]
        try:
            data.check(table)
            made = (
                bibliography.table_text(bibliography.read(BIBLIOGRAPHY))
                if table == "sources"
                else None
            )
            if (
                made is not None
                and (paths.DATA / "sources.csv").read_text(encoding="utf-8") != made
            ):
                return Notice("validation", "data/sources.csv is not what data/sources.bib gives")
            for child in data.names():
                if any(
                    key["reference"]["resource"] == name
                    for key in data.describe(child)["schema"].get("foreignKeys", [])
                ):
                    data.check(child)
        except data.DataError as error:
            return Notice("validation", str(error))
        return None

    def numbers(self, chapter: str) -> Notice | None:
        """Are the numbers of a chapter those that its kept notebook prints last?"""
        return _tried(
            "numbers",
            chapter,
            lambda: _apart(
                kept_numbers(self.notebooks[chapter]),
                registry_lines(self.modules[chapter].numbers()),
            ),
        )

    def verdicts(self, chapter: str) -> Notice | None:
        """Does the ledger say of a chapter's claims what it said?"""

        def compare() -> str | None:
            registry, all_claims = Everywhere(self.every), claims.claims()
            found = self.modules[chapter].judgements(all_claims, registry)
            settled = claims.settle(all_claims, found, (chapter,), registry)
            said = report_baseline.claims_record(report.Report(registry, all_claims, settled))
            return _apart(report_baseline.in_chapters(self.record["claims"], [chapter]), said)

        return _tried("claims", chapter, compare)

    def cells(self, chapter: str) -> Notice | None:
        """Do the cells of a chapter show what its kept notebook shows?"""

        def compare() -> str | None:
            for place, then, now in executed(self.notebooks[chapter], self.shell):
                if then != now:
                    return f"cell {place}: {_apart(then, now)}"
            return None

        return _tried("cells", chapter, compare)

    def sources(self) -> Notice | None:
        """Do the sources page and the tables of what is known since say what they said, and does
        the ledger keep its order?"""

        def compare() -> str | None:
            ids = [claim["claim_id"] for claim in self.record["claims"]]
            now = [
                claim_id
                for claim_id, claim in claims.claims().items()
                if claim.chapter in report.CHAPTERS
            ]
            remarks = report.Report(Registry(), {}, {}).source_remarks()
            return (
                _apart(ids, now)
                or _apart(self.record["sources"], remarks)
                or _apart(self.record["since"], report_baseline.since_record())
            )

        return _tried(
            "sources", "the pages of sources, of claims and of what is known since", compare
        )


class Everywhere(Registry):
    """The numbers of all chapters, each chapter computed when one of its numbers is first asked
    for."""

    def __init__(self, modules: Mapping[str, ModuleType]) -> None:
        super().__init__()
        self.waiting = dict(modules)

    def __getitem__(self, number_id: str) -> Number:
        if (module := self.waiting.pop(number_id.split(".", 1)[0], None)) is not None:
            for number in module.numbers():
                self.add(number)
        return super().__getitem__(number_id)


def shell() -> InteractiveShell:
    """IPython in this process, without a history and without the thread that would write one."""
    config = Config()
    config.HistoryManager.enabled = False
    return InteractiveShell.instance(
        config=config, user_module=ModuleType("chapter")
    )  # else it takes the place of __main__


def executed(
    notebook: nbformat.NotebookNode, inside: InteractiveShell
) -> Iterator[tuple[int, Shown, Shown]]:
    """Run the code cells one by one in a fresh namespace: place, outputs that are kept, outputs
    now."""
    inside.reset(new_session=False)
    here = Path.cwd()
    try:
        for place, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                yield place, kept_outputs(cell), _run(cell.source, inside)
    finally:
        os.chdir(here)


def kept_outputs(cell: nbformat.NotebookNode) -> Shown:
    """Outputs of a kept cell: what was printed, then what was displayed."""
    streams = [
        {
            "printed": "".join(
                o.text for o in cell.outputs if o.output_type == "stream" and o.name == name
            )
        }
        for name in ("stdout", "stderr")
    ]
    shown = [
        {"data": _plain(o.data), "metadata": _plain(o.metadata)}
        for o in cell.outputs
        if "data" in o
    ]
    failed = [{"failed": o.evalue} for o in cell.outputs if o.output_type == "error"]
    return streams + shown + failed


def _run(source: str, inside: InteractiveShell) -> Shown:
    with capture_output() as captured, warnings.catch_warnings():
        done = inside.run_cell(source)
    if not done.success:
        return [{"failed": repr(done.error_in_exec or done.error_before_exec)}]
    shown = [{"data": _plain(o.data), "metadata": _plain(o.metadata)} for o in captured.outputs]
    return [{"printed": captured.stdout}, {"printed": captured.stderr}, *shown]


def kept_numbers(notebook: nbformat.NotebookNode) -> list[str]:
    """The lines of the table of all numbers at the end of a kept notebook."""
    cell = next(
        cell
        for cell in reversed(notebook.cells)
        if "registry_table" in cell.source and cell.cell_type == "code"
    )
    return cell.outputs[0].data["text/plain"].splitlines()


def _tried(by: str, where: str, compare: Callable[[], str | None]) -> Notice | None:
    try:
        said = compare()
    except Exception as error:  # noqa: BLE001 - an analysis that stumbles over a wrong table has noticed it
        said = f"{type(error).__name__}: {error}"
    return Notice(by, f"{where}: {said}") if said else None


def _apart(then: object, now: object) -> str | None:
    """Where two texts, lists or records first differ, in a few words."""
    if then == now:
        return None
    if isinstance(then, list) and isinstance(now, list):
        for old, new in zip(then, now, strict=False):
            if old != new:
                return _apart(old, new)
        return f"{len(now)} where {len(then)} were kept"
    if isinstance(then, dict) and isinstance(now, dict):
        for key in sorted({*then, *now}):
            if then.get(key) != now.get(key):
                return f"{key}: {_apart(then.get(key), now.get(key))}"
    old, new = str(then), str(now)
    at = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    start = max(0, at - 30)
    return f"kept ...{old[start : at + 30]!r}, now ...{new[start : at + 30]!r}"


def _plain(value: object) -> object:
    """As JSON would have it: what is kept has been through a file."""
    return json.loads(json.dumps(value))


def _noting(describe: Callable) -> Callable:
    """``data.describe``, which every way to a table goes through, so that reading is noted."""

    @functools.wraps(describe)
    def noted(name: str, *args: object, **named: object) -> dict:
        table_cache.note(name)
        return describe(name, *args, **named)

    return noted

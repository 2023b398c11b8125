"""Chapters as notebooks: read from their Markdown, executed, their code kept with its outputs in
``tests/baselines``. Of a chart its table is kept; the drawing is the same code's.

python -m tests.notebooks        (make baselines; it keeps the record of claims and sources too)
"""

from __future__ import annotations

import difflib
import json
import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from pytest_notebook.nb_regression import NBRegressionFixture
from tallybook.builder.notebooks.conversion import code, read
from tallybook.charts.publish import MIME, MIME_NARROW
from tallybook.data import check_all
from traitlets.config import Config

from microwork.paths import BASELINES, CHAPTERS, ROOT
from microwork.report import CHAPTERS as NAMES
from microwork.report import server_environment
from tests import report_baseline

SECONDS_A_CELL = 3000  # after which a cell that hangs is ended; no limit to what is slow
SHOWN = 30  # lines of a comparison that are told
DRAWN = (MIME, MIME_NARROW)
IGNORED = (
    "/metadata/language_info",
    "/cells/*/execution_count",
    "/cells/*/outputs/*/execution_count",
    *(f"/cells/*/outputs/*/data/{kind}" for kind in DRAWN),
)
ENCRYPTED = Config(
    {"KernelManager": {"transport_encryption": "auto"}}
)  # a kernel that is not asked to warns each time


def chapter_path(name: str, root: Path = ROOT) -> Path:
    return root / CHAPTERS.relative_to(ROOT) / f"{name}.md"


def baseline_path(name: str, root: Path = ROOT) -> Path:
    return root / BASELINES.relative_to(ROOT) / f"{name}.ipynb"


def cells(notebook: nbformat.NotebookNode) -> list[tuple[str, list[str]]]:
    """What a chapter computes: source and tags of every cell of code."""
    return [(cell.source, list(cell.metadata.get("tags", []))) for cell in code(notebook)]


def execute(path: Path) -> nbformat.NotebookNode:
    """A chapter executed from its own folder, without timestamps."""
    notebook = read(path)
    client = NotebookClient(
        notebook,
        timeout=SECONDS_A_CELL,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
        config=ENCRYPTED,
    )
    client.execute()
    notebook.metadata.pop("language_info", None)
    return notebook


def outputs(notebook: nbformat.NotebookNode) -> list[list[dict]]:
    """What is kept of what each cell of code shows."""
    return [[_kept(output) for output in cell.get("outputs", [])] for cell in code(notebook)]


def _kept(output: dict) -> dict:
    kept = dict(output)
    if "execution_count" in kept:
        kept["execution_count"] = None
    if "data" in kept:
        kept["data"] = {kind: part for kind, part in kept["data"].items() if kind not in DRAWN}
    return kept


def changes(name: str, root: Path = ROOT) -> list[str]:
    """Where the outputs of a chapter that is executed again part from the kept ones."""
    check = NBRegressionFixture(
        exec_timeout=SECONDS_A_CELL,
        exec_cwd=str(root / "chapters"),
        diff_ignore=IGNORED,
        diff_color_words=False,
    )
    result = check.check(str(baseline_path(name, root)), raise_errors=False)
    found = differences(outputs(result.nb_initial), outputs(result.nb_final))
    return found if result.diff_filtered else []


def differences(before: object, after: object) -> list[str]:
    """Where two JSON-like contents part: lines of the indented JSON, then and now."""
    lines = (
        json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True).splitlines()
        for content in (before, after)
    )
    found = difflib.unified_diff(*lines, "kept", "now", lineterm="", n=0)
    return [line[:200] for line in found][:SHOWN]


def keep(name: str, notebook: nbformat.NotebookNode) -> Path:
    """Keep an executed chapter: prose gives no outputs, so a sentence changes nothing here."""
    for cell, shown in zip(code(notebook), outputs(notebook), strict=True):
        cell.outputs = [nbformat.from_dict(output) for output in shown]
        cell.execution_count = None
    notebook.cells = code(notebook)
    nbformat.write(notebook, baseline_path(name))
    return baseline_path(name)


def main() -> None:
    check_all()
    os.environ.update(server_environment())
    for name in sys.argv[1:] or NAMES:
        print(f"wrote {keep(name, execute(chapter_path(name))).relative_to(ROOT)}")
    print(f"wrote {report_baseline.write().relative_to(ROOT)}")


if __name__ == "__main__":
    main()

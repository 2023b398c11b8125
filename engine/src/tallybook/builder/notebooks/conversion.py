"""A chapter as a notebook: its own cells as they stand in its Markdown, and in the form that a
reader takes home. Jupytext reads the Markdown; what MyST-NB reads for the pages has other metadata
and ids by chance."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

DRAWN = "application/vnd.report.drawn+json"  # a chart as the page shows it: not for readers
# Tags by which the page folds or leaves out the code of a cell, or what it shows; Jupyter folds it.
_FOLDS = {
    "source_hidden": {"hide-input", "hide-cell", "remove-input", "remove-cell"},
    "outputs_hidden": {"hide-output", "hide-cell", "remove-output", "remove-cell"},
}


def read(path: Path) -> NotebookNode:
    """A chapter's cells, without outputs, with ids that depend on nothing but their place."""
    import jupytext  # slow to import, and not needed where all notebooks are as they were

    notebook: NotebookNode = jupytext.read(path, fmt="md:myst")
    notebook.metadata.pop("jupytext", None)
    return _numbered(notebook)


def with_outputs(notebook: NotebookNode, executed: NotebookNode) -> NotebookNode:
    """The notebook with the outputs of the same code cells, executed, in the same order; both are
    left as they are. Raises ``ValueError`` if the code cells are not the same."""
    filled = _copy(notebook)
    filled.cells = [_copy(cell) for cell in notebook.cells]
    ours, theirs = code(filled), code(executed)
    if [cell.source for cell in ours] != [cell.source for cell in theirs]:
        wanted = "expected the executed notebook of this chapter"
        raise ValueError(f"found a notebook with other code cells; {wanted}")
    for cell, done in zip(ours, theirs, strict=True):
        cell.outputs, cell.execution_count = done.outputs, done.execution_count
    return filled


def code(notebook: NotebookNode) -> list[NotebookNode]:
    """The cells that are executed."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def text_cell(markdown: str) -> NotebookNode:
    """A cell of text."""
    cell: NotebookNode = new_markdown_cell(markdown)  # type: ignore[no-untyped-call]
    return cell


def code_cell(cell: NotebookNode, said: Callable[[str], str]) -> NotebookNode:
    """A code cell for a reader, folded as in the page; ``said`` is applied to its HTML outputs."""
    tags = set(cell.metadata.get("tags", []))
    folds = {name: True for name, those in _FOLDS.items() if tags & those}
    made = _copy(cell)
    made.metadata = _node({"tags": sorted(tags), "jupyter": folds} if tags else {})
    made.outputs = [_copy(output) for output in cell.outputs]
    for output in made.outputs:
        if "data" in output:
            kept = {kind: part for kind, part in output.data.items() if kind != DRAWN}
            if "text/html" in kept:
                kept["text/html"] = said(kept["text/html"])
            output.data = _node(kept)
    return made


def notebook(like: NotebookNode, cells: Iterable[NotebookNode]) -> NotebookNode:
    """A notebook of these cells for the kernel of another one."""
    made = _copy(like)
    made.metadata = _node({"kernelspec": like.metadata.kernelspec})
    made.cells = list(cells)
    return _numbered(made)


def _numbered(whole: NotebookNode) -> NotebookNode:
    for place, cell in enumerate(whole.cells):
        cell["id"] = f"cell-{place:03d}"
    return whole


def _node(content: Any) -> NotebookNode:
    return NotebookNode(content)  # type: ignore[no-untyped-call]  # nbformat does not annotate it


def _copy(node: NotebookNode) -> NotebookNode:
    copied: NotebookNode = node.copy()  # type: ignore[no-untyped-call]
    return copied

"""A chapter as the notebook that a reader takes home: its own cells, with the outputs that this build has shown.

Jupytext reads the Markdown; what MyST-NB reads for the pages has other metadata and ids by chance.
"""

from __future__ import annotations

from pathlib import Path

import jupytext
from nbformat import NotebookNode


def read(path: Path) -> NotebookNode:
    """A chapter's cells, without outputs, with ids that depend on nothing but their place."""
    notebook: NotebookNode = jupytext.read(path, fmt="md:myst")
    for place, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{place:03d}"
    notebook.metadata.pop("jupytext", None)
    return notebook


def with_outputs(notebook: NotebookNode, executed: NotebookNode) -> NotebookNode:
    """The notebook with the outputs of the same code cells, executed, in the same order; both are left as they are.

    Raises ``ValueError`` if the code cells are not the same.
    """
    filled: NotebookNode = notebook.copy()  # type: ignore[no-untyped-call]  # nbformat does not annotate it
    filled.cells = [cell.copy() for cell in notebook.cells]
    ours, theirs = ([cell for cell in part.cells if cell.cell_type == "code"] for part in (filled, executed))
    if [cell.source for cell in ours] != [cell.source for cell in theirs]:
        raise ValueError("found a notebook with other code cells; wanted the executed notebook of this chapter")
    for cell, done in zip(ours, theirs, strict=True):
        cell.update(outputs=done.outputs, execution_count=done.execution_count)
    return filled

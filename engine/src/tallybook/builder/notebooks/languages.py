"""What a cell shows in each language (see ``tallybook.language``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode, from_dict

from tallybook.language import ASKED, EDITIONS


def shown(notebook: NotebookNode, edition: str) -> NotebookNode:
    """A notebook with what its cells show in an edition; in the report's own for ``""``, or where a
    cell shows the same in both."""
    cells = []
    for cell in notebook.cells:
        outputs = [_of(output, edition) for output in cell.get("outputs", [])]
        cells.append({**cell, "outputs": outputs} if "outputs" in cell else cell)
    whole = {**notebook, "cells": cells}
    found: NotebookNode = from_dict(whole)  # type: ignore[no-untyped-call]  # nbformat has no types
    return found


def _of(output: dict[str, Any], edition: str) -> dict[str, Any]:
    data = output.get("data", {})
    if EDITIONS not in data:
        return output
    found = data[EDITIONS].get(edition, data)
    kept = {kind: content for kind, content in found.items() if kind not in (EDITIONS, ASKED)}
    return {**output, "data": kept}


def asked(notebook: NotebookNode, edition: str) -> Iterator[str]:
    """The messages that its cells have looked up for an edition."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            yield from output.get("data", {}).get(EDITIONS, {}).get(edition, {}).get(ASKED, ())


def every(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What one output shows in each language."""
    yield data
    yield from data.get(EDITIONS, {}).values()

"""Kernels are forks of a server that has imported what they need; they are kernels all the same.
What is costly is computed once for all of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from rooms import EXAMPLE, Sandbox
from tallybook import project
from tallybook.builder.cache import results
from tallybook.builder.notebooks import kernels


def run(*cells: str, **options: object) -> list[str]:
    """What each cell prints."""
    made = [nbformat.v4.new_code_cell(source) for source in cells]
    notebook = nbformat.v4.new_notebook(cells=made)
    kind = {"kernel_manager_class": kernels.Manager, "kernel_name": "python3"}
    NotebookClient(notebook, **kind, **options).execute()
    texts = (cell.outputs[0].get("text", "") if cell.outputs else "" for cell in notebook.cells)
    return [text.strip() for text in texts]


def test_a_kernel_runs_in_its_folder_with_the_environment_of_today(tmp_path, monkeypatch, capfd):
    """And has nothing to warn of: what is said to it is encrypted, as it would say otherwise."""
    monkeypatch.setenv("SAID_LATER", "yes")
    said = run(
        "import math, os, sys; math.found = 1; print(os.getcwd())",
        "print(os.environ['SAID_LATER'], os.getpgid(0) == os.getpid(), os.nice(0))",
        "print(__name__, '__file__' in globals())",
        resources={"metadata": {"path": str(tmp_path)}},
    )
    nice = min(19, os.nice(0) + kernels.NICE)
    assert said == [str(tmp_path), f"yes True {nice}", "__main__ False"]
    assert run("import math; print(hasattr(math, 'found'))") == ["False"]
    assert "encryption" not in capfd.readouterr().err


# Costly results


def test_a_result_that_was_kept_by_half_is_computed_again(tmp_path, monkeypatch):
    monkeypatch.setenv(results.FOLDER, str(tmp_path))
    square = results.kept(lambda number: number * number)
    assert [square(2), square(3)] == [4, 9]
    for path in tmp_path.glob("*.pickle"):
        path.write_bytes(path.read_bytes()[:-1])
    assert [square(2), square(3)] == [4, 9]


def test_what_can_change_a_number_is_other_content_and_what_makes_pages_is_none(
    copy: Callable[[Path], Sandbox], imported, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    root = copy(EXAMPLE).root
    engine = Path(shutil.copytree(project.ENGINE, tmp_path / "tallybook"))
    imported(root)
    monkeypatch.setattr(project, "ENGINE", engine)
    paths = [root / "garden/rain.py"]
    paths += [engine / f"{name}.py" for name in ("data/__init__", "charts/theme", "report")]
    seen = [results.content_hash()]
    for path in paths:
        with path.open("a", encoding="utf-8") as file:
            file.write("# changed\n")
        seen.append(results.content_hash())
    assert len(set(seen)) == len(paths) + 1
    for path in (root / "index.md", engine / "sphinx" / "search.py"):
        with path.open("a", encoding="utf-8") as file:
            file.write("# changed\n")
    assert results.content_hash() == seen[-1]

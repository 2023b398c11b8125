"""A folder of the report may be a link to a folder elsewhere; what changes there is noticed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import BUILD, EXAMPLE, Room
from tallybook import files
from tallybook.builder import nothing_new


def test_an_edit_behind_a_link_is_noticed(copy: Callable[[Path], Room], tmp_path: Path):
    room = copy(EXAMPLE)
    (tmp_path / "elsewhere").mkdir()
    (room.root / "chapters").symlink_to(tmp_path / "elsewhere")
    (room.root / "rain.md").rename(tmp_path / "elsewhere" / "rain.md")
    room.edit("_toc.yml", "file: rain", "file: chapters/rain")
    room.edit("index.md", "](rain.md)", "](chapters/rain.md)")
    room.made(*BUILD)
    room.edit("chapters/rain.md", "# ", "# Once more: ")
    assert "Once more" in (room.made(*BUILD) / "chapters" / "rain.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("leads_to", ["..", "../..", "../other"])
def test_a_loop_of_links_is_named(tmp_path: Path, leads_to: str):
    """To the root, above it, and to a folder with a link that leads here."""
    root = tmp_path / "report"
    for name in ("chapters", "other"):
        (root / name).mkdir(parents=True)
    (root / "other" / "back").symlink_to("../chapters")
    assert len(list(files.own(root))) == 0
    (root / "chapters" / "again").symlink_to(leads_to)
    with pytest.raises(files.LoopError, match=r"(again|back): found a link that leads back to .*; expected no loop of links"):
        nothing_new.inputs(root)


def test_a_build_with_a_loop_of_links_says_so_in_one_line(copy: Callable[[Path], Room]):
    room = copy(EXAMPLE)
    os.symlink("..", room.root / "garden" / "up")
    done = room.run(*BUILD)
    line, last = done.stderr.strip().splitlines()
    assert done.returncode == 1 and line.startswith("garden/up: found a link that leads back to ")
    assert last == "The book was not built; there is no site yet."

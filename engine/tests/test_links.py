"""A folder of the report may be a link to another one in it; what changes there is noticed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import BUILD, EXAMPLE, Sandbox
from tallybook import files
from tallybook.builder.cache import reuse


def test_an_edit_behind_a_link_is_noticed(copy: Callable[[Path], Sandbox]):
    room = copy(EXAMPLE)
    (room.root / "elsewhere").mkdir()
    (room.root / "chapters").symlink_to("elsewhere")
    (room.root / "rain.md").rename(room.root / "elsewhere" / "rain.md")
    room.edit("_toc.yml", "file: rain", "file: chapters/rain")
    room.edit("index.md", "](rain.md)", "](chapters/rain.md)")
    room.made(*BUILD)
    room.edit("chapters/rain.md", "# ", "# Once more: ")
    assert "Once more" in (room.made(*BUILD) / "chapters" / "rain.html").read_text(encoding="utf-8")


def test_a_loop_of_links_is_named(tmp_path: Path):
    """To the root, above it, and to a folder with a link that leads here."""
    root = tmp_path / "report"
    for name in ("chapters", "other"):
        (root / name).mkdir(parents=True)
    (root / "other" / "back").symlink_to("../chapters")
    assert len(list(files.own(root))) == 0
    said = r"(again|back): found a link that leads back to .*; expected no loop of links"
    for leads_to in ("..", "../..", "../other"):
        (root / "chapters" / "again").symlink_to(leads_to)
        with pytest.raises(files.LoopError, match=said):
            reuse.inputs(root)
        (root / "chapters" / "again").unlink()


def test_a_link_that_leads_nowhere_is_a_fault_only_where_files_are_read(built: Sandbox):
    """Editors and installed packages leave such links; in the folders of tables and pages it is one
    that was forgotten."""
    room = built
    for folder in (".", "garden", "notes"):
        (room.root / folder).mkdir(exist_ok=True)
        (room.root / folder / "lost").symlink_to("nowhere")
    room.made(*BUILD)
    assert "Nothing has changed" in room.run(*BUILD).stdout
    (room.root / "data" / "lost.csv").symlink_to("nowhere")
    line, _ = room.run(*BUILD).stderr.strip().splitlines()
    assert line.startswith("data/lost.csv: ")

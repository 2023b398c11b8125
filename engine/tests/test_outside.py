"""Code of a report, and links in it, keep to the report: no file from elsewhere is published, the
published site stays as it was, and nothing runs for ever."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import BUILD, EXAMPLE, PLAIN, Sandbox, contents

STAYS = "The book was not built; the last good site stays in place."
CELL = "```{code-cell} ipython3\n%s\n```\n\n```{chart} rain-months"
# How a page names a file, and the ending of its name.
NAMED = {
    "include": ("```{include} %s\n```", "md"),
    "literalinclude": ("```{literalinclude} %s\n```", "py"),
    "download": ("{download}`this <%s>`", "zip"),
    "link": ("[this](%s)", "pdf"),
    "image": ("```{image} %s\n:alt: A picture.\n```", "png"),
    "figure": ("```{figure} %s\n:alt: A picture.\n\nA caption.\n```", "svg"),
    "table": ("```{csv-table} A table\n:file: %s\n```", "csv"),
    "raw": ("```{raw} html\n:file: %s\n```", "html"),
}


def test_no_link_brings_a_file_from_elsewhere_into_the_site(
    copy: Callable[[Path], Sandbox], tmp_path: Path
):
    room = copy(EXAMPLE)
    (room.root / "in").symlink_to(tmp_path)
    pieces = []
    for kind, (text, ending) in NAMED.items():
        (tmp_path / f"{kind}.{ending}").write_text("The secret.\n", encoding="utf-8")
        direct = f"{kind}-here.{ending}"
        (room.root / direct).symlink_to(tmp_path / f"{kind}.{ending}")
        # By a link to it, by a link to its folder, or by the way there.
        up = os.path.relpath(tmp_path, room.root)
        ways = (direct, f"in/{kind}.{ending}", f"{up}/{kind}.{ending}")
        pieces.append(text % ways[len(pieces) % 3])
    shutil.move(room.root / "rain.md", tmp_path / "rain.md")
    (room.root / "rain.md").symlink_to(tmp_path / "rain.md")
    room.edit("index.md", "## Numbers", "\n\n".join([*pieces, "## Numbers"]))
    done = room.run(*BUILD)
    assert done.returncode != 0
    for name in [f"{kind}.{ending}" for kind, (_, ending) in NAMED.items()] + ["rain.md"]:
        said = f"found the file {tmp_path / name}; expected one of the report"
        assert said in done.stderr, (name, done.stderr)
    assert "The secret" not in done.stderr and not room.site.exists()


HTML = "import pathlib; html = pathlib.Path('_build/html').resolve()"
STAGED = "next = pathlib.Path('_build/staging/_build/html'); next.mkdir(exist_ok=True)"
# What a cell does, what the message begins with, and what it says was found.
CELLS = {
    "deface the site": (
        f"{HTML}\n(html / 'rain.html').write_text('defaced')",
        "_build/html: found rain.html changed; expected code that leaves the published site alone",
    ),
    "remove all sites": (
        f"{HTML}\nimport shutil; shutil.rmtree(html.parent)",
        "_build/html: found no ",
    ),
    "put a file into the site that is made": (
        f"{HTML}; {STAGED}\n(next / 'planted.html').write_text('planted')",
        "html/planted.html: found a new file; expected",
    ),
}


@pytest.mark.parametrize("what", CELLS)
def test_a_cell_cannot_change_what_is_published(built: Sandbox, what: str):
    room, (code, said) = built, CELLS[what]
    before, target = contents(room.site), os.readlink(room.site)
    room.edit("rain.md", "```{chart} rain-months", CELL % code)
    done = room.run(*BUILD)
    assert done.returncode != 0 and said in done.stderr and STAYS in done.stderr, done.stderr
    assert contents(room.site) == before and os.readlink(room.site) == target


LOOP = "import time\n{0}while True:\n{0}    time.sleep(1)\n{0}"
ENDLESS = {
    "in a function": ("    rain = data", "    " + LOOP.format("    ") + "rain = data", BUILD),
    "in a plain build": ("MONTHS = ", LOOP.format("") + "MONTHS = ", PLAIN),
}


@pytest.mark.parametrize("where", ENDLESS)
def test_code_that_does_not_end_is_ended(built: Sandbox, where: str):
    old, new, command = ENDLESS[where]
    built.edit("_config.yml", "execute:", "execute:\n  timeout: 15")
    built.edit("garden/rain.py", old, new)
    done = built.run(*command)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    limit = "expected its end by then (the limit is execute.timeout in _config.yml)"
    assert f"found code that takes longer than 15 s; {limit}" in said, said
    assert "garden/rain.py:" in said
    if command == BUILD:
        assert len(done.stderr.strip().splitlines()) == 2, done.stderr

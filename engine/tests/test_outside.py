"""No file from elsewhere is published, and no cell changes the report or its site."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import BUILD, EXAMPLE, Sandbox, contents

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


def test_no_file_from_elsewhere_comes_into_the_site(
    copy: Callable[[Path], Sandbox], tmp_path: Path
):
    """By the way there, by a link to it or to its folder, or as a page, a table or code."""
    room, pieces = copy(EXAMPLE), []
    for kind, (text, ending) in NAMED.items():
        (tmp_path / f"{kind}.{ending}").write_text("The secret.\n", encoding="utf-8")
        pieces.append(text % os.path.relpath(tmp_path / f"{kind}.{ending}", room.root))
    room.edit("index.md", "## Numbers", "\n\n".join([*pieces, "## Numbers"]))
    done = room.run(*BUILD)
    for kind, (_, ending) in NAMED.items():
        said = f"found the file {tmp_path / kind}.{ending}; expected one of the report"
        assert done.returncode != 0 and said in done.stderr, (kind, done.stderr)
    links = ("in", "rain.md", "data/rain", "garden/pots.py", "_static/page.html")
    (room.root / "_static").mkdir()
    for serial, name in enumerate(links):
        if (room.root / name).exists():
            shutil.move(room.root / name, tmp_path / str(serial))
        (room.root / name).symlink_to(tmp_path / str(serial))
    (room.root / "here").symlink_to(".")
    theme = "html_theme: report"
    room.edit("_config.yml", theme, f"{theme}\n    html_extra_path: [{tmp_path}]")
    done = room.run(*BUILD)
    assert f"here: found a link to {room.root}; expected" in done.stderr
    assert f"_config.yml: found the file {tmp_path}; expected" in done.stderr
    for serial, name in enumerate(links):
        said = f"{name}: found a link to {tmp_path / str(serial)}; expected a file of the report"
        assert done.returncode != 0 and said in done.stderr, done.stderr
    assert "The secret" not in done.stderr and not room.site.exists()


@pytest.mark.parametrize(
    ("file", "found"),
    [("garden/rain.py", "it changed"), ("_build/staging/_build/html/planted.html", "a new file")],
)
def test_a_cell_cannot_change_what_numbers_are_made_from_nor_bring_files_into_the_site(
    copy: Callable[[Path], Sandbox], file: str, found: str
):
    room = copy(EXAMPLE)
    code = f"with open('{file}', 'a') as code:\n    code.write('# more')"
    cell = f"```{{code-cell}} ipython3\n{code}\n```\n\n```{{chart}} rain-months"
    room.edit("rain.md", "```{chart} rain-months", cell)
    done = room.run(*BUILD)
    said = f"{file}: found {found}; expected the folder of the report untouched"
    assert done.returncode != 0 and said in done.stderr, done.stderr


HTML = "import pathlib, shutil\nhtml = pathlib.Path('_build/html').resolve()"
HARM = {
    "a page is defaced": f"{HTML}\n(html / 'rain.html').write_text('defaced')",
    "a file is planted": f"{HTML}\n(html / 'planted.html').write_text('planted')",
    "a site is planted": f"{HTML}\nshutil.copytree(html, html.parent / '999999')",
    "all sites are removed": f"{HTML}\nshutil.rmtree(html.parent)",
}


@pytest.mark.parametrize("what", HARM)
def test_a_cell_cannot_change_what_is_published(built: Sandbox, what: str):
    before, target = contents(built.site), os.readlink(built.site)
    cell = f"```{{code-cell}} ipython3\n{HARM[what]}\n```\n\n```{{chart}} rain-months"
    built.edit("rain.md", "```{chart} rain-months", cell)
    said = "_build/html: found other files; expected code that leaves the published site alone"
    for _again in range(2):  # what was executed is not kept
        done = built.run(*BUILD)
        assert done.returncode != 0 and said in done.stderr, done.stderr
        assert contents(built.site) == before and os.readlink(built.site) == target
    assert [path.name for path in built.site.resolve().parent.iterdir()] == [target[-6:]]

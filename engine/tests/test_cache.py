"""What a build takes from the last one holds: nothing that a number, a chart or a page is made from
can change without it."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import BUILD, EXAMPLE, Sandbox, contents, read

ANEW = (*BUILD, "--anew")
NOTHING = "Nothing has changed since the last build."


@pytest.fixture(scope="module")
def room(copy: Callable[[Path], Sandbox]) -> Sandbox:
    """The example, built, with a helper beside its package and a file in another folder that a cell
    reads."""
    room = copy(EXAMPLE)
    (room.root / "gauge.py").write_text("FACTOR = 1\n", encoding="utf-8")
    (room.root / "notes").mkdir()
    (room.root / "notes/one.txt").write_text("The first note.\n", encoding="utf-8")
    from_engine = "from tallybook import data\n"
    room.edit("garden/rain.py", from_engine, f"import gauge\n{from_engine}")
    july = 'data.row(MONTHS, "2025-07")["rain"]'
    room.edit("garden/rain.py", july, f"gauge.FACTOR * {july}")
    reads = "```{code-cell} ipython3\nprint(open('notes/one.txt').read())\n```"
    room.edit("rain.md", "```{chart} rain-months", f"{reads}\n\n```{{chart}} rain-months")
    room.made(*BUILD)
    return room


def test_a_module_beside_the_package_and_a_file_that_a_cell_reads_change_the_page(room: Sandbox):
    """And nothing is taken from anywhere, if that is asked for."""
    room.edit("gauge.py", "= 1", "= 2")
    (room.root / "notes/one.txt").write_text("The second note.\n", encoding="utf-8")
    site = contents(room.made(*BUILD))
    assert b"189" in site["rain.html"] and b"The second note." in site["rain.html"]
    assert NOTHING in room.run(*BUILD).stdout
    # Whatever was put into a cache.
    store = room.root / "_build" / "staging" / "_build"
    for path in [path for path in store.rglob("*") if path.is_file()]:
        path.write_bytes(b"not what was kept")
    work, before = room.root / "_build", os.umask(0o077)
    (work / "trash-left" / "folder").mkdir(parents=True)  # by a build that was killed
    try:
        said = room.run(*ANEW).stdout
    finally:
        os.umask(before)
    assert contents(room.site) == site
    # All can be read; what was put away is deleted; and the build says what it does, with times.
    modes = {path.stat().st_mode & 0o777 for path in room.site.resolve().rglob("*")}
    assert modes == {0o644, 0o755}
    until = time.monotonic() + 60
    while list(work.glob("trash-*")) and time.monotonic() < until:
        time.sleep(0.05)
    assert not list(work.glob("trash-*"))
    lines = [re.fullmatch(r" *(\d+) s  (.+)", line) for line in said.splitlines()[:-1]]
    assert all(lines), said
    seconds, steps = zip(*(line.groups() for line in lines), strict=True)
    assert list(map(int, seconds)) == sorted(map(int, seconds)) and len(steps) == len(STEPS)
    assert all(any(re.fullmatch(one, step) for step in steps) for one in STEPS), steps


def test_what_no_key_covers_is_not_read(copy: Callable[[Path], Sandbox]):
    """By a cell or by the package: else it could change, and its number stay."""
    room = copy(EXAMPLE)
    (room.root / "own/pyproject.toml").parent.mkdir()
    for name in ("notes.md", ".hidden", "rain.log", "own/pyproject.toml", "own/more.txt"):
        (room.root / name).write_text("1", encoding="utf-8")
    for name in ("notes.md", ".hidden", "own/more.txt"):
        cell = f"```{{code-cell}} ipython3\nprint(open('{name}').read())\n```"
        room.edit("rain.md", "```{chart} rain-months", f"{cell}\n\n```{{chart}} rain-months")
        assert f"{name}: found code that reads it; expected" in room.run(*BUILD).stderr
        room.edit("rain.md", f"{cell}\n\n", "")
    code = "from pathlib import Path\nPath(__file__, '../../rain.log').resolve().read_text()\n"
    room.edit(
        "garden/rain.py", "from tallybook import data\n", f"from tallybook import data\n{code}"
    )
    assert "rain.log: found code that reads it; expected" in room.run(*BUILD).stderr


STEPS = (
    "executing rain",
    r"\d+ tables: as described",
    r"report: \d+ numbers, \d+ verdicts",
    r"chapter rain: executed in \d+ s",
    "2 pages: read",
    "pages: written",
    "records, downloads and search: written",
)


THEME = "html_theme: report"
OLD, NEW, TERMS = (f"https://{name}.example/" for name in ("garden", "other", "terms"))
# Changes of _config.yml, and what then stands in a page.
SETTINGS = {
    NEW: (OLD, NEW),
    "Drought and": ("title: Rain and", "title: Drought and"),
    "Plate 1": (THEME, f"{THEME}\n    numfig_format: {{figure: 'Plate %s'}}"),  # of Sphinx's
    TERMS: (THEME, f"{THEME}\n    report_content_licence: {TERMS}"),
    "By the bean": (THEME, f"{THEME}\n    html_theme_options: {{licence: By the bean}}"),
    'lang="en-GB"': (THEME, f"{THEME}\n    language: en_GB"),
}


def test_a_setting_that_changes_is_seen_on_every_page(room: Sandbox):
    for setting in SETTINGS.values():
        room.edit("_config.yml", *setting)
    site = contents(room.made(*BUILD))
    assert [shown for shown in SETTINGS if shown.encode() not in site["rain.html"]] == []
    assert [name for name, content in site.items() if OLD.encode() in content] == []
    assert {"_sources/index.md", "_sources/rain.md"} <= {name.removesuffix(".txt") for name in site}


def test_a_cell_sees_what_its_page_asks_for_and_nothing_else_of_the_environment(room: Sandbox):
    """And a build notices when that changes."""
    shows = "import os\nprint('mm by', os.environ.get('GAUGE'), os.environ.get('OTHER'))"
    room.edit("rain.md", "```{chart}", f"```{{code-cell}} ipython3\n{shows}\n```\n\n```{{chart}}")
    for asked, gauge, said in (
        ("", "1", "mm by None None"),
        ("environment: [GAUGE]\n", "1", "mm by 1 None"),
        ("environment: [GAUGE]\n", "2", "mm by 2 None"),
    ):
        if asked not in read(room.root / "rain.md"):
            room.edit("rain.md", "file_format: mystnb\n", f"file_format: mystnb\n{asked}")
        other = Sandbox(room.root, room.alone | {"GAUGE": gauge, "OTHER": "3"})
        assert said in read(other.made(*BUILD) / "rain.html")
    room.edit("rain.md", "[GAUGE]", "GAUGE")
    done = room.run(*BUILD)
    said = "rain.md, environment: found 'GAUGE'; expected names of environment variables, as [NAME]"
    assert done.returncode == 1 and said in done.stderr

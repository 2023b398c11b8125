"""What a build takes from the last one holds: nothing that a number, a chart or a page is made from
can change without it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import BUILD, EXAMPLE, SEAL, Sandbox, contents

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
    room.edit("gauge.py", "= 1", "= 2")
    (room.root / "notes/one.txt").write_text("The second note.\n", encoding="utf-8")
    site = contents(room.made(*BUILD))
    assert b"189" in site["rain.html"] and b"The second note." in site["rain.html"]
    assert NOTHING in room.run(*BUILD).stdout
    # Whatever was put into a cache.
    store = room.root / "_build" / "staging" / "_build"
    for path in [path for path in store.rglob("*") if path.is_file()]:
        path.write_bytes(b"not what was kept")
    assert contents(room.made(*ANEW)) == site


THEME = "html_theme: report"
OLD, NEW, TERMS = (f"https://{name}.example/" for name in ("garden", "other", "terms"))
# Changes of _config.yml, and what then stands in a page.
SETTINGS = {
    NEW: (OLD, NEW),
    "Drought and": ("title: Rain and", "title: Drought and"),
    "Plate 1": (THEME, f"{THEME}\n    numfig_format: {{figure: 'Plate %s'}}"),  # of Sphinx's
    TERMS: (THEME, f"{THEME}\n    report_content_licence: {TERMS}"),
}


def more(file: str, text: str) -> Callable[[Sandbox], None]:
    """Text at the end of a file."""

    def change(room: Sandbox) -> None:
        with (room.root / file).open("a", encoding="utf-8") as page:
            page.write(text)

    return change


def edit(file: str, old: str, new: str) -> Callable[[Sandbox], None]:
    return lambda room: room.edit(file, old, new)


NO_NUMBERS = "def numbers():\n    return []\n\n\ndef judgements(claims, registry):\n    return []\n"
# Changes that follow each other, each built beside the last site.
EDITS: dict[str, Callable[[Sandbox], object]] = {
    "words": lambda room: (
        more("rain.md", "\nA sentence with {num}`rain.beans`, which is new {cite:p}`diary2025`.\n")(
            room
        ),
        edit("rain.md", "Rain by month, in mm.", "Each month has its rain.")(room),
        edit("index.md", "{num}`rain.beans` kg", "some kg")(room),
    ),
    # What a chapter asks and answers is shown elsewhere too.
    "a title and an answer": lambda room: (
        edit("rain.md", "# How much did it rain?", "# And how much did it rain?")(room),
        edit("rain.md", "It rained", "It did rain: it rained")(room),
    ),
    "a page that comes": lambda room: (
        more("extra.md", "# One more\n\nIt prints {num}`rain.total`.\n")(room),
        more("garden/extra.py", NO_NUMBERS)(room),
        more("_toc.yml", "  - file: extra\n")(room),
    ),
    "a page that goes": lambda room: (
        edit("_toc.yml", "  - file: extra\n", "")(room),
        (room.root / "extra.md").unlink(),
        (room.root / "garden/extra.py").unlink(),
    ),
    "a label": edit("garden/rain.py", "Rain of the year", "All rain of the year"),
    "a cell": lambda room: (
        edit("data/rain/months.csv", "2025-01,58.5", "2025-01,59.5")(room),
        room.run(*SEAL),
    ),
    "a version": edit("CITATION.cff", "version: 1.0.0", "version: 1.1.0"),
}


def test_what_is_built_beside_the_last_site_is_what_a_clean_build_makes(room: Sandbox):
    for setting in SETTINGS.values():
        room.edit("_config.yml", *setting)
    site = contents(room.made(*BUILD))
    assert [shown for shown in SETTINGS if shown.encode() not in site["rain.html"]] == []
    assert [name for name, content in site.items() if OLD.encode() in content] == []
    for change in EDITS.values():
        before = site
        change(room)
        site = contents(room.made(*BUILD))
        assert site != before
    assert {"_sources/index.md", "_sources/rain.md"} <= {name.removesuffix(".txt") for name in site}
    # As it is made where nothing is kept.
    (room.root / "_build").rename(room.root.parent / "before")
    assert contents(room.made(*BUILD)) == site

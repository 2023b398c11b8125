"""What a build takes from the last one holds: nothing that a number, a chart or a page is made from
can change without it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import BUILD, EXAMPLE, SEAL, Sandbox, contents, read

ANEW = (*BUILD, "--anew")
NOTHING = "Nothing has changed since the last build."


@pytest.fixture(scope="module")
def room(copy: Callable[[Path], Sandbox]) -> Sandbox:
    """The example with a helper beside its package, and a file that a cell reads; built."""
    room = copy(EXAMPLE)
    (room.root / "gauge.py").write_text("FACTOR = 1\n", encoding="utf-8")
    (room.root / "notes.txt").write_text("The first note.\n", encoding="utf-8")
    from_engine = "from tallybook import data\n"
    room.edit("garden/rain.py", from_engine, f"import gauge\n{from_engine}")
    july = 'data.row(MONTHS, "2025-07")["rain"]'
    room.edit("garden/rain.py", july, f"gauge.FACTOR * {july}")
    reads = "```{code-cell} ipython3\nprint(open('notes.txt').read())\n```"
    room.edit("rain.md", "```{chart} rain-months", f"{reads}\n\n```{{chart}} rain-months")
    room.made(*BUILD)
    return room


def clean(room: Sandbox) -> dict[str, bytes]:
    """The site as it is made where nothing is kept."""
    (room.root / "_build").rename(room.root.parent / uuid.uuid4().hex)
    return contents(room.made(*BUILD))


@pytest.mark.parametrize("command", [BUILD, ANEW], ids=["build", "anew"])
def test_a_module_beside_the_package_changes_the_number(room: Sandbox, command: tuple[str, ...]):
    assert NOTHING in room.run(*BUILD).stdout
    factor = int(read(room.root / "gauge.py").split()[-1])
    room.edit("gauge.py", f"= {factor}", f"= {factor + 1}")
    site = contents(room.made(*command))
    assert f"{94.5 * (factor + 1):g}".encode() in site["rain.html"]
    assert site == clean(room)


def test_a_file_that_a_cell_reads_changes_the_page(room: Sandbox):
    (room.root / "notes.txt").write_text("The second note.\n", encoding="utf-8")
    assert "The second note." in read(room.made(*BUILD) / "rain.html")
    assert NOTHING in room.run(*BUILD).stdout


def test_anew_takes_nothing_from_any_cache(room: Sandbox):
    """Whatever was put there: a drawing, a chapter, a page that was read."""
    store = room.root / "_build" / "staging" / "_build"
    kept = [path for path in store.rglob("*") if path.is_file()]
    for path in kept:
        path.write_bytes(b"not what was kept")
    assert len(kept) > 10 and contents(room.made(*ANEW)) == clean(room)


# Changes of _config.yml, and what then stands in a page.
THEME = "html_theme: report"
SETTINGS = {
    "the address": {"https://garden.example/": "https://other.example/"},
    "the title": {"title: Rain and": "title: Drought and"},
    "of Sphinx's": {THEME: f"{THEME}\n    numfig_format: {{figure: 'Plate %s'}}"},
    "of ours": {THEME: f"{THEME}\n    report_content_licence: https://terms.example/"},
}


@pytest.mark.parametrize("what", SETTINGS)
def test_a_setting_that_pages_show_reaches_all_that_shows_it(room: Sandbox, what: str):
    for old, new in SETTINGS[what].items():
        room.edit("_config.yml", old, new)
    said = room.run(*BUILD).stdout
    assert "The book is built" in said, said
    site = contents(room.site)
    told = ["https://other.example/", "Drought and", "Plate 1", "https://terms.example/"]
    assert told[list(SETTINGS).index(what)].encode() in site["rain.html"]
    assert site == clean(room)


def more(file: str, text: str) -> Callable[[Sandbox], None]:
    """Text at the end of a file."""

    def change(room: Sandbox) -> None:
        with (room.root / file).open("a", encoding="utf-8") as page:
            page.write(text)

    return change


def edit(file: str, old: str, new: str) -> Callable[[Sandbox], None]:
    return lambda room: room.edit(file, old, new)


NO_NUMBERS = "def numbers():\n    return []\n\n\ndef judgements(claims, registry):\n    return []\n"
# Kinds of change that follow each other, each built beside the last site.
EDITS = {
    "words": (
        more("rain.md", "\nA sentence with {num}`rain.beans`, which is new {cite:p}`diary2025`.\n"),
        edit("rain.md", "Rain by month, in mm.", "Each month has its rain."),
        edit("rain.md", "# How much did it rain?", "# And how much did it rain?"),
        edit("index.md", "{num}`rain.beans` kg", "some kg"),
        # What a chapter answers is shown elsewhere too.
        edit("rain.md", "It rained", "It did rain: it rained"),
    ),
    "pages that come and go": (
        lambda room: (
            more("extra.md", "# One more\n\nIt prints {num}`rain.total`.\n")(room),
            more("garden/extra.py", NO_NUMBERS)(room),
            more("_toc.yml", "  - file: extra\n")(room),
        ),
        lambda room: (
            edit("_toc.yml", "  - file: extra\n", "")(room),
            (room.root / "extra.md").unlink(),
            (room.root / "garden/extra.py").unlink(),
        ),
    ),
    "numbers": (
        edit("garden/rain.py", "Rain of the year", "All rain of the year"),
        lambda room: (
            edit("data/rain/months.csv", "2025-01,58.5", "2025-01,59.5")(room),
            room.run(*SEAL),
        ),
        edit("CITATION.cff", "version: 1.0.0", "version: 1.1.0"),
    ),
}


@pytest.mark.parametrize("kind", EDITS)
def test_what_is_built_beside_the_last_site_is_what_a_clean_build_makes(room: Sandbox, kind: str):
    for change in EDITS[kind]:
        before = contents(room.site)
        change(room)
        site = contents(room.made(*BUILD))
        assert site != before
    assert {"_sources/index.md", "_sources/rain.md"} <= {name.removesuffix(".txt") for name in site}
    assert site == clean(room)

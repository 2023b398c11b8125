"""What a failed build says: one message for each fault, with its place, found apart from all that
the log holds."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from rooms import BUILD, CHECK, EXAMPLE, SEAL, Sandbox, read
from sphinx.errors import ExtensionError
from tallybook import clock, report, source_check
from tallybook.builder.process import command, faults, publish
from tallybook.data import validation
from tallybook.model.numbers import Number, NumberError
from tallybook.sphinx import extension, unknown_ids

CODE, PAGE, TABLE = "garden/rain.py", "rain.md", "data/rain/months.csv"


def line(file: str, text: str = "") -> int:
    """The first line of a file of the example that holds a text; without one, its last line."""
    lines = read(EXAMPLE / file).splitlines()
    return next((at for at, said in enumerate(lines, 1) if text and text in said), len(lines))


# A text that is made while other steps are told, as happens when another thread is at work.
BUSY = """
from sphinx.errors import SphinxError
from tallybook.builder.process import progress


class HarmError(SphinxError):
    def __str__(self):
        progress.step("another step")
        return "found harm\\nand more harm; expected none"


def harm(app, env):
    raise HarmError


def setup(app):
    app.connect("env-updated", harm)
"""
LOST = """
def harm(app, exception):
    {}["lost"]


def setup(app):
    app.connect("build-finished", harm)
"""


def with_extension(code: str) -> Callable[[Sandbox], None]:
    def spoil(room: Sandbox) -> None:
        (room.root / "harm.py").write_text(code, encoding="utf-8")
        room.edit("_config.yml", "tallybook]", "tallybook, harm]")

    return spoil


def unknown(room: Sandbox) -> None:
    uses = "".join(f"\nA {{num}}`rain.unknown-{place}`.\n" for place in range(300))
    with (room.root / PAGE).open("a", encoding="utf-8") as page:
        page.write(uses)


def unimportable(room: Sandbox) -> None:
    room.edit("garden/__init__.py", "provider = ", "lost = {}['lost']\nprovider = ")


# What is spoiled; the message as it begins and ends, and the number of its lines.
BUILT = {
    "a configuration that is no YAML": (
        lambda room: room.edit("_config.yml", "author:", "author: ["),
        ("_config.yml, line 3, column 21: found no YAML (", "as keys and values", 1),
    ),
    "a syntax error": (
        lambda room: room.edit(CODE, "def beans()", "def beans("),
        (
            f"{CODE}:{line(CODE, 'def beans')}: found 'def beans( -> float:' (invalid syntax)",
            "; expected Python",
            1,
        ),
    ),
    "modules that are not there": (
        lambda room: room.edit(CODE, "READING", "import nopandas\nimport garden.nope\n\nREADING"),
        (
            f"{CODE}:{line(CODE, 'READING')}: found the import of 'nopandas'; expected a",
            "expected a module of garden",
            2,
        ),
    ),
    "an error where the code is imported": (
        unimportable,
        ("garden/__init__.py:9: KeyError: 'lost'", "'lost'", 1),
    ),
    "many unknown numbers": (
        unknown,
        (
            f"{PAGE}:{line(PAGE) + 2}: number 'rain.unknown-0' is used",
            "and 290 more numbers that are used but not defined",
            11,
        ),
    ),
    "a link to no number": (
        lambda room: room.edit(PAGE, "{num}`rain.wettest`", "{report:number}`rain.nope`"),
        (
            "rain.md:9:number 'rain.nope' is linked but not there",
            "expected a number of the report",
            1,
        ),
    ),
    "a step that is told within a message": (
        with_extension(BUSY),
        ("found harm", "and more harm; expected none", 2),
    ),
    "an error in a handler of an event": (
        with_extension(LOST),
        ("harm.py:3: KeyError: 'lost'", "'lost'", 1),
    ),
}


# What is wrong with the code is told before the tables are checked or a chapter is executed again.
EARLY = ("a syntax error", "modules that are not there", "an error where the code is imported")


@pytest.mark.parametrize("fault", BUILT)
def test_a_build_says_all_that_is_wrong_and_nothing_else(built: Sandbox, fault: str):
    spoil, (begins, ends, count) = BUILT[fault]
    room = built
    spoil(room)
    done = room.run(*BUILD)
    assert fault not in EARLY or not re.search("executing|as described", done.stdout)
    *lines, last = done.stderr.strip().splitlines()
    assert done.returncode == 1 and last.startswith("The book was not built")
    assert lines[0].startswith(begins) and lines[-1].endswith(ends) and len(lines) == count, (
        done.stderr
    )
    log = (room.root / "_build" / "build.log").read_text(encoding="utf-8")
    assert log.endswith(
        "\n".join(["", *lines, ""])
    )  # whoever reads the log alone finds it at the end


def test_a_number_that_is_not_defined_is_known_before_its_chapter_is_executed():
    text = """
A {num}`rain.one`, a
{num}`rain.two|low`.

```{note}
A note on {num}`rain.three`.
```

| a | b |
|---|---|
| 1 | {num}`rain.four` |

```{code-cell}
"{num}`rain.no`"
```

No use: `` {num}`rain.no` ``.
"""
    parser = create_md_parser(MdParserConfig(), RendererHTML)
    assert unknown_ids.uses(parser, text) == [
        (2, "rain.one"),
        (3, "rain.two"),
        (6, "rain.three"),
        (11, "rain.four"),
    ]


def test_all_code_of_a_report_is_looked_at_and_what_may_be_missing_is_not(tmp_path: Path):
    (tmp_path / "garden").mkdir()
    (tmp_path / "garden/rain.py").write_text(
        "import os.path, garden.sun\nfrom . import wind\ntry:\n    import nopandas\nexcept"
        " ImportError:\n    pass\n"
    )
    (tmp_path / "garden/sun.py").write_text("from garden import rain\n")
    source_check.check(tmp_path, "garden")
    (tmp_path / "garden/sun.py").write_bytes(b"a = '\xff'\n")
    with pytest.raises(source_check.CodeError, match=r"^garden/sun\.py:.*; expected Python$"):
        source_check.check(tmp_path, "garden")


def test_a_day_that_is_no_number_is_named(copy: Callable[[Path], Sandbox]):
    room = copy(EXAMPLE)
    for found in ("soon", "1e9", "9" * 20):
        done = replace(room, alone={**room.alone, clock.VARIABLE: found}).run(*BUILD)
        wanted = (
            f"the environment variable SOURCE_DATE_EPOCH: found '{found}'; expected seconds since"
            " 1970 as a whole number"
        )
        assert done.returncode == 1 and done.stderr.startswith(wanted), done.stderr


def test_a_build_does_not_depend_on_how_python_is_run(
    garden: Sandbox, copy: Callable[[Path], Sandbox]
):
    room = copy(EXAMPLE)
    site = replace(
        room, alone={**room.alone, "PYTHONOPTIMIZE": "2", "PYTHONWARNINGS": "error"}
    ).made(*BUILD)
    names = ["numbers.json", "rain.html"]
    assert [(site / name).read_bytes() for name in names] == [
        (garden.site / name).read_bytes() for name in names
    ]


@pytest.mark.parametrize("arguments", [["--help"], ["nothing"]])
def test_the_commands_explain_themselves_without_docstrings(
    copy: Callable[[Path], Sandbox], arguments: list[str]
):
    room = copy(EXAMPLE)
    done = replace(room, alone={**room.alone, "PYTHONOPTIMIZE": "2"}).run(*BUILD[:3], *arguments)
    assert "python -m tallybook seal" in done.stderr and "Traceback" not in done.stderr


TABLES = {
    "empty": (b"", "found an empty file; expected a header and at least one row"),
    "header": (
        b"month,rain,beans,source_key\n",
        "found no row below the header; expected at least one",
    ),
    "no UTF-8": (
        b"month,rain,beans,source_key\n2025-01,1,1,diary\xff\n",
        "found the byte 0xff; expected text in UTF-8",
    ),
}


@pytest.mark.parametrize("what", TABLES)
def test_a_table_without_text_or_rows_is_refused_by_seal_as_by_check(
    copy: Callable[[Path], Sandbox], what: str
):
    content, said = TABLES[what]
    room = copy(EXAMPLE)
    (room.root / TABLE).write_bytes(content)
    described = (room.root / "data/datapackage.json").read_bytes()
    for tried in (SEAL, CHECK):
        done = room.run(*tried)
        assert (
            done.returncode == 1
            and done.stderr.startswith(f"{TABLE}, row ")
            and said in done.stderr
        ), done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert (room.root / "data/datapackage.json").read_bytes() == described


CONSTRAINTS = {
    "a number in every row": ({"required": True}, ""),
    "a number in every row, of at least 0, of at most 100": (
        {"required": True, "minimum": 0, "maximum": 100},
        "101",
    ),
    "a number out of 1, 2": ({"enum": [1, 2]}, "3"),
}


@pytest.mark.parametrize("expected", CONSTRAINTS)
def test_a_constraint_is_said_in_words(tmp_path: Path, expected: str):
    constraints, cell = CONSTRAINTS[expected]
    fields = [
        {"name": "key", "type": "string"},
        {"name": "value", "type": "number", "constraints": constraints},
    ]
    table = {
        "name": "one",
        "type": "table",
        "path": "one.csv",
        "hash": "",
        "schema": {"fields": fields},
    }
    (found,) = validation.faults(table, [], tmp_path, f"key,value\na,{cell}\n".encode())
    assert (
        found
        == f", row 2, column value: found {repr(cell) if cell else 'nothing'}; expected {expected}"
    )


SOUND = Number("rain.total", 1.0, "mm", "Rain", "summed", ("rain/months",))
GIVEN = {
    "None; expected a list of numbers, each made by number(...) or Number": None,
    "None in the list; expected a list of numbers, each made by number(...) or Number": [
        SOUND,
        None,
    ],
    "1.0 in the list; expected a list of numbers, each made by number(...) or Number": [1.0],
    "the number 'sun.total'; expected an id that begins with 'rain.'": [
        replace(SOUND, id="sun.total")
    ],
}


@pytest.mark.parametrize("said", GIVEN)
def test_what_a_chapter_gives_instead_of_its_numbers_is_told_with_its_file(said: str):
    chapter = ModuleType("garden.rain")
    chapter.numbers = lambda: GIVEN[said]  # type: ignore[attr-defined]
    with pytest.raises(NumberError) as caught:
        list(report._own(chapter))
    assert str(caught.value) == f"garden/rain.py, numbers(): found {said}"


def test_an_input_that_cannot_be_read_is_not_told_to_be_written(copy: Callable[[Path], Sandbox]):
    room = copy(EXAMPLE)
    (room.root / TABLE).unlink()
    (room.root / TABLE).symlink_to("months.csv")
    line, _ = room.run(*BUILD).stderr.strip().splitlines()
    assert line.startswith(f"{TABLE}: ") and "expected to write" not in line
    there = OSError(errno.EROFS, "Read-only file system", str(room.root / "_build/build.lock"))
    assert "_build/build.lock: Read-only file system; expected to write there" in faults.of_files(
        there, room.root
    )


def test_a_full_disk_is_told_whoever_found_it(tmp_path: Path):
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "somewhere.html")
    for error in (
        full,
        ExtensionError("Handler <function wait at 0x7f> failed", full),
        RuntimeError(f"a cell: {full}"),
    ):
        assert faults.explain(error, tmp_path) == faults.disk_is_full()
    behind = RuntimeError("clear the cache")
    behind.__context__ = full
    assert faults.explain(behind, tmp_path) == faults.disk_is_full()
    assert "full disk (No space left on device)" in faults.disk_is_full()


def test_a_message_has_a_channel_of_its_own():
    channel = faults.Channel()
    assert channel.message() == ""
    channel = faults.Channel()
    faults.tell(channel.into, "ä" * faults.LONGEST)
    assert set(channel.message()[:-1]) == {"ä"}


def test_the_log_ends_with_what_went_wrong(tmp_path: Path):
    assert command.keep_log(tmp_path, "all\n", "found harm")
    assert (tmp_path / "build.log").read_text(encoding="utf-8") == "all\n\nfound harm\n"


def test_a_path_that_is_too_long_for_the_database_is_told_at_once():
    root = Path("/", *["d" * 100] * 4)
    extension.check_length(root, root / "_build/.jupyter_cache/global.db")
    with pytest.raises(
        ExtensionError,
        match=r"^found a path of 808 bytes to the folder of the report; expected at most 4\d\d,",
    ):
        extension.check_length(
            root / root.relative_to("/"),
            root / root.relative_to("/") / "_build/.jupyter_cache/global.db",
        )


def test_a_site_is_published_on_another_disk(tmp_path: Path):
    memory = Path("/dev/shm")
    if (
        not memory.is_dir()
        or not os.access(memory, os.W_OK)
        or memory.stat().st_dev == tmp_path.stat().st_dev
    ):
        pytest.skip("no second disk here")
    sites = memory / f"tallybook-{os.getpid()}"
    sites.mkdir()
    try:
        (tmp_path / "sites").symlink_to(sites)
        (tmp_path / "made").mkdir()
        (tmp_path / "made/index.html").write_text("new", encoding="utf-8")
        link = publish.publish(tmp_path / "made", tmp_path)
        assert (link / "index.html").read_text(encoding="utf-8") == "new" and not (
            tmp_path / "made"
        ).exists()
    finally:
        shutil.rmtree(sites)


READS = 'return data.row(MONTHS, "2025-07")["rain"]'
ENDS = {
    "an exit in a number": (
        CODE,
        READS,
        "quit()",
        f"{CODE}:{line(CODE, READS)}: found SystemExit(None); expected code that leaves the end",
    ),
    "an interrupt in a number": (
        CODE,
        READS,
        "raise KeyboardInterrupt",
        f"{CODE}:{line(CODE, READS)}: found KeyboardInterrupt(); expected code",
    ),
    "an exit at import": (
        "garden/__init__.py",
        "from pathlib",
        "raise SystemExit(0)\nfrom pathlib",
        "garden/__init__.py:3: found",
    ),
    "an end without a word": (
        CODE,
        READS,
        "import os; os._exit(0)",
        "found an end of Python before the site was whole; expected",
    ),
}


@pytest.mark.parametrize("what", ENDS)
def test_code_that_ends_python_publishes_nothing(built: Sandbox, what: str):
    """With exit code 0 it would be an empty site."""
    room, (file, old, new, said) = built, ENDS[what]
    before = room.site.resolve()
    room.edit(file, old, new)
    done = room.run(*BUILD)
    line, last = done.stderr.strip().splitlines()
    assert (
        done.returncode == 1
        and line.startswith(said)
        and "the last good site stays in place" in last
    ), done.stderr
    assert room.site.resolve() == before and (before / "index.html").is_file()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this machine")
def test_a_named_pipe_in_the_report_is_named_and_not_read(copy: Callable[[Path], Sandbox]):
    room = copy(EXAMPLE)
    os.mkfifo(room.root / "garden" / "pipe")
    done = room.run(*BUILD)
    assert done.returncode == 1 and done.stderr.startswith(
        "garden/pipe: it is neither a file nor a folder; expected "
    ), done.stderr


def test_a_folder_without_a_report_is_left_as_it_is(
    copy: Callable[[Path], Sandbox], tmp_path: Path
):
    done = copy(EXAMPLE).run(*BUILD, "--root", str(tmp_path))
    assert done.returncode == 1 and done.stderr.startswith(
        f"_config.yml: file not found in {tmp_path}; expected"
    ), done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", [(*BUILD,), CHECK], ids=["build", "check"])
def test_a_module_named_like_one_of_python_is_named(
    copy: Callable[[Path], Sandbox], command: tuple[str, ...]
):
    room = copy(EXAMPLE)
    (room.root / "json.py").write_text("loads = None\n", encoding="utf-8")
    done = room.run(*command)
    said = "json.py: found a module with the name of one of Python's own; expected another name"
    assert done.returncode == 1 and done.stderr.splitlines()[0] == said, done.stderr

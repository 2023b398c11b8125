"""What a failed build says: one message for each fault, with its place, found apart from all that
the log holds."""

from __future__ import annotations

import errno
import os
import pickle
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from rooms import BUILD, CHECK, EXAMPLE, SEAL, Sandbox, read
from sphinx.errors import ExtensionError
from tallybook import clock, report, source_check
from tallybook.builder.process import command, faults, publish
from tallybook.data import validation
from tallybook.model.numbers import Number, NumberError
from tallybook.sphinx import extension

INIT, CODE, PAGE = "garden/__init__.py", "garden/rain.py", "rain.md"
TABLE = "data/rain/months.csv"


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


UNDEFINED = "and 290 more numbers that are used but not defined"
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
            "a module of garden",
            2,
        ),
    ),
    "an error where the code is imported": (
        lambda room: room.edit(INIT, "provider = ", "lost = {}['lost']\nprovider = "),
        (f"{INIT}:9: KeyError: 'lost'", "'lost'", 1),
    ),
    "many unknown numbers": (
        unknown,
        (f"{PAGE}:{line(PAGE) + 2}: number 'rain.unknown-0' is used", UNDEFINED, 11),
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
    # Whoever reads the log alone finds it at the end.
    log = (room.root / "_build" / "build.log").read_text(encoding="utf-8")
    assert log.endswith("\n".join(["", *lines, ""]))


def test_all_code_of_a_report_is_looked_at_and_what_may_be_missing_is_not(tmp_path: Path):
    (tmp_path / "garden").mkdir()
    tried = "try:\n    import nopandas\nexcept ImportError:\n    pass\n"
    (tmp_path / CODE).write_text(f"import os.path, garden.sun\nfrom . import wind\n{tried}")
    (tmp_path / "garden/sun.py").write_text("from garden import rain\n")
    source_check.check(tmp_path, "garden")
    (tmp_path / "garden/sun.py").write_bytes(b"a = '\xff'\n")
    with pytest.raises(source_check.CodeError, match=r"^garden/sun\.py:.*; expected Python$"):
        source_check.check(tmp_path, "garden")


def test_a_day_that_is_no_number_is_named(copy: Callable[[Path], Sandbox]):
    room = copy(EXAMPLE)
    for found in ("soon", "1e9", "9" * 20):
        done = replace(room, alone={**room.alone, clock.VARIABLE: found}).run(*BUILD)
        wanted = f"{clock.VARIABLE}: found '{found}'; expected seconds since 1970 as a whole number"
        wanted = f"the environment variable {wanted}"
        assert done.returncode == 1 and done.stderr.startswith(wanted), done.stderr


def test_a_build_does_not_depend_on_how_python_is_run(
    garden: Sandbox, copy: Callable[[Path], Sandbox]
):
    room = copy(EXAMPLE)
    strict = {"PYTHONOPTIMIZE": "2", "PYTHONWARNINGS": "error"}
    site = replace(room, alone={**room.alone, **strict}).made(*BUILD)
    for name in ("numbers.json", "rain.html"):
        assert (site / name).read_bytes() == (garden.site / name).read_bytes()


@pytest.mark.parametrize("arguments", [["--help"], ["nothing"]])
def test_the_commands_explain_themselves_without_docstrings(
    copy: Callable[[Path], Sandbox], arguments: list[str]
):
    room = copy(EXAMPLE)
    done = replace(room, alone={**room.alone, "PYTHONOPTIMIZE": "2"}).run(*BUILD[:3], *arguments)
    assert "python -m tallybook seal" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert (done.returncode == 0) == (arguments == ["--help"])


HEADER = b"month,rain,beans,source_key\n"
FOREIGN = HEADER + b"2025-01,1,1,diary\xff\n"
TABLES = {
    "empty": (b"", "found an empty file; expected a header and at least one row"),
    "header": (HEADER, "found no row below the header; expected at least one"),
    "no UTF-8": (FOREIGN, "found the byte 0xff; expected text in UTF-8"),
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
        (line,) = done.stderr.splitlines()
        assert done.returncode == 1 and line.startswith(f"{TABLE}, row ") and said in line, line
    assert (room.root / "data/datapackage.json").read_bytes() == described


PERCENT = {"required": True, "minimum": 0, "maximum": 100}
CONSTRAINTS = {
    "a number in every row": ({"required": True}, ""),
    "a number in every row, of at least 0, of at most 100": (PERCENT, "101"),
    "a number out of 1, 2": ({"enum": [1, 2]}, "3"),
}


@pytest.mark.parametrize("expected", CONSTRAINTS)
def test_a_constraint_is_said_in_words(tmp_path: Path, expected: str):
    constraints, cell = CONSTRAINTS[expected]
    value = {"name": "value", "type": "number", "constraints": constraints}
    schema = {"fields": [{"name": "key", "type": "string"}, value]}
    table = {"name": "one", "type": "table", "path": "one.csv", "hash": "", "schema": schema}
    (fault,) = validation.faults(table, [], tmp_path, f"key,value\na,{cell}\n".encode())
    found = repr(cell) if cell else "nothing"
    assert fault == f", row 2, column value: found {found}; expected {expected}"


SOUND = Number("rain.total", 1.0, "mm", "Rain", "summed", ("rain/months",))
ELSEWHERE = replace(SOUND, id="sun.total")
A_LIST = "expected a list of numbers, each made by number(...) or Number"
GIVEN = {
    f"None; {A_LIST}": None,
    f"None in the list; {A_LIST}": [SOUND, None],
    f"1.0 in the list; {A_LIST}": [1.0],
    "the number 'sun.total'; expected an id that begins with 'rain.'": [ELSEWHERE],
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
    said = "_build/build.lock: Read-only file system; expected to write there"
    assert said in faults.of_files(there, room.root)


def test_a_full_disk_is_told_whoever_found_it(tmp_path: Path):
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "somewhere.html")
    passed_on = ExtensionError("Handler <function wait at 0x7f> failed", full)
    for error in (full, passed_on, RuntimeError(f"a cell: {full}")):
        assert faults.explain(error, tmp_path) == faults.disk_is_full()
    behind = RuntimeError("clear the cache")
    behind.__context__ = full
    assert faults.explain(behind, tmp_path) == faults.disk_is_full()
    assert "full disk (No space left on device)" in faults.disk_is_full()


def test_an_error_says_what_was_found_in_another_process_too():
    error = pickle.loads(pickle.dumps(source_check.CodeError("rain.py:1", "dust", "rain")))
    assert str(error) == "rain.py:1: found dust; expected rain"
    assert faults.explain(error, EXAMPLE) == str(error)


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
    said = r"^found a path of 808 bytes to the folder of the report; expected at most 4\d\d,"
    deeper = root / root.relative_to("/")
    with pytest.raises(ExtensionError, match=said):
        extension.check_length(deeper, deeper / "_build/.jupyter_cache/global.db")


def test_a_site_is_published_on_another_disk(tmp_path: Path):
    memory = Path("/dev/shm")
    usable = memory.is_dir() and os.access(memory, os.W_OK)
    if not usable or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("no second disk here")
    sites = memory / f"tallybook-{os.getpid()}"
    sites.mkdir()
    try:
        (tmp_path / "sites").symlink_to(sites)
        (tmp_path / "made").mkdir()
        (tmp_path / "made/index.html").write_text("new", encoding="utf-8")
        link = publish.publish(tmp_path / "made", tmp_path)
        assert (link / "index.html").read_text(encoding="utf-8") == "new"
        assert not (tmp_path / "made").exists()
    finally:
        shutil.rmtree(sites)


READS = 'return data.row(MONTHS, "2025-07")["rain"]'
EXIT = f"{CODE}:{line(CODE, READS)}: found SystemExit(None); expected code that leaves the end"
STOP = f"{CODE}:{line(CODE, READS)}: found KeyboardInterrupt(); expected code"
WHOLE = "found an end of Python before the site was whole; expected"
ENDS = {
    "an exit in a number": (CODE, READS, "quit()", EXIT),
    "an interrupt in a number": (CODE, READS, "raise KeyboardInterrupt", STOP),
    "an exit at import": (
        INIT,
        "from pathlib",
        "raise SystemExit(0)\nfrom pathlib",
        f"{INIT}:3: found",
    ),
    "an end without a word": (CODE, READS, "import os; os._exit(0)", WHOLE),
}


@pytest.mark.parametrize("what", ENDS)
def test_code_that_ends_python_publishes_nothing(built: Sandbox, what: str):
    """With exit code 0 it would be an empty site."""
    room, (file, old, new, said) = built, ENDS[what]
    before = room.site.resolve()
    room.edit(file, old, new)
    done = room.run(*BUILD)
    line, last = done.stderr.strip().splitlines()
    assert done.returncode == 1 and line.startswith(said), done.stderr
    assert "the last good site stays in place" in last
    assert room.site.resolve() == before and (before / "index.html").is_file()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this machine")
def test_a_named_pipe_in_the_report_is_named_and_not_read(copy: Callable[[Path], Sandbox]):
    room = copy(EXAMPLE)
    os.mkfifo(room.root / "garden" / "pipe")
    done = room.run(*BUILD)
    said = "garden/pipe: it is neither a file nor a folder; expected "
    assert done.returncode == 1 and done.stderr.startswith(said), done.stderr


def test_a_folder_without_a_report_is_left_as_it_is(
    copy: Callable[[Path], Sandbox], tmp_path: Path
):
    done = copy(EXAMPLE).run(*BUILD, "--root", str(tmp_path))
    said = f"_config.yml: file not found in {tmp_path}; expected"
    assert done.returncode == 1 and done.stderr.startswith(said), done.stderr
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

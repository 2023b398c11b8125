"""Unlucky surroundings: names and bytes of files, an output that is closed or full, folders that
cannot be written. Each is one message that names the file, or does not matter."""

from __future__ import annotations

import errno
import os
import sys
import urllib.error
import urllib.request
from functools import partial
from pathlib import Path

import pytest
from rooms import BUILD, Sandbox, read
from tallybook import live
from tallybook.builder.process.publish import publish
from tallybook.live_builds import Builds

CHECK, TRY = ((sys.executable, "-m", "tallybook", name) for name in ("check", "try"))
ANSWER = "rain.fell"
LOADING = "Loading the report; where none was built it is computed first.\n"


def test_a_reader_that_has_gone_a_disk_that_is_full_and_what_try_says(garden: Sandbox):
    with open("/dev/full", "w") as full:
        done = garden.run(*CHECK, to=full)
    said = "the output: No space left on device; expected a place to print to\n"
    assert (done.returncode, done.stderr) == (1, said)
    for command in (CHECK, (*TRY, ANSWER)):
        reader, writer = os.pipe()
        os.close(reader)
        with os.fdopen(writer, "w") as gone:
            assert garden.run(*command, to=gone).stderr in ("", LOADING)
    done = garden.run(*TRY, "--help")
    assert done.returncode == 0 and "tallybook try ANSWER" in done.stdout
    done = garden.run(*TRY, ANSWER)
    assert done.stderr == LOADING and "mm" in done.stdout


def test_names_of_files_have_any_bytes_and_those_of_pages_any_letters(built: Sandbox):
    named = os.fsencode(built.root) + b"/r\xe9sum\xe9.txt"
    with open(named, "w") as file:
        file.write("Mine.")
    built.edit("_toc.yml", "  - file: rain\n", "  - file: rain\n  - file: été\n")
    (built.root / "été.md").write_text("# Été\n\n{num}`rain.total` mm.\n", encoding="utf-8")
    code = "def numbers():\n    return []\n"
    (built.root / "garden/été.py").write_text(code, encoding="utf-8")
    site = built.made(*BUILD)
    assert "Été" in read(site / "été.html") and "%C3%A9t%C3%A9" in read(site / "sitemap.xml")
    os.rename(named, os.fsencode(built.root) + b"/data/r\xe9.txt")
    for command in (CHECK, BUILD):
        done = built.run(*command)
        said = "data/r\\udce9.txt: found a file that is not described"
        assert done.returncode == 1 and done.stderr.startswith(said), done.stderr


def test_a_book_is_built_though_an_old_site_cannot_be_deleted(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    for serial in ("000001", "000002"):
        (tmp_path / "sites" / serial).mkdir(parents=True)
    (tmp_path / "built").mkdir()

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event == "os.rename" and str(arguments[0]).endswith("000001"):
            raise PermissionError(errno.EACCES, "Permission denied", "000001")

    child = os.fork()
    if child == 0:
        sys.addaudithook(refuse)
        done = publish(tmp_path / "built", tmp_path).resolve() == tmp_path / "sites/000003"
        os._exit(0 if done else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert "An old site is still there" in capfd.readouterr().out


def test_live_has_an_answer_for_an_address_that_no_file_can_have(garden: Sandbox):
    with live.serving(garden.site, partial(live.Live, builds=Builds())) as address:
        for place in ("a" * 5000, "a%00b", "a" * 5000 + ".html"):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                urllib.request.urlopen(f"{address}/{place}")

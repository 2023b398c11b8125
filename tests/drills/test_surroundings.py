"""Another machine, another day, another place: the same bytes.

Each build executes a chapter and computes all numbers anew.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from microwork.paths import ROOT
from tests.drills.room import PLAIN, STORED, Sandbox, contents, copy

# Kernels and their clients talk over the loopback device, which is down in a new network.
WITHOUT_NETWORK = """
import fcntl, os, socket, struct, sys
fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sh", b"lo", 0x1 | 0x40))
assert [line.split(":")[0].strip() for line in open("/proc/net/dev") if ":" in line] == ["lo"]
os.execv(sys.argv[1], sys.argv[1:])
"""
POINT = """
import locale
locale.setlocale(locale.LC_ALL, "")
print(locale.localeconv()["decimal_point"])
"""


def python(code: str, *before: str, **around: str) -> str:
    """What Python prints, after a command such as ``faketime``."""
    command, env = [*before, sys.executable, "-c", code], {**os.environ, **around}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout


def test_without_a_network(room: Sandbox):
    user = [] if os.geteuid() == 0 else ["-r"]
    before = ["unshare", "-n", *user, sys.executable, "-c", WITHOUT_NETWORK]
    if subprocess.run([*before, sys.executable, "-c", ""], capture_output=True).returncode:
        pytest.skip("no network of its own here: run as root, or allow user namespaces")
    room.forget_numbers()
    room.builds(*before)


@pytest.mark.weekly
@pytest.mark.parametrize("shift", ["+1y", "-1y"])
def test_with_a_clock_a_year_off(room: Sandbox, shift: str):
    if shutil.which("faketime") is None:
        pytest.skip("no faketime on this machine: apt-get install faketime")
    before = ["faketime", "-f", shift]
    year = "import datetime; print(datetime.date.today().year)"
    assert int(python(year, *before)) - int(python(year)) == int(shift[:2])
    room.forget_numbers()
    room.builds(*before)


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The settings of a French machine: commas for points, other names of months."""
    folder, name = tmp_path_factory.mktemp("locales"), "fr_FR.UTF-8"
    if shutil.which("localedef") is None:
        pytest.skip("no localedef on this machine")
    command = ["localedef", "-i", "fr_FR", "-f", "UTF-8", str(folder / name)]
    if subprocess.run(command, capture_output=True).returncode:
        pytest.skip("the French locale cannot be made here: apt-get install locales")
    spoken = {"LOCPATH": str(folder), "LANG": name, "LC_ALL": name, "LANGUAGE": "fr"}
    assert python(POINT, **spoken).strip() == ","
    return spoken


def test_on_a_french_machine_with_a_plain_build(room: Sandbox, french: dict[str, str]):
    """Plain jupyter-book settles nothing of the surroundings first, and writes into ``_build``
    itself."""
    room.forget_numbers()
    for name in STORED:
        if (room.staging / name).exists():
            (room.staging / name).rename(room.built / name)
    (room.built / "html").unlink()
    # Kernels leave files in the home of whoever runs them; only a build with a guard is kept from
    # that.
    home = room.built / "home"
    home.mkdir()
    room.builds(command=PLAIN, **french, HOME=str(home))


@pytest.mark.weekly
def test_on_a_french_machine(room: Sandbox, french: dict[str, str]):
    room.forget_numbers()
    room.builds(**french)


def test_in_a_folder_with_spaces_and_accents_on_a_machine_without_any_locale(
    good: Path, tmp_path: Path
):
    room = copy(good, tmp_path / "Été à l'île d'Yeu, « 2 »")
    room.forget_numbers()
    room.builds(LC_ALL="POSIX", LANG="", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")


def test_checked_out_where_git_turns_line_ends_round(tmp_path: Path):
    """As on Windows: the tables, which have hashes, and all else come out byte for byte."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a git checkout")
    for name in ("true", "false"):
        settings = ["--quiet", "--depth", "1", "-c", f"core.autocrlf={name}"]
        clone = ["git", "clone", *settings, ROOT.as_uri(), str(tmp_path / name)]
        subprocess.run(clone, check=True, capture_output=True)
        shutil.rmtree(tmp_path / name / ".git")
    assert contents(tmp_path / "true") == contents(tmp_path / "false")


def test_two_builds_at_once(room: Sandbox):
    room.forget_chapter()
    both = [room.start(), room.start()]
    done = [room.end(process) for process in both]
    assert [one.code for one in done] == [0, 0], [one.errors for one in done]
    assert sum("this one waits" in one.said for one in done) == 1

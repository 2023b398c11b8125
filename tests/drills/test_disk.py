"""A disk that is full, at several moments of a build; a checkout that cannot be written."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.drills.room import Sandbox, refused
from tests.files import read

Mount = Callable[..., None]


@pytest.fixture
def mount() -> Iterator[Mount]:
    """Mount something until the end of the test; skip where that is not allowed."""
    places = []

    def do(*arguments: str | Path) -> None:
        done = subprocess.run(["mount", *map(str, arguments)], capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"mounting is not allowed here (run as root): {done.stderr.strip()}")
        if "remount" not in str(arguments):
            places.append(arguments[-1])

    yield do
    for place in reversed(places):
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def used(folder: Path) -> int:
    """Bytes, in whole pages as tmpfs counts them."""
    return sum(-(-path.lstat().st_size // 4096) * 4096 + 4096 for path in folder.rglob("*"))


@pytest.fixture
def small(room: Sandbox, mount: Mount, tmp_path: Path) -> Iterator[Callable[[int], None]]:
    """``_build`` on a file system of its own; calling it sets how many bytes are free there."""
    aside = Path(shutil.copytree(room.built, tmp_path / "aside", symlinks=True))
    mount("-t", "tmpfs", "-o", f"size={used(aside) + (256 << 20)}", "drill", room.built)
    shutil.copytree(aside, room.built, symlinks=True, dirs_exist_ok=True)

    def free(size: int) -> None:
        at = os.statvfs(room.built)
        size += (at.f_blocks - at.f_bfree) * at.f_frsize
        mount("-o", f"remount,size={size}", room.built)

    yield free
    room.check()  # before it is unmounted


def test_a_full_disk(room: Sandbox, small: Callable[[int], None]):
    size = used((room.built / "html").resolve())
    # Nothing goes; the results of a chapter go or the pages do not; half of the pages go.
    for free in (0, size // 10, size // 2):
        if free:
            room.forget_chapter()
        small(free)
        done = room.build()
        refused(done, r"^_build: found a full disk \(No space left on device\)", lines=2)
        if "All of the log" in done.errors:
            assert "found a full disk" in read(room.built / "build.log")
        room.check()
        small(256 << 20)
        room.builds()


def test_a_read_only_checkout(room: Sandbox, mount: Mount):
    locked = (room.built, room.built / "staging") if os.geteuid() else ()
    if not locked:
        mount("--bind", room.root, room.root)
        mount("-o", "remount,ro,bind", room.root)
    for folder in locked:
        folder.chmod(0o555)
    says = (
        r"^_build/build\.lock: (Read-only file system|Permission denied); expected to write there"
    )
    refused(room.build(), says, lines=2)
    for folder in locked:
        folder.chmod(0o755)


def test_nothing_but_the_built_folder_is_written(room: Sandbox, mount: Mount):
    """All of the checkout is read-only but ``_build``: the book is built all the same."""
    room.forget_chapter()
    mount("--bind", room.root, room.root)
    mount("--bind", room.built, room.built)
    mount("-o", "remount,ro,bind", room.root)
    room.builds()

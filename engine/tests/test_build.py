"""What a build says, and where it writes."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

from rooms import BUILD, PLAIN, Sandbox, contents

ANEW = (*BUILD, "--anew")


def states(folder: Path) -> dict[Path, tuple[int, int]]:
    """Time and inode of every file."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in files}


def test_a_build_says_what_it_does_with_times_and_all_can_be_read_whatever_the_umask(
    built: Sandbox,
):
    """And what was put away by a build that was killed is deleted beside the next one."""
    work, before = built.root / "_build", os.umask(0o077)
    (work / "trash-left" / "folder").mkdir(parents=True)
    try:
        said = built.run(*ANEW).stdout
    finally:
        os.umask(before)
    until = time.monotonic() + 60
    while list(work.glob("trash-*")) and time.monotonic() < until:
        time.sleep(0.05)
    assert not list(work.glob("trash-*"))
    modes = {path.stat().st_mode & 0o777 for path in built.site.resolve().rglob("*")}
    assert modes == {0o644, 0o755}
    lines = [re.fullmatch(r" *(\d+) s  (.+)", line) for line in said.splitlines()[:-1]]
    assert all(lines), said
    seconds, steps = zip(*(line.groups() for line in lines), strict=True)
    assert list(map(int, seconds)) == sorted(map(int, seconds))
    wanted = (
        "executing rain",
        r"\d+ tables: as described",
        r"report: \d+ numbers, \d+ verdicts",
        r"chapter rain: executed in \d+ s",
        "2 pages: read",
        "pages: written",
        "records, downloads and search: written",
    )
    assert len(wanted) == len(steps)
    assert all(any(re.fullmatch(one, step) for step in steps) for one in wanted), steps


def test_a_plain_build_makes_the_same_site_and_writes_into_none_that_was_published(built: Sandbox):
    """In another folder, zone, locale and order of sets than the first one."""
    old = built.site.resolve()
    before = states(old)
    around = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    new = Sandbox(built.root, built.alone | around).made(*PLAIN)
    assert not new.is_symlink() and states(old) == before and contents(new) == contents(old)
    built.made(*BUILD)
    assert built.site.is_symlink() and contents(built.site) == contents(old)


def test_a_plain_build_that_fails_leaves_the_published_site(built: Sandbox):
    before, target = states(built.site.resolve()), os.readlink(built.site)
    built.edit("rain.md", "{routes} rain.fell", "{routes} rain.fell rain.fall")
    done = built.run(*PLAIN)
    said = "found the question 'rain.fall'; expected one of rain.fell"
    assert done.returncode and re.search(f"rain.md:.*{said}", done.stdout + done.stderr)
    assert os.readlink(built.site) == target and states(built.site.resolve()) == before

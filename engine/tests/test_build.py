"""What a build says, and where it writes."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from rooms import PLAIN, Sandbox, contents
from tallybook.builder.process.publish import publish


def states(folder: Path) -> dict[Path, tuple[int, int]]:
    """Time and inode of every file."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in files}


def test_a_plain_build_makes_the_same_site_and_writes_into_none_that_was_published(built: Sandbox):
    """In another folder, zone, locale and order of sets than the first one."""
    old = built.site.resolve()
    before = states(old)
    around = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    new = Sandbox(built.root, built.alone | around).made(*PLAIN)
    assert not new.is_symlink() and states(old) == before and contents(new) == contents(old)
    publish(shutil.copytree(new, new.parent / "made"), new.parent)  # as the next build of ours
    assert built.site.is_symlink() and contents(built.site) == contents(old)


@pytest.mark.weekly
def test_a_plain_build_that_fails_leaves_the_published_site(built: Sandbox):
    before, target = states(built.site.resolve()), os.readlink(built.site)
    built.edit("rain.md", "{routes} rain.fell", "{routes} rain.fell rain.fall")
    done = built.run(*PLAIN)
    said = "found the question 'rain.fall'; expected one of rain.fell"
    assert done.returncode and re.search(f"rain.md:.*{said}", done.stdout + done.stderr)
    assert os.readlink(built.site) == target and states(built.site.resolve()) == before

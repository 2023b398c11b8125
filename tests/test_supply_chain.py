"""What comes from others: each package with its version and hashes."""

from __future__ import annotations

import json
import re

import pytest

from microwork.paths import LOCK, ROOT
from upkeep import sbom

CHAPTERS_LOCK = ROOT / "requirements-chapters.txt"


LOCKS = [
    (LOCK, 100),
    (CHAPTERS_LOCK, 50),
    (ROOT / "upkeep/sbom.txt", 20),
    (ROOT / "upkeep/keep.txt", 10),
    (ROOT / "upkeep/pip.txt", 1),
]


@pytest.mark.parametrize(("lock", "least"), LOCKS)
def test_every_package_of_a_lock_has_one_version_and_hashes(lock, least):
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    packages = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert len(packages) >= least
    for line in packages:
        assert re.match(r"[a-z0-9][a-z0-9._-]*==\S+ .*--hash=sha256:[0-9a-f]{64}", line), line[:80]
        assert "://" not in line


def test_a_chapter_needs_nothing_that_the_build_does_not_have():
    """The lock for readers has the very versions and hashes with which the pages were made, but for
    other systems."""
    of_all, of_chapters = (
        re.split(r"\n(?=\w)", path.read_text(encoding="utf-8").strip())
        for path in (LOCK, CHAPTERS_LOCK)
    )
    marker = re.compile(r" ;.*?(?= \\)")
    every = {marker.sub("", entry) for entry in of_all}
    assert [entry for entry in of_chapters if marker.sub("", entry) not in every] == []


@pytest.mark.weekly
def test_the_list_of_parts_is_whole_and_the_same_each_time():
    if not (sbom.TOOLS / "cyclonedx-py").exists():
        pytest.skip("cyclonedx-py is not set up: make .tools/sbom/.ready")
    short = ROOT / "upkeep/pip.txt"  # of the whole lock it takes half a minute
    assert sbom.make("1.2.3", short) == sbom.make("1.2.3", short)
    bill = json.loads(sbom.make("1.2.3"))
    assert bill["metadata"]["component"]["version"] == "1.2.3"
    assert "serialNumber" not in bill and "timestamp" not in bill["metadata"]
    locked = dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", LOCK.read_text(encoding="utf-8"), re.M))
    listed = {part["name"]: part for part in bill["components"]}
    assert locked.items() <= {name: part["version"] for name, part in listed.items()}.items()

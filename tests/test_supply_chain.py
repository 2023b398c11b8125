"""What comes from others: each file with its name, version, licence and hash; each package with its
hashes."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from microwork.paths import LOCK, ROOT
from upkeep import sbom, vendored

CHAPTERS_LOCK = ROOT / "requirements-chapters.txt"


def test_vendored_files_are_what_their_manifests_say():
    assert [line for folder in vendored.FOLDERS for line in vendored.faults(folder)] == []
    assert sum(len(vendored.entries(folder)) for folder in vendored.FOLDERS) >= 2


def test_there_is_no_vendored_file_elsewhere():
    """Minified scripts and fonts are made by others: each lies in a folder with a manifest."""
    fonts = (".ttf", ".woff2", ".otf")
    files = (ROOT / "engine/src").rglob("*")
    found = [path for path in files if path.suffix in fonts or ".min." in path.name]
    assert found and all(path.parent in vendored.FOLDERS for path in found)


def test_the_vendored_scripts_are_those_that_dependabot_watches():
    package = json.loads((ROOT / "upkeep/tools/package.json").read_text(encoding="utf-8"))
    scripts = {entry["name"]: entry["version"] for entry in vendored.entries(vendored.FOLDERS[0])}
    assert scripts.items() <= package["dependencies"].items()
    assert "/upkeep/tools" in (ROOT / ".github/dependabot.yml").read_text(encoding="utf-8")


SCRIPT, LICENCE = "vega-interpreter.min.js", "vega-interpreter.LICENSE.txt"
VERSION = re.compile(r'"version": "[^"]*"')
SPOILT = [
    (SCRIPT, lambda file: file.write_bytes(b"\0"), "vendor/MANIFEST.json, entry 1: found sha256"),
    (SCRIPT, Path.unlink, f"entry 1: found no file {SCRIPT}"),
    (LICENCE, lambda file: file.write_text(""), f"entry 1: found no text in {LICENCE}"),
    ("more.ttf", Path.touch, "MANIFEST.json: found more.ttf in the folder; expected an entry"),
    (
        vendored.MANIFEST,
        lambda file: file.write_text(VERSION.sub('"version": ""', file.read_text(), count=1)),
        "vendor/MANIFEST.json, entry 1: found no version; expected file, name, version",
    ),
]


@pytest.mark.parametrize(("name", "spoil", "wanted"), SPOILT)
def test_a_fault_in_a_folder_of_vendored_files_is_named(tmp_path, name, spoil, wanted):
    folder = Path(shutil.copytree(vendored.FOLDERS[0], tmp_path / "vendor"))
    assert vendored.faults(folder) == []
    spoil(folder / name)
    assert wanted in vendored.faults(folder)[0]


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
    for entry in (entry for folder in vendored.FOLDERS for entry in vendored.entries(folder)):
        part = listed[entry["name"]]
        assert part["version"] == entry["version"]
        assert part["licenses"] == [{"license": {"id": entry["licence"]}}]
        assert part["hashes"] == [{"alg": "SHA-256", "content": entry["sha256"]}]
    assert listed["vega"]["purl"] == f"pkg:npm/vega@{listed['vega']['version']}"

"""The published site is what the link leads to, whatever else lies beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from rooms import BUILD, Sandbox
from tallybook.builder.process.publish import PlaceError, publish, refuse_others


def published(work: Path, text: str) -> Path:
    """Publish a site of one page."""
    built = work / "staging"
    built.mkdir(parents=True)
    (built / "index.html").write_text(text, encoding="utf-8")
    return publish(built, work)


def names(work: Path) -> list[str]:
    return sorted(path.name for path in (work / "sites").iterdir())


def test_folders_of_others_beside_the_sites_are_left_alone(tmp_path: Path):
    published(tmp_path, "one")
    for name in ("old", "zz1", "2024"):
        (tmp_path / "sites" / name).mkdir()
    for text in ("two", "three", "four"):
        assert (published(tmp_path, text) / "index.html").read_text(encoding="utf-8") == text
    assert names(tmp_path) == ["000003", "000004", "2024", "old", "zz1"]


def test_the_newest_site_is_kept_however_many_there_were(tmp_path: Path):
    for name in ("999998", "999999"):
        (tmp_path / "sites" / name).mkdir(parents=True)
    for text in ("a million", "and one"):
        assert (published(tmp_path, text) / "index.html").read_text(encoding="utf-8") == text
    assert names(tmp_path) == ["1000000", "1000001"]


def test_a_site_made_by_other_means_makes_room(tmp_path: Path):
    published(tmp_path, "ours")
    # Somebody removes the link and builds into a folder in its place.
    (tmp_path / "html").unlink()
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / ".buildinfo").touch()  # Sphinx's mark
    refuse_others(tmp_path)
    site = published(tmp_path, "ours again")
    assert (site / "index.html").read_text(encoding="utf-8") == "ours again"
    assert site.is_symlink() and names(tmp_path) == ["000001", "000002"]


@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_no_build_has_made_is_not_taken_away(tmp_path: Path, what: str):
    place = tmp_path / "html" / "thesis.txt" if what == "folder" else tmp_path / "html"
    place.parent.mkdir(exist_ok=True)
    place.write_text("mine", encoding="utf-8")
    found = f"found a {what} that no build has made"
    with pytest.raises(PlaceError, match=f"^_build/html: {found}; expected a link to the site"):
        refuse_others(tmp_path)
    assert place.read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_or_nothing_is_no_hindrance(tmp_path: Path):
    refuse_others(tmp_path)
    (tmp_path / "html").mkdir()
    refuse_others(tmp_path)


def test_all_of_a_site_can_be_read_whatever_the_umask_of_who_builds_it(built: Sandbox):
    before = os.umask(0o077)
    try:
        site = built.made(*BUILD, "--anew").resolve()
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in site.rglob("*") if path.is_file()}
    folders = {path.stat().st_mode & 0o777 for path in [site, *site.rglob("*")] if path.is_dir()}
    assert (modes, folders) == ({0o644}, {0o755})

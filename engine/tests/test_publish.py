"""The published site is what the link leads to, whatever else lies beside it."""

from __future__ import annotations

from pathlib import Path

from tallybook.builder.process.publish import publish


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


def test_a_site_made_by_other_means_makes_room(tmp_path: Path):
    published(tmp_path, "ours")
    # Somebody removes the link and builds into a folder in its place.
    (tmp_path / "html").unlink()
    (tmp_path / "html").mkdir()
    site = published(tmp_path, "ours again")
    assert (site / "index.html").read_text(encoding="utf-8") == "ours again"
    assert site.is_symlink() and names(tmp_path) == ["000001", "000002"]

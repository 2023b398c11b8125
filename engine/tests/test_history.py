"""Which commit and which release a build is of, as git says it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from rooms import EXAMPLE, UNBUILT
from tallybook import history
from tallybook.sphinx import versions

WHO = ("-c", "user.name=A", "-c", "user.email=a@b.example")


def git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *WHO, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The example at the tag of its version."""
    root = Path(shutil.copytree(EXAMPLE, tmp_path / "garden", ignore=UNBUILT))
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "One"], ["tag", "v1.0.0"]):
        git(root, *command)
    return root


def test_a_changed_report_at_a_tag_is_a_draft(root: Path):
    assert versions.of(root, "1.0.0") == "1.0.0"
    (root / "_build").mkdir()
    (root / "_build" / "built.txt").touch()  # what is built changes nothing
    assert versions.of(root, "1.0.0") == "1.0.0"
    page = root / "index.md"
    before = page.read_text(encoding="utf-8")
    page.write_text(f"{before}\nOne sentence more.\n", encoding="utf-8")
    assert versions.of(root, "1.0.0") == "1.0.0.dev"
    page.write_text(before, encoding="utf-8")
    assert versions.of(root, "1.0.0") == "1.0.0"
    (root / "more.csv").touch()
    assert versions.of(root, "1.0.0") == "1.0.0.dev"


def test_another_repository_in_the_environment_is_not_ours(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    mine = git(root, "rev-parse", "HEAD")
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    git(other, "commit", "-q", "--allow-empty", "-m", "Other")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    found = history.commit(root)
    assert found is not None and (found.sha, found.tags) == (mine, ("v1.0.0",))

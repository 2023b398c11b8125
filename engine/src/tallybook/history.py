"""What git says of the folder of a report, which need not have a history."""

from __future__ import annotations

import subprocess
from pathlib import Path


def has_history(root: Path) -> bool:
    """Whether the folder is the root of a repository; a copy or an export is not."""
    return (root / ".git").exists()


def git(root: Path, *arguments: str) -> str:
    """What a git command prints; nothing where there is no history, or where git fails."""
    if not has_history(root):
        return ""
    return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True).stdout

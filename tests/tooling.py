"""The validators under ``.tools/``, which ``tests/need-tools`` installs; without one, its tests are
skipped and say so."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from microwork.paths import ROOT

TOOLS = ROOT / ".tools"
PINS = ROOT / "tests" / "tools"


def python_tool(environment: str, name: str) -> str:
    """The path of a command of an environment under ``.tools``."""
    return _there(TOOLS / environment / "bin" / name)


def node_package(name: str) -> Path:
    """The folder of a package of npm."""
    if shutil.which("node") is None:
        pytest.skip("no Node.js on this machine: apt-get install nodejs npm, then make test")
    return Path(_there(TOOLS / "node" / "node_modules" / name))


def java(*command: str | Path) -> str:
    """What a program for Java prints.

    A run of seconds is over before Java's second compiler pays for its own time; the messages are
    the same.
    """
    if shutil.which("java") is None:
        pytest.skip("no Java on this machine: apt-get install default-jre-headless")
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss64m")
    return run("java", *quick, "-jar", *command).stdout


def run(*command: str | Path, **options) -> subprocess.CompletedProcess[str]:
    """What the command says, whatever its exit code.

    Java finds a path with accents under a locale of UTF-8 only.
    """
    options |= {"cwd": ROOT, "env": {**os.environ, "LC_ALL": "C.UTF-8"}}
    return subprocess.run([*map(str, command)], capture_output=True, text=True, **options)


def _there(path: Path) -> str:
    if not path.exists():
        pytest.skip(f"{path.relative_to(ROOT)} is not installed: make test")
    return str(path)

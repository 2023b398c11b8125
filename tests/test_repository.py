"""The files by which the repository is kept: each is valid for those who read it, and names things
that exist. And its code, as tools and rules of the house see it."""

from __future__ import annotations

import ast
import csv
import os
import re
import sys
import tomllib
from collections.abc import Iterator

import pytest
import yaml

from microwork.paths import LOCK, ROOT
from tests.files import load, read
from tests.tooling import PINS, python_tool, run

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
PROSE = [ROOT / f"{n}.md" for n in ("README", "CONTRIBUTING", "CODE_OF_CONDUCT", "SECURITY")]
PROSE.append(GITHUB / "PULL_REQUEST_TEMPLATE.md")
CONTAINER, HOOKS = ROOT / "Containerfile", ROOT / ".pre-commit-config.yaml"


def test_what_workflows_hooks_and_prose_call_exists():
    files = [*WORKFLOWS, *PROSE, HOOKS, CONTAINER, ROOT / ".binder/postBuild"]
    text = "\n".join(map(read, files))
    targets = re.search(r"^\.PHONY: (.*)$", read(ROOT / "Makefile"), re.M)[1].split()
    called = set(re.findall(r"(?:^\s*|run: |`|&& )make ([a-z][a-z-]*)", text, re.M))
    assert {"book", "test", "release"} <= called and len(targets) <= 16
    assert called <= set(targets), called - set(targets)
    modules = set(re.findall(r"python -m ((?:tallybook|microwork|upkeep|tests)[\w.]*)", text))
    assert "tallybook" in modules
    for module in modules:
        folder = ROOT / "engine/src" if module.startswith("tallybook") else ROOT
        path = folder.joinpath(*module.split("."))
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), module


def test_a_workflow_may_only_read_unless_a_job_says_why():
    """And a job that may write runs no code of the repository."""
    for path in WORKFLOWS:
        said = yaml.safe_load(read(path))
        assert said["permissions"] == {"contents": "read"}, path.name
        assert "pull_request_target" not in read(path) and "write-all" not in read(path)
        for job in said["jobs"].values():
            steps = "\n".join(step.get("run", "") for step in job.get("steps", []))
            writes = "write" in job.get("permissions", {}).values()
            assert not (writes and re.search(r"make |python -m", steps)), path.name


def test_prose_links_to_files_that_exist_and_the_readme_is_short():
    for path in PROSE:
        for target in re.findall(r"\]\(([^)#]+)", read(path)):
            there = target.startswith("https://") or (path.parent / target).exists()
            assert there, f"{path.name}: {target}"
    assert len(read(ROOT / "README.md").split()) <= 900


def test_the_form_for_a_number_shows_one_that_exists(loaded):
    form = yaml.safe_load(read(GITHUB / "ISSUE_TEMPLATE/number.yml"))["body"]
    fields = {
        field["id"]: field["attributes"].get("placeholder") for field in form if "id" in field
    }
    example = fields["number"]
    assert fields["page"] == f"chapters/{loaded.numbers[example].chapter}.html#{example}"
    assert f"`{example}`" in read(ROOT / "CONTRIBUTING.md")


def test_reuse_names_the_licence_of_every_table_and_its_text_is_there():
    said = {
        path: one["SPDX-License-Identifier"]
        for one in tomllib.loads(read(ROOT / "REUSE.toml"))["annotations"]
        for path in ([one["path"]] if isinstance(one["path"], str) else one["path"])
    }
    licences, tables = (
        csv.DictReader(read(ROOT / f"data/{name}.csv").splitlines())
        for name in ("licences", "tables")
    )
    names = {one["licence"]: one["name"] or "LicenseRef-terms-of-source" for one in licences}
    for one in tables:
        wanted = " AND ".join(dict.fromkeys(names[key] for key in one["licence"].split("; ")))
        assert said.get(f"**data/{one['table']}.csv", said["data/**"]) == wanted, one["table"]
    every = {name for names in said.values() for name in names.split(" AND ")}
    assert {path.stem for path in (ROOT / "LICENSES").iterdir()} == every
    done = run(python_tool("validators", "reuse"), "--root", ROOT, "lint", "--quiet")
    assert done.returncode == 0, done.stdout


LOCKS = {
    "requirements.txt": 100,
    "requirements-chapters.txt": 50,
    "upkeep/keep.txt": 10,
    "upkeep/pip.txt": 1,
}


def test_every_package_of_a_lock_has_one_version_and_hashes():
    for name, least in LOCKS.items():
        text = read(ROOT / name).replace("\\\n", " ")
        packages = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
        assert len(packages) >= least, name
        pinned = re.compile(r"[a-z0-9][a-z0-9._-]*==\S+ .*--hash=sha256:[0-9a-f]{64}")
        assert [line[:80] for line in packages if not pinned.match(line) or "://" in line] == []
    packages = load(PINS / "package-lock.json")["packages"]
    assert all("resolved" not in package for package in packages.values())
    assert all("integrity" in package for name, package in packages.items() if name)


def test_a_chapter_needs_nothing_that_the_build_does_not_have():
    """The lock for readers has the very versions and hashes with which the pages were made, but for
    other systems."""
    of_all, of_chapters = (
        re.split(r"\n(?=\w)", read(path).strip())
        for path in (LOCK, ROOT / "requirements-chapters.txt")
    )
    marker = re.compile(r" ;.*?(?= \\)")
    every = {marker.sub("", entry) for entry in of_all}
    assert [entry for entry in of_chapters if marker.sub("", entry) not in every] == []


# The code


# To write a cache takes a tenth of the time of mypy.
TOOLS = ["ruff check --quiet .", "ruff format --quiet --check .", f"mypy --cache-dir {os.devnull}"]


@pytest.mark.parametrize("tool", TOOLS)
def test_tools_find_nothing(tool):
    done = run(sys.executable, "-m", *tool.split())
    assert done.returncode == 0, done.stdout + done.stderr


def modules(*folders: str) -> Iterator[tuple[str, str]]:
    """Each module in these folders, by its path and its text."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), read(path)


CODE = ("engine/src/tallybook", "microwork", "upkeep")


def test_no_module_is_over_300_lines_and_no_function_over_40():
    """A function without its docstring, and without the lines of its arguments."""
    found = []
    for path, text in modules(*CODE):
        if (length := len(text.splitlines())) > 300:
            found.append(f"{path}: {length} lines; expected at most 300 in a module")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[1 if ast.get_docstring(node) and len(node.body) > 1 else 0]
                length = node.end_lineno - first.lineno + 1
                place = f"{path}, line {node.lineno}: {node.name}"
                if length > 40:
                    found.append(f"{place} has {length} lines; expected at most 40 in a function")
    assert not found, "\n".join(found)


def test_no_module_imports_one_that_needs_it():
    """Not for types either, and not within a function: what two modules share lies below both."""
    names = {
        path.removeprefix("engine/src/").removesuffix(".py").replace("/", "."): text
        for path, text in modules(*CODE)
    }
    texts = {name.removesuffix(".__init__"): text for name, text in names.items()}
    needs = {}
    for name, text in texts.items():
        found = set()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                found |= {each.name for each in node.names}
            elif isinstance(node, ast.ImportFrom):
                inner = (f"{node.module}.{each.name}" for each in node.names)
                found |= {each if each in texts else node.module for each in inner}
        needs[name] = found & texts.keys() - {name}
    while free := [name for name, found in needs.items() if not found & needs.keys()]:
        for name in free:
            del needs[name]
    assert not needs, {name: sorted(found & needs.keys()) for name, found in needs.items()}

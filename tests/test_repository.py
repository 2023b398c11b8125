"""The files by which the repository is kept: each is valid for those who read it, and names things
that exist. And its code, as tools and rules of the house see it."""

from __future__ import annotations

import ast
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from microwork.paths import LOCK, ROOT
from tests.files import load, read
from tests.tooling import PINS, python_tool, run

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = [GITHUB / "ISSUE_TEMPLATE" / name for name in ("number.yml", "bug.yml")]
PROSE = [ROOT / f"{n}.md" for n in ("README", "CONTRIBUTING", "CODE_OF_CONDUCT", "SECURITY")]
PROSE.append(GITHUB / "PULL_REQUEST_TEMPLATE.md")
CONTAINER, HOOKS = ROOT / "Containerfile", ROOT / ".pre-commit-config.yaml"


def content(path: Path) -> dict:
    return yaml.safe_load(read(path))


def hooks() -> list[dict]:
    repositories = content(HOOKS)["repos"]
    assert all(one["repo"] == "local" for one in repositories)
    return [hook for one in repositories for hook in one["hooks"]]


def test_a_workflow_may_only_read_unless_a_job_says_why():
    for path in WORKFLOWS:
        said = content(path)
        assert said["permissions"] == {"contents": "read"} and said["concurrency"]["group"]
        for name, job in said["jobs"].items():
            rights = job.get("permissions", {})
            assert "write-all" not in str(rights) and job["timeout-minutes"], name
            steps = [step.get("run", "") for step in job.get("steps", [])]
            ours = any("make " in step or "python -m" in step for step in steps)
            assert not (ours and "write" in rights.values()), (
                f"{path.name}, {name}: runs code of the repository with a right to write"
            )
        assert "pull_request_target" not in read(path)


def test_every_action_is_pinned_by_its_commit_and_each_alike():
    used = {line for path in WORKFLOWS for line in re.findall(r"uses: (.*)", read(path))}
    pin = re.compile(r"(actions/[\w-]+)@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    names = [(found := pin.fullmatch(line)) and found[1] for line in used]
    assert all(names) and len(names) == len(set(names)) > 0, sorted(used)


def test_what_workflows_hooks_and_prose_call_exists():
    files = [*WORKFLOWS, *PROSE, CONTAINER, ROOT / ".binder/postBuild"]
    text = "\n".join([*(hook["entry"] for hook in hooks()), *map(read, files)])
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


def test_prose_links_to_files_that_exist_and_the_readme_is_short():
    for path in PROSE:
        for target in re.findall(r"\]\(([^)#]+)", read(path)):
            there = target.startswith("https://") or (path.parent / target).exists()
            assert there, f"{path.name}: {target}"
    assert len(read(ROOT / "README.md").split()) <= 900


SCHEMAS = {
    "vendor.dependabot": [GITHUB / "dependabot.yml"],
    "vendor.github-workflows": WORKFLOWS,
    "vendor.github-issue-forms": FORMS,
    "vendor.github-issue-config": [GITHUB / "ISSUE_TEMPLATE" / "config.yml"],
    "vendor.citation-file-format": [ROOT / "CITATION.cff"],
}


def test_files_fit_the_schema_of_their_reader():
    check = [python_tool("validators", "check-jsonschema"), "--force-filetype", "yaml"]
    for schema, files in SCHEMAS.items():
        done = run(*check, "--builtin-schema", schema, *files)
        assert done.returncode == 0, done.stdout


def test_dependabot_looks_after_every_lock_and_leaves_jupyter_book_below_2():
    updates = content(GITHUB / "dependabot.yml")["updates"]
    places = {
        (update["package-ecosystem"], place)
        for update in updates
        for place in update.get("directories", [update.get("directory")])
    }
    tracked = run("git", "ls-files", "*.in", "*package-lock.json").stdout.split()
    if not tracked:
        pytest.skip("no git here")
    kinds = {
        ("pip" if name.endswith(".in") else "npm", f"/{Path(name).parent}".removesuffix("."))
        for name in tracked
    }
    assert places == kinds | {("github-actions", "/")}
    root = [one for one in updates if one.get("directory") == "/"]
    [lock] = [one for one in root if one["package-ecosystem"] == "pip"]
    assert {"dependency-name": "jupyter-book", "versions": [">=2"]} in lock["ignore"]


def test_the_form_for_a_number_asks_for_what_is_needed_and_shows_a_number_that_exists(loaded):
    fields = {field["id"]: field for field in content(FORMS[0])["body"] if "id" in field}
    assert list(fields) == ["number", "page", "wrong", "source"]
    assert all(field["validations"]["required"] for field in fields.values())
    shown = {name: field["attributes"].get("placeholder") for name, field in fields.items()}
    example = shown["number"]
    assert shown["page"] == f"chapters/{loaded.numbers[example].chapter}.html#{example}"
    assert f"`{example}`" in read(ROOT / "CONTRIBUTING.md")


def test_hooks_have_the_ruff_of_the_lock():
    pins = {hook["id"]: hook.get("additional_dependencies", []) for hook in hooks()}
    [ruff] = pins["ruff"]
    assert re.search(rf"^{re.escape(ruff)} ", read(LOCK), re.M), ruff
    assert all("==" in pin for pinned in pins.values() for pin in pinned)


def test_the_container_builds_from_the_lock_as_nobody_special_and_without_a_network():
    text = read(CONTAINER)
    steps = re.findall(r"^RUN (?:.*\\\n)*.*$", text, re.M)
    environment = "upkeep/environment python .venv requirements.txt"
    assert text.index("\nUSER 1000") < text.index(environment)
    [build] = [step for step in steps if "-m tallybook build" in step]
    assert build.startswith("RUN --network=none ")


def test_binder_uses_the_lock_and_a_python_that_is_tested():
    folder = ROOT / ".binder"
    lines = read(folder / "requirements.txt").splitlines()
    [line] = [line for line in lines if not line.startswith("#")]
    assert (folder / line.removeprefix("-r ")).resolve() == LOCK
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    wanted = project["requires-python"].removeprefix(">=")
    assert read(folder / "runtime.txt").strip() == f"python-{wanted}"
    assert (folder / "postBuild").stat().st_mode & 0o111


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

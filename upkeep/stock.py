"""The same report as a stock Jupyter Book, for comparison: same text, same cells, same charts.

    python -m upkeep.stock [--out DIR] [--build]

Stock means: ``jupyter-book build`` with its own theme and settings, and Altair's own display. What
the report has of its own is put in plain Markdown with its numbers typed in; a chart is shown by
the cell that publishes it, and its caption follows. Citations, glossary and margin notes are
Jupyter Book's own.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from upkeep import releases, tree
from upkeep.stock_text import Context, converted, figures
from upkeep.weight import ROOT

CACHES = shutil.ignore_patterns("__pycache__", "*.pyc", "*.egg-info")
COMMAND = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build"]


def make(root: Path, out: Path, report: Any) -> None:
    """Write the stock book of the project in ``root`` to the folder ``out``; an older one is
    replaced, its build is kept.

    ``report``: what ``microwork.report.load()`` gives in that project.
    """
    contents = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    pages = [
        contents["root"],
        *(entry["file"] for part in contents["parts"] for entry in part["chapters"]),
    ]
    texts = {page: (root / f"{page}.md").read_text(encoding="utf-8") for page in pages}
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    recorded = tuple(reversed(releases.versions(root / "releases")))
    context = Context(
        report,
        figures(texts.values()),
        f"{citation['title']}. Version {citation['version']}.",
        recorded,
    )
    for folder in ("chapters", "data", "microwork", "engine"):
        shutil.rmtree(out / folder, ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    for folder in ("data", "microwork", "engine/src"):
        shutil.copytree(root / folder, out / folder, ignore=CACHES)
    for name in ("_toc.yml", "requirements.txt"):  # the report's own data module asks for the lock
        shutil.copyfile(root / name, out / name)
    (out / "_config.yml").write_text(config(root), encoding="utf-8")
    for page, text in texts.items():
        target = out / f"{page}.md"
        target.parent.mkdir(exist_ok=True)
        target.write_text(converted(text, context), encoding="utf-8")


def config(root: Path) -> str:
    """The settings of the stock book: the report's title, author, execution and bibliography; all
    else as Jupyter Book has it."""
    ours = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    kept = {
        name: ours[name]
        for name in (
            "title",
            "author",
            "only_build_toc_files",
            "execute",
            "bibtex_bibfiles",
            "parse",
        )
    }
    return yaml.safe_dump(kept, sort_keys=False)


def environment(out: Path) -> dict[str, str]:
    """Its cells import the analysis and the engine that lie beside them."""
    same = {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONUTF8": "1"}
    return {**os.environ, "PYTHONPATH": tree.code(out), **same}


def main() -> int:
    from microwork import report
    from microwork.paths import ROOT as root

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--out", type=Path, default=ROOT / "_build" / "stock", help="the folder of the stock book"
    )
    parser.add_argument("--build", action="store_true", help="build it too")
    options = parser.parse_args()
    out = options.out.resolve()
    make(root, out, report.load())
    print(f"The stock book is in {out}")
    if not options.build:
        return 0
    with (out / "build.log").open("w", encoding="utf-8") as log:
        code = subprocess.run(
            [*COMMAND, str(out)], cwd=out, env=environment(out), stdout=log, stderr=log
        ).returncode
    print(
        (
            f"Its site is in {out}/_build/html"
            if code == 0
            else f"It was not built; see {out}/build.log"
        ),
        flush=True,
    )
    return code


if __name__ == "__main__":
    sys.exit(main())

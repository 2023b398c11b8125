"""Build beside the old site, publish with one rename.

    python -m book.build [--root DIR]

The site is ``_build/html``, a link to the newest good build under ``_build/sites``. A build
that fails leaves the link, and what it points to, as they were.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

KEPT = 2  # builds under _build/sites: the one published and the one before


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--root", type=Path, default=Path(__file__).resolve().parent.parent, help="the folder of the book"
    )
    return build(parser.parse_args().root.resolve())


def build(root: Path) -> int:
    """Build and publish; returns the exit code, and prints where to look or what went wrong."""
    work = root / "_build"
    staging = work / "staging"
    staging.mkdir(parents=True, exist_ok=True)
    with (work / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two builds in one folder take turns
        log = work / "build.log"
        command = [
            sys.executable,
            "-c",
            "from jupyter_book.cli.main import main; main()",
            "build",
            str(root),
            "--path-output",
            str(staging),
        ]
        with log.open("w", encoding="utf-8") as out:
            code = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, cwd=root, env=environment()).returncode
        if code:
            print(explain(log.read_text(encoding="utf-8", errors="replace")), file=sys.stderr)
            print(
                f"The book was not built; the last good site stays in place. All of the log: {log.relative_to(root)}",
                file=sys.stderr,
            )
            return code
        site = publish(staging / "_build" / "html", work)
    print(f"The book is built. Open {site.relative_to(root)}/index.html")
    return 0


def environment() -> dict[str, str]:
    """The same environment for every build: nothing of the page may depend on whose it is."""
    return {**os.environ, "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONUTF8": "1"}


def publish(built: Path, work: Path) -> Path:
    """Copy a finished build to a folder of its own and switch the link ``_build/html`` to it."""
    sites, link = work / "sites", work / "html"
    sites.mkdir(exist_ok=True)
    serial = 1 + max((int(path.name) for path in sites.iterdir() if path.name.isdigit()), default=0)
    fresh = sites / f"{serial:06d}"
    shutil.copytree(built, fresh)
    if link.is_dir() and not link.is_symlink():
        link.rename(sites / f"{serial - 1:06d}.plain")  # left by a plain `jupyter-book build .`
    pointer = work / "html.next"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(fresh.relative_to(work), target_is_directory=True)
    os.replace(pointer, link)  # the one rename
    for old in sorted(sites.iterdir())[:-KEPT]:
        shutil.rmtree(old)
    return link


def explain(log: str) -> str:
    """What a person needs of a failed build's log: the error lines, without the tracebacks round them."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", log)
    found = [
        line.strip()
        for line in plain.splitlines()
        if re.search(r"\b(ERROR|WARNING): |^Extension error|^[\w.]*(Error|Warning): ", line)
    ]
    seen = dict.fromkeys(line for line in found if "There was an error in building your book" not in line)
    return "\n".join(seen) or plain[-2000:]


if __name__ == "__main__":
    sys.exit(main())

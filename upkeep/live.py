"""Build on save and reload the page. By hand, since kept tools put a script into the page that its
own security policy forbids.

    python -m upkeep.live [--port PORT]

Serves the site to this machine. When a file of the report is saved, the book is built, and every
open page that was built anew reloads. A build that fails says why here, and the pages stay as they
were. Ctrl-C ends it.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import http.server
import io
import subprocess
import sys
import threading
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

from watchfiles import DefaultFilter, watch

from microwork.paths import ROOT
from upkeep.serving import HERE, Fresh, port_of, refusal

WATCHED = (
    "chapters",
    "data",
    "microwork",
    "engine/src",
    "index.md",
    "_config.yml",
    "_toc.yml",
    "CITATION.cff",
)
EVENTS, SCRIPT = "/-live", "/-live.js"
TEXT = f'new EventSource("{EVENTS}").onmessage = () => location.reload();\n'.encode()
TAG = f'<script src="{SCRIPT}"></script>'.encode()
PULSE = 10.0  # seconds between signs of life, by which a page that was closed is noticed


class Builds:
    """How many builds have been published; waiting for the next one."""

    def __init__(self) -> None:
        self.count, self.changed = 0, threading.Condition()

    def add(self) -> None:
        with self.changed:
            self.count += 1
            self.changed.notify_all()

    def after(self, seen: int, seconds: float) -> int:
        """The count when it is no longer ``seen``, or after so many seconds."""
        with self.changed:
            self.changed.wait_for(lambda: self.count != seen, seconds)
            return self.count


class Handler(Fresh):
    """The site with a script in each page that waits for the next build."""

    def __init__(self, *arguments: object, builds: Builds, **options: object) -> None:
        self.builds = builds
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        if self.path == EVENTS:
            self.tell()
        else:
            super().do_GET()

    def send_head(self) -> io.BufferedIOBase | None:
        if self.path == SCRIPT:
            return self.answer("text/javascript; charset=utf-8", TEXT)
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if path.suffix != ".html" or not path.is_file():
            return super().send_head()
        return self.answer(
            "text/html; charset=utf-8", path.read_bytes().replace(b"</body>", TAG + b"</body>")
        )

    def answer(self, kind: str, content: bytes) -> io.BytesIO:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)

    def tell(self) -> None:
        """Server-sent events, one for each build, until the page is closed."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        seen = self.builds.count
        with contextlib.suppress(ConnectionError):
            while True:
                count = self.builds.after(seen, PULSE)
                self.wfile.write(b": still here\n\n" if count == seen else b"data: built\n\n")
                self.wfile.flush()
                seen = count


@contextlib.contextmanager
def serving(site: Path, builds: Builds, port: int = 0) -> Iterator[str]:
    """Serve a site with live pages; gives its address.

    Raises ``OSError`` if the port cannot be opened.
    """
    handler = functools.partial(Handler, directory=str(site), builds=builds)
    with http.server.ThreadingHTTPServer((HERE, port), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://{HERE}:{server.server_port}/"
        finally:
            server.shutdown()


def build(root: Path) -> bool:
    """Build the book as ``make book`` does; whether it is built."""
    return (
        subprocess.run(
            [sys.executable, "-m", "tallybook", "build", "--root", str(root)], cwd=root
        ).returncode
        == 0
    )


def follow(root: Path, builds: Builds, stop: threading.Event | None = None) -> None:
    """Build after each save, until ``stop`` is set or Ctrl-C comes."""
    places = [root / name for name in WATCHED if (root / name).exists()]
    for changes in watch(
        *places, watch_filter=DefaultFilter(), stop_event=stop, raise_interrupt=False
    ):
        names = sorted({Path(path).relative_to(root).as_posix() for _, path in changes})
        print(
            f"\nChanged: {', '.join(names[:3])}{' and more' if len(names) > 3 else ''}", flush=True
        )
        if build(root):
            builds.add()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", default="8000", help="the port of this machine to serve at")
    try:
        port = port_of(parser.parse_args().port)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    build(ROOT)  # if it fails, it has said why, and saving the mended file builds again
    builds = Builds()
    try:
        with serving(ROOT / "_build" / "html", builds, port) as address:
            print(f"\nOpen {address}. Save a file and the page is new. Ctrl-C ends it.", flush=True)
            follow(ROOT, builds)
    except OSError as error:
        print(refusal(error, port), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

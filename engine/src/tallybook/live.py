"""The site served to this machine alone, made anew on save, with pages that reload.

    python -m tallybook live [--port PORT]

When a file of the report is saved, its page is made anew (``tallybook.live_builds``), and so is
every open page that it changes. A fault is told here, and the pages stay as they were. Ctrl-C ends
it. Written by hand, since kept tools put a script into the page that its own security policy
forbids.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import hashlib
import io
import sys
import threading
from collections.abc import Iterator
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from tallybook.builder.process.command import cannot_begin
from tallybook.live_builds import Author, Builds

HERE = "127.0.0.1"  # nobody else on the network can ask
SITE = Path("_build/html")
SCRIPT = "/-live.js"
# A page asks four times a second whether it is still the same.
TEXT = b"""{
const page = document.currentScript.dataset.page;
setInterval(async () => {
  const answer = await fetch(location.pathname, {method: "HEAD"});
  if (answer.ok && answer.headers.get("ETag") !== page) location.reload();
}, 250);
}
"""
TAG = '<script src="/-live.js" data-page="{}"></script></body>'


class Handler(SimpleHTTPRequestHandler):
    """Files of a folder, of which a browser asks each time whether they have changed."""

    protocol_version = "HTTP/1.1"

    def answer(self, kind: str, content: bytes, **heads: str) -> io.BytesIO:
        """Send the head of an answer; gives its body."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in heads.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        return io.BytesIO(content)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing: what is said here is about builds."""


class Live(Handler):
    """The site, with pages that are newer than it in their place, and in each a script that looks
    for the next one."""

    def __init__(self, *arguments: Any, builds: Builds, **options: Any) -> None:
        self.builds, self.site = builds, options["directory"]
        super().__init__(*arguments, **options)

    def translate_path(self, path: str) -> str:
        site = self.builds.site
        served = site if site and site.is_dir() else self.site
        for folder in filter(None, (self.builds.draft, served)):
            self.directory = str(folder)
            found = super().translate_path(path)
            if Path(found).is_file():
                break
        self.directory = str(served)
        return found

    def send_head(self) -> IO[bytes] | None:  # type: ignore[override]
        if self.path == SCRIPT:
            return self.answer("text/javascript", TEXT)
        try:
            return self.send_page()
        except (OSError, ValueError):  # a name that no file can have
            self.send_error(HTTPStatus.NOT_FOUND)
            return None

    def send_page(self) -> IO[bytes] | None:
        # The page of another site could read a draft under a name that it has led here.
        if urlsplit(f"//{self.headers['Host']}").hostname not in ("127.0.0.1", "localhost"):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return None
        path = Path(self.translate_path(self.path))
        if path.is_dir() and urlsplit(self.path).path.endswith("/"):
            path /= "index.html"
        if path.suffix != ".html" or not path.is_file():
            return super().send_head()
        html = path.read_bytes()
        name = hashlib.sha256(html).hexdigest()
        html = html.replace(b"</body>", TAG.format(name).encode())
        return self.answer("text/html", html, ETag=name)


@contextlib.contextmanager
def serving(site: Path, handler: Any = Handler, port: int = 0) -> Iterator[str]:
    """Serve a site in the background; gives its address, without a slash at its end.

    Raises ``OSError`` if the port cannot be opened.
    """
    with ThreadingHTTPServer((HERE, port), functools.partial(handler, directory=site)) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://{HERE}:{server.server_port}"
        finally:
            server.shutdown()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tallybook live")
    parser.add_argument("--port", type=int, default=8000, help="of this machine, to serve at")
    port, root, builds = parser.parse_args(arguments).port, Path.cwd(), Builds()
    handler = functools.partial(Live, builds=builds)
    if said := cannot_begin(root):
        print(said, file=sys.stderr)
        return 1
    with contextlib.ExitStack() as stack:
        try:
            address = stack.enter_context(serving(root / SITE, handler, port))
        except (OSError, OverflowError) as error:
            print(f"port {port}: {error}; expected another one, such as 8001", file=sys.stderr)
            return 1
        stack.enter_context(contextlib.suppress(KeyboardInterrupt))
        print(f"Serving at {address}/ until Ctrl-C", flush=True)
        Author(root, builds).follow()
    return 0

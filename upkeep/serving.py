"""The site as a plain static host sends it: compressed text, one connection kept open, ten minutes
of cache.

    python -m upkeep.serving [--site DIR] [--port PORT]     serves a site to this machine until it
    is stopped

Then nothing is cached, so that a site that was built again is seen at once.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import functools
import gzip
import http.server
import io
import sys
import threading
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

from microwork.paths import ROOT

HERE = "127.0.0.1"  # nobody else on the network can ask
LOST = "404.html"
LEVEL = 6  # what common servers compress with unless told otherwise
# What hosts compress; pictures and archives are compressed already.
TEXT = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".bib": "application/x-bibtex",
    ".ris": "application/x-research-info-systems",
    ".ipynb": "application/x-ipynb+json",
    ".py": "text/x-python; charset=utf-8",
    ".webmanifest": "application/manifest+json",
}


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files of a folder; text goes out compressed if the browser says that it can read it."""

    protocol_version = "HTTP/1.1"
    cache = "max-age=600"
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | TEXT

    def send_head(self) -> io.BufferedIOBase | None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        if (
            path.suffix not in TEXT
            or not path.is_file()
            or "gzip" not in self.headers.get("Accept-Encoding", "")
        ):
            return super().send_head()
        content = compressed(
            path.resolve(), path.stat().st_mtime_ns
        )  # the site is a link, which a new build changes
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", TEXT[path.suffix])
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Last-Modified", self.date_time_string(int(path.stat().st_mtime)))
        self.end_headers()
        return io.BytesIO(content)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for an address that is none, as static hosts send it."""
        page = Path(self.directory) / LOST
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            return super().send_error(code, message, explain)
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", TEXT[page.suffix])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", self.cache)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing: the tables are the report."""


class Fresh(Handler):
    """The same, but a browser asks each time whether a file has changed."""

    cache = "no-cache"


@functools.lru_cache(maxsize=512)
def compressed(path: Path, _changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), LEVEL, mtime=0)


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve ``folder`` on a free port of this machine; gives the address, without a slash at its
    end."""
    handler = functools.partial(Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer((HERE, 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://{HERE}:{server.server_port}"
        finally:
            server.shutdown()


def port_of(text: str) -> int:
    """The port that ``text`` names. Raises ``ValueError`` with what was found and wanted."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise ValueError(f"PORT: found {text!r}; expected a whole number from 1 to 65535")
    return int(text)


def refusal(error: OSError, port: int) -> str:
    """Why a port could not be opened, and what to do, in one line."""
    why = (
        "is in use by another program"
        if error.errno == errno.EADDRINUSE
        else f"cannot be opened ({error.strerror})"
    )
    other = port + 1 if 1024 <= port < 65535 else 8001  # below 1024 a port needs rights
    return f"port {port} {why}; choose another with `make serve PORT={other}`"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m upkeep.serving", description=__doc__.splitlines()[0]
    )
    parser.add_argument(
        "--site", type=Path, default=ROOT / "_build" / "html", help="the folder to serve"
    )
    parser.add_argument("--port", default="8000", help="the port of this machine to serve it at")
    chosen = parser.parse_args(arguments)
    if not (chosen.site / "index.html").is_file():
        print(
            f"{chosen.site}: found no index.html; expected a site, which `make book` builds",
            file=sys.stderr,
        )
        return 1
    try:
        port = port_of(chosen.port)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    handler = functools.partial(Fresh, directory=str(chosen.site))
    try:
        server = http.server.ThreadingHTTPServer((HERE, port), handler)
    except OSError as error:
        print(refusal(error, port), file=sys.stderr)
        return 1
    with server, contextlib.suppress(KeyboardInterrupt):
        print(f"Serving at http://{HERE}:{port}/ until Ctrl-C", flush=True)
        server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())

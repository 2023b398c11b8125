"""Checks a folder as an RO-Crate 1.1 without a network; run with the Python of .tools/validators.

    python crate.py FOLDER

The validator resolves the crate's context by its address. Here the address is answered from the
copy that the rocrate library carries: it is put into the validator's own cache, and the check runs
offline. Prints the report as JSON; exit code 1 if a required check fails.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
from importlib.resources import files
from pathlib import Path

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests_cache import CachedSession
from urllib3 import HTTPResponse

CONTEXT = "https://w3id.org/ro/crate/1.1/context"
OPTIONS = ("-p", "ro-crate-1.1", "--offline", "--no-paging", "-f", "json")


class Shipped(HTTPAdapter):
    """Answers every request with the context in the rocrate library."""

    def send(self, request: PreparedRequest, **_settings) -> Response:
        text = files("rocrate").joinpath("data/ro-crate.jsonld").read_bytes()
        if (found := json.loads(text)["@id"]) != CONTEXT:
            raise SystemExit(f"rocrate carries the context {found}; expected {CONTEXT}")
        body, head = io.BytesIO(text), {"Content-Type": "application/ld+json"}
        answer = HTTPResponse(body, head, 200, preload_content=False, request_url=request.url)
        return self.build_response(request, answer)


def main(folder: str) -> int:
    with tempfile.TemporaryDirectory() as work:
        cache, report = f"{work}/cache", Path(work) / "report.json"
        session = CachedSession(cache_name=cache, backend="sqlite", expire_after=-1)
        session.mount("https://", Shipped())
        session.get(CONTEXT)
        session.close()
        tool = str(Path(sys.executable).parent / "rocrate-validator")
        places = ("--cache-path", cache, "-o", str(report), folder)
        command = [tool, "-y", "validate", *OPTIONS, *places]
        done = subprocess.run(command, capture_output=True, text=True)
        if not report.is_file():
            print(done.stdout, done.stderr, file=sys.stderr)
            return 2
        print(report.read_text(encoding="utf-8"))
        return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

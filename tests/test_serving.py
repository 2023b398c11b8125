"""``make serve``: one port of this machine, and one clear line if that cannot be had."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from functools import partial
from pathlib import Path

import pytest
from tallybook import live

from microwork.paths import ROOT
from tests.conftest import ENGINE, PATIENCE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A report with a site of one page."""
    (tmp_path / live.SITE).mkdir(parents=True)
    (tmp_path / live.SITE / "index.html").write_text("<p>A page</body>", encoding="utf-8")
    return tmp_path


@pytest.fixture
def holder():
    """A port that somebody else listens at."""
    with socket.socket() as socket_:
        socket_.bind((live.HERE, 0))
        socket_.listen()
        yield socket_


def serve(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tallybook", "live", "--still", *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    # Tests in the background have the signal ignored.
    heard = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)  # noqa: E731
    environment = {**os.environ, "PYTHONPATH": str(ENGINE)}
    return subprocess.Popen(command, cwd=folder, env=environment, preexec_fn=heard, **pipes)


def refused(folder: Path, *arguments: str) -> str:
    """The one line that is said when nothing is served."""
    process = serve(folder, *arguments)
    out, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, errors.count("\n")) == (1, "", 1)
    return errors


def test_a_port_that_is_taken_is_one_line_and_says_what_to_do(folder, holder):
    port = holder.getsockname()[1]
    other = port + 1 if port < 65535 else 8001
    said = f"port {port} is in use by another program; choose another, such as {other}\n"
    assert refused(folder, "--port", str(port)) == said


def test_what_is_no_port_and_a_folder_without_a_site_are_one_line(folder, tmp_path_factory):
    said = refused(folder, "--port=eighty")
    assert said == "port: found 'eighty'; expected a whole number from 1 to 65535\n"
    assert "found no index.html" in refused(tmp_path_factory.mktemp("empty"))


@pytest.mark.parametrize("port", ["0", "65536", "-1", "8000 ", "", "\u0668"])
def test_a_port_is_a_number_in_range(port):
    with pytest.raises(ValueError, match="expected a whole number"):
        live.port_of(port)


def test_a_port_that_may_not_be_opened_is_one_line():
    said = "port 80 cannot be opened (Permission denied); choose another, such as 8001"
    assert live.refusal(PermissionError(13, "Permission denied"), 80) == said


def test_the_makefile_hands_the_port_on():
    environment = {key: value for key, value in os.environ.items() if key != "PORT"}
    for given, wanted in ((["PORT=8123"], "8123"), ([], "8000")):
        command = ["make", "--dry-run", "live", *given]
        told = subprocess.check_output(command, cwd=ROOT, text=True, env=environment)
        assert f'-m tallybook live --port "{wanted}"' in told


def test_it_serves_to_this_machine_alone_and_ends_quietly(folder, holder):
    port = holder.getsockname()[1]
    holder.close()
    running = serve(folder, "--port", str(port))
    try:
        assert running.stdout.readline() == f"Serving at http://127.0.0.1:{port}/ until Ctrl-C\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
            assert answer.read() == b"<p>A page</body>"
            assert answer.headers["Cache-Control"] == "no-cache"
        # A server for everybody would answer at each address of the machine.
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.2", port), timeout=10)
        running.send_signal(signal.SIGINT)
        out, errors = running.communicate(timeout=PATIENCE)
    finally:
        running.kill()
    assert (running.returncode, out, errors) == (0, "", "")


def test_an_address_that_is_none_gets_the_page_of_the_site(tmp_path):
    (tmp_path / "404.html").write_text("<p>Lost", encoding="utf-8")
    with live.serving(tmp_path) as address:
        with pytest.raises(urllib.error.HTTPError) as answer:
            urllib.request.urlopen(f"{address}/no/such/page.html")
        assert answer.value.code == 404 and answer.value.read() == b"<p>Lost"


def asked(address: str, path: str, host: str) -> int:
    """The status of an answer to a request in the name of a host."""
    place = address.removeprefix("http://")
    connection = http.client.HTTPConnection(place, timeout=10)
    try:
        connection.putrequest("GET", path, skip_host=True)
        connection.putheader("Host", host)
        connection.endheaders()
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("handler", [live.Handler, partial(live.Live, builds=live.Builds())])
def test_only_this_machine_is_answered_and_strange_paths_are_none(folder: Path, handler):
    with live.serving(folder / live.SITE, handler) as address:
        own = address.removeprefix("http://")
        for host in (own, "localhost:8000", "127.0.0.1"):
            assert asked(address, "/index.html", host) == 200
        for host in (
            "evil.example",
            "evil.example:8000",
            "127.0.0.1.evil.example",
            "a@evil.example",
        ):
            assert asked(address, "/index.html", host) == 421
        (folder / "private.txt").write_text("Not of the site", encoding="utf-8")
        (folder / live.SITE / "out.txt").symlink_to(folder / "private.txt")
        strange = ("/%00", "/%00.html", "/a%00/index.html", "/" + 5000 * "a", "/a" * 2500)
        for path in (*strange, "/../private.txt", "/%2e%2e/private.txt", "/out.txt"):
            assert asked(address, path, own) == 404

"""``make serve``: one port of this machine, and one clear line if that cannot be had."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from microwork.paths import ROOT
from tests.conftest import PATIENCE
from upkeep import serving


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site of one page."""
    (tmp_path / "index.html").write_text("<p>A page", encoding="utf-8")
    return tmp_path


@contextmanager
def held_port():
    """A port that somebody else listens at."""
    with socket.socket() as holder:
        holder.bind((serving.HERE, 0))
        holder.listen()
        yield holder.getsockname()[1]


def free_port() -> int:
    with held_port() as port:
        return port


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "upkeep.serving", *arguments]


def ended(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE
    )


def test_a_port_that_is_taken_is_one_line_and_says_what_to_do(folder):
    with held_port() as port:
        done = ended("--site", str(folder), "--port", str(port))
    other = port + 1 if port < 65535 else 8001
    line = (
        f"port {port} is in use by another program; choose another with `make serve PORT={other}`\n"
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "", line)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "8000 ", "eighty", "", "\u0668"])
def test_what_is_no_port_is_one_line(folder, port):
    done = ended("--site", str(folder), f"--port={port}")
    assert (
        done.returncode == 1
        and done.stderr == f"PORT: found {port!r}; expected a whole number from 1 to 65535\n"
    )


def test_a_port_that_may_not_be_opened_is_one_line():
    refused = serving.refusal(PermissionError(13, "Permission denied"), 80)
    assert (
        refused == "port 80 cannot be opened (Permission denied); choose another with `make serve"
        " PORT=8001`"
    )


def test_a_folder_without_a_site_is_one_line(tmp_path):
    done = ended("--site", str(tmp_path))
    assert (
        done.returncode == 1
        and done.stderr.count("\n") == 1
        and "found no index.html" in done.stderr
    )


def test_the_makefile_hands_the_port_on():
    for given, wanted in ((["PORT=8123"], "8123"), ([], "8000")):
        environment = {key: value for key, value in os.environ.items() if key != "PORT"}
        made = ["make", "--dry-run", "serve", *given]
        told = subprocess.run(
            made, cwd=ROOT, capture_output=True, text=True, env=environment, check=True
        ).stdout
        assert f'-m upkeep.serving --port "{wanted}"' in told


def test_it_serves_to_this_machine_alone_shows_a_new_site_and_ends_quietly(folder):
    port = free_port()
    running = subprocess.Popen(
        command("--site", str(folder), "--port", str(port)),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.SIG_DFL
        ),  # tests in the background have it ignored
    )
    try:
        assert running.stdout.readline() == f"Serving at http://127.0.0.1:{port}/ until Ctrl-C\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
            assert answer.read() == b"<p>A page" and answer.headers["Cache-Control"] == "no-cache"
        with pytest.raises(
            ConnectionRefusedError
        ):  # a server for everybody would answer at each address of the machine
            socket.create_connection(("127.0.0.2", port), timeout=10)
        running.send_signal(signal.SIGINT)
        out, errors = running.communicate(timeout=PATIENCE)
    finally:
        running.kill()
    assert (running.returncode, out, errors) == (0, "", "")


def test_a_site_that_a_build_has_replaced_is_not_served_from_memory(tmp_path):
    """A build changes a link; two builds from one commit may give a file the same time."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(f"<p>{name}", encoding="utf-8")
        os.utime(tmp_path / name / "index.html", (1, 1))
    link = tmp_path / "html"
    seen = []
    link.symlink_to("one")
    with serving.serving(link) as address:
        for name in ("one", "two"):
            link.unlink()
            link.symlink_to(name)
            asked = urllib.request.Request(f"{address}/", headers={"Accept-Encoding": "gzip"})
            with urllib.request.urlopen(asked) as answer:
                seen.append(answer.read())
    assert len(set(seen)) == 2


def test_an_address_that_is_none_gets_the_page_of_the_site(folder):
    (folder / "404.html").write_text("<p>Lost", encoding="utf-8")
    with serving.serving(folder) as address:
        with pytest.raises(urllib.error.HTTPError) as answer:
            urllib.request.urlopen(f"{address}/no/such/page.html")
        assert answer.value.code == 404 and answer.value.read() == b"<p>Lost"

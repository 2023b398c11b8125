"""``make live``: one port of this machine, and one clear line if that cannot be had."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from tallybook import live

from tests.conftest import ENGINE, PATIENCE


def test_a_port_that_cannot_be_had_is_one_line(tmp_path: Path):
    environment = {**os.environ, "PYTHONPATH": str(ENGINE)}
    with socket.socket() as holder:
        holder.bind((live.HERE, 0))
        holder.listen()
        for port in (holder.getsockname()[1], 70_000):
            command = [sys.executable, "-m", "tallybook", "live", "--port", str(port)]
            pipes = {"capture_output": True, "text": True, "timeout": PATIENCE}
            done = subprocess.run(command, cwd=tmp_path, env=environment, **pipes)
            assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
            assert done.stderr.startswith(f"port {port}: ") and "expected another" in done.stderr


@pytest.mark.parametrize("handler", [live.Handler, partial(live.Live, builds=live.Builds())])
def test_only_the_site_is_served_and_only_to_this_machine(tmp_path: Path, handler):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<p>A page</body>", encoding="utf-8")
    (tmp_path / "private.txt").write_text("Not of the site", encoding="utf-8")
    with live.serving(tmp_path / "site", handler) as address:
        own, port = address.removeprefix("http://").split(":")
        for path, status in (("/index.html", 200), ("/../private.txt", 404), ("/no.html", 404)):
            connection = http.client.HTTPConnection(own, int(port), timeout=10)
            connection.request("GET", path)
            assert connection.getresponse().status == status
            connection.close()
        # A server for everybody would answer at each address of the machine.
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.2", int(port)), timeout=10)

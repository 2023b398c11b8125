"""The site as a host has it, in a folder of a domain with a space in its name; and ``make live``:
one port of this machine, and one clear line if that cannot be had."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from tallybook import live

from tests.conftest import ENGINE, PATIENCE
from tests.visits import visiting

# One page of each kind: an address that is right in one is relative, and right in its like too.
SOME = ("index", "search", *(f"chapters/{name}" for name in ("counts", "ledger", "numbers")))


def test_in_a_sub_folder_pages_and_what_they_load_are_there(browser, site, tmp_path):
    """No request fails, none leaves the site's own folder, and scripts and links work."""
    (tmp_path / "some").mkdir()
    shutil.copytree(site, tmp_path / "some/sub folder", copy_function=os.link)
    with live.serving(tmp_path) as below, visiting(browser, "about:blank") as page:
        start, failed, asked = f"{below}/some/sub%20folder", [], []
        # A picture still under way when the next page is asked for is no failure.
        page.on("requestfailed", lambda one: "ABORTED" in one.failure or failed.append(one.url))
        page.on("response", lambda response: response.status >= 400 and failed.append(response.url))
        page.on("request", lambda request: asked.append(request.url))
        for name in SOME:
            page.goto(f"{start}/{name}.html")
            assert page.title() and page.locator("main h1").is_visible()
        page.goto(f"{start}/index.html")
        page.locator("main a[href='chapters/counts.html']").first.click()
        page.wait_for_url(f"{start}/chapters/*.html")
        address = page.locator("data.num a").first.evaluate("a => a.href")
        assert address.startswith(f"{start}/chapters/numbers.html#")
        page.get_by_role("link", name="Search", exact=True).click()
        page.get_by_role("searchbox").fill("tubaro")
        page.get_by_role("searchbox").press("Enter")
        page.locator("#found-sources a").first.click()
        page.wait_for_url(f"{start}/chapters/sources.html#*")
        assert failed == []
        assert [url for url in asked if not url.startswith((f"{start}/", "data:"))] == []


def test_a_port_that_cannot_be_had_is_one_line(tmp_path: Path):
    environment = {**os.environ, "PYTHONPATH": str(ENGINE)}
    with socket.socket() as holder:
        holder.bind((live.HERE, 0))
        holder.listen()
        (tmp_path / "_config.yml").touch()
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

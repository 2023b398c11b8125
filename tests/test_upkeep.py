"""The upkeep of Pythons and links: what is compared, and what is said of it."""

from __future__ import annotations

import json
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from upkeep import environments, links
from upkeep.environments import Outcome


def test_this_python_is_found_and_one_that_is_nowhere_is_not():
    minor = f"{sys.version_info.major}.{sys.version_info.minor}"
    place, version = environments.find(minor)
    assert place.name == f"python{minor}" and version.startswith(minor)
    assert environments.find("3.99") is None


def test_a_python_that_does_not_run_is_passed_over(tmp_path, monkeypatch):
    """As the stand-ins of pyenv for versions that are not chosen."""
    broken = tmp_path / "python3.98"
    broken.write_text("#!/bin/sh\nexit 127\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert environments.find("3.98") is None


@pytest.fixture
def sites(tmp_path) -> list[Path]:
    """Three small sites, of which the last has another number."""
    for name, value in (("one", 1.5), ("two", 1.5), ("three", 1.6)):
        (tmp_path / name).mkdir()
        for file, content in (("numbers", [{"id": "counts.a", "value": value}]), ("claims", [])):
            (tmp_path / name / f"{file}.json").write_text(json.dumps(content), encoding="utf-8")
    return [tmp_path / name for name in ("one", "two", "three")]


def test_the_table_says_who_was_absent_who_failed_and_who_differs(sites):
    one, two, three = sites
    good = [
        Outcome("3.11", "3.11.7", site=one),
        Outcome("3.12"),
        Outcome("3.13", "3.13.1", site=two),
    ]
    lines, well = environments.table(good)
    assert (
        well
        and "not on this machine" in lines[2]
        and lines[3].endswith("the same site, 2 files to the byte")
    )
    assert environments.table(good, every=True)[1] is False
    lines, well = environments.table(
        [good[0], Outcome("3.12", "3.12.1", failed="installing the lock: no such file")]
    )
    assert not well and "FAILED installing the lock: no such file" in lines[2]
    lines, well = environments.table([good[0], Outcome("3.13", "3.13.1", site=three)])
    assert (
        not well
        and "FAILED 1 files are others" in lines[2]
        and "1.5" in lines[3]
        and "1.6" in lines[3]
    )
    assert environments.table([Outcome("3.11")])[1] is False


@pytest.mark.weekly
def test_a_step_that_fails_says_which_and_why(tmp_path, monkeypatch):
    lock = tmp_path / "requirements.txt"
    lock.write_text("nothing==1.0\n")  # no hash
    monkeypatch.setattr(environments, "LOCK", lock)
    minor = f"{sys.version_info.major}.{sys.version_info.minor}"
    outcome = environments.examine(minor, tmp_path)
    assert (
        outcome.failed.startswith("installing the lock: ")
        and "nothing==1.0" in outcome.failed
        and not outcome.site
    )


RECORDS = """
{"filename": "chapters/a.md", "lineno": 1, "status": "working", "code": 0, "uri": "https://a.example/", "info": ""}
{"filename": "chapters/a.md", "lineno": 2, "status": "broken", "code": 0, "uri": "https://b.example/x", "info": "404 Not\\nFound"}
{"filename": "chapters/b.md", "lineno": 3, "status": "broken", "code": 0, "uri": "https://b.example/x", "info": "404 Not Found"}
{"filename": "chapters/b.md", "lineno": 4, "status": "timeout", "code": 0, "uri": "https://c.example/", "info": ""}
{"filename": "index.md", "lineno": 5, "status": "redirected", "code": 301, "uri": "http://d.example/", "info": "https://d.example/"}
{"filename": "index.md", "lineno": 6, "status": "redirected", "code": 302, "uri": "http://e.example/", "info": "https://e.example/1"}
{"filename": "index.md", "lineno": 7, "status": "unchecked", "code": 0, "uri": "chapters/a.html", "info": ""}
"""


def test_links_that_do_not_answer_are_told_once_with_the_pages_that_cite_them():
    text = links.told(links.records(RECORDS))
    assert text.startswith("5 addresses were asked.")
    told = [line for line in text.splitlines() if line.startswith("- ")]
    assert told == [
        "- <https://b.example/x> (chapters/a.md, chapters/b.md): 404 Not Found",
        "- <https://c.example/> (chapters/b.md): no answer in time",
    ]
    assert (
        "* <http://d.example/> (index.md), now at <https://d.example/>" in text
        and "e.example" not in text
    )


def test_when_all_answer_no_line_is_an_item():
    text = links.told(links.records(RECORDS.splitlines()[1]))
    assert "All of them answered." in text and "\n- " not in text


# What the link check says of an address, as recorded on machines without a network, and with one.
POOL = "HTTPSConnectionPool(host='a.example', port=443)"
NOBODY = {
    "no name": (
        f"{POOL}: Max retries exceeded with url: / (Caused by"
        " NameResolutionError(\"HTTPSConnection(host='a.example', port=443): Failed to resolve"
        " 'a.example' ([Errno -2] Name or service not known)\"))"
    ),
    "refused": (
        f"{POOL}: Max retries exceeded with url: / (Caused by"
        " NewConnectionError(\"HTTPSConnection(host='a.example', port=443): Failed to establish a"
        ' new connection: [Errno 111] Connection refused"))'
    ),
    "unreachable": (
        f"{POOL}: Max retries exceeded with url: / (Caused by"
        " NewConnectionError(\"HTTPSConnection(host='a.example', port=443): Failed to establish a"
        ' new connection: [Errno 101] Network is unreachable"))'
    ),
    "silence": (
        f"{POOL}: Max retries exceeded with url: / (Caused by"
        " ConnectTimeoutError(<HTTPSConnection(host='a.example', port=443) at 0x7f1a1ec679d0>,"
        " 'Connection to a.example timed out. (connect timeout=30)'))"
    ),
    "proxy": (
        f"{POOL}: Max retries exceeded with url: / (Caused by ProxyError('Unable to connect to"
        " proxy', NewConnectionError(\"HTTPSConnection(host='127.0.0.1', port=9): Failed to"
        ' establish a new connection: [Errno 111] Connection refused")))'
    ),
}
SOMEBODY = {
    "not found": ("broken", "404 Client Error: Not Found for url: https://a.example/"),
    "forbidden": ("broken", "403 Client Error: Forbidden for url: https://a.example/"),
    "at fault": ("broken", "500 Server Error: Internal Server Error for url: https://a.example/"),
    "anchor": ("broken", "Anchor 'x' not found"),
    "certificate": (
        "broken",
        (
            f"{POOL}: Max retries exceeded with url: / (Caused by"
            " SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate"
            " verify failed: certificate has expired (_ssl.c:1006)')))"
        ),
    ),
    "cut off": (
        "broken",
        (
            "('Connection aborted.', RemoteDisconnected('Remote end closed connection without"
            " response'))"
        ),
    ),
    "slow": ("timeout", f"{POOL}: Read timed out. (read timeout=30)"),
    "out of service": ("ignored", "service unavailable"),
    "moved": ("redirected", "https://b.example/"),
    "well": ("working", ""),
}


def record(status: str, info: str, uri: str = "https://a.example/") -> dict:
    line = {
        "filename": "index.md",
        "lineno": 1,
        "status": status,
        "code": 0,
        "uri": uri,
        "info": info,
    }
    return links.records(json.dumps(line))[0]


def test_where_nobody_was_reached_there_is_no_network():
    every = [record("broken", info) for info in NOBODY.values()]
    assert all(links.without_network([one]) for one in every) and links.without_network(every)
    assert links.without_network([record("timeout", ""), *every])
    own = [record("working", "", "chapters/a.md"), record("unchecked", "", "mailto:a@example.org")]
    assert links.without_network([*own, *every]), "a file of the report says nothing of the network"
    assert not links.without_network(own) and not links.without_network([])


@pytest.mark.parametrize("what", SOMEBODY)
def test_one_that_was_reached_is_a_network_whatever_it_said(what):
    assert not links.without_network([record(*SOMEBODY[what])])
    assert not links.without_network(
        [*(record("broken", info) for info in NOBODY.values()), record(*SOMEBODY[what])]
    )


@contextmanager
def server(requests: int | None = None):
    """A server that finds nothing, and is gone after so many requests; its address."""

    class NotFound(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_error(404)

        do_HEAD = do_GET

        def log_message(self, *_):
            pass

    def run(running):
        if requests is None:
            running.serve_forever()
        for _ in range(requests or 0):
            running.handle_request()
        running.server_close()

    running = HTTPServer(("127.0.0.1", 0), NotFound)
    thread = threading.Thread(target=run, args=(running,), daemon=True)
    thread.start()
    if requests == 0:
        thread.join()
    yield f"http://127.0.0.1:{running.server_port}/page"
    if requests is None:
        running.shutdown()


def asked(folder: Path, *addresses: str) -> tuple[int, Path]:
    """The link check of a book of one page with these addresses: its exit code, and its report,
    which was there before."""
    (folder / "_config.yml").write_text(
        "title: A book\nexecute: {execute_notebooks: 'off'}\n", encoding="utf-8"
    )
    (folder / "_toc.yml").write_text("format: jb-book\nroot: index\n", encoding="utf-8")
    (folder / "index.md").write_text(
        "# A page\n\n" + "\n".join(f"<{one}>" for one in addresses) + "\n", encoding="utf-8"
    )
    out = folder / "links.md"
    out.write_text("The old report\n", encoding="utf-8")
    return links.main(["--out", str(out), "--root", str(folder)]), out


def test_without_a_network_one_line_says_so_and_the_old_report_stays(tmp_path, capsys):
    with server(requests=0) as closed:
        code, out = asked(tmp_path, closed)
    said = capsys.readouterr()
    assert (code, said.out) == (1, "") and said.err.count("\n") == 1
    assert said.err.startswith(
        "There is no network: none of the hosts that the report names could be reached (1 tried)."
    )
    assert out.read_text(encoding="utf-8") == "The old report\n"
    assert not (tmp_path / "_build").exists(), "it is known before the book is read"


def test_a_network_that_goes_away_meanwhile_is_said_in_one_line_too(tmp_path, capsys):
    with server(
        requests=1
    ) as leaving:  # there when it is looked for, gone when the links are checked
        code, out = asked(tmp_path, leaving)
    said = capsys.readouterr()
    assert (code, said.out) == (1, "") and said.err.count("\n") == 1
    assert said.err.startswith(
        "There is no network: none of the addresses that were asked could be reached."
    )
    assert out.read_text(encoding="utf-8") == "The old report\n"


def test_a_server_that_finds_nothing_is_an_answer(tmp_path, capsys):
    with server() as there, server(requests=0) as closed:
        code, out = asked(tmp_path, there, closed)
    told = out.read_text(encoding="utf-8")
    assert code == 0 and "2 links do not answer" in capsys.readouterr().out
    assert (
        f"- <{there}> (index.md): 404 Client Error" in told and f"- <{closed}> (index.md): " in told
    )


def test_the_workflow_counts_what_the_report_lists():
    """The issue is opened by the number of such lines."""
    workflow = (Path(links.ROOT) / ".github/workflows/links.yml").read_text(encoding="utf-8")
    assert "grep -c '^- ' links.md" in workflow

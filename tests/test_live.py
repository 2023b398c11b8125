"""``make live``: what an author saves, however an editor saves it, stands in the browser; what has
a fault does not."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest
from tallybook.data.seal import seal

from tests import PATIENCE
from tests.conftest import ENGINE, GARDEN, copy_project
from tests.files import edit, read, write
from tests.visits import visiting

PAGE, TABLE = "rain.md", "data/rain/months.csv"


class Live:
    """The command at work on a report; what it says, and the pages that it serves."""

    def __init__(self, root: Path, port: int) -> None:
        self.root, self.address, self.said = root, f"http://127.0.0.1:{port}", ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tallybook", "live", "--port", str(port)],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(ENGINE)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self.process.stdout:
            self.said += line

    def until(self, true, what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < end, f"never {what}; it said:\n{self.said}"
            assert self.process.poll() is None, self.said
            time.sleep(0.05)

    def says(self, text: str, after: int = 0) -> None:
        self.until(lambda: text in self.said[after:], f"said {text!r}")

    def rests(self) -> None:
        """All that was saved is built, and the next save is awaited."""
        done = ("Ready", "The rest is built")
        self.until(
            lambda: max(map(self.said.rfind, done)) > self.said.rfind("Changed"), "came to rest"
        )

    def page(self, name: str) -> bytes:
        try:
            with urllib.request.urlopen(f"{self.address}/{name}") as answer:
                return re.sub(rb'<script src="/-live.js".*?</script>', b"", answer.read())
        except OSError:  # not yet
            return b""

    def shows(self, name: str, text: str) -> None:
        self.until(lambda: text.encode() in self.page(name), f"{name} with {text!r}")

    def save(self, name: str, text: str) -> int:
        """Save as many editors do: write another file, and put it in the place of the first. Gives
        the length of what was said before."""
        said = len(self.said)
        write(self.root / f"{name}.new", text)
        os.replace(self.root / f"{name}.new", self.root / name)
        return said


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory):
    """At work on the garden, which was saved again while the first build was at work."""
    root = copy_project(tmp_path_factory.mktemp("live") / "report", GARDEN)
    running = Live(root, 8000 + os.getpid() % 50_000)
    running.until((root / "_build/staging/_build").is_dir, "began to build")
    running.save("index.md", read(root / "index.md") + "\nSaved during the first build.\n")
    try:
        running.shows("index.html", "Saved during the first build.")
        running.says("Ready")
        yield running
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(PATIENCE) == 0
    finally:
        running.process.kill()
    assert not any(b"tallybook.live_worker" in line for line in _commands(root))


def _commands(root: Path) -> list[bytes]:
    """The command lines of all processes that name a folder."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(path.read_bytes())
        except OSError:  # it has ended
            continue
    return [line for line in lines if os.fsencode(root) in line]


def test_a_saved_page_is_seen_each_time_and_is_the_page_of_the_whole_build(live, browser):
    """An open page is loaded anew; others are left alone."""
    with (
        visiting(browser, f"{live.address}/rain.html") as page,
        visiting(browser, f"{live.address}/404.html") as other,
    ):
        other.evaluate("window.kept = true")
        for turn in range(2):
            said = live.save(PAGE, f"{read(live.root / PAGE)}\nSaved, and saved again: {turn}.\n")
            page.get_by_text(f"saved again: {turn}.").wait_for(timeout=PATIENCE * 1000)
            assert "rain: written in" in live.said[said:]
        assert other.evaluate("window.kept")
    foreign = urllib.request.Request(f"{live.address}/rain.html", headers={"Host": "a.example"})
    with pytest.raises(OSError, match="421"):  # another site's page asks
        urllib.request.urlopen(foreign)
    beside = ("rain.html", "rain.md", "rain.cards.js")
    drafts = [live.page(name) for name in beside]
    assert all(drafts)
    live.says("The rest is built.", said)
    assert [(live.root / "_build/html" / name).read_bytes() for name in beside] == drafts


def test_a_fault_names_its_line_and_the_page_stays_until_the_next_good_save(live):
    before, page = read(live.root / PAGE), live.page("rain.html")
    live.save(PAGE, f"{before}\nSee {{num}}`rain.no-such`.\n")
    line = before.count("\n") + 2
    live.until(lambda: re.search(rf"rain\.md:{line}: .*rain\.no-such", live.said), "named the line")
    live.says("The pages stay as they were.")
    assert live.page("rain.html") == page
    live.save(PAGE, before)  # words that are taken back go from the page
    live.until(lambda: live.page("rain.html") == page, "the page as it was")


def test_a_changed_table_reaches_every_page(live):
    assert "2025-07,94.5," in read(live.root / TABLE)
    edit(live.root / TABLE, "2025-07,94.5,", "2025-07,95.5,")
    seal(live.root / "data")
    live.shows("rain.html", ">95.5<")
    assert b"95.5" in live.page("numbers.json")


def test_the_last_of_many_saves_is_shown_while_all_is_built(live):
    """A change of a table has all built; words that are saved meanwhile are shown before that ends,
    on a page whose numbers fit each other, and every page is that of the whole build then."""
    live.rests()
    before, said = live.page("rain.html"), len(live.said)
    old, new = ("95.5", "96.5") if b">95.5<" in before else ("94.5", "96.5")
    edit(live.root / TABLE, f"2025-07,{old},", f"2025-07,{new},")
    seal(live.root / "data")
    live.says("Changed: data", said)
    for turn in range(10):
        began = time.monotonic()
        live.save(PAGE, f"{read(live.root / PAGE)}\nIn a hurry, {turn}.\n")
        time.sleep(0.1)
    live.shows("rain.html", "In a hurry, 9.")
    assert time.monotonic() - began < 5  # seconds; on an idle machine it takes less than one
    assert f">{old}<".encode() in live.page("rain.html")  # all that it shows was so once
    live.says("Ready", said)
    live.shows("rain.html", f">{new}<")
    assert b"In a hurry, 9." in live.page("rain.html")


def test_what_a_build_has_made_may_go_while_pages_are_served(live):
    live.rests()
    shutil.rmtree(live.root / "_build")
    live.save("index.md", f"{read(live.root / 'index.md')}\nAll was gone.\n")
    live.shows("index.html", "All was gone.")

"""A real Chromium that can reach this machine and nothing else."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic")
# A page that asks for another host is told at once that there is none: counted, and not waited for.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"


def path() -> str:
    """Where the browser is. Raises ``SystemExit`` if there is none."""
    found = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if found is None:
        raise SystemExit(
            "no Chromium on this machine; expected one of: chromium, chromium-browser,"
            " google-chrome"
        )
    return found


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path(), args=[*FLAGS, ALONE])
        try:
            yield browser
        finally:
            browser.close()

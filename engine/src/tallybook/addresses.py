"""Which addresses a report may lead its readers to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

SCHEMES = ("http", "https", "mailto", "doi")
WANTED = f"an address that begins with one of {', '.join(f'{name}:' for name in SCHEMES)}"
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f]")  # a browser leaves them out of a scheme


def fault(address: str) -> str:
    """What is wrong with an address, as found and expected; empty if nothing is."""
    if _UNSEEN.search(address):
        return f"found {address!r}; expected an address without spaces"
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        scheme = ""
    return "" if scheme in SCHEMES else f"found {address!r}; expected {WANTED}"

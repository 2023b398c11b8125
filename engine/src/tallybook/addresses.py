"""Which addresses a report may lead its readers to."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

# Columns of tables that hold addresses, whatever table it is.
COLUMNS = ("address", "url")
SCHEMES = ("http", "https", "mailto", "doi")
WANTED = f"an address that begins with one of {', '.join(f'{name}:' for name in SCHEMES)}"
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f]")  # a browser leaves them out of a scheme


def fault(address: str, inside: bool = False) -> str:
    """What is wrong with an address, as found and expected; empty if nothing is. ``inside``: it
    stands in a page, and may lead to a page or a file beside it."""
    text = unescape(address)
    if _UNSEEN.search(text):
        return f"found {address!r}; expected an address without spaces"
    try:
        scheme, host, *_ = urlsplit(text)
    except ValueError:
        scheme, host = "none", ""
    good = scheme in SCHEMES or (inside and not scheme)
    good &= bool(host) or not scheme.startswith("http")
    return "" if good else f"found {address!r}; expected {WANTED}"

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


def fault(address: str) -> str:
    """What is wrong with an address, as found and expected; empty if nothing is."""
    if _UNSEEN.search(address):
        return f"found {address!r}; expected an address without spaces"
    return "" if _scheme(address) in SCHEMES else f"found {address!r}; expected {WANTED}"


def misleads(address: str) -> str:
    """What is wrong with an address in a page, which may be of a page or file beside it: the
    address and what was expected; empty if nothing is."""
    scheme = _scheme(_UNSEEN.sub("", unescape(address)))
    return "" if scheme in ("", *SCHEMES) else f"{address!r}; expected {WANTED}, or a page"


def _scheme(address: str) -> str:
    try:
        return urlsplit(address).scheme.lower()
    except ValueError:  # no address at all
        return "?"

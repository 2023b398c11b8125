"""The site as a plain static host sends it: compressed text, one connection kept open, ten minutes
of cache. For measuring; ``make serve`` serves to people."""

from __future__ import annotations

import functools
import gzip
from pathlib import Path
from typing import IO

from tallybook import live

LEVEL = 6  # what common servers compress with unless told otherwise
# What hosts compress; pictures and archives are compressed already.
TEXT = (".html", ".css", ".js", ".json", ".svg", ".csv", ".txt", ".xml", ".webmanifest")


class Handler(live.Handler):
    """Files of a folder; text goes out compressed if the browser says that it can read it."""

    cache = "max-age=600"

    def send_head(self) -> IO[bytes] | None:
        path = self.file()
        readable = "gzip" in self.headers.get("Accept-Encoding", "")
        if path.suffix not in TEXT or not path.is_file() or not readable:
            return super().send_head()
        # The resolved name, since the site is a link, which a new build changes.
        content = compressed(path.resolve(), path.stat().st_mtime_ns)
        heads = {"Content_Encoding": "gzip", "Vary": "Accept-Encoding"}
        return self.answer(self.guess_type(path), content, **heads)


@functools.lru_cache(maxsize=512)
def compressed(path: Path, _changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), LEVEL, mtime=0)


serving = functools.partial(live.serving, handler=Handler)

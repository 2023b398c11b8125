"""Stored bytes that can tell whether they are still what was written: the sha256 of the content
stands before it.

A build stores executed chapters, costly results and drawings for the next build. Disks and memory
do flip bits, and a pickle or a notebook with one bit changed is often still readable. What does not
match its checksum is made again.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

LENGTH = hashlib.sha256().digest_size


class DamagedError(ValueError):
    """Stored bytes are not what was written."""


def with_checksum(content: bytes) -> bytes:
    """The content as it is to be stored: 32 bytes of sha256, then the content."""
    return hashlib.sha256(content).digest() + content


def without_checksum(stored: bytes) -> bytes:
    """What ``with_checksum`` was given. Raises ``DamagedError`` if any bit has changed."""
    content = stored[LENGTH:]
    if len(stored) < LENGTH or hashlib.sha256(content).digest() != stored[:LENGTH]:
        raise DamagedError(f"found {len(stored)} bytes that do not match their checksum")
    return content


def write(path: Path, content: bytes) -> None:
    """Store the content at ``path``, whole or not at all; folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}.next")
    fresh.write_bytes(with_checksum(content))
    os.replace(fresh, path)


def read(path: Path) -> bytes:
    """What ``write`` has stored. Raises ``OSError`` or ``DamagedError``."""
    return without_checksum(path.read_bytes())


def remove_damaged(folder: Path) -> list[str]:
    """Remove every file below ``folder`` that does not match its checksum; returns their names,
    those left empty excepted. An empty file, or one that ends in ``.next``, was left by a process
    that was stopped before it had a result."""
    damaged = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            read(path)
        except DamagedError:
            if path.stat().st_size and path.suffix != ".next":
                damaged.append(path.relative_to(folder).as_posix())
            path.unlink()
    return damaged

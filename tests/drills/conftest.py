"""Every drill has a room of its own, and leaves it as this file says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drills.room import Room, copy, listing


@pytest.fixture
def room(book_root: Path, tmp_path: Path) -> Iterator[Room]:
    """A copy of the project with a good site. Afterwards the same site must stand, and no file be there that was not."""
    room = copy(book_root, tmp_path)
    before = listing(room.root)
    yield room
    room.check()
    assert listing(room.root).keys() == before.keys()

"""Every drill has a room of its own, and leaves it as this file says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drills.room import ON_BOOK, Sandbox, copy, listing


@pytest.fixture(scope="session")
def good(request: pytest.FixtureRequest) -> Path:
    """The built report that drills copy."""
    return request.getfixturevalue("book_root" if ON_BOOK else "garden_root")


@pytest.fixture
def room(good: Path, tmp_path: Path) -> Iterator[Sandbox]:
    """A copy of a report with a good site.

    Afterwards the same site must stand, and no file be there that was not.
    """
    room = copy(good, tmp_path)
    before = listing(room.root).keys()
    yield room
    room.check()
    assert listing(room.root).keys() == before

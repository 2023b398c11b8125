"""What is stored between builds may be damaged; what is published may not.

``FLIPS`` single bits are changed, a build after each; it must give the good site. By default a few
rounds of ten bits each take the place of a hundred builds: ``FLIPS=100 EACH=1`` in the
environment makes them all.
"""

from __future__ import annotations

import os
import pickle
import random
import re
from pathlib import Path

import nbformat
from tallybook.builder.cache import checksum

from tests.drills.room import CHAPTER, STORED, Sandbox

SEED = 20261125
FLIPS, EACH = int(os.environ.get("FLIPS", "20")), int(os.environ.get("EACH", "10"))
SAID = r"(?m)^ *\d+ s  found (\d+) stored results without a valid checksum \(.+\); they are comp"


def flip(room: Sandbox, chance: random.Random, turn: int) -> str:
    """Change one bit of a file in staging; returns the file's name.

    The folders take turns, so that all are met.
    """
    files: dict[str, list[Path]] = {}
    for path in sorted(room.staging.rglob("*")):
        if path.is_file() and path.stat().st_size:
            files.setdefault(path.relative_to(room.staging).parts[0], []).append(path)
    path = chance.choice(files[sorted(files)[turn % len(files)]])
    content = bytearray(path.read_bytes())
    at = chance.randrange(8 * len(content))
    content[at // 8] ^= 1 << at % 8
    path.write_bytes(content)
    return path.relative_to(room.staging).as_posix()


def test_random_bits(room: Sandbox):
    chance = random.Random(SEED)
    room.builds()  # so that drawings, doctrees and all else lie there too
    met = set()
    for first in range(0, FLIPS, EACH):
        flipped = {flip(room, chance, turn) for turn in range(first, first + EACH)}
        met |= {name.partition("/")[0] for name in flipped}
        done = room.build()
        assert done.code == 0, (flipped, done.errors)
        said = re.findall(SAID, done.said)
        stored = {name for name in flipped if name.startswith(STORED)}
        assert said == ([str(len(stored))] if stored else []), (flipped, done.said)
        room.check()
    assert met.issuperset(STORED)


def test_a_float_and_a_word_that_still_can_be_read(room: Sandbox):
    """Changes that a pickle and a notebook survive: without a checksum they were published."""
    for path in sorted(room.staging.glob(".report/*/*.pickle")):
        report, facts = pickle.loads(checksum.read(path))
        if hasattr(report, "numbers"):
            number = next(iter(report.numbers))
            object.__setattr__(number, "value", number.value + 1)
            path.write_bytes(path.read_bytes()[: checksum.LENGTH] + pickle.dumps((report, facts)))
            break
    else:
        raise AssertionError("no stored report")
    (path,) = room.staging.glob(f".notebooks/*/{CHAPTER}-*")
    head, text = path.read_bytes()[: checksum.LENGTH], checksum.read(path).decode("utf-8")
    changed = text.replace(CHAPTER, CHAPTER[::-1])
    assert changed != text
    nbformat.reads(changed, as_version=4)
    path.write_bytes(head + changed.encode("utf-8"))
    assert re.findall(SAID, room.builds().said) == ["2"]

"""Changes the last two bits of every float that is about to be published.

Python imports this module when it starts with this folder on ``PYTHONPATH``. Whatever a processor
may do to the last bits of a result, ``tallybook.model.digits`` has to hide it: a build with this
module must give the same site to the byte. The environment variable ``TALLYBOOK_SHAKEN`` is the
seed.
"""

import os
import random
import struct

from tallybook.model import digits

_chance = random.Random(os.environ["TALLYBOOK_SHAKEN"])
_rounded = digits.rounded


def shaken(value: float) -> float:
    """The float with random last two bits; zero, and what is no finite float, stays as it is."""
    if not isinstance(value, float) or value == 0 or value - value != 0:
        return value
    (bits,) = struct.unpack("<q", struct.pack("<d", value))
    return struct.unpack("<d", struct.pack("<q", bits ^ _chance.getrandbits(2)))[0]


def rounded(value: float, places: int = digits.DIGITS) -> float:
    return _rounded(shaken(value), places)


digits.rounded = rounded

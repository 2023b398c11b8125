"""``python -m tallybook.data``: check every table of the report in this folder."""

import sys
from pathlib import Path

from tallybook.data.package import main

sys.exit(main(Path("data")))

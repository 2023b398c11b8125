"""``python -m tallybook.build``: see ``tallybook.build.command``."""

import sys

from tallybook.build.command import main

sys.exit(main())

"""Microwork, recomputed: the analysis behind the report.

One direction only: ``data.table()`` -> a chapter's module -> ``Number`` -> page.
"""

from tallybook import project
from tallybook.model.units import Unit

from microwork.paths import ROOT

__version__ = "0.3.0"

# What is counted, or was published as a count: shown to the last digit.
COUNTED = (
    *("persons", "accounts", "platforms", "estimates", "vehicles", "operators", "integers"),
    *("draws", "claims", "countries", "projects", "items"),
)
HERE = project.use(ROOT, "microwork", dict.fromkeys(COUNTED, Unit(counted=True)))

"""Microwork, recomputed: the analysis behind the report.

One direction only: ``data.table()`` -> a chapter's module -> ``Number`` -> page.
"""

from tallybook import project
from tallybook.project import Unit

from microwork.paths import ROOT

# What is counted, or was published as a count: shown to the last digit.
COUNTED = (
    *("persons", "people", "accounts", "platforms", "estimates", "vehicles", "operators"),
    *("integers", "draws", "claims", "countries", "projects", "items", "releases"),
    *("values", "families", "blocks", "chains"),
)
# What a value of one has in the singular, among the units of assumptions and of claims.
ONE = {
    "platforms": "platform",
    "countries": "country",
    "products": "product",
    "judgments": "judgment",
    "requesters": "requester",
    "open jobs": "open job",
    "points": "point",
    "percentage points": "percentage point",
    "years": "year",
    "months": "month",
    "days": "day",
    "hours": "hour",
    "hours per day": "hour per day",
    "hours per week": "hour per week",
    "hours per hour on tasks": "hour per hour on tasks",
}
UNITS = {name: Unit(counted=name in COUNTED, one=ONE.get(name, "")) for name in (*COUNTED, *ONE)}
HERE = project.use(ROOT, "microwork", UNITS)

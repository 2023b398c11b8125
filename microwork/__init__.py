"""Microwork, recomputed: the analysis behind the report.

One direction only: ``data.table()`` -> a chapter's module -> ``Number`` -> page.
"""

from tallybook import project

from microwork.paths import ROOT

__version__ = "0.3.0"

HERE = project.use(ROOT, "microwork")

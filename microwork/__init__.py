"""Microwork, recomputed: the analysis behind the report.

One direction only: ``data.table()`` -> a chapter's module -> ``Number`` -> page.
"""

__version__ = "0.1.1"

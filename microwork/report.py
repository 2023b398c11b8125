"""This report, as the engine asks for it: its pages, its chapters and the tables that it adds."""

from __future__ import annotations

from functools import partial

from tallybook.project import later
from tallybook.report import Provider, Report

from microwork import HERE, since

PAGES = {
    role: f"chapters/{role}"
    for role in (
        *("numbers", "answers", "ledger", "methods", "sources", "glossary", "cite"),
        *("corrections", "calibration"),
    )
}

provider = Provider(HERE, PAGES, key="microwork")
provider.TABLES = {
    **provider.TABLES,
    "families": later("microwork.calibration:measured"),
    "chains": later("microwork.calibration:links"),
    **{f"since-{chapter}": partial(since.known, chapter) for chapter in provider.CHAPTERS},
}
provider.FAMILIES = later("microwork.calibration:every_family")
provider.CALIBRATION = later("microwork.calibration:found")
CHAPTERS = tuple(provider.CHAPTERS)
load, content_hash, server_environment = (
    provider.load,
    provider.content_hash,
    provider.server_environment,
)
__all__ = ["CHAPTERS", "Report", "content_hash", "server_environment", "load", "provider"]

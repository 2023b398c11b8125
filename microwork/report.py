"""This report, as the engine asks for it: its pages, its chapters and the tables that it adds."""

from __future__ import annotations

from functools import partial

from tallybook.report import Provider, Report

from microwork import HERE, since
from microwork.chains import chains
from microwork.counts import abroad
from microwork.families import FAMILIES
from microwork.income import workers

PAGES = {
    role: f"chapters/{role}"
    for role in (
        *("numbers", "answers", "ledger", "methods", "sources", "glossary", "cite"),
        "corrections",
    )
}

provider = Provider(HERE, PAGES, key="microwork")
provider.TABLES = {
    **provider.TABLES,
    "timeline": since.timeline,
    **{f"since-{chapter}": partial(since.known, chapter) for chapter in provider.CHAPTERS},
}
provider.FAMILIES = {**FAMILIES, **abroad.FAMILIES, **workers.FAMILIES}
provider.CHAINS = chains
CHAPTERS = tuple(provider.CHAPTERS)
load, content_hash, server_environment = (
    provider.load,
    provider.content_hash,
    provider.server_environment,
)
__all__ = ["CHAPTERS", "Report", "content_hash", "server_environment", "load", "provider"]

"""This report, as the engine asks for it: its pages, its chapters, its claims and how their verdicts look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import ModuleType

from tallybook.contract import Look
from tallybook.model.numbers import Registry
from tallybook.report import Provider, Report

from microwork import HERE, claims
from microwork.claims import Claim, Judgement, Verdict

PAGES = {role: f"chapters/{role}" for role in ("numbers", "ledger", "sources", "glossary", "cite")}


class Microwork(Provider):
    """The report with the claims of the press and their verdicts."""

    CHAPTERS_GIVE = ("numbers", "judgements")
    # A verdict's place on a scale from worst to best; one that leaves a claim open has none.
    VERDICTS: Mapping[str, Look] = {
        Verdict.REPRODUCED: Look("ok", "M2 9l4 4 8-10", 5),
        Verdict.CONSISTENT: Look("near", "M2 10c3-6 5-6 6-3s3 3 6-3", 4),
        Verdict.MISLABELLED: Look("name", "M3 15V2h9l-2 3 2 3H3", 3),
        Verdict.OVERSTATED: Look("over", "M8 14V3M3 8l5-5 5 5", 2),
        Verdict.UNDERSTATED: Look("over", "M8 2v11M3 8l5 5 5-5", 2),
        Verdict.NOT_SHOWN: Look("none", "M3 3l10 10M13 3L3 13"),
        Verdict.CITED_ONLY: Look("cited", "M3 4h10M3 8h10M3 12h6"),
    }

    def judge(self, modules: Iterable[ModuleType], registry: Registry) -> tuple[dict[str, Claim], dict[str, Judgement]]:
        """All claims, and the judgements of all chapters, settled."""
        said = claims.claims()
        found = [judgement for module in modules for judgement in module.judgements(said, registry)]
        return said, claims.settle(said, found, self.CHAPTERS, registry)


provider = Microwork(HERE, PAGES, key="microwork")
CHAPTERS = tuple(provider.CHAPTERS)
load, content_hash, kernel_environment = provider.load, provider.content_hash, provider.kernel_environment
__all__ = ["CHAPTERS", "Microwork", "Report", "content_hash", "kernel_environment", "load", "provider"]

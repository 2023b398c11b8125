"""The releases of this report: besides what the engine does, ``CITATION.cff`` is carried into the
files that repeat it, and a list of what the report is built with is added.

    python -m upkeep.release record              (make record)
    python -m upkeep.release archive             (make release)
    python -m upkeep.release register
    python -m upkeep.release publish OUT         (make public)
"""

from __future__ import annotations

import sys

from tallybook.release import command, record

from microwork.paths import ROOT
from upkeep import citation_sync, cpu_features, sbom, tree


class Ours(command.Releases):
    """The releases of this report. A record says of which sources and on which machine it was
    made."""

    def record(self) -> list[str]:
        citation_sync.write(self.root)
        return super().record()

    def refusals(self) -> list[str]:
        said = "found what CITATION.cff does not say; expected `make record` and a commit of it"
        return [
            *super().refusals(),
            *(f"{name}: {said}" for name in citation_sync.stale(self.root)),
        ]

    def advice(self) -> str:
        known = record.read(self.version, self.folder)
        if known["sources"] != self.facts["sources"]:
            return f"The sources have changed since they were recorded. {super().advice()}"
        return (
            "The sources are those of the record, so the site should be the same, and the record"
            f" should not be written again. It was made on {known['made_on']}; this is"
            f" {self.facts['made_on']}. `make verify PROCESSORS=1` shows whether the digits depend"
            " on the processor."
        )


def ours() -> Ours:
    """Imports the report, which declares its units."""
    from microwork.report import provider

    facts = {"made_on": cpu_features.machine(), "sources": tree.sources()}

    def added() -> dict[str, str]:
        return {"sbom.cdx.json": sbom.make(citation_sync.version())}

    return Ours(ROOT, provider.KEY, tree.CODE, facts, added)


if __name__ == "__main__":
    sys.exit(command.main(sys.argv[1:], ours))

"""``{tally}`tested` ``: how many claims there are of a kind, in a sentence."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from tallybook.claims import Judgement
from tallybook.claims.vocabulary import MEASURED, Verdict
from tallybook.report import Report
from tallybook.sphinx.claims import listed
from tallybook.sphinx.state import get_state

CLAIMS, TESTED, TURNING = "claims", "tested", "turning"
KINDS = (CLAIMS, TESTED, TURNING, *map(str, Verdict))


def setup(app: Sphinx) -> None:
    app.add_role("tally", TallyRole())


class TallyRole(SphinxRole):
    """A count of claims: all (``claims``), those tested on data (``tested``), those of them whose
    verdict an assumption turns (``turning``), or those with a verdict, by its words."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        if self.text in KINDS:
            return [nodes.Text(str(count(get_state(self.env.app).report, self.text)))], []
        said = f"{{tally}}: found {self.text!r}; expected one of {', '.join(KINDS)}"
        error = self.inliner.reporter.error(said, line=self.lineno)
        return [nodes.problematic(self.rawtext, self.rawtext)], [error]


def count(report: Report, kind: str) -> int:
    """How many of the listed claims are of a kind."""
    return sum(_is(report.judgements[name], kind) for name in listed(report))


def _is(judgement: Judgement, kind: str) -> bool:
    tested, fragile = judgement.check in MEASURED, judgement.fragile
    known = {CLAIMS: True, TESTED: tested, TURNING: tested and bool(fragile and fragile[0])}
    return known.get(kind, str(judgement.verdict) == kind)

"""``{tally}`tested` ``: how many claims there are of a kind, in a sentence."""

from __future__ import annotations

from collections.abc import Callable

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from tallybook.claims import Judgement
from tallybook.claims.vocabulary import ASKED, MEASURED, Verdict
from tallybook.report import Report
from tallybook.sphinx.claims.ledger import listed
from tallybook.sphinx.state import get_state

# Of each kind that is no verdict, what has to be so.
KNOWN: dict[str, Callable[[Judgement], bool]] = {
    "claims": lambda _: True,
    "tested": lambda one: one.check in MEASURED,
    "assuming": lambda one: bool(one.flips),
    "not assuming": lambda one: not one.flips,
    "turning": lambda one: any(flip.turns for flip in one.flips),
}
# Verdicts, alone and of claims that assert one thing, such as "documented case".
JUDGED = {
    f"{verdict} {what}".strip(): (verdict, what) for verdict in Verdict for what in ("", *ASKED)
}


def setup(app: Sphinx) -> None:
    app.add_role("tally", TallyRole())


class TallyRole(SphinxRole):
    """A count of claims: all (``claims``), those tested on data (``tested``), those whose verdict
    rests on assumptions (``assuming``) or on none (``not assuming``), those whose verdict one
    assumption turns (``turning``), or those with a verdict, by its words (``documented``), or of
    these those that assert one thing (``documented case``)."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        if self.text in KNOWN or self.text in JUDGED:
            return [nodes.Text(str(count(get_state(self.env.app).report, self.text)))], []
        known = ", ".join((*KNOWN, *map(str, Verdict)))
        said = f"{{tally}}: found {self.text!r}; expected one of {known}"
        error = self.inliner.reporter.error(said, line=self.lineno)
        return [nodes.problematic(self.rawtext, self.rawtext)], [error]


def count(report: Report, kind: str) -> int:
    """How many of the listed claims are of a kind."""

    names = listed(report)
    if kind in KNOWN:
        return sum(KNOWN[kind](report.judgements[name]) for name in names)
    verdict, what = JUDGED[kind]
    having = [name for name in names if report.judgements[name].verdict == verdict]
    return sum(what in ("", report.claims[name].asserts) for name in having)

"""Claims with our word on each in a short table: those held against an answer, and those about a
topic (``{claims-about}``)."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from tallybook.language import gettext as _
from tallybook.language import ngettext
from tallybook.sphinx.claims import badges, ledger
from tallybook.sphinx.nodes import cell, element, span, table, tag
from tallybook.sphinx.state import get_state


def setup(app: Sphinx) -> None:
    app.add_directive("claims-about", ClaimsAbout)


class ClaimsAbout(SphinxDirective):
    """``{claims-about} id id``: some claims by their ids, each with our word, in a fold."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        names, known = self.arguments[0].split(), ledger.listed(get_state(self.env.app).report)
        for name in names:
            if name not in known:
                raise self.error(f"{{claims-about}}: found {name!r}; expected a judged claim")
        told = ngettext("{count} claim", "{count} claims", len(names)).format(count=len(names))
        return [tag("details", tag("summary", told), _table(self.env, names, told), class_="more")]


def against(env: BuildEnvironment, answer_id: str) -> list[nodes.Node]:
    """A table of the claims that are held against an answer; nothing if there is none."""
    report = get_state(env.app).report
    held = [n for n in ledger.listed(report) if report.judgements[n].found == (answer_id,)]
    return [_table(env, held, _("What was published on this"))] if held else []


def _table(env: BuildEnvironment, names: list[str], caption: str) -> element:
    report, rows = get_state(env.app).report, list[nodes.Node]()
    for name in names:
        claim, judgement = report.claims[name], report.judgements[name]
        said = span("a", claim.statement, to=badges.row_of(env, claim))
        where = span("small", f" ({badges.told(claim)})")
        word = badges.badge(env, str(judgement.verdict), _(str(judgement.verdict)))
        notes = (tag("div", note, class_="why") for note in badges.notes(judgement))
        last = cell(_("Our word"), word, *notes)
        rows.append(tag("tr", tag("th", said, where, scope="row"), last))
    return table(caption, (_("What was published"), _("Our word")), rows, "data words")

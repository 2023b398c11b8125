"""What was published on the question of an answer, with the word on each."""

from __future__ import annotations

from docutils import nodes
from sphinx.environment import BuildEnvironment

from tallybook.language import gettext as _
from tallybook.sphinx.claims import badges, ledger
from tallybook.sphinx.nodes import span, table, tag
from tallybook.sphinx.state import get_state


def against(env: BuildEnvironment, answer_id: str) -> list[nodes.Node]:
    """A table of the claims that are held against an answer; nothing if there is none."""
    shared, rows = get_state(env.app), list[nodes.Node]()
    for claim_id in ledger.listed(shared.report):
        judgement = shared.report.judgements[claim_id]
        if judgement.found == (answer_id,):
            claim = shared.report.claims[claim_id]
            home = (shared.provider.CHAPTERS[claim.chapter], f"claim-{claim_id}")
            said = span("a", claim.statement, to=home)
            where = span("small", f" ({ledger.told(claim)})")
            word = badges.badge(env, str(judgement.verdict), _(str(judgement.verdict)))
            notes = (tag("div", note, class_="why") for note in badges.notes(judgement))
            cell = tag("td", word, *notes, label=_("Verdict"), data_label=_("Verdict"))
            rows.append(tag("tr", tag("th", said, where, scope="row"), cell))
    heads = (_("What was published"), _("Verdict"))
    return [table(_("What was published on this"), heads, rows, "data words")] if rows else []

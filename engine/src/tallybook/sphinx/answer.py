"""``{answer} claim``: the sentence that answers a page's question, the claim behind it, and the verdict with its first reason.

```{answer} women-share
**One bold sentence.**
```
"""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from tallybook.sphinx import claims, domain, state
from tallybook.sphinx.nodes import span, tag

END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“])")  # of a sentence


def setup(app: Sphinx) -> None:
    app.add_directive("answer", Answer)


class Answer(SphinxDirective):
    """The content as the page's answer; without a claim, the sentence alone."""

    optional_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        box = nodes.container(classes=["answer"])
        self.state.nested_parse(self.content, self.content_offset, box)
        if not self.arguments:
            return [box]
        shared, claim_id = state.of(self.env.app), self.arguments[0]
        if claim_id not in claims.listed(shared.report):
            raise self.error(
                f"{{answer}} {claim_id}: found no claim of that name with a verdict; expected one that repeats no other"
            )
        claim, verdict = shared.report.claims[claim_id], str(shared.report.judgements[claim_id].verdict)
        badge = claims.badge(self.env, verdict, verdict.capitalize())
        row = span("a", f"{claims.speaker(claim)}{claim.outlet}, {claim.day}", href=f"#claim-{claim_id}")
        said = tag("p", span("b", "The claim:"), f" {claim.statement} (", row, ")", class_="verdict-line of")
        why = domain.of(self.env).expand(END.split(shared.report.judgements[claim_id].reason, maxsplit=1)[0])
        return [box, said, tag("p", badge, " ", *why, class_="verdict-line")]

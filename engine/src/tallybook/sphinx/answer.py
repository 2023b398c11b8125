"""``{answer} claim``: the sentence that answers a page's question, the claim behind it, the
verdict, and how sure it is.

```{answer} women-share
:sure: Not sure, for the test is weak.
**One bold sentence.**
```

Without ``sure`` the first sentence of the verdict's reason stands there.
"""

from __future__ import annotations

import re

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from tallybook.claims import Judgement
from tallybook.sphinx import claims, domain
from tallybook.sphinx.nodes import span, tag
from tallybook.sphinx.state import get_state

END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“])")  # of a sentence


def setup(app: Sphinx) -> None:
    app.add_directive("answer", Answer)


class Answer(SphinxDirective):
    """The content as the page's answer; without a claim, the sentence alone."""

    optional_arguments = 1
    has_content = True
    option_spec = {"sure": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        box = nodes.container(classes=["answer"])
        self.state.nested_parse(self.content, self.content_offset, box)
        if not self.arguments:
            return [box]
        report, claim_id = get_state(self.env.app).report, self.arguments[0]
        if claim_id not in claims.listed(report):
            raise self.error(
                f"{{answer}} {claim_id}: found no claim of that name with a verdict; expected one"
                " that repeats no other"
            )
        claim, judgement = report.claims[claim_id], report.judgements[claim_id]
        asked = span("b", "The claim, in our words:")
        row = span("a", claims.told(claim), href=f"#claim-{claim_id}")
        said = tag("p", asked, f" {claim.statement} (", row, ")", class_="verdict-line of")
        verdict = claims.judged(self.env, judgement)
        return [box, said, tag("p", *verdict, *self.why(judgement), class_="verdict-line")]

    def why(self, judgement: Judgement) -> list[nodes.Node]:
        """What stands beside the verdict."""
        if "sure" not in self.options:
            return domain.of(self.env).expand(END.split(judgement.reason, maxsplit=1)[0])
        told, problems = self.parse_inline(self.options["sure"])
        return [span("b", "How sure we are:"), nodes.Text(" "), *told, *problems]

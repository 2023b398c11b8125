"""Pages with a name and a text and no more (``bare.html``): of one number, chart or claim, of a
source, of what is gone, and for an address that is none."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from tallybook.sphinx import state
from tallybook.sphinx.meta import POLICY
from tallybook.sphinx.state import get_state


def render(app: Sphinx, template: str, root: str, **more: Any) -> str:
    """A page of such a template, with what all of them say. ``root`` leads to the site's root."""
    context = {
        "language": state.language(app),
        "policy": POLICY,
        "root": root,
        "report_name": app.config.html_short_title,
        "built": get_state(app).built.isoformat(),
    }
    return str(app.builder.templates.render(template, context | more))

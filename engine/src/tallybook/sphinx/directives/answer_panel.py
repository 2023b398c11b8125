"""The panel of an answer, in which a reader says what he thinks, and moves the factors of ours: a
fold in the page of all answers. One script file holds what all panels compute with; it is loaded
when one is opened. ``theme/static/try.js`` computes as ``tallybook.answers`` does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from tallybook.answers import Answer, Answered, Factor, formulas
from tallybook.answers.factors import EIGHTY
from tallybook.answers.scales import LEVELS
from tallybook.answers.tables import PLACES
from tallybook.language import gettext as _
from tallybook.model.digits import settled
from tallybook.model.formatting import beside, signs
from tallybook.model.html import script_json
from tallybook.sphinx.builders import Page, group, write_texts
from tallybook.sphinx.nodes import element, tag
from tallybook.sphinx.state import get_state

FILE = "answerspanel.js"
LEAST = 2  # percent of the variance: factors with less are folded


def ask() -> str:
    """What opens a panel, and leads to it."""
    return _("What do you think?")


def anchor(answer: Answer) -> str:
    """Where the panel of an answer stands in the page."""
    return f"try-{answer.question.id}"


def fold(env: BuildEnvironment, answer: Answer) -> element:
    """The panel of an answer as it stands in the page, which without scripts does not show it."""
    at = f"{'../' * env.docname.count('/')}{FILE}"
    summary = tag("summary", ask())
    return tag("details", summary, class_="try", hidden="", id=anchor(answer), data_file=at)


def add_files(page: Page, doctree: nodes.document) -> None:
    """Give a page with panels the script and the style sheet that they need."""
    if any(one["attrs"].get("class") == "try" for one in doctree.findall(element)):
        page.context["page_scripts"] += ["try.js"]
        page.context["page_styles"] = ["try.css"]


def export(app: Sphinx) -> None:
    """Write what the panels compute with."""
    path, answered = Path(app.outdir) / FILE, get_state(app).report.answered
    text = script_json(settled(record(answered)), separators=(",", ":"))
    group(app, FILE, lambda: write_texts({path: f"window.answersPanel={text};\n"}))


def record(answered: Answered) -> dict[str, Any]:
    """All that the panels of a report compute with and say."""
    every = answered.answers.values()
    return {
        "levels": LEVELS.tolist(),
        "eighty": EIGHTY,
        "unit": 10**PLACES,
        "factors": {one.id: _factor(one) for answer in every for one in answer.factors},
        "answers": {name: _answer(one, answered) for name, one in answered.answers.items()},
    }


def _factor(factor: Factor) -> list[Any]:
    """Label, scale, whether it is judged, and the quantiles as whole numbers of the last place:
    their second differences, which are short."""
    whole = np.rint(factor.quantiles * 10**PLACES).astype(int)
    bends = np.diff(whole, 2, prepend=[0, 0]).tolist()
    return [factor.label, factor.scale, int(factor.kind == "judged"), bends]


def _answer(answer: Answer, answered: Answered) -> dict[str, Any]:
    asked = answer.question
    return {
        "scale": asked.scale,
        "unit": [*signs(asked.unit), beside(asked.unit, 1), beside(asked.unit, 2)],
        "between": answered.between[asked.scale],
        "routes": [formulas.nested(one.route.formula) for one in answer.routes],
        "shares": {name: round(one, 1) for name, one in answer.shares.items() if one >= LEAST},
    }

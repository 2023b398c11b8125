"""Answers in the pages, and ``answers.json``.

``{routes} counts.month-narrow counts.month-broad``: how an answer is made, its definition and its
routes in a fold. ``{answers}``: all of them, with their routes and factors.
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from tallybook.answers.answer import Answer, Estimate, Taken
from tallybook.answers.answers_json import OF_FACTOR, calibration
from tallybook.answers.factors import Factor
from tallybook.answers.formulas import in_words
from tallybook.answers.nested import Nested
from tallybook.answers.tables import FACTORS, Answered
from tallybook.language import capital, ended, ngettext
from tallybook.language import gettext as _
from tallybook.sphinx import domain
from tallybook.sphinx.builders import group
from tallybook.sphinx.claims import published
from tallybook.sphinx.directives import answer_panel
from tallybook.sphinx.directives.answer_parts import (
    anchor,
    band,
    figure,
    full,
    percent,
    rests,
    told,
    within,
)
from tallybook.sphinx.directives.numbers import about, origins, schema, write_json
from tallybook.sphinx.nodes import cell, element, joined, picture, span, table, tag
from tallybook.sphinx.state import get_state

FEW = 6  # sources of a factor that are named; of more, how many there are


def setup(app: Sphinx) -> None:
    app.add_directive("answers", Answers)
    app.add_directive("routes", Routes)


class Routes(SphinxDirective):
    """How some answers, by their ids, are made: for each a fold with its definition, and its
    routes in a table."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        known, names = get_state(self.env.app).report.answered.answers, self.arguments[0].split()
        for name in names:
            if name not in known:
                wanted = f"one of {', '.join(known)}" if known else "a row of data/questions.csv"
                raise self.error(f"{{routes}}: found the question {name!r}; expected {wanted}")
        return [tag("div", *(self.block(known[name]) for name in names))]

    def block(self, answer: Answer) -> element:
        asked, home = answer.question, get_state(self.env.app).page("answers")
        found = full(answer.estimate, asked.unit)
        last = tag("tr", tag("th", _("Together"), scope="row"), tag("td", found), tag("td", ""))
        rows = [_short_route(answer, one) for one in answer.routes]
        heads = (_("Route"), _("Alone, four chances in five"), _("Weight"))
        ways: list[nodes.Node | str] = []
        if home:
            made = span("a", _("How it is made"), to=(home, anchor(answer)))
            panel = span("a", answer_panel.ask(), to=(home, answer_panel.anchor(answer)))
            ways = [" ", made, " ", panel]
        return tag(
            "details",
            tag("summary", f"{asked.question} {found}"),
            table(ended(capital(asked.definition)), heads, [*rows, last], "data words"),
            tag("p", *rests(answer), *ways),
            class_="more wide",
        )


def _short_route(answer: Answer, taken: Taken) -> element:
    """A route in one row: what it is, what it gives alone, and its weight."""
    alone = full(taken.estimate, answer.question.unit)
    return tag(
        "tr",
        tag("th", taken.route.reason, scope="row"),
        cell(_("Alone, four chances in five"), alone),
        cell(_("Weight"), percent(taken.weight)),
    )


class Answers(SphinxDirective):
    """Every answer of the report, by chapter, and before them a table with a row each."""

    def run(self) -> list[nodes.Node]:
        shared = get_state(self.env.app)
        found = list(shared.report.answered.answers.values())
        if not found:
            return [tag("p", _("The report answers no question yet."))]
        rows = [_in_short(one) for one in found]
        caption = ngettext("{count} answer", "{count} answers", len(found))
        heads = (_("Question"), _("Answer"), _("Four chances in five"))
        file = span("a", "answers.json", href=f"{'../' * self.env.docname.count('/')}answers.json")
        made: list[nodes.Node] = [
            table(caption.format(count=len(found)), heads, rows, class_="data words"),
            tag("p", _("For programs, all of this is one file:"), " ", file),
        ]
        for name, page in shared.provider.CHAPTERS.items():
            of_chapter = [one for one in found if one.question.id.split(".")[0] == name]
            if of_chapter:
                title = span("a", _(name.replace("_", " ").capitalize()), to=(page, ""))
                sections = (_section(self.env, one) for one in of_chapter)
                made.append(tag("section", tag("h2", title), *sections, id=f"answers-of-{name}"))
        return made


def export(app: Sphinx) -> None:
    """Write ``answers.json`` at the root of the site, and its schema, if there are answers."""
    if get_state(app).report.answered.answers:
        group(app, "answers.json", lambda: [_write(app), schema(app, "answers")])
        answer_panel.export(app)


def _write(app: Sphinx) -> Path:
    shared, uri = get_state(app), app.builder.get_target_uri
    report, home, places = shared.report, shared.page("answers"), domain.of(app.env).places()
    hrefs = {
        name: f"{uri(home)}#{anchor(one)}"
        if home
        else f"{uri(places.get(name, shared.page('numbers')))}#{name}"
        for name, one in report.answered.answers.items()
    }
    content = {
        "answers": shared.provider.answers_json(report, hrefs),
        "calibration": calibration(report.calibration),
    }
    return write_json(Path(app.outdir) / "answers.json", about(app, "answers") | content)


def _in_short(answer: Answer) -> element:
    """The row of an answer in the table of all."""
    asked, found = answer.question, answer.estimate
    value, low, high = (figure(one, asked.unit) for one in (found.median, found.low, found.high))
    way = span("a", asked.question, href=f"#{anchor(answer)}")
    ends = _("{low} to {high}").format(low=low, high=high)
    return tag("tr", tag("th", way, scope="row"), tag("td", value), tag("td", ends))


def _section(env: BuildEnvironment, answer: Answer) -> element:
    """Everything that an answer is made of."""
    asked, labels = answer.question, {one.id: one.label for one in answer.factors}
    answered = get_state(env.app).report.answered
    every = [answer.estimate, *(one.estimate for one in answer.routes)]
    routes = [
        _route(answer, one, place, labels, every) for place, one in enumerate(answer.routes, 1)
    ]
    factors = sorted(answer.factors, key=lambda one: -answer.shares[one.id])
    heads = (_("Route"), _("Alone"), _("Weight"), _("The answer without it"))
    of_factors = (_("Factor"), _("Median, and four chances in five"), _("Share of the variance"))
    counted = ngettext("Its one route", "Its {count} routes", len(routes))
    judged = [answer.shares[one.id] for one in factors if one.kind == "judged"]
    known = _("Its factors: {count}, of which judged: {judged}, with {part} of its variance")
    folds = (
        (counted.format(count=len(routes)), heads, routes),
        (
            known.format(count=len(factors), judged=len(judged), part=percent(sum(judged))),
            of_factors,
            [_factor(env, answer, one) for one in factors],
        ),
    )
    return tag(
        "section",
        tag("h3", asked.question),
        *told(env, answer, every),
        tag("p", *rests(answer)),
        answer_panel.fold(env, answer),
        *published.against(env, asked.id),
        *_otherwise(answer, answered.nested),
        *_wholes(answer, answered),
        *(
            tag(
                "details",
                tag("summary", name),
                table(name, headings, rows, "data words"),
                class_="more wide",
            )
            for name, headings, rows in folds
        ),
        id=anchor(answer),
    )


def _route(
    answer: Answer, taken: Taken, place: int, labels: dict[str, str], every: list[Estimate]
) -> element:
    asked = answer.question
    formula = f"{place}. {in_words(taken.route.formula, labels)}"
    alone = picture("", html=band(asked.scale, taken.estimate, every))
    cells = (
        (_("Alone"), [full(taken.estimate, asked.unit), tag("div", alone, class_="band")]),
        (_("Weight"), [percent(taken.weight)]),
        (
            _("The answer without it"),
            [full(taken.without, asked.unit) if taken.without else _("no other route")],
        ),
    )
    first = tag("th", formula, tag("div", taken.route.reason, class_="why"), scope="row")
    others = (cell(head, *words) for head, words in cells)
    return tag("tr", first, *others)


def _factor(env: BuildEnvironment, answer: Answer, factor: Factor) -> element:
    """A factor with its reason and its sources; its share of the variance of each route."""
    mark: list[nodes.Node | str] = [" ", span("em", _("judged"))] if factor.kind == "judged" else []
    unit = "percent" if factor.scale == "logit" else ""
    low, middle, high = (figure(factor.at(one), unit, OF_FACTOR) for one in (0.1, 0.5, 0.9))
    value = middle if low == high else within(middle, low, high)
    of_route = _("Route {place}: {share}") if len(answer.routes) > 1 else "{share}"
    shares = [
        tag("div", of_route.format(place=place, share=percent(taken.shares[factor.id])))
        for place, taken in enumerate(answer.routes, 1)
        if factor.id in taken.shares
    ]
    sources = _sources(env, factor)
    return tag(
        "tr",
        tag(
            "th",
            tag("", factor.label, *mark),
            tag("div", factor.reason, class_="why"),
            *([tag("div", *sources, class_="why")] if sources else []),
            scope="row",
        ),
        tag("td", value),
        tag("td", *shares),
    )


def _sources(env: BuildEnvironment, factor: Factor) -> list[nodes.Node | str]:
    """The sources of a factor, each once."""
    shared, up = get_state(env.app), "../" * env.docname.count("/")
    facts = (fact for fact in factor.facts if fact.table != FACTORS)  # its own row is no source
    found = origins(shared.report, facts, shared.page("sources"))
    named_once = list({one.words: one for one in reversed(found)}.values())[::-1]
    ways = [span("a", one.words, href=up + one.href) for one in named_once[:FEW]]
    left = len(named_once) - FEW
    more = [", ", _("and {count} more").format(count=left)] if left > 0 else []
    return [f"{_('From')} ", *joined(", ", ways), *more] if ways else []


def _wholes(answer: Answer, answered: Answered) -> list[element]:
    """What part an answer is of each that counts all of it and more."""
    rows = [
        tag(
            "tr",
            tag("th", answered.answers[one.whole].question.question, scope="row"),
            cell(_("Its part of that"), full(one.share, "percent")),
            cell(_("Draws in which it is no larger"), percent(one.kept)),
        )
        for one in answered.nested.parts
        if one.part == answer.question.id
    ]
    heads = (_("Question"), _("Its part of that"), _("Draws in which it is no larger"))
    return [table(_("What it is a part of"), heads, rows, "data words")] if rows else []


def _otherwise(answer: Answer, nested: Nested) -> list[element]:
    """What the answer would be without one thing that it takes for granted."""
    unit = answer.question.unit
    hidden = _("nothing of theirs is used")
    if answer.claimants:
        hidden = full(answer.hidden, unit) if answer.hidden else _("nothing is left")
    judged = any(one.kind == "judged" for one in answer.factors)
    rows = [
        (_("only one of the routes is right, and nobody knows which"), full(answer.linear, unit)),
        (_("what those say who published a figure of it is left out"), hidden),
        (
            _("every judged range is twice as wide"),
            full(answer.doubled, unit) if judged else _("nothing in it is judged"),
        ),
    ]
    if (held := nested.held.get(answer.question.id)) is not None:
        drawn = _("no part is larger than its whole, as in {kept} of all draws")
        rows.append((drawn.format(kept=percent(nested.kept)), full(held, unit)))
    if answer.alone:
        del rows[0]  # it is so
    lines = [tag("tr", tag("th", text, scope="row"), tag("td", then)) for text, then in rows]
    return [table(_("What else it could be"), (_("If"), _("Answer")), lines, "data words")]

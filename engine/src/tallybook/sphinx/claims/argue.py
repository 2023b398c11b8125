"""The panel in which a reader argues with a verdict: what stands in the page, and the scripts that
make it move.

The page has a table of what a verdict rests on, which needs no script and prints. What a panel
reckons with stands in a script of its own, which is loaded when the panel is opened; it works from
disk too.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from tallybook.claims import Claim, Judgement, panel
from tallybook.claims.model import BASIS, Flip
from tallybook.claims.settle import after, shown, span, turning_point
from tallybook.claims.supposing import OUTCOMES
from tallybook.claims.vocabulary import Verdict
from tallybook.language import gettext as _
from tallybook.language import semicolon
from tallybook.model.formatting import suffix
from tallybook.sphinx import domain
from tallybook.sphinx.builders import group, write_texts
from tallybook.sphinx.nodes import element, number, tag
from tallybook.sphinx.nodes import table as table_of
from tallybook.sphinx.state import State, get_state
from tallybook.sphinx.versions import numbering

FOLDER = "_argue"
WORDS = f"{FOLDER}/words.js"
HERE = "tallybook-panels"  # the claims whose panel the page being read has had
IDS = ("asked", "across", "up")  # of assumptions, among the words of a panel


def setup(app: Sphinx) -> None:
    app.add_directive("argue", Argue)


class Argue(SphinxDirective):
    """``{argue} claim``: the panel of a claim, where a chapter wants it instead of in the claim's
    row."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        shared, claim_id = get_state(self.env.app), self.arguments[0]
        judgement = shared.report.judgements.get(claim_id)
        if judgement is None or judgement.argument is None:
            found = f"{{argue}} {claim_id}: found no claim with an assumption behind it"
            raise self.error(f"{found}; expected the id of one")
        self.env.temp_data.setdefault(HERE, set()).add(claim_id)
        return [made(self.env, shared.report.claims[claim_id], judgement)]


def in_row(env: BuildEnvironment, claim_id: str) -> list[element]:
    """The panel in the row of a claim; none where the page has it above, or nothing moves."""
    shared = get_state(env.app)
    judgement = shared.report.judgements[claim_id]
    if judgement.argument is None or claim_id in env.temp_data.get(HERE, ()):
        return []
    return [made(env, shared.report.claims[claim_id], judgement)]


def made(env: BuildEnvironment, claim: Claim, judgement: Judgement) -> element:
    """A fold with the table of assumptions, and the addresses of what makes it move."""
    here = env.app.builder.get_target_uri(env.docname)
    scripts = (WORDS, f"{FOLDER}/{claim.claim_id}.js", "_static/argue.js")
    argument, own = judgement.argument, panel.words(claim)
    assert argument is not None
    flips = argument.flips if argument.stays else judgement.flips
    rows = [_row(flip, _outcomes(own, argument.stays)) for flip in flips]
    caption = _("What it rests on")
    if argument.stays:
        caption = _("What follows from other assumptions")
    inside = [table_of(caption, _headings(), rows, class_="assumptions data words")]
    if own and own.lesson:
        lesson = domain.of(env).expand(_(own.lesson))
        for used in lesson:
            if isinstance(used, number):
                used["late"] = True  # its place is in the text, if it is there too
        inside.append(tag("p", *lesson, class_="lesson"))
    return tag(
        "details",
        tag("summary", _(panel.ARGUE)),
        *inside,
        class_="argue",
        data_argue=claim.claim_id,
        data_scripts=" ".join(relative_uri(here, script) for script in scripts),
        data_style=relative_uri(here, "_static/argue.css"),
    )


def _outcomes(own: panel.Words | None, stays: bool) -> dict[Verdict, str]:
    """What each outcome is called: a verdict, or what follows where the verdict stays."""
    if not stays or own is None:
        return {verdict: _(str(verdict)) for verdict in Verdict}
    return {verdict: _(getattr(own, name) or name) for verdict, name in OUTCOMES.items()}


def _headings() -> tuple[str, ...]:
    return _("What is assumed"), _("We take"), _("Plausible"), _("Where it turns")


def _row(flip: Flip, outcomes: dict[Verdict, str]) -> element:
    one = flip.axis
    least, most = span(one)
    why = _("{low} to {high}, because {reason} ({basis})").format(
        low=least, high=most, reason=one.reason, basis=_(BASIS[one.basis])
    )
    points = [
        _("{value}: {outcome}").format(
            value=turning_point(one, at), outcome=outcomes[verdict].rstrip(".")
        )
        for at, verdict in flip.turns
    ]
    cells = (
        shown(one.value, one.unit),
        why,
        semicolon().join(points) or _("nowhere in that range"),
    )
    named = zip(_headings()[1:], cells, strict=True)
    told = [tag("td", text, label=name, data_label=name) for name, text in named]
    return tag("tr", tag("th", one.assumption, scope="row"), *told)


def write_files(app: Sphinx) -> None:
    """Write the script of each panel, and that with the words of all."""
    shared = get_state(app)
    arguable = {
        name: judgement
        for name, judgement in shared.report.judgements.items()
        if judgement.argument and not shared.report.claims[name].repeats
    }
    if arguable:
        group(app, FOLDER, lambda: _write(app, shared, arguable))


def _write(app: Sphinx, shared: State, arguable: dict[str, Judgement]) -> list[Path]:
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(exist_ok=True)
    texts = {folder / "words.js": f"window.argueWords={_json(_words(app, shared, arguable))};\n"}
    for name, judgement in arguable.items():
        data = _json(record(shared, shared.report.claims[name], judgement))
        texts[folder / f"{name}.js"] = f"(window.argued??={{}})[{_json(name)}]={data};\n"
    return write_texts(texts)


def record(shared: State, claim: Claim, judgement: Judgement) -> dict[str, Any]:
    """All that the panel of a claim reckons with and says."""
    argument, report = judgement.argument, shared.report
    assert argument is not None
    found = argument.record()
    for axis, known in zip(found["axes"], argument.axes, strict=True):
        one, many = (after(known.unit, count) for count in (1, 2))
        axis |= {"label": known.assumption, "after": many, "one": None if one == many else one}
    for case, of in zip(found["cases"], argument.cases, strict=True):
        case["suffix"] = suffix(of.model.number.unit)
        case["sentence"] = report.expand(_(panel.template(claim, of)))
    own = panel.words(claim)
    told = {} if own is None else {k: v for k, v in asdict(own).items() if v}
    words = {k: v if k in IDS else report.expand(_(v)) for k, v in told.items()}
    for name in ("sentence", "lesson", *OUTCOMES.values()):
        words.pop(name, None)
    outcomes = {
        str(verdict): report.expand(said)
        for verdict, said in _outcomes(own, argument.stays).items()
    }
    ours = str(judgement.verdict)
    meaning = _(shared.provider.VERDICTS[ours].meaning)
    more = {"outcomes": outcomes, "meaning": meaning} if argument.stays else {}
    return {
        **found,
        **words,
        **more,
        "claim": claim.statement,
        "ours": ours,
        "presets": [_said(asdict(one)) for one in panel.presets(claim, argument)],
    }


def _words(app: Sphinx, shared: State, arguable: dict[str, Judgement]) -> dict[str, Any]:
    """What every panel says, and the verdicts that one can show."""
    reckoned = (verdict for kind in panel.BECAUSE.values() for verdict in kind)
    possible = {*reckoned, *(judgement.verdict for judgement in arguable.values())}
    verdicts = {
        name: {"word": _(name), "kind": look.kind, "shape": look.shape}
        for name, look in shared.provider.VERDICTS.items()
        if name in possible
    }
    config = app.config
    source = _(panel.UI["source"]).format(
        author=_(config.author),
        report=config.html_title or config.project,
        version=numbering.in_words(app),
    )
    return {**_said(panel.UI), "source": source, "verdicts": verdicts}


def _said(part: Any) -> Any:
    """Texts of the panel in the language that is written, at every depth."""
    if isinstance(part, dict):
        return {key: _said(value) for key, value in part.items()}
    return _(part) if isinstance(part, str) else part


def _json(value: Any) -> str:
    text = json.dumps(_bare(value), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("</", "<\\/")


def _bare(value: Any) -> Any:
    """As short as a script can read it: without what is none or false, which it takes for missing;
    what is true, and whole numbers, as whole numbers."""
    if isinstance(value, dict):
        kept = {name: one for name, one in value.items() if one is not None and one is not False}
        return {name: _bare(one) for name, one in kept.items()}
    if isinstance(value, list | tuple):
        return [_bare(one) for one in value]
    whole = isinstance(value, bool) or (isinstance(value, float) and value.is_integer())
    return int(value) if whole else value

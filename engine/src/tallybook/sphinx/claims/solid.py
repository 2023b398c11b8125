"""How solid the verdicts are, on one page.

``{solid}`` lists all that rest on assumptions, those that turn first at the top, each with its
assumptions as strips. ``{carried}`` shows which measurements carry which verdicts. ``{guess}`` lets
readers guess what became of the claims on the front page.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from tallybook.claims import Judgement, measurements, panel, solidity
from tallybook.claims.model import Flip
from tallybook.claims.settle import together
from tallybook.language import gettext as _
from tallybook.language import ngettext
from tallybook.report import Report
from tallybook.sphinx import domain, state
from tallybook.sphinx.claims import badges, ledger, strips
from tallybook.sphinx.nodes import element, phrase, picture, span, tag
from tallybook.sphinx.pages import filters
from tallybook.sphinx.state import get_state


class guesses(nodes.General, nodes.Element):  # noqa: N801 - docutils names its nodes so
    """Where the guesses are to stand. Which claims the front page shows is known when all pages
    have been read."""


def setup(app: Sphinx) -> None:
    app.add_directive("guess", Guess)
    app.add_directive("solid", Solid)
    app.add_directive("carried", Carried)
    app.connect("env-updated", pages_with_guesses)
    app.connect("doctree-resolved", fill)


class Guess(SphinxDirective):
    """``{guess}``: a fold for each claim on the front page, with its verdict inside."""

    def run(self) -> list[nodes.Node]:
        return [guesses()]


class Solid(SphinxDirective):
    """``{solid}``: every verdict that rests on assumptions, with filters that need JavaScript and
    strips that do not."""

    def run(self) -> list[nodes.Node]:
        shared = get_state(self.env.app)
        found = solidity.ordered(_judged(shared.report))
        if not found:
            return [tag("p", _("No verdict rests on an assumption that could turn it."))]
        ids = [one.claim_id for one in found]
        offered = filters.choices(shared.report, ids, shared.provider.VERDICTS)
        form = filters.form("claims", ".solid [data-chapter]", offered, words=False)
        items = [_item(self.env, one) for one in found]
        return [tag("div", form, tag("ol", *items, class_="solid"), class_="ledger")]


class Carried(SphinxDirective):
    """``{carried}``: the measurements that carry several verdicts, and in a fold those that carry
    one."""

    def run(self) -> list[nodes.Node]:
        groups = solidity.carried(_judged(get_state(self.env.app).report))
        if not groups:
            return [tag("p", _("No verdict rests on a measurement."))]
        most = len(groups[0][1])
        several = [group for group in groups if len(group[1]) > 1]
        single = groups[len(several) :]
        made: list[nodes.Node] = [_groups(self.env, several, most)] if several else []
        if single:
            count = sum(len(names) for names, _ids in single)
            fold = tag("summary", _("{count} more, with one verdict each").format(count=count))
            made.append(tag("details", fold, _groups(self.env, single, most), class_="more wide"))
        return made


def pages_with_guesses(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The page to write again when any page was read: the front page may show other claims."""
    page = get_state(app).page("solid")
    return [page] if page in env.found_docs else []


def fill(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Put the claims of the front page where they are to be guessed."""
    for empty in list(doctree.findall(guesses)):
        shown = domain.of(app.env).data["findings"]
        order = [name for name in get_state(app).provider.CHAPTERS if name in shown]
        folds = [_guess(app.env, shown[name]["claim_id"]) for name in order]
        none = tag("p", _("The front page shows no claim."))
        empty.parent.replace(empty, tag("div", *(folds or [none]), class_="guesses"))


def _judged(report: Report) -> list[Judgement]:
    return [report.judgements[name] for name in ledger.listed(report)]


def _guess(env: BuildEnvironment, claim_id: str) -> element:
    """A question, and the verdict in its fold."""
    report = get_state(env.app).report
    claim, judgement = report.claims[claim_id], report.judgements[claim_id]
    asked = tag(
        "summary",
        f"{_('What do you think became of this?')} ",
        span("b", claim.statement),
        " ",
        span("small", ledger.told(claim)),
    )
    said = tag("p", report.expand(judgement.reason))
    joint = judgement.joint
    turns = together(joint) if joint else solidity.turns(judgement)
    firm = [tag("p", turns)] if judgement.flips else []
    verdict = tag("p", *badges.judged(env, judgement))
    return tag("details", asked, verdict, said, *firm, _ways(env, claim_id), class_="more")


def _item(env: BuildEnvironment, judgement: Judgement) -> element:
    """A claim with its verdict, how little turns it, and its assumptions: those that turn it alone
    stand open."""
    shared, verdict = get_state(env.app), str(judgement.verdict)
    claim = shared.report.claims[judgement.claim_id]
    said = tag("p", span("small", ledger.told(claim), " · ", _(claim.chapter)))
    size = strips.bar(judgement.joint.size) if judgement.joint else ""
    turns = span("span", picture("", html=size), " ", solidity.turns(judgement), class_="turns")
    weighed = tag("p", badges.badge(env, verdict, _(verdict)), " ", turns, class_="weighed")
    turning = [flip for flip in judgement.flips if flip.turns]
    others = [flip for flip in judgement.flips if not flip.turns]
    return tag(
        "li",
        tag("h3", claim.statement),
        said,
        weighed,
        *([_axes(shared, turning, verdict)] if turning else []),
        *([_fold(shared, others, judgement)] if others else []),
        _ways(env, judgement.claim_id),
        id=anchor(judgement.claim_id),
        data_verdict=verdict,
        data_chapter=claim.chapter,
    )


def anchor(claim_id: str) -> str:
    """The address of a claim in the list."""
    return f"solid-{claim_id}"


def _fold(shared: state.State, flips: list[Flip], judgement: Judgement) -> element:
    """The assumptions that turn nothing, at least not alone."""
    count = len(flips)
    said = ngettext(
        "{count} assumption that does not turn it", "{count} assumptions that do not turn it", count
    )
    if judgement.joint:
        said = ngettext(
            "{count} assumption that does not turn it alone",
            "{count} assumptions that do not turn it alone",
            count,
        )
    title = tag("summary", said.format(count=count))
    return tag("details", title, _axes(shared, flips, str(judgement.verdict)), class_="more")


def _axes(shared: state.State, flips: list[Flip], verdict: str) -> element:
    def kind(name: str) -> str:
        return shared.provider.VERDICTS[name].kind

    items = [
        tag(
            "li",
            tag("p", span("b", flip.axis.assumption), ". ", solidity.brief(flip)),
            picture("", html=strips.track(flip, verdict, kind)),
        )
        for flip in flips
    ]
    return tag("ul", *items, class_="axes")


def _ways(env: BuildEnvironment, claim_id: str) -> element:
    """Where to argue with a verdict, and the row with all that was found on the claim."""
    shared = get_state(env.app)
    home = shared.provider.CHAPTERS[shared.report.claims[claim_id].chapter]
    row = span("a", _("All we found on it"), to=(home, f"claim-{claim_id}"))
    ways: list[nodes.Node | str] = [row]
    if shared.report.judgements[claim_id].argument:
        arguing = span("a", _(panel.ARGUE), to=(home, f"argue={claim_id}"))
        ways = [arguing, " ", row]
    return tag("p", *ways, class_="links web")


def _groups(env: BuildEnvironment, groups: list[solidity.Group], most: int) -> element:
    return tag("ol", *(_group(env, *one, most) for one in groups), class_="carried wide")


def _group(env: BuildEnvironment, names: list[str], ids: list[str], most: int) -> element:
    """Measurements, and the claims whose verdicts rest on each of them."""
    report = get_state(env.app).report
    verdicts, many = len(ids), len(names)
    said = ngettext(
        "This measurement carries one verdict",
        "This measurement carries {verdicts} verdicts",
        verdicts,
    )
    if many > 1:
        said = ngettext(
            "Each of these {count} measurements carries one verdict",
            "Each of these {count} measurements carries {verdicts} verdicts",
            verdicts,
        )
    share = picture("", html=strips.bar(len(ids) / most))
    head = tag(
        "p", share, " ", span("b", said.format(count=many, verdicts=verdicts)), class_="weighed"
    )
    known = [measurements.known(name) for name in names]
    whats = [tag("li", measurements.named(one)) for one in known]
    links = [tag("li", _to_claim(env, report, claim_id)) for claim_id in ids]
    return tag("li", head, tag("ul", *whats, class_="what"), tag("ul", *links))


def _to_claim(env: BuildEnvironment, report: Report, claim_id: str) -> phrase:
    """A claim by its statement, with a link to its place in the list or else to its row."""
    shared = get_state(env.app)
    claim = report.claims[claim_id]
    if report.judgements[claim_id].flips and shared.page("solid"):
        return span("a", claim.statement, to=(shared.page("solid"), anchor(claim_id)))
    home = shared.page("ledger") or shared.provider.CHAPTERS[claim.chapter]
    return span("a", claim.statement, to=(home, f"claim-{claim_id}"))

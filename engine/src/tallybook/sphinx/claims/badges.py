"""A verdict as a word and a shape, and where it leads."""

from __future__ import annotations

from docutils import nodes
from sphinx.environment import BuildEnvironment

from tallybook.claims import Claim, Judgement
from tallybook.claims.judgement import Chances, Said
from tallybook.claims.vocabulary import BETWEEN, in_hundred
from tallybook.language import gettext as _
from tallybook.language import ngettext, semicolon
from tallybook.sphinx.nodes import Place, phrase, picture, span
from tallybook.sphinx.state import get_state

VERDICT_CARD, CLAIM_CARD = "card-verdict-", "card-claim-"


def name(verdict: str) -> str:
    """A verdict as a heading has it."""
    return _(verdict).capitalize()


def verdict_card(verdict: str) -> str:
    """The id of the card of a verdict."""
    return VERDICT_CARD + verdict.lower().replace(", ", "-").replace(" ", "-")


def badge(env: BuildEnvironment, verdict: str, text: str) -> phrase:
    """A verdict as a word and a shape; colour comes last. Where a page explains the verdicts, it
    leads there, and has a card."""
    look, page = get_state(env.app).provider.VERDICTS[verdict], get_state(env.app).page("methods")
    if not page:
        return span("span", *sign(look.shape, text), class_=f"v {look.kind}")
    return span(
        "a",
        *sign(look.shape, text),
        to=(page, ""),
        class_=f"v {look.kind}",
        data_card=verdict_card(verdict),
    )


def row_of(env: BuildEnvironment, claim: Claim) -> Place:
    """The row of a claim in its chapter."""
    return get_state(env.app).provider.CHAPTERS[claim.chapter], f"claim-{claim.claim_id}"


def sign(shape: str, text: str) -> tuple[picture, str]:
    drawn = f'<path d="{shape}"/>'
    html = f'<svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">{drawn}</svg>'
    return picture("", html=html), text


def judged(
    env: BuildEnvironment, judgement: Judgement, aside: str | None = None
) -> list[nodes.Node | str]:
    """The word on a claim with what stands beside it, by itself its chance, its flag and another
    reading: read alone, the word misleads. It leads to the claim's row, and has a card with the
    reason."""
    shared, verdict = get_state(env.app), str(judgement.verdict)
    look, claim = shared.provider.VERDICTS[verdict], shared.report.claims[judgement.claim_id]
    chip = span(
        "a",
        *sign(look.shape, name(verdict)),
        to=row_of(env, claim),
        class_=f"v {look.kind}",
        data_card=f"{CLAIM_CARD}{claim.claim_id}",
    )
    told = beside(judgement) if aside is None else aside
    return [chip, f" ({told}) " if told else " "]


def speaker(claim: Claim) -> str:
    """Who said it, with a comma; nothing for what an outlet says itself."""
    if not claim.said_by or claim.outlet in claim.said_by:
        return ""
    return f"{_(claim.said_by)}, "


def told(claim: Claim) -> str:
    """Who said it, where and when."""
    return f"{speaker(claim)}{claim.where}, {claim.day}"


def chance(judgement: Judgement) -> str:
    """How likely a word is, or how many report the same; nothing for other words."""
    if judgement.witnesses:
        said = ngettext("{count} witness", "{count} witnesses", len(judgement.witnesses))
        return said.format(count=len(judgement.witnesses))
    if judgement.verdict in BETWEEN:
        return all_three(judgement.chances)
    return "" if judgement.chance is None else in_hundred(judgement.chance)


def all_three(chances: Chances | None) -> str:
    """The chances that a figure is too high, about right and too low."""
    if not chances:
        return ""
    return _("too high {high}, about right {right}, too low {low} in 100").format(
        high=chances.too_high, right=chances.about_right, low=chances.too_low
    )


def flag(judgement: Judgement) -> str:
    """What a figure counts where the words say something else; else nothing."""
    if not judgement.counts:
        return ""
    said = _("⚑ counts {counts}, not {instead}")
    return said.format(counts=judgement.counts, instead=judgement.instead_of)


def others(judgement: Judgement) -> list[str]:
    """The word on each other reading, after what is read; with its chance if there is one."""
    alone = len(judgement.others) == 1
    return [
        _("{reading}: {word}").format(
            reading=one.reading, word=in_words(one.said) if alone else _(str(one.said[0]))
        )
        for one in judgement.others.values()
    ]


def unaided(judgement: Judgement) -> str:
    """The word without what the claimants published; nothing if none of that is used, or if it
    stays the same."""
    if not judgement.hidden or judgement.hidden[0] == judgement.verdict:
        return ""
    return _("without the speaker’s own data: {word}").format(word=_(str(judgement.hidden[0])))


def in_words(found: Said) -> str:
    """A word with its chance, if it has one that does not mislead."""
    verdict, chance = found
    if chance is None or verdict in BETWEEN:
        return _(str(verdict))
    return f"{_(str(verdict))}, {in_hundred(chance)}"


def notes(judgement: Judgement, brief: bool = False) -> list[str]:
    """What stands beside a word: its chances, with and without the claimants' own data, its flag,
    and, but in ``brief``, other readings."""
    read = [] if brief else others(judgement)
    parts = (chance(judgement), unaided(judgement), flag(judgement), *read)
    return [part for part in parts if part]


def beside(judgement: Judgement) -> str:
    """The notes of a word in one line."""
    return semicolon().join(notes(judgement))


def whole(judgement: Judgement) -> str:
    """The word with its chance and its flag, for places that have only text."""
    return ", ".join(filter(None, (_(str(judgement.verdict)), beside(judgement))))

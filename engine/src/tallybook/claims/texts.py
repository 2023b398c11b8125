"""Verdicts that rest on texts: what is read on a claim, by whom, and what it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import chain

from tallybook import data
from tallybook.claims import rules, standing, wording
from tallybook.claims.claim import Claim, step
from tallybook.claims.model import Judgement
from tallybook.claims.vocabulary import Check, ClaimError, Lacks, Verdict
from tallybook.data.provenance import Fact, tracing, untraced, whole
from tallybook.language import N_
from tallybook.model.numbers import Number

Row = tuple[str, str]  # a table, and the key of a row
NOTHING: Mapping[Lacks, Collection[Row]] = {}


def read(
    claim: Claim,
    reason: str | None = None,
    what: str | None = None,
    *,
    same: Iterable[Row] = (),
    like: Mapping[Lacks, Collection[Row]] = NOTHING,
    against: Iterable[Row] = (),
    unlike: Mapping[Lacks, Collection[Row]] = NOTHING,
    about: Iterable[Row] = (),
    far: Iterable[Row] = (),
    beside: Iterable[Number] = (),
) -> Judgement:
    """The verdict that texts give, by ``rules.documents``. ``what``: in a few words, what was read.

    Each text is a row (table, key), by what it says of the claim: ``same``, ``like``, ``against``
    and ``unlike`` as there, and ``about`` for one that is of the matter and leaves it open. Rows
    that are ``like`` or ``unlike`` stand under the one thing that they lack. A row that lacks two
    is ``far`` and no evidence: where there is nothing else, the verdict is that of ``unchecked``.
    Only a row of somebody else than the claimants may be the first four. Raises ``ClaimError``
    otherwise, for a row that stands twice, for no row at all, and for one without a place in its
    source.
    """
    said = wording.of(claim, reason, what)
    rows = {
        "same": [*same],
        "like": [*chain(*like.values())],
        "against": [*against],
        "unlike": [*chain(*unlike.values())],
        "about": [*about],
        "far": [*far],
    }
    if twice := [row for row, times in Counter(chain(*rows.values())).items() if times > 1]:
        raise ClaimError(
            f"claim {claim.claim_id!r}: found {', '.join(twice[0])} twice; expected each text once,"
            " under the one thing that it lacks if it is like the claim or unlike it"
        )
    told = {name: _texts(claim, found) for name, found in rows.items()}
    _refuse_own(claim, told)
    facts = tuple(dict.fromkeys(chain(*told.values())))
    if not any(texts for name, texts in told.items() if name != "far"):
        none = unchecked(claim, said.reason, beside=beside)
        lacks = N_("evidence that lacks two or more points of the claim")
        return replace(none, read=lacks, facts=facts)
    lacking = {thing: [*like.get(thing, ()), *unlike.get(thing, ())] for thing in Lacks}
    return Judgement(
        claim.claim_id,
        Check.DOCUMENTS,
        rules.documents(*(bool(told[name]) for name in ("same", "like", "against", "unlike"))),
        said.reason,
        used=tuple(one.id for one in beside),
        read=said.read,
        facts=facts,
        lacks={
            thing: len(standing.witnesses(_texts(claim, found)))
            for thing, found in lacking.items()
            if found
        },
    )


def _refuse_own(claim: Claim, told: Mapping[str, Iterable[Fact]]) -> None:
    """Raise ``ClaimError`` for no text at all, and for one of the claimants that is to count."""
    place = f"claim {claim.claim_id!r}"
    if not any(told.values()):
        raise ClaimError(place, "no text", "at least one row that quotes one")
    for name, texts in told.items():
        for fact in texts:
            if name not in ("about", "far") and standing.of(fact).claimants:
                raise ClaimError(
                    f"{place}: found {fact.table}, {fact.row}, which reports those who made the"
                    f" claim, as {name}; expected a text from elsewhere"
                )


def named(
    claim: Claim,
    rows: Iterable[tuple[str, str, str]],
    reason: str | None = None,
    *,
    figure: str = "value",
) -> Judgement:
    """The verdict *counts something else*: texts give the figure another name than the claim does.

    ``rows``: each a table, the key of a row and its column with the name; ``figure``: the column
    with the number. Raises ``ClaimError`` if the claim's figure lies outside those of the rows by
    more than rounding, a name is that of the claim, or a row has no place in its source.
    """
    rows = list(rows)
    facts = _texts(claim, [row[:2] for row in rows])
    with untraced():
        found = [data.row(table, *data.keys(table)[key]) for table, key, _ in rows]
    figures = [float(str(row[figure])) for row in found]
    names = [str(row[column]) for row, (_, _, column) in zip(found, rows, strict=True)]
    room = max(map(step, (*figures, claim.figure))) / 2 * (1 + 1e-9)
    if not min(figures) - room <= claim.figure <= max(figures) + room:
        shown = ", ".join(f"{one:g}" for one in figures)
        raise ClaimError(
            f"claim {claim.claim_id!r}: found the figures {shown}; expected them to take in"
            f" {claim.figure:g}"
        )
    if claim.key_phrase in names:
        raise ClaimError(
            f"claim {claim.claim_id!r}: found the name {claim.key_phrase!r} in both texts; expected"
            " two names"
        )
    what = "; ".join(f"“{name}”" for name in dict.fromkeys(names))
    return Judgement(
        claim.claim_id,
        Check.DOCUMENTS,
        Verdict.SOMETHING_ELSE,
        wording.of(claim, reason).reason,
        read=f"what another text calls the figure: {what}",
        facts=facts,
    )


def unchecked(
    claim: Claim, reason: str | None = None, *, beside: Iterable[Number] = ()
) -> Judgement:
    """There is nothing to test it on. ``beside``: numbers the reason mentions that are no test.

    The verdict is *nothing public*; it becomes *not read by us* where ``settles.csv`` names a
    public document.
    """
    return Judgement(
        claim.claim_id,
        Check.NONE,
        Verdict.NOTHING_PUBLIC,
        wording.of(claim, reason).reason,
        used=tuple(one.id for one in beside),
        read=N_("nothing to test it on"),
    )


def _texts(claim: Claim, rows: Iterable[Row]) -> tuple[Fact, ...]:
    """The rows as facts.

    Raises ``ClaimError`` for one that is not there or names no place in a source.
    """
    with tracing() as seen:
        for table, key in rows:
            if (found := data.keys(table).get(key)) is None:
                raise ClaimError(
                    f"claim {claim.claim_id!r}: found no row {key!r} in {table}; expected the key"
                    " of one"
                )
            data.row(table, *found)
    facts = whole(seen)
    for fact in facts:
        if not fact.source or not fact.locator:
            raise ClaimError(
                f"claim {claim.claim_id!r}: found no place in a source for {fact.table},"
                f" {fact.row}; expected one"
            )
    return facts

"""Judges every claim by its row in ``data/judgements.csv``; ``judgement`` has the arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from tallybook import data
from tallybook.claims import judgement, rows, standing
from tallybook.claims.claim import Claim
from tallybook.claims.judgement import Judgement, Quantity, Reading, Said
from tallybook.claims.vocabulary import ClaimError, Verdict
from tallybook.data.provenance import Fact, traced, whole
from tallybook.model.formatting import split
from tallybook.model.numbers import Number, NumberError, Registry

if TYPE_CHECKING:  # answers read their tables as claims do
    from tallybook.answers.tables import Answered

TABLE, DOCUMENTS = "judgements", "documents"
NEEDED = {
    "figure": ("quantity",),
    "statement": ("quantity",),
    "existence": ("rows",),
    "arithmetic": ("quantity",),
    "none": ("lacks", "gives"),
}
Ends = tuple[float, float]
PAIRS = ("low", "high"), ("high", "low"), ("counts", "instead_of"), ("instead_of", "counts")


def judge(
    claims: Mapping[str, Claim], registry: Registry, answered: Answered
) -> dict[str, Judgement]:
    """The judgement of every claim, by its id; claims that repeat one share it.

    Raises ``ClaimError`` with file, row and column for a claim without a row, a row without what
    its kind needs, a number that is not there, and evidence that comes from the claimants or is too
    weak."""
    found: dict[str, Judgement] = {}
    for line, row in enumerate(rows.read(TABLE, wanted_by="data/claims.csv"), start=2):
        claim = claims.get(row["claim_id"])
        if claim is None or claim.repeats:
            wanted = "a claim of data/claims.csv that repeats no other"
            raise ClaimError(_place(line, "claim_id"), repr(row["claim_id"]), wanted)
        _check(row, line, registry)
        found[claim.claim_id] = _judged(claim, row, line, registry, answered)
    for line, name in enumerate(data.keys("claims"), start=2):
        if (claims[name].repeats or name) not in found:
            place = f"data/claims.csv, row {line}, column claim_id"
            wanted = f"a row for it in data/{TABLE}.csv"
            raise ClaimError(place, f"{name!r} without a judgement", wanted)
    return {name: found[claim.repeats or name] for name, claim in claims.items()}


def _check(row: dict[str, Any], line: int, registry: Registry) -> None:
    needed = dict.fromkeys(NEEDED[row["kind"]], f"it, for the kind {row['kind']}")
    needed |= {other: f"it, beside {one}" for one, other in PAIRS if row[one] is not None}
    for column, why in needed.items():
        if row[column] is None:
            raise ClaimError(_place(line, column), "an empty cell", why)
    for piece in split(row["reason"]):
        if not isinstance(piece, str):
            _number(registry, piece[0], line, "reason")


def _judged(
    claim: Claim, row: dict[str, Any], line: int, registry: Registry, answered: Answered
) -> Judgement:
    shared = {
        "claim_id": claim.claim_id,
        "kind": row["kind"],
        "reason": row["reason"],
        "counts": row["counts"] or "",
        "instead_of": row["instead_of"] or "",
    }
    facts = _facts(row["rows"] or "", line)
    match row["kind"]:
        case "existence":
            who = tuple(sorted(standing.witnesses(facts)))
            if not who:
                raise ClaimError(_place(line, "rows"), "nobody who reports it", "a row of others")
            return Judgement(verdict=Verdict.REPORTED, witnesses=who, facts=facts, **shared)
        case "none":
            if row["document_id"] and row["document_id"] not in data.keys(DOCUMENTS):
                raise ClaimError(
                    _place(line, "document_id"),
                    repr(row["document_id"]),
                    f"one of data/{DOCUMENTS}.csv",
                )
            return Judgement(
                verdict=Verdict.NONE,
                lacks=row["lacks"],
                gives=row["gives"],
                document=row["document_id"] or "",
                **shared,
            )
    number = _number(registry, row["quantity"], line, "quantity")
    shared |= {"found": (number.id,), "facts": facts}
    if row["kind"] == "arithmetic":
        low, high = claim.said
        verdict = Verdict.TRUE if low <= number.value <= high else Verdict.FALSE
        return Judgement(verdict=verdict, **shared)
    if number.id not in answered.answers:
        _refuse_weak(number, line)
    return _by_chance(claim, row, line, number, answered, shared)


def _by_chance(
    claim: Claim,
    row: dict[str, Any],
    line: int,
    number: Number,
    answered: Answered,
    shared: dict[str, Any],
) -> Judgement:
    answer = answered.answers.get(number.id)
    scale = answer.question.scale if answer else _scale(number)
    transfer = None if row["low"] is None else (row["low"], row["high"])

    def judged(known: Any, carried: Ends | None = transfer, times: float = 1) -> dict[str, Any]:
        try:
            return _of(claim, row, line, judgement.quantity(known, scale, carried, times))
        except ValueError as error:
            raise ClaimError(f"{_place(line, 'quantity')}, {number.id}: {error}") from None

    def said(known: Any, carried: Ends | None = transfer, times: float = 1) -> Said:
        found = judged(known, carried, times)
        return found["verdict"], found["chance"]

    known = answer.estimate if answer else number
    if transfer and transfer[0] <= (0 if scale == "linear" else 1) <= transfer[1]:
        shared["bare"] = said(known, None)
    if transfer or (answer and any(one.kind == "judged" for one in answer.factors)):
        shared["doubled"] = said(answer.doubled if answer else number, transfer, 2)
    if answer and answer.claimants and answer.hidden:
        shared["hidden"] = said(answer.hidden)
    others = [one.strip() for one in (row["other"] or "").split(";") if one.strip()]
    asked = {name: one.question for name, one in answered.answers.items() if one.question.reading}
    if unknown := [one for one in others if one not in asked]:
        wanted = "questions of data/questions.csv that have a reading"
        raise ClaimError(_place(line, "other"), repr(unknown[0]), wanted)
    read = {one: judged(answered.answers[one].estimate) for one in others}
    shared["others"] = {
        one: Reading((of["verdict"], of["chance"]), asked[one].reading, of.get("chances"))
        for one, of in read.items()
    }
    return Judgement(**judged(known), **shared)


def _of(claim: Claim, row: dict[str, Any], line: int, found: Quantity) -> dict[str, Any]:
    if row["kind"] == "figure":
        if found.scale == "linear":
            raise ClaimError(_place(line, "kind"), "a figure on the scale linear", "a statement")
        chances = judgement.of_figure(found, *claim.ends)
        verdict, chance = chances.verdict
        return {"verdict": verdict, "chance": chance, "chances": chances}
    if row["above"] is None and row["below"] is None:
        raise ClaimError(_place(line, "above"), "an empty cell", "the smallest effect that matters")
    chance = judgement.of_statement(found, row["above"], row["below"])
    return {"verdict": judgement.word(chance), "chance": chance}


def _number(registry: Registry, name: str, line: int, column: str) -> Number:
    try:
        return registry[name]
    except NumberError as error:
        raise ClaimError(f"{_place(line, column)}: {error}") from None


def _scale(number: Number) -> str:
    """The scale on which the doubt of a number is even."""
    if number.unit == "percent":
        return "logit"
    least = number.value if number.low is None else number.low
    return "log" if least > 0 else "linear"


def _facts(cell: str, line: int) -> tuple[Fact, ...]:
    """The rows that a cell names, such as ``rain/texts/wet; rain/texts/harvest``. Raises
    ``ClaimError`` for one that is not there, or that bears no judgement."""
    found: list[Fact] = []
    for name in filter(None, (one.strip() for one in cell.split(";"))):
        table, _slash, key = name.rpartition("/")
        # A key may hold a slash itself, as that of a pair does.
        while table and table not in data.names():
            table, _slash, more = table.rpartition("/")
            key = f"{more}/{key}"
        if not table or key not in data.keys(table):
            raise ClaimError(_place(line, "rows"), repr(name), "a table and the key of a row of it")
        _row, read = traced(partial(data.row, table, *data.keys(table)[key]))
        for fact in whole(read):
            _refuse(fact, line, "rows")
            found.append(fact)
    return tuple(found)


def _refuse_weak(number: Number, line: int) -> None:
    for fact in standing.sourced(number.facts):
        _refuse(fact, line, "quantity")


def _refuse(fact: Fact, line: int, column: str) -> None:
    """Raise ``ClaimError`` for evidence of grade C, or of those who made the claims."""
    known = standing.of(fact)
    if known.claimants or known.grade == "C":
        what = "the claimants" if known.claimants else f"grade C, {known.reason}"
        found = f"{fact.table}, {fact.row} ({what})"
        raise ClaimError(_place(line, column), found, "evidence of others, of grade A or B")


def _place(line: int, column: str) -> str:
    return f"data/{TABLE}.csv, row {line}, column {column}"

"""A report that judges one claim and has no page of claims and none of sources."""

from dataclasses import dataclass
from pathlib import Path

from tallybook import project
from tallybook.contract import VerdictStyle
from tallybook.report import Provider


@dataclass(frozen=True)
class Claim:
    """What the neighbour said."""

    claim_id: str = "dry"
    chapter: str = "rain"
    outlet: str = "The neighbour"
    date: str = "2025-08-01"
    day: str = "1 August 2025"
    said_by: str = "The neighbour"
    statement: str = "It rained 300 mm in the year."
    key_phrase: str = "300"
    language: str = "en"
    repeats: str | None = None
    published: str = "300 mm"
    value: float | None = 300
    value_high: float | None = None
    unit: str | None = "mm"
    source_key: str = "diary2025"
    lead: bool = True


@dataclass(frozen=True)
class Answer:
    """What the diary may say."""

    answer: str = "290 to 310 mm"
    verdict: object = "wrong"


@dataclass(frozen=True)
class Settling:
    """What would settle it."""

    document_id: str = "diary"
    document: str = "The neighbour's diary"
    address: str | None = None
    held_by: str = "the neighbour"
    where: str = "not public"
    place: str = "the last page of 2025"
    question: str = "How much did it rain?"
    row: str = "data/answers.csv: dry,diary"
    answers: tuple[Answer, ...] = (Answer(),)


@dataclass(frozen=True)
class Judgement:
    """What became of it."""

    check: str = "gauge"
    verdict: str = "wrong"
    found: tuple[str, ...] = ("rain.total",)
    read: str = ""
    settles: tuple[Settling, ...] = (Settling(),)
    fragile: tuple[int, int] | None = (1, 2)
    notes: tuple[tuple[str, str], ...] = (
        ("What the test would have noticed", "A figure 10 mm off."),
    )
    reason: str = "It rained [[rain.total|full]] mm."


class Judged(Provider):
    VERDICTS = {"wrong": VerdictStyle("over", "M8 14V3", 1)}

    def count(self, judgements):
        return f"Claims measured with a gauge: {len(judgements)}."

    def judge(self, modules, registry):
        return {"dry": Claim()}, {"dry": Judgement()}


provider = Judged(
    project.use(Path(__file__).resolve().parent.parent, "garden"), {"numbers": "index"}, "garden"
)

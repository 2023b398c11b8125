"""What the engine asks of a report: the contract between the two.

A report is an object with the members of ``Provider``, named by ``report_provider`` in the configuration as ``module:name``. Its
numbers, claims and verdicts may be of any class that has the attributes named here. ``tallybook.report.Provider`` is one to
start from.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol, cast


class ContractError(Exception):
    """A module is not what the extension asks of a report."""


class Fact(Protocol):
    """A row that a number descends from, or all rows of a table (``row`` is empty then)."""

    @property
    def table(self) -> str: ...
    @property
    def row(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def locator(self) -> str: ...
    @property
    def grade(self) -> str: ...


class Number(Protocol):
    """A number of the report: ``low`` and ``high`` both or neither, ``covers`` where they are."""

    @property
    def id(self) -> str: ...
    @property
    def chapter(self) -> str: ...
    @property
    def value(self) -> float: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def how(self) -> str: ...
    @property
    def covers(self) -> str | None: ...
    @property
    def tables(self) -> tuple[str, ...]: ...
    @property
    def lineage(self) -> tuple[Fact, ...]: ...


class Claim(Protocol):
    """What somebody said, ``said_by``, in an outlet.

    ``statement`` is a full sentence, with its figure. ``published`` is the figure as it was printed, if there was one, ``day``
    the date in words. ``lead`` says whether its chapter leads with it, so that it stands open. ``key_phrase`` holds the deciding
    words as printed, in ``language``; it may be empty. ``repeats`` is the id of the claim whose repeat this is, if it is one.
    """

    @property
    def claim_id(self) -> str: ...
    @property
    def chapter(self) -> str: ...
    @property
    def lead(self) -> bool: ...
    @property
    def outlet(self) -> str: ...
    @property
    def date(self) -> date | str: ...
    @property
    def day(self) -> str: ...
    @property
    def said_by(self) -> str: ...
    @property
    def statement(self) -> str: ...
    @property
    def key_phrase(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def repeats(self) -> str | None: ...
    @property
    def published(self) -> str | None: ...
    @property
    def value(self) -> float | None: ...
    @property
    def value_high(self) -> float | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def source_key(self) -> str: ...


class Answer(Protocol):
    """What a document may say, in a few words, and the verdict that would follow."""

    @property
    def answer(self) -> str: ...
    @property
    def verdict(self) -> Any: ...


class Settling(Protocol):
    """A document that would settle a claim, by its id and title.

    ``where`` says in a few words how one gets at it, ``place`` where in it to look, ``question`` what to look for, and ``row``
    which row of which table holds the answer.
    """

    @property
    def document_id(self) -> str: ...
    @property
    def document(self) -> str: ...
    @property
    def address(self) -> str | None: ...
    @property
    def held_by(self) -> str: ...
    @property
    def where(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def question(self) -> str: ...
    @property
    def row(self) -> str: ...
    @property
    def answers(self) -> Sequence[Answer]: ...


class Judgement(Protocol):
    """The verdict on a claim; ``reason`` is a sentence with ``[[id]]`` or ``[[id|part]]`` for its numbers.

    ``check`` says what kind of evidence was there, "none" if none was. ``found`` names the numbers that were measured, the main
    one first. Where there are none, ``read`` says in words what was read. ``notes``, a heading and a text each, stand folded.
    ``settles`` names what would settle the claim, if it is open; it may be empty.
    ``fragile`` says how many of its assumptions change the verdict within their ranges, and of how many; ``None`` without any.
    """

    @property
    def check(self) -> Any: ...
    @property
    def verdict(self) -> Any: ...
    @property
    def found(self) -> tuple[str, ...]: ...
    @property
    def read(self) -> str: ...
    @property
    def notes(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def settles(self) -> Sequence[Settling]: ...
    @property
    def fragile(self) -> tuple[int, int] | None: ...
    @property
    def reason(self) -> str: ...


class Numbers(Protocol):
    """All numbers, by id and in order. An unknown id raises an error whose text names it."""

    def __getitem__(self, number_id: str) -> Number: ...
    def __contains__(self, number_id: str) -> bool: ...
    def __iter__(self) -> Iterator[Number]: ...
    def __len__(self) -> int: ...


class Report(Protocol):
    """Everything the report says in numbers."""

    @property
    def numbers(self) -> Numbers: ...
    @property
    def claims(self) -> Mapping[str, Claim]: ...
    @property
    def judgements(self) -> Mapping[str, Judgement]: ...

    def show(self, number_id: str, part: str = "value") -> str:
        """A number as text: ``value``, ``low``, ``high``, ``interval``, ``full`` or ``bare``."""

    def split(self, template: str) -> list[str | tuple[str, str]]:
        """A template in pieces: text, and number and part for each placeholder."""

    def expand(self, template: str) -> str:
        """A template with its placeholders replaced by text."""

    def source_name(self, key: str) -> str:
        """A source as a reader knows it."""

    def source_place(self, key: str) -> str:
        """The id of a source on the page of sources."""

    def sources_of(self, fact: Any) -> tuple[str, ...]:
        """Keys of the sources of a fact."""

    def source_grades(self) -> dict[str, str]:
        """What the margin says of a source, by key."""

    def source_remarks(self) -> dict[str, str]:
        """What the list of sources says of one, by key."""


@dataclass(frozen=True)
class Look:
    """How a verdict looks in a page.

    Attributes
    ----------
    kind: class of its colour in the style sheet: ``ok``, ``near``, ``name``, ``over``, ``none`` or ``cited``.
    shape: path of its shape in a square of 16, stroked; a shape tells verdicts of one colour apart.
    rating: its place from 1 (worst) to 5 (best) for search engines; ``None`` if it leaves the claim open.
    meaning: what the verdict means, in a sentence or two, for the card that opens on its word.
    """

    kind: str
    shape: str
    rating: int | None = None
    meaning: str = ""


Table = tuple[str, list[str], list[list[str]]]  # a caption, the headings, the rows


class Provider(Protocol):
    """Gives the report.

    Attributes
    ----------
    CHAPTERS: the chapters in reading order, each by its name with its page.
    PAGES: the pages that have a part to play, each by its part: ``numbers`` (the list of all numbers; needed), ``ledger`` (of all
        claims), ``methods`` (what the verdicts mean), ``sources``, ``glossary`` and ``cite``; a part whose page is not there is
        left out.
    VERDICTS: the words of the verdicts in the order in which pages list them, each with its look.
    TABLES: tables that pages show with ``{report-table} name``: each a function of the report that gives a caption, the headings
        and the rows, whose cells are templates as reasons are; ``{@key}`` is a link to a source there,
        and each line of a cell stands by itself.
    KEY: what citation keys begin with, as ``rain`` in ``rain2026spring``.
    KERNEL_IMPORTS: modules that the kernels of the chapters import.
    """

    @property
    def CHAPTERS(self) -> Mapping[str, str]: ...  # noqa: N802 - a constant of the report
    @property
    def PAGES(self) -> Mapping[str, str]: ...  # noqa: N802
    @property
    def VERDICTS(self) -> Mapping[str, Look]: ...  # noqa: N802
    @property
    def TABLES(self) -> Mapping[str, Callable[[Any], Table]]: ...  # noqa: N802
    @property
    def KEY(self) -> str: ...  # noqa: N802
    @property
    def KERNEL_IMPORTS(self) -> tuple[str, ...]: ...  # noqa: N802

    def check(self) -> None:
        """Check the data. Raises an exception whose text names file, row and column."""

    def load(self) -> Report:
        """The report as the files now stand."""

    def content_hash(self) -> str:
        """Hex sha256 over all that can change a number."""

    def count(self, judgements: Iterable[Any]) -> str:
        """What verdicts were tested on, as a sentence that stands above a table of claims; empty for none."""

    def tables(self) -> tuple[str, ...]:
        """Names of all tables."""

    def server_environment(self, store: Path | None = None) -> dict[str, str]:
        """Environment variables of whoever runs chapters; ``store``: where costly results are kept."""

    def kernel_environment(self) -> dict[str, str]:
        """Environment variables of the chapters' kernels, once the data are checked."""

    def numbers_json(self, report: Any, hrefs: dict[str, str]) -> Iterable[dict[str, Any]]:
        """The content of ``numbers.json``."""

    def claims_json(self, report: Any, hrefs: dict[str, str]) -> Iterable[dict[str, Any]]:
        """The content of ``claims.json``."""


def provider(name: str) -> Provider:
    """The provider of a report, as ``module:name``; mypy can check its types. Raises ``ContractError`` if it lacks a member."""
    found = pkgutil.resolve_name(name)
    for member, held in vars(Provider).items():
        if not member.startswith("_") and not hasattr(found, member):
            raise ContractError(f"{name}: found no {member}{'()' if callable(held) else ''}; expected it, as {__name__} asks")
    return cast(Provider, found)

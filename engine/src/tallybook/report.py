"""A report as one object, and the provider that computes it from the packages of its chapters."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from tallybook import claims, data, project, settings
from tallybook.answers import Answered, Calibration, answered, answers_json
from tallybook.answers.tables import Families
from tallybook.builder.cache.results import FOLDER, content_hash, kept
from tallybook.claims import Claim, Judgement, standing, tables
from tallybook.claims.claims_json import published, records
from tallybook.claims.vocabulary import LOOKS, Look
from tallybook.data import sources
from tallybook.data.provenance import Fact
from tallybook.data.sources import Sources
from tallybook.errors import TallybookError
from tallybook.language import gettext as _
from tallybook.language import listed, ngettext
from tallybook.model.formatting import expand, plain, show
from tallybook.model.numbers import Number, NumberError, Registry, unused
from tallybook.settings import SettingsError

# Of linear algebra.
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True)
class Report:
    """Everything a report says in numbers: the registry, the claims and their judgements.
    ``sources``: what its tables say of their sources, so that nobody need read them again;
    ``calibration``: how its answers did on what is known, if it has families."""

    numbers: Registry
    claims: Mapping[str, Claim]
    judgements: Mapping[str, Judgement]
    sources: Sources
    answered: Answered = field(default_factory=Answered)
    calibration: Calibration | None = None

    def show(self, number_id: str, part: str = "value") -> str:
        """A number of the report as text (see ``formatting.show``)."""
        return show(self.numbers[number_id], part)

    def whole(self, number_id: str) -> str:
        """A number as text, with its interval if it has one."""
        return self.show(number_id, "value" if self.numbers[number_id].low is None else "full")

    def published(self, number_id: str) -> list[str]:
        """The claims whose figure a number is, as it was published; for a repeat, what it
        repeats."""
        number, every = self.numbers[number_id], self.claims.values()
        if not standing.is_published(number):
            return []
        found = (one.repeats or one.claim_id for one in every if standing.publishes(one, number))
        return [*dict.fromkeys(found)]

    def resting(self, number_id: str) -> list[str]:
        """The claims, without repeats, whose verdict rests on a number."""
        every = self.judgements.items()
        return [name for name, one in every if (name, number_id) == (one.claim_id, *one.found[:1])]

    def source_name(self, key: str) -> str:
        """A source as a reader knows it: "Author year"."""
        return self.sources.names[key]

    def sources_of(self, fact: Fact) -> tuple[str, ...]:
        """Keys of the sources of a row; of a table read whole, of all its rows."""
        if fact.row:
            return (fact.source,) if fact.source else ()
        return self.sources.tables.get(fact.table, ())

    def expand(self, template: str) -> str:
        """A template with its ``[[id|part]]`` placeholders replaced."""
        return expand(template, self.numbers)

    def source_remarks(self) -> dict[str, str]:
        """For each source of a table: grades, tables, and how many of their rows."""
        grades = self.sources.grades
        return {key: _remark(sorted(grades[key]), rows) for key, rows in self.sources.rows.items()}


class Provider:
    """Gives the engine a report whose chapters are packages with ``numbers()``, which returns the
    chapter's numbers.

    Where ``data/claims.csv`` holds claims, ``data/judgements.csv`` says what each is held against.

    Attributes
    ----------
    CHAPTERS: the chapters in reading order, each by its name with its page.
    PAGES: the pages that have a part to play, each by its part: ``numbers`` (the list of all
        numbers; needed), ``answers`` (all of them, and how they are made), ``ledger`` (of all
        claims), ``methods`` (what the verdicts mean), ``sources``, ``glossary``, ``cite``,
        ``corrections`` and ``calibration``; a part whose page is not there is left out.
    VERDICTS: the words for claims in the order in which pages list them, each with its look.
    TABLES: tables that pages show with ``{report-table} name``: each a function of the report that
        gives a caption, the headings and the rows, whose cells are templates as reasons are;
        ``{@key}`` is a link to a source there, and each line of a cell stands by itself.
    FAMILIES: what was measured elsewhere, for ``data/factors.csv`` to predict from: functions that
        give a ``tallybook.answers.Family``, each by its name; or a function that gives these.
    CALIBRATION: gives how answers did on what is known (``tallybook.answers.calibrate``).
    KEY: what citation keys begin with, as ``rain`` in ``rain2026spring``.
    KERNEL_IMPORTS: modules that the kernels of the chapters import.
    """

    def __init__(self, here: project.Project, pages: Mapping[str, str], key: str) -> None:
        """Raises ``SettingsError`` if ``_toc.yml`` and the folders differ."""
        self.here, self.PAGES, self.KEY = here, pages, key
        self.VERDICTS: Mapping[str, Look] = LOOKS
        self.TABLES: Mapping[str, Callable[[Any], tables.Table]] = tables.TABLES
        self.FAMILIES: Families | Callable[[], Families] = {}
        self.CALIBRATION: Callable[[], Calibration] | None = None
        self.CHAPTERS = settings.chapters(here)
        # The page of a chapter imports its package, and its figures if it has any.
        packages = [f"{here.package}.{name}" for name in self.CHAPTERS]
        self.KERNEL_IMPORTS = (*packages, *(f"{package}.figures" for package in packages))

    @property
    def homes(self) -> dict[str, str]:
        """The pages that have cells, and numbers of their own, by what these begin with: the
        chapters, and the page of the calibration."""
        apart = {page: self.PAGES[page] for page in ("calibration",) if page in self.PAGES}
        return {**self.CHAPTERS, **apart}

    def judge(
        self, registry: Registry, found: Answered
    ) -> tuple[Mapping[str, Claim], Mapping[str, Judgement]]:
        """Claims and judgements by the claim's id; a report without ``data/claims.csv`` has none.
        Raises ``ClaimError`` as ``tallybook.claims.judge`` does."""
        if "claims" not in data.names():
            return {}, {}
        for line, claim in enumerate(data.records("claims"), start=2):
            if claim["chapter"] not in self.CHAPTERS:
                place = f"data/claims.csv, row {line}, column chapter"
                expected = f"one of {', '.join(self.CHAPTERS)}"
                raise claims.ClaimError(place, repr(claim["chapter"]), expected)
        said = claims.claims()
        return said, claims.judge(said, registry, found)

    def answers_json(self, report: Report, hrefs: dict[str, str]) -> list[dict[str, Any]]:
        """The content of ``answers.json``; ``hrefs``: addresses in the site by the answer's id."""
        found = answers_json.records(report.answered, hrefs)
        return [one | {"published": published(report, one["id"])} for one in found]

    def claims_json(self, report: Report, hrefs: dict[str, str]) -> list[dict[str, Any]]:
        """The content of ``claims.json``; ``hrefs``: addresses in the site by the claim's id."""
        return records(report, hrefs)

    def numbers_json(self, report: Any, hrefs: dict[str, str]) -> list[dict[str, Any]]:
        """The content of ``numbers.json``; ``hrefs``: addresses in the site by the number's id."""
        return [_record(report, number, hrefs.get(number.id)) for number in report.numbers]

    def load(self) -> Report:
        """The report as the files now stand; computed once for the same content. Raises
        ``DataError``, ``NumberError`` or what ``judge`` raises, with the place and the remedy."""
        return _load(self, content_hash())

    def compute(self) -> Report:
        """The report, computed afresh."""
        from threadpoolctl import threadpool_limits  # only whoever computes needs it

        data.check_all()
        modules = [self._package(name) for name in self.CHAPTERS]
        with threadpool_limits(1):  # as in the kernels
            registry = Registry(number for module in modules for number in _own(module))
            if extra := unused((one.id for one in registry), self.CHAPTERS):
                raise NumberError("\n".join(extra))
            measured = self.FAMILIES() if callable(self.FAMILIES) else self.FAMILIES
            found = answered(measured, registry)
            for number in found.numbers():
                if number.chapter not in self.CHAPTERS:
                    place = "data/questions.csv, column question_id"
                    expected = f"an id that begins with one of {', '.join(self.CHAPTERS)}"
                    raise NumberError(place, repr(number.id), expected)
                registry.add(number)
            said, judgements = self.judge(registry, found)
            tested = self.CALIBRATION() if self.CALIBRATION else None
            for number in tested.numbers(found.disagreement) if tested else ():
                registry.add(number)
        return Report(registry, said, judgements, sources.known(), found, tested)

    def content_hash(self) -> str:
        """Hex sha256 over all that can change a number."""
        return content_hash()

    def server_environment(self, store: Path | None = None) -> dict[str, str]:
        """What a process that is to run chapters must be told before it imports anything.

        ``store``: the folder where results are kept, for all processes of a build, and for the next
        build (``tallybook.builder.cache.results.folder``).

        One thread of linear algebra each: many are slower on matrices as small as ours, steal the
        cores from the chapter beside, and add in another order, so that a last digit could depend
        on the number of cores.
        """
        kept_in = {FOLDER: str(store)} if store else {}
        return {**ONE_THREAD, **kept_in, "PYTHONPATH": project.search_path(self.here.root)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Another process that is given the provider works on the same report."""
        self.__dict__.update(state)
        project.use(self.here.root, self.here.package, self.here.units)

    def __repr__(self) -> str:
        # Results are kept by it: it is the same wherever the report lies.
        return f"<provider of {self.here.package}>"

    def _package(self, name: str) -> ModuleType:
        """The package or module of a chapter. Raises ``SettingsError`` if it does not give what the
        report asks of it."""
        package = importlib.import_module(f"{self.here.package}.{name}")
        if not callable(getattr(package, "numbers", None)):
            expected = "it, as in the other chapters"
            raise SettingsError(_file(package), "no numbers()", expected)
        return package


def _file(module: ModuleType) -> str:
    """The file of a chapter's code, as its author knows it."""
    ending = "/__init__.py" if hasattr(module, "__path__") else ".py"
    return module.__name__.replace(".", "/") + ending


def _own(module: ModuleType) -> list[Number]:
    """The numbers of a chapter. Raises ``NumberError`` for an id that does not begin with its
    name."""
    name, found = module.__name__.rpartition(".")[2], module.numbers()
    for number in found if isinstance(found, list) else [found]:
        if not isinstance(number, Number):
            expected = "a list that holds a Number each"
            raise SettingsError(f"{_file(module)}, numbers()", repr(number), expected)
        if number.chapter != name:
            place, expected = f"{_file(module)}, numbers()", f"an id that begins with '{name}.'"
            raise NumberError(place, f"the number {number.id!r}", expected)
    return list(found)


@functools.lru_cache(maxsize=1)
@kept
def _load(provider: Provider, _content: str) -> Report:
    return provider.compute()


def _record(report: Report, number: Number, href: str | None) -> dict[str, Any]:
    """A number as ``numbers.json`` has it."""
    copied = ("id", "value", "low", "high", "unit", "decimals", "label", "chapter")
    # The sources it rests on, each place once.
    found = {(fact.source, fact.locator, fact.grade) for fact in number.lineage if fact.source}
    whole = (fact for fact in number.lineage if not fact.row)
    found |= {(key, "", "") for fact in whole for key in report.sources_of(fact)}
    return {
        **{name: getattr(number, name) for name in copied},
        "href": href,
        "tables": [{"name": name, "sha256": data.sha256(name)} for name in number.tables],
        "how": number.how,
        "sources": [
            {"key": key, "locator": locator or None, "grade": grade or None}
            for key, locator, grade in sorted(found)
        ],
        "lineage": [{"table": fact.table, "row": fact.row or None} for fact in number.lineage],
        "covers": number.covers,
        "published_in": report.published(number.id),
        "judges": report.resting(number.id),
    }


def _remark(grades: list[str], rows: Mapping[str, int]) -> str:
    uses = (
        ngettext("{table} ({count} row)", "{table} ({count} rows)", count).format(
            table=name, count=plain(count, 0)
        )
        for name, count in sorted(rows.items())
    )
    used = _("Used in {tables}.").format(tables=", ".join(uses))
    if not grades:
        return used
    graded = ngettext("Grade {grade}", "Grades {grade}", len(grades)).format(grade=listed(grades))
    return f"{graded}. {used}"


def provider(name: str) -> Provider:
    """The provider of a report, as ``module:name``. Raises ``TallybookError`` for anything else."""
    found: Any = pkgutil.resolve_name(name)
    if not isinstance(found, Provider):
        raise TallybookError(name, type(found).__name__, "a tallybook.report.Provider")
    return found

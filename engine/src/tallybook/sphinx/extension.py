"""The extension itself: turns the numbers and claims of a report into pages.

The report comes from the ``tallybook.report.Provider`` that the config value ``report_provider``
names. One small module per concern, each with its ``setup``.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from babel import localedata
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata

from tallybook import addresses, catalogues, data, files, language, report, settings
from tallybook.builder.cache import results, unseen
from tallybook.builder.notebooks import kernels
from tallybook.builder.process import environment, faults, progress, time_limit
from tallybook.data import bibliography
from tallybook.project import ENGINE
from tallybook.report import Provider
from tallybook.sphinx.building import execute
from tallybook.sphinx.languages import edition
from tallybook.sphinx.state import get_state
from tallybook.translation import translated

THEME = "report"
ADDRESSES = ("html_baseurl", "report_content_licence")  # settings that pages link to
# In this order: a part may rest on what those before it have set up.
PARTS = (  # noqa: SIM905 - a list would take a line for each
    "languages.edition nodes languages.option_words domain"
    " building.site building.doctrees building.borders"
    " building.execute directives.numbers directives.answers claims.ledger"
    " claims.settling claims.published directives.small directives.chart versions.numbering"
    " citing.citations directives.front_page directives.sources pages.page_context citing.meta"
    " pages.popovers pages.search versions.corrections building.writers"
).split()


def setup(app: Sphinx) -> ExtensionMetadata:
    # A warning is an error, whichever command starts the build.
    app.warningiserror = True
    app.add_config_value("report_provider", None, "env")
    # Not set by hand: when the content or this very package changes, every page is read again.
    app.add_config_value("report_content", "", "env")
    app.add_config_value("report_making", "", "env")
    # Jupyter Book sets these for extensions of its own that the report does without.
    for unused in ("comments_config", "latex_engine_options"):
        app.add_config_value(unused, None, "")
    app.add_html_theme(THEME, str(ENGINE / "theme"))
    app.connect("config-inited", find_content, priority=100)
    # To find links that do not answer is what the link check is for; the first must not end it.
    app.connect("builder-inited", let_links_break)
    for part in PARTS:
        importlib.import_module(f"tallybook.sphinx.{part}").setup(app)
    app.connect("builder-inited", load_report, priority=950)
    return {"version": "1", "parallel_read_safe": False, "parallel_write_safe": True}


def find_content(app: Sphinx, config: Config) -> None:
    """Find the report, and all that its pages are made from."""
    if not config.report_edition:
        progress.mark("Sphinx and its extensions are loaded")
    if (theme := config.html_theme) != THEME:
        raise ExtensionError(f"_config.yml: found the html_theme {theme!r}; expected {THEME!r}")
    for name in ADDRESSES:
        if (address := getattr(config, name)) and (said := addresses.fault(str(address))):
            raise ExtensionError(f"_config.yml, {name}: {said}")
    fit = isinstance(codes := config.report_languages, list) and all(map(localedata.exists, codes))
    if not fit or len({*codes}) < len(codes):
        wanted = "codes of languages, such as [fr]"
        raise ExtensionError(f"_config.yml, report_languages: found {codes!r}; expected {wanted}")
    # Jupyter Book's own, for its theme: the report gives none.
    if "search_bar_text" in config.html_theme_options:
        config.html_theme_options = {}
    if not config.report_edition:
        os.environ[language.LANGUAGES] = " ".join(config.report_languages)
    os.environ[time_limit.SECONDS] = str(config.nb_execution_timeout or 0)
    with _one_clear_line(app), time_limit.limited():
        environment.scrub(Path(app.srcdir))
        unseen.watch(Path(app.srcdir))
        catalogues.check(Path(app.srcdir), edition.others(app))
        provider = get_state(app).provider = provided(app, config.report_provider)
        settings.refuse_without_code(provider.here)
        # Cells draw their charts in every language.
        config.report_content = provider.content_hash() + edition.words_of_cells(app)
        kept = results.folder(edition.around(app))
    config.report_making = files.contents(ENGINE, files.own(ENGINE)) + edition.words(app)
    around = edition.around(app)
    config.nb_execution_cache_path = str(around / edition.own(app, ".jupyter_cache"))
    os.environ.update(provider.server_environment(kept))
    if execute.folder(app).exists():
        check_tables(app)
    else:
        # All chapters are to be executed: that may begin before the check.
        kernels.warm_up(provider.KERNEL_IMPORTS)
        app.connect("builder-inited", check_bibliography, priority=499)
        app.connect("builder-inited", check_tables, priority=940)


def provided(app: Sphinx, name: str | None) -> Provider:
    """The provider ``name``, which may lie in the folder of the report. Raises ``ExtensionError``
    if none is named, ``TallybookError`` if it is something else."""
    if not name or ":" not in name:
        wanted = "expected module:name of the report's provider"
        raise ExtensionError(f"_config.yml: found the report_provider {name!r}; {wanted}")
    if str(app.srcdir) not in sys.path:
        sys.path.insert(0, str(app.srcdir))
    return report.provider(name)


def check_bibliography(app: Sphinx) -> None:
    """With a fault in a bibliography, name all that is wrong now: sphinxcontrib-bibtex comes next,
    and would name it alone."""
    try:
        for name in getattr(app.config, "bibtex_bibfiles", ()):
            bibliography.read(Path(app.srcdir, name))
    except bibliography.BibliographyError:
        check_tables(app)


def check_tables(app: Sphinx) -> None:
    """Check the data before anything is read. Chapters that are executed meanwhile count on it: if
    a table has a fault, the build ends here, whatever they have found."""
    if edition.code(app):
        return  # it has been done
    with _one_clear_line(app), execute.no_more_after_a_fault(app):
        data.check_all()
    progress.step(f"{len(data.names())} tables: as described")


def load_report(app: Sphinx) -> None:
    """Compute the report before anything is read."""
    shared = get_state(app)
    with _one_clear_line(app), execute.no_more_after_a_fault(app), time_limit.limited():
        shared.report = shared.provider.load()
    if edition.code(app):
        shared.report = translated(shared.report)
        return
    numbers, verdicts = len(shared.report.numbers), len(shared.report.judgements)
    progress.step(f"report: {numbers} numbers, {verdicts} verdicts")


@contextmanager
def _one_clear_line(app: Sphinx) -> Iterator[None]:
    """One line instead of a traceback, whatever went wrong. Code of the report does not end the
    build by an exit."""
    try:
        yield
    except BaseException as error:  # noqa: BLE001
        said = faults.explain(error, Path(app.srcdir))
        raise ExtensionError(said, modname=type(error).__name__) from error


def let_links_break(app: Sphinx) -> None:
    if app.builder.name == "linkcheck":
        app.warningiserror = False

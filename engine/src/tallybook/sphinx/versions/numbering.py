"""Which version a build is, and where each version stays for good.

A release is published twice: at the root of the site while it is the newest, and for ever under
``v/x.y.z/`` (``PLACE``). Whoever cites a release is given the address that stays. A build between
releases has none, and its name says so. An earlier version is one that has a record in
``releases/``; nothing is published without the archives of them all.
"""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from tallybook import files, history
from tallybook.data import seal
from tallybook.errors import TallybookError
from tallybook.language import gettext as _
from tallybook.model import days
from tallybook.release import record
from tallybook.sphinx.citing import cff
from tallybook.sphinx.languages import edition
from tallybook.sphinx.nodes import span, tag
from tallybook.sphinx.state import get_state

PLACE = "v"
ERROR_FORM = "number.yml"  # in .github/ISSUE_TEMPLATE; its fields are "number" and "page"
SHORT = 10  # letters of a commit that are shown
DRAFT = ".dev"  # what Python calls a state on the way to a version
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def setup(app: Sphinx) -> None:
    app.add_directive("versions", Versions)
    # Not set by hand: another version or day is printed on every page, so all are written again;
    # what earlier releases said stands on many.
    app.add_config_value("report_issue", "", "env")
    app.connect("config-inited", read_citation)


def read_citation(app: Sphinx, config: Config) -> None:
    shared, root = get_state(app), Path(app.srcdir)
    shared.citation = citation = cff.read(root)
    if config.report_edition:
        citation |= {name: _(" ".join(citation[name].split())) for name in ("title", "abstract")}
        for group in citation["authors"]:  # a person has a name, a group may have words
            group["name"] = group["name"] if cff.is_person(group) else _(group["name"])
    if not re.fullmatch(r"https?://.+/", config.html_baseurl):
        found = repr(config.html_baseurl) if config.html_baseurl else "no baseurl under html"
        raise ExtensionError(
            f"_config.yml: found {found}; expected the address of the site, such as"
            " https://report.example/"
        )
    folder = root / record.FOLDER
    shared.releases = [record.read(version, folder) for version in record.versions(folder)]
    try:
        shared.why = record.reasons(folder)
        shared.built = built(root, citation)
        citation["version"] = of(root, str(citation["version"]))
        commit = history.commit(root)
        shared.commit = commit.sha[:SHORT] if commit else ""
    except TallybookError as error:
        raise ExtensionError(str(error), modname=type(error).__name__) from None
    config.report_content_licence = config.report_content_licence or cff.licence(citation)
    # Inventories and LaTeX ask for these.
    config.project = one_line(citation["title"])
    config.version = config.release = str(citation["version"])
    between = "" if is_release(app) else shared.commit
    said = [citation, shared.built, between]
    said += [earlier(app), [[*key, *reason] for key, reason in shared.why.items()]]
    config.report_issue = files.sha256(json.dumps(said, default=str))


def built(root: Path, citation: dict[str, Any]) -> date:
    """The day of the build as the sources know it: of the commit, else of the release."""
    commit = history.commit(root)
    if stamp := os.environ.get("SOURCE_DATE_EPOCH") or (commit and commit.time):
        return datetime.fromtimestamp(int(stamp), UTC).date()
    released = citation["date-released"]
    return released if isinstance(released, date) else date.fromisoformat(released)


def one_line(text: str) -> str:
    """``text`` without control characters and ends of lines, which would begin a new field in RIS:
    a space stands for them."""
    return _BREAKS.sub(" ", text).strip()


def of(root: Path, version: str) -> str:
    """The version of what is built from ``root``. It is ``version`` at its tag, and in a copy
    without a git history that says it is the archive of this tag. Otherwise it is on the way there:
    ``version`` with ``DRAFT``. Raises ``HistoryError`` if git fails."""
    tag, commit = f"v{version}", history.commit(root)
    released = tag in commit.tags if commit else tag == history.archived(root)
    return version if released else version + DRAFT


def own(app: Sphinx) -> str:
    """The version of this build, such as ``1.2.0`` or ``1.2.0.dev``."""
    return str(get_state(app).citation["version"])


def described(app: Sphinx) -> dict[str, Any]:
    """The description of the tables, as that of this version of the report."""
    here, authors = get_state(app).provider.here, cff.read(Path(app.srcdir))["authors"]
    people = [{"title": author["name"], "roles": ["author"]} for author in authors]
    said = {"version": own(app), "contributors": people}
    said |= {"id": cff.RESOLVER + doi(app)} if doi(app) else {}
    return seal.package(here.data, here.package.replace("_", "-"), said)


def is_release(app: Sphinx) -> bool:
    return not own(app).endswith(DRAFT)


def in_words(app: Sphinx) -> str:
    """The version of this build as a reader is told it."""
    if is_release(app):
        return own(app)
    return _("{version}, not released").format(version=own(app))


def cited(app: Sphinx) -> str:
    """The version as a citation names it: of a build between releases, the commit too, and that
    nobody keeps it."""
    commit, version = get_state(app).commit, own(app)
    if is_release(app):
        return _("Version {version}").format(version=version)
    if commit:
        said = _("Version {version}, commit {commit}, not kept")
        return said.format(version=version, commit=commit)
    return _("Version {version}, not kept").format(version=version)


def address(app: Sphinx, place: str = "") -> str:
    """The address to cite for a place of this site: in a release, the one that stays."""
    return whole(app) + edition.folder(app) + place


def whole(app: Sphinx) -> str:
    """The address to cite for this site with all its languages."""
    return at(app, own(app)) if is_release(app) else edition.base(app)


def doi(app: Sphinx) -> str:
    """The DOI of this version; empty if it has none, or is not released."""
    return cff.doi(get_state(app).citation, "version") if is_release(app) else ""


def at(app: Sphinx, version: str) -> str:
    """Where a version stays with all its languages, with a slash at the end."""
    return f"{edition.base(app)}{PLACE}/{version}/"


def error_address(app: Sphinx, name: str, place: str) -> str:
    """Where an error in the thing called ``name`` at ``place`` in the site is reported: in the form
    of the repository, filled in, or without one in a mail to the contact that ``CITATION.cff``
    names; empty without either."""
    citation = get_state(app).citation
    title = _("Error in {name}, version {version}").format(name=name, version=own(app))
    if repository := citation.get("repository-code"):
        page = address(app, place)
        fields = {"template": ERROR_FORM, "title": title, "number": name, "page": page}
        return f"{str(repository).rstrip('/')}/issues/new?{urlencode(fields, quote_via=quote)}"
    mails = (person["email"] for person in citation.get("contact", []) if person.get("email"))
    return next((f"mailto:{mail}?subject={quote(title)}" for mail in mails), "")


def earlier(app: Sphinx) -> list[dict[str, Any]]:
    """The records of all releases before this version, the newest first."""
    here, found = record.parse(own(app).removesuffix(DRAFT)), get_state(app).releases
    return [one for one in reversed(found) if record.parse(one["version"]) < here]


class Versions(SphinxDirective):
    """``{versions}``: all versions, this one first, each with its address."""

    def run(self) -> list[nodes.Node]:
        app = self.env.app
        items = [tag("li", _("{version}: this one").format(version=in_words(app)))]
        for one in earlier(app):
            version, day = one["version"], days.in_words(date.fromisoformat(one["date"]))
            items.append(tag("li", span("a", version, href=at(app, version)), f", {day}"))
        return [tag("ul", *items)]

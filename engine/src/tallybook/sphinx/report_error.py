"""A link from each page, number, chart and claim to those who can correct it.

``CITATION.cff`` says where it leads: to the form for numbers of the public repository
(``repository-code``), filled in, or where there is no repository to the address of its ``contact``.
Without either there is no link.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from sphinx.application import Sphinx

from tallybook.language import gettext as _
from tallybook.sphinx import versions
from tallybook.sphinx.state import get_state

FORM = "number.yml"  # in .github/ISSUE_TEMPLATE; its fields are "number" and "page"


def address(app: Sphinx, name: str, place: str) -> str:
    """The address of the link for the thing called ``name`` at ``place`` in the site; empty if
    there is nobody to tell."""
    citation = get_state(app).citation
    title = _("Error in {name}, version {version}").format(name=name, version=versions.own(app))
    if repository := citation.get("repository-code"):
        page = versions.address(app, place)
        fields = {"template": FORM, "title": title, "number": name, "page": page}
        return f"{str(repository).rstrip('/')}/issues/new?{urlencode(fields, quote_via=quote)}"
    mails = (person["email"] for person in citation.get("contact", []) if person.get("email"))
    return next((f"mailto:{mail}?subject={quote(title)}" for mail in mails), "")

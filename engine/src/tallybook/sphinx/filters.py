"""The form that filters a list of claims. It needs ``ledger.js``, which only the pages of some
parts load; without scripts the whole list stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from tallybook.language import gettext as _
from tallybook.report import Report
from tallybook.sphinx.nodes import picture
from tallybook.sphinx.state import get_state

FILTERED = ("ledger", "solid")  # the parts of a report with such a list


def scripts(app: Sphinx, docname: str) -> list[str]:
    """The scripts of a page for such a list."""
    homes = [get_state(app).page(part) for part in FILTERED]
    return ["ledger.js"] if docname in homes else []


def misplaced(env: BuildEnvironment, directive: str, part: str) -> str:
    """What is wrong if a directive does not stand on the page of its part, which loads the
    script."""
    page = get_state(env.app).page(part)
    if env.docname == page:
        return ""
    return (
        f"{{{directive}}}: found it here; expected it on the page that PAGES names as {part},"
        f" which is {page!r}"
    )


def choices(report: Report, ids: Iterable[str], verdicts: Iterable[str]) -> dict[str, list[str]]:
    """The verdicts that some claims got, in the order of all ``verdicts``, and their chapters."""
    ids = list(ids)
    given = {str(report.judgements[name].verdict) for name in ids}
    return {
        "Verdict": [verdict for verdict in verdicts if verdict in given],
        "Chapter": list(dict.fromkeys(report.claims[name].chapter for name in ids)),
    }


def form(offered: Mapping[str, Iterable[str]], words: bool = False) -> picture:
    """A select for each of the choices, by its name; maybe a field for ``words``; ways to what is
    left and back to all; and how many claims are left."""
    selects = "".join(_select(name, options) for name, options in offered.items())
    field = '<input type="search" name="words" autocomplete="off">'
    more = f"<label>{_('Words')} {field}</label>" if words else ""
    buttons = (
        f'<button>{_("Go to the claims")}</button> <button type="reset">{_("All claims")}</button>'
    )
    count = '<output aria-live="polite" tabindex="-1"></output>'
    html = f'<form class="filters" hidden>{selects}{more}{buttons}{count}</form>'
    return picture("", html=html, site=True)


def _select(name: str, options: Iterable[str]) -> str:
    # The names of outlets are the same in every language.
    said = {option: option if name == "Outlet" else _(option) for option in options}
    items = "".join(
        f'<option value="{escape(option)}">{escape(words)}</option>'
        for option, words in said.items()
    )
    titles = {
        "Verdict": _("Verdict"),
        "Outlet": _("Outlet"),
        "Chapter": _("Chapter"),
        "Assumptions": _("Assumptions"),
    }
    return (
        f'<label>{titles[name]} <select name="{name.lower()}"><option'
        f' value="">{_("all")}</option>{items}</select></label>'
    )

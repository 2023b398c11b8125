"""The form that filters a long list. It needs ``lists.js``, which only pages with such a form load;
without scripts the whole list stands. A row has what can be chosen in attributes of that name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from docutils import nodes

from tallybook.language import gettext as _
from tallybook.report import Report
from tallybook.sphinx.nodes import picture


def scripts(doctree: nodes.document) -> list[str]:
    """The scripts of a page for such a list."""
    found = any("filters" in one for one in doctree.findall(picture))
    return ["lists.js"] if found else []


def choices(report: Report, ids: Iterable[str], verdicts: Iterable[str]) -> dict[str, list[str]]:
    """The verdicts that some claims got, in the order of all ``verdicts``, and their chapters."""
    ids = list(ids)
    given = {str(report.judgements[name].verdict) for name in ids}
    return {
        "Verdict": [verdict for verdict in verdicts if verdict in given],
        "Chapter": list(dict.fromkeys(report.claims[name].chapter for name in ids)),
    }


def form(rows: str, offered: Mapping[str, Iterable[str]], things: tuple[str, str, str]) -> picture:
    """A select for each of the choices, by its name; a field for words; ways to what is left and
    back to all; and how many rows are left. ``rows``: a selector; ``things``: the words of the two
    ways and of the count."""
    selects = "".join(_select(name, options) for name, options in offered.items())
    field = '<input type="search" name="words" autocomplete="off">'
    way, back, left = things
    words = f"<label>{_('Words')} {field}</label>"
    buttons = f'<button>{way}</button> <button type="reset">{back}</button>'
    count = '<output aria-live="polite" tabindex="-1"></output>'
    told = {"rows": rows, "count": left}
    attributes = "".join(f' data-{key}="{escape(text)}"' for key, text in told.items())
    html = f'<form class="filters"{attributes} hidden>{selects}{words}{buttons}{count}</form>'
    return picture("", html=html, filters=True)


def _select(name: str, options: Iterable[str]) -> str:
    title, none = {
        "Verdict": (_("Verdict"), _("all verdicts")),
        "Outlet": (_("Outlet"), _("all outlets")),
        "Chapter": (_("Chapter"), _("all chapters")),
    }[name]
    items = "".join(f'<option value="{escape(one)}">{escape(_(one))}</option>' for one in options)
    menu = f'<select name="{name.lower()}"><option value="">{none}</option>{items}</select>'
    return f"<label>{title} {menu}</label>"

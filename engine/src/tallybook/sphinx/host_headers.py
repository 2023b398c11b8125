"""``_headers``: what hosts of static files are to send with each file, in the form of Netlify and
Cloudflare.

Such a host applies every rule that fits an address, and joins what two of them say of one header.
So the rules for one header never fit the same address: a policy is given folder by folder.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from sphinx.application import Sphinx

from tallybook.sphinx import edition, meta, state, versions
from tallybook.sphinx.builders import group, write_texts

FILE = "_headers"
UNFRAMED = f"{meta.POLICY}; frame-ancestors 'none'"
# What programs of other sites may read.
OPEN = ("json", "csv", "md", "bib", "ris", "ipynb", "xml", "atom", "txt", "svg")
KINDS = {"md": "text/markdown; charset=utf-8", "csv": "text/csv; charset=utf-8"}
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}
# A page and its data have to be of one build. Scripts and styles have the same name in each.
FRESH, SHORT, LONG = (
    "public, max-age=0, must-revalidate",
    "public, max-age=600",
    "public, max-age=86400",
)
SHARED = ("_static", "_charts")


def write_file(app: Sphinx) -> None:
    """Write the file at the root of the site; an edition lies below it."""
    if not edition.code(app):
        out = Path(app.outdir)
        folders = sorted(edition.folders(app).values())
        group(app, FILE, lambda: write_texts({out / FILE: text(app, folders)}))


def text(app: Sphinx, folders: list[str]) -> str:
    """The file. ``folders``: where the site has its languages."""
    root, places = urlsplit(app.config.html_baseurl).path, _places(app)
    rules: dict[str, dict[str, str]] = {f"{root}*": dict(EVERYWHERE)}

    def add(path: str, name: str, value: str) -> None:
        rules.setdefault(root + path, {})[name] = value

    for folder in folders:
        for place in places:
            kept = f"{versions.PLACE}/:version/{folder}{place}"
            policy = meta.POLICY if place == f"{state.RECORDS}/*" else UNFRAMED
            for path in (folder + place, kept):
                add(path, "Content-Security-Policy", policy)
            add(folder + place, "Cache-Control", FRESH)
        for place in SHARED:
            add(f"{folder}{place}/*", "Cache-Control", SHORT)
    add(f"{versions.PLACE}/*", "Cache-Control", LONG)
    for ending in OPEN:
        add(f"*.{ending}", "Access-Control-Allow-Origin", "*")
        if ending in KINDS:
            add(f"*.{ending}", "Content-Type", KINDS[ending])
    return "".join(
        path + "\n" + "".join(f"  {name}: {value}\n" for name, value in heads.items())
        for path, heads in rules.items()
    )


def _places(app: Sphinx) -> list[str]:
    """Where pages are, below the folder of a language: the pages of the root, each with its short
    name as well, and folders."""
    uris = [app.builder.get_target_uri(name) for name in sorted(app.env.found_docs)]
    alone = ["404.html", "search.html", *(uri for uri in uris if "/" not in uri)]
    short = [name.removesuffix(".html") for name in alone]
    folders = {uri.partition("/")[0] for uri in uris if "/" in uri} | {state.RECORDS}
    return ["", *sorted({*alone, *short}), *(f"{name}/*" for name in sorted(folders))]

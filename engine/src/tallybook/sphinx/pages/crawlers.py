"""What search engines, lost visitors and hosts of static files look for at the root of a site:
``sitemap.xml``, ``robots.txt``, ``404.html`` and ``_headers``.

The map is written here and not by sphinx-sitemap, which collects pages while they are written: a
page that is taken over from the last site is not written, and would be left out.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from sphinx.application import Sphinx

from tallybook.language import gettext as _
from tallybook.sphinx.builders import group, write_texts
from tallybook.sphinx.citing import item_pages, meta
from tallybook.sphinx.languages import edition
from tallybook.sphinx.state import get_state
from tallybook.sphinx.versions import numbering

LOST = "404.html"  # the name under which static hosts look for it
AT_THE_ROOT = ("sitemap.xml", "robots.txt", LOST, "_headers")  # not in a folder of a host
# What hosts are to send with every file, in the form of Netlify and Cloudflare: programs of other
# sites may read all of it, and articles may frame the pages of things.
HEADERS = """  Access-Control-Allow-Origin: *
  Referrer-Policy: strict-origin-when-cross-origin
  X-Content-Type-Options: nosniff
"""
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_files(app: Sphinx) -> None:
    """For the site with all its languages: nobody asks for them in a folder."""
    if edition.code(app):
        return
    made = zip(AT_THE_ROOT, (site_map, robots, lost, headers), strict=True)
    texts = {Path(app.outdir) / name: make for name, make in made}
    group(app, "crawlers", lambda: write_texts({path: make(app) for path, make in texts.items()}))


def site_map(app: Sphinx) -> str:
    """Every page of the newest version in every language, by its canonical address. Each page names
    itself in other languages."""
    pages = [meta.canonical(app, docname) for docname in app.env.found_docs]
    for docname in app.env.found_docs:
        pages += [one.address for one in edition.elsewhere(app, docname)]
    day = get_state(app).built.isoformat()
    urls = "".join(
        f"<url><loc>{escape(address)}</loc><lastmod>{day}</lastmod></url>\n"
        for address in sorted(pages)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SPACE}">\n{urls}</urlset>\n'


def robots(app: Sphinx) -> str:
    """Everything may be read; old versions say themselves that they are not to be listed."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {app.config.html_baseurl}sitemap.xml\n"


def headers(app: Sphinx) -> str:
    return f"{urlsplit(app.config.html_baseurl).path}*\n{HEADERS}"


def lost(app: Sphinx) -> str:
    """The page for an address that is none. Hosts send it for any address, so its own links begin
    at the root of the host."""
    uri, pages = app.builder.get_target_uri, get_state(app).provider.PAGES
    return item_pages.bare(
        app,
        LOST,
        root=urlsplit(app.config.html_baseurl).path,
        links=[(app.env.titles[page].astext(), uri(page)) for page in pages.values()],
        report_error=numbering.error_address(app, _("a link that leads nowhere"), ""),
    )

"""Pages and drawings, checked with the validator that others would take: the Nu checker."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.tooling import java, node_package
from tests.visits import KINDS

# What the Nu checker says of every page and we do not mend, each with its reason.
ALLOWED = (
    # It takes no part of a file for 'self', which for it has no origin. The browser tests load each
    # page under its policy.
    r"Resource violates Content Security Policy \(meta tag\): "
    r"(external (script|stylesheet)|image) “(\.\./|/)*(_static/|_charts/|searchrecords\.js)",
    # It counts data blocks (JSON-LD) as scripts. They are not run, and a policy does not apply to
    # them.
    r"Inline script violates Content Security Policy \(meta tag\)",
    # The list of sources is mostly titles, in the language in which they were published.
    r"This document appears to be written in English but the “html” start tag has “lang=\"fr\"”",
)


def nu(*paths: Path) -> list[str]:
    """The messages of the Nu checker on pages and drawings, less those allowed."""
    jar = node_package("vnu-jar") / "build" / "dist" / "vnu.jar"
    said = java(jar, "--skip-non-html", "--also-check-svg", "--format", "json", "--stdout", *paths)
    return [
        f"{message['url']}, line {message.get('lastLine', '?')}: {message['message']}"
        for message in json.loads(said)["messages"]
        if not any(re.match(allowed, message["message"]) for allowed in ALLOWED)
    ]


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.weekly)])
def test_pages_and_drawings_have_no_error_of_html(site, every):
    """A page of each kind, and each fiftieth of those of one number or claim; weekly all."""
    records, charts = sorted(site.glob("_cite/*.html")), [*site.glob("_charts/*.svg")]
    some = [*(site / name for name in KINDS), *records[::50], *charts[::5]]
    assert nu(*(site.rglob("*.html") if every else some), *(charts if every else [])) == []

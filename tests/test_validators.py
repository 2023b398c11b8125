"""What others would check, checked with their validators: pages, drawings and the data
package."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.files import load
from tests.tooling import java, node_package, python_tool, run, shipped

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


def test_pages_and_drawings_have_no_error_of_html(site):
    """All but those of records, of which there is one for each number and claim: each tenth."""
    pages = sorted(site.rglob("*.html"))
    records = [page for page in pages if page.parent.name == "_cite"]
    assert nu(*{*pages} - {*records}, *records[::10], *site.glob("_charts/*.svg")) == []


def test_the_data_package_is_one_of_the_second_version(site):
    """By the schema of the standard itself; the rows are checked in ``test_data``."""
    schema = shipped("check_datapackage", "schemas", "data-package-2-0.json")
    check = [python_tool("validators", "check-jsonschema"), "--schemafile", schema]
    done = run(*check, site / "data/datapackage.json")
    assert done.returncode == 0, done.stdout
    package = load(site / "data/datapackage.json")
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"

"""What others would check, checked with their validators: pages and drawings, the crate,
the data package."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.files import load, read, write
from tests.tooling import PINS, java, node_package, python_tool, run, shipped

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


def test_the_checker_of_pages_finds_what_is_wrong(site, tmp_path):
    """Else an empty list would say nothing: a page and a drawing are spoilt, each in one place."""
    page, drawing = site / "index.html", next((site / "_charts").glob("*.svg"))
    text = read(page).replace("</main>", "<summary><p>No</p></summary></main>", 1)
    write(tmp_path / "page.html", text)
    write(tmp_path / "drawing.svg", read(drawing).replace("<title ", '<title id="0" ', 1))
    found = nu(tmp_path)
    assert any("page.html" in line and "summary" in line for line in found)
    assert any("drawing.svg" in line for line in found)
    assert not any("Security Policy" in line for line in found)


def crate_report(folder: Path) -> dict:
    done = run(python_tool("validators", "python"), PINS / "crate.py", folder)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def test_the_crate_meets_every_requirement(site):
    report = crate_report(site)
    assert report["passed"], [issue["message"] for issue in report["issues"]]
    assert report["skipped_checks"] == 0 and report["statistics"]["total_passed_checks"] > 30


def test_the_validator_of_crates_finds_what_is_wrong(tmp_path):
    """A part that is not there, and a word that is in no context."""
    graph = [
        {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"}}
        | {"conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}},
        {
            "@id": "./",
            "@type": "Dataset",
            "name": "N",
            "description": "D",
            "datePublished": "2026-01-01",
        }
        | {
            "license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
            "hasPart": [{"@id": "gone.csv"}],
        },
        {"@id": "gone.csv", "@type": "File", "nonsense": "1"},
    ]
    crate = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}
    write(tmp_path / "ro-crate-metadata.json", json.dumps(crate))
    report = crate_report(tmp_path)
    messages = " ".join(issue["message"] for issue in report["issues"])
    assert not report["passed"] and "nonsense" in messages and "gone.csv" in messages


def test_the_data_package_is_one_of_the_second_version(site, tmp_path):
    """By the schema of the standard itself; the rows are checked in ``test_data``."""
    schema = shipped("check_datapackage", "schemas", "data-package-2-0.json")
    check = [python_tool("validators", "check-jsonschema"), "--schemafile", schema]
    done = run(*check, site / "data/datapackage.json")
    assert done.returncode == 0, done.stdout
    package = load(site / "data/datapackage.json")
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    package["resources"][0]["schema"]["fields"][0]["type"] = "rumour"
    write(tmp_path / "datapackage.json", json.dumps(package))
    assert run(*check, tmp_path / "datapackage.json").returncode != 0

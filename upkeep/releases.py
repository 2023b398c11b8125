"""What is kept of each release in ``releases/``: its ids, addresses and sums.

x.y.z.json         pages, charts, numbers and claims with their addresses; one line each
x.y.z.SHA256SUMS   every file of its site
redirects.csv      where what is gone went (see ``engine/src/tallybook/sphinx/redirects.py``)
why.csv            why a number moved or a verdict changed (see ``upkeep/changes.py``)

python -m upkeep.releases x.y.z      record this version: the three files and CHANGELOG.md
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from pathlib import Path

import yaml
from tallybook.sphinx import redirects

from microwork.paths import ROOT
from microwork.report import provider
from upkeep import changes, citation_sync, cpu_features, tree

FOLDER = ROOT / "releases"
VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
_NUMBER = ("id", "value", "low", "high", "unit", "decimals", "href")
_CLAIM = ("claim_id", "verdict", "href")


def parse(version: str) -> tuple[int, ...]:
    """A version as numbers that can be compared. Raises ``ValueError`` if it is not x.y.z."""
    found = VERSION.fullmatch(version)
    if not found:
        raise ValueError(f"found the version {version!r}; expected three numbers, x.y.z")
    return tuple(map(int, found.groups()))


def versions(folder: Path = FOLDER) -> list[str]:
    """The versions that have a record, the oldest first."""
    return sorted(
        (path.stem for path in folder.glob("*.json") if VERSION.fullmatch(path.stem)), key=parse
    )


def last(folder: Path = FOLDER, before: str | None = None) -> str | None:
    """The newest version that has a record, or the newest one before a given version."""
    found = [
        version for version in versions(folder) if before is None or parse(version) < parse(before)
    ]
    return found[-1] if found else None


def path(version: str, folder: Path = FOLDER) -> Path:
    return folder / f"{version}.json"


def sums_path(version: str, folder: Path = FOLDER) -> Path:
    return folder / f"{version}.SHA256SUMS"


def read(version: str, folder: Path = FOLDER) -> dict:
    return json.loads(path(version, folder).read_text(encoding="utf-8"))


def unlike(version: str, site: Path, folder: Path = FOLDER) -> list[str]:
    """How a site differs from the record of a version, one line each: the numbers that are others,
    then the files."""
    known = read(version, folder)
    then, now = (
        {number["id"]: number for number in numbers}
        for numbers in (known["numbers"], _load(site / "numbers.json")["numbers"])
    )
    lines = [
        f"{name}, {part}: recorded {then[name].get(part)!r}, now {now[name][part]!r}"
        for name in then.keys() & now.keys()
        for part in ("value", "low", "high")
        if then[name].get(part) != now[name][part]
    ]
    wanted = tree.read_sums(sums_path(version, folder).read_text(encoding="utf-8"))
    found = tree.read_sums(tree.sums(site))
    names = sorted(
        name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)
    )
    return sorted(lines) + [f"{name}: not as recorded for {version}" for name in names]


def advice(version: str, folder: Path = FOLDER, root: Path = ROOT) -> str:
    """What to do about a site that is unlike its record."""
    known = read(version, folder)
    if known["sources"] != tree.sources(root):
        return (
            f"The sources have changed since releases/{version}.json was written. If that version"
            f" is not out yet and the changes are meant, run `make record VERSION={version}` and"
            " commit; otherwise give this site a version of its own."
        )
    return (
        "The sources are those of the record, so the site should be the same, and the record"
        " should not be written again. It was made on"
        f" {known.get('made_on', 'a machine it does not name')}; this is {cpu_features.machine()}."
        " `make verify PROCESSORS=1` shows whether the digits depend on the processor."
    )


def ids(site: Path) -> dict[str, list]:
    """All that a site gives a name and an address: pages, charts, numbers with their values, claims
    with their verdicts."""
    pages = {name: (site / name).read_text(encoding="utf-8") for name in _pages(site)}
    kept = {name: text for name, text in pages.items() if redirects.MARK not in text}
    charts = []
    for file in sorted((site / "_charts").glob("*.vl.json")):
        name = file.name.removesuffix(".vl.json")
        place = next(page for page, text in kept.items() if f'id="{name}"' in text)
        charts.append({"id": name, "href": f"{place}#{name}"})
    return {
        "pages": list(kept),
        "charts": charts,
        "numbers": [_part(record, _NUMBER) for record in _load(site / "numbers.json")["numbers"]],
        "claims": [_part(record, _CLAIM) for record in _load(site / "claims.json")["claims"]],
    }


def vanished(record: dict, site: Path, moves: list[redirects.Move]) -> list[str]:
    """What a release had and the site has no longer, one line each: ids without a redirect,
    addresses that lead nowhere."""
    today, gone = (
        redirects.names(ids(site)),
        {move.old for move in redirects.with_pages(moves, [record])},
    )
    lost = [
        f"{kind[:-1]} {name}: in release {record['version']}, not in the site, and not in"
        " releases/redirects.csv"
        for kind, known in redirects.names(record).items()
        for name in known
        if name not in today[kind] and name not in gone
    ]
    texts = {name: (site / name).read_text(encoding="utf-8") for name in _pages(site)}
    lost += [
        f"{address}: an address of release {record['version']} that leads nowhere"
        for address in redirects.addresses(record, redirects.lists(provider.PAGES))
        if not _leads(address, texts)
    ]
    return lost


def render(record: dict) -> str:
    """A record as JSON with a line for each entry, so that a change reads well."""
    parts = []
    for key, value in record.items():
        if isinstance(value, list):
            inside = ",\n".join(f"  {json.dumps(entry, ensure_ascii=False)}" for entry in value)
            parts.append(f' "{key}": [\n{inside}\n ]')
        else:
            parts.append(f' "{key}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def record(version: str) -> None:
    """Build the site as it will be released and write its record and its part of the changelog.

    Before that, what ``CITATION.cff`` says is carried into the files that repeat it.
    """
    citation_sync.write()
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    day = str(citation["date-released"])
    with tempfile.TemporaryDirectory(prefix="record-") as room:
        root = tree.copy(Path(room) / "report")
        path(version, root / "releases").unlink(
            missing_ok=True
        )  # a version owes nothing to its own record
        site = tree.build(root)
        now = {
            "version": version,
            "date": day,
            "made_on": cpu_features.machine(),
            "sources": tree.sources(),
            **ids(site),
        }
        sums = tree.sums(site)
    previous = last(before=version)
    section = changes.section(
        read(previous) if previous else None, now, changes.reasons(FOLDER / "why.csv")
    )
    path(version).write_text(render(now), encoding="utf-8")
    sums_path(version).write_text(sums, encoding="utf-8")
    changelog = ROOT / "CHANGELOG.md"
    before = changelog.read_text(encoding="utf-8") if changelog.exists() else changes.HEAD
    changelog.write_text(changes.insert(before, version, section), encoding="utf-8")


def _pages(site: Path) -> list[str]:
    return sorted(page.relative_to(site).as_posix() for page in site.rglob("*.html"))


def _load(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def _part(record: dict, keys: tuple[str, ...]) -> dict:
    return {key: record[key] for key in keys if key in record}


def _leads(address: str, texts: dict[str, str]) -> bool:
    """Whether a page is there and has the place; a page that forwards is followed, as a browser
    does."""
    page, _, anchor = address.partition("#")
    forward = redirects.forwards_to(page, texts.get(page, ""))
    if forward and "#" not in forward:
        page = forward
    return page in texts and (
        not anchor or bool(forward and "#" in forward) or f'id="{anchor}"' in texts[page]
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Record a version: ids, sums and its part of the changelog."
    )
    parser.add_argument("version")
    version = parser.parse_args().version
    try:
        parse(version)
        record(version)
    except (ValueError, OSError, changes.ChangeError, redirects.RedirectError) as error:
        print(error, file=sys.stderr)
        return 1
    print(
        f"Recorded {version}: releases/{version}.json, releases/{version}.SHA256SUMS, CHANGELOG.md."
        " Read and commit them."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

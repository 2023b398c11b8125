"""What is kept of each release in ``releases/``: its ids, addresses and sums.

x.y.z.json         pages, charts, numbers and claims with their addresses; one line each
x.y.z.SHA256SUMS   every file of its site
redirects.csv      where what is gone went (see ``engine/src/tallybook/sphinx/redirects.py``)
why.csv            why a number moved or a verdict changed (see ``upkeep/changes.py``)

python -m upkeep.releases x.y.z      record this version: the three files and CHANGELOG.md
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path

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
    names = (path.stem for path in folder.glob("*.json"))
    return sorted(filter(VERSION.fullmatch, names), key=parse)


def path(version: str, folder: Path = FOLDER) -> Path:
    return folder / f"{version}.json"


def sums_path(version: str, folder: Path = FOLDER) -> Path:
    return folder / f"{version}.SHA256SUMS"


def read(version: str, folder: Path = FOLDER) -> dict:
    return json.loads(path(version, folder).read_text(encoding="utf-8"))


def unlike(version: str, site: Path, folder: Path = FOLDER) -> list[str]:
    """How a site differs from the record of a version, one line each: the numbers that are others,
    then the files."""
    then = {one["id"]: one for one in read(version, folder)["numbers"]}
    now = {one["id"]: one for one in _load(site, "numbers")}
    lines = [
        f"{name}, {part}: recorded {then[name].get(part)!r}, now {now[name][part]!r}"
        for name in sorted(then.keys() & now.keys())
        for part in ("value", "low", "high")
        if then[name].get(part) != now[name][part]
    ]
    recorded = tree.read_sums(sums_path(version, folder).read_text(encoding="utf-8"))
    names = tree.unlike(recorded, tree.read_sums(tree.sums(site)))
    return [*lines, *(f"{name}: not as recorded for {version}" for name in names)]


def advice(version: str, folder: Path = FOLDER) -> str:
    """What to do about a site that is unlike its record."""
    known = read(version, folder)
    if known["sources"] != tree.sources():
        return (
            f"The sources have changed since releases/{version}.json was written. If that version"
            f" is not out yet and the changes are meant, run `make record VERSION={version}` and"
            " commit; otherwise give this site a version of its own."
        )
    return (
        "The sources are those of the record, so the site should be the same, and the record"
        f" should not be written again. It was made on {known['made_on']}; this is"
        f" {cpu_features.machine()}. `make verify PROCESSORS=1` shows whether the digits depend on"
        " the processor."
    )


def ids(site: Path) -> dict[str, list]:
    """All that a site gives a name and an address: pages, charts, numbers with their values, claims
    with their verdicts."""
    kept = {name: text for name, text in _pages(site).items() if redirects.MARK not in text}
    charts = []
    for file in sorted((site / "_charts").glob("*.vl.json")):
        name = file.name.removesuffix(".vl.json")
        place = next(page for page, text in kept.items() if f'id="{name}"' in text)
        charts.append({"id": name, "href": f"{place}#{name}"})

    def parts(name: str, keys: tuple[str, ...]) -> list[dict]:
        return [{key: one[key] for key in keys if key in one} for one in _load(site, name)]

    numbers, claims = parts("numbers", _NUMBER), parts("claims", _CLAIM)
    return {"pages": list(kept), "charts": charts, "numbers": numbers, "claims": claims}


def vanished(record: dict, site: Path, moves: list[redirects.Move]) -> list[str]:
    """What a release had and the site has no longer, one line each: ids without a redirect,
    addresses that lead nowhere."""
    today, release = redirects.names(ids(site)), record["version"]
    gone = {move.old for move in redirects.with_pages(moves, [record])}
    lost = [
        f"{kind[:-1]} {name}: in release {release}, not in the site, and not in"
        " releases/redirects.csv"
        for kind, known in redirects.names(record).items()
        for name in known
        if name not in today[kind] and name not in gone
    ]
    texts = _pages(site)
    for address in redirects.addresses(record, redirects.lists(provider.PAGES)):
        if not _leads(address, texts):
            lost.append(f"{address}: an address of release {release} that leads nowhere")
    return lost


def render(record: dict) -> str:
    """A record as JSON with a line for each entry, so that a change reads well."""
    parts = []
    for key, value in record.items():
        said = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list):
            lines = (f"  {json.dumps(entry, ensure_ascii=False)}" for entry in value)
            said = "[\n" + ",\n".join(lines) + "\n ]"
        parts.append(f' "{key}": {said}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def record(version: str) -> None:
    """Build the site as it will be released and write its record and its part of the changelog.

    Before that, what ``CITATION.cff`` says is carried into the files that repeat it.
    """
    earlier = [known for known in versions() if parse(known) < parse(version)]
    citation_sync.write()
    with tempfile.TemporaryDirectory(prefix="record-") as room:
        root = tree.copy(Path(room) / "report")
        # A version owes nothing to its own record.
        path(version, root / "releases").unlink(missing_ok=True)
        site = tree.build(root)
        now = {
            "version": version,
            "date": citation_sync.day(),
            "made_on": cpu_features.machine(),
            "sources": tree.sources(),
            **ids(site),
        }
        sums = tree.sums(site)
    section = changes.section(read(earlier[-1]) if earlier else None, now, changes.reasons())
    path(version).write_text(render(now), encoding="utf-8")
    sums_path(version).write_text(sums, encoding="utf-8")
    changelog = ROOT / "CHANGELOG.md"
    before = changelog.read_text(encoding="utf-8")
    changelog.write_text(changes.insert(before, version, section), encoding="utf-8")


def _pages(site: Path) -> dict[str, str]:
    """The text of each page of a site, by its name."""
    return {
        page.relative_to(site).as_posix(): page.read_text(encoding="utf-8")
        for page in sorted(site.rglob("*.html"))
    }


def _load(site: Path, name: str) -> list[dict]:
    """The list ``name`` of the file ``name``.json of a site."""
    return json.loads((site / f"{name}.json").read_text(encoding="utf-8"))[name]


def _leads(address: str, texts: dict[str, str]) -> bool:
    """Whether a page is there and has the place; a page that forwards is followed, as a browser
    does."""
    page, _, anchor = address.partition("#")
    forward = redirects.forwards_to(page, texts.get(page, "")) or page
    page, _, place = forward.partition("#")
    return page in texts and (not anchor or bool(place) or f'id="{anchor}"' in texts[page])


def main(version: str) -> int:
    try:
        record(version)
    except (ValueError, OSError, changes.ChangeError, redirects.RedirectError) as error:
        print(error, file=sys.stderr)
        return 1
    files = f"releases/{version}.json, releases/{version}.SHA256SUMS, CHANGELOG.md"
    print(f"Recorded {version}: {files}. Read and commit them.")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

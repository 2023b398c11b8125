"""What the ledger and the sources page say, kept in ``tests/baselines/report.json`` beside the
notebooks.

The notebooks hold what the chapters show; verdicts and the remarks on sources are made in another
process, and stand on pages of their own.
"""

from __future__ import annotations

import json
from pathlib import Path

from tallybook import data

from microwork import report, since
from microwork.paths import BASELINES, ROOT


def record_path(root: Path = ROOT) -> Path:
    return root / BASELINES.relative_to(ROOT) / "report.json"


def claims_record(found: report.Report) -> list[dict]:
    """Every claim as the ledger prints it, with its source, in the order of the ledger."""
    return [
        {name: value for name, value in claim.items() if name != "href"}
        | {"source": found.claims[claim["claim_id"]].source_key}
        for claim in report.provider.claims_json(found, {})
    ]


def record(found: report.Report) -> dict:
    """Claims, the remark on each source, and what is known since."""
    return {
        "claims": claims_record(found),
        "sources": dict(sorted(found.source_remarks().items())),
        "since": since_record(),
    }


def since_record() -> dict:
    """What the tables of facts since 2022 and the timeline say, by their names."""
    known = [
        f"since-{chapter}" for chapter in report.CHAPTERS if since.name(chapter) in data.names()
    ]
    return {
        name: json.loads(json.dumps(report.provider.TABLES[name](None)))
        for name in sorted([*known, "timeline"])
    }


def read() -> dict:
    return json.loads(record_path().read_text(encoding="utf-8"))


def write() -> Path:
    text = json.dumps(record(report.load()), indent=1, ensure_ascii=False) + "\n"
    record_path().write_text(text, encoding="utf-8")
    return record_path()

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
    """What the tables of facts since 2022 say, by their names."""
    known = sorted(one for one in report.CHAPTERS if since.name(one) in data.names())
    return {
        f"since-{one}": json.loads(json.dumps(report.provider.TABLES[f"since-{one}"](None)))
        for one in known
    }


def read() -> dict:
    return json.loads(record_path().read_text(encoding="utf-8"))


def write() -> Path:
    """Keep the record: a line for each claim, source and table row, so that a change is a line."""
    lines = []
    for part, content in record(report.load()).items():
        lines.append(f"{json.dumps(part)}: {_lines(content)}")
    record_path().write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    return record_path()


def _lines(content: dict | list) -> str:
    one = [json.dumps(each, ensure_ascii=False) for each in content]
    if isinstance(content, list):
        return "[\n" + ",\n".join(one) + "\n]"
    named = (f"{name}: {_inner(content[key])}" for name, key in zip(one, content, strict=True))
    return "{\n" + ",\n".join(named) + "\n}"


def _inner(content: object) -> str:
    return _lines(content) if isinstance(content, list) else json.dumps(content, ensure_ascii=False)

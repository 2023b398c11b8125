"""Questions on the news of each week, and how many of them language models answered rightly, alone and with a search.

    python -m microwork.derive.dated_questions --raw DIR --out data/retraining/

From the released answers of RealTime QA (Kasai et al. 2023), counted by week. The repository states no licence, so no question
and no answer leaves it. Choices are numbered from 1. An answer that names none is wrong.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles
from microwork.derive.raw import Raw

FILE = "realtimeqa/realtimeqa-by-week.csv"
HOME = "https://github.com/realtimeqa/realtimeqa_public (past/*/*_qa.jsonl and baseline_results at bc15fba7f455)"
RAW = {FILE: Raw("e9d61bb2111e411950463111daeaa6007785fe14fcc4e5c29f68bda8052412b2", f"{HOME}, multiple choice, counted by week")}
OUTPUTS = ("retraining/dated_questions.csv",)
# System by its name there, alone and with what a search engine found: the six that answered from 27 March to July 2026 and gave
# few answers that cannot be read. Both Geminis are left out: up to a fifth of their answers name no choice.
SYSTEMS = {
    "GPT-5.3 Chat": ("openai_gpt-5.3-chat", "openai_gpt-5.3-chat_gcs"),
    "GPT-5.4": ("openai_gpt-5.4", "openai_gpt-5.4_gcs"),
    "Claude Opus 4.6": ("anthropic_claude-opus-4.6", "anthropic_claude-opus-4.6_gcs"),
    "Claude Sonnet 4.6": ("anthropic_claude-sonnet-4.6", "anthropic_claude-sonnet-4.6_gcs"),
    "Llama 4 Maverick": ("meta-llama_llama-4-maverick", "meta-llama_llama-4-maverick_gcs"),
    "Llama 4 Scout": ("meta-llama_llama-4-scout", "meta-llama_llama-4-scout_gcs"),
}
SINCE = 20260327  # the first week that all systems of 2026 answered


def paired(counts: pd.DataFrame) -> pd.DataFrame:
    """One row per system and week with questions: week, system, questions, and right and unreadable answers, alone and searched.

    ``counts``: one row per week and variant of a system, columns as published. Raises ``ValueError`` if the two variants of a
    system were not asked the same questions, or if more answers are right or unreadable than there are questions.
    """
    asked = counts[(counts["questions"] > 0) & (counts["week"] >= SINCE)].rename(columns={"right_if_from_1": "right"})
    if (asked["right"] + asked["unreadable"] > asked["questions"]).any():
        raise ValueError("right: found more answers that are right or unreadable than questions; expected no more")
    rows = []
    for system, (alone, searched) in SYSTEMS.items():
        one, other = (asked[asked["system"] == name].set_index("week").sort_index() for name in (alone, searched))
        if not one["questions"].equals(other["questions"]):
            raise ValueError(f"{system}: found different questions with and without a search; expected the same")
        both = {f"{name}_{how}": variant[name] for name in ("right", "unreadable") for how, variant in
                (("alone", one), ("searched", other))}  # fmt: skip
        rows.append(pd.DataFrame({"system": system, "questions": one["questions"], **both}).reset_index())
    table = pd.concat(rows).sort_values(["week", "system"], ignore_index=True)
    return table.assign(week=pd.to_datetime(table["week"].astype(str)).dt.strftime("%Y-%m-%d"))


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``. Raises ``RawError`` (see ``raw.read``)."""
    table = paired(rawfiles.read_csv(raw, FILE, RAW[FILE]))
    table = table.assign(source_key="kasai2023realtimeqa", locator="baseline_results/" + table["week"].str[:4], grade="A")
    return {OUTPUTS[0]: rawfiles.to_csv(table)}


if __name__ == "__main__":
    raise SystemExit(rawfiles.main(sys.modules[__name__]))

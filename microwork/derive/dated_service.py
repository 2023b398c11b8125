"""One service at two dates: which of a thousand numbers are prime, by two versions of GPT-4 and of GPT-3.5, answers counted.

    python -m microwork.derive.dated_service --raw DIR --out data/retraining/

From the released answers of Chen, Zaharia and Zou (2023), Apache-2.0. The question asks for the label "[Yes]" or "[No]"; of
several labels in an answer the last one counts.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles
from microwork.derive.raw import Raw

FILE = "llmdrift/PRIME_FULL_EVAL.csv"
RAW = {
    FILE: Raw(
        "680ee8624871a6a8d02ce7ba9210880ab9652910e29afae98a95e8d70d7da013",
        "https://github.com/lchen001/LLMDrift (generation/PRIME_FULL_EVAL.csv at 4938eb720aed)",
    )
}
OUTPUTS = ("retraining/dated_service.csv",)
VERSIONS = {
    "openaichat/gpt-3.5-turbo-0301": ("GPT-3.5", "2023-03"),
    "openaichat/gpt-3.5-turbo-0613": ("GPT-3.5", "2023-06"),
    "openaichat/gpt-4-0314": ("GPT-4", "2023-03"),
    "openaichat/gpt-4-0613": ("GPT-4", "2023-06"),
}
LABEL, NUMBER = re.compile(r"\[(yes|no)\]", re.IGNORECASE), re.compile(r"Is (\d+) a prime number\?")


def label(answer: str) -> str | None:
    """The last label in an answer, "yes" or "no", or ``None``."""
    found = LABEL.findall(answer)
    return found[-1].lower() if found else None


def prime(number: int) -> bool:
    """Whether a number has no divisor but itself and one, by trial of all up to its root."""
    return number > 1 and all(number % divisor for divisor in range(2, int(number**0.5) + 1))


def counted(answers: pd.DataFrame) -> pd.DataFrame:
    """Columns model, query, ref_answer, answer. One row per service, version and kind of number; its answers by what they say.

    Raises ``ValueError`` if the key to the answers is wrong for a number.
    """
    numbers = answers["query"].str.extract(NUMBER)[0].astype(int)
    right = numbers.map({number: prime(number) for number in numbers.unique()}).map({True: "yes", False: "no"})
    if (wrong := numbers[right != answers["ref_answer"].str.lower()]).size:
        raise ValueError(f"ref_answer: found the wrong one for {wrong.iloc[0]}; expected {right[wrong.index[0]]}")
    said = answers["answer"].map(label)
    version = answers["model"].map(VERSIONS)
    frame = pd.DataFrame(
        {
            "service": version.str[0],
            "version": version.str[1],
            "kind": right.map({"yes": "prime", "no": "composite"}),
            "right": said == right,
            "wrong": said.notna() & (said != right),
            "without_label": said.isna(),
        }
    )
    return frame.groupby(["service", "version", "kind"], sort=True).sum().reset_index()


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``. Raises ``RawError`` (see ``raw.read``)."""
    table = counted(rawfiles.read_csv(raw, FILE, RAW[FILE]))
    table = table.assign(source_key="chen2023drift", locator="generation/PRIME_FULL_EVAL.csv", grade="A")
    return {OUTPUTS[0]: rawfiles.to_csv(table)}


if __name__ == "__main__":
    raise SystemExit(rawfiles.main(sys.modules[__name__]))

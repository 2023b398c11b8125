"""Women and men among sampled online freelancers in France, for the chapter on profiles.

python -m microwork.derive.freelancers --raw DIR --out data/profile/
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles
from microwork.derive.raw import Raw

FILE = "olovis-gender/worker_gender.csv"
RAW = {
    FILE: Raw(
        "593cadf2fd91e3768dbea597bbfdfb728f207d70e97c886e397c6735a07aee85",
        "GitHub OnlineLabourObservatory/olovis, Worker Map/worker_gender.rda, commit a23d08accc34, written out as CSV",
    )
}
OUTPUTS = ("profile/freelancers.csv",)
SEXES = {"female": "women", "male": "men"}


def in_france(frame: pd.DataFrame) -> pd.DataFrame:
    """Sampled freelancers in France over all occupations: ``sex`` (women, men, not known), ``persons``.

    ``frame``: columns country, Occupation, gender (missing: not known), count.
    """
    rows = frame[(frame["country"] == "France") & (frame["Occupation"] == "ALL OCCUPATIONS")]
    return pd.DataFrame({"sex": rows["gender"].map(SEXES).fillna("not known"), "persons": rows["count"].astype(int)})


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``. Raises ``RawError`` if the raw file is missing or another."""
    table = in_france(rawfiles.read_csv(raw, FILE, RAW[FILE])).assign(
        period="2020-2021", source_key="olovisgender", locator="Worker Map/worker_gender.rda", grade="A"
    )
    return {OUTPUTS[0]: rawfiles.to_csv(table)}


if __name__ == "__main__":
    raise SystemExit(rawfiles.main(sys.modules[__name__]))

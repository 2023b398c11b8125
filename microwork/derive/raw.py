"""What every derivation shares: find a raw public file, check it, read it, and write a table.

A derivation is a module of this folder with ``FILES`` (raw files, each with options of pandas'
reader), ``TABLES`` (paths below ``data/``, each with what every row of that table holds: source,
place, grade) and ``make``, which takes the raw files as frames and gives the tables as frames. Raw
files are never part of this repository: ``raw_files.csv`` tells a reader where the same bytes are
published.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import io
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

Files = dict[str, dict[str, Any]]


class RawError(Exception):
    """A raw file is missing, or is not the one that was published."""


@functools.cache
def known() -> pd.DataFrame:
    """The raw files by their names: hex sha256 of the bytes, and where they are published."""
    return pd.read_csv(Path(__file__).with_name("raw_files.csv"), index_col="file")


def words(derivation: str, name: str) -> dict[str, str]:
    """What a raw file says and what the tables say for it, from a list of ``words.csv``."""
    rows = pd.read_csv(Path(__file__).with_name("words.csv"), keep_default_na=False)
    listed = rows[(rows["derivation"] == derivation) & (rows["list"] == name)]
    return dict(zip(listed["raw"], listed["ours"], strict=True))


def read(folder: Path, name: str) -> bytes:
    """The bytes of ``folder/name`` as published; ``name.gz`` is taken too, and unpacked.

    Raises ``RawError``, with the place where the file is published, if neither is there or if the
    sha256 is not that of the published file.
    """
    path, packed, raw = folder / name, folder / f"{name}.gz", known().loc[name]
    if not path.is_file() and not packed.is_file():
        raise RawError(f"{name}: not in {folder}; published at {raw['where']}")
    content = path.read_bytes() if path.is_file() else gzip.decompress(packed.read_bytes())
    if (found := hashlib.sha256(content).hexdigest()) != raw["sha256"]:
        wanted = f"{raw['sha256']}, the file published at {raw['where']}"
        raise RawError(f"{name}: found sha256 {found}; expected {wanted}")
    return content


def frame(folder: Path, name: str, **options: Any) -> pd.DataFrame:
    """A raw file as a frame: a CSV file, in which only "NA" and an empty cell are missing, or the
    one data frame that an R data file holds. Raises ``RawError``."""
    content = read(folder, name)
    if not name.endswith(".rda"):
        missing = {"keep_default_na": False, "na_values": ["NA", ""]}
        return pd.read_csv(io.BytesIO(content), **(missing | options))
    import rdata  # only this needs it: who has no R file to read does not wait for it

    with warnings.catch_warnings():
        # rdata warns about classes it reads as plain values; the sha256 does the checking.
        warnings.simplefilter("ignore")
        [found] = rdata.conversion.convert(rdata.parser.parse_data(content)).values()
    return found


def derived(module: ModuleType, folder: Path) -> dict[str, str]:
    """The tables of a derivation as texts by their paths. Raises ``RawError``."""
    files: Files = module.FILES
    made = module.make(*(frame(folder, name, **options) for name, options in files.items()))
    frames = [made] if isinstance(made, pd.DataFrame) else made
    pairs = zip(module.TABLES.items(), frames, strict=True)
    return {
        path: table.assign(**columns).to_csv(index=False, lineterminator="\n")
        for (path, columns), table in pairs
    }


def sourced(source_key: str, locator: str, grade: str = "A") -> dict[str, Any]:
    """What every row of a table has in common."""
    return {"source_key": source_key, "locator": locator, "grade": grade}


def placed(table: pd.DataFrame, tags: pd.Series, derivation: str) -> pd.DataFrame:
    """The table with source and place of each row, from ``sources.csv``, by what the raw file calls
    the source."""
    every = pd.read_csv(Path(__file__).with_name("sources.csv"))
    known = every[every["derivation"] == derivation].set_index("tag")
    rows = known.loc[[*tags], ["source_key", "locator"]]
    return table.assign(source_key=[*rows["source_key"]], locator=[*rows["locator"]])


def counted(table: pd.DataFrame, name: str, groups: Mapping[str, Iterable[Any]]) -> pd.DataFrame:
    """How many rows there are in each group, as a column ``name``; an empty group has a row too.

    ``groups``: the columns that make the groups, with their values in order.
    """
    every = pd.MultiIndex.from_product(groups.values(), names=[*groups])
    found = table.value_counts([*groups]).reindex(every, fill_value=0)
    return found.rename(name).reset_index()

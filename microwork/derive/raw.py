"""What every derivation shares: find a raw public file, check it, read it, and write a table.

A derivation is a module of this folder with ``RAW`` (from ``listed``), ``OUTPUTS`` (paths below
``data/``) and ``derive(raw: Path) -> dict[str, str]``, which gives the tables by their paths and
raises ``RawError`` if a raw file is missing or another. Raw files are never part of this
repository: ``raw_files.csv`` tells a reader where the same bytes are published.
"""

from __future__ import annotations

import csv
import functools
import gzip
import hashlib
import io
import warnings
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd


class Raw(NamedTuple):
    """One raw file: hex sha256 of its bytes as published, and where it is published."""

    sha256: str
    where: str


class RawError(Exception):
    """A raw file is missing, or is not the one that was published."""


@functools.cache
def _known() -> dict[str, Raw]:
    path = Path(__file__).with_name("raw_files.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {row["file"]: Raw(row["sha256"], row["where"]) for row in csv.DictReader(file)}


def listed(*names: str) -> dict[str, Raw]:
    """Raw files by their names. Raises ``KeyError`` for one that ``raw_files.csv`` lacks."""
    return {name: _known()[name] for name in names}


def read(folder: Path, name: str, raw: Raw) -> bytes:
    """The bytes of ``folder/name`` as published; ``name.gz`` is taken too, and unpacked.

    Raises ``RawError``, with the place where the file is published, if neither is there or if the
    sha256 is not that of the published file.
    """
    path, packed = folder / name, folder / f"{name}.gz"
    if path.is_file():
        content = path.read_bytes()
    elif packed.is_file():
        content = gzip.decompress(packed.read_bytes())
    else:
        raise RawError(
            f"{name}: not found in {folder} (nor {packed.name}); it is published at {raw.where}"
        )
    found = hashlib.sha256(content).hexdigest()
    if found != raw.sha256:
        raise RawError(
            f"{name}: found sha256 {found}; expected {raw.sha256}, the file published at"
            f" {raw.where}"
        )
    return content


def read_csv(folder: Path, name: str, raw: Raw, **options: Any) -> pd.DataFrame:
    """A raw CSV file as a DataFrame: only "NA" and an empty cell are missing."""
    stream = io.BytesIO(read(folder, name, raw))
    return pd.read_csv(stream, keep_default_na=False, na_values=["NA", ""], **options)


def read_rda(folder: Path, name: str, raw: Raw) -> pd.DataFrame:
    """The one data frame that an R data file holds.

    Raises ``RawError`` (see ``read``), also if the file does not hold exactly one object.
    """
    import rdata  # only this needs it: who has no R file to read does not wait for it

    with warnings.catch_warnings():
        # rdata warns about classes it reads as plain values; the checks above do the checking.
        warnings.simplefilter("ignore")
        objects = rdata.conversion.convert(rdata.parser.parse_data(read(folder, name, raw)))
    if len(objects) != 1:
        raise RawError(f"{name}: found the objects {', '.join(objects)}; expected one data frame")
    return next(iter(objects.values()))


def to_csv(frame: pd.DataFrame) -> str:
    """A DataFrame as the text of a table of ``data/``: comma, LF, shortest exact floats, empty for
    missing."""
    text: str = frame.to_csv(index=False, lineterminator="\n")
    return text


def tables(outputs: tuple[str, ...], *frames: pd.DataFrame, **source: object) -> dict[str, str]:
    """What ``derive`` gives: the frames as texts by their paths, with the columns of ``source``."""
    texts = (to_csv(frame.assign(**source)) for frame in frames)
    return dict(zip(outputs, texts, strict=True))

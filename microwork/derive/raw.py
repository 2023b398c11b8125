"""What every derivation shares: find a raw public file, check it, read it, and run from the command
line.

A derivation is a module with ``RAW`` (file name -> ``Raw``), ``OUTPUTS`` (paths below ``data/``)
and ``derive(raw: Path) -> dict[str, str | bytes]`` with the same paths as keys. Raw files are
never part of this repository: ``Raw.where`` tells a reader where the same bytes are published.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import sys
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pandas as pd


class Raw(NamedTuple):
    """One raw file: hex sha256 of its bytes as published, and where it is published."""

    sha256: str
    where: str


class RawError(Exception):
    """A raw file is missing, or is not the one that was published."""


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
        warnings.simplefilter(
            "ignore"
        )  # rdata warns about classes it reads as plain values; the checks above do the checking
        objects = rdata.conversion.convert(rdata.parser.parse_data(read(folder, name, raw)))
    if len(objects) != 1:
        raise RawError(f"{name}: found the objects {', '.join(objects)}; expected one data frame")
    return next(iter(objects.values()))


def to_csv(frame: pd.DataFrame) -> str:
    """A DataFrame as the text of a table of ``data/``: comma, LF, shortest exact floats, empty for
    missing."""
    text: str = frame.to_csv(index=False, lineterminator="\n")
    return text


def as_bytes(content: str | bytes) -> bytes:
    """What ``derive`` returns, as the bytes that are on disk."""
    return content.encode("utf-8") if isinstance(content, str) else content


def main(module: ModuleType, argv: list[str] | None = None) -> int:
    """Run one derivation by itself: ``python -m microwork.derive.NAME --raw DIR --out DIR``.

    Writes its tables to ``--out``; returns the exit status, 1 if a raw file is missing or wrong.
    """
    parser = argparse.ArgumentParser(description=(module.__doc__ or "").split("\n")[0])
    parser.add_argument("--raw", type=Path, required=True, help="folder with the raw files")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the tables to")
    options = parser.parse_args(argv)
    try:
        tables = module.derive(options.raw)
    except RawError as error:
        print(error, file=sys.stderr)
        return 1
    options.out.mkdir(parents=True, exist_ok=True)
    for path, content in tables.items():
        target = options.out / Path(path).name
        target.write_bytes(as_bytes(content))
        print(f"wrote {target}")
    return 0

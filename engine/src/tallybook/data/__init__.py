"""The tables of a report: the only way into ``data/``. See ``tallybook.data.package``."""

from tallybook.data.package import (
    check_all,
    fact,
    faults,
    joined,
    keys,
    records,
    row,
    rows,
    sha256,
    table,
    value,
)
from tallybook.data.schema import DataError, describe, names

__all__ = ["DataError", "check_all", "describe", "fact", "faults", "joined", "keys"]
__all__ += ["names", "records", "row", "rows", "sha256", "table", "value"]

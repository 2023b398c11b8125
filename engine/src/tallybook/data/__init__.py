"""The tables of a report: the only way into ``data/``. See ``tallybook.data.package``."""

from tallybook.data.descriptor import DataError, describe, descriptor, names, sha256
from tallybook.data.package import (
    CHECKED,
    check,
    check_all,
    checked_fingerprint,
    fact,
    faults,
    joined,
    keys,
    records,
    row,
    rows,
    table,
    value,
)

__all__ = ["CHECKED", "DataError", "check", "check_all", "checked_fingerprint", "describe"]
__all__ += ["descriptor", "fact", "faults", "joined", "keys", "names", "records", "row", "rows"]
__all__ += ["sha256", "table", "value"]

"""Files of settings in YAML, such as ``_config.yml``, read with messages for a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tallybook.errors import TallybookError
from tallybook.project import CONFIG

__all__ = ["CONFIG", "SettingsError", "read", "report_provider", "value"]


class SettingsError(TallybookError):
    """A file of settings is not there, or is no YAML."""


def read(path: Path, expected: str) -> Any:
    """What a file holds. Raises ``SettingsError``, which ends in what was ``expected``."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        said = ": file not found"
    except UnicodeDecodeError as error:
        said = f": found the byte 0x{error.object[error.start]:02x}, which is not UTF-8"
    except yaml.YAMLError as error:
        said = _place(error)
    raise SettingsError(f"{path.name}{said}; expected {expected}")


def value(root: Path, *keys: str) -> Any:
    """What ``_config.yml`` says under keys within keys; ``None`` if nothing. Raises
    ``SettingsError`` if the file holds no settings."""
    expected = "the configuration of the report, as keys and values"
    found = read(root / CONFIG, expected)
    if not isinstance(found, dict):
        raise SettingsError(CONFIG, "no keys", expected)
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found


def report_provider(root: Path) -> str | None:
    """The provider that ``_config.yml`` names."""
    found = value(root, "sphinx", "config", "report_provider")
    return found if isinstance(found, str) else None


def _place(error: yaml.YAMLError) -> str:
    """Where a text is no YAML, and why."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return f": found no YAML ({' '.join(str(error).split())})"
    mark, why = error.problem_mark, ", ".join(filter(None, [error.context, error.problem]))
    return f", line {mark.line + 1}, column {mark.column + 1}: found no YAML ({why})"

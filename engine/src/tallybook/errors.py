"""What all errors of the engine are: words for a person, who may be told nothing else."""

from __future__ import annotations


class TallybookError(Exception):
    """A fault that a person can mend: a text, or place, found and expected."""

    def __str__(self) -> str:
        if len(self.args) != 3:
            return super().__str__()
        place, found, expected = self.args
        return f"{place}: found {found}; expected {expected}"

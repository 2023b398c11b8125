"""Since 2022: what became known after the last claim, fact by fact.

No verdict on a claim rests on it.
"""

from microwork.since.facts import known, numbers
from microwork.since.timeline import timeline

__all__ = ["known", "numbers", "timeline"]

"""Retraining: does the machine ever stop needing people?"""

from microwork.retraining.headlines import beside_as_many
from microwork.retraining.labour import day_loads, quota
from microwork.retraining.numbers import numbers
from microwork.retraining.tweets import repairs
from microwork.retraining.voice import by_year as voice_by_year
from microwork.retraining.wikis import ages as label_ages
from microwork.retraining.wikis import lives

__all__ = [
    "beside_as_many",
    "day_loads",
    "label_ages",
    "lives",
    "numbers",
    "quota",
    "repairs",
    "voice_by_year",
]

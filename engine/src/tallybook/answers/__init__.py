"""Answers: what a report thinks, with a range that is tested on what is known.

A question (``data/questions.csv``) is answered by routes (``data/routes.csv``). A route is a
formula over factors (``data/factors.csv``). A factor is a number of the report, a value predicted
from what was measured elsewhere, or a judgement. One that several routes name is one draw.

Everything is a table of quantiles and a fixed sequence of points: no seed, no sampler. NumPy and
SciPy do it. PyMC and Stan bring seeds, compilers and digits that move from machine to machine;
squigglepy has the right grammar and is Monte Carlo; SALib and arviz serve samplers.
"""

from tallybook.answers.answer import Answer, Estimate
from tallybook.answers.coverage import Calibration, Chain, calibrate
from tallybook.answers.factors import Factor
from tallybook.answers.predict import Family, predict
from tallybook.answers.tables import Answered, answered

__all__ = ["Answer", "Answered", "Calibration", "Chain", "Estimate", "Factor", "Family"]
__all__ += ["answered", "calibrate", "predict"]

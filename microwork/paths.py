"""Where things are. Nothing else."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
DATA = ROOT / "data"
BIBLIOGRAPHY = DATA / "sources.bib"
CHAPTERS = ROOT / "chapters"
BASELINES = ROOT / "tests" / "baselines"
LOCK = ROOT / "requirements.txt"

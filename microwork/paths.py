"""Where things are. Nothing else."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
PACKAGE = DATA / "datapackage.json"
BIBLIOGRAPHY = DATA / "sources.bib"
CHAPTERS = ROOT / "chapters"
BASELINES = ROOT / "tests" / "baselines"
LOCK = ROOT / "requirements.txt"

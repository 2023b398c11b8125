"""Where things are. Nothing else."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
# Installed, the package has its tables within; in the repository they lie beside it.
ROOT = HERE if (HERE / "data").is_dir() else HERE.parent
DATA = ROOT / "data"
BIBLIOGRAPHY = DATA / "sources.bib"
CHAPTERS = ROOT / "chapters"
BASELINES = ROOT / "tests" / "baselines"
LOCK = ROOT / "requirements.txt"

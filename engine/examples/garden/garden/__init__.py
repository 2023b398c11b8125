"""A report on the rain and the beans of a garden that does not exist."""

from pathlib import Path

from tallybook import project
from tallybook.report import Provider

HERE = project.use(Path(__file__).resolve().parent.parent, "garden")
provider = Provider(HERE, pages={"numbers": "index", "sources": "index"}, key="garden")

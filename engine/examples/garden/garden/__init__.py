"""A report on the rain and the beans of a garden that does not exist."""

from pathlib import Path

from tallybook import project
from tallybook.report import Provider

from garden import pots

HERE = project.use(Path(__file__).resolve().parent.parent, "garden")
PAGES = {"numbers": "index", "answers": "index", "sources": "index"}
provider = Provider(HERE, PAGES, key="garden")
provider.FAMILIES = {"pots": pots.family}

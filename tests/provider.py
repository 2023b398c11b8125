"""For mypy alone: the module of the report gives all that ``book.contract`` asks of one, in the types it asks for."""

import microwork.report
from book.contract import Provider

provider: Provider = microwork.report

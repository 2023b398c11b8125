"""For mypy alone: the provider of the report gives all that ``tallybook.contract`` asks of one, in the types it asks for."""

from tallybook.contract import Provider

from microwork import report

provider: Provider = report.provider

"""What keeps the report trustworthy over the years; none of it is needed to read or to build the
book.

One job per module, each run as ``python -m upkeep.<name>`` and each with a target in the Makefile.
"""

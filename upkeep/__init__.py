"""What keeps the report trustworthy over the years; not needed to read or to build the book.

A job per module, run as ``python -m upkeep.<name>``; most have a target in the Makefile.
"""

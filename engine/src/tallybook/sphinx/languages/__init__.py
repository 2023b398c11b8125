"""The report in other languages, in the same build."""

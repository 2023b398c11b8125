"""Claims and verdicts on pages."""

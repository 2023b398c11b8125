"""Versions of the report, and what moved between them."""

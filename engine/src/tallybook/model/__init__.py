"""A number of a report, its provenance kept with it, and how it prints."""

"""How the report and each of its things is cited, shown and embedded."""

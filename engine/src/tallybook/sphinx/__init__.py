"""The Sphinx extension: numbers, claims and charts as nodes, and the pages around them."""

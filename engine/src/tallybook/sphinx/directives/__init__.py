"""What an author types: numbers, charts, sources, and the small ones."""

"""Scripts that make a cached table from what it derives from."""

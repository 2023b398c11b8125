"""What keeps the report trustworthy over the years; readers and builds do without it."""

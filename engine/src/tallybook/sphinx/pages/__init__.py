"""What stands on and around a page, and what programs read in its place."""

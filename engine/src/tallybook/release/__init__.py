"""Releases: recorded, packed, and published beside each other."""

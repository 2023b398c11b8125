"""Builds a report beside the old site and publishes it whole."""

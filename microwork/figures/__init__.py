"""Drawings that only one chapter has: one module per chapter. They take DataFrames and values, and import no analysis."""

"""Reads and checks the data in ``knowledge/``."""

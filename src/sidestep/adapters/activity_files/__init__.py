"""Reads and writes single activity files: FIT, GPX, TCX."""

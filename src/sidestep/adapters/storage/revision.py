"""The newest migration this program knows; named apart, because databases take long to load."""

HEAD = "0003"
"""A test holds it against ``migrations/versions``."""

"""Bringing in what devices and accounts recorded, and putting it right."""

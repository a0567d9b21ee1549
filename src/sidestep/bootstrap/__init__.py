"""Puts the pieces together; the only importer of adapters."""

"""Sidestep: care for runners whose knee hurts, on their own machine."""

__version__ = "0.1.0"

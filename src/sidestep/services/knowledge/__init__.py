"""Checking, listing and showing the rules."""

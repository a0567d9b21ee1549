"""Passwords as hashes."""

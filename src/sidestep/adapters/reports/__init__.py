"""Draws charts and sets PDF pages."""

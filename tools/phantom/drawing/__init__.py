"""Draws exercises: a body in poses that are described in clinical angles and what touches what."""

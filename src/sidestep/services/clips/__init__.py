"""Clips: watch one, say what was measured in it, keep the result and never the clip unasked."""

"""Reminding of what is planned and of telling of it, as a person wants to be reminded."""

"""Keeping the data folder safe and sound: backups, and what is wrong with it."""

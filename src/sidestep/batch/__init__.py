"""Many files at once: worker processes."""

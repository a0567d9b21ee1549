"""The terminal: one file per command, thin handlers over the services."""

"""The machine: clock and time zone."""

"""What the history of activities shows."""

"""Too much, too soon, no rest, one direction: what the history of activities shows."""

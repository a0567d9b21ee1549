"""One page for the runner, one for a clinician."""

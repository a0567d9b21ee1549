"""What a person can ask Sidestep for, one folder each; the outside world only through ``ports``."""

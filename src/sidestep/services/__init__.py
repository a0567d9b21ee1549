"""What a person can ask Sidestep for, one file each; the outside world only through ``ports``."""

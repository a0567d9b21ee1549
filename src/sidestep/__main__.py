"""``python -m sidestep``."""

from sidestep.cli.main import main

if __name__ == "__main__":
    main()

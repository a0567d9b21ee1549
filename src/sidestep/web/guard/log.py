"""What a running server writes down: that it runs and what broke, nothing of what anybody did.

Addresses, names, answers and paths with ids stay out: a log is read by others, sent to others.
"""

from typing import Any

LOG_CONFIG: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {
        "uvicorn": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "uvicorn.error": {"level": "WARNING"},
        "sidestep": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}

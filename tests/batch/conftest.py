"""A PostgreSQL server for the queue and the rows."""

from fakes.postgres import postgres_url

__all__ = ["postgres_url"]

"""Jobs on DBOS: a durable queue in SQLite or PostgreSQL."""

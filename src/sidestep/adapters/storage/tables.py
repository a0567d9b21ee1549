"""The tables; every row belongs to one owner. How they change is in ``migrations/``."""

from datetime import UTC, datetime

import sqlalchemy as sa


class Instant(sa.TypeDecorator[datetime]):
    """A point in time, stored as UTC and always timezone-aware in Python."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Store UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give back an aware instant; SQLite forgets the zone."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


def _owner() -> sa.Column[str]:
    return sa.Column("owner_id", sa.String(64), primary_key=True)


source_file = sa.Table(
    "source_file",
    metadata,
    _owner(),
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("shown_as", sa.Text, nullable=False),
    sa.Column("reader", sa.String(32), nullable=False),
    sa.Column("outcome", sa.String(16), nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("imported_at", Instant, nullable=False),
    sa.Column("program_version", sa.String(32), nullable=False),
)

activity = sa.Table(
    "activity",
    metadata,
    _owner(),
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("local_date", sa.Date, nullable=False, index=True),
    sa.Column("sport", sa.String(32), nullable=False),
    sa.Column("duration_s", sa.Float, nullable=False),
    sa.Column("elapsed_s", sa.Float, nullable=False),
    sa.Column("distance_m", sa.Float),
    sa.Column("ascent_m", sa.Float),
    sa.Column("descent_m", sa.Float),
    sa.Column("steps", sa.Integer),
    sa.Column("steps_source", sa.String(32), nullable=False),
    sa.Column("cadence_spm", sa.Float),
    sa.Column("heart_rate_mean_bpm", sa.Float),
    sa.Column("heart_rate_max_bpm", sa.Float),
    sa.Column("effort_rpe", sa.Float),
    sa.Column("is_indoor", sa.Boolean, nullable=False),
    sa.Column("oddities", sa.JSON, nullable=False),
    sa.Column("repairs", sa.JSON, nullable=False),
    sa.Column("richness", sa.Integer, nullable=False),
    sa.Column("stream_key", sa.String(80)),
    # What the person said stands beside what the file says, so that a richer file never undoes it.
    sa.Column("verdict", sa.String(16), nullable=False),
    sa.Column("sport_by_person", sa.String(32)),
    sa.Column("effort_by_person", sa.Float),
    # Unknown (null) for what was imported before there was this column.
    sa.Column("step_laps", sa.JSON(none_as_null=True)),
)

activity_source = sa.Table(
    "activity_source",
    metadata,
    _owner(),
    sa.Column("activity_id", sa.String(16), primary_key=True),
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True),
    sa.Column("richness", sa.Integer, nullable=False),
    sa.ForeignKeyConstraint(
        ["owner_id", "activity_id"], ["activity.owner_id", "activity.id"], ondelete="CASCADE"
    ),
)

daily_steps = sa.Table(
    "daily_steps",
    metadata,
    _owner(),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("counted_by", sa.String(120), primary_key=True),
    sa.Column("steps", sa.Integer, nullable=False),
)

standing_hours = sa.Table(
    "standing_hours",
    metadata,
    _owner(),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("hours", sa.Integer, nullable=False),
)

document = sa.Table(
    "document",
    metadata,
    _owner(),
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("kind", sa.String(32), nullable=False, index=True),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("program_version", sa.String(32), nullable=False),
    sa.Column("knowledge_version", sa.String(32), nullable=False),
    sa.Column("content", sa.JSON, nullable=False),
)

account = sa.Table(
    "account",
    metadata,
    _owner(),
    sa.Column("name", sa.String(80), nullable=False, unique=True),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("settings", sa.JSON, nullable=False),
)

# Of whatever lets a person in only a hash is kept: who reads the database cannot use it.
one_time_link = sa.Table(
    "one_time_link",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("owner_id", sa.String(64), nullable=False, index=True),
    sa.Column("expires_at", Instant, nullable=False),
)

signed_in = sa.Table(
    "signed_in",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("owner_id", sa.String(64), nullable=False, index=True),
    sa.Column("since", Instant, nullable=False),
    sa.Column("seen_at", Instant, nullable=False),
    sa.Column("device", sa.String(80), nullable=False),
)

api_token = sa.Table(
    "api_token",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("owner_id", sa.String(64), nullable=False, index=True),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("scopes", sa.JSON, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
)

draft = sa.Table(
    "draft",
    metadata,
    sa.Column("key_hash", sa.String(64), primary_key=True),
    sa.Column("owner_id", sa.String(64), index=True),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
)
"""Answers on their way. A visitor's have no owner, and are gone when they expire."""

seen_key = sa.Table(
    "seen_key",
    metadata,
    _owner(),
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("seen_at", Instant, nullable=False),
)
"""What was sent once with a key of its own is taken once, however often it is sent again."""

revision = sa.Table(
    "revision",
    metadata,
    _owner(),
    sa.Column("number", sa.Integer, nullable=False),
)
"""How often a person's records were written to: what was worked out from them is old after that."""

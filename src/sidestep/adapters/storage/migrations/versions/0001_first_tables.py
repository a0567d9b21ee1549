"""The first tables: originals, activities, daily figures, results."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "activity",
        sa.Column("owner_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("sport", sa.String(length=32), nullable=False),
        sa.Column("duration_s", sa.Float(), nullable=False),
        sa.Column("elapsed_s", sa.Float(), nullable=False),
        sa.Column("distance_m", sa.Float(), nullable=True),
        sa.Column("ascent_m", sa.Float(), nullable=True),
        sa.Column("descent_m", sa.Float(), nullable=True),
        sa.Column("steps", sa.Integer(), nullable=True),
        sa.Column("steps_source", sa.String(length=32), nullable=False),
        sa.Column("cadence_spm", sa.Float(), nullable=True),
        sa.Column("heart_rate_mean_bpm", sa.Float(), nullable=True),
        sa.Column("heart_rate_max_bpm", sa.Float(), nullable=True),
        sa.Column("effort_rpe", sa.Float(), nullable=True),
        sa.Column("is_indoor", sa.Boolean(), nullable=False),
        sa.Column("oddities", sa.JSON(), nullable=False),
        sa.Column("repairs", sa.JSON(), nullable=False),
        sa.Column("richness", sa.Integer(), nullable=False),
        sa.Column("stream_key", sa.String(length=80), nullable=True),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("sport_by_person", sa.String(length=32), nullable=True),
        sa.Column("effort_by_person", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_activity")),
    )
    op.create_index(op.f("ix_activity_local_date"), "activity", ["local_date"], unique=False)
    op.create_table(
        "daily_steps",
        sa.Column("owner_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("counted_by", sa.String(length=120), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "day", "counted_by", name=op.f("pk_daily_steps")),
    )
    op.create_table(
        "document",
        sa.Column("owner_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("program_version", sa.String(length=32), nullable=False),
        sa.Column("knowledge_version", sa.String(length=32), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "id", name=op.f("pk_document")),
    )
    op.create_index(op.f("ix_document_kind"), "document", ["kind"], unique=False)
    op.create_table(
        "source_file",
        sa.Column("owner_id", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("shown_as", sa.Text(), nullable=False),
        sa.Column("reader", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("program_version", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "sha256", name=op.f("pk_source_file")),
    )
    op.create_table(
        "standing_hours",
        sa.Column("owner_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "day", name=op.f("pk_standing_hours")),
    )
    op.create_table(
        "activity_source",
        sa.Column("owner_id", sa.String(length=64), nullable=False),
        sa.Column("activity_id", sa.String(length=16), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("richness", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id", "activity_id"],
            ["activity.owner_id", "activity.id"],
            name=op.f("fk_activity_source_owner_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "owner_id", "activity_id", "sha256", "part", name=op.f("pk_activity_source")
        ),
    )

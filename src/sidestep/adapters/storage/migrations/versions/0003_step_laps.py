"""The steps of a workout that a watch led through."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what was imported before stays unknown."""
    with op.batch_alter_table("activity") as table:
        table.add_column(sa.Column("step_laps", sa.JSON(), nullable=True))

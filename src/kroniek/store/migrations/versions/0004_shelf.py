"""What merging remembers, so that new reports are merged without the others; merged records in sorted order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table of the shelf, and the columns that merged records are found and sorted by."""
    op.create_table(
        "shelf",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", "key"),
        sqlite_with_rowid=False,
    )
    op.add_column("document", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("event", sa.Column("rank", sa.Text(), nullable=False, server_default=""))
    op.add_column("merged", sa.Column("key", sa.Text(), nullable=False, server_default=""))
    op.add_column("merged", sa.Column("rank", sa.Text(), nullable=False, server_default=""))
    op.create_index(op.f("ix_event_rank"), "event", ["rank"], unique=False)
    op.create_index("ix_merged_key", "merged", ["kind", "key"], unique=False)
    op.create_index("ix_merged_rank", "merged", ["kind", "rank"], unique=False)
    # The merged layer of an older file is made anew when it is next asked.
    op.execute("DELETE FROM state WHERE name = 'merged'")

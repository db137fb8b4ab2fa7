"""Tables and indexes from which pages over many events are made fast.

The summaries are written with the merged layer; the layer is marked as behind, so that it is made anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

INDEXES = {
    "ix_event_browse": ("event", ["status", "type", "earliest", "latest", "place", "mode", "sources"]),
    "ix_document_order": ("document", ["earliest", "id"]),
    "ix_gap_reason": ("gap", ["step", "reason"]),
    "ix_merged_status": ("merged", ["kind", "status", "position"]),
    "ix_entity_use_role": ("entity_use", ["entity", "role", "record"]),
}


def upgrade() -> None:
    """Make the tables and indexes."""
    op.create_table(
        "actor_count",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "name", "type", "wikidata", "country")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("documents", "events", "statements")),
        sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_table(
        "actor_name",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("entity", "surface", "folded")),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("entity", "surface"),
    )
    op.create_index(op.f("ix_actor_name_folded"), "actor_name", ["folded"], unique=False)
    op.create_table(
        "merged_part",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("ref", "kind", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "dyad",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("source", "target", "period")),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("intensity", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("source", "target", "period"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_dyad_period", "dyad", ["period"], unique=False)
    op.create_table(
        "trait",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "trait", "day")),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "trait", "day", "position"),
        sqlite_with_rowid=False,
    )
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns, unique=False)
    op.execute("UPDATE state SET value = '-1' WHERE name = 'merged'")

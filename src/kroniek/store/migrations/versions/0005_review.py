"""Judgements found by id and kind; the machine's reading beside the corrected one; the queue; samples."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from kroniek.model import Judgement, from_json

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the columns and the tables."""
    with op.batch_alter_table("judgement") as batch:
        batch.add_column(sa.Column("id", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("kind", sa.Text(), nullable=False, server_default=""))
    op.create_index(op.f("ix_judgement_id"), "judgement", ["id"], unique=False)
    op.create_index(op.f("ix_judgement_kind"), "judgement", ["kind"], unique=False)
    _name_rows()
    op.create_table(
        "machine",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("layers", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("document"),
    )
    op.create_table(
        "pending", sa.Column("document", sa.Text(), nullable=False), sa.PrimaryKeyConstraint("document")
    )
    _create_queue()
    op.create_table(
        "sample",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("id"),
    )


def _create_queue() -> None:
    op.create_table(
        "review_queue",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
    )
    for column in ("kind", "value", "record"):
        op.create_index(op.f(f"ix_review_queue_{column}"), "review_queue", [column], unique=False)


def _name_rows() -> None:
    """Give the rows that are there their ids."""
    connection = op.get_bind()
    for pk, payload in connection.execute(sa.text("SELECT pk, payload FROM judgement")).all():
        identity = from_json(Judgement, json.loads(payload)).id
        connection.execute(
            sa.text("UPDATE judgement SET id = :id WHERE pk = :pk"), {"id": identity, "pk": pk}
        )

"""The first tables, and the full-text index over titles and texts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# The trigram tokenizer finds a word inside a compound: `akkoord` in `veiligheidsakkoord`.
FULL_TEXT = """
CREATE VIRTUAL TABLE document_text USING fts5(
    title, text, content='document', content_rowid='pk', tokenize='trigram')
"""
KEEP_FULL_TEXT = (
    """CREATE TRIGGER document_text_insert AFTER INSERT ON document BEGIN
       INSERT INTO document_text(rowid, title, text) VALUES (new.pk, new.title, new.text); END""",
    """CREATE TRIGGER document_text_delete AFTER DELETE ON document BEGIN
       INSERT INTO document_text(document_text, rowid, title, text)
       VALUES ('delete', old.pk, old.title, old.text); END""",
)


def upgrade() -> None:
    """Make every table of the first version."""
    op.create_table(
        "event",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("earliest", sa.Text(), nullable=True),
        sa.Column("latest", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position"),
    )
    op.create_index(op.f("ix_event_earliest"), "event", ["earliest"], unique=False)
    op.create_index(op.f("ix_event_id"), "event", ["id"], unique=False)
    op.create_index(op.f("ix_event_type"), "event", ["type"], unique=False)
    op.create_table(
        "judgement",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_index(op.f("ix_judgement_document"), "judgement", ["document"], unique=False)
    op.create_index(op.f("ix_judgement_record"), "judgement", ["record"], unique=False)
    op.create_table(
        "merged",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "position"),
    )
    op.create_index(op.f("ix_merged_id"), "merged", ["id"], unique=False)
    op.create_table(
        "run",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("started", sa.Text(), nullable=False),
        sa.Column("finished", sa.Text(), nullable=True),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("parser", sa.Text(), nullable=False),
        sa.Column("knowledge", sa.Text(), nullable=False),
        sa.Column("announced", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_table(
        "state",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "document",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("published_how", sa.Text(), nullable=False),
        sa.Column("earliest", sa.Text(), nullable=True),
        sa.Column("latest", sa.Text(), nullable=True),
        sa.Column("entered", sa.Text(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("header", sa.Text(), nullable=False),
        sa.Column("publication", sa.Text(), nullable=False),
        sa.Column("sentences", sa.LargeBinary(), nullable=False),
        sa.Column("tokens", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run"],
            ["run.pk"],
        ),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_document_earliest"), "document", ["earliest"], unique=False)
    op.create_index(op.f("ix_document_name"), "document", ["name"], unique=False)
    op.create_table(
        "event_document",
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["event.position"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "document"),
    )
    op.create_index(op.f("ix_event_document_document"), "event_document", ["document"], unique=False)
    op.create_table(
        "event_entity",
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["event.position"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "role", "entity"),
    )
    op.create_index(op.f("ix_event_entity_entity"), "event_entity", ["entity"], unique=False)
    op.create_table(
        "rejection",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run"],
            ["run.pk"],
        ),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("path", "record"),
    )
    op.create_table(
        "attribution",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("time", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", "position"),
    )
    op.create_index(op.f("ix_attribution_id"), "attribution", ["id"], unique=False)
    op.create_index(op.f("ix_attribution_stance"), "attribution", ["stance"], unique=False)
    op.create_table(
        "entity",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("wikidata", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", "position"),
    )
    op.create_index(op.f("ix_entity_id"), "entity", ["id"], unique=False)
    op.create_index("ix_entity_name", "entity", ["name"], unique=False)
    op.create_table(
        "entity_use",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_index(op.f("ix_entity_use_document"), "entity_use", ["document"], unique=False)
    op.create_index(op.f("ix_entity_use_entity"), "entity_use", ["entity"], unique=False)
    op.create_table(
        "event_mention",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("time", sa.Text(), nullable=False),
        sa.Column("earliest", sa.Text(), nullable=True),
        sa.Column("latest", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", "position"),
    )
    op.create_index(op.f("ix_event_mention_id"), "event_mention", ["id"], unique=False)
    op.create_index(op.f("ix_event_mention_type"), "event_mention", ["type"], unique=False)
    op.create_table(
        "gap",
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", "position"),
    )
    op.create_table(
        "link",
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("mention", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("layer", "document", "position"),
    )
    op.create_table(
        "mention",
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("layer", "document", "position"),
    )
    op.create_index(op.f("ix_mention_id"), "mention", ["id"], unique=False)
    op.create_table(
        "quotation",
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", "position"),
    )
    op.create_table(
        "timex",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("earliest", sa.Text(), nullable=True),
        sa.Column("latest", sa.Text(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", "position"),
    )
    op.create_index(op.f("ix_timex_id"), "timex", ["id"], unique=False)
    op.create_table(
        "zone",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.pk"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", "position"),
    )
    op.execute(FULL_TEXT)
    for trigger in KEEP_FULL_TEXT:
        op.execute(trigger)

"""The tables of a chronicle file. What is queried is a column; the whole record is its JSON `payload`.

Positions follow the order of the layer, so that a layer comes back exactly as it went in. Ids are the
chronicle-wide ones (`model.record_id`). The migrations make the full-text index `document_text`.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Every table of the file."""

    type_annotation_map = {str: Text, bytes: LargeBinary}  # noqa: RUF012 - SQLAlchemy's own form


class State(Base):
    """Counters of the file: `revision` grows with every change, `merged` is the revision last merged."""

    __tablename__ = "state"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Run(Base):
    """One `kroniek read`: when, with what, and how it ended; `finished` is NULL for one cut off."""

    __tablename__ = "run"
    pk: Mapped[int] = mapped_column(primary_key=True)
    started: Mapped[str]
    finished: Mapped[str | None]
    program: Mapped[str]
    language: Mapped[str]
    pack: Mapped[str]
    parser: Mapped[str]
    knowledge: Mapped[str]
    announced: Mapped[int]
    added: Mapped[int]
    known: Mapped[int]
    rejected: Mapped[int]


class DocumentRow(Base):
    """A report with its text, what its header states, and the versions that analysed it."""

    __tablename__ = "document"
    __table_args__ = (Index("ix_document_order", "earliest", "id"),)
    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    text: Mapped[str]
    language: Mapped[str]
    path: Mapped[str]
    outlet: Mapped[str]
    published: Mapped[str | None]
    published_how: Mapped[str]
    earliest: Mapped[str | None] = mapped_column(index=True)
    latest: Mapped[str | None]
    entered: Mapped[str]
    run: Mapped[int] = mapped_column(ForeignKey("run.pk"))
    document: Mapped[str]  # the Document without its text
    header: Mapped[str]
    publication: Mapped[str]
    sentences: Mapped[bytes]
    tokens: Mapped[bytes]
    revision: Mapped[int] = mapped_column(server_default="0")  # of the file when its layers last changed


class Layer:
    """What every row of a document's layer has."""

    document: Mapped[int] = mapped_column(ForeignKey("document.pk", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    payload: Mapped[str]


class ZoneRow(Layer, Base):
    """A zone."""

    __tablename__ = "zone"
    kind: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]


class MentionRow(Layer, Base):
    """A mention; `layer` is names, mentions or references."""

    __tablename__ = "mention"
    layer: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    type: Mapped[str | None]
    start: Mapped[int]
    end: Mapped[int]


class EntityRow(Layer, Base):
    """An entity as one document's analysis knows it."""

    __tablename__ = "entity"
    __table_args__ = (Index("ix_entity_name", "name"),)
    id: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    type: Mapped[str]
    wikidata: Mapped[str]
    country: Mapped[str]


class LinkRow(Layer, Base):
    """A link from a mention to entities; `layer` is links or coreferences."""

    __tablename__ = "link"
    layer: Mapped[str] = mapped_column(primary_key=True)
    mention: Mapped[str]
    score: Mapped[float]


class QuotationRow(Layer, Base):
    """A stretch between quotation marks."""

    __tablename__ = "quotation"
    start: Mapped[int]
    end: Mapped[int]


class TimexRow(Layer, Base):
    """A time expression with the days that it stands for."""

    __tablename__ = "timex"
    id: Mapped[str] = mapped_column(index=True)
    type: Mapped[str]
    value: Mapped[str]
    earliest: Mapped[str | None]
    latest: Mapped[str | None]
    start: Mapped[int]
    end: Mapped[int]


class AttributionRow(Layer, Base):
    """A statement."""

    __tablename__ = "attribution"
    id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    stance: Mapped[str] = mapped_column(index=True)
    time: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]


class EventMentionRow(Layer, Base):
    """One telling of an event."""

    __tablename__ = "event_mention"
    id: Mapped[str] = mapped_column(index=True)
    type: Mapped[str] = mapped_column(index=True)
    mode: Mapped[str]
    status: Mapped[str]
    time: Mapped[str]
    earliest: Mapped[str | None]
    latest: Mapped[str | None]
    place: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]


class AgreementRow(Layer, Base):
    """Words that refer to an agreement, with the phase of its life that they tell."""

    __tablename__ = "agreement"
    id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    phase: Mapped[str]
    time: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]


class GapRow(Layer, Base):
    """What could not be read or analysed in a document."""

    __tablename__ = "gap"
    __table_args__ = (Index("ix_gap_reason", "step", "reason"),)
    step: Mapped[str]
    reason: Mapped[str]


class EntityUse(Base):
    """Where an entity takes part: role is mention, actor, recipient, place, source, addressee, ..."""

    __tablename__ = "entity_use"
    __table_args__ = (Index("ix_entity_use_role", "entity", "role", "record"),)
    pk: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[int] = mapped_column(ForeignKey("document.pk", ondelete="CASCADE"), index=True)
    record: Mapped[str]
    role: Mapped[str]
    entity: Mapped[str] = mapped_column(index=True)
    surface: Mapped[str]


class RejectionRow(Base):
    """An input that was announced and not read, once for each place and reason."""

    __tablename__ = "rejection"
    __table_args__ = (UniqueConstraint("path", "record"),)
    pk: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str]
    record: Mapped[str]
    reason: Mapped[str]
    run: Mapped[int] = mapped_column(ForeignKey("run.pk"))


class MergedRow(Base):
    """A merged record other than an event, in the order of `rank`; `kind` is families, claims, ..."""

    __tablename__ = "merged"
    __table_args__ = (
        Index("ix_merged_status", "kind", "status", "position"), Index("ix_merged_rank", "kind", "rank"),
        Index("ix_merged_key", "kind", "key"),
    )  # fmt: skip
    kind: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(index=True)
    status: Mapped[str]
    payload: Mapped[str]
    key: Mapped[str] = mapped_column(server_default="")
    rank: Mapped[str] = mapped_column(server_default="")


class EventRow(Base):
    """An event merged from its tellings; positions grow with `rank` and leave room between them."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_browse", "status", "type", "earliest", "latest", "place", "mode", "sources"),)  # fmt: skip
    position: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(index=True)
    type: Mapped[str] = mapped_column(index=True)
    mode: Mapped[str]
    status: Mapped[str]
    earliest: Mapped[str | None] = mapped_column(index=True)
    latest: Mapped[str | None]
    place: Mapped[str]
    sources: Mapped[int]
    payload: Mapped[str]
    rank: Mapped[str] = mapped_column(server_default="", index=True)


class ShelfRow(Base):
    """What merging remembers (`kroniek.merge.shelf`): a value of one of its tables, as JSON."""

    __tablename__ = "shelf"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own form
    name: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class EventEntity(Base):
    """Which entities take part in a merged event, and how."""

    __tablename__ = "event_entity"
    event: Mapped[int] = mapped_column(ForeignKey("event.position", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    entity: Mapped[str] = mapped_column(primary_key=True, index=True)


class EventDocument(Base):
    """Which documents tell of a merged event."""

    __tablename__ = "event_document"
    event: Mapped[int] = mapped_column(ForeignKey("event.position", ondelete="CASCADE"), primary_key=True)
    document: Mapped[str] = mapped_column(primary_key=True, index=True)


class JudgementRow(Base):
    """A dated human decision; rows are only ever added. `id` hashes its content."""

    __tablename__ = "judgement"
    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(index=True)
    record: Mapped[str] = mapped_column(index=True)
    verdict: Mapped[str]
    by: Mapped[str]
    at: Mapped[str]
    document: Mapped[str] = mapped_column(index=True)
    payload: Mapped[str]


class MachineRow(Base):
    """What the machine read in a document that people corrected; the layers hold what is in force."""

    __tablename__ = "machine"
    document: Mapped[str] = mapped_column(primary_key=True)
    layers: Mapped[bytes]


class PendingRow(Base):
    """A document in which a merge of entities has yet to be carried through."""

    __tablename__ = "pending"
    document: Mapped[str] = mapped_column(primary_key=True)


class QueueRow(Base):
    """Something worth a person's look, the more so the higher its `value`; `done` once it was judged."""

    __tablename__ = "review_queue"
    pk: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(index=True)
    value: Mapped[float] = mapped_column(index=True)
    record: Mapped[str] = mapped_column(index=True)
    other: Mapped[str]
    document: Mapped[str]
    label: Mapped[str]
    uses: Mapped[int]
    done: Mapped[int]


class SampleRow(Base):
    """A sample for blind double coding: what was drawn, by whom, when."""

    __tablename__ = "sample"
    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    by: Mapped[str]
    at: Mapped[str]
    payload: Mapped[str]


class AdditionRow(Base):
    """What a project adds to the knowledge base: entities, aliases, offices or holdings."""

    __tablename__ = "addition"
    pk: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(index=True)
    at: Mapped[str]
    payload: Mapped[str]


class ActorCount(Base):
    """An entity over all documents, with how often it takes part; made anew with the merged layer."""

    __tablename__ = "actor_count"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    type: Mapped[str]
    wikidata: Mapped[str]
    country: Mapped[str]
    documents: Mapped[int]
    events: Mapped[int]
    statements: Mapped[int]


class ActorName(Base):
    """Words by which reports mean an entity; `folded` is the form without case that is looked up."""

    __tablename__ = "actor_name"
    entity: Mapped[str] = mapped_column(primary_key=True)
    surface: Mapped[str] = mapped_column(primary_key=True)
    folded: Mapped[str] = mapped_column(index=True)
    uses: Mapped[int]


class MergedPart(Base):
    """What a merged record speaks of: `ref` is the id of an event, entity, document or statement."""

    __tablename__ = "merged_part"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own form
    ref: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)


class Dyad(Base):
    """A relation without its events: `period` is an ISO month."""

    __tablename__ = "dyad"
    __table_args__ = (Index("ix_dyad_period", "period"), {"sqlite_with_rowid": False})
    source: Mapped[str] = mapped_column(primary_key=True)
    target: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    events: Mapped[int]
    intensity: Mapped[float]


class Trait(Base):
    """What makes a merged record worth a look (contradicted, changed, latest), and the last day of it."""

    __tablename__ = "trait"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own form
    kind: Mapped[str] = mapped_column(primary_key=True)  # events, processes, claims
    trait: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)

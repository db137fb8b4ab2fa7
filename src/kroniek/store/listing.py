"""Pages of reports, statements, gaps, actors and merged records: a number of rows behind a given one.

Reports are in order of their first possible day, then of their id; those without a day come last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from kroniek.merge.relations import SEPARATOR
from kroniek.model import Attribution, Gap
from kroniek.store.browse import matching
from kroniek.store.codec import loads
from kroniek.store.load import MERGED_RECORDS
from kroniek.store.queries import ActorSummary, DocumentGap, Statement

START = ("", "")  # the key before the first report
CHUNK = 400  # values in one query


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in a list. `key` is its place in the order: first day ("" for none) and id."""

    id: str
    title: str
    outlet: str
    name: str
    path: str
    published: str
    how: str
    characters: int
    key: tuple[str, str]


@dataclass(frozen=True, slots=True)
class GapCount:
    """How often a step had a gap for a reason."""

    step: str
    reason: str
    gaps: int


@dataclass(frozen=True, slots=True)
class DyadSum:
    """What passed from one party to another over a time: events, and their mean intensity."""

    source: str
    target: str
    events: int
    intensity: float


def find_reports(
    connection: Connection, *, after: tuple[str, str] = START, words: Sequence[str] = (), limit: int = 50
) -> list[ReportRow]:
    """Return the reports behind `after` that hold all the words, also inside longer ones."""
    columns = (
        "SELECT r.id, r.title, r.outlet, r.name, r.path, coalesce(r.published, ''), r.published_how,"
        " length(r.text), coalesce(r.earliest, '')"
    )
    rows = _in_order(connection, columns, "document r", _holding(words), after, limit, {}, "")
    return [
        ReportRow(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], (row[8], row[0]))
        for row in rows
    ]


def count_reports(connection: Connection, words: Sequence[str] = ()) -> int:
    """Return how many reports hold all the words."""
    condition, values = _holding(words)
    return int(connection.scalar(text(f"SELECT count(*) FROM document r WHERE {condition}"), values) or 0)


def is_common(connection: Connection, words: Sequence[str], most: int) -> bool:
    """Tell whether more than `most` reports hold all the words, or the index cannot tell."""
    question = matching(words)
    if not question:
        return True
    query = "SELECT count(*) FROM (SELECT rowid FROM document_text WHERE document_text MATCH :question LIMIT :most)"
    return int(connection.scalar(text(query), {"question": question, "most": most + 1}) or 0) > most


def find_statements(
    connection: Connection, *, after: tuple[str, str, int] = ("", "", -1), stance: str = "",
    actors: Sequence[str] | None = None, since: str = "", until: str = "", words: Sequence[str] = (), limit: int = 50,
) -> list[tuple[Statement, tuple[str, str, int]]]:  # fmt: skip
    """Return statements behind `after` with their keys, in the order of reports, then of the text.

    `words` are looked for in the report only: the caller checks the statement's own.
    """
    condition, values = _holding(words)
    for name, part in (
        ("stance", "a.stance = :stance"), ("since", "r.latest >= :since"), ("until", "r.earliest <= :until"),
    ):  # fmt: skip
        value = {"stance": stance, "since": since, "until": until}[name]
        if value:
            condition += f" AND {part}"
            values[name] = value
    if actors is not None:
        names = _list("actor", actors, values)
        condition += f" AND a.id IN (SELECT record FROM entity_use WHERE entity IN ({names}) AND role IN ('source', 'addressee'))"
    columns = "SELECT a.id, r.id, a.payload, coalesce(r.earliest, ''), a.position"
    source = "document r JOIN attribution a ON a.document = r.pk"
    rows = _in_order(
        connection, columns, source, (condition, values), after[:2], limit, {"p": after[2]}, ", a.position"
    )
    return [(Statement(row[0], row[1], loads(Attribution, row[2])), (row[3], row[1], row[4])) for row in rows]


def _in_order(
    connection: Connection, columns: str, source: str, condition: tuple[str, dict[str, Any]],
    after: tuple[str, str], limit: int, more: Mapping[str, Any], within: str,
) -> list[Any]:  # fmt: skip
    """Return rows behind a key, the dated ones first; `within` is the order inside a report.

    Two queries: the index on (earliest, id) gives each of them its order.
    """
    where, values = condition
    day, identity = after
    values = {**values, **more, "day": day, "id": identity, "limit": limit}
    place = ":p" if within else ""
    behind = f"(r.id{within}) > (:id{', ' + place if place else ''})" if within else "r.id > :id"
    rows: list[Any] = []
    if day or not identity:
        query = (
            f"{columns} FROM {source} WHERE {where} AND r.earliest >= :day"
            f" AND (r.earliest > :day OR {behind}) ORDER BY r.earliest, r.id{within} LIMIT :limit"
        )
        rows = list(connection.execute(text(query), values))
        values |= {"id": "", "p": -1} if within else {"id": ""}
    if len(rows) < limit:
        query = f"{columns} FROM {source} WHERE {where} AND r.earliest IS NULL AND {behind} ORDER BY r.id{within} LIMIT :limit"
        rows += connection.execute(text(query), {**values, "limit": limit - len(rows)})
    return rows


def find_gaps(
    connection: Connection, *, after: tuple[str, int] = ("", -1), step: str = "", reason: str = "", limit: int = 50
) -> list[tuple[DocumentGap, tuple[str, int]]]:  # fmt: skip
    """Return gaps behind a key with their keys, by report id and place."""
    query = (
        "SELECT r.id, r.path, g.payload, g.position FROM document r JOIN gap g ON g.document = r.pk"
        " WHERE r.id >= :id AND (r.id > :id OR g.position > :position)"
        " AND (:step = '' OR g.step = :step) AND (:reason = '' OR g.reason = :reason)"
        " ORDER BY r.id, g.position LIMIT :limit"
    )
    values = {"id": after[0], "position": after[1], "step": step, "reason": reason, "limit": limit}
    rows = connection.execute(text(query), values)
    return [(DocumentGap(row[0], row[1], loads(Gap, row[2])), (row[0], row[3])) for row in rows]


def count_gaps(connection: Connection) -> list[GapCount]:
    """Return how often each reason for a gap occurs, the most frequent first."""
    query = "SELECT step, reason, count(*) AS n FROM gap GROUP BY step, reason ORDER BY n DESC, step, reason"
    return [GapCount(*row) for row in connection.execute(text(query))]


def find_actors(
    connection: Connection, *, words: str = "", kind: str = "", offset: int = 0, limit: int = 50
) -> list[ActorSummary]:
    """Return entities, those in most reports first; `words` stand in one of their names."""
    condition, values = "1", dict[str, Any](limit=limit, offset=offset)
    if kind:
        condition += " AND type = :type"
        values |= {"type": kind}
    if words:
        condition += " AND id IN (SELECT entity FROM actor_name WHERE instr(folded, :words) > 0)"
        values |= {"words": " ".join(words.split()).casefold()}
    query = (
        f"{ACTOR} WHERE {condition} ORDER BY documents DESC, events DESC, statements DESC, name, id"
        " LIMIT :limit OFFSET :offset"
    )
    return [ActorSummary(*row) for row in connection.execute(text(query), values)]


ACTOR = "SELECT id, name, type, wikidata, country, documents, events, statements FROM actor_count"


def load_actor(connection: Connection, identity: str) -> ActorSummary | None:
    """Return the entity with that id, None when no report names it."""
    row = connection.execute(text(f"{ACTOR} WHERE id = :id"), {"id": identity}).first()
    return ActorSummary(*row) if row else None


def count_kinds(connection: Connection) -> Mapping[str, int]:
    """Return how many entities of each type there are."""
    rows = connection.execute(text("SELECT type, count(*) FROM actor_count GROUP BY type ORDER BY 2 DESC"))
    return {row[0]: row[1] for row in rows}


def names_of(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return the canonical names of those ids that reports name."""
    found: dict[str, str] = {}
    wanted = list(dict.fromkeys(ids))
    for first in range(0, len(wanted), CHUNK):
        values: dict[str, Any] = {}
        names = _list("id", wanted[first : first + CHUNK], values)
        query = text(f"SELECT id, name FROM actor_count WHERE id IN ({names})")
        found |= {row[0]: row[1] for row in connection.execute(query, values)}
    return found


def used_names(connection: Connection, ids: Iterable[str]) -> dict[str, dict[str, int]]:
    """Return the words by which reports name these entities, and how often, the most used first."""
    found: dict[str, dict[str, int]] = {}
    wanted = list(dict.fromkeys(ids))
    for first in range(0, len(wanted), CHUNK):
        values: dict[str, Any] = {}
        names = _list("id", wanted[first : first + CHUNK], values)
        query = text(
            f"SELECT entity, surface, uses FROM actor_name WHERE entity IN ({names}) AND uses > 0"
            " ORDER BY uses DESC, surface"
        )
        for entity, surface, uses in connection.execute(query, values):
            found.setdefault(entity, {})[surface] = uses
    return found


def surfaces_of(connection: Connection, entity: str, limit: int = 200) -> list[tuple[str, int]]:
    """Return the words by which reports name an entity, and how often, the most used first."""
    query = text(
        "SELECT surface, uses FROM actor_name WHERE entity = :entity AND uses > 0"
        " ORDER BY uses DESC, surface LIMIT :limit"
    )
    return [(row[0], row[1]) for row in connection.execute(query, {"entity": entity, "limit": limit})]


def find_records(
    connection: Connection, kind: str, *, after: int = -1, statuses: Sequence[str] = (), ref: str = "", limit: int = 50
) -> list[tuple[int, Any]]:  # fmt: skip
    """Return merged records of a kind (`claims`, `processes`, ...) behind a position, with their positions.

    With `ref` only those that speak of that event, entity, report or statement.
    """
    values: dict[str, Any] = {"kind": kind, "after": after, "ref": ref, "limit": limit}
    condition = "m.kind = :kind AND m.position > :after"
    if statuses:
        condition += f" AND m.status IN ({_list('status', statuses, values)})"
    if ref:
        condition += " AND m.position IN (SELECT position FROM merged_part WHERE ref = :ref AND kind = :kind)"
    query = f"SELECT m.position, m.payload FROM merged m WHERE {condition} ORDER BY m.position LIMIT :limit"
    return [(row[0], loads(MERGED_RECORDS[kind], row[1])) for row in connection.execute(text(query), values)]


def load_record(connection: Connection, kind: str, identity: str) -> Any:
    """Return the merged record of a kind with that id, None when there is none."""
    query = text("SELECT payload FROM merged WHERE id = :id AND kind = :kind LIMIT 1")
    payload = connection.scalar(query, {"id": identity, "kind": kind})
    return loads(MERGED_RECORDS[kind], payload) if payload else None


def count_records(connection: Connection, kind: str) -> Mapping[str, int]:
    """Return how many merged records of a kind have each status."""
    query = text("SELECT status, count(*) FROM merged WHERE kind = :kind GROUP BY status ORDER BY 2 DESC")
    return {row[0]: row[1] for row in connection.execute(query, {"kind": kind})}


def find_traits(connection: Connection, kind: str, trait: str, limit: int = 10) -> list[int]:
    """Return the positions of the records of a kind with a trait, the latest first."""
    query = text(
        "SELECT position FROM trait WHERE kind = :kind AND trait = :trait ORDER BY day DESC, position LIMIT :limit"
    )
    return list(connection.scalars(query, {"kind": kind, "trait": trait, "limit": limit}))


def count_traits(connection: Connection) -> Mapping[tuple[str, str], int]:
    """Return how many records have each (kind, trait)."""
    rows = connection.execute(text("SELECT kind, trait, count(*) FROM trait GROUP BY kind, trait"))
    return {(row[0], row[1]): row[2] for row in rows}


def records_at(connection: Connection, kind: str, positions: Sequence[int]) -> list[Any]:
    """Return the merged records of a kind at these positions, in their order."""
    places = ", ".join(map(str, map(int, positions)))
    query = text(f"SELECT position, payload FROM merged WHERE kind = :kind AND position IN ({places})")
    found = {row[0]: row[1] for row in connection.execute(query, {"kind": kind})}
    return [loads(MERGED_RECORDS[kind], found[place]) for place in positions if place in found]


def find_pairs(
    connection: Connection, *, since: str = "", until: str = "", entity: str = "", limit: int = 40
) -> list[DyadSum]:
    """Return the pairs of parties with most events, whichever way these went; each event counts once.

    A meeting stands in the dyads of both directions: the sums choose the pairs, the events are then counted.
    """
    values, where = _dyad_filter(since, until, entity)
    query = text(
        "SELECT min(source, target) AS one, max(source, target) AS other, sum(events) AS n,"
        f" sum(events * intensity) / sum(events) FROM dyad WHERE {where}"
        " GROUP BY one, other ORDER BY n DESC, one, other LIMIT :limit"
    )
    rows = connection.execute(query, {**values, "limit": limit})
    found = [
        DyadSum(row[0], row[1], _shared_events(connection, row[0], row[1], since, until), round(row[3], 2))
        for row in rows
    ]
    return sorted(
        (pair for pair in found if pair.events), key=lambda pair: (-pair.events, pair.source, pair.target)
    )


def _shared_events(connection: Connection, one: str, other: str, since: str, until: str) -> int:
    """Return the number of different events between two parties."""
    query = text(
        "SELECT count(DISTINCT j.value) FROM merged m, json_each(m.payload, '$.events') j"
        " WHERE m.kind = 'relations' AND (m.key BETWEEN :there AND :there_end OR m.key BETWEEN :back AND :back_end)"
    )
    ends = {"": since, "_end": f"{until or '9999'}\U0010ffff"}
    values = {
        f"{name}{end}": SEPARATOR.join((*parties, month))
        for name, parties in (("there", (one, other)), ("back", (other, one)))
        for end, month in ends.items()
    }
    return int(connection.scalar(query, values) or 0)


def _dyad_filter(since: str, until: str, entity: str) -> tuple[dict[str, Any], str]:
    values = {"since": since, "until": until, "entity": entity}
    conditions = {"since": "period >= :since", "until": "period <= :until",
                  "entity": "(source = :entity OR target = :entity)"}  # fmt: skip
    return values, " AND ".join(part for name, part in conditions.items() if values[name]) or "1"


def find_dyads(
    connection: Connection, *, since: str = "", until: str = "", entity: str = "", offset: int = 0, limit: int = 100
) -> list[DyadSum]:  # fmt: skip
    """Return what passed between parties in the months from `since` to `until`, the most first."""
    values, where = _dyad_filter(since, until, entity)
    values |= {"limit": limit, "offset": offset}
    query = text(
        "SELECT source, target, sum(events) AS n, sum(events * intensity) / sum(events) FROM dyad"
        f" WHERE {where} GROUP BY source, target ORDER BY n DESC, source, target LIMIT :limit OFFSET :offset"
    )
    return [DyadSum(row[0], row[1], row[2], round(row[3], 2)) for row in connection.execute(query, values)]


def dyad_months(connection: Connection, source: str, target: str) -> list[tuple[str, int, float]]:
    """Return (month, events, intensity) of one pair, in order of time."""
    query = text(
        "SELECT period, events, intensity FROM dyad WHERE source = :source AND target = :target ORDER BY period"
    )
    rows = connection.execute(query, {"source": source, "target": target})
    return [(row[0], row[1], row[2]) for row in rows]


def _holding(words: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """Return the condition on `document r` that it holds all the words, and its values."""
    parts, values = ["1"], {}
    if question := matching(words):
        parts.append("r.pk IN (SELECT rowid FROM document_text WHERE document_text MATCH :question)")
        values["question"] = question
    for number, word in enumerate(word for word in words if not matching([word])):
        parts.append(
            f"(instr(lower(r.text), :short{number}) > 0 OR instr(lower(r.title), :short{number}) > 0)"
        )
        values[f"short{number}"] = word.lower()
    return " AND ".join(parts), values


def _list(name: str, chosen: Sequence[str], values: dict[str, Any]) -> str:
    keys = [f"{name}{number}" for number in range(len(chosen))]
    values.update(zip(keys, chosen, strict=True))
    return ", ".join(f":{key}" for key in keys) or "NULL"

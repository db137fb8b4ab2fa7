"""Decisions as JSON Lines between colleagues: one row a line, checked before anything is taken over."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from typing import Any

from kroniek.errors import JudgementError
from kroniek.model import Judgement, from_json, to_json
from kroniek.review.entities import merge_of
from kroniek.review.fields import FIELDS
from kroniek.review.kinds import ENTITY, LAYERS, STORY
from kroniek.review.state import CORRECTED, MERGED, UNDONE, VERDICTS, effective
from kroniek.review.stories import story_of

LONGEST_LINE = 2_000_000  # characters
LONGEST_NAME = 120  # characters of a coder's name
KINDS = frozenset({*LAYERS, STORY, ENTITY})
TEXTS = [item.name for item in fields(Judgement) if item.name != "span"]


def to_lines(rows: Iterable[Judgement]) -> Iterator[str]:
    """Yield one line of JSON for each row, with its id."""
    for row in rows:
        yield json.dumps({"id": row.id, **to_json(row)}, ensure_ascii=False, sort_keys=True)


def from_lines(lines: Iterable[str], name: str = "line") -> list[Judgement]:
    """Return the rows of lines that `to_lines` wrote; empty lines are skipped.

    Raises JudgementError with the line and what would be right: a file is taken over whole or not at all.
    """
    rows = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            rows.append(checked(_row(line)))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, JudgementError) as error:
            raise JudgementError(f"{name}, line {number}: {error}") from error
    return rows


def _row(line: str) -> Judgement:
    if len(line) > LONGEST_LINE:
        raise JudgementError(f"longer than {LONGEST_LINE} characters")
    value: Any = json.loads(line)
    if not isinstance(value, dict):
        raise JudgementError("want a JSON object with record, verdict, by and at")
    stated = value.pop("id", None)
    if missing := {"record", "verdict", "by", "at"} - value.keys():
        raise JudgementError(f"no {', '.join(sorted(missing))}; want at least record, verdict, by and at")
    span = value.get("span")
    if span is not None and not (isinstance(span, dict) and all(type(item) is int for item in span.values())):
        raise JudgementError("span wants start and end as whole numbers")
    row = from_json(Judgement, value)
    if stated is not None and stated != row.id:
        raise JudgementError(
            f"the id {stated!r} does not belong to this content (it would be {row.id}): the line was changed"
        )
    return row


def checked(row: Judgement) -> Judgement:
    """Return a row whose every field is of the right form; raises JudgementError for any other."""
    for name in TEXTS:
        if not isinstance(getattr(row, name), str):
            raise JudgementError(f"{name} wants text, got {getattr(row, name)!r}")
    if row.verdict not in VERDICTS:
        raise JudgementError(f"no verdict {row.verdict!r}; there are: {', '.join(sorted(VERDICTS))}")
    check_coder(row.by)
    try:
        datetime.fromisoformat(row.at)
    except ValueError as error:
        raise JudgementError(f"at: {row.at!r} is no moment in ISO 8601") from error
    if row.verdict == UNDONE:
        return row
    if row.kind not in KINDS:
        raise JudgementError(f"no kind {row.kind!r}; there are: {', '.join(sorted(KINDS))}")
    _check_content(row)
    return row


def _check_content(row: Judgement) -> None:
    if row.kind == STORY:
        story_of(row.new)
    elif row.kind == ENTITY:
        if row.verdict == MERGED:
            merge_of(row)
    elif row.span is None or not row.document:
        raise JudgementError(f"a decision about a {row.kind} needs document, span and words")
    elif row.verdict == CORRECTED and row.field not in FIELDS[row.kind]:
        raise JudgementError(
            f"a {row.kind} has no field {row.field!r}; it has: {', '.join(FIELDS[row.kind])}"
        )


def check_coder(name: str) -> str:
    """Return the name of who decides; raises JudgementError for an empty, long or steering one."""
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise JudgementError(f"by: want a name of at most {LONGEST_NAME} characters, got {name!r}")
    return name


def news(known: Iterable[Judgement], given: Iterable[Judgement]) -> list[Judgement]:
    """Return the given rows that are not known yet, each once, in their order."""
    ids = {row.id for row in known}
    return list({row.id: row for row in given if row.id not in ids}.values())


def clashes(known: Iterable[Judgement], given: Iterable[Judgement]) -> list[tuple[Judgement, Judgement]]:
    """Return pairs of decisions in force, of two people, that say different things of one field."""
    mine: dict[tuple[str, str, str], Judgement] = {}
    for row in effective(known):
        mine[row.record, row.field, row.kind] = row
    pairs = []
    for row in effective(given):
        other = mine.get((row.record, row.field, row.kind))
        if other and other.by != row.by and (other.verdict, other.new) != (row.verdict, row.new):
            pairs.append((other, row))
    return pairs

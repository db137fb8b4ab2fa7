"""The pack's words for reading participants, times and places of events off phrases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kroniek.language import Language


@dataclass(frozen=True, slots=True)
class ParticipantWords:
    """The pack's words for reading participants; see `[participants]` in `events.toml`."""

    stands_for: frozenset[str]
    through: frozenset[str]
    leadership: frozenset[str]
    parties: frozenset[str]
    bodies: frozenset[str]
    places: frozenset[str]
    topics: frozenset[str]
    about: frozenset[str]
    counted: frozenset[str]
    charges: frozenset[str]
    present_passive: frozenset[str]
    ahead: frozenset[str]
    since: frozenset[str]
    conditions: frozenset[str]
    over: frozenset[str]
    apart: frozenset[str]
    apart_unless_meeting: frozenset[str]
    begins: frozenset[str]
    joint: frozenset[str]
    lands: frozenset[str]
    possessives: frozenset[str]
    motion: frozenset[str]
    meanwhile: frozenset[str]
    thereby: frozenset[str]
    there: frozenset[str]
    pointing: frozenset[str]
    appointments: frozenset[str]
    go_betweens: frozenset[str]
    in_role: tuple[tuple[str, ...], ...]
    suspects: frozenset[str]
    receiving: Mapping[str, frozenset[str]]  # preposition -> verbs: `stuitte op kritiek`
    doing: Mapping[str, frozenset[str]]  # the same for who does it: `begon met oefeningen`


def participant_words(language: Language) -> ParticipantWords:
    """Return the pack's participant words; build it through `language.compiled`."""
    table: dict[str, Any] = language.table("events")["participants"]
    return ParticipantWords(
        stands_for=frozenset(table["stands_for"].split()),
        through=frozenset(table["through"]),
        leadership=frozenset(table["leadership"].split()),
        parties=frozenset(table["parties"].split()),
        bodies=frozenset(table["bodies"].split()),
        places=frozenset(table["places"]),
        topics=frozenset(table["topics"]),
        about=frozenset(table["about"]),
        counted=frozenset(table["counted"].split()),
        charges=frozenset(table["charges"]),
        present_passive=frozenset(table["present_passive"]),
        ahead=frozenset(table["ahead"]),
        since=frozenset(table["since"]),
        conditions=frozenset(table["conditions"]),
        over=frozenset(table["over"]),
        apart=frozenset(table["apart"]),
        apart_unless_meeting=frozenset(table["apart_unless_meeting"]),
        begins=frozenset(table["begins"].split()),
        joint=frozenset(table["joint"].split()),
        lands=frozenset(table["lands"].split()),
        possessives=frozenset(table["possessives"]),
        motion=frozenset(table["motion"].split()),
        meanwhile=frozenset(table["meanwhile"]),
        thereby=frozenset(table["thereby"]),
        there=frozenset(table["there"]),
        pointing=frozenset(table["pointing"]),
        appointments=frozenset(table["appointments"]),
        go_betweens=frozenset(table["go_betweens"].split()),
        suspects=frozenset(table["suspects"].split()),
        doing={case: frozenset(verbs.split()) for case, verbs in table["doing"].items()},
        receiving={case: frozenset(verbs.split()) for case, verbs in table["receiving"].items()},
        in_role=tuple(tuple(opening.split()) for opening in table["in_role"]),
    )

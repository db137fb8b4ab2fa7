"""What the events of one document are read with, and the acts that consist in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kroniek.analyse.events.participant_words import ParticipantWords
from kroniek.analyse.events.scene import Scene
from kroniek.analyse.factuality import Reader
from kroniek.model import Attribution

SAID = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT"})  # acts that consist in words


@dataclass(frozen=True, slots=True)
class Finder:
    """All that the events of one document are read with."""

    scene: Scene
    words: ParticipantWords
    reader: Reader
    attributions: Mapping[int, Attribution]
    version: str

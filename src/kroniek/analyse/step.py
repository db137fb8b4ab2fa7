"""What a step is: a named pure function that declares the layers it needs and the layers it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kroniek.knowledge import Knowledge
from kroniek.language import Language
from kroniek.model import Analysis
from kroniek.registry import Parser

Layers = Mapping[str, Any]  # layer name (a field of Analysis) -> its records


@dataclass(frozen=True, slots=True)
class Resources:
    """What steps may consult besides the document. All of it is read-only."""

    language: Language
    knowledge: Knowledge
    parser: Parser
    today: date


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the flow. `run` takes analyses and returns the layers of each, in the same order.

    Gaps are returned under the layer name `gaps` and are added to those that are there.
    """

    name: str
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    run: Callable[[Sequence[Analysis], Resources], Sequence[Layers]]


def per_document(
    find: Callable[[Analysis, Resources], Layers],
) -> Callable[[Sequence[Analysis], Resources], Sequence[Layers]]:
    """Lift a function of one document to the batch form that a `Step` wants."""

    def run(analyses: Sequence[Analysis], resources: Resources) -> Sequence[Layers]:
        return [find(analysis, resources) for analysis in analyses]

    return run

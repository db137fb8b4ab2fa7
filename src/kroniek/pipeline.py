"""The flow on one screen: which steps make an analysis of a document, in which order.

A step that fails on a document leaves a `Gap` there; the other documents and steps go on.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from kroniek.analyse.actors import ACTORS
from kroniek.analyse.agreements import AGREEMENTS
from kroniek.analyse.attributions import ATTRIBUTIONS
from kroniek.analyse.coreference import COREFERENCE
from kroniek.analyse.events import EVENTS
from kroniek.analyse.parse import PARSE
from kroniek.analyse.quotations import QUOTATIONS
from kroniek.analyse.step import Layers, Resources, Step
from kroniek.analyse.times import TIMES
from kroniek.analyse.zones import ZONES
from kroniek.knowledge import load_knowledge
from kroniek.language import load_language
from kroniek.model import Analysis, Document, Gap
from kroniek.registry import load_parser

log = logging.getLogger(__name__)

STEPS: tuple[Step, ...] = (
    ZONES,
    QUOTATIONS,
    PARSE,
    TIMES,
    ACTORS,
    COREFERENCE,
    ATTRIBUTIONS,
    EVENTS,
    AGREEMENTS,
)  # fmt: skip

BATCH = 32  # documents analysed together: enough to fill the parser's batches, small enough for memory


def load_resources(language: str = "nl", *, parser: str = "", today: date) -> Resources:
    """Load the language pack, the knowledge base and a parser (the pack's own when `parser` is "")."""
    pack = load_language(language)
    return Resources(pack, load_knowledge(), load_parser(parser or pack.parser, language), today)


def check_order(steps: Sequence[Step]) -> None:
    """Raise ValueError when a step needs a layer that no earlier step gives, or two give the same."""
    given: set[str] = {"document", "gaps"}
    for step in steps:
        if missing := set(step.needs) - given:
            raise ValueError(f"step {step.name!r} needs {sorted(missing)}, which no earlier step gives")
        if doubled := set(step.gives) & given:
            raise ValueError(f"step {step.name!r} gives {sorted(doubled)}, which an earlier step gives")
        given |= set(step.gives)


def analyse(
    documents: Iterable[Document], resources: Resources, steps: Sequence[Step] = STEPS, batch: int = BATCH
) -> Iterator[Analysis]:
    """Yield the analysis of each document, in order. Documents are taken `batch` at a time."""
    check_order(steps)
    source = iter(documents)
    while group := list(islice(source, batch)):
        analyses = [Analysis(document) for document in group]
        for step in steps:
            analyses = apply_step(step, analyses, resources)
        yield from analyses


def apply_step(step: Step, analyses: list[Analysis], resources: Resources) -> list[Analysis]:
    """Return the analyses with the step's layers; a document that the step fails on gets a gap instead."""
    try:
        found = step.run(analyses, resources)
    except Exception as error:  # noqa: BLE001 - any fault of a step must leave the other documents whole
        if len(analyses) > 1:
            return [apply_step(step, [analysis], resources)[0] for analysis in analyses]
        log.warning("step %s failed on %s: %r", step.name, analyses[0].document.origin.path, error)
        found = [{"gaps": (Gap(step.name, f"the step failed: {type(error).__name__}: {error}"),)}]
    return [_with_layers(analysis, step, layers) for analysis, layers in zip(analyses, found, strict=True)]


def _with_layers(analysis: Analysis, step: Step, layers: Layers) -> Analysis:
    if strange := set(layers) - set(step.gives) - {"gaps"}:
        raise ValueError(f"step {step.name!r} gives {sorted(strange)}, which it does not declare")
    return replace(analysis, **{**layers, "gaps": (*analysis.gaps, *layers.get("gaps", ()))})

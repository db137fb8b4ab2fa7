"""Events on hand-made trees: roles, status, and what is no event."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from kroniek.analyse.events.detect import find_events
from kroniek.analyse.step import Resources
from kroniek.language import load_language
from kroniek.model import Analysis, EntityType, EventMention, Status
from tests.analyse.events.trees import analysis_of

NAMES = {
    "Merkel": EntityType.PER,
    "Poetin": EntityType.PER,
    "Rusland": EntityType.GPE,
    "Oekraïne": EntityType.GPE,
}


def events_of(analysis: Analysis) -> tuple[EventMention, ...]:
    resources = cast(Resources, SimpleNamespace(language=load_language("nl"), today=date(2018, 9, 30)))
    layers: Any = find_events(analysis, resources)
    return tuple(layers["events"])


def words(analysis: Analysis, event: EventMention, role: str) -> list[str]:
    return [
        argument.span.of(analysis.text)
        for argument in event.arguments
        if argument.role == role and argument.span
    ]


def test_detect_passive_puts_the_agent_in_actors() -> None:
    analysis = analysis_of(
        """
        Oekraïne Oekraïne PROPN _ 4 nsubj:pass
        werd worden AUX VerbForm=Fin|Tense=Past 4 aux:pass
        fel fel ADJ _ 4 advmod
        beschuldigd beschuldigen VERB VerbForm=Part 0 root
        door door ADP _ 6 case
        Rusland Rusland PROPN _ 4 obl:agent
        """,
        NAMES,
    )
    (event,) = events_of(analysis)
    assert (event.type, event.mode, event.status) == ("ACCUSE", "allege", Status.HAPPENED)
    assert words(analysis, event, "actor") == ["Rusland"]
    assert words(analysis, event, "recipient") == ["Oekraïne"]


def test_detect_negated_meeting_did_not_happen() -> None:
    analysis = analysis_of(
        """
        Merkel Merkel PROPN _ 4 nsubj
        heeft hebben AUX VerbForm=Fin|Tense=Pres 4 aux
        Poetin Poetin PROPN _ 4 obj
        ontmoet ontmoeten VERB VerbForm=Part 0 root
        niet niet ADV _ 4 advmod
        """,
        NAMES,
    )
    (event,) = events_of(analysis)
    assert event.status is Status.NOT_HAPPENED
    assert words(analysis, event, "actor") == ["Merkel", "Poetin"]
    assert event.factuality[0].polarity == "negative"


def test_detect_planned_meeting_is_planned() -> None:
    analysis = analysis_of(
        """
        Merkel Merkel PROPN _ 4 nsubj
        zal zullen AUX VerbForm=Fin|Tense=Pres 4 aux
        Poetin Poetin PROPN _ 4 obj
        ontmoeten ontmoeten VERB VerbForm=Inf 0 root
        """,
        NAMES,
    )
    (event,) = events_of(analysis)
    assert (event.type, event.status) == ("CONSULT", Status.PLANNED)


def test_detect_heart_attack_is_no_event() -> None:
    analysis = analysis_of(
        """
        Hij hij PRON _ 2 nsubj
        kreeg krijgen VERB VerbForm=Fin|Tense=Past 0 root
        een een DET _ 4 det
        hartaanval hart_aanval NOUN Number=Sing 2 obj
        """
    )
    assert events_of(analysis) == ()


def test_detect_empty_document_has_no_events() -> None:
    assert events_of(analysis_of("")) == ()


def test_detect_endless_sentence_is_a_gap() -> None:
    rows = "viel vallen VERB _ 0 root\n" + "aanval aanval NOUN _ 1 obj\n" * 5000
    resources = cast(Resources, SimpleNamespace(language=load_language("nl"), today=date(2018, 9, 30)))
    layers: Any = find_events(analysis_of(rows), resources)
    assert layers["events"] == ()
    assert "5001 words" in layers["gaps"][0].reason

"""Effects of negation, modals and governing words, on hand-made trees."""

from __future__ import annotations

import pytest

from kroniek.analyse.factuality import Reader
from kroniek.analyse.modality import Effect, Reading, modality_words
from kroniek.analyse.tree import tree_of
from kroniek.language import load_language
from kroniek.model import Status
from tests.analyse.events.trees import analysis_of

WORDS = load_language("nl").compiled(modality_words)


def read(rows: str, number: int) -> Reading:
    tree = tree_of(analysis_of(rows))
    return Reader(tree, WORDS, frozenset({"plaatsvinden"})).read(tree.tokens[number - 1])


def test_factuality_negative_determiner_below_a_carrier_negates_once() -> None:
    reading = read(
        """
        Er er ADV _ 5 advmod
        zal zullen AUX VerbForm=Fin|Tense=Pres 5 aux
        geen geen DET _ 4 det
        gesprek gesprek NOUN Number=Sing 5 nsubj
        plaatsvinden plaatsvinden VERB VerbForm=Inf 0 root
        """,
        4,
    )
    assert reading.status is Status.NOT_HAPPENED
    assert reading.certainty == "certain"


def test_factuality_refusal_reaches_the_infinitive() -> None:
    reading = read(
        """
        Assad Assad PROPN _ 2 nsubj
        weigert weigeren VERB VerbForm=Fin|Tense=Pres 0 root
        te te ADP _ 4 mark
        vertrekken vertrekken VERB VerbForm=Inf 2 xcomp
        """,
        4,
    )
    assert reading.status is Status.NOT_HAPPENED


def test_factuality_speech_does_not_reach_its_clause() -> None:
    reading = read(
        """
        Assad Assad PROPN _ 3 nsubj
        niet niet ADV _ 3 advmod
        zei zeggen VERB VerbForm=Fin|Tense=Past 0 root
        dat dat SCONJ _ 6 mark
        hij hij PRON _ 6 nsubj
        vertrok vertrekken VERB VerbForm=Fin|Tense=Past 3 ccomp
        """,
        6,
    )
    assert reading.polarity == "positive"
    assert reading.status is None


def test_factuality_condition_is_possible_and_uncommitted() -> None:
    reading = read(
        """
        Als als SCONJ _ 3 mark
        Assad Assad PROPN _ 3 nsubj
        vertrekt vertrekken VERB VerbForm=Fin|Tense=Pres 4 advcl
        volgt volgen VERB VerbForm=Fin|Tense=Pres 0 root
        chaos chaos NOUN _ 4 nsubj
        """,
        3,
    )
    assert (reading.status, reading.certainty) == (Status.POSSIBLE, "underspecified")


@pytest.mark.parametrize(
    ("effects", "status"),
    [
        ((), None),
        ((Effect.NEGATIVE, Effect.NEGATIVE), None),
        ((Effect.ALLEGED, Effect.REFUSED), Status.DENIED),
        ((Effect.FUTURE, Effect.NEGATIVE), Status.NOT_HAPPENED),
        ((Effect.PLANNED, Effect.CANCELLED), Status.CANCELLED),
        ((Effect.CALLED_FOR, Effect.FUTURE), Status.CALLED_FOR),
        ((Effect.PREVENTED, Effect.INTENDED), Status.POSSIBLE),
        ((Effect.PREVENTED,), Status.NOT_HAPPENED),
        ((Effect.CANCELLED, Effect.POSSIBLE), Status.POSSIBLE),
        ((Effect.ENDED,), Status.HAPPENED),
        ((Effect.ENDED, Effect.CALLED_FOR), Status.ONGOING),
        ((Effect.ENDED, Effect.NEGATIVE), Status.ONGOING),
        ((Effect.PLANNED, Effect.ENDED), Status.CANCELLED),
    ],
)
def test_factuality_statuses(effects: tuple[Effect, ...], status: Status | None) -> None:
    assert Reading(effects).status is status


def test_factuality_broken_tree_with_a_cycle_ends() -> None:
    reading = read("a a VERB _ 2 xcomp\nb b VERB _ 1 xcomp", 1)
    assert reading.polarity == "positive"


@pytest.mark.parametrize(
    ("adjective", "status"),
    [("mogelijk", Status.POSSIBLE), ("nodig", Status.CALLED_FOR), ("onmogelijk", Status.NOT_HAPPENED)],
)
def test_factuality_an_adjective_is_said_of_its_subject(adjective: str, status: Status) -> None:
    rows = """
        Een een DET Definite=Ind 2 det
        akkoord akkoord NOUN Number=Sing 4 nsubj
        is zijn AUX VerbForm=Fin|Tense=Pres 4 cop
        {0} {0} ADJ _ 0 root
        """
    assert read(rows.format(adjective), 2).status is status
    past = rows.format(adjective).replace(
        "is zijn AUX VerbForm=Fin|Tense=Pres", "was zijn AUX VerbForm=Fin|Tense=Past"
    )
    assert read(past, 2).status is not Status.CALLED_FOR


def test_factuality_what_is_needed_and_known_took_place() -> None:
    reading = read(
        """
        De de DET Definite=Def 2 det
        operatie operatie NOUN Number=Sing 4 nsubj
        is zijn AUX VerbForm=Fin|Tense=Pres 4 cop
        nodig nodig ADJ _ 0 root
        """,
        2,
    )
    assert reading.status is None


def test_factuality_a_new_event_that_would_bring_something_is_possible() -> None:
    rows = """
        {} {} DET Definite={} 2 det
        akkoord akkoord NOUN Number=Sing 6 nsubj
        zou zullen AUX VerbForm=Fin|Tense=Past 6 aux
        de de DET Definite=Def 5 det
        oorlog oorlog NOUN Number=Sing 6 obj
        beëindigen beëindigen VERB VerbForm=Inf 0 root
        """
    assert read(rows.format("Een", "een", "Ind"), 2).status is Status.POSSIBLE
    assert read(rows.format("Het", "het", "Def"), 2).status is None  # who ends something is not ended
    assert read(rows.format("Het", "het", "Def"), 5).status is not None


def test_factuality_a_verb_may_do_so_with_one_preposition_only() -> None:
    rows = """
        Parijs Parijs PROPN _ 2 nsubj
        werkt werken VERB VerbForm=Fin|Tense=Pres 0 root
        {0} {0} ADP _ 5 case
        een een DET Definite=Ind 5 det
        top top NOUN Number=Sing 2 obl
        """
    assert read(rows.format("aan"), 5).status is Status.PLANNED
    assert read(rows.format("bij"), 5).status is None


def test_factuality_what_keeps_something_from_happening_took_place_itself() -> None:
    reading = read(
        """
        Door door ADP _ 3 case
        een een DET Definite=Ind 3 det
        aanval aanval NOUN Number=Sing 7 obl
        kan kunnen AUX VerbForm=Fin|Tense=Pres 7 aux
        niemand niemand PRON _ 7 nsubj
        nu nu ADV _ 7 advmod
        vertrekken vertrekken VERB VerbForm=Inf 0 root
        """,
        3,
    )
    assert reading.status is None

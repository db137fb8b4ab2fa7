"""Particles of separable verbs before an infinitive with `te`."""

from __future__ import annotations

from kroniek.analyse.particles import particle_verbs, rehang_particles
from kroniek.language import load_language
from kroniek.model import Analysis
from tests.analyse.events.trees import analysis_of

VERBS = load_language("nl").compiled(particle_verbs)


def _hung(analysis: Analysis) -> list[tuple[str, str, str]]:
    tokens = rehang_particles(analysis.tokens, analysis.sentences, VERBS)
    return [(token.text, tokens[token.head].text, token.deprel) for token in tokens]


def test_particles_taken_for_a_preposition_go_to_their_verb() -> None:
    hung = _hung(
        analysis_of(
            """
            Zij zij PRON _ 2 nsubj
            droegen dragen VERB VerbForm=Fin 0 root
            hem hem PRON _ 2 obj
            op op ADP _ 5 case
            niets niets PRON _ 7 obl:arg
            te te ADP _ 7 mark
            doen doen VERB VerbForm=Inf 2 xcomp
            """
        )
    )
    assert ("op", "droegen", "compound:prt") in hung
    assert ("niets", "doen", "obj") in hung


def test_particles_of_other_verbs_stay() -> None:
    hung = _hung(
        analysis_of(
            """
            Zij zij PRON _ 2 nsubj
            wilden willen VERB VerbForm=Fin 0 root
            op op ADP _ 4 case
            niets niets PRON _ 6 obl:arg
            te te ADP _ 6 mark
            wachten wachten VERB VerbForm=Inf 2 xcomp
            """
        )
    )
    assert ("op", "niets", "case") in hung


def test_particles_behind_a_break_stay() -> None:
    hung = _hung(
        analysis_of(
            """
            Zij zij PRON _ 2 nsubj
            riepen roepen VERB VerbForm=Fin 0 root
            , , PUNCT _ 2 punct
            op op ADP _ 5 case
            straat straat NOUN _ 7 obl
            te te ADP _ 7 mark
            staan staan VERB VerbForm=Inf 2 xcomp
            """
        )
    )
    assert ("op", "straat", "case") in hung

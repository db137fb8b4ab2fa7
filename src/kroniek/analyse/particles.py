"""Separable verbs before an infinitive with `te`, whose particle parsers give to the infinitive.

In `riep haar burgers op kalm te blijven` the particle is that of `oproepen`; there is no verb `opblijven` here,
but `te` follows, and so parsers hang it there, or take it for a preposition: `droeg hem op niets te doen`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kroniek.analyse.attributions.inflection import regular_forms
from kroniek.language import Language
from kroniek.model import Sentence, Token

REACH = 14  # words from the verb to its particle, and from there to `te`
TO = "te"
HELD = ("compound:prt", "case", "mark", "advmod")  # how a particle hangs that parsers misplace
BREAKS = frozenset(',;:.!?"“”‘’')

Particles = Mapping[str, frozenset[str]]  # form of a plain verb -> its particles


def particle_verbs(language: Language) -> Particles:
    """Return the pack's separable verbs that take an infinitive; build it through `language.compiled`."""
    found: dict[str, set[str]] = {}
    strong = language.table("cues").get("strong", {})
    for pair in language.table("tokens").get("separable_with_te", ()):
        particle, _, plain = pair.partition("|")
        for form in (plain, *strong.get(plain, regular_forms(plain))):
            found.setdefault(form, set()).add(particle)
    return {form: frozenset(particles) for form, particles in found.items()}


def rehang_particles(
    words: Sequence[Token], sentences: Sequence[Sentence], verbs: Particles
) -> tuple[Token, ...]:
    """Return the tokens with such particles under the verb that they belong to; linear in their number."""
    tokens = list(words)
    for sentence in sentences if verbs else ():
        inside = tokens[sentence.first : sentence.last]
        if not any(token.text.lower() == TO for token in inside):
            continue
        taken = {token.head for token in inside if token.deprel == "compound:prt"}
        for verb in inside:
            particles = verbs.get(verb.text.lower(), verbs.get(verb.lemma.replace("_", "")))
            if particles and verb.upos == "VERB" and verb.index not in taken:
                _rehang(tokens, sentence, verb, particles)
    return tuple(tokens)


def _rehang(tokens: list[Token], sentence: Sentence, verb: Token, particles: frozenset[str]) -> None:
    for place in range(verb.index + 1, min(sentence.last, verb.index + REACH)):
        word = tokens[place]
        if word.text in BREAKS or word.upos in {"VERB", "AUX", "SCONJ"}:
            return
        if word.text.lower() not in particles or word.deprel not in HELD:
            continue
        infinitive = _infinitive(tokens, place + 1, sentence.last)
        if infinitive is None or not _is_below(tokens, infinitive, verb):
            return
        noun = tokens[word.head]
        if word.deprel == "case" and noun.head == infinitive.index:
            tokens[noun.index] = replace(noun, deprel="obj")
        tokens[place] = replace(word, head=verb.index, deprel="compound:prt")
        for between in range(verb.index + 1, place):  # what stands before the particle is the verb's own
            if tokens[between].head == infinitive.index:
                tokens[between] = replace(tokens[between], head=verb.index)
        return


def _infinitive(tokens: Sequence[Token], begin: int, end: int) -> Token | None:
    """Return the infinitive whose `te` comes first, None when another verb or a break does."""
    for token in tokens[begin : min(end, begin + REACH)]:
        if token.text in BREAKS or "VerbForm=Fin" in token.feats:
            return None
        if token.text.lower() == TO:
            return tokens[token.head]
    return None


def _is_below(tokens: Sequence[Token], word: Token, verb: Token) -> bool:
    head = tokens[word.head]
    return head.index == verb.index or tokens[head.head].index == verb.index

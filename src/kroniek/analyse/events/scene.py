"""One document as event matching sees it: trees, references, the lexicon, and what each word belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kroniek.analyse.events.frames import NAME_CLASSES, Lexicon
from kroniek.analyse.reference import References
from kroniek.analyse.tree import Tree, tokens_in
from kroniek.model import Analysis, EntityType, Mention, Timex, Token

PLACES = frozenset({EntityType.GPE, EntityType.LOC, EntityType.FAC})
MEANING = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
DOMAIN_WORDS = 2  # in one sentence: from here on it is on sport, on war, ...


@dataclass
class Scene:
    """A document prepared for matching. Built once for each document and step; linear in its words."""

    analysis: Analysis
    tree: Tree
    references: References
    lexicon: Lexicon
    names: dict[int, Mention] = field(default_factory=dict)  # token index -> the name that it is part of
    lemmas: list[str] = field(default_factory=list)  # per token: joined lemma in lower case
    timexes: dict[int, list[Timex]] = field(default_factory=dict)  # sentence number -> its times
    timed: set[int] = field(default_factory=set)  # tokens that are part of a time expression
    domains: frozenset[str] = frozenset()
    states: dict[str, str] = field(default_factory=dict)  # country code -> the state's entity
    told: list[tuple[str, int]] = field(
        default_factory=list
    )  # types and sentences of the events found so far
    named: frozenset[str] = frozenset()  # entities that the report names, not only the states of its towns
    _sentences: dict[int, frozenset[str]] = field(default_factory=dict)
    _meanings: dict[int, frozenset[str]] = field(default_factory=dict)
    _near_kinds: dict[int, frozenset[EntityType]] = field(default_factory=dict)
    _domains: dict[int, frozenset[str]] = field(default_factory=dict)

    def lemma(self, token: Token) -> str:
        """Return a token's lemma with its particle, without seams, in lower case."""
        return self.lemmas[token.index]

    def forms(self, token: Token) -> frozenset[str]:
        """Return what a word may stand in a list as: its lemma, the head of a compound, the word itself."""
        return frozenset((self.lemma(token), last_part(token), token.text.lower()))

    def near(self, token: Token) -> frozenset[str]:
        """Return the lemmas of the sentence around a token, heads of compounds included."""
        if token.sentence not in self._sentences:
            words = self.tree.words(self.tree.sentence(token))
            self._sentences[token.sentence] = frozenset(
                form for word in words for form in (self.lemma(word), last_part(word), word.text.lower())
            )
        return self._sentences[token.sentence]

    def meaning(self, token: Token) -> frozenset[str]:
        """Return the lemmas of the sentence around a token that mean something: no function words, no times."""
        if token.sentence not in self._meanings:
            words = self.tree.words(self.tree.sentence(token))
            telling = (word for word in words if word.upos in MEANING and word.index not in self.timed)
            self._meanings[token.sentence] = frozenset(self.lemma(word) for word in telling)
        return self._meanings[token.sentence]

    def kinds_near(self, token: Token) -> frozenset[EntityType]:
        """Return the types of the names in the sentence around a token."""
        if token.sentence not in self._near_kinds:
            words = self.tree.words(self.tree.sentence(token))
            self._near_kinds[token.sentence] = frozenset(
                kind for word in words if word.index in self.names for kind in self._kinds(word)
            )
        return self._near_kinds[token.sentence]

    def domains_of(self, token: Token) -> frozenset[str]:
        """Return whether a token's document or sentence is about sport, culture, diplomacy or armed conflict."""
        if token.sentence not in self._domains:
            here = self.near(token)
            found = {
                name
                for name in self.lexicon.domains
                if len(here & self.lexicon.domains[name]) >= DOMAIN_WORDS
            }
            self._domains[token.sentence] = self.domains | found
        return self._domains[token.sentence]

    def belongs(self, token: Token, classes: Iterable[str], lemmas: frozenset[str]) -> bool:
        """Tell whether a word is one of some lemmas or belongs to one of some classes."""
        forms = self.forms(token)
        if forms & lemmas:
            return True
        heads = self.lexicon.heads_of(self.lemma(token))
        if heads & lemmas:
            return True  # `ontwerpakkoord` of `akkoord`
        forms |= heads
        kinds = self._kinds(token) if any(label in NAME_CLASSES for label in classes) else frozenset()
        for label in classes:
            if label in NAME_CLASSES:
                if kinds & NAME_CLASSES[label]:
                    return True
            elif forms & self.lexicon.classes[label] or self._acts_for(token, label):
                return True
        return False

    def _kinds(self, token: Token) -> frozenset[EntityType]:
        """Return the types of what a word names, or of what a pronoun means."""
        name = self.names.get(token.index)
        if name is not None:
            return frozenset() if name.type is None else frozenset({name.type})
        if token.upos != "PRON":
            return frozenset()
        meant = self.references.of_head(token.span, token.span)
        return frozenset(
            self.references.entities[item].type for item in meant if item in self.references.entities
        )

    def _acts_for(self, token: Token, label: str) -> bool:
        """A name that the knowledge base files under government, police or army belongs to those classes."""
        sectors = SECTORS.get(label)
        name = self.names.get(token.index)
        if sectors is None or name is None:
            return False
        ids = self.references.of_mention(name)
        return any(
            (entity := self.references.entities.get(item)) is not None and entity.sector in sectors
            for item in ids
        )


LOOSE_PARTS = ("advmod", "obj", "xcomp", "advcl", "amod")  # as what a verb's part may hang on it

# PLOVER sector codes of linked names that count as members of a class of the pack.
SECTORS = {
    "political": frozenset({"GOV", "MIL", "LEG", "PTY", "OPP", "IGO", "COP", "JUD", "SPY", "REB", "PRM"}),
    "police": frozenset({"COP", "JUD", "SPY"}),
    "authority": frozenset({"COP", "GOV", "JUD", "MIL"}),
    "armed": frozenset({"MIL", "REB", "UAF", "PRM"}),
}


def is_nationality(scene: Scene, word: Token) -> bool:
    """Tell whether an adjective is a nationality or the like: a name that is written as an adjective."""
    name = scene.names.get(word.index)
    return name is not None and name.type is not None and name.type.value in {"NORP", "GPE"}


def last_part(token: Token) -> str:
    """Return the head of a compound at its last seam, in lower case: `wapen` of `kern_wapen`, `gezant` of `VN-gezant`."""
    if "_" in token.lemma:
        return token.lemma.rsplit("_", 1)[-1].lower()
    return token.text.rsplit("-", 1)[-1].lower()


def _lemma(tree: Tree, token: Token, lexicon: Lexicon) -> str:
    if token.upos not in {"VERB", "AUX"}:
        return lexicon.spelling.word(token.lemma.replace("_", "").lower())
    child = tree.particle(token)
    particle = child.text.lower() if child else _loose_particle(tree, token, lexicon)
    lemma = tree.lemma(token).lower() if child else particle + token.lemma.replace("_", "").lower()
    found = lexicon.spelling.verb(lemma, token.text, particle)
    plain = particle + token.text.lower()  # an infinitive, or a plural, which looks the same
    known = (
        found in lexicon.verbs or found in lexicon.phrases,
        plain in lexicon.verbs or plain in lexicon.phrases,
    )
    return plain if known == (False, True) else found


def _loose_particle(tree: Tree, verb: Token, lexicon: Lexicon) -> str:
    """Return the part of a verb that parsers take for a word of its own: `draait de kraan dicht`, `zette de hulp stop`."""
    for child in tree.children(verb, *LOOSE_PARTS):
        if child.index > verb.index and not tree.children(child):
            joined = child.text.lower() + lexicon.spelling.verb(
                verb.lemma.replace("_", "").lower(), verb.text
            )
            if joined in lexicon.verbs or joined in lexicon.phrases:
                return child.text.lower()
    return ""


def scene_of(analysis: Analysis, tree: Tree, references: References, lexicon: Lexicon) -> Scene:
    """Return a document's scene."""
    scene = Scene(analysis, tree, references, lexicon)
    scene.lemmas = [_lemma(tree, token, lexicon) for token in analysis.tokens]
    scene.names = _names_by_token(analysis)
    for timex in analysis.timexes:
        words = tokens_in(analysis, timex.span)
        scene.timed.update(word.index for word in words)
        if words:
            scene.timexes.setdefault(words[0].sentence, []).append(timex)
    scene.domains = _domains_of(scene)
    scene.states = {
        item.country: key
        for key, item in references.entities.items()
        if item.sector == "GOV" and item.type is EntityType.GPE and item.country
    }
    scene.named = frozenset(key for link in analysis.links for key in link.entities)
    return scene


def _names_by_token(analysis: Analysis) -> dict[int, Mention]:
    """Map each token to the name that it belongs to; one walk over both, as both are in text order."""
    found: dict[int, Mention] = {}
    names = sorted(analysis.names, key=lambda name: name.span.start)
    position = 0
    for token in analysis.tokens:
        while position < len(names) and names[position].span.end <= token.start:
            position += 1
        if position < len(names) and names[position].span.start < token.end:
            found[token.index] = names[position]
    return found


def _domains_of(scene: Scene) -> frozenset[str]:
    size = len(scene.lemmas)
    return frozenset(
        name
        for name in scene.lexicon.domains
        if sum(lemma in scene.lexicon.domains[name] for lemma in scene.lemmas)
        >= max(scene.lexicon.domain_words.get(name, 1), scene.lexicon.domain_shares[name] * size)
    )

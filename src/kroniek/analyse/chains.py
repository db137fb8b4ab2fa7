"""Chains: which referents of a document belong together, as they stand while the text is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from kroniek.analyse.referents import Referent

NEAREST = 14  # chains weighed for a pronoun, the most recent first
SEEN = 60  # chains looked at to find them
SAME_NOUN = 4  # chains with the same noun weighed for a description
OTHERS = 10  # known ones of its kind weighed for a definite description
NOMINAL = frozenset({"name", "the", "this", "a", "own", "bare"})
DEFINITE = frozenset({"the", "this", "own"})
HUMAN = frozenset({"he", "she", "ze", "I", "we", "you", "one"})
FROM = frozenset({"PER", "ORG"})  # kinds that an adjective tells the country of
HUMAN_KINDS = frozenset({"", "PER"})


@dataclass(slots=True)
class Chain:
    """Referents that mean the same, with what is known of number, gender and kind."""

    number: int
    referents: list[Referent] = field(default_factory=list)
    told: bool = False  # whether the reporter speaks of it outside quotations
    subjects: int = 0
    gender: str = ""
    plural: bool = False
    kind: str = ""
    nouns: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    sorts: set[str] = field(default_factory=set)  # of organisations that never mean each other
    entities: tuple[str, ...] = ()
    origin: str = ""  # code of the country that it belongs to

    @property
    def last(self) -> Referent:
        """Return the referent that was added last."""
        return self.referents[-1]

    def add(self, referent: Referent) -> None:
        """Take in a referent and what it shows."""
        if not self.referents:
            self.plural = referent.number == "p"
        self.referents.append(referent)
        self.subjects += referent.subject
        self.told = self.told or referent.quotation < 0
        if referent.gender and (not self.gender or (self.gender == "n" and referent.form in HUMAN)):
            self.gender = referent.gender
        if not self.kind:
            human = referent.form in HUMAN and referent.number != "p"
            self.kind = "PER" if human else min(referent.kinds, default="")
        if referent.form in NOMINAL:
            self.nouns.update((referent.noun, *referent.titles))
        self.origin = self.origin or referent.origin
        if referent.rule:
            self.rules.add(referent.rule)
        if referent.sort:
            self.sorts.add(referent.sort)
        if referent.entities and not self.entities:
            self.entities = referent.entities


@dataclass
class Chains:
    """The chains of one document, in order of their first referent, and where each was last spoken of."""

    found: list[Chain] = field(default_factory=list)
    of_head: dict[int, Chain] = field(default_factory=dict)  # head token -> chain
    _of_entities: dict[tuple[str, ...], Chain] = field(default_factory=dict)
    _of_noun: dict[str, list[Chain]] = field(default_factory=dict)
    _of_kind: dict[str, dict[int, None]] = field(default_factory=dict)  # of known ones, the most recent last
    _recent: dict[int, None] = field(default_factory=dict)  # chain numbers, the most recent last

    def linked(self, referent: Referent) -> Chain | None:
        """Return the chain of what the linker says that a referent means."""
        return self._of_entities.get(referent.entities) if referent.entities else None

    def renamed(self, referent: Referent) -> Chain | None:
        """Return the chain that an apposition, predicate or fronted possessive says again.

        An apposition to a word that is no name may as well be the next of a list.
        """
        chain = self.of_head.get(referent.renames)
        if chain is None or (referent.kinds and chain.kind and chain.kind not in referent.kinds):
            return None
        predicate = referent.form in NOMINAL and chain.last.head == referent.renames
        return chain if chain.entities or (predicate and chain.last.subject) else None

    def join(self, referent: Referent, chain: Chain | None) -> Chain:
        """Add a referent to a chain, or to a new one, and return the chain."""
        if chain is None:
            chain = Chain(len(self.found))
            self.found.append(chain)
        chain.add(referent)
        self.of_head[referent.head] = chain
        if chain.entities:
            self._of_entities.setdefault(chain.entities, chain)
        for noun in (referent.noun, *referent.titles) if referent.form in NOMINAL else ():
            same = self._of_noun.setdefault(noun, [])
            if chain not in same[-SAME_NOUN:]:
                same.append(chain)
        known = self._of_kind.setdefault(chain.kind if chain.entities else "", {})
        for recent in (known, self._recent):
            recent.pop(chain.number, None)
            recent[chain.number] = None
        return chain

    def candidates(self, referent: Referent, voices: Sequence[int] = ()) -> list[Chain]:
        """Return the chains that a referent may belong to, the most recently mentioned first.

        `voices` are the numbers of chains to weigh however long ago they were spoken of.
        """
        if referent.form not in NOMINAL:
            narrator = referent.form in ("I", "we") and referent.quotation < 0
            near = {chain.number: chain for chain in self._nearest(referent, 0 if narrator else NEAREST)}
            near |= {number: self.found[number] for number in voices if number >= 0}
            allowed = [chain for chain in near.values() if agrees(referent, chain)]
            return sorted(allowed, key=lambda chain: -chain.last.head)
        found = {chain.number: chain for chain in self._of_noun.get(referent.noun, ())[-SAME_NOUN:]}
        for chain in (*self._known(referent), *self._nearest(referent, 1)):
            found.setdefault(chain.number, chain)
        allowed = [chain for chain in found.values() if agrees(referent, chain)]
        return sorted(allowed, key=lambda chain: -chain.last.head)

    def _known(self, referent: Referent) -> Iterator[Chain]:
        """Yield the last chains of known things of the kinds that a definite description may mean."""
        if referent.form in DEFINITE:
            for kind in sorted(referent.kinds):
                for number in islice(reversed(self._of_kind.get(kind, {})), OTHERS):
                    yield self.found[number]

    def _nearest(self, referent: Referent, count: int) -> Iterator[Chain]:
        for number in islice(reversed(self._recent), SEEN):
            if count == 0:
                return
            if agrees(referent, self.found[number]):
                count -= 1
                yield self.found[number]


def agrees(referent: Referent, chain: Chain) -> bool:
    """Tell whether number, gender and kind allow a referent in a chain, and no phrase holds the other."""
    last = chain.last
    if referent.first <= last.head <= referent.last or last.first <= referent.head <= last.last:
        return referent.form == "rel"
    if referent.number and (referent.number == "p") != chain.plural and not _spread(referent, chain):
        return False
    if {referent.gender, chain.gender} == {"m", "f"} or referent.barred & set(chain.entities):
        return False
    if referent.origin and chain.origin and referent.origin != chain.origin and chain.kind in FROM:
        return False
    if referent.form in HUMAN and chain.kind not in HUMAN_KINDS and referent.form not in ("we", "ze"):
        return False
    other_kind = bool(referent.kinds and chain.kind) and chain.kind not in referent.kinds
    return not (other_kind and referent.form in NOMINAL)


def _spread(referent: Referent, chain: Chain) -> bool:
    """Tell whether a body of people may be spoken of in the plural: `Het bedrijf ... ze`."""
    return referent.form in ("ze", "they", "their", "we") and chain.kind in ("ORG", "COUNTRY", "NORP")


Choose = Callable[[Referent, list[Chain]], Chain | None]


def chain_referents(
    referents: Iterable[Referent], chains: Chains, choose: Choose, voices: Callable[[Referent], Sequence[int]]
) -> Iterator[tuple[Referent, Chain]]:
    """Put each referent, given in reading order, into a chain, and yield it with the chain.

    What the linker knows stays together; for the others `choose` picks one of the candidates or None.
    """
    for referent in referents:
        if referent.entities:
            yield referent, chains.join(referent, chains.linked(referent))
        elif (same := chains.renamed(referent)) is not None:
            yield referent, chains.join(referent, same)
        else:
            candidates = chains.candidates(referent, voices(referent))
            yield referent, chains.join(referent, choose(referent, candidates))


def ordered(referents: Iterable[Referent], heard: Sequence[int]) -> list[Referent]:
    """Return referents in reading order: linked ones and the reporter's own words before the quotation beside them.

    `heard` is the token for each quotation up to which the reporter's words are read first.
    """

    def place(item: Referent) -> tuple[int, bool, int, bool]:
        at = max(item.head, item.renames)
        quoted = item.quotation >= 0 and not item.entities
        return heard[item.quotation] if quoted else at, quoted, at, item.renames > item.head

    return sorted(referents, key=place)

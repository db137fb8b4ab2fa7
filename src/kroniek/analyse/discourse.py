"""A document while its references are resolved: antecedents, referents, chains, and what was found."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from kroniek.analyse.antecedents import Antecedent, antecedents_of, compile_genders, quotation_at
from kroniek.analyse.binding import bound
from kroniek.analyse.chains import NOMINAL, Chains, ordered
from kroniek.analyse.coreference_pack import CoreferencePack, compile_coreference
from kroniek.analyse.ranking import Context
from kroniek.analyse.referents import Referent, find_referents
from kroniek.analyse.sieves import REPORT
from kroniek.analyse.speakers import Speakers
from kroniek.analyse.step import Resources
from kroniek.analyse.tree import Tree, tree_of
from kroniek.analyse.turns import Turns
from kroniek.model import Analysis, Entity, Link, Mention, Token

AROUND = 200  # antecedents that tell which country a report is about
REACH = 3  # sentences back that descriptions of pairs look


@dataclass
class Discourse:
    """A document while its references are resolved. `resolved`: head token -> entities."""

    analysis: Analysis
    tree: Tree
    pack: CoreferencePack
    antecedents: list[Antecedent]
    referents: list[Referent]
    speakers: Speakers
    entities: Mapping[str, Entity]
    chains: Chains = field(default_factory=Chains)
    found: list[tuple[Mention, Link]] = field(default_factory=list)
    resolved: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def before(self, index: int, sentence: int, reach: int = REACH) -> list[Antecedent]:
        """Return the antecedents before a token, at most `reach` sentences back, nearest last."""
        found = []
        for position in range(bisect_left(self.antecedents, index, key=lambda item: item.at) - 1, -1, -1):
            candidate = self.antecedents[position]
            if candidate.sentence < sentence - reach:
                break
            found.append(candidate)
        return found[::-1]

    def in_reading_order(self) -> list[Referent]:
        """Return the referents in the order in which they are resolved."""
        return ordered(self.referents, heard_after(self.analysis))

    def country_of(self, entity: str) -> str:
        """Return the country's entity id of a person, body or place, "" when it is not among the document's."""
        record = self.entities.get(entity)
        key = f"country:{record.country}" if record is not None and record.country else ""
        return key if key in self.entities else ""

    def country_at(self, index: int) -> tuple[str, ...]:
        """Return the country that the report is most about around a token: `de autoriteiten` are its own.

        Each mention of a country, or of a place, body or person of it, counts by its nearness.
        """
        weights: dict[str, float] = {}
        sentence = self.analysis.tokens[index].sentence
        last = bisect_left(self.antecedents, index, key=lambda item: item.at)
        for item in self.antecedents[max(0, last - AROUND) : last]:
            own = item.kind in ("COUNTRY", "CITY", "LOC")
            near = 1 / (1 + sentence - item.sentence) + 0.2
            for entity in item.entities:
                key = entity if item.kind == "COUNTRY" else self.country_of(entity)
                if key:
                    weights[key] = weights.get(key, 0.0) + near * (1.0 if own else 0.4)
        return (max(weights, key=lambda key: weights[key]),) if weights else ()

    def speaker_in(self, quotation: int) -> tuple[str, ...]:
        """Return the entities of who speaks in a quotation, () when nobody known does."""
        chain = self.chains.of_head.get(self.speakers.of_quotation(quotation))
        return chain.entities if chain is not None else ()

    def context(self) -> Context:
        """Return what the ranker looks at besides the chains."""
        turns = Turns(
            self.analysis.text, self.tree, self.analysis.quotations, self.speakers, self.chains.of_head
        )
        sayers = frozenset(item.head for item in self.referents if says(self.tree.tokens[item.head], self))
        return Context(
            self.tree, told_before(self.analysis), turns, self.chains.of_head, sayers,
            self.pack.words["people"], tuple(sorted(self.pack.words["person_endings"])), self.pack.documents,
            self.pack.words["kin"],
            {key: entity.name for key, entity in self.entities.items()},
            frozenset(head for head in sayers if says_more(self.tree.tokens[head], self)),
            counts=self._counts(),
        )  # fmt: skip

    def _counts(self) -> Counter[tuple[str, ...]]:
        """Return how many referents the linker gives the same entities, or have the same noun."""
        return Counter(
            item.entities or (item.noun,) for item in self.referents if item.entities or item.form in NOMINAL
        )


def says(token: Token, discourse: Discourse) -> bool:
    """Tell whether a word is where a source stands: after `volgens`, or subject of a verb of saying."""
    words, tree = discourse.pack.words, discourse.tree
    if any(child.text.lower() in words["cues_before"] for child in tree.children(token, "case")):
        return True
    subject: Token | None = token
    while subject is not None and subject.deprel.partition(":")[0] in ("appos", "flat"):
        subject = tree.head(subject)
    before = tree.tokens[token.index - 1].text.lower() if token.index else ""
    if before in words["cues_before"] or before in words["said"]:
        return True
    verb = tree.head(subject) if subject is not None and subject.deprel.startswith("nsubj") else None
    if verb is None or subject is None or tree.children(verb, "nsubj")[0].index != subject.index:
        return False  # of two subjects of one verb, the first speaks: `Kerry vertelde de president dat`
    return verb.text.lower() in words["said"] or tree.lemma(verb) in discourse.pack.saying


def says_more(token: Token, discourse: Discourse) -> bool:
    """Tell whether the subject of a verb of saying goes on speaking: `voegde hij toe`, `zei hij nog`."""
    tree, words = discourse.tree, discourse.pack.words
    verb = tree.head(token)
    if verb is None or not token.deprel.startswith("nsubj"):
        return False
    adverbs = (child.text.lower() for child in tree.children(verb, "advmod"))
    return tree.lemma(verb) in words["said_on"] or any(word in words["said_on_words"] for word in adverbs)


def told_before(analysis: Analysis) -> list[int]:
    """Return for each sentence how many sentences with words outside quotations stand before it."""
    found = []
    count = 0
    for sentence in analysis.sentences:
        found.append(count)
        words = analysis.tokens[sentence.first : sentence.last]
        count += any(
            word.upos != "PUNCT" and quotation_at(word.start, analysis.quotations) < 0 for word in words
        )
    return found


def heard_after(analysis: Analysis, *, report: int = REPORT) -> list[int]:
    """Return for each quotation the last token of the sentence around it or behind it, which tells who speaks.

    In a text of at most `report` words that is its last token: a report tells by itself what it is about.
    """
    starts = [token.start for token in analysis.tokens]
    last = len(starts) - 1
    if last < report:
        return [last] * len(analysis.quotations)
    behind = (min(bisect_left(starts, quotation.span.end), last) for quotation in analysis.quotations)
    return [analysis.sentences[analysis.tokens[index].sentence].last - 1 for index in behind]


def discourse_of(analysis: Analysis, resources: Resources) -> Discourse:
    """Return the discourse of a document before anything is resolved."""
    pack = resources.language.compiled(compile_coreference)
    genders = resources.language.compiled(compile_genders)
    tree = tree_of(analysis)
    antecedents = antecedents_of(analysis, tree, resources.knowledge, genders)
    referents = bound(find_referents(analysis, tree, pack, antecedents), tree)
    return Discourse(
        analysis, tree, pack, antecedents, referents, Speakers(analysis, referents, pack),
        {entity.id: entity for entity in analysis.entities},
    )  # fmt: skip

"""Step: what pronouns and descriptions refer to within a document.

A chain of precise sieves (Lee et al. 2013; for Dutch, van Cranenburgh 2019), each with a name: quoted
first persons, possessives with the subject of their clause, cataphora in leads, third persons with
agreement, pairs, descriptions seen beside a name, general descriptions. The first that decides wins.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from kroniek.analyse.antecedents import Antecedent, antecedents_of, compile_genders, quotation_at
from kroniek.analyse.coreference_pack import CoreferencePack, compile_coreference
from kroniek.analyse.descriptions import find_descriptions
from kroniek.analyse.speakers import Speakers
from kroniek.analyse.step import Layers, Resources, Step, per_document
from kroniek.analyse.tree import Tree, tree_of
from kroniek.knowledge import Knowledge
from kroniek.model import Analysis, Entity, EntityType, Link, Mention, MentionKind, Provenance, Span, Token

REACH = 3  # sentences back that a third-person pronoun looks
CLOSENESS = (1.0, 0.9, 0.65, 0.45)  # weight by distance in sentences: same, previous, ...
SUBJECT, SAME_CLAUSE, FIRST_SUBJECT, QUOTED = 0.3, 0.35, 0.1, -0.35


@dataclass
class Discourse:
    """A document while its references are resolved: antecedents in text order, and what was found."""

    analysis: Analysis
    tree: Tree
    pack: CoreferencePack
    knowledge: Knowledge
    antecedents: list[Antecedent]
    speakers: Speakers
    entities: Mapping[str, Entity]
    found: list[tuple[Mention, Link]] = field(default_factory=list)
    resolved: dict[int, tuple[str, ...]] = field(default_factory=dict)  # token index -> entities

    def before(self, index: int, sentence: int, reach: int = REACH) -> list[Antecedent]:
        """Return the antecedents before a token, at most `reach` sentences back, nearest last."""
        found = []
        for position in range(bisect_left(self.antecedents, index, key=lambda item: item.at) - 1, -1, -1):
            candidate = self.antecedents[position]
            if candidate.sentence < sentence - reach:
                break
            found.append(candidate)
        return found[::-1]

    def after(self, index: int, sentence: int) -> list[Antecedent]:
        """Return the antecedents after a token in its sentence."""
        first = bisect_left(self.antecedents, index, key=lambda item: item.at)
        last = bisect_left(self.antecedents, self.analysis.sentences[sentence].last, key=lambda item: item.at)
        return self.antecedents[first:last]

    def country_of(self, entity: str) -> str:
        """Return the country's entity id of a person or body, "" when it is not among the document's."""
        record = self.entities.get(entity)
        key = f"country:{record.country}" if record is not None and record.country else ""
        return key if key in self.entities else ""


def resolve_references(analysis: Analysis, resources: Resources) -> Layers:
    """Return the layers `references` and `coreferences` of one document."""
    pack = resources.language.compiled(compile_coreference)
    genders = resources.language.compiled(compile_genders)
    tree = tree_of(analysis)
    antecedents = antecedents_of(analysis, tree, resources.knowledge, genders)
    speakers = Speakers(analysis, antecedents, pack)
    discourse = Discourse(
        analysis,
        tree,
        pack,
        resources.knowledge,
        antecedents,
        speakers,
        {entity.id: entity for entity in analysis.entities},
    )
    taken = _taken(analysis)
    for token in analysis.tokens:
        if (kind := pack.pronouns.get(token.text.lower())) and token.upos in ("PRON", "DET", "X", "PROPN"):
            _resolve_pronoun(token, kind, discourse)
    for mention, entities, sieve in find_descriptions(discourse, taken):
        _add(discourse, mention, entities, sieve, 0.6)
    found = sorted(discourse.found, key=lambda item: item[0].span)
    return {
        "references": tuple(mention for mention, _ in found),
        "coreferences": tuple(link for _, link in found),
    }


def _taken(analysis: Analysis) -> frozenset[int]:
    """Return the starts of the head words that the actors step has linked."""
    linked = {link.mention for link in analysis.links}
    return frozenset(
        (mention.head or mention.span).start for mention in analysis.mentions if mention.id in linked
    )


def _add(discourse: Discourse, mention: Mention, entities: tuple[str, ...], sieve: str, score: float) -> None:
    discourse.found.append((mention, Link(mention.id, entities, score, sieve)))


def _resolve_pronoun(token: Token, kind: str, discourse: Discourse) -> None:
    for sieve, entities, score in _readings(token, kind, discourse):
        if entities:
            mention = Mention(
                token.span,
                MentionKind.PRONOUN,
                EntityType.PER,
                token.span,
                score,
                Provenance("coreference", sieve),
            )
            discourse.resolved[token.index] = entities
            _add(discourse, mention, entities, sieve, round(score, 3))
            return


def _readings(token: Token, kind: str, discourse: Discourse) -> Iterator[tuple[str, tuple[str, ...], float]]:
    """Yield (sieve, entities, score), the most precise sieve first; empty entities do not decide."""
    if kind in ("first", "first_plural"):
        yield from _first_person(token, kind, discourse)
        return
    wanted = _wanted(token, kind, discourse)
    if kind in ("his", "her", "their"):
        yield "pronoun.clause-subject", *_clause_subject(token, wanted, discourse)
        yield "pronoun.cataphora", *_cataphora(token, wanted, discourse)
    else:
        yield "pronoun.speaker", *_speaker_again(token, wanted, discourse)
    best = _best(token, wanted, discourse)
    sieve = "pronoun.plural" if "plural" in wanted else "pronoun.antecedent"
    yield (sieve, *best)


def _first_person(
    token: Token, kind: str, discourse: Discourse
) -> Iterator[tuple[str, tuple[str, ...], float]]:
    speaker = discourse.speakers.of_quotation(quotation_at(token.start, discourse.analysis.quotations))
    if not speaker:
        return
    if kind == "first":
        yield "pronoun.quoted-i", speaker, 0.8
    else:
        side = tuple(dict.fromkeys(discourse.country_of(entity) or entity for entity in speaker))
        yield "pronoun.quoted-we", side, 0.6


def _wanted(token: Token, kind: str, discourse: Discourse) -> frozenset[str]:
    """Return what a pronoun asks of its antecedent: masculine, feminine, plural, or any."""
    if kind == "she_or_they":
        return frozenset({"plural"}) if _plural_verb(token, discourse.tree) else frozenset({"feminine"})
    return frozenset({
        "masculine": {"masculine"}, "feminine": {"feminine"}, "plural": {"plural"},
        "his": {"masculine", "thing"}, "her": {"feminine", "thing"}, "their": {"plural"},
    }[kind])  # fmt: skip


def _plural_verb(token: Token, tree: Tree) -> bool:
    """Tell whether the verb of which `ze` is the subject is plural; without a tree, the next word decides."""
    verb = tree.head(token)
    if verb is None:
        return True
    finite = [verb, *tree.children(verb, "aux", "cop")]
    numbers = [word.feats for word in finite if "VerbForm=Fin" in word.feats]
    return not any("Number=Sing" in feats for feats in numbers)


def _agrees(candidate: Antecedent, wanted: frozenset[str], *, things: bool) -> bool:
    if "plural" in wanted:
        return candidate.plural or (things and candidate.kind in ("COUNTRY", "ORG", "NORP"))
    if candidate.plural:
        return False
    if candidate.kind != "PER":
        return things and "thing" in wanted and candidate.kind in ("COUNTRY", "ORG", "CITY")
    if "masculine" in wanted:
        return candidate.gender != "f"
    return candidate.gender != "m"


def _clause_subject(
    token: Token, wanted: frozenset[str], discourse: Discourse
) -> tuple[tuple[str, ...], float]:
    """The subject before a possessive in its own clause: `Lavrov sprak met zijn medewerkers`."""
    clause = _clause_with_subject(token, discourse.tree)
    if clause is None:
        return (), 0.0
    subjects = {word.index for word in discourse.tree.children(clause, "nsubj")}
    near = discourse.before(token.index, token.sentence, 0)
    relative = [index for index in subjects if "PronType=Rel" in discourse.analysis.tokens[index].feats]
    if relative:
        here = _before_relative(discourse.analysis.tokens[relative[0]], clause, near, discourse)
    else:
        here = [item for item in near if item.head in subjects]
    for candidate in here:
        if _agrees(candidate, wanted, things=True):
            return candidate.entities, 0.85
    return (), 0.0


def _before_relative(
    pronoun: Token, clause: Token, near: list[Antecedent], discourse: Discourse
) -> list[Antecedent]:
    """The name right before `die`, else what the clause hangs on: `Kerry, die met zijn ambtgenoot sprak`."""
    text = discourse.analysis.text
    beside = [
        item for item in near
        if item.mention.span.end <= pronoun.start
        and text[item.mention.span.end : pronoun.start].strip() in ("", ",")
    ]  # fmt: skip
    return beside or [item for item in near if item.head == clause.head]


def _clause_with_subject(token: Token, tree: Tree) -> Token | None:
    """Return the verb whose clause holds a word: the nearest with a subject, up over bare infinitives."""
    for word in tree.ancestors(token):
        if word.upos not in ("VERB", "AUX"):
            continue
        if tree.children(word, "nsubj"):
            return word
        if word.deprel.partition(":")[0] not in ("xcomp", "conj"):
            return None
    return None


def _speaker_again(
    token: Token, wanted: frozenset[str], discourse: Discourse
) -> tuple[tuple[str, ...], float]:
    """Who speaks goes on speaking: `..., aldus Kerry. Volgens hem ...`, `..., zegt hij`."""
    if not _speaks(token, discourse):
        return (), 0.0
    for candidate in reversed(discourse.before(token.index, token.sentence, 2)):
        if candidate.quotation < 0 and _agrees(candidate, wanted, things=False):
            if candidate.subject and candidate.sentence == token.sentence:
                return candidate.entities, 0.75
            head = discourse.analysis.tokens[candidate.head]
            if _speaks(head, discourse) or _speaks(discourse.analysis.tokens[candidate.at], discourse):
                return candidate.entities, 0.75
    return (), 0.0


def _speaks(token: Token, discourse: Discourse) -> bool:
    """Tell whether a word is where a source stands: after `volgens`, or subject of a verb of saying."""
    words = discourse.pack.words
    before = discourse.analysis.tokens[token.index - 1].text.lower() if token.index else ""
    if before in words["cues_before"]:
        return True
    if any(child.text.lower() in words["cues_before"] for child in discourse.tree.children(token, "case")):
        return True
    subject: Token | None = token
    while subject is not None and subject.deprel.partition(":")[0] in ("appos", "flat"):
        subject = discourse.tree.head(subject)
    verb = (
        discourse.tree.head(subject) if subject is not None and subject.deprel.startswith("nsubj") else None
    )
    return verb is not None and verb.text.lower() in words["said"]


def _cataphora(token: Token, wanted: frozenset[str], discourse: Discourse) -> tuple[tuple[str, ...], float]:
    """`In zijn toespraak heeft president Poetin gedreigd`: the subject that follows a fronted phrase."""
    sentence = discourse.analysis.sentences[token.sentence]
    if token.index - sentence.first > 4 or discourse.before(token.index, token.sentence, 0):
        return (), 0.0
    for candidate in discourse.after(token.index, token.sentence):
        if candidate.subject and _agrees(candidate, wanted, things=True):
            return candidate.entities, 0.75
    return (), 0.0


def _best(token: Token, wanted: frozenset[str], discourse: Discourse) -> tuple[tuple[str, ...], float]:
    """Return the best antecedent by nearness, grammatical place and agreement."""
    quotation = quotation_at(token.start, discourse.analysis.quotations)
    speaker = set(discourse.speakers.of_quotation(quotation)) if quotation >= 0 else set()
    scores: dict[tuple[str, ...], float] = {}
    for candidate in _candidates(token, wanted, discourse):
        if speaker and speaker >= set(candidate.entities):
            continue  # who speaks says `ik`, not `hij`
        score = _score(candidate, token, quotation, wanted, discourse)
        scores[candidate.entities] = max(score, scores.get(candidate.entities, 0.0))
    if not scores:
        return (), 0.0
    best = max(scores, key=lambda entities: scores[entities])
    return best, min(0.9, 0.5 * scores[best])


def _candidates(token: Token, wanted: frozenset[str], discourse: Discourse) -> Iterator[Antecedent]:
    near = discourse.before(token.index, token.sentence)
    governor = discourse.tree.head(token)
    for candidate in near:
        if not _agrees(candidate, wanted, things="plural" in wanted):
            continue
        head = discourse.analysis.tokens[candidate.head]
        if token.deprel in ("obj", "iobj", "obl") and governor is not None and head.head == governor.index:
            continue  # `hem` is not the subject of its own verb
        yield candidate
    if "plural" in wanted:
        yield from coordinated(near, discourse.analysis)


def _score(
    candidate: Antecedent, token: Token, quotation: int, wanted: frozenset[str], discourse: Discourse
) -> float:
    score = CLOSENESS[min(token.sentence - candidate.sentence, len(CLOSENESS) - 1)]
    if candidate.subject:
        score += SUBJECT
        if candidate.at - discourse.analysis.sentences[candidate.sentence].first <= 3:
            score += FIRST_SUBJECT
    if candidate.quotation >= 0 and candidate.quotation != quotation:
        score += QUOTED
    if candidate.gender and "plural" not in wanted:
        score += 0.05
    if "plural" in wanted and candidate.plural:
        score += 0.2
    return score + 0.001 * candidate.at / max(1, token.index)  # of equals, the nearer


def coordinated(near: list[Antecedent], analysis: Analysis) -> Iterator[Antecedent]:
    """Yield plural antecedents made of neighbours joined by `en` or a comma: `Kerry en Lavrov`."""
    for first, second in pairwise(near):
        between = analysis.text[first.mention.span.end : second.mention.span.start].strip()
        if (
            between in ("en", "en de", "en het", "and")
            and first.kind == second.kind
            and first.entities != second.entities
        ):
            yield Antecedent(
                Mention(Span(first.mention.span.start, second.mention.span.end), MentionKind.NOMINAL),
                first.at, first.head, first.sentence, (*first.entities, *second.entities), first.kind, True, "",
                first.subject, first.quotation,
            )  # fmt: skip


COREFERENCE = Step(
    "coreference",
    needs=("sentences", "tokens", "quotations", "mentions", "entities", "links"),
    gives=("references", "coreferences"),
    run=per_document(resolve_references),
)

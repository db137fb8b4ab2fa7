"""Step: who is meant by names, role phrases and groups, as of the report's date.

Gives the layers `mentions` (names, role phrases, groups), `entities` and `links`. Every link keeps
its score, the rule that made it and the candidates that were weighed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from kroniek.analyse.actor_pack import ActorPack, compile_actors
from kroniek.analyse.clusters import Named, cluster_names
from kroniek.analyse.groups import find_groups
from kroniek.analyse.linking import ACCEPT, Decision, Setting, as_entity, candidates_for, link_name, unknown
from kroniek.analyse.metonyms import ACTOR, reading
from kroniek.analyse.ministries import Ministries, find_ministries, portfolio_of
from kroniek.analyse.role_phrases import NameIndex, RolePhrase, find_role_phrases
from kroniek.analyse.roles import RoleResolver
from kroniek.analyse.step import Layers, Resources, Step, per_document
from kroniek.analyse.tree import tokens_in
from kroniek.knowledge import Knowledge
from kroniek.knowledge.store import in_term
from kroniek.model import Analysis, Entity, EntityType, Link, Mention, MentionKind, Provenance, Token

BEHIND = 4  # words after a body in which it may be said of where it is
MAX_COUNTRIES = 12  # countries that count as the report's setting, the most mentioned first
LEAD = 2  # sentences (a title and a lead) whose roles may be named later
NATIONALITY = frozenset({"adjective"})


@dataclass(frozen=True, slots=True)
class Found:
    """What the step collects: mentions with the decision on each."""

    mentions: tuple[Mention, ...]
    decisions: Mapping[str, Decision]


def find_actors(analysis: Analysis, resources: Resources) -> Layers:
    """Return the layers `mentions`, `entities` and `links` of one document."""
    pack = resources.language.compiled(compile_actors)
    ministries = find_ministries(analysis.tokens, analysis.names, pack)
    names = tuple(sorted((*analysis.names, *ministries), key=lambda mention: mention.span))
    setting = _setting(analysis, names, resources, pack)
    decisions = _renamed(_link_names(analysis, names, setting), setting)
    index = name_index(analysis, names)
    adjectives = nationalities(analysis, setting.knowledge)
    roles = _link_roles(analysis, index, adjectives, setting, decisions)
    groups = find_groups(analysis.tokens, index, adjectives, setting)
    mentions: dict[str, Mention] = {mention.id: mention for mention in names}
    for mention, decision in (*roles, *groups):
        if mention.id not in mentions:
            mentions[mention.id] = mention
            decisions[mention.id] = decision
    ordered = tuple(sorted(mentions.values(), key=lambda mention: (mention.span.start, -mention.span.end)))
    return _layers(Found(ordered, decisions), setting)


def publication_day(analysis: Analysis) -> str:
    """Return the day (or month) as of which roles are read: the likeliest when it was inferred, "" if unknown."""
    published = analysis.published
    if published.weights:
        return max(published.weights, key=lambda item: item[1])[0]
    return (published.value or "")[:10]


def _setting(analysis: Analysis, names: Sequence[Mention], resources: Resources, pack: ActorPack) -> Setting:
    knowledge = resources.knowledge
    counted: Counter[str] = Counter()
    for mention in names:
        if mention.type in (EntityType.GPE, EntityType.NORP, EntityType.ORG):
            for alias in knowledge.named(mention.span.of(analysis.text)):
                if alias.entity.startswith("country:"):
                    counted[alias.entity.removeprefix("country:")] += 1
                    break
                if alias.entity.startswith("org:") or alias.entity.startswith("place:"):
                    known = knowledge.entity(alias.entity)
                    if known is not None and known.country and known.prominence > 1:
                        counted[known.country] += 1
                        break
    countries = tuple(code for code, _ in counted.most_common(MAX_COUNTRIES))
    return Setting(knowledge, pack, resources.language.code, publication_day(analysis), countries)


def _link_names(analysis: Analysis, names: Sequence[Mention], setting: Setting) -> dict[str, Decision]:
    decisions: dict[str, Decision] = {}
    ministries = Ministries(setting)
    readings: dict[int, str] = {}
    starts = {mention.span.start: mention for mention in names}
    known = setting.knowledge.named
    for named in cluster_names(
        names, analysis.text, setting.pack, lambda name: bool(known(name)), partial(usually_called, setting)
    ):
        mention = named.mention
        decision = (
            _as_metonym(named, analysis, setting, readings)
            or _as_ministry(named, analysis, starts, setting, ministries)
            or _as_storm(named, analysis, setting)
            or _as_compound(named, setting)
            or _as_first_part(named, analysis, setting)
            or link_name(named.bare, named.fullest, mention.type or EntityType.MISC, setting)
        )
        decisions[mention.id] = decision
    return decisions


def usually_called(setting: Setting, surname: str, name: str) -> bool:
    """Tell whether somebody is usually called by a surname; whoever has that name, or "" for anybody."""
    called = {alias.entity for alias in setting.knowledge.named(surname) if alias.kind == "short"}
    return bool(called) and (
        not name or any(alias.entity in called for alias in setting.knowledge.named(name))
    )


def _renamed(decisions: Mapping[str, Decision], setting: Setting) -> dict[str, Decision]:
    """Read an old name as the new one where the report gives both: `voorheen het Nusra-Front`."""
    present = {entity.id for decision in decisions.values() for entity in decision.entities}
    found = dict(decisions)
    for key, decision in decisions.items():
        first = setting.knowledge.entity(decision.entities[0].id) if decision.entities else None
        successor = (
            setting.knowledge.entity(first.successor) if first and first.successor in present else None
        )
        if successor is not None:
            found[key] = Decision((as_entity(successor),), decision.score, "renamed", decision.candidates)
    return found


def _as_metonym(
    named: Named, analysis: Analysis, setting: Setting, readings: dict[int, str]
) -> Decision | None:
    """Read a capital or seat; the second of `Moskou en Washington` is read as the first."""
    mention = named.mention
    metonym = setting.knowledge.metonym(named.bare)
    if metonym is None or mention.type not in (
        EntityType.GPE,
        EntityType.FAC,
        EntityType.ORG,
        EntityType.LOC,
    ):
        return None
    words = tokens_in(analysis, mention.span)
    inherited = (
        readings.get(words[0].index - 2)
        if words and _after_and(words[0].index, analysis, setting.pack)
        else None
    )
    read, rule = (
        (inherited, "metonym.coordination") if inherited else reading(mention, analysis, setting, metonym)
    )
    if words:
        readings[words[-1].index] = read
    known = setting.knowledge.entity(metonym.target if read == ACTOR else metonym.place)
    if known is None or metonym.kind == "office":
        return None
    return Decision((as_entity(known),), 0.8, rule)


def _after_and(index: int, analysis: Analysis, pack: ActorPack) -> bool:
    return index > 1 and pack.is_word("and", analysis.tokens[index - 1].text.lower())


def _as_ministry(
    named: Named, analysis: Analysis, starts: Mapping[int, Mention], setting: Setting, ministries: Ministries
) -> Decision | None:
    if named.mention.type is not EntityType.ORG or portfolio_of(named.bare, setting.pack) is None:
        return None
    words = tokens_in(analysis, named.mention.span)
    first = words[0].index if words else 0
    if first > 1 and analysis.tokens[first - 2].text.lower() in setting.pack.ministries:
        first -= 2  # the name is `Buitenlandse Zaken` of `het Russische ministerie van Buitenlandse Zaken`
    before = analysis.tokens[max(0, first - 2) : first]
    adjectives = [token.text for token in before if is_nationality(token.text, setting.knowledge)]
    last = words[-1].index + 1 if words else len(analysis.tokens)
    behind = analysis.tokens[last : last + BEHIND]
    after = _named_behind(behind, analysis, starts, setting.pack)
    return ministries.link(
        named.bare, adjectives, after or _named_within(first, analysis, starts, setting.pack)
    )


def _named_within(index: int, analysis: Analysis, starts: Mapping[int, Mention], pack: ActorPack) -> str:
    """Return whose body it is by what stands behind its article: `het door Hamas geleide ministerie`."""
    tokens = analysis.tokens[max(0, index - BEHIND) : index]
    articles = (at for at, token in enumerate(tokens) if pack.is_word("articles", token.text.lower()))
    found = (starts.get(token.start) for token in tokens[max(articles, default=len(tokens)) :])
    named = (name for name in found if name is not None and name.type is not EntityType.NORP)
    return next((name.span.of(analysis.text) for name in named), "")


def _named_behind(
    tokens: Sequence[Token], analysis: Analysis, starts: Mapping[int, Mention], pack: ActorPack
) -> str:
    """Return the place that a body is said to be of: `in Brussel`, `van buurland Zuid-Soedan`."""
    if not tokens or not pack.is_word("links", tokens[0].text.lower()):
        return ""
    for token in tokens[1:]:
        name = starts.get(token.start)
        if name is not None and name.type is EntityType.GPE:
            return name.span.of(analysis.text)
        if token.upos in ("ADP", "VERB", "AUX", "PUNCT"):
            return ""
    return ""


def _as_first_part(named: Named, analysis: Analysis, setting: Setting) -> Decision | None:
    """Read a name that leaves its end to the one after the next word: `Noord- en Zuid-Korea`."""
    words = tokens_in(analysis, named.mention.span)
    first = named.mention.span.of(analysis.text)
    if not words or not first.endswith("-") or words[-1].index + 2 >= len(analysis.tokens):
        return None
    _, hyphen, ending = analysis.tokens[words[-1].index + 2].text.partition("-")
    whole = first + ending
    if not hyphen or not setting.knowledge.named(whole):
        return None
    return link_name(whole, whole, named.mention.type or EntityType.MISC, setting)


def _as_compound(named: Named, setting: Setting) -> Decision | None:
    """Link the name in front of a compound: `VS-collega`, `NAVO-top`, when the whole is no known name."""
    front, hyphen, rest = named.bare.partition("-")
    kind = named.mention.type
    if not hyphen or not rest[:1].islower() or kind not in (EntityType.ORG, EntityType.MISC, EntityType.GPE):
        return None
    if setting.knowledge.named(named.bare):
        return None
    candidates = candidates_for(front, kind, setting)
    if not candidates or candidates[0].score < ACCEPT:
        return None
    return Decision((as_entity(candidates[0].entity),), 0.7, "compound")


def _as_storm(named: Named, analysis: Analysis, setting: Setting) -> Decision | None:
    """`orkaan Rosa` is named `Hurricane Rosa` in English; the bare `Rosa` after it is the same storm."""
    if named.mention.type is not EntityType.EVENT:
        return None
    for dutch, english in setting.pack.words["hurricane"].items():
        if f"{dutch} {named.bare}".lower() in analysis.text.lower():
            return Decision((unknown(f"{english} {named.bare.split()[-1]}", EntityType.EVENT),), 0.6, "storm")
    return None


def name_index(analysis: Analysis, names: Iterable[Mention]) -> NameIndex:
    """Return the names by the tokens with which they begin and end."""
    starts: dict[int, tuple[Mention, int]] = {}
    ends: dict[int, tuple[Mention, int]] = {}
    for mention in names:
        words = tokens_in(analysis, mention.span)
        if words:
            starts[words[0].index] = (mention, words[-1].index + 1)
            ends[words[-1].index + 1] = (mention, words[0].index)
    return NameIndex(starts, ends)


def is_nationality(word: str, knowledge: Knowledge) -> bool:
    """Tell whether a word is an adjective of a country, region or people: `Russische`, `Turks-Syrische`."""
    if not word[:1].isupper():
        return False
    if any(alias.kind in NATIONALITY for alias in knowledge.named(word)):
        return True
    parts = word.split("-")
    return len(parts) == 2 and all(
        any(alias.kind in NATIONALITY for alias in knowledge.named(part.capitalize())) for part in parts
    )


def nationalities(analysis: Analysis, knowledge: Knowledge) -> dict[int, str]:
    """Return the nationality adjectives of a document by token index."""
    return {token.index: token.text for token in analysis.tokens if is_nationality(token.text, knowledge)}


def _link_roles(
    analysis: Analysis,
    index: NameIndex,
    adjectives: Mapping[int, str],
    setting: Setting,
    decisions: Mapping[str, Decision],
) -> list[tuple[Mention, Decision]]:
    resolver = RoleResolver(setting, analysis.tokens, index, decisions)
    phrases = {
        phrase.first: phrase for phrase in find_role_phrases(analysis.tokens, index, setting.pack, adjectives)
    }
    found = []
    for at in sorted({*phrases, *index.starts}):
        if at in phrases and (decision := resolver.resolve(phrases[at])) is not None:
            found.append((_role_mention(phrases.pop(at), analysis), decision))
        if at in index.starts:
            resolver.remember_offices(index.starts[at][0], at)
    for phrase in phrases.values():
        lead = analysis.tokens[phrase.first].sentence < LEAD
        if lead and (decision := resolver.resolve_ahead(phrase)) is not None:
            found.append((_role_mention(phrase, analysis), decision))
    return found


def _role_mention(phrase: RolePhrase, analysis: Analysis) -> Mention:
    head = analysis.tokens[phrase.noun_at].span
    return Mention(
        phrase.span, MentionKind.ROLE, EntityType.PER, head, 0.9, Provenance("actors", phrase.noun.rule)
    )


def _layers(found: Found, setting: Setting) -> Layers:
    entities: dict[str, Entity] = {}
    links = []
    for mention in found.mentions:
        decision = found.decisions.get(mention.id)
        if decision is None:
            continue
        for entity in decision.entities:
            entities.setdefault(entity.id, _in_service(entity, setting))
        links.append(
            Link(mention.id, tuple(entity.id for entity in decision.entities), round(decision.score, 3),
                 decision.reason, decision.candidates)
        )  # fmt: skip
    for country in _countries_of(list(entities.values()), setting):
        entities.setdefault(country.id, country)
    return {"mentions": found.mentions, "entities": tuple(entities.values()), "links": tuple(links)}


def _in_service(entity: Entity, setting: Setting) -> Entity:
    """Return a person who serves an organisation on that day as one of its people, not of a state's.

    `NAVO-chef Jens Stoltenberg` meets nobody on behalf of Norway.
    """
    if entity.type is not EntityType.PER or not entity.known or not setting.day:
        return entity
    offices = [
        term.office for term in setting.knowledge.offices_of(entity.id) if in_term(term.holding, setting.day)
    ]
    organisations = [office for office in offices if office.jurisdiction.startswith("org:")]
    if not organisations or len(organisations) < len(offices):
        return entity
    body = setting.knowledge.entity(organisations[0].jurisdiction)
    return replace(entity, sector=(body.sector if body else "") or "IGO")


def _countries_of(entities: Sequence[Entity], setting: Setting) -> Iterable[Entity]:
    """Yield the states of people in office and of places, though no word names them.

    `zijn land`, `we` and `de autoriteiten` may mean them.
    """
    for entity in entities:
        known = setting.knowledge.entity(f"country:{entity.country}") if entity.country else None
        if known is not None and entity.known and entity.type in (EntityType.PER, EntityType.GPE):
            yield as_entity(known)


ACTORS = Step(
    "actors",
    needs=("document", "published", "sentences", "tokens", "names"),
    gives=("mentions", "entities", "links"),
    run=per_document(find_actors),
)

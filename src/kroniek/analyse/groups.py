"""Actors without a name: `Syrische regeringstroepen`, `de rebellen`, with country and PLOVER sector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kroniek.analyse.actor_pack import ActorPack, GroupNoun
from kroniek.analyse.linking import ACCEPT, Decision, Setting, as_entity, candidates_for, unknown
from kroniek.analyse.role_phrases import NameIndex, is_attribute, joins_adjectives
from kroniek.knowledge import KnownEntity
from kroniek.model import Entity, EntityType, Mention, MentionKind, Provenance, Span, Token, content_id

POLICE = "COP"
MAX_BEFORE = 5  # words looked at before a group noun
LOCAL = frozenset({"REB", "OPP"})  # sectors of groups that are those of the land where they stand
MAX_PLACE = 7  # words of a phrase of place after a group noun


def find_groups(
    tokens: Sequence[Token], names: NameIndex, adjectives: Mapping[int, str], setting: Setting
) -> list[tuple[Mention, Decision]]:
    """Return the groups named by a noun, in text order, each with the actor that it is.

    One group (`De militie`) after the name of an organisation is left to coreference, which tells which.
    """
    found = []
    organisations = (at for at, (mention, _) in names.starts.items() if mention.type is EntityType.ORG)
    named = min(organisations, default=len(tokens))
    for index, token in enumerate(tokens):
        word, bearer = _parts(token.text)
        noun = setting.pack.groups.get(word)
        if noun is None or (bearer and noun.sector != "GOV"):
            continue
        first, owners, definite = _before(index, tokens, adjectives, setting.pack)
        last, after = (index + 1, bearer) if bearer else _after(index, tokens, names, setting.pack, noun)
        body = _is_body(last, names)
        if noun.sector in LOCAL and body:
            decision = _of_body(after, setting)
        else:
            alone = not definite or (named < index and "Number=Sing" in token.feats)
            around = (
                _country_around(index + 1, tokens, names, adjectives, setting) if noun.sector in LOCAL else ""
            )
            each = [
                (None if body else _force(tokens[first:index], token, noun, owner, after, setting))
                or _of_state(noun, owner or after, around, alone, setting)
                for owner in owners or ("",)
            ]
            decision = _together([one for one in each if one is not None])
        if decision is not None:
            found.append((_group(Span(tokens[first].start, tokens[last - 1].end), token, noun), decision))
    return found


def _together(decisions: Sequence[Decision]) -> Decision | None:
    """Return the groups of several states as one: `Amerikaanse en Russische diplomaten`."""
    if len(decisions) < 2:
        return next(iter(decisions), None)
    entities = dict.fromkeys(entity for decision in decisions for entity in decision.entities)
    return replace(decisions[0], entities=tuple(entities), score=min(one.score for one in decisions))


def _of_body(name: str, setting: Setting) -> Decision | None:
    """Return the organisation whose group it is: `de rebellen van M23` are M23; None for one that is not known."""
    body = next(iter(candidates_for(name, EntityType.ORG, setting)), None)
    known = body is not None and body.score >= ACCEPT
    return Decision((as_entity(body.entity),), 0.7, "group.of") if body is not None and known else None


def _force(
    before: Sequence[Token], token: Token, noun: GroupNoun, owner: str, after: str, setting: Setting
) -> Decision | None:
    """Return the police, prosecutors or firefighters of a state or a town, None for other groups."""
    found = national_force(before, token, noun, setting)
    found = found or local_force(noun, after or _town(owner, setting), setting)
    return Decision((found,), 0.7, "group.police-of") if found is not None else None


def _of_state(noun: GroupNoun, owner: str, around: str, alone: bool, setting: Setting) -> Decision | None:
    """Return the region or state that an owner, or the place around, says a group belongs to.

    `alone`: without either the group may be anybody's, and means nobody.
    """
    region = _region(owner, setting) if noun.sector == "GOV" else None
    if region is not None:
        return Decision((region,), 0.7, "group.region")
    country = _country(owner, setting) or around
    entity = None if alone and not country else group_entity(noun, country, setting)
    return Decision((entity,), 0.7, noun.rule) if entity is not None else None


def _parts(text: str) -> tuple[str, str]:
    """Return a noun in lower case, and the name that it bears: `regering-Maduro`; "" when it bears none."""
    noun, hyphen, bearer = text.partition("-")
    return (noun.lower(), bearer) if hyphen and bearer[:1].isupper() else (text.lower(), "")


def _group(span: Span, head: Token, noun: GroupNoun) -> Mention:
    return Mention(
        span, MentionKind.NOMINAL, EntityType.ORG, head.span, 0.8, Provenance("actors", noun.rule)
    )  # fmt: skip


def _is_body(last: int, names: NameIndex) -> bool:
    """Tell whether the name that ends here is an organisation: `de politie van de Lokale Zone Gent`."""
    return last in names.ends and names.ends[last][0].type is EntityType.ORG


def _region(owner: str, setting: Setting) -> Entity | None:
    """Return the region whose authorities are meant: `de Catalaanse autoriteiten`; None for a country's."""
    if not owner or setting.knowledge.metonym(owner) is not None:  # `de regering in Bagdad` is Iraq's
        return None
    known = next(iter(candidates_for(owner, EntityType.NORP, setting)), None)
    region = known is not None and known.score >= ACCEPT and known.entity.id.startswith("place:")
    return as_entity(known.entity) if known is not None and region else None


def _town(adjective: str, setting: Setting) -> str:
    """Return the town or region of an adjective, "" for a country's: `De Antwerpse politie`."""
    known = next(iter(candidates_for(adjective, EntityType.NORP, setting)), None) if adjective else None
    town = known is not None and known.score >= ACCEPT and known.entity.id.startswith("place:")
    return known.entity.name if known is not None and town else ""


def national_force(before: Sequence[Token], token: Token, noun: GroupNoun, setting: Setting) -> Entity | None:
    """Return the federal or national one of a state that the words before a noun tell: `de federale politie`.

    It has the name that the text gives it, and is of the report's first country.
    """
    level = next((word.text for word in before if setting.pack.is_word("national", word.text.lower())), "")
    if not level or not noun.local:
        return None
    name = f"{level.capitalize()} {token.text.lower()}"
    return unknown(name, EntityType.ORG, country=next(iter(setting.countries), ""), sector=noun.sector)


def local_force(noun: GroupNoun, place: str, setting: Setting) -> Entity | None:
    """Return the police, prosecutors or firefighters of a town or region; None for a country's.

    They are named as there: `de politie van Boston`. American forces are departments. A town that is
    not known is taken to lie in the report's first country.
    """
    if not place or not noun.local:
        return None
    known = next(iter(candidates_for(place, EntityType.GPE, setting)), None)
    if known is not None and known.score >= ACCEPT:
        if known.entity.id.startswith("country:"):
            return None
        name, country = known.entity.name, known.entity.country
        if country not in setting.countries:  # a namesake of the town that is meant
            country = next(iter(setting.countries), country)
    else:
        name, country = place, next(iter(setting.countries), "")
    ending = "Police Department" if country == "US" and noun.sector == POLICE else noun.local
    return unknown(f"{name} {ending}", EntityType.ORG, country=country, sector=noun.sector)


def group_entity(noun: GroupNoun, country: str, setting: Setting) -> Entity | None:
    """Return the actor that a group noun means: the state for its government, else its own.

    A state's army has an id of the state's with sector MIL. A group of no country gets an actor only
    when it is armed or political.
    """
    known = setting.knowledge.entity(country) if country else None
    if known is None:
        if noun.sector in ("GOV", "CVL", "COP", "LEG", "MIL", "JUD"):
            return None
        return Entity(content_id("group", noun.sector), noun.english, EntityType.ORG, sector=noun.sector)
    if noun.sector == "GOV":
        return as_entity(known)
    if noun.sector == "MIL":
        return _forces(noun, known, setting)
    name = f"{_english_adjective(known.id, known.name, setting)} {noun.english}"
    return Entity(f"{known.id}/{noun.sector}", name, EntityType.ORG, "", known.country, noun.sector)


def _forces(noun: GroupNoun, country: KnownEntity, setting: Setting) -> Entity:
    """Return a state's armed forces, or its navy or air force."""
    adjective = setting.pack.words["forces"].get(country.country)
    adjective = adjective or _english_adjective(country.id, country.name, setting)
    name = f"{adjective} {noun.english}"
    if noun.rule == "group.military":
        key = f"{country.id}/{noun.sector}"
        return Entity(key, name, EntityType.ORG, "", country.country, noun.sector, True)
    for candidate in candidates_for(name, EntityType.ORG, setting):
        if candidate.score >= ACCEPT and candidate.entity.sector == noun.sector:
            return as_entity(candidate.entity)
    return unknown(name, EntityType.ORG, country=country.country, sector=noun.sector)


def _english_adjective(key: str, name: str, setting: Setting) -> str:
    adjectives = [
        alias
        for alias in setting.knowledge.aliases_of(key)
        if alias.language == "en" and alias.kind == "adjective"
    ]
    return adjectives[0].surface if adjectives else name


def _before(
    index: int, tokens: Sequence[Token], adjectives: Mapping[int, str], pack: ActorPack
) -> tuple[int, tuple[str, ...], bool]:
    """Walk back from a group noun to its article: first token, whose group it is, with a definite article."""
    owners: list[str] = []
    at = index
    for _ in range(MAX_BEFORE):
        previous = at - 1
        if previous < 0 or tokens[previous].sentence != tokens[index].sentence:
            break
        word = tokens[previous].text.lower()
        if pack.is_word("definite", word) or pack.is_word("possessive", word):
            return previous, tuple(owners), pack.is_word("definite", word)
        if previous in adjectives:
            if not owners or joins_adjectives(at, tokens, adjectives, pack):
                owners.insert(0, adjectives[previous])
        elif tokens[previous].upos != "ADJ" and not (
            pack.is_word("modifiers", word)
            or pack.is_word("national", word)
            or joins_adjectives(previous, tokens, adjectives, pack)
        ):
            break
        at = previous
    return at, tuple(owners), False


def _after(
    index: int, tokens: Sequence[Token], names: NameIndex, pack: ActorPack, noun: GroupNoun
) -> tuple[int, str]:
    """Read `van Assad`, `van de VS` after a group noun: where it ends, and whose group it is.

    A town's police may also stand `in` or `uit` a town; a government may bear a name: `de regering-Trump`.
    """
    at = index + 1
    if at < len(tokens) and noun.sector == "GOV" and at in names.starts:
        mention, last = names.starts[at]
        if mention.type is EntityType.PER:
            return last, " ".join(token.text for token in tokens[at:last])
    if noun.local and at in names.starts and names.starts[at][0].type is EntityType.GPE:
        last = names.starts[at][1]  # `het parket Oost-Vlaanderen`
        return last, " ".join(token.text for token in tokens[at:last])
    links = ("van", "in", "uit") if noun.local else ("van", "in") if noun.sector == "GOV" else ("van",)
    if at >= len(tokens) - 1 or tokens[at].text.lower() not in links:
        return index + 1, ""
    at += 1
    while at < len(tokens) - 1 and pack.is_word("articles", tokens[at].text.lower()):
        at += 1
    if at not in names.starts or is_attribute(at, tokens, names):
        return index + 1, ""
    _, last = names.starts[at]
    return last, " ".join(token.text for token in tokens[at:last])


def _country_around(
    at: int, tokens: Sequence[Token], names: NameIndex, adjectives: Mapping[int, str], setting: Setting
) -> str:
    """Return the country of the place where a group stands: `rebellen in het zuiden van de Syrische stad X`."""
    if at >= len(tokens) or tokens[at].text.lower() not in {"in", "uit"}:
        return ""
    for index in range(at + 1, min(at + 1 + MAX_PLACE, len(tokens))):
        if tokens[index].sentence != tokens[at].sentence or tokens[index].upos in {"VERB", "AUX", "PUNCT"}:
            break
        if index in adjectives:
            return _country(adjectives[index], setting)
        if index in names.starts:
            _, last = names.starts[index]
            place = " ".join(token.text for token in tokens[index:last])
            known = next(iter(candidates_for(place, EntityType.GPE, setting)), None)
            if known is None or known.score < ACCEPT or not known.entity.country:
                return ""
            return f"country:{known.entity.country}"
    return ""


def _country(owner: str, setting: Setting) -> str:
    """Return the country that an owner belongs to: `Syrische`, `Rusland`, `Bagdad`, `Assad`; "" if none."""
    if not owner:
        return ""
    metonym = setting.knowledge.metonym(owner)
    if metonym is not None and metonym.target.startswith("country:"):
        return metonym.target
    for kind in (EntityType.NORP, EntityType.GPE, EntityType.PER):
        for candidate in candidates_for(owner, kind, setting)[:1]:
            key = candidate.entity.id
            if candidate.score >= 0.55 and key.startswith("country:"):
                return key
            if candidate.score >= 0.55 and kind is EntityType.PER and candidate.entity.country:
                return f"country:{candidate.entity.country}"
    return ""

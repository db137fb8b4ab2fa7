"""Whether a capital or seat is the place or who governs there: `Moskou weigert`, `in Moskou`.

The reading follows the words around it: prepositions, the noun before `van`, the verb after it
(Markert and Nissim 2007; the lists are in the language pack).
"""

from __future__ import annotations

from collections.abc import Sequence

from kroniek.analyse.actor_pack import ActorPack
from kroniek.analyse.linking import Setting
from kroniek.analyse.tree import tokens_in
from kroniek.knowledge import Metonym
from kroniek.model import Analysis, Mention, Token, ZoneKind

PLACE, ACTOR = "place", "actor"
NEAR = 20  # words around a verb in which its particle stands


def reading(mention: Mention, analysis: Analysis, setting: Setting, metonym: Metonym) -> tuple[str, str]:
    """Return "place" or "actor" for a seat or capital, and the rule that says so."""
    pack, words = setting.pack, tokens_in(analysis, mention.span)
    if not words:
        return PLACE, "metonym.default"
    before = analysis.tokens[max(0, words[0].index - 3) : words[0].index]
    after = analysis.tokens[words[-1].index + 1 : words[-1].index + 3]
    return (
        _by_dateline(words, analysis)
        or _by_visit(words[-1], analysis, pack)
        or _by_preposition(before, pack)
        or _by_syntax(words[-1], analysis, pack)
        or _by_verb_after(before, after, pack, words[-1])
        or _by_possessive(mention, analysis, after)
        or _by_subject_matter(metonym, setting)
    )


def _by_dateline(words: Sequence[Token], analysis: Analysis) -> tuple[str, str] | None:
    """Where a report was written is a place: `MOSKOU (ANP) - `, `Moskou, 12 mei. `, a line of its own."""
    if words[0].sentence >= len(analysis.sentences):
        return None
    sentence = analysis.sentences[words[0].sentence]
    zone = analysis.zones[sentence.zone].kind if sentence.zone < len(analysis.zones) else None
    here = (PLACE, "metonym.dateline")
    if zone is ZoneKind.HEADER:
        return here
    opening = analysis.tokens[sentence.first : words[0].index]
    if any(token.text != "/" and token.upos != "PROPN" for token in opening):
        return None
    after = [token.text for token in analysis.tokens[words[-1].index + 1 : sentence.last]]
    alone = not after and zone in (ZoneKind.HEADING, ZoneKind.PARAGRAPH)
    dated = after[:1] == [","] and len(after) > 1 and after[1].isdigit()
    return here if alone or dated or after[:1] in (["-"], ["–"], ["—"], ["/"]) else None


def _by_subject_matter(metonym: Metonym, setting: Setting) -> tuple[str, str]:
    """Without a sign either way, the capital of one of the states that a report is about is that state."""
    among = metonym.target.removeprefix("country:") in setting.countries[:4] and len(setting.countries) > 1
    return (ACTOR if among or metonym.office else PLACE), "metonym.default"


def _by_visit(head: Token, analysis: Analysis, pack: ActorPack) -> tuple[str, str] | None:
    """What is visited, reached, left or shelled is the place, who is warned or accused acts.

    `heeft Havana bezocht`, `trok Damascus binnen`; `De VS waarschuwen Moskou`.
    """
    if head.deprel.partition(":")[0] not in ("obj", "obl", "nsubj") or head.head == head.index:
        return None
    verb = analysis.tokens[head.head]
    if head.deprel.startswith("nsubj") and head.deprel != "nsubj:pass":
        return None
    near = analysis.tokens[max(0, verb.index - NEAR) : verb.index + NEAR]
    particle = next(
        (word for word in near if word.head == verb.index and word.deprel == "compound:prt"), None
    )
    lemma = (particle.text.lower() if particle is not None else "") + verb.lemma.replace("_", "")
    if head.deprel.partition(":")[0] == "obj" and lemma in pack.metonym["addressed"]:
        return ACTOR, "metonym.addressed"
    return (PLACE, "metonym.visited") if lemma in pack.metonym["visited"] else None


def _by_preposition(before: Sequence[Token], pack: ActorPack) -> tuple[str, str] | None:
    words = [token.text.lower() for token in before if token.text.lower() not in pack.words["articles"]]
    if not words:
        return None
    last = words[-1]
    if last in pack.metonym["place_before"] or " ".join(words[-2:]) in pack.metonym["place_before"]:
        return PLACE, "metonym.place-preposition"
    if last == "op" and any(word.endswith(tuple(pack.metonym["aimed"])) for word in words[:-1]):
        return PLACE, "metonym.aimed"
    if last == "van" and len(words) > 1:
        return (ACTOR if words[-2] in pack.metonym["actor_of"] else PLACE), "metonym.of"
    if last in pack.metonym["actor_before"] or last in pack.metonym["finite"]:
        return ACTOR, "metonym.actor-preposition"
    return None


def _by_syntax(head: Token, analysis: Analysis, pack: ActorPack) -> tuple[str, str] | None:
    """A subject of a verb that only people do is an actor; a conjunct is read as the first one is."""
    if head.deprel.startswith("nsubj") and head.head != head.index:
        verb = analysis.tokens[head.head]
        if verb.lemma.replace("_", "") in pack.metonym["verbs"] and verb.upos == "VERB":
            return ACTOR, "metonym.subject"
    if head.deprel in ("obl:agent",):
        return ACTOR, "metonym.agent"
    return None


def _by_verb_after(
    before: Sequence[Token], after: Sequence[Token], pack: ActorPack, word: Token
) -> tuple[str, str] | None:
    if not after or after[0].sentence != word.sentence:
        return None
    following = after[0].text.lower()
    if following in pack.words["and"] or following == ",":
        following = ""
    opening = (
        not before or before[-1].sentence != word.sentence or before[-1].text.lower() in pack.words["and"]
    )
    if following in pack.metonym["finite"] and (opening or before[-1].upos != "ADP"):
        return ACTOR, "metonym.verb"
    return None


def _by_possessive(mention: Mention, analysis: Analysis, after: Sequence[Token]) -> tuple[str, str] | None:
    end = mention.span.end
    genitive = analysis.text[end : end + 1] == "s"  # `Washingtons aanpak`: the name ends inside its word
    if (
        genitive
        or mention.span.of(analysis.text).endswith(("'s", "’s"))
        or (after and after[0].text in ("'s", "’s"))
    ):
        return ACTOR, "metonym.possessive"
    return None

"""Whether a speaker is the right one: told by the knowledge base where it has the thing, else by mentions.

The English name that gold gives somebody who is not in the knowledge base (`Federal Police`) is the
annotator's own; a machine that has the text's words (`Federale politie`) may mean the very same. As in
TAC-KBP's entity linking (Ji et al. 2014), what both sides leave unlinked is compared as clusters: the
found entity is the gold one when most of the mentions of either are mentions of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kroniek.evaluate.accepted import AcceptedNames
from kroniek.evaluate.gold import GoldAttribution, GoldDocument
from kroniek.evaluate.matching import dice, match
from kroniek.model import Span

Mention = tuple[Span, str | None]
Statements = tuple[GoldAttribution, GoldAttribution]


@dataclass(frozen=True)
class SpeakerJudge:
    """Tells whether found speakers are the gold ones, in one document.

    `mentions` pairs the actor of each gold mention with the actor found there, None for none.
    """

    accepted: AcceptedNames
    mentions: tuple[tuple[str | None, str | None], ...]

    def same(self, wanted: str | None, found: str | None) -> bool:
        """Tell whether a found actor is the gold one: as known, or where neither is known by mentions."""
        if not wanted or not found:
            return False
        known, answer = self.accepted.keys_of(wanted), self.accepted.keys_of(found)
        if known or answer:
            return self.accepted.same(found, wanted) or not known.isdisjoint(answer)
        of_wanted = [pair for pair in self.mentions if self.accepted.same(pair[0], wanted)]
        of_found = [pair for pair in self.mentions if self.accepted.same(pair[1], found)]
        both = sum(self.accepted.same(pair[1], found) for pair in of_wanted)
        return 2 * both > max(len(of_wanted), len(of_found))


def judge_of(
    gold: GoldDocument, found: GoldDocument, pairs: Sequence[Statements], accepted: AcceptedNames
) -> SpeakerJudge:
    """Return the judge of a document; `pairs` are its gold statements with the found ones.

    All gold names count, and of the sources those of paired statements: whether a statement was found
    at all is another measure's.
    """
    wanted = _mentions(
        [(name.span, name.actor) for name in gold.names], [item for item, _ in pairs], accepted
    )
    answers = _mentions([(name.span, name.actor) for name in found.names], found.attributions, accepted)
    answered = {left: right[1] for left, right in match(wanted, answers, _likeness)}
    return SpeakerJudge(accepted, tuple((item[1], answered.get(item)) for item in wanted))


def _mentions(
    names: Sequence[Mention], statements: Iterable[GoldAttribution], accepted: AcceptedNames
) -> list[Mention]:
    """Return names and sources, each once; a source that holds a name of its actor is told by that name."""
    found: dict[Mention, None] = dict.fromkeys(names)
    for item in statements:
        source = item.source
        if source is None or not item.actor:
            continue
        named = any(source.covers(span) and accepted.same(actor, item.actor) for span, actor in names)
        if not named:
            found.setdefault((source, item.actor))
    return list(found)


def _likeness(left: Mention, right: Mention) -> float:
    return dice([left[0]], [right[0]])

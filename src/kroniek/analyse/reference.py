"""Which entities words mean: from a span through its mentions, links and coreference to entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kroniek.analyse.phrases import is_one_of_a_people, is_people
from kroniek.analyse.tree import Tree, tokens_in, tree_of
from kroniek.model import Analysis, Entity, EntityType, Link, Mention, Span, Token


@dataclass(frozen=True)
class References:
    """A document's mentions with the entities that they mean, in text order; see `references_of`."""

    mentions: tuple[Mention, ...]
    entities: dict[str, Entity]
    _links: dict[str, Link]

    def of_mention(self, mention: Mention) -> tuple[str, ...]:
        """Return the entity ids of a mention, () when it was not resolved."""
        link = self._links.get(mention.id)
        return link.entities if link else ()

    def within(self, span: Span) -> list[Mention]:
        """Return the resolved mentions that lie in a span, outermost only, in text order."""
        from bisect import bisect_left

        found: list[Mention] = []
        begin = bisect_left(self.mentions, span.start, key=lambda mention: mention.span.start)
        for mention in self.mentions[begin:]:
            if mention.span.start >= span.end:
                break
            inside = span.covers(mention.span) and self.of_mention(mention)
            if inside and not (found and found[-1].span.covers(mention.span)):
                found.append(mention)
        return found

    def of_head(self, head: Span, phrase: Span) -> tuple[str, ...]:
        """Return the entities of the mention that a phrase's head word belongs to.

        `head` is the span of the head word, `phrase` that of the whole phrase. The longest mention
        that holds the head word wins; without one, () : a name elsewhere in the phrase is not it.
        """
        holding = [
            mention for mention in self.mentions_over(head)
            if self.of_mention(mention) and mention.span.overlaps(phrase)
        ]  # fmt: skip
        return self.of_mention(max(holding, key=lambda mention: len(mention.span))) if holding else ()

    def mentions_over(self, span: Span) -> list[Mention]:
        """Return the mentions that overlap a span, in text order."""
        from bisect import bisect_left

        # Mentions are short: none that overlaps begins more than 200 characters before.
        begin = bisect_left(self.mentions, span.start - 200, key=lambda mention: mention.span.start)
        found = []
        for mention in self.mentions[begin:]:
            if mention.span.start >= span.end:
                break
            if mention.span.overlaps(span):
                found.append(mention)
        return found

    def name(self, entity: str) -> str:
        """Return an entity's canonical name, or the id itself when it is not of this document."""
        return self.entities[entity].name if entity in self.entities else entity

    def names(self, entities: Iterable[str]) -> tuple[str, ...]:
        """Return the canonical names of entities."""
        return tuple(self.name(entity) for entity in entities)


def named_beside(references: References, tree: Tree, head: Token) -> tuple[str, ...]:
    """Return the entities of the name that stands beside a title or description.

    `de krant de Telegraaf`, `minister Jansen`: the name hangs on the common noun without a preposition.
    """
    for child in tree.children(head, "appos", "flat", "compound", "nmod"):
        owner = child.deprel == "nmod:poss"  # `zijn vriendin` is not he
        if not owner and not tree.children(child, "case"):
            entities = references.of_head(child.span, child.span)
            if entities:
                return entities
    return ()


def references_of(analysis: Analysis) -> References:
    """Return all mentions of a document (names, roles, pronouns) with what they mean.

    Make it once for each document and step. Coreference speaks where linking did not. Who is called
    by a people's name (`De Portugees`) is that person or nobody known, not the people's state.
    """
    links = {link.mention: link for link in (*analysis.coreferences, *analysis.links) if link.entities}
    for mention in _persons_by_people(analysis, links):
        del links[mention]
    mentions = sorted(
        {mention.id: mention for mention in (*analysis.references, *analysis.mentions)}.values(),
        key=lambda mention: (mention.span.start, -mention.span.end),
    )
    return References(tuple(mentions), {entity.id: entity for entity in analysis.entities}, links)


def _persons_by_people(analysis: Analysis, links: Mapping[str, Link]) -> list[str]:
    """Return the ids of the names of peoples that stand for one person."""
    peoples = [
        mention
        for mention in analysis.mentions
        if mention.type is EntityType.NORP
        and mention.id in links
        and is_people(links[mention.id].entities[0], mention.span.of(analysis.text))
    ]
    tree = tree_of(analysis) if peoples else None
    return [
        mention.id
        for mention in peoples
        if tree and is_one_of_a_people(mention, tokens_in(analysis, mention.span), tree)
    ]

"""Ministries: `het Amerikaanse ministerie van Buitenlandse Zaken`, and bare `Buitenlandse Zaken`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kroniek.analyse.actor_pack import ActorPack, Portfolio
from kroniek.analyse.linking import ACCEPT, Decision, Setting, as_entity, candidates_for, unknown
from kroniek.model import Entity, EntityType, Mention, MentionKind, Provenance, Span, Token


@dataclass
class Ministries:
    """Resolves the ministries of one document in text order, and remembers them by portfolio."""

    setting: Setting
    last: dict[str, Entity] = field(default_factory=dict)

    def link(self, name: str, before: Sequence[str], after: str) -> Decision | None:
        """Return the ministry that a name means, or None when the name is no ministry.

        `before`: the surfaces of nationality adjectives directly before it, nearest last. `after`: the
        country or capital named behind it, "" for none: `Buitenlandse Zaken in Brussel`.
        """
        portfolio = portfolio_of(name, self.setting.pack)
        if portfolio is None:
            return None
        own = before[-1] if before else self._adjective(self._country_of(after)) if after else ""
        if own:
            entity = self._of(own, name, portfolio)
        else:
            entity = self.last.get(portfolio.role) or self._of_context(name, portfolio)
        if entity is None:
            return None
        self.last[portfolio.role] = entity
        return Decision((entity,), 0.8 if own else 0.65, "ministry")

    def _of(self, adjective: str, name: str, portfolio: Portfolio) -> Entity | None:
        ministry = (
            name
            if any(word in name.lower() for word in self.setting.pack.ministries)
            else f"ministerie van {name}"
        )
        for known in candidates_for(f"{adjective} {ministry}", EntityType.ORG, self.setting):
            if known.score >= ACCEPT:
                return as_entity(known.entity)
        countries = candidates_for(adjective, EntityType.NORP, self.setting)
        if not countries or countries[0].score < ACCEPT:
            return None
        country = countries[0].entity
        return unknown(
            f"{portfolio.english} of {country.name}", EntityType.ORG, country=country.country, sector="GOV"
        )

    def _of_context(self, name: str, portfolio: Portfolio) -> Entity | None:
        """The country that the document is about most decides: its first mentioned one."""
        adjective = self._adjective(next(iter(self.setting.countries), ""))
        return self._of(adjective, name, portfolio) if adjective else None

    def _country_of(self, name: str) -> str:
        """Return the code of the country that a name is, is the capital of or acts in; "" for other places."""
        metonym = self.setting.knowledge.metonym(name)
        if metonym is not None:
            place = self.setting.knowledge.entity(metonym.place)
            return place.country if place is not None else ""
        for kind in (EntityType.GPE, EntityType.ORG):
            found = candidates_for(name, kind, self.setting)
            known = found[0].entity if found and found[0].score >= ACCEPT else None
            if known is not None and known.id.startswith(("country:", "org:")):
                return known.country
        return ""

    def _adjective(self, code: str) -> str:
        """Return the inflected adjective of a country, "" when there is none: `Russische`."""
        aliases = self.setting.knowledge.aliases_of(f"country:{code}") if code else ()
        return next((it.surface for it in aliases if it.kind == "adjective" and it.surface.endswith("e")), "")


def find_ministries(tokens: Sequence[Token], taken: Sequence[Mention], pack: ActorPack) -> list[Mention]:
    """Return the ministries that no name covers: `ministerie van Buitenlandse Zaken`, `Buitenlandse Zaken`."""
    covered = {offset for mention in taken for offset in range(mention.span.start, mention.span.end)}
    found = []
    for index, token in enumerate(tokens):
        if token.start in covered:
            continue
        word = token.text.lower()
        if word in pack.ministries:
            last = _portfolio_end(index + 2, tokens, pack, 1) if _text(tokens, index + 1) == "van" else 0
        else:
            after_link = index > 0 and pack.is_word("links", tokens[index - 1].text.lower())
            last = (
                0
                if after_link or not word[:1].isalpha() or word == token.text
                else _portfolio_end(index, tokens, pack, 2)
            )
        if last and tokens[last - 1].start not in covered:
            span = Span(token.start, tokens[last - 1].end)
            found.append(
                Mention(span, MentionKind.NAME, EntityType.ORG, span, 0.7, Provenance("actors", "ministry"))
            )
            covered.update(range(span.start, span.end))
    return found


def _portfolio_end(first: int, tokens: Sequence[Token], pack: ActorPack, least: int) -> int:
    """Return the token after the portfolio that begins at `first`, 0 when none of `least` words does."""
    for length in range(4, least - 1, -1):
        words = tuple(token.text.lower() for token in tokens[first : first + length])
        if len(words) == length and words in pack.portfolios:
            return first + length
    return 0


def _text(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].text.lower() if index < len(tokens) else ""


def portfolio_of(name: str, pack: ActorPack) -> Portfolio | None:
    """Return the field of government that a ministry's name states, or None."""
    words = name.lower().split()
    if words and words[0] in pack.ministries:
        words = words[2:] if len(words) > 1 and words[1] == "van" else words[1:]
    elif len(words) < 2:
        return None  # `Defensie`, `Justitie`: too often a word of its own
    return pack.portfolios.get(tuple(words))

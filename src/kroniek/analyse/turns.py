"""Who talks to whom: the turns of a conversation, as far as they are known while the text is read.

A speaker is named beside a quotation, says `ik` in it, or follows from the turns: who was spoken to
answers, and two people take turns (Elson and McKeown 2010; Muzny and others 2017).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kroniek.analyse.chains import Chain
from kroniek.analyse.referents import Referent
from kroniek.analyse.speakers import Speakers
from kroniek.analyse.tree import Tree, is_relation
from kroniek.model import Quotation

TALK = 400  # characters between two quotations from which on they are no conversation
BACK = 5  # turns looked back for who takes turns
EDGES = frozenset({",", "!", "?", ".", "...", "....", '"', "”", "“", "'", "‘", "’", "-", "–", "„", ";", ":"})
ARGUMENTS = ("nsubj", "obj", "iobj", "obl", "nmod", "conj", "case")
TO = frozenset({"tegen", "tot", "aan"})
WORD = re.compile(r"\w")
Voice = tuple[int, str, str]  # chain number, its feature for that chain and for others


@dataclass
class Turns:
    """The turns of a document. `spoken`, `addressed`, `plain` are filled while it is read; see `note`."""

    text: str
    tree: Tree
    quotations: Sequence[Quotation]
    speakers: Speakers
    chain_of: Mapping[int, Chain]  # head token -> chain
    spoken: dict[int, int] = field(default_factory=dict)  # quotation, -1 outside -> chain of `ik`
    addressed: dict[int, int] = field(default_factory=dict)  # quotation -> chain of `je` or a vocative
    plain: dict[str, int] = field(default_factory=dict)  # `ik`, `we`, `je` outside quotations -> chain
    _order: list[int] = field(default_factory=list)  # quotations of speech that stand in no other one
    _introduced: dict[int, int] = field(default_factory=dict)  # head token -> first quotation it speaks

    def __post_init__(self) -> None:
        """Find the turns and who introduces them."""
        end = -1
        for index, quotation in enumerate(self.quotations):
            if quotation.speech and quotation.span.start >= end:
                self._order.append(index)
                end = quotation.span.end
                head = self.speakers.beside(index)
                if head >= 0:
                    self._introduced.setdefault(head, index)

    def step(self, quotation: int, steps: int) -> int:
        """Return the quotation so many before (below 0: after) one, -1 when there is none."""
        place = bisect_left(self._order, quotation) - steps
        return self._order[place] if 0 <= place < len(self._order) else -1

    def introduced(self, head: int) -> int:
        """Return the first quotation beside which a word names the speaker, -1 when there is none."""
        return self._introduced.get(head, -1)

    def named(self, quotation: int) -> int:
        """Return the chain of who is named beside a quotation, -1 when nobody is."""
        return self._number(self.speakers.beside(quotation))

    def going_on(self, quotation: int) -> int:
        """Return the chain of who speaks in a quotation or goes on from those right before it, or -1."""
        return self._number(self.speakers.of_quotation(quotation))

    def _number(self, head: int) -> int:
        chain = self.chain_of.get(head)
        return chain.number if chain is not None else -1

    def speaks(self, quotation: int) -> int:
        """Return the chain of who speaks in a quotation, as named beside it or said in it; or -1."""
        if quotation < 0:
            return -1
        named = self.named(quotation)
        return named if named >= 0 else self.spoken.get(quotation, -1)

    def hears(self, quotation: int) -> int:
        """Return the chain of who is spoken to in a quotation: `je`, a vocative, `zei hij tegen haar`; or -1."""
        if quotation < 0:
            return -1
        found = self.addressed.get(quotation, -1)
        return found if found >= 0 else self._told_to(self.speakers.beside(quotation))

    def _told_to(self, head: int) -> int:
        verb = self.tree.head(self.tree.tokens[head]) if head >= 0 else None
        for child in self.tree.children(verb, "iobj", "obj", "obl") if verb is not None else ():
            case = self.tree.child(child, "case")
            said_to = case is None or case.text.lower() in TO
            if child.index in self.chain_of and child.index != head and said_to:
                return self.chain_of[child.index].number
        return -1

    def near(self, quotation: int, other: int) -> bool:
        """Tell whether two quotations, the later one first, are parts of one conversation."""
        return other >= 0 and self.quotations[quotation].span.start - self.quotations[other].span.end < TALK

    def told_between(self, quotation: int, other: int) -> bool:
        """Tell whether the reporter says something between two quotations, the later one first."""
        start, end = self.quotations[other].span.end, self.quotations[quotation].span.start
        return WORD.search(self.text, start, end) is not None

    def likely(self, quotation: int) -> int:
        """Return the chain of who most likely speaks, by the turns when nothing says so; or -1."""
        here = quotation
        for _ in range(BACK):
            known = self.speaks(here)
            if known >= 0:
                return known
            before = self.step(here, 1)
            if before < 0 or not self.near(here, before):
                return -1
            if self.told_between(here, before):
                here = before
                continue
            heard = self.hears(before)
            if heard >= 0:
                return heard
            here = self.step(before, 1)
            if here < 0 or not self.near(before, here):
                return -1
        return -1

    def voices(self, referent: Referent) -> list[int]:
        """Return the chains that a first or second person may mean: the narrator, or who talk here."""
        if referent.form not in ("I", "we", "you"):
            return []
        here = referent.quotation
        if here < 0:
            return [self.plain.get(referent.form, -1)]
        near = [self.speaks(here), self.going_on(here), self.hears(here)]
        for steps in (1, 2, -1):
            other = self.step(here, steps)
            near += [self.speaks(other), self.hears(other)]
        return list(dict.fromkeys([*near, self.spoken.get(-1, -1)]))

    def note(self, referent: Referent, chain: Chain) -> None:
        """Remember whom `ik` and `je` meant in a quotation, or outside (-1), and whom a vocative named."""
        here = referent.quotation
        if here < 0 and referent.form in ("I", "we", "you"):
            self.plain[referent.form] = chain.number
        if referent.form == "I":
            self.spoken[here] = chain.number
        elif referent.form == "you":
            self.addressed[here] = chain.number
        elif here >= 0 and self.is_vocative(referent):
            self.addressed.setdefault(here, chain.number)

    def is_vocative(self, referent: Referent) -> bool:
        """Tell whether a phrase in a quotation calls somebody: `Kom, Els!`."""
        tokens = self.tree.tokens
        if referent.form not in ("name", "bare", "own", "the") or referent.number == "p":
            return False
        if is_relation(tokens[referent.head], *ARGUMENTS):
            return False
        before, after = referent.first - 1, referent.last + 1
        opened = before < 0 or tokens[before].text in EDGES or tokens[before].sentence != referent.sentence
        return opened and (after >= len(tokens) or tokens[after].text in EDGES)


def voices_of(referent: Referent, turns: Turns) -> list[Voice]:
    """Return who speaks and is spoken to, here and in the quotations around, with the feature of each."""
    found = [(turns.spoken.get(-1, -1), "narrates", "")]
    quotation = referent.quotation
    if quotation < 0:
        found.append((turns.plain.get(referent.form, -1), "meant before", "other meant before"))
        return [voice for voice in (*found, *_before(referent, turns)) if voice[0] >= 0]
    named = turns.named(quotation)
    found += [
        (named, "speaks", "another speaks"),
        (turns.going_on(quotation) if named < 0 else -1, "may speak on", ""),
        (turns.likely(quotation), "likely speaks", ""),
        (turns.spoken.get(quotation, -1), "said I here", "another said I here"),
        (turns.hears(quotation), "addressed here", "another addressed here"),
    ]
    for steps in (1, 2, 3, -1):
        other = turns.step(quotation, steps)
        found += [(turns.speaks(other), f"spoke {steps}", ""), (turns.hears(other), f"addressed {steps}", "")]
        if steps == 1 and other >= 0 and not turns.told_between(quotation, other):
            found.append((turns.likely(other), "likely spoke", ""))
    return [voice for voice in found if voice[0] >= 0]


def _before(referent: Referent, turns: Turns) -> Iterator[Voice]:
    """Yield who spoke in the turns before the one that a word names the speaker of: `vroeg hij`."""
    quotation = turns.introduced(referent.head)
    if quotation < 0:
        return
    yield turns.hears(quotation), "is told this", ""
    for steps in (1, 2):
        other = turns.step(quotation, steps)
        if other < 0 or not turns.near(quotation, other):
            return
        told = int(turns.told_between(quotation, other))
        yield turns.speaks(other), f"turn spoke {steps}{told}", ""
        yield turns.hears(other), f"turn heard {steps}{told}", ""

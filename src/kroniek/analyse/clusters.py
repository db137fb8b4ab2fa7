"""Which names of one document belong together: `Poetin` is the `Vladimir Poetin` named above.

A short form goes to a fuller form that was named before it, else to the first one after. Of several
people with one surname, the bare surname is the one usually called so, then whom the base knows, the one
named nearest or first: beside `Melania Trump`, `Trump` is not her.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kroniek.analyse.actor_pack import ActorPack
from kroniek.knowledge import fold
from kroniek.model import EntityType, Mention

QUOTES = "‘’“”\"'`´„«»()[]"
POSSESSIVE = re.compile(r"(?<=\w)['’]s?$|(?<=[aeiouyAEIOUY])['’]s$")


# With these a surname begins; `Al` and `Ben` may be first names.
PARTICLE = re.compile(
    r"(?:de|den|der|van|vande|vanden|vander|ver|ten|ter|te|het|op|in|'t|von|zu|di|da|do|dos|du|del|della|des|le|la)\s",
    re.IGNORECASE,
)
GENERATION = re.compile(r"\s(?P<word>[jJsS]r)\b")
MAX_FORMS = 50  # names that share a word; more come from lists, and cost time
# What speaks for one of several people with a surname.
USUAL, KNOWN, NEAREST, FIRST = 1.5, 1.2, 1.0, 0.5
Usual = Callable[[str, str], bool]  # surname, name: whether the base has the surname as usual for that name


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a document: its mention, its bare form, and the fullest form of the same name."""

    mention: Mention
    bare: str
    fullest: str


def cluster_names(
    names: Sequence[Mention], text: str, pack: ActorPack, known: Callable[[str], bool], usual: Usual
) -> tuple[Named, ...]:
    """Return each name with the fullest form of it in the document; names in text order.

    `known` tells whether the knowledge base has a name: it decides whether a final `'s` belongs to it.
    `usual` tells whether a surname alone is usual for somebody: `Trump` for `Donald Trump`.
    """
    whole = [bare_name(mention, text, pack) for mention in names]
    present = {fold(name) for name in whole}
    bare = [_without_ending(name, present, known) for name in whole]
    people = _Forms(
        (
            (mention.span.start, name)
            for mention, name in zip(names, bare, strict=True)
            if mention.type is EntityType.PER
        ),
        people=True,
    ).with_base(usual, known)
    organisations = _Forms(
        (mention.span.start, name)
        for mention, name in zip(names, bare, strict=True)
        if mention.type is EntityType.ORG
    )
    acronyms = _acronyms(names, bare, text)
    found = []
    for mention, name in zip(names, bare, strict=True):
        if mention.type is EntityType.PER:
            fullest = people.fullest(name, mention.span.start)
        elif name in acronyms:
            fullest = acronyms[name]
        elif mention.type is EntityType.ORG:
            fullest = organisations.fullest(name, mention.span.start)
        else:
            fullest = name
        found.append(Named(mention, name, fullest))
    return tuple(found)


def bare_name(mention: Mention, text: str, pack: ActorPack) -> str:
    """Return a name without quotation marks and, for people, without a leading title but with `jr.` after it."""
    name = " ".join(mention.span.of(text).strip(QUOTES).split())
    if mention.type is EntityType.PER and (after := GENERATION.match(text, mention.span.end)):
        name = f"{name} {after['word']}."
    words = name.split()
    if mention.type is EntityType.PER:
        while len(words) > 1 and pack.is_word("titles", words[0].lower()):
            words = words[1:]
    return " ".join(words) or name


def _without_ending(name: str, present: set[str], known: Callable[[str], bool]) -> str:
    """Cut a possessive ending, unless it belongs to the name: `Sainsbury's`, but `Obama's`."""
    bare = POSSESSIVE.sub("", name)
    if bare == name or known(name):
        return name
    return bare if known(bare) or fold(bare) in present or not name.endswith("s") else name


class _Forms:
    """The multi-word names of one kind, by their last, first and inner words."""

    def __init__(self, names: Iterable[tuple[int, str]], *, people: bool = False) -> None:
        self._by_word: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(dict)
        self._fullest: dict[str, str] = {}
        self._usual: Usual = lambda surname, name: False
        self._known: Callable[[str], bool] = lambda name: False
        self._people = people
        self._bare: dict[str, int] = {}  # short form -> where it first stands
        for start, name in sorted(names):
            words = fold(name).split()
            self._bare.setdefault(name, start)
            if " " not in name or len(words) < 2:  # `Berners-Lee` is a short form
                continue
            self._add("last", words[-1], name, start)
            self._add("first", words[0], name, start)
            for word in words[1:-1]:
                self._add("inner", word, name, start)

    def with_base(self, usual: Usual, known: Callable[[str], bool]) -> _Forms:
        """Return the forms with what the knowledge base tells: who is called by a surname, and whom it has."""
        self._usual, self._known = usual, known
        return self

    def _add(self, place: str, word: str, name: str, start: int) -> None:
        forms = self._by_word[place, word]
        if name in forms or len(forms) < MAX_FORMS:
            forms.setdefault(name, []).append(start)

    def fullest(self, name: str, start: int) -> str:
        """Return the fullest form of a name that stands at `start`, or the name itself.

        `De Wever` is a surname, and short for `Bart De Wever`.
        """
        words = fold(name).split()
        if not words:
            return name
        surname = self._people and PARTICLE.match(name) is not None
        for tried in (words, _without_s(words)):
            for place, word in (("last", tried[-1]), ("inner", tried[-1]), ("first", tried[0])):
                forms = {
                    form: starts
                    for form, starts in self._by_word.get((place, word), {}).items()
                    if _extends(form, tried) and not (surname and fold(form) == fold(name))
                }
                whole = {form: at for form, at in forms.items() if _ends_with(form, name)}
                if forms:
                    return self._longest(self._chosen(name, whole or forms, start), name, start)
        return name

    def _chosen(self, name: str, forms: Mapping[str, list[int]], start: int) -> str:
        """Return the form that a short one means; the short one itself for who needs no other name."""
        nearest = _nearest(forms, start)
        usual = {form for form in forms if self._usual(name, form)}
        before = {form: bisect_right(starts, start) for form, starts in forms.items()}
        first = min(forms, key=lambda form: forms[form][0])
        value = {
            form: USUAL * (form in usual) + KNOWN * self._known(form) + NEAREST * (form == nearest)
            + FIRST * (form == first)
            for form in forms if before[form] or form == nearest
        }  # fmt: skip
        if not usual and self._bare[name] < forms[first][0] and self._usual(name, ""):
            value[name] = USUAL + KNOWN + FIRST
        return max(value, key=lambda form: value[form])

    def _longest(self, chosen: str, name: str, start: int) -> str:
        """Return the longest form with the first and last word of the chosen one; of a surname what it is short for."""
        if chosen == name:
            return name
        if self._people and PARTICLE.match(chosen):
            return self.fullest(chosen, start)
        if chosen not in self._fullest:
            words = fold(chosen).split()
            same_last = self._by_word.get(("last", words[-1]), {})
            longer = [
                form for form in same_last if _extends(form, words) and fold(form).split()[0] == words[0]
            ]
            self._fullest[chosen] = max(longer, key=len, default=chosen)
        return self._fullest[chosen]


def _without_s(words: list[str]) -> list[str]:
    last = words[-1]
    return [*words[:-1], last[:-1]] if len(last) > 3 and last.endswith("s") else words


def _ends_with(form: str, name: str) -> bool:
    """Tell whether the last word of a form is the name itself: `Tom Daley`, not `Robert Black-Daley`."""
    return fold(form.rsplit(" ", 1)[-1]) == fold(name)


def _extends(name: str, words: list[str]) -> bool:
    """Tell whether a name holds all the words in their order, and is longer or the same."""
    rest = iter(fold(name).split())
    return all(word in rest for word in words)


def _nearest(forms: Mapping[str, list[int]], start: int) -> str:
    """Return the form that stands nearest before `start` (or at it), else the first after it."""
    before = {
        form: starts[position - 1]
        for form, starts in forms.items() if (position := bisect_right(starts, start))
    }  # fmt: skip
    if before:
        return max(before, key=lambda form: before[form])
    return min(forms, key=lambda form: forms[form][0])


def _acronyms(names: Sequence[Mention], bare: Sequence[str], text: str) -> Mapping[str, str]:
    """Return what acronyms stand for where the text says so: `Koerdische Arbeiderspartij (PKK)`."""
    found: dict[str, str] = {}
    initials = {
        "".join(word[0] for word in name.split() if word[0].isupper()): name
        for mention, name in zip(names, bare, strict=True)
        if name.count(" ") > 1 or (mention.type is EntityType.ORG and name.count(" ") == 1)
    }
    for (mention, name), (following, short) in zip(
        zip(names, bare, strict=True), list(zip(names, bare, strict=True))[1:], strict=False
    ):
        between = text[mention.span.end : following.span.start]
        if len(between) > 4 or between.strip(" ‘’'\"") not in {"(", ", ("}:
            continue
        if len(short) < len(name) and sum(letter.isupper() for letter in short) >= 2 and " " not in short:
            found.setdefault(short, name)
    for mention, short in zip(names, bare, strict=True):
        if mention.type is EntityType.ORG and short not in found and 2 <= len(short) <= 6 and short.isupper():
            initials.setdefault(short, short)
            if initials[short] != short:
                found[short] = initials[short]
    return found

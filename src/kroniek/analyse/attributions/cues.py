"""The pack's reporting words: verbs, prepositions, nouns and predicates, with what they take and imply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kroniek.analyse.attributions.inflection import noun_forms, regular_forms
from kroniek.errors import PackError
from kroniek.language import Language
from kroniek.model import Stance

FRAMES = frozenset(
    {"clause", "tag", "colon", "quote", "naming", "preposition", "object", "infinitive", "pointer"}
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word and its grammar.

    `takes` lists the frames in which its content can stand; `prepositions` those that introduce a
    content (`beschuldigen van`), `addressed_by` those that introduce who is spoken to. `needs` are the
    words that a light verb must have with it (`laten` + `weten`). `indefinite` wants a content that calls
    something by a name of the speaker's own, not a topic: `had het over een vergissing`, not `over de vergissing`.
    """

    id: str
    lemma: str
    group: str
    stance: Stance
    takes: frozenset[str]
    prepositions: frozenset[str] = frozenset()
    addressed_by: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()
    indefinite: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with the statement that a cue must give there; see `read_example`."""

    cue: str
    text: str
    source: str
    word: str
    content: tuple[str, ...]
    stance: Stance


@dataclass(frozen=True)
class Lexicon:
    """All cues of a pack by lemma, and the small word lists that the patterns consult."""

    verbs: Mapping[str, tuple[Cue, ...]]
    prepositions: Mapping[str, tuple[Cue, ...]]
    nouns: Mapping[str, tuple[Cue, ...]]
    predicates: Mapping[str, tuple[Cue, ...]]
    words: Mapping[str, frozenset[str]]
    media: Mapping[str, str]
    examples: tuple[Example, ...]
    forms: Mapping[str, str]  # inflected form -> infinitive, of the verbs that are or end a cue
    particles: Mapping[str, frozenset[str]]  # infinitive without particle -> the particles of its cues
    noun_forms: Mapping[str, str]  # form -> noun
    revisable: frozenset[str]

    @cached_property
    def plain_verbs(self) -> frozenset[str]:
        """Return the verbs that report by themselves, not only with other words: `zeggen`, not `hebben`."""
        return frozenset(lemma for lemma, cues in self.verbs.items() if any(not cue.needs for cue in cues))

    @property
    def size(self) -> int:
        """Return how many cues there are."""
        kinds = (self.verbs, self.prepositions, self.nouns, self.predicates)
        return len({cue.id for kind in kinds for cues in kind.values() for cue in cues})


def lexicon_of(language: Language) -> Lexicon:
    """Compile the pack's table `cues`; raises PackError that names the entry and the field at fault."""
    table = language.table("cues")
    where = f"{language.package}/cues.toml"
    groups = table.get("groups", {})
    examples: list[Example] = []
    kinds: dict[str, dict[str, tuple[Cue, ...]]] = {}
    for kind in ("verbs", "prepositions", "nouns", "predicates"):
        found: dict[str, list[Cue]] = {}
        for entry in table.get(kind, ()):
            cue = _cue(entry, groups, where)
            for lemma in _keys(cue, entry.get("also", ())):
                found.setdefault(lemma, []).append(cue)
            examples += [read_example(cue, item, where) for item in entry.get("examples", ())]
        # The most specific first: `laten weten` before a bare `laten`.
        kinds[kind] = {
            key: tuple(sorted(cues, key=lambda cue: -len(cue.needs))) for key, cues in found.items()
        }
    words = {name: frozenset(items) for name, items in table.get("words", {}).items()}
    media = {word: medium for medium, items in table.get("media", {}).items() for word in items}
    particles = _particles(kinds["verbs"], table.get("particles", ()))
    return Lexicon(
        **kinds,
        words=words,
        media=media,
        examples=tuple(examples),
        forms=_forms((*kinds["verbs"], *particles), table.get("strong", {})),
        particles=particles,
        noun_forms={form: noun for noun in kinds["nouns"] for form in noun_forms(noun)},
        revisable=frozenset(kinds["nouns"]) | words["revisable"],
    )


def _forms(verbs: Iterable[str], strong: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the infinitive of each form; a strong verb has the forms that the pack lists."""
    found = {
        form: verb for verb in verbs for form in (verb, *(() if verb in strong else regular_forms(verb)))
    }
    return found | {form: verb for verb, forms in strong.items() for form in forms}


def _particles(verbs: Iterable[str], particles: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the particles that make a cue of a plain verb: `kondigen` -> `aan`, `af`."""
    found: dict[str, set[str]] = {}
    for verb in verbs:
        for particle in particles:
            if verb.startswith(particle) and len(verb) > len(particle) + 3:
                found.setdefault(verb.removeprefix(particle), set()).add(particle)
    return {verb: frozenset(kept) for verb, kept in found.items()}


def _keys(cue: Cue, also: Iterable[str]) -> set[str]:
    """Return the lemmas under which a cue is looked up: `maken` and `bekendmaken` for `bekend maken`."""
    keys = {cue.lemma, *also}
    return keys | {"".join((*cue.needs, cue.lemma))} if cue.needs else keys


def _cue(entry: Mapping[str, Any], groups: Mapping[str, Any], where: str) -> Cue:
    name = entry.get("id", "?")
    try:
        group = groups[entry["group"]]
        takes = frozenset(entry.get("takes", group["takes"]))
        if strange := takes - FRAMES:
            raise PackError(f"{where}: cue {name!r}: takes {sorted(strange)}; there are {sorted(FRAMES)}")
        return Cue(
            id=entry["id"],
            lemma=entry["lemma"],
            group=entry["group"],
            stance=Stance(entry.get("stance", group["stance"])),
            takes=takes,
            prepositions=frozenset(entry.get("prepositions", group.get("prepositions", ()))),
            addressed_by=frozenset(entry.get("addressed_by", group.get("addressed_by", ()))),
            needs=tuple(entry.get("needs", ())),
            indefinite=entry.get("indefinite", False),
        )
    except KeyError as error:
        raise PackError(f"{where}: cue {name!r}: field or group {error} is missing") from error
    except ValueError as error:
        raise PackError(f"{where}: cue {name!r}: {error}") from error


def read_example(cue: Cue, item: str, where: str) -> Example:
    """Read `{De minister} <zei> [dat hij komt] => asserts`: source, cue word, content, stance.

    Several stretches of content each have their brackets; the stance may be left out when it is the
    cue's own. Raises PackError when no cue word or no content is marked.
    """
    marked, _, stance = item.partition("=>")
    text, pieces = "", {"{": [], "<": [], "[": []}  # type: tuple[str, dict[str, list[str]]]
    closing = {"{": "}", "<": ">", "[": "]"}
    open_at: list[tuple[str, int]] = []
    for character in marked.strip():
        if character in closing:
            open_at.append((character, len(text)))
        elif open_at and character == closing[open_at[-1][0]]:
            opened, start = open_at.pop()
            pieces[opened].append(text[start:])
        else:
            text += character
    if open_at or not pieces["<"] or not pieces["["]:
        raise PackError(f"{where}: cue {cue.id!r}: example {item!r} wants <cue> and [content]")
    return Example(
        cue=cue.id,
        text=text,
        source=pieces["{"][0] if pieces["{"] else "",
        word=pieces["<"][0],
        content=tuple(pieces["["]),
        stance=Stance(stance.strip() or cue.stance),
    )

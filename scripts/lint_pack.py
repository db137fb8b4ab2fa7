"""Look for event frames of a language pack that can never fire: `make lint-pack`.

Prints one line for each finding and ends with 1 when there is one:
unused   a trigger word or phrase that none of its frame's conditions lets through
shadowed a trigger word of a frame behind another frame that takes the word without any condition
doubled  a trigger word that stands twice in one frame
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from kroniek.analyse.events.frames import Condition, Frame, Lexicon, Phrase, lexicon_of
from kroniek.language import load_language

KINDS = {"verbs": "verb", "nouns": "noun"}


def lint(lexicon: Lexicon) -> Iterator[str]:
    """Yield what is wrong, frame by frame."""
    taken: dict[tuple[str, str], str] = {}
    for frame in lexicon.frames:
        yield from _unused(frame)
        for kind in ("verbs", "nouns", "adjectives"):
            words: tuple[str, ...] = getattr(frame, kind)
            for word in words:
                if words.count(word) > 1:
                    yield f"doubled: {word!r} stands twice in {kind} of {frame.id}"
                if (kind, word) in taken:
                    yield f"shadowed: {word!r} of {frame.id} never gets past {taken[kind, word]}"
                elif not (frame.when or frame.when_any or frame.unless or frame.reflexive):
                    taken[kind, word] = frame.id


def _unused(frame: Frame) -> Iterator[str]:
    """A word that each alternative of `when_any` excludes by naming other words."""
    for kind, path in KINDS.items():
        for word in getattr(frame, kind):
            if frame.when_any and not any(_admits(condition, path, word) for condition in frame.when_any):
                yield f"unused: {word!r} of {frame.id} meets none of its conditions"
    for phrase in frame.phrases:
        if frame.when_any and not any(_admits_phrase(condition, phrase) for condition in frame.when_any):
            yield f"unused: '{phrase.verb} > {phrase.noun}' of {frame.id} meets none of its conditions"


def _admits_phrase(condition: Condition, phrase: Phrase) -> bool:
    """Tell whether a condition can hold for a fixed combination: a verb whose own noun is no object to test."""
    for test in condition:
        if test.path in {"noun", "compound"}:
            return False
        if test.path == "verb" and "*" not in test.lemmas and phrase.verb not in test.lemmas:
            return False
        if test.path == "object" and not phrase.preposition and "none" not in test.lemmas:
            return False
    return True


def _admits(condition: Condition, path: str, word: str) -> bool:
    """Tell whether a condition can hold for a trigger word: other conditions depend on the text."""
    for test in condition:
        if test.path == path and "*" not in test.lemmas and word not in test.lemmas:
            return False
        if path == "verb" and test.path == "noun":
            return False
    return True


def main() -> int:
    """Lint the Dutch pack and return the exit code."""
    findings = sorted(set(lint(load_language("nl").compiled(lexicon_of))))
    print("\n".join(findings) if findings else "lint-pack: every frame can fire")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())

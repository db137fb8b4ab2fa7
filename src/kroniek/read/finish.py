"""What every reader does last: one form for the text, and a clear line for what is not a report."""

from __future__ import annotations

from kroniek.model import Document, Origin, Published, Rejection
from kroniek.read.foreign import foreign_language, language_name
from kroniek.read.normalise import normalise
from kroniek.read.options import Read, ReadOptions


def finish(
    source: str,
    origin: Origin,
    options: ReadOptions,
    *,
    given: Published | None = None,
    name: str = "",
    title: str = "",
) -> Read:
    """Return the document that `source` is, or a rejection that says what is wrong with it."""
    if reason := fault(source, options):
        return Rejection(origin.path, origin.record, reason)
    text, pairs = normalise(source)
    return Document(
        text,
        origin,
        options.language,
        normalise(name)[0],
        normalise(title)[0].strip(),
        given or Published(),
        raw_offsets=pairs,
    )


def fault(source: str, options: ReadOptions) -> str:
    """Return why a text is not a report in the wanted language, or ""."""
    if not source.strip():
        return "empty; want the text of a report"
    if "\x00" in source:
        return f"binary data: a NUL at character {source.index(chr(0))}; want a text"
    if len(source) > options.max_chars:
        return f"{len(source):,} characters is too long for one report; want at most {options.max_chars:,}"
    if not any(char.isalpha() for char in source):
        return "no words in it; want the text of a report"
    if options.check_language and (found := foreign_language(source, options.language)):
        return f"the text is {found}; want {language_name(options.language)}"
    return ""

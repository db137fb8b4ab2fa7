"""The plug-in seam: readers, parsers, exporters, languages and ontologies found by entry points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any, Protocol

from kroniek.errors import NotFoundError

if TYPE_CHECKING:
    from spacy.tokens import Doc

READERS = "kroniek.readers"
PARSERS = "kroniek.parsers"
EXPORTERS = "kroniek.exporters"
LANGUAGES = "kroniek.languages"


class Parser(Protocol):
    """Turns texts into spaCy Docs with sentences, tags, lemmas, trees and names.

    Any `spacy.Language` is one. The result for a text must not depend on its neighbours in a batch.
    """

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Yield one Doc for each text, in order; `Doc.text` equals the text."""
        ...


@cache
def plugins(group: str) -> dict[str, EntryPoint]:
    """Return the entry points of a group by name, sorted."""
    return {point.name: point for point in sorted(entry_points(group=group), key=lambda point: point.name)}


def load_plugin(group: str, name: str) -> Any:
    """Return the object that the plug-in `name` of `group` points to.

    Raises NotFoundError with the names that would be right.
    """
    known = plugins(group)
    if name not in known:
        raise NotFoundError(
            f"no {group.removeprefix('kroniek.')[:-1]} {name!r}; there are: {', '.join(known) or 'none'}"
        )
    return known[name].load()


def load_parser(spec: str, language: str) -> Parser:
    """Return the parser that a spec names: `nl` or `spacy:nl_core_news_lg`.

    The part before the colon is a plug-in of `kroniek.parsers`: a callable that takes the part after
    it ("" when there is none) and the language code. Raises NotFoundError for an unknown plug-in.
    """
    name, _, argument = spec.partition(":")
    parser: Parser = load_plugin(PARSERS, name)(argument, language)
    return parser

"""Any installed spaCy pipeline as a parser; without one, spaCy's tokenizer and its sentence rules."""

from __future__ import annotations

from kroniek.errors import NotFoundError
from kroniek.registry import Parser


def load_spacy(name: str, language: str) -> Parser:
    """Return the spaCy pipeline `name` (`nl_core_news_lg`), or a blank one for the language if "".

    Raises NotFoundError when the pipeline is not installed.
    """
    import spacy

    if name:
        try:
            pipeline: Parser = spacy.load(name)
        except OSError as error:
            raise NotFoundError(f"spaCy pipeline {name!r} is not installed: pip install it first") from error
        return pipeline
    blank = spacy.blank(language)
    blank.add_pipe("sentencizer")
    parser: Parser = blank
    return parser

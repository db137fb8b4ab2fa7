"""The parser that comes with the Dutch pack."""

from __future__ import annotations

from functools import cache
from importlib import resources

from kroniek.languages.neural.model import NeuralModel
from kroniek.languages.neural.parser import NeuralParser
from kroniek.languages.neural.tokens import abbreviations_of, make_tokenizer


@cache
def load_dutch(argument: str = "", language: str = "nl") -> NeuralParser:
    """Return the Dutch parser, made once for this process. Both arguments are the plug-in seam's."""
    del argument, language
    model = NeuralModel(resources.files("kroniek.languages.nl").joinpath("model"))
    return NeuralParser(model, make_tokenizer("nl"), abbreviations_of("nl"))

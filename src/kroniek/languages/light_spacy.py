"""spaCy without its command line.

`import spacy` also loads `spacy.cli` with its downloader and project tools, for the sake of the one function
`spacy.info`. That is 0.7 of the 3 seconds in which the first document has to be there.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

_COMMAND_LINE = ("spacy.cli", "spacy.cli.info")


def import_spacy() -> ModuleType:
    """Return the package spaCy. Its command line is loaded when somebody asks for it, and works then."""
    if "spacy" in sys.modules or "spacy.cli" in sys.modules:
        return importlib.import_module("spacy")
    stands_in = {name: ModuleType(name) for name in _COMMAND_LINE}
    stands_in["spacy.cli.info"].info = _info  # type: ignore[attr-defined]
    sys.modules.update(stands_in)
    try:
        spacy = importlib.import_module("spacy")
    finally:
        for name in _COMMAND_LINE:
            sys.modules.pop(name, None)
    return spacy


def _info(*arguments: Any, **options: Any) -> Any:
    return importlib.import_module("spacy.cli.info").info(*arguments, **options)

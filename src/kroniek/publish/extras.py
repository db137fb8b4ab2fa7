"""Libraries that only some formats need: loaded when they are, with a clear word when they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kroniek.errors import ExportError


def load_extra(name: str) -> Any:
    """Return the module of an optional library; raises ExportError that tells how to install it."""
    try:
        return import_module(name)
    except ImportError as error:
        library = name.partition(".")[0]
        raise ExportError(
            f'this format needs {library}, which is not installed: pip install "kroniek[publish]"'
        ) from error

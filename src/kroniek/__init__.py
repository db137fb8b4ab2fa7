"""kroniek reads news reports and writes their chronicle: who did what to whom, according to whom."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kroniek.answer import Answer
    from kroniek.chronicle import Chronicle, Filter
    from kroniek.errors import KroniekError

__version__ = "0.1.0"

# Loaded when first asked for: the database library alone takes longer than `kroniek --help` may.
EXPORTS = {
    "Answer": "kroniek.answer",
    "Chronicle": "kroniek.chronicle",
    "Filter": "kroniek.chronicle",
    "KroniekError": "kroniek.errors",
}

__all__ = ["Answer", "Chronicle", "Filter", "KroniekError", "__version__"]


def __getattr__(name: str) -> Any:
    if name not in EXPORTS:
        raise AttributeError(f"module 'kroniek' has no attribute {name!r}")
    return getattr(import_module(EXPORTS[name]), name)

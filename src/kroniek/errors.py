"""What can go wrong, by name. Every message says what, where, and what would be right."""

from __future__ import annotations


class KroniekError(Exception):
    """Any error that kroniek raises on purpose."""


class PackError(KroniekError):
    """A language pack has a fault: file, field and what would be right."""


class ReadError(KroniekError):
    """An input cannot be read as a report."""


class StoreError(KroniekError):
    """A chronicle file cannot be opened, written or understood."""


class NotFoundError(KroniekError):
    """No record, actor, language or plug-in answers to that name."""


class GoldError(KroniekError):
    """A gold or annotation file does not agree with its text."""


class ExportError(KroniekError):
    """An export cannot be made, read or filled in."""


class JudgementError(KroniekError):
    """A decision of a person does not fit the record that it is about, or comes too late."""

"""Cells that are safe to open: no formula for spreadsheets, no sign that breaks a file.

A report may hold `=HYPERLINK(...)`; a spreadsheet that opens a CSV file would run it. In CSV such a
cell gets an apostrophe in front, as OWASP advises; `unguarded` takes it off again. XLSX cells are
marked as text instead and stay as they are.
"""

from __future__ import annotations

import re

FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
# Signs that XML 1.0 and most table formats do not allow; newline and tab stay.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe stands before what looks like one."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return the cell that `guarded` was given."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def clean(words: str) -> str:
    """Return words without control signs; each becomes U+FFFD, so that offsets stay right."""
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", words)

"""From files to documents: one module for each kind of input."""

from __future__ import annotations

from kroniek.read.inputs import Inputs, checked, find_inputs, read_bytes, read_inputs
from kroniek.read.options import Columns, Read, Reader, ReadOptions

__all__ = [
    "Columns",
    "Inputs",
    "Read",
    "ReadOptions",
    "Reader",
    "checked",
    "find_inputs",
    "read_bytes",
    "read_inputs",
]

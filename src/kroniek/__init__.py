"""kroniek reads news reports and writes their chronicle: who did what to whom, according to whom."""

from __future__ import annotations

__version__ = "0.1.0"

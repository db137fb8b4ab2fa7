"""What people decide about records, and what follows from it. Pure functions: no files, clocks, sockets."""

from __future__ import annotations

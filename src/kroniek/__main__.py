"""`python -m kroniek`."""

from __future__ import annotations

from kroniek.cli import main

main()

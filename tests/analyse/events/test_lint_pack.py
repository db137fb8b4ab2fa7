"""No frame of the Dutch pack stands where it can never fire."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[3] / "scripts" / "lint_pack.py"


def test_lint_pack_finds_nothing_in_the_dutch_pack() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout

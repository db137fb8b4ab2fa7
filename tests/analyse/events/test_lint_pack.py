"""No frame of the Dutch pack stands where it can never fire."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from kroniek.analyse.events.frames import Phrase, lexicon_of, read_condition
from kroniek.language import load_language

SCRIPT = Path(__file__).parents[3] / "scripts" / "lint_pack.py"


def test_lint_pack_finds_nothing_in_the_dutch_pack() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_lint_pack_names_a_phrase_that_no_condition_lets_through() -> None:
    spec = importlib.util.spec_from_file_location("lint_pack", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    frame = next(frame for frame in load_language("nl").compiled(lexicon_of).frames if frame.phrases)
    dead = replace(
        frame, verbs=(), nouns=(), adjectives=(), phrases=(Phrase("openen", "", "vuur"),),
        when_any=(read_condition("verb=sluiten", "here"),),
    )  # fmt: skip
    (finding,) = module._unused(dead)
    assert finding.startswith("unused: 'openen > vuur'")

"""Each test asks a process of its own: what is imported stays imported."""

import subprocess
import sys


def answer_of(program: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    ).stdout.strip()


def test_light_spacy_leaves_the_command_line_out() -> None:
    program = "import sys, kroniek.languages.nl.parser; print([n for n in sys.modules if n.startswith('spacy.cli')])"
    assert answer_of(program) == "[]"


def test_light_spacy_still_has_the_command_line_when_asked() -> None:
    program = (
        "from kroniek.languages.light_spacy import import_spacy; spacy = import_spacy();"
        "import spacy.cli, spacy.cli.info; print(callable(spacy.cli.download), spacy.info(silent=True)['spacy_version'])"
    )
    assert answer_of(program).startswith("True 3.")


def test_light_spacy_takes_a_spacy_that_is_there() -> None:
    program = (
        "import spacy, sys; from kroniek.languages.light_spacy import import_spacy;"
        "print(import_spacy() is spacy, 'spacy.cli.info' in sys.modules)"
    )
    assert answer_of(program) == "True True"

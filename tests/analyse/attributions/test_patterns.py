"""The patterns of reported speech on hand-made trees."""

import pytest

from kroniek.analyse.attributions.cues import lexicon_of, read_example
from kroniek.errors import PackError
from kroniek.model import Analysis, SpeechKind, Stance
from tests.analyse.attributions.trees import DUTCH, analysis_of

FINITE = "VerbForm=Fin"


def statements(analysis: Analysis) -> list[tuple[str, str, list[str]]]:
    """Return source, cue and contents as words."""
    text = analysis.text
    return [
        (
            item.source.of(text) if item.source else "",
            item.cue[0].of(text),
            [part.of(text) for part in item.content],
        )
        for item in analysis.attributions
    ]


def test_attributions_clause_with_dat() -> None:
    analysis = analysis_of(
        "De|de|DET|2|det minister|minister|NOUN|3|nsubj "
        f"zei|zeggen|VERB|0|root|{FINITE} dat|dat|SCONJ|6|mark hij|hij|PRON|6|nsubj "
        f"vertrekt|vertrekken|VERB|3|ccomp|{FINITE} +.|.|PUNCT|3|punct"
    )
    assert statements(analysis) == [("De minister", "zei", ["dat hij vertrekt"])]
    assert analysis.attributions[0].kind is SpeechKind.INDIRECT


def test_attributions_quotation_with_inserted_cue_and_its_continuation() -> None:
    analysis = analysis_of(
        f"“|“|PUNCT|3|punct Wij|wij|PRON|3|nsubj gaan|gaan|VERB|0|root|{FINITE} +”|”|PUNCT|3|punct +,|,|PUNCT|3|punct "
        f"zegt|zeggen|VERB|3|parataxis|{FINITE} Jan|Jan|PROPN|6|nsubj +.|.|PUNCT|3|punct",
        f"“|“|PUNCT|3|punct Morgen|morgen|ADV|3|advmod komt|komen|VERB|0|root|{FINITE} niemand|niemand|PRON|3|nsubj +.|.|PUNCT|3|punct +”|”|PUNCT|3|punct",
    )
    assert statements(analysis) == [("Jan", "zegt", ["“Wij gaan”", "“Morgen komt niemand.”"])]
    assert analysis.attributions[0].kind is SpeechKind.DIRECT


def test_attributions_go_on_in_free_indirect_speech() -> None:
    said = (
        "Kiev|Kiev|PROPN|2|nsubj "
        f"zei|zeggen|VERB|0|root|{FINITE} dat|dat|SCONJ|5|mark het|het|PRON|5|nsubj "
        f"wacht|wachten|VERB|2|ccomp|{FINITE} +.|.|PUNCT|2|punct"
    )
    onward = (
        f"Zo|zo|ADV|4|advmod moet|moeten|AUX|4|aux|{FINITE} iedereen|iedereen|PRON|4|nsubj "
        "zwijgen|zwijgen|VERB|0|root +.|.|PUNCT|4|punct"
    )
    told = (
        f"Zo|zo|ADV|3|advmod gaat|gaan|VERB|0|root|{FINITE} het|het|PRON|2|nsubj altijd|altijd|ADV|2|advmod "
        "+.|.|PUNCT|2|punct"
    )
    assert statements(analysis_of(said, onward, onward)) == [
        ("Kiev", "zei", ["dat het wacht", "Zo moet iedereen zwijgen", "Zo moet iedereen zwijgen"])
    ]
    assert statements(analysis_of(said, told, onward)) == [("Kiev", "zei", ["dat het wacht"])]
    assert statements(analysis_of(onward)) == []


def test_attributions_preposition_in_the_middle() -> None:
    analysis = analysis_of(
        f"Hij|hij|PRON|5|nsubj is|zijn|AUX|5|cop|{FINITE} volgens|volgens|ADP|4|case Moskou|Moskou|PROPN|5|obl ziek|ziek|ADJ|0|root +.|.|PUNCT|5|punct"
    )
    assert statements(analysis) == [("Moskou", "volgens", ["Hij is", "ziek"])]


def test_attributions_nested_has_its_parent() -> None:
    analysis = analysis_of(
        f"Kiev|Kiev|PROPN|2|nsubj zegt|zeggen|VERB|0|root|{FINITE} dat|dat|SCONJ|5|mark Moskou|Moskou|PROPN|5|nsubj "
        f"ontkent|ontkennen|VERB|2|ccomp|{FINITE} dat|dat|SCONJ|8|mark het|het|PRON|8|nsubj schoot|schieten|VERB|5|ccomp|{FINITE} +.|.|PUNCT|2|punct"
    )
    outer, inner = analysis.attributions
    assert (outer.parent, inner.parent) == ("", outer.id)
    assert (outer.stance, inner.stance) == (Stance.ASSERTS, Stance.DENIES)


def test_attributions_denied_confirmation_is_no_confirmation() -> None:
    analysis = analysis_of(
        f"Dat|dat|PRON|6|nsubj:pass werd|worden|AUX|6|aux:pass|{FINITE} door|door|ADP|4|case Washington|Washington|PROPN|6|obl:agent "
        "niet|niet|ADV|6|advmod bevestigd|bevestigen|VERB|0|root|VerbForm=Part +.|.|PUNCT|6|punct"
    )
    assert statements(analysis) == [("Washington", "bevestigd", ["Dat"])]
    assert analysis.attributions[0].stance is Stance.DOES_NOT_CONFIRM


def test_attributions_the_reader_and_the_reporter_do_not_speak() -> None:
    analysis = analysis_of(
        f"Je|je|PRON|2|nsubj zegt|zeggen|VERB|0|root|{FINITE} dat|dat|SCONJ|5|mark het|het|PRON|5|nsubj regent|regenen|VERB|2|ccomp|{FINITE} +.|.|PUNCT|2|punct"
    )
    assert statements(analysis) == []


def test_lexicon_has_its_cues_with_an_example_each() -> None:
    lexicon = lexicon_of(DUTCH)
    assert lexicon.size >= 250
    assert len({example.cue for example in lexicon.examples}) == lexicon.size


def test_lexicon_refuses_an_example_without_cue() -> None:
    cue = lexicon_of(DUTCH).verbs["zeggen"][0]
    with pytest.raises(PackError, match=r"wants <cue> and \[content\]"):
        read_example(cue, "{Jan} zei [dat hij komt].", "cues.toml")

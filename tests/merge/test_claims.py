"""Claims: which statements belong together, and how a claim stands."""

from dataclasses import replace

import pytest

from kroniek.merge import merge
from kroniek.merge.standing import Standing, standing_of
from kroniek.model import (
    Analysis,
    Attribution,
    ClaimAct,
    Document,
    Evidence,
    Origin,
    Span,
    SpeechKind,
    Stance,
    Status,
)
from tests.makers import meeting
from tests.makers import saying as telling


def act(stance: Stance, time: str, *source: str) -> ClaimAct:
    return ClaimAct(f"a{time}", "d", source, stance.value, time, Evidence("d", Span(0, 1), Span(0, 1)))


@pytest.mark.parametrize(
    ("acts", "standing"),
    [
        ([act(Stance.ANNOUNCES, "2016-09-07", "RU")], Standing.UNCONFIRMED),
        (
            [act(Stance.ANNOUNCES, "2016-09-07", "RU"), act(Stance.DENIES, "2016-09-07", "US")],
            Standing.DISPUTED,
        ),
        (
            [
                act(Stance.ANNOUNCES, "2016-09-07", "RU"),
                act(Stance.DENIES, "2016-09-07", "US"),
                act(Stance.CONFIRMS, "2016-09-08", "US"),
            ],
            Standing.CONFIRMED,
        ),
        ([act(Stance.DENIES, "2016-09-07", "US")], Standing.DENIED),
        ([act(Stance.ASSERTS, "1", "RU"), act(Stance.DOES_NOT_CONFIRM, "2", "US")], Standing.UNCONFIRMED),
        ([act(Stance.ASSERTS, "1", "RU"), act(Stance.REVISES, "2", "RU")], Standing.SUPERSEDED),
        (
            [act(Stance.ASSERTS, "1", "RU"), act(Stance.REVISES, "2", "RU"), act(Stance.CONFIRMS, "3", "US")],
            Standing.CONFIRMED_WITH_REVISION,
        ),
    ],
)
def test_standing_follows_from_the_acts(acts: list[ClaimAct], standing: Standing) -> None:
    assert standing_of(acts) is standing


def report(text: str) -> Analysis:
    return Analysis(Document(text, Origin("a.txt")))


def saying(analysis: Analysis, *statements: tuple[str, str, Stance]) -> Analysis:
    """Return the analysis with statements: cue, content and stance, each found by its words."""

    def place(words: str) -> Span:
        start = analysis.text.index(words)
        return Span(start, start + len(words))

    return replace(
        analysis,
        attributions=tuple(
            Attribution(None, (place(cue),), (place(content),), SpeechKind.INDIRECT, stance, sources=(cue,))
            for cue, content, stance in statements
        ),
    )


def test_claims_group_contents_that_share_their_words_across_reports() -> None:
    first = saying(report("Ankara zegt dat het leger twee dorpen ontruimde bij Aleppo."),
                   ("zegt", "dat het leger twee dorpen ontruimde bij Aleppo", Stance.ASSERTS))  # fmt: skip
    second = saying(report("Damascus ontkent dat het leger dorpen ontruimde bij Aleppo."),
                    ("ontkent", "dat het leger dorpen ontruimde bij Aleppo", Stance.DENIES))  # fmt: skip
    (claim,) = merge([first, second]).claims
    assert (claim.status, len(claim.acts)) == ("disputed", 2)
    assert merge([second, first]).claims == (claim,)


def test_claims_follow_a_pronoun_back_to_what_was_said() -> None:
    analysis = saying(
        report("Ankara zegt dat de grens open is. Dat ontkent Damascus."),
        ("zegt", "dat de grens open is", Stance.ASSERTS),
        ("ontkent", "Dat", Stance.DENIES),
    )
    (claim,) = merge([analysis]).claims
    assert claim.status == "disputed"


def test_claims_leave_out_what_only_one_source_says_of_no_event() -> None:
    analysis = saying(
        report("Ankara zegt dat de grens open is."), ("zegt", "dat de grens open is", Stance.ASSERTS)
    )
    assert merge([analysis]).claims == ()


def test_claims_of_two_events_stay_two_though_their_statements_are_alike() -> None:
    content = "dat Kerry en Lavrov elkaar in het hotel uitvoerig spraken"
    first = telling(
        meeting(f"Kerry zei {content}.", day="2016-08-26", published="2016-08-27"), "zei", content
    )
    second = telling(
        meeting(f"Kerry zei later {content}.", day="2016-09-09", published="2016-09-10"), "zei", content
    )
    claims = merge([first, second]).claims
    assert sorted(len(claim.acts) for claim in claims) == [1, 1]
    assert len({claim.about for claim in claims}) == 2


def test_claims_name_both_sides() -> None:
    content = "dat Kerry en Lavrov spraken"
    said = telling(meeting(f"Kerry zei {content}."), "zei", content)
    denied = telling(meeting(f"Lavrov ontkent {content}.", people=("Sergey Lavrov", "John Kerry")), "ontkent", content, Stance.DENIES)  # fmt: skip
    (claim,) = merge([said, denied]).claims
    assert (claim.affirmed_by, claim.denied_by) == (("Q-John Kerry",), ("Q-Sergey Lavrov",))


def test_claims_count_who_says_that_nothing_is_planned_as_against() -> None:
    content = "dat Kerry en Lavrov niet spraken"
    said = telling(
        meeting(f"Kerry zei {content}.", day="", published="2016-09-05", status=Status.NOT_HAPPENED),
        "zei", content,
    )  # fmt: skip
    held = meeting("Kerry en Lavrov spraken.", day="2016-09-08", published="2016-09-09", path="b.txt")
    (claim,) = merge([said, held]).claims
    assert (claim.affirmed_by, claim.denied_by) == ((), ("Q-John Kerry",))
    assert claim.status == "occurred after denial"

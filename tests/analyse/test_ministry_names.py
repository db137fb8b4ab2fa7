import pytest

from kroniek.analyse.ministry_names import ministry_pattern, name_ministries, split_names
from kroniek.knowledge import load_knowledge
from kroniek.language import load_language
from kroniek.model import EntityType, Mention, MentionKind, Span

PATTERN = ministry_pattern(load_language("nl"))


def named(text: str, *names: str) -> list[Mention]:
    starts = [(text.index(name), name) for name in names]
    return [Mention(Span(at, at + len(name)), MentionKind.NAME, EntityType.ORG) for at, name in starts]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Het Poolse ministerie van Defensie zwijgt.", ("Defensie",), ["ministerie van Defensie"]),
        ("Het ministerie van financiën zwijgt.", (), ["ministerie van financiën"]),
        ("Minister van Landsverdediging Jan Maes zwijgt.", ("Landsverdediging", "Jan Maes"), ["Jan Maes"]),
        (
            "Het ministerie van Justitie en Veiligheid",
            ("Veiligheid",),
            ["ministerie van Justitie en Veiligheid"],
        ),
        ("Defensie zwijgt.", ("Defensie",), ["Defensie"]),
    ],
)
def test_ministry_names_are_whole(text: str, before: tuple[str, ...], after: list[str]) -> None:
    assert [name.span.of(text) for name in name_ministries(named(text, *before), text, PATTERN)] == after


def test_ministry_names_take_linear_time_over_a_hostile_line() -> None:
    text = "ministerie van " * 50_000
    assert name_ministries([], text, PATTERN) == []


def test_split_names_cuts_agencies_apart_and_leaves_the_unknown() -> None:
    text = "(ANP/AFP) meldt over AC/DC"
    found = split_names(named(text, "ANP/AFP", "AC/DC"), text, load_knowledge())
    assert [name.span.of(text) for name in found] == ["ANP", "AFP", "AC/DC"]

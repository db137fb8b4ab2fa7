"""The text of a report: every code point is shown once, with the marks that lie over it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kroniek.model import Span, Zone, ZoneKind
from kroniek.web.reader import PART, Mark, cut, part_at

TEXT = "Kerry sprak vrijdag.\n\nLavrov zweeg."


def _marks(length: int) -> st.SearchStrategy[list[Mark]]:
    spans = st.tuples(st.integers(0, length), st.integers(1, 40)).map(lambda pair: Span(pair[0], sum(pair)))
    return st.lists(st.builds(Mark, st.sampled_from(("names", "events")), spans, st.just("x")), max_size=12)


@given(marks=_marks(len(TEXT)))
def test_reader_pieces_hold_the_whole_text_once_and_in_order(marks: list[Mark]) -> None:
    blocks = cut(TEXT, Span(0, len(TEXT)), marks, ())
    assert "\n\n".join("".join(piece.words for piece in block.pieces) for block in blocks) == TEXT
    for block in blocks:
        for piece in block.pieces:
            assert TEXT[piece.start : piece.start + len(piece.words)] == piece.words
            over = {mark.layer for mark in marks if mark.span.start <= piece.start < mark.span.end}
            assert over == {name for name in piece.classes.split() if "-" not in name}


def test_reader_links_to_the_event_before_the_name() -> None:
    marks = [
        Mark("names", Span(0, 11), "name", "John Kerry", "/actors/a"),
        Mark("events", Span(6, 11), "happened", "CONSULT", "/events/e"),
    ]
    name, event, *_ = cut(TEXT, Span(0, len(TEXT)), marks, ())[0].pieces
    assert (name.words, name.target) == ("Kerry ", "/actors/a")
    assert (event.words, event.target, event.title) == ("sprak", "/events/e", "John Kerry · CONSULT")


def test_reader_line_has_the_zone_that_holds_most_of_it() -> None:
    zones = (Zone(ZoneKind.HEADER, Span(0, 5)), Zone(ZoneKind.PARAGRAPH, Span(6, 20)))
    blocks = cut(TEXT, Span(0, len(TEXT)), (), zones)
    assert [block.zone for block in blocks] == ["paragraph", ""]


@given(place=st.integers(0, 5 * PART), lines=st.booleans())
def test_reader_parts_cover_a_long_text_without_gap_or_overlap(place: int, lines: bool) -> None:
    content = ("woord " * 9 + ("\n" if lines else "x")) * (4 * PART // 55)
    part = part_at(content, min(place, len(content)))
    assert 0 < len(part) <= PART
    assert part.start <= min(place, len(content) - 1) < part.end
    if part.end < len(content):
        assert part_at(content, part.end).start == part.end


def test_reader_many_lines_with_many_marks_take_no_time_squared() -> None:
    content = "a b\n" * 6_000
    marks = [Mark("names", Span(place, place + 3), "name") for place in range(0, len(content), 4)]
    zones = tuple(Zone(ZoneKind.PARAGRAPH, mark.span) for mark in marks)
    assert len(cut(content, Span(0, len(content)), marks, zones)) == 6_000

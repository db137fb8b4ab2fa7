"""The life of an event: who announced, denied, confirmed and called it off, and when."""

from __future__ import annotations

from dataclasses import replace

from kroniek.merge import merge
from kroniek.model import (
    Analysis,
    Argument,
    Attribution,
    Entity,
    EntityType,
    Event,
    Span,
    SpeechKind,
    Stance,
    Status,
)
from tests.makers import meeting, saying

PLAN = "Kerry meldt dat hij en Lavrov vrijdag spraken."


def _only(*reports: Analysis) -> Event:
    (event,) = merge(reports).events
    return event


def _steps(event: Event) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(step.time, step.kind.value, step.source) for step in event.steps]


def _with_denial(report: Analysis, source: str, cue: str, stance: Stance = Stance.DENIES) -> Analysis:
    """Return the report with a statement of a source that points back: `dat werd ontkend`."""
    start, said = report.text.index(" dat werd") + 1, report.text.index(cue)
    denial = Attribution(
        None, (Span(said, said + len(cue)),), (Span(start, start + 3),), SpeechKind.INDIRECT, stance,
        sources=(source,),
    )  # fmt: skip
    return replace(report, attributions=(*report.attributions, denial))


def _announced(text: str, published: str, path: str) -> Analysis:
    made = meeting(text, day="2016-09-09", published=published, status=Status.PLANNED, path=path)
    return saying(made, "meldt", "dat hij en Lavrov vrijdag spraken", Stance.ANNOUNCES)


def test_histories_a_denial_that_points_back_enters_the_history_with_its_source() -> None:
    report = _announced(f"{PLAN[:-1]}, maar dat werd door Moskou ontkend.", "2016-09-07", "a.txt")
    event = _only(_with_denial(report, "country:RU", "ontkend"))
    assert _steps(event) == [
        ("2016-09-07", "announced", ("Q-John Kerry",)), ("", "denied", ("country:RU",)),
    ]  # fmt: skip
    assert event.steps[1].evidence.span.of(report.text) == "dat"


def test_histories_what_was_denied_is_confirmed_by_a_later_report() -> None:
    report = _announced(f"{PLAN[:-1]}, maar dat werd door Moskou ontkend.", "2016-09-07", "a.txt")
    later = meeting("Vrijdag spraken Kerry en Lavrov toch.", day="2016-09-09", published="2016-09-08",
                    status=Status.PLANNED, path="b.txt")  # fmt: skip
    held = meeting("Kerry en Lavrov spraken lang.", day="2016-09-09", published="2016-09-10", path="c.txt")
    event = _only(_with_denial(report, "country:RU", "ontkend"), later, held)
    assert [kind for _, kind, _ in _steps(event)] == ["announced", "denied", "confirmed", "happened"]
    assert event.status is Status.HAPPENED


def test_histories_who_says_the_same_again_adds_no_step() -> None:
    reports = [
        _announced(f"{extra} {PLAN}", f"2016-09-0{day}", f"{day}.txt")
        for day, extra in ((5, "Opnieuw."), (6, "Alweer."))
    ]
    event = _only(*reports)
    assert len(event.tellings) == 2
    assert _steps(event) == [("2016-09-05", "announced", ("Q-John Kerry",))]


def test_histories_a_denial_does_not_reach_other_events_of_the_report() -> None:
    report = _announced(f"{PLAN[:-1]}, maar dat werd door Moskou ontkend.", "2016-09-07", "a.txt")
    other = meeting("Kerry en Lavrov spraken elkaar al eerder.", day="2016-08-26", path="b.txt")
    first, second = merge([_with_denial(report, "country:RU", "ontkend"), other]).events
    assert [step.kind.value for step in first.steps] == ["happened"]
    assert [step.kind.value for step in second.steps] == ["announced", "denied"]


def test_histories_held_after_all_is_one_event() -> None:
    text = "Er ging een streep door de ontmoeting van Kerry en Lavrov, maar zij spraken elkaar toch."
    made = meeting(text, trigger="ontmoeting", day="", status=Status.CANCELLED)
    start = text.index("spraken")
    unnamed = replace(made.events[0], trigger=(Span(start, start + 7),), status=Status.HAPPENED, arguments=())
    event = _only(replace(made, events=(*made.events, unnamed)))
    assert [step.kind.value for step in event.steps] == ["cancelled", "happened"]
    assert event.status is Status.HAPPENED
    assert event.actors == ("Q-John Kerry", "Q-Sergey Lavrov")


def test_histories_keep_figures_that_differ_by_who_gives_them() -> None:
    def struck(figure: str, agency: str, path: str) -> Analysis:
        made = meeting(f"Kerry en Lavrov spraken van {figure} raketten. {path}", path=path)
        event = replace(made.events[0], numbers=(("raketten", figure),))
        return replace(made, events=(event,), document=replace(made.document, agencies=(agency,)))

    event = _only(struck("59", "AFP", "a.txt"), struck("23", "TASS", "b.txt"), struck("59", "Belga", "c.txt"))
    (found,) = event.disagreements
    assert (found.what, found.values) == ("raketten", (("59", ("AFP", "Belga")), ("23", ("TASS",))))


def _appointment(path: str, **told: object) -> Analysis:
    """Return a report on a meeting in a state's capital; `told` are fields of its event."""
    text = str(told.pop("text"))
    published = str(told.pop("published"))
    made = meeting(text, day=str(told.pop("day", "")), published=published, path=path)
    places = tuple(
        Entity(key, key, kind, country="RU")
        for key, kind in (("place:moscow", EntityType.GPE), ("place:kremlin", EntityType.FAC))
    )
    event = replace(made.events[0], **told)  # type: ignore[arg-type]
    return replace(made, entities=(*made.entities, *places), events=(event,))


VISIT = _appointment("a.txt", text="Kerry en Lavrov spraken af.", day="2016-W36", published="2016-09-02",
                     status=Status.PLANNED, place="place:moscow", mode="visit")  # fmt: skip
NOTHING = _appointment("b.txt", text="Kerry en Lavrov spraken niet af.", published="2016-09-05", according_to=("Lavrov",),
                       status=Status.NOT_HAPPENED)  # fmt: skip
HELD = _appointment("c.txt", text="Kerry en Lavrov spraken lang.", day="2016-09-08", published="2016-09-09",
                    place="place:kremlin", mode="visit")  # fmt: skip


def test_histories_a_denied_appointment_is_a_step_of_the_meeting_that_was_held() -> None:
    event = _only(HELD, NOTHING, VISIT)
    assert (event.status, event.time) == (Status.HAPPENED, "2016-09-08")
    assert [(time, kind) for time, kind, _ in _steps(event)] == [
        ("2016-09-02", "announced"), ("2016-09-05", "denied"), ("2016-09-09", "happened"),
    ]  # fmt: skip


def test_histories_one_report_tells_that_they_were_not_to_meet_and_that_they_did() -> None:
    text = "Zij zouden niet spreken, maar Kerry en Lavrov spraken toch."
    made = _appointment("a.txt", text=text, day="2016-09-08", published="2016-09-09")
    start = text.index("spreken")
    denied = replace(
        made.events[0], trigger=(Span(start, start + 7),), status=Status.NOT_HAPPENED, ahead=True,
        time="", interval=None,
    )  # fmt: skip
    event = _only(replace(made, events=(denied, *made.events)))
    assert [(time, kind) for time, kind, _ in _steps(event)] == [("", "denied"), ("2016-09-09", "happened")]
    never = replace(denied, ahead=False)  # `spraken niet`: another meeting, that did not come about
    assert len(merge([replace(made, events=(never, *made.events))]).events) == 2


def test_histories_what_is_not_there_yet_is_not_denied() -> None:
    def deal(text: str, day: str, published: str, status: Status) -> Analysis:
        return meeting(text, day=day, published=published, status=status, kind="AGREE", path=published)

    early = deal("Kerry en Lavrov spraken nog niets af.", "", "2016-08-27", Status.NOT_HAPPENED)
    reached = deal("Kerry en Lavrov spraken een bestand af.", "2016-09-09", "2016-09-10", Status.HAPPENED)
    assert len(merge([early, reached]).events) == 2


def test_histories_two_days_in_a_row_are_those_of_a_meeting_on_one_of_them() -> None:
    plan = _appointment("a.txt", text="Kerry en Lavrov spraken af.", day="2016-09-08/2016-09-09",
                        published="2016-09-07", status=Status.PLANNED)  # fmt: skip
    held = _appointment("b.txt", text="Kerry en Lavrov spraken.", day="2016-09-09", published="2016-09-10")
    vague = _appointment("c.txt", text="Kerry en Lavrov spraken straks.", published="2016-09-08",
                         status=Status.PLANNED)  # fmt: skip
    event = _only(plan, held, vague)
    assert event.time == "2016-09-09"


def test_histories_name_the_town_of_a_meeting_that_others_place_in_its_country() -> None:
    far = replace(VISIT, events=(replace(VISIT.events[0], place="country:RU"),))
    russia = Entity("country:RU", "Russia", EntityType.GPE, country="RU")
    near = replace(VISIT, document=replace(VISIT.document, text=VISIT.text + " In Moskou."))
    assert _only(replace(far, entities=(*far.entities, russia)), near).place == "place:moscow"


def test_histories_nobody_denies_in_the_report_s_own_voice() -> None:
    plan = _appointment("a.txt", text="Kerry en Lavrov spraken af.", day="2016-09-09", published="2016-09-07",
                        status=Status.PLANNED)  # fmt: skip
    text = "Kerry en Lavrov spreken toch, een dag nadat hij de afspraak had ontkend."
    later = meeting(
        text, trigger="spreken", day="2016-09-09", published="2016-09-08", status=Status.PLANNED, path="b.txt"
    )
    start = text.index("afspraak")
    denied = replace(later.events[0], trigger=(Span(start, start + 8),), status=Status.DENIED)
    event = _only(plan, replace(later, events=(*later.events, denied)))
    assert [(time, kind) for time, kind, _ in _steps(event)] == [
        ("2016-09-07", "announced"), ("", "denied"), ("2016-09-08", "confirmed"),
    ]  # fmt: skip


def test_histories_who_is_named_beside_others_takes_part_though_other_tellings_leave_them_out() -> None:
    full = _appointment("a.txt", text="Kerry en Lavrov spraken.", day="2016-09-08", published="2016-09-09")
    bare = [
        _appointment(
            f"{number}.txt",
            text=f"Kerry en Lavrov spraken {number}.",
            day="2016-09-08",
            published="2016-09-09",
        )
        for number in (1, 2)
    ]
    alone = [
        replace(item, events=(replace(item.events[0], arguments=(Argument("actor", ("Q-John Kerry",)),)),))
        for item in bare
    ]
    assert set(_only(full, *alone).actors) == {"Q-John Kerry", "Q-Sergey Lavrov"}

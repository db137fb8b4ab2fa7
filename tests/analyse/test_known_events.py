"""A report without a day is dated by the well-known events that it tells of."""

from __future__ import annotations

from datetime import date

import pytest

from kroniek.analyse.dating import infer_day
from kroniek.analyse.known_events import tellings, told_days
from kroniek.knowledge import KnownEvent
from kroniek.model import Analysis, Document, HowKnown, Origin, Published
from kroniek.pipeline import Resources, analyse, load_resources


@pytest.fixture(scope="module")
def resources() -> Resources:
    return load_resources(today=date(2026, 1, 1))


def analysis_of(text: str, published: str, resources: Resources) -> Analysis:
    document = Document(text, Origin("bericht.txt"), given=Published(published, HowKnown.GIVEN))
    return next(iter(analyse([document], resources)))


def told(text: str, published: str, resources: Resources) -> list[tuple[str, bool, str]]:
    """Return each event told, whether that is sure, and its first day by the text."""
    analysis = analysis_of(text, published, resources)
    known = resources.knowledge.events_between(f"{published[:7]}-01", f"{published[:7]}-31")
    return [
        (telling.events[0].name, telling.sure, str(days.earliest) if days else "")
        for telling, days in told_days(analysis, tellings(analysis, known))
    ]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        (
            "Bij de aanslagen van dinsdag op de luchthaven van Zaventem en in metrostation Maalbeek vielen 32 doden.",
            "2016-03-24",
            [("2016 Brussels bombings", True, "2016-03-22")],
        ),
        (
            "Zaterdag kwamen de Amerikaanse president Donald Trump en de Noord-Koreaanse leider Kim Jong-un niet samen.",
            "2018-06-20",
            [],
        ),
        ("De luchthaven van Zaventem ging zondag opnieuw open.", "2016-03-30", []),
        ("Op de markt van Brussel was het dinsdag druk.", "2016-03-24", []),
    ],
)
def test_known_events_are_told_by_words_and_entities_together(
    text: str, published: str, expected: list[tuple[str, bool, str]], resources: Resources
) -> None:
    assert told(text, published, resources) == expected


def test_known_events_that_fit_alike_are_left_open(resources: Resources) -> None:
    analysis = analysis_of(
        "Vrijdag sprak John Kerry met Sergej Lavrov in Genève over een akkoord voor Syrië.", "2016-09-10", resources
    )  # fmt: skip
    talks = [
        KnownEvent(f"event:{day}", day, day, f"Talks of {day}", "CONSULT", ("country:SY",), ("genève", "akkoord", "sprak"))
        for day in ("2016-08-26", "2016-09-09")
    ]  # fmt: skip
    (telling,) = tellings(analysis, talks)
    assert [event.day for event in telling.events] == ["2016-08-26", "2016-09-09"] and not telling.sure


def test_dating_by_a_known_event_names_its_row(resources: Resources) -> None:
    text = (
        "De politie zoekt een man die dinsdag bij de aanslagen op de luchthaven van Zaventem ontkwam. Hij werd gisteren "
        "(woensdag 23 maart) nog gezien in metrostation Maalbeek, waar een van de aanslagen was."
    )
    found = infer_day(analysis_of(text, "2016-03", resources), resources)
    assert (found.value, found.how) == ("2016-03-24", HowKnown.INFERRED)
    assert "2016 Brussels bombings, 2016-03-22 (event:2016-brussels-bombings)" in found.grounds


def test_dating_by_a_known_event_weighs_the_weeks_and_states_no_day_on_it_alone(resources: Resources) -> None:
    text = "Bij de aanslagen van dinsdag op de luchthaven van Zaventem en in metrostation Maalbeek vielen 32 doden."
    found = infer_day(analysis_of(text, "2016-03", resources), resources)
    weights = dict(found.weights)
    assert found.value == "2016-03"
    assert max(weights, key=lambda day: weights[day]) in ("2016-03-22", "2016-03-23")
    assert (
        weights["2016-03-23"] > 10 * weights["2016-03-16"]
        and weights["2016-03-23"] > 10 * weights["2016-03-30"]
    )


def test_dating_before_what_nobody_could_foresee_is_unlikely(resources: Resources) -> None:
    text = "De aanslagen op de luchthaven van Zaventem en in metrostation Maalbeek hebben België veranderd."
    weights = dict(infer_day(analysis_of(text, "2016-03", resources), resources).weights)
    assert weights["2016-03-25"] > 5 * weights["2016-03-10"]


def test_dating_without_a_known_event_is_as_it_was(resources: Resources) -> None:
    analysis = analysis_of("De minister sprak woensdag met de vakbonden.", "2016-03", resources)
    found = infer_day(analysis, resources)
    assert "event:" not in found.grounds and found.value == "2016-03"

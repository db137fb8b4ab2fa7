"""Dating a report without a date: by its own words, and by events that other reports date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kroniek.analyse.dating import event_days, infer_day
from kroniek.analyse.times import find_times, renew, time_of
from kroniek.analyse.tree import tree_of
from kroniek.merge.dating import date_documents
from kroniek.model import (
    Analysis,
    Document,
    EventMention,
    HowKnown,
    Interval,
    Origin,
    Published,
    Sentence,
    Span,
    Token,
    Zone,
    ZoneKind,
)
from kroniek.pipeline import Resources, analyse, load_resources

STRIKE = (
    "Afgelopen vrijdag bestookten zij de basis met 59 raketten. De president zei woensdag dat hij wil praten."
)
SAME_DAY = " Eerder op de dag noemde de minister dat een goed begin."


@pytest.fixture(scope="module")
def resources() -> Resources:
    return load_resources(today=date(2026, 1, 1), parser="spacy")


def analysis_of(text: str, published: str | None, resources: Resources, *, event: str = "") -> Analysis:
    tokens, sentences, offset = [], [], 0
    for number, sentence in enumerate(text.split(". ")):
        first = len(tokens)
        for word in sentence.split():
            start = text.index(word, offset)
            offset = start + len(word)
            tokens.append(Token(len(tokens), start, offset, word, head=first, sentence=number))
        sentences.append(Sentence(Span(tokens[first].start, offset), first, len(tokens)))
    zones = (Zone(ZoneKind.PARAGRAPH, Span(0, len(text))),)
    document = Document(text, Origin(f"{published}.txt"))
    analysis = Analysis(document, published=Published(published), zones=zones, tokens=tuple(tokens))
    analysis = replace(analysis, sentences=tuple(sentences))
    analysis = replace(analysis, timexes=find_times(analysis, resources)["timexes"])
    if event:
        start = text.index(event)
        token = next(token for token in tokens if token.start == start)
        value, interval, how = time_of(analysis, tree_of(analysis), token)
        told = EventMention(
            (Span(start, start + len(event)),), "ASSAULT", "aerial", numbers=(("raketten", "59"),),
            time=value, interval=interval, time_how=how,
        )  # fmt: skip
        analysis = replace(analysis, events=(told,))
    return analysis


def test_dating_by_a_date_beside_yesterday(resources: Resources) -> None:
    found = infer_day(analysis_of("Gisteren (6 april) viel de stad.", "2017-04", resources), resources)
    assert (found.value, found.how) == ("2017-04-07", HowKnown.INFERRED)
    assert "Gisteren" in found.grounds


def test_dating_states_nothing_that_is_not_sure(resources: Resources) -> None:
    found = infer_day(analysis_of("Hij zei dat woensdag.", "2017-04", resources), resources)
    assert (found.value, found.how) == ("2017-04", HowKnown.UNKNOWN)
    assert max(share for _, share in found.weights) < 0.9
    assert abs(sum(share for _, share in found.weights) - 1) < 0.01


def test_dating_leaves_a_known_day_alone(resources: Resources) -> None:
    analysis = analysis_of("Hij zei dat woensdag.", "2017-04-12", resources)
    assert infer_day(analysis, resources) == analysis.published


@pytest.mark.parametrize(
    ("text", "month", "likely", "unlikely"),
    [
        ("In zijn nieuwjaarsboodschap riep hij op tot vrede.", "2017-12", "2017-12-30", "2017-12-10"),
        ("Eerder deze maand trok hij zijn troepen terug.", "2017-12", "2017-12-20", "2017-12-02"),
        ("De koning las de troonrede voor.", "2018-09", "2018-09-18", "2018-09-02"),
    ],
)
def test_dating_by_the_season_and_the_age_of_the_month(
    text: str, month: str, likely: str, unlikely: str, resources: Resources
) -> None:
    found = infer_day(analysis_of(text, month, resources), resources)
    weights = dict(found.weights)
    assert weights[likely] > 3 * weights[unlikely]
    assert found.value == month and found.grounds


def test_dating_keeps_a_report_with_a_historic_date_open(resources: Resources) -> None:
    found = infer_day(analysis_of("Op 30 september 1882 werd hij geboren.", None, resources), resources)
    assert found == Published(None)


def test_dating_by_an_event_that_another_report_dates(resources: Resources) -> None:
    known = analysis_of(
        "Op 7 april bestookten zij de basis met 59 raketten.", "2017-04-08", resources, event="bestookten"
    )
    unknown = analysis_of(STRIKE + SAME_DAY, "2017-04", resources, event="bestookten")
    assert known.events[0].interval == Interval(date(2017, 4, 7), date(2017, 4, 7))

    def days_under(analysis: Analysis, day: date) -> dict[str, Interval]:
        return event_days(analysis, day, resources)

    def infer(analysis: Analysis) -> Published:
        return infer_day(analysis, resources)

    found = date_documents([unknown, known], days_under, infer)
    published = found[unknown.document.id]
    assert (published.value, published.how) == ("2017-04-12", HowKnown.INFERRED)
    assert "2017-04-08.txt dates the ASSAULT event 2017-04-07" in published.grounds
    times = [timex.value for timex in renew(unknown, published, resources).timexes]
    assert times == ["2017-04-07", "2017-04-12", "2017-04-12"]
    assert date_documents([known, unknown], days_under, infer) == found
    alone = date_documents([unknown], days_under, infer)[unknown.document.id]
    assert alone.value == "2017-04"


def test_time_of_takes_the_sentence_then_the_story_and_never_the_publication(resources: Resources) -> None:
    text = "Op 3 mei viel de stad. De inwoners vluchtten. Het was stil. Niemand sprak."
    analysis = analysis_of(text, "2018-09-28", resources)
    tree = tree_of(analysis)
    found = {token.text.rstrip("."): time_of(analysis, tree, token) for token in analysis.tokens}
    assert found["viel"][0] == "2018-05-03"
    assert found["vluchtten"][2] == "narrative"
    assert found["sprak"] == ("", None, "")


def test_dating_takes_no_second_talk_of_two_people_for_the_first() -> None:
    resources = load_resources(today=date(2026, 1, 1))
    talks = [
        Document("John Kerry sprak vrijdag met Sergej Lavrov over Syrië.", Origin("later.txt"),
                 given=Published("2016-09-10", HowKnown.GIVEN)),
        Document("John Kerry belde zondag met Sergej Lavrov. Zij werden het over de hulp niet eens.", Origin("eerder.txt"),
                 given=Published("2016-09", HowKnown.GIVEN)),
    ]  # fmt: skip
    known, unknown = analyse(talks, resources)

    def days_under(analysis: Analysis, day: date) -> dict[str, Interval]:
        return event_days(analysis, day, resources)

    found = date_documents([known, unknown], days_under, lambda analysis: infer_day(analysis, resources))
    weights = dict(found[unknown.document.id].weights)
    assert weights["2016-09-05"] > 0.05  # a Monday before the Friday that the other report dates


def test_dating_leaves_open_which_of_two_like_talks_is_meant() -> None:
    resources = load_resources(today=date(2026, 1, 1))
    talks = [
        Document(f"John Kerry sprak {day} met Sergej Lavrov in Genève.", Origin(f"{day}.txt"),
                 given=Published(published, HowKnown.GIVEN))
        for day, published in (("vrijdag", "2016-09-03"), ("maandag", "2016-09-13"))
    ]  # fmt: skip
    unknown = Document("John Kerry sprak maandag met Sergej Lavrov in Genève.", Origin("x.txt"),
                       given=Published("2016-09", HowKnown.GIVEN))  # fmt: skip
    analyses = list(analyse([*talks, unknown], resources))

    def days_under(analysis: Analysis, day: date) -> dict[str, Interval]:
        return event_days(analysis, day, resources)

    found = date_documents(analyses, days_under, lambda analysis: infer_day(analysis, resources))
    published = found[analyses[-1].document.id]
    weights = dict(published.weights)
    assert max(weights, key=lambda day: weights[day]) in ("2016-09-12", "2016-09-13")
    assert "maandag.txt dates the CONSULT event 2016-09-12" in published.grounds

"""Times in their surroundings: tense, quotations, events told before, hostile input."""

from __future__ import annotations

import random
import time
from datetime import date

import pytest

from kroniek.analyse.times import find_times, renew
from kroniek.analyse.times.pack import build_pack
from kroniek.model import Analysis, Document, Origin, Published, Span, Timex, Zone, ZoneKind
from kroniek.pipeline import Resources, load_resources


@pytest.fixture(scope="module")
def resources() -> Resources:
    return load_resources(today=date(2026, 1, 1), parser="spacy")


def analysis_of(text: str, published: str | None) -> Analysis:
    zones = (Zone(ZoneKind.PARAGRAPH, Span(0, len(text))),)
    return Analysis(Document(text, Origin("a.txt")), published=Published(published), zones=zones)


def values(text: str, published: str | None, resources: Resources) -> list[tuple[str, str]]:
    timexes: tuple[Timex, ...] = find_times(analysis_of(text, published), resources)["timexes"]
    return [(timex.span.of(text), timex.value) for timex in timexes]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Hij zei maandag dat de wet dinsdag zal ingaan.", "2018-09-27", ["2018-09-24", "2018-10-02"]),
        ("In februari werd gevochten.", "2018-01-05", ["2017-02"]),
        ("In december werd gevochten.", "2018-01-05", ["2017-12"]),
        ("In 2004 beefde de aarde. Op 26 december kwam de vloed.", "2018-09-28", ["2004", "2004-12-26"]),
        (
            "Na de oorlog van 2004 bleef het stil. Op 26 december praat men.",
            "2018-09-28",
            ["2004", "2018-12-26"],
        ),
        ("Het overleg van woensdag is uitgesteld tot maandag.", "2018-09-27", ["2018-09-26", "2018-10-01"]),
        ("De zitting is verschoven naar 3 maart.", "2018-09-27", ["2019-03-03"]),
        (
            "In de nacht van donderdag op vrijdag, rond twee uur, stond hij op.",
            "2017-07-08",
            ["2017-07-06TNI", "2017-07-07T02:00"],
        ),
        (
            "In 2013 werd zij verslagen. Zij heeft sinds eind oktober twee steden.",
            "2022-11-18",
            ["2013", "2022-10"],
        ),
        ("Zij ruilden gevangenen, een ruil van duizend tegen duizend.", "2018-09-27", []),
        ("Dat was dit weekend zo.", "2018-12-17", ["2018-W50-WE"]),
        ("Sinds 2003 groeit het. Sinds februari is het marktleider.", "2008-04-09", ["2003", "2008-02"]),
        ("Van november tot maart was het koud.", "2018-06-01", ["2017-11", "2018-03"]),
        ("Van 26 juni tot 28 juni 2020 reist hij.", "2019-05-30", ["2020-06-26", "2020-06-28"]),
        ('"Gisteren vielen er doden", zei hij vrijdag.', "2018-09-30", ["2018-09-27", "2018-09-28"]),
        ("Donderdag brak brand uit, rond 19.30 uur.", "2018-09-29", ["2018-09-27", "2018-09-27T19:30"]),
        ("Het duurt nu nog anderhalf jaar.", "2018-09-28", ["PRESENT_REF", "P1.5Y"]),
    ],
)
def test_times_in_context(text: str, published: str, expected: list[str], resources: Resources) -> None:
    assert [value for _, value in values(text, published, resources)] == expected


def test_times_without_a_day_stay_open_with_bounds_and_a_gap(resources: Resources) -> None:
    layers = find_times(analysis_of("Afgelopen vrijdag viel de stad. Vorig jaar niet.", "2017-04"), resources)
    friday, year = layers["timexes"]
    assert (friday.value, year.value) == ("XXXX-WXX-5", "2016")
    assert friday.interval is not None
    assert (friday.interval.earliest, friday.interval.latest) == (date(2017, 3, 31), date(2017, 4, 28))
    assert [gap.reason for gap in layers["gaps"]] == ["not dated: the day of publication is not known"]


def test_times_keep_both_readings_of_a_report_after_midnight(resources: Resources) -> None:
    layers = find_times(analysis_of("Morgen praten zij.", "2016-09-09T00:34"), resources)
    assert layers["timexes"][0].alternatives == (("2016-09-09", 0.6), ("2016-09-10", 0.4))


def test_times_are_renewed_for_another_day(resources: Resources) -> None:
    analysis = analysis_of("Gisteren viel de stad.", None)
    found = renew(analysis, Published("2017-04-12"), resources)
    assert [timex.value for timex in found.timexes] == ["2017-04-11"]
    assert not found.gaps


def test_times_span_slices_the_text_whatever_it_is(resources: Resources) -> None:
    chance = random.Random(5)
    pieces = [
        "maandag",
        "3",
        "mei",
        "'98",
        "\n",
        "\n\n",
        " ",
        "’s avonds",
        "２０１８",
        "²",
        "20l6",
        "/",
        "-",
        "é",
        "\u200b",
    ]
    for _ in range(200):
        text = "".join(chance.choice(pieces) + chance.choice(["", " "]) for _ in range(40))
        for timex in find_times(analysis_of(text, "2018-09-28"), resources)["timexes"]:
            assert timex.span.of(text).strip() == timex.span.of(text) != ""


def test_times_take_any_row_of_their_own_words(resources: Resources) -> None:
    grammar = resources.language.compiled(build_pack).grammar
    elements = {
        element.strip("<>?~").rpartition(":")[2]
        for rule in grammar.rules for pattern in rule.patterns for element in pattern.split()
    }  # fmt: skip
    words = sorted(
        word for element in elements for word in element.split("|") if word and not word[0].isupper()
    )
    words += ["3", "12", "31", "2018", "drie", "maandag", "mei", "pm", "vannacht", "om", "uur"] * 40
    chance = random.Random(7)
    for published in ("2018-09-28T00:34", "2018-09", None, "0001-01-01", "9999-12-31"):
        for _ in range(60):
            text = " ".join(chance.choice(words) for _ in range(40))
            for timex in find_times(analysis_of(text, published), resources)["timexes"]:
                assert timex.span.of(text) in text


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Vannacht om 3 uur werd er gevochten.", "2018-09-28", "2018-09-28T03:00"),
        ("Vannacht om 23 uur werd er gevochten.", "2018-09-28", "2018-09-27T23:00"),
        ("Het begon om 3 am.", "2018-09-28", "2018-09-28T03:00"),
        ("Op 3 mei zei hij: \"Vorige week was het rustig.\"", "2018-09-28", "2018-W17"),
        ("Over de aanval van 3 mei zei hij: \"Vorige week was het rustig.\"", "2018-09-28", "2018-W38"),
        ("In 2011 begon de oorlog. Een jaar later vluchtte hij. In augustus keerde hij terug.", "2018-09-28", "2012-08"),
        ("Rusland en de VS praten donderdag en vrijdag in Genève.", "2016-09-08", "2016-09-09"),
        ("De stad viel dinsdag. Eerder op de avond was er nog overleg.", "2018-09-28", "2018-09-25TEV"),
        ("Het bestand begon een week eerder, op 12 september.", "2016-09-20", "2016-09-12"),
        ("Vandaag precies een maand geleden viel de stad.", "2018-09-30", "2018-08-30"),
        ("Vrijdag viel de stad.\n\nLater op de dag vluchtte hij.", "2018-10-03", "2018-10-03"),
        ("Het akkoord kwam er in het weekend.", "2016-09-09", "2016-W35-WE"),
    ],
)  # fmt: skip
def test_times_find_in_the_story(text: str, published: str, expected: str, resources: Resources) -> None:
    assert expected in [value for _, value in values(text, published, resources)]


@pytest.mark.parametrize("words", [["maandag", "7", "31"], ["12"], ["2", "jaar", "en"], ["10:30", "tot"]])
def test_times_take_a_long_line_in_linear_time(words: list[str], resources: Resources) -> None:
    line = " ".join(words * (400_000 // (len(" ".join(words)) + 1)))
    started = time.process_time()
    layers = find_times(analysis_of(line, "2018-09-28"), resources)
    assert time.process_time() - started < 5  # a second on an idle machine, see docs/times.md
    assert layers["gaps"][0].reason.startswith(("too many words of time beside", "a long row of nothing"))


@pytest.mark.parametrize("line", ["maandag", "12", "3 april 2017 om 12 uur", "12/4 tot 1/5", "een kwart 1."])
def test_times_take_short_lines_of_nothing_but_time_as_they_take_one(line: str, resources: Resources) -> None:
    text = "Op 3 mei viel de stad.\n" + f"{line}\n" * (400_000 // (len(line) + 1))
    started = time.process_time()
    layers = find_times(analysis_of(text, "2018-09-28"), resources)
    assert time.process_time() - started < 5  # a second on an idle machine, see docs/times.md
    assert layers["timexes"][0].value == "2018-05-03"
    assert layers["gaps"][-1].reason == "too many words of time beside ordinary ones; the rest is left out"


def test_times_years_of_the_books_stand_for_no_days(resources: Resources) -> None:
    text = "Dit boekjaar daalt de winst, na het derde kwartaal van het boekjaar 2017."
    found = find_times(analysis_of(text, "2018-09-28"), resources)["timexes"]
    assert [(timex.value, timex.interval) for timex in found] == [("FY2018", None), ("FY2017-Q3", None)]
    undated = find_times(analysis_of("Dit boekjaar daalt de winst.", None), resources)["timexes"]
    assert [timex.value for timex in undated] == ["FYXXXX"]


@pytest.mark.parametrize("text", ["Een tienjarige jongen huilde.", "De 48-jarige minister zweeg."])
def test_times_take_no_age_for_a_length(text: str, resources: Resources) -> None:
    assert values(text, "2018-09-28", resources) == []


def test_times_read_a_long_list_of_appointments_to_its_end(resources: Resources) -> None:
    text = "Op maandag 3 september ontving hij de ambassadeur van een buurland voor overleg.\n" * 4000
    layers = find_times(analysis_of(text, "2018-09-28"), resources)
    assert (len(layers["timexes"]), layers["gaps"]) == (4000, ())


@pytest.mark.parametrize("text", ["Film on april 3.", "Zij zong la mei la la.", "Het io mei."])
def test_times_take_no_word_for_a_day_with_slipped_digits(text: str, resources: Resources) -> None:
    assert not [value for _, value in values(text, "2018-09-28", resources) if value.count("-") > 1]


def test_times_leave_out_a_table_of_figures_and_read_on(resources: Resources) -> None:
    text = "Maandag viel de stad. " + "7 31 12 " * 10_000 + "en dinsdag de brug."
    layers = find_times(analysis_of(text, "2018-09-28"), resources)
    assert [timex.value for timex in layers["timexes"]] == ["2018-09-24", "2018-09-25"]
    assert [gap.reason for gap in layers["gaps"]] == ["a long row of nothing but figures; left out"]
    assert layers["gaps"][0].span is not None and layers["gaps"][0].span.of(text).startswith("7 31")


@pytest.mark.parametrize("figures", ["1" * 300_000, "7 " * 150_000, "12-" * 100_000, "3.14 " * 60_000])
def test_times_take_figures_alone_in_no_time(figures: str, resources: Resources) -> None:
    started = time.process_time()
    find_times(analysis_of(figures, "2018-09-28"), resources)
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Tussen nu en 21 mei komt er uitstel.", "2019-05-09", ["PRESENT_REF", "2019-05-21"]),
        ("Van maart tot op heden viel er geen dode.", "2016-11-07", ["2016-03", "PRESENT_REF"]),
        ("De missie loopt van december 2018 tot het einde van maart.", "2018-11-07", ["2018-12", "2019-03"]),
        ("De missie loopt van aanstaande mei tot oktober 2020.", "2018-10-24", ["2019-05", "2020-10"]),
    ],
)
def test_times_make_the_ends_of_a_stretch_agree(
    text: str, published: str, expected: list[str], resources: Resources
) -> None:
    assert [value for _, value in values(text, published, resources)] == expected


def test_times_keep_both_weekends_where_no_verb_decides(resources: Resources) -> None:
    (weekend,) = find_times(analysis_of("Overleg in het weekend", "2018-09-28"), resources)["timexes"]
    assert {value for value, _ in weekend.alternatives} == {"2018-W38-WE", "2018-W39-WE"}
    assert sum(weight for _, weight in weekend.alternatives) == pytest.approx(1)


@pytest.mark.parametrize(
    ("text", "published", "words", "value"),
    [
        ("De wet gaat maandag in.", "2018-09-28", "maandag", "2018-10-01"),
        ("De politie gaat sinds maandag de straat op.", "2018-09-28", "maandag", "2018-09-24"),
        ("Vanaf maandag geldt de wet.", "2018-09-28", "maandag", "2018-10-01"),
        ("Sinds mei komen er geen berichten meer.", "2018-04-28", "mei", "2017-05"),
        ("Dat zei hij maandag.", "2018-09-28", "maandag", "2018-09-24"),
        ("Zij kwamen gisterenavond aan.", "2018-09-28", "gisterenavond", "2018-09-27TEV"),
        ("Zij komen deze namiddag aan.", "2018-09-28", "deze namiddag", "2018-09-28TAF"),
        ("Donderdag laatstleden werd hij verkozen.", "2018-09-28", "Donderdag laatstleden", "2018-09-27"),
        ("Komend weekend wordt er betoogd.", "2018-09-28", "Komend weekend", "2018-W39-WE"),
        ("Vorige week vrijdag was er overleg.", "2018-09-28", "Vorige week vrijdag", "2018-09-21"),
        ("Vrijdag over een week is er overleg.", "2018-09-26", "Vrijdag over een week", "2018-10-05"),
        ("Om half drie begon het.", "2018-09-28", "half drie", "2018-09-28T02:30"),
        ("Om kwart over twee begon het.", "2018-09-28", "kwart over twee", "2018-09-28T02:15"),
        ("Om 11u27 begon het.", "2018-09-28", "11u27", "2018-09-28T11:27"),
        ("Rond de middag klonken schoten.", "2018-09-28", "de middag", "2018-09-28T12:00"),
        ("In de loop van volgende week komt hij.", "2018-09-28", "volgende week", "2018-W40"),
        ("Per 1 januari geldt de wet.", "2018-09-28", "1 januari", "2019-01-01"),
        ("In de jaren negentig was er oorlog.", "2018-09-28", "de jaren negentig", "199"),
        ("In '98 was er oorlog.", "2018-09-28", "'98", "1998"),
        ("Het voorjaar van 2016 was koud.", "2018-09-28", "Het voorjaar van 2016", "2016-SP"),
        ("Tijdens de zomer was het stil.", "2018-09-28", "de zomer", "2018-SU"),
        ("De voorbije 48 uur vielen er doden.", "2018-09-28", "De voorbije 48 uur", "PT48H"),
        ("Het 48 uur durende bestand hield stand.", "2018-09-28", "48 uur", "PT48H"),
        ("Zeven dagen op rij vielen er bommen.", "2018-09-28", "Zeven dagen", "P7D"),
        ("Om de twee jaar is er een top.", "2018-09-28", "Om de twee jaar", "P2Y"),
        ("Zij bellen dagelijks.", "2018-09-28", "dagelijks", "P1D"),
        ("De oorlog woedt al zes jaar.", "2018-09-28", "zes jaar", "P6Y"),
        ("In februari werd er gevochten.", "2018-01-03", "februari", "2017-02"),
        ("De toespraak van anderhalf uur eindigde.", "2018-09-28", "anderhalf uur", "PT1H30M"),
        ("Dinsdag viel de stad. Een dag eerder was het nog stil.", "2018-09-28", "Een dag eerder", "2018-09-24"),
    ],
)  # fmt: skip
def test_times_read_what_the_news_says(
    text: str, published: str, words: str, value: str, resources: Resources
) -> None:
    assert (words, value) in values(text, published, resources)


@pytest.mark.parametrize(
    ("words", "modifier"),
    [
        ("halfweg maart", "MID"), ("eind vorig jaar", "END"), ("tegen eind juni", "END"), ("begin deze maand", "START"),
        ("ongeveer drie dagen", "APPROX"), ("bijna drie dagen", "LESS_THAN"), ("meer dan drie dagen", "MORE_THAN"),
    ],
)  # fmt: skip
def test_times_keep_how_exact_the_words_are(words: str, modifier: str, resources: Resources) -> None:
    (timex,) = find_times(analysis_of(f"Het was {words} rustig.", "2018-09-28"), resources)["timexes"]
    assert timex.modifier == modifier


def test_times_keep_both_readings_with_weights_where_nothing_decides(resources: Resources) -> None:
    (day,) = find_times(analysis_of("Overleg dinsdag in Brussel", "2018-09-28"), resources)["timexes"]
    assert [value for value, _ in day.alternatives] == ["2018-09-25", "2018-10-02"]
    assert sum(weight for _, weight in day.alternatives) == pytest.approx(1)
    (said,) = find_times(analysis_of("Gisteren werd er overlegd.", "2018-09-28"), resources)["timexes"]
    assert said.alternatives == ()

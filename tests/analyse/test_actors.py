"""Linking: every rule's examples, and the behaviour that users count on."""

from __future__ import annotations

from typing import Any

import pytest

from kroniek.language import load_language
from tests.analyse.actor_texts import analysed, linked, mention_of
from tests.analyse.test_coreference import referred

TABLE = load_language("nl").table("actors")
EXAMPLES = [
    (rule["id"], example)
    for rule in (*TABLE["role"], *TABLE["group"], {"id": "metonym", **TABLE["metonym"]})
    for example in rule.get("example", ())
]


@pytest.mark.parametrize(
    ("rule", "example"), EXAMPLES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_actors_rule_example(rule: str, example: dict[str, Any]) -> None:
    analysis = analysed(example["text"], example.get("day", "2016-09-05"), example.get("names"))
    assert linked(analysis, example["words"]) == [example["entity"]]


PEOPLE = {
    "Sergej Lavrov": "PER",
    "John Kerry": "PER",
    "Vladimir Poetin": "PER",
    "Amerikaanse": "NORP",
    "Russische": "NORP",
}


def test_actors_a_name_beside_the_role_wins_over_the_office() -> None:
    text = "De Amerikaanse minister van Buitenlandse Zaken Jan Jansen sprak. De Amerikaanse minister lachte."
    analysis = analysed(text, "2016-09-09", {"Jan Jansen": "PER", "Amerikaanse": "NORP"})
    assert linked(analysis, "De Amerikaanse minister van Buitenlandse Zaken") == ["Jan Jansen"]
    assert linked(analysis, "De Amerikaanse minister") == ["Jan Jansen"]


def test_actors_a_counterpart_beside_a_name() -> None:
    text = "De Amerikaanse minister John Kerry sprak met zijn Russische ambtsgenoot Sergej Lavrov."
    analysis = analysed(text, "2016-09-09", PEOPLE)
    assert linked(analysis, "zijn Russische ambtsgenoot") == ["Sergey Lavrov"]


def test_actors_plural_roles_take_all_names() -> None:
    text = "De ministers van Buitenlandse Zaken van de VS en Rusland, John Kerry (links) en Sergej Lavrov."
    analysis = analysed(text, "2016-08-27", {**PEOPLE, "VS": "GPE", "Rusland": "GPE"})
    assert linked(analysis, "De ministers van Buitenlandse Zaken van de VS en Rusland") == [
        "John Kerry",
        "Sergey Lavrov",
    ]


def test_actors_former_and_indefinite_holders_are_not_the_present_one() -> None:
    analysis = analysed("De voormalige Russische president en een Russische minister.", "2016-09-09", PEOPLE)
    assert [link.reason for link in analysis.links if not link.reason.startswith("name")] == []


def test_actors_without_a_date_no_office_is_read() -> None:
    analysis = analysed("De Russische president kwam.", "", PEOPLE)
    assert all(link.reason.startswith("name") for link in analysis.links)


def test_actors_an_unknown_name_stays_its_own_and_clusters() -> None:
    analysis = analysed(
        "Pieter Kerry won. Kerry lachte.", "2016-09-09", {"Pieter Kerry": "PER", "Kerry": "PER"}
    )
    assert linked(analysis, "Kerry") == ["Pieter Kerry"]
    assert not next(entity for entity in analysis.entities).known


def test_actors_a_bare_surname_of_many_is_not_guessed() -> None:
    assert linked(analysed("Davis won.", "2018-09-30", {"Davis": "PER"}), "Davis") == ["Davis"]


def test_actors_compound_adjectives_mean_both() -> None:
    analysis = analysed("Het Russisch-Amerikaans akkoord.", "2016-09-09", {"Russisch-Amerikaans": "NORP"})
    assert linked(analysis, "Russisch-Amerikaans") == ["Russia", "United States"]


def test_actors_joined_adjectives_mean_both() -> None:
    text = "De Amerikaanse en Russische diplomaten spraken. Russische ministers en Franse troepen wachtten."
    names = {"Amerikaanse": "NORP", "Russische": "NORP", "Franse": "NORP"}
    analysis = analysed(text, "2016-09-09", names)
    assert linked(analysis, "De Amerikaanse en Russische diplomaten") == ["United States", "Russia"]
    assert linked(analysis, "Franse troepen") == ["French Armed Forces"]


def test_actors_joined_adjectives_give_each_office_its_holder() -> None:
    text = "De Amerikaanse en Russische ministers van Buitenlandse Zaken belden."
    analysis = analysed(text, "2016-09-09", {"Amerikaanse": "NORP", "Russische": "NORP"})
    phrase = "De Amerikaanse en Russische ministers van Buitenlandse Zaken"
    assert linked(analysis, phrase) == ["John Kerry", "Sergey Lavrov"]


@pytest.mark.parametrize("joint", ["en", "of", "als"])
def test_actors_a_name_that_leaves_its_end_to_the_next_is_read_whole(joint: str) -> None:
    analysis = analysed(
        f"Zowel Noord- {joint} Zuid-Korea weigert.", "2018-09-09", {"Noord-": "GPE", "Zuid-Korea": "GPE"}
    )
    assert linked(analysis, "Noord-") == ["North Korea"]


def test_actors_pro_adjectives_mean_the_country() -> None:
    analysis = analysed("De pro-Russische rebellen.", "2016-09-09", {"pro-Russische": "NORP"})
    assert linked(analysis, "pro-Russische") == ["Russia"]


def test_actors_coordinated_capitals_are_read_alike() -> None:
    analysis = analysed(
        "Volgens Moskou en Washington is dat zo.", "2016-09-09", {"Moskou": "GPE", "Washington": "GPE"}
    )
    assert linked(analysis, "Washington") == ["United States"]


def test_actors_ministries_follow_the_adjective() -> None:
    text = "Het Amerikaanse ministerie van Buitenlandse Zaken zweeg. Buitenlandse Zaken liet niets weten."
    names = {"Amerikaanse": "NORP", "ministerie van Buitenlandse Zaken": "ORG", "Buitenlandse Zaken": "ORG"}
    analysis = analysed(text, "2016-09-09", names)
    assert linked(analysis, "ministerie van Buitenlandse Zaken") == ["United States Department of State"]
    assert linked(analysis, "Buitenlandse Zaken") == ["United States Department of State"]


def test_actors_acronyms_explained_in_the_text() -> None:
    text = "De Koninklijke Bond van Imkers (KBI) is boos. KBI eist geld."
    analysis = analysed(text, "2016-09-09", {"Koninklijke Bond van Imkers": "ORG", "KBI": "ORG"})
    assert linked(analysis, "KBI", 2) == ["Koninklijke Bond van Imkers"]


def test_actors_a_shop_keeps_its_s() -> None:
    analysis = analysed(
        "Sainsbury's groeit, zegt Trump's adviseur.", "2018-09-30", {"Sainsbury's": "ORG", "Trump's": "PER"}
    )
    assert linked(analysis, "Sainsbury's") == ["Sainsbury's"]
    assert linked(analysis, "Trump's") == ["Donald Trump"]


def test_actors_every_link_has_a_mention_and_entities() -> None:
    analysis = analysed("De Russische president Vladimir Poetin belde.", "2016-09-09", PEOPLE)
    mentions = {mention.id for mention in analysis.mentions}
    entities = {entity.id for entity in analysis.entities}
    assert all(link.mention in mentions and set(link.entities) <= entities for link in analysis.links)
    assert mention_of(analysis, "De Russische president").head is not None


def test_actors_survive_odd_input() -> None:
    for text in ("", "-", "minister van", "de VS- van de van de president van", "'s president", "A" * 5000):
        found = analysed(text or " ", "2016-09-09")
        assert all(mention.span.end <= len(found.text) for mention in found.mentions)
        assert not [gap for gap in found.gaps if "failed" in gap.reason]


def test_actors_long_documents_take_linear_time() -> None:
    text = "De Russische president Vladimir Poetin sprak met zijn Turkse ambtgenoot. " * 150
    assert analysed(text, "2016-09-09", PEOPLE).links


def test_actors_take_who_serves_an_organisation_for_none_of_a_states_people() -> None:
    names = {"Jens Stoltenberg": "PER", "Erna Solberg": "PER"}
    now = analysed("NAVO-chef Jens Stoltenberg sprak met premier Erna Solberg.", "2017-04-12", names)
    sectors = {entity.name: entity.sector for entity in now.entities}
    assert sectors["Jens Stoltenberg"] == "IGO" != sectors["Erna Solberg"]
    before = analysed("Premier Jens Stoltenberg sprak het parlement toe.", "2010-04-12", names)
    assert {entity.name: entity.sector for entity in before.entities}["Jens Stoltenberg"] != "IGO"


@pytest.mark.parametrize(
    ("text", "name", "meant"),
    [
        ("In Soedan wordt gevochten. Buitenlandse Zaken in Brussel haalt Belgen uit Soedan weg.",
         "Buitenlandse Zaken", "Ministry of Foreign Affairs of Belgium"),
        ("Kenia zweeg. Het ministerie van Defensie van buurland Oeganda noemde Kenia een risico.",
         "ministerie van Defensie", "Ministry of Defence of Uganda"),
        ("Israël valt aan. Volgens het door Hamas geleide ministerie van Defensie heeft Israël gefaald.",
         "ministerie van Defensie", "Ministry of Defence of State of Palestine"),
        ("Soedan zweeg. Het ministerie van Defensie in Omdurman meldt dat Soedan niets weet.",
         "ministerie van Defensie", "Ministry of Defence of Sudan"),
    ],
)  # fmt: skip
def test_actors_ministry_is_of_the_country_named_behind_it(text: str, name: str, meant: str) -> None:
    names = {
        word: "GPE" for word in ("Soedan", "Brussel", "Kenia", "Oeganda", "Omdurman", "Israël") if word in text
    } | {word: "ORG" for word in (name, "Hamas") if word in text}  # fmt: skip
    assert linked(analysed(text, "2023-05-04", names), name) == [meant]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("Biden belde met Poetin en Erdogan. De president eiste een bestand.", "De president", "Joe Biden"),
        (
            "President Jan Morel opende het parlement. De Boliviaanse president lachte.",
            "De Boliviaanse president",
            "Jan Morel",
        ),
        (
            "President Jan Morel ontving Macron. De Franse president lachte.",
            "De Franse president",
            "Emmanuel Macron",
        ),
    ],
)
def test_actors_a_bare_role_is_whom_the_report_is_about(text: str, words: str, wanted: str) -> None:
    names = {"Biden": "PER", "Poetin": "PER", "Erdogan": "PER", "Jan Morel": "PER", "Macron": "PER",
             "Boliviaanse": "NORP", "Franse": "NORP"}  # fmt: skip
    given = {name: kind for name, kind in names.items() if name in text}
    assert linked(referred(text, given, "2024-05-14"), words) == [wanted]


@pytest.mark.slow
def test_actors_an_office_is_of_whom_the_report_names_when_he_holds_it_soon() -> None:
    text = "Andrés Manuel López Obrador won met gemak. De Mexicaanse president wil rust."
    names = {"Andrés Manuel López Obrador": "PER", "Mexicaanse": "NORP"}
    title = "Mexicaanse president wil rust\n" + text
    assert linked(referred(title, names, "2018-09-30"), "Mexicaanse president") == [
        "Andrés Manuel López Obrador"
    ]
    soon, bare = referred(text, names, "2018-09-30"), referred(text.split(". ")[1], names, "2018-09-30")
    assert linked(soon, "De Mexicaanse president") == ["Andrés Manuel López Obrador"]
    assert linked(bare, "De Mexicaanse president") == ["Enrique Peña Nieto"]


def test_actors_a_bare_surname_is_no_office_holder_of_a_country_that_the_report_does_not_name() -> None:
    names = {"Ahmed": "PER", "Utrecht": "GPE", "Ethiopië": "GPE"}
    assert linked(analysed("Ahmed woont in Utrecht.", "2024-05-14", names), "Ahmed") == ["Ahmed"]
    assert linked(analysed("Ahmed regeert in Ethiopië.", "2024-05-14", names), "Ahmed") == ["Abiy Ahmed"]

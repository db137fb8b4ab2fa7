"""Who held an office at a date: cases made by hand from public record, 15 countries and over 20 years."""

from __future__ import annotations

import pytest

from kroniek.knowledge import load_knowledge

CASES = [
    ("US", "foreign_minister", "1999-05-01", "Madeleine Albright"),
    ("US", "foreign_minister", "2016-09-09", "John Kerry"),
    ("US", "foreign_minister", "2017-04-12", "Rex Tillerson"),
    ("US", "foreign_minister", "2018-04-10", "John J. Sullivan"),
    ("US", "head_of_state", "1995-11-04", "Bill Clinton"),
    ("US", "head_of_state", "2017-01-20", "Donald Trump"),
    ("US", "defence_minister", "2003-03-20", "Donald Rumsfeld"),
    ("US", "defence_minister", "2018-09-28", "Jim Mattis"),
    ("RU", "head_of_state", "1999-12-30", "Boris Yeltsin"),
    ("RU", "head_of_state", "2010-06-01", "Dmitry Medvedev"),
    ("RU", "head_of_government", "2010-06-01", "Vladimir Putin"),
    ("RU", "foreign_minister", "1997-01-01", "Yevgeny Primakov"),
    ("RU", "foreign_minister", "2016-09-05", "Sergey Lavrov"),
    ("RU", "defence_minister", "2023-06-24", "Sergei Shoigu"),
    ("GB", "foreign_minister", "2003-03-01", "Jack Straw"),
    ("GB", "foreign_minister", "2018-07-20", "Jeremy Hunt"),
    ("GB", "head_of_government", "2016-07-01", "David Cameron"),
    ("GB", "head_of_government", "2022-10-01", "Liz Truss"),
    ("DE", "foreign_minister", "2001-10-07", "Joschka Fischer"),
    ("DE", "foreign_minister", "2017-04-12", "Sigmar Gabriel"),
    ("DE", "head_of_government", "2015-09-04", "Angela Merkel"),
    ("DE", "defence_minister", "2014-09-01", "Ursula von der Leyen"),
    ("FR", "foreign_minister", "2003-02-14", "Dominique de Villepin"),
    ("FR", "foreign_minister", "2016-09-08", "Jean-Marc Ayrault"),
    ("FR", "head_of_state", "2011-03-19", "Nicolas Sarkozy"),
    ("NL", "foreign_minister", "2014-07-21", "Frans Timmermans"),
    ("NL", "foreign_minister", "2018-02-01", "Halbe Zijlstra"),
    ("BE", "foreign_minister", "2018-09-30", "Didier Reynders"),
    ("BE", "head_of_government", "2009-06-01", "Herman Van Rompuy"),
    ("TR", "foreign_minister", "2015-10-01", "Feridun Sinirlioğlu"),
    ("TR", "foreign_minister", "2016-08-01", "Mevlüt Çavuşoğlu"),
    ("TR", "head_of_government", "2013-06-01", "Recep Tayyip Erdoğan"),
    ("SY", "foreign_minister", "2005-02-14", "Farouk al-Sharaa"),
    ("SY", "foreign_minister", "2017-01-23", "Walid Muallem"),
    ("IR", "foreign_minister", "2015-07-14", "Mohammad Javad Zarif"),
    ("IR", "head_of_state", "2009-06-13", "Mahmoud Ahmadinejad"),
    ("IL", "head_of_government", "1995-11-03", "Yitzhak Rabin"),
    ("IL", "foreign_minister", "2008-12-28", "Tzipi Livni"),
    ("CN", "foreign_minister", "2023-01-15", "Qin Gang"),
    ("UA", "foreign_minister", "2015-02-12", "Pavlo Klimkin"),
    ("EG", "foreign_minister", "2000-01-01", "Amr Moussa"),
    ("LB", "head_of_government", "2017-11-04", "Saad Hariri"),
    ("JO", "foreign_minister", "2016-01-01", "Nasser Judeh"),
    ("SA", "foreign_minister", "2016-09-08", "Adel al-Jubeir"),
    ("KR", "head_of_state", "2018-04-27", "Moon Jae-in"),
]


@pytest.mark.parametrize(("country", "role", "day", "name"), CASES)
def test_holders_as_of_a_date(country: str, role: str, day: str, name: str) -> None:
    assert first_holder(role, f"country:{country}", day) == name


@pytest.mark.parametrize(
    ("organisation", "role", "target", "day", "name"),
    [
        ("org:UN", "envoy", "country:SY", "2016-09-09", "Staffan de Mistura"),
        ("org:UN", "envoy", "country:YE", "2018-09-28", "Martin Griffiths"),
        ("org:UN", "organisation_head", "", "2016-09-09", "Ban Ki-moon"),
        ("org:NATO", "organisation_head", "", "2017-04-12", "Jens Stoltenberg"),
        ("org:EU", "foreign_minister", "", "2016-09-09", "Federica Mogherini"),
        ("org:RU-foreign", "spokesperson", "", "2017-04-12", "Maria Zakharova"),
        ("org:US-state", "spokesperson", "", "2016-09-09", "John Kirby"),
        ("org:IAEA", "organisation_head", "", "2015-07-14", "Yukiya Amano"),
    ],
)
def test_holders_of_organisations_and_envoys(
    organisation: str, role: str, target: str, day: str, name: str
) -> None:
    assert first_holder(role, organisation, day, target) == name


def first_holder(role: str, jurisdiction: str, day: str, target: str = "") -> str:
    knowledge = load_knowledge()
    found = knowledge.holders(role, jurisdiction, day, target=target)
    entity = knowledge.entity(found[0]) if found else None
    return entity.name if entity else ""


def test_holders_a_month_takes_every_term_that_touches_it() -> None:
    found = load_knowledge().holders("foreign_minister", "country:US", "2017-02")
    assert "person:rex-tillerson" in found


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("Poetin", "Vladimir Putin"), ("VS", "United States"), ("Wit-Rusland", "Belarus"), ("IS", "Islamic State"),
        ("Islamitische Staat", "Islamic State"), ("Nusra-Front", "al-Nusra Front"), ("Groot-Brittannië", "United Kingdom"),
        ("Noord-Korea", "North Korea"), ("Russen", "Russia"), ("Syrische", "Syria"), ("Genève", "Geneva"),
        ("State Department", "United States Department of State"), ("Kadhafi", "Muammar Gaddafi"),
    ],
)  # fmt: skip
def test_named_finds_dutch_names(surface: str, name: str) -> None:
    knowledge = load_knowledge()
    found = [knowledge.entity(alias.entity) for alias in knowledge.named(surface)]
    assert name in {entity.name for entity in found if entity}


def test_named_acronyms_keep_their_case() -> None:
    assert [alias.entity for alias in load_knowledge().named("is") if alias.kind == "acronym"] == []


def test_named_renames_hold_for_their_time() -> None:
    knowledge = load_knowledge()
    names = {alias.entity: alias for alias in knowledge.named("Jabhat Fatah al-Sham")}
    assert names["org:JFS"].holds("2016-08-27")
    assert not names["org:JFS"].holds("2017-02-01")
    group = knowledge.entity("org:JFS")
    assert group is not None and group.successor == "org:HTS"

from kroniek.knowledge import load_knowledge


def test_people_stand_once_under_the_spellings_of_both_tables() -> None:
    knowledge = load_knowledge()
    names = ("Riad Hijab", "Riyad Farid Hijab")
    assert {alias.entity for name in names for alias in knowledge.named(name)} == {"person:riad-hijab"}


def test_people_have_one_record_for_each_wikidata_identifier() -> None:
    rows = load_knowledge()._rows("SELECT wikidata FROM entity WHERE type = 'PER' AND wikidata != ''")
    identifiers = [row[0] for row in rows]
    assert len(identifiers) > 10_000
    assert len(identifiers) == len(set(identifiers))

"""Processes, commitments and relations from hand-made analyses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kroniek.merge import merge
from kroniek.merge.references import references_in
from kroniek.model import (
    AgreementMention,
    Analysis,
    Argument,
    Entity,
    EntityType,
    Link,
    Mention,
    MentionKind,
    Provenance,
    Span,
    Stance,
    Status,
    Timex,
    TimexType,
    interval_of,
)
from tests.makers import meeting, saying

US, RU, SY = (
    Entity(f"country:{code}", name, EntityType.GPE, country=code)
    for code, name in (("US", "United States"), ("RU", "Russia"), ("SY", "Syria"))
)


def talks(text: str, day: str, published: str, status: Status = Status.HAPPENED) -> Analysis:
    """Return a report in which an American and a Russian minister meet."""
    made = meeting(text, trigger="spraken", day=day, published=published, status=status)
    people = tuple(
        replace(entity, country=code) for entity, code in zip(made.entities, ("US", "RU"), strict=True)
    )
    return replace(made, entities=(*people, US, RU, SY))


def with_agreement(analysis: Analysis, words: str, **told: object) -> Analysis:
    """Return the analysis with a reference to an agreement."""
    start = analysis.text.index(words)
    span = Span(start, start + len(words))
    rule = f"{told.get('phase', '')}-object"
    fields = {"kind": "ceasefire", "provenance": Provenance("agreements", rule), **told}
    mention = AgreementMention(span, span, **fields)  # type: ignore[arg-type]
    return replace(analysis, agreements=(*analysis.agreements, mention))


def phases(analysis: list[Analysis], kind: str) -> list[list[tuple[str, str]]]:
    """Return name and time of the phases of each process of a kind."""
    return [
        [(phase.name, phase.time) for phase in process.phases]
        for process in merge(analysis).processes
        if process.kind == kind
    ]


FIRST = talks("Kerry en Lavrov spraken over het bestand.", "2016-08-26", "2016-08-27")
SECOND = talks("Kerry en Lavrov spraken weer over het bestand.", "2016-09-09", "2016-09-10")
LATER = talks("Kerry en Lavrov spraken in het nieuwe jaar over het bestand.", "2017-02-01", "2017-02-02")
LAST = talks("Kerry en Lavrov spraken in het nieuwe jaar weer over het bestand.", "2017-02-05", "2017-02-06")


def test_processes_join_talks_of_the_same_states_until_a_long_silence():
    found = phases([SECOND, LAST, LATER, FIRST], "negotiation")
    assert found == [
        [("talks_held", "2016-08-26"), ("talks_held", "2016-09-09")],
        [("talks_held", "2017-02-01"), ("talks_held", "2017-02-05")],
    ]


def test_processes_leave_out_a_single_talk_about_no_deal():
    assert phases([LATER], "negotiation") == []
    first = merge([FIRST, SECOND]).processes[0]
    assert (first.parties, first.rounds) == (("country:RU", "country:US"), 2)


def test_processes_follow_one_truce_over_reports():
    reports = [
        with_agreement(
            FIRST, "het bestand", phase="declared", places=("country:SY",), status=Status.POSSIBLE
        ),
        with_agreement(SECOND, "het bestand", phase="declared", places=("country:SY",)),
        with_agreement(LATER, "het bestand", phase="collapsed", places=("country:SY",)),
    ]
    assert phases(reports, "ceasefire") == [
        [("proposed", "2016-08-27"), ("declared", "2016-09-10")],
        [("collapsed", "2017-02-02")],
    ]


def test_processes_who_wants_to_revive_says_that_it_collapsed():
    report = with_agreement(FIRST, "het bestand", phase="revived", dated="2016-02", status=Status.CALLED_FOR)
    assert phases([report], "ceasefire") == [
        [("declared", "2016-02"), ("collapsed", ""), ("revived", "2016-08-27")]
    ]


def test_processes_a_dated_truce_is_not_the_new_one():
    report = with_agreement(FIRST, "het bestand", phase="declared")
    report = with_agreement(report, "bestand", phase="revived", dated="2016-02", status=Status.CALLED_FOR)
    assert len(phases([report], "ceasefire")) == 2


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"phase": "declared", "negated": True}, [("no_result", "2016-08-27")]),
        ({"phase": "violation_alleged"}, [("violation_confirmed", "2016-08-27")]),
        ({"phase": "violation_alleged", "attribution": "a1"}, [("violation_alleged", "2016-08-27")]),
        ({"phase": "in_force", "status": Status.PLANNED, "time": "2016-09-12"}, [("in_force", "2016-09-12")]),
    ],
)
def test_processes_phase_of_what_is_told(told, expected):
    assert phases([with_agreement(FIRST, "het bestand", **told)], "ceasefire") == [expected]


def test_processes_every_phase_has_its_words():
    report = with_agreement(FIRST, "het bestand", phase="declared")
    for process in merge([report]).processes:
        for phase in process.phases:
            assert phase.evidence.span.of(report.text) in ("het bestand", "spraken")
            assert phase.rule


def promise(text: str, published: str, status: Status = Status.PLANNED) -> Analysis:
    """Return a report in which Kerry promises talks on the ninth."""
    made = talks(text, "2016-09-09", published, status)
    return saying(made, "belooft", "dat hij en Lavrov spraken", Stance.PROMISES)


PROMISE = promise("Kerry belooft dat hij en Lavrov spraken.", "2016-09-01")


@pytest.mark.parametrize(
    ("later", "outcome"),
    [
        ([], "open"),
        ([replace(SECOND, events=())], "expired"),
        ([SECOND], "kept"),
        ([talks("Kerry en Lavrov spraken niet.", "2016-09-09", "2016-09-10", Status.CANCELLED)], "broken"),
    ],
)
def test_commitments_end_as_later_reports_tell(later, outcome):
    (commitment,) = merge([PROMISE, *later]).commitments
    assert (commitment.outcome, commitment.due) == (outcome, "2016-09-09")
    assert bool(commitment.steps) == (outcome in ("kept", "broken"))


def test_relations_count_states_by_month_and_leave_out_plans():
    plan = talks("Kerry en Lavrov spraken af.", "2016-09-20", "2016-09-10", Status.PLANNED)
    relations = merge([FIRST, SECOND, plan]).relations
    assert [(item.source, item.target, item.period, len(item.events)) for item in relations] == [
        ("country:RU", "country:US", "2016-08", 1), ("country:RU", "country:US", "2016-09", 1),
        ("country:US", "country:RU", "2016-08", 1), ("country:US", "country:RU", "2016-09", 1),
    ]  # fmt: skip


def test_relations_rebels_do_not_stand_for_the_state_that_they_fight():
    rebels = Entity("country:SY/REB", "Syrian rebels", EntityType.ORG, country="SY", sector="REB")
    army = Entity("country:SY/MIL", "Syrian army", EntityType.ORG, country="SY", sector="MIL")
    made = meeting("Het leger en de rebellen spraken.", people=("Het leger", "de rebellen"))
    event = made.events[0]
    roles = (replace(event.arguments[0], entities=(army.id, rebels.id)),)
    report = replace(made, entities=(army, rebels), events=(replace(event, arguments=roles),))
    assert {(item.source, item.target) for item in merge([report]).relations} == {
        ("country:SY", "country:SY/REB"), ("country:SY/REB", "country:SY"),
    }  # fmt: skip


def test_processes_tell_terms_form_mediator_and_days_of_an_agreement():
    words = "het bestand"
    declared = with_agreement(
        FIRST, words, phase="declared", parties=("country:US", "country:RU"), places=("country:SY",),
        terms=(("monitoring", Span(0, 5)),), form="written", mediators=("org:UN", "country:US"),
    )  # fmt: skip
    force = with_agreement(
        SECOND, words, phase="in_force", parties=("country:US", "country:RU"), places=("country:SY",),
        time="2016-09-12", status=Status.PLANNED, ends="2016-09-19",
    )  # fmt: skip
    (process,) = [item for item in merge([declared, force]).processes if item.kind == "ceasefire"]
    assert (process.form, process.sides, process.mediators) == ("written", "bilateral", ("org:UN",))
    assert [(term.name, term.evidence.span.of(FIRST.text)) for term in process.terms] == [
        ("monitoring", "Kerry")
    ]
    assert (process.declared, process.effective, process.ends) == ("2016-08-27", "2016-09-12", "2016-09-19")
    assert process.state == "declared"


def test_processes_one_party_declares_alone_and_an_end_that_came_counts():
    alone = with_agreement(FIRST, "het bestand", phase="declared", parties=("country:RU",), form="declared")
    over = with_agreement(SECOND, "het bestand", phase="expired", parties=("country:RU",), ends="2016-09-30")
    (process,) = [item for item in merge([alone, over]).processes if item.kind == "ceasefire"]
    assert (process.sides, process.state, process.ends) == ("unilateral", "expired", "2016-09-10")


def _dated(report: Analysis, words: str, value: str) -> Analysis:
    """Return the report with a time expression."""
    start = report.text.index(words)
    timex = Timex(Span(start, start + len(words)), TimexType.DATE, value, interval_of(value))
    return replace(report, timexes=(timex,))


def test_commitments_keep_offers_and_threats_with_their_deadline():
    offer = talks("Kerry en Lavrov spraken van een aanbod.", "2016-09-02", "2016-09-01", Status.OFFERED)
    (made,) = merge([offer]).commitments
    assert (made.kind, made.by, made.outcome) == ("offer", ("Q-John Kerry", "Q-Sergey Lavrov"), "open")
    (done,) = merge([offer, talks("Kerry en Lavrov spraken.", "2016-09-02", "2016-09-03")]).commitments
    assert (done.outcome, [step.outcome for step in done.course]) == ("kept", ["kept"])
    threat = talks("Kerry en Lavrov spraken dreigende taal: vrijdag.", "", "2016-09-01")
    event = replace(threat.events[0], type="THREATEN")
    threat = _dated(replace(threat, events=(event,)), "vrijdag", "2016-09-09")
    assert [(item.kind, item.due, item.outcome) for item in merge([threat]).commitments] == [
        ("threat", "2016-09-09", "open")
    ]
    assert {item.outcome for item in merge([threat, LATER]).commitments} == {"expired"}


def test_commitments_do_not_count_the_cue_of_a_promise_as_an_offer():
    made = talks("Kerry belooft dat hij en Lavrov spraken.", "", "2016-09-01", Status.OFFERED)
    offered = replace(made, events=(replace(made.events[0], trigger=(Span(6, 13),)),))
    (promise_,) = merge(
        [saying(offered, "belooft", "dat hij en Lavrov spraken", Stance.PROMISES)]
    ).commitments
    assert promise_.kind == "promise"


def test_commitments_hold_demands_only_with_a_day():
    report = saying(talks("Kerry eist dat Lavrov vrijdag spraken.", "", "2016-09-01", Status.CALLED_FOR), "eist",
                    "dat Lavrov vrijdag spraken", Stance.DEMANDS)  # fmt: skip
    assert merge([report]).commitments == ()
    (demand,) = merge([_dated(report, "vrijdag", "2016-09-02")]).commitments
    assert (demand.kind, demand.by, demand.due) == ("demand", ("Q-John Kerry",), "2016-09-02")
    assert merge([_dated(report, "vrijdag", "2016-08-26")]).commitments == ()


def test_processes_a_reference_by_date_is_the_truce_that_began_then():
    text = "Het bestand geldt sinds december. Het bestand van december kwam er. Kerry en Lavrov spraken."
    report = with_agreement(
        talks(text, "", "2017-01-20"), "Het bestand geldt", phase="in_force", time="2016-12-30"
    )
    report = with_agreement(report, "Het bestand van december", dated="2016-12")
    later = with_agreement(LATER, "het bestand", phase="collapsed", dated="2016-12", time="2017-02-01")
    assert phases([report, later], "ceasefire") == [
        [("declared", "2016-12"), ("in_force", "2016-12-30"), ("collapsed", "2017-02-01")]
    ]
    new = with_agreement(LATER, "het bestand", phase="proposed", places=("country:SY",))
    assert len(phases([report, new], "ceasefire")) == 2


def test_processes_a_report_that_looks_back_tells_no_new_phase():
    told = {"places": ("country:SY",)}
    reports = [
        with_agreement(SECOND, "het bestand", phase="in_force", time="2016-09-12", status=Status.PLANNED, **told),
        with_agreement(
            talks("Kerry en Lavrov spraken: het bestand werkt.", "", "2016-09-14"), "het bestand", phase="in_force", **told
        ),
        with_agreement(
            talks("Kerry en Lavrov spraken: het bestand ging in.", "", "2016-09-13"), "het bestand", phase="in_force",
            time="2016-09-12", **told,
        ),
        with_agreement(
            talks("Kerry en Lavrov spraken over het bestand dat zij sloten.", "", "2016-09-15"), "het bestand",
            phase="declared", **told,
        ),
        with_agreement(
            talks("Kerry en Lavrov spraken: het bestand is voorbij.", "", "2016-09-20"), "het bestand",
            phase="collapsed", **told,
        ),
        with_agreement(
            talks("Kerry en Lavrov spraken: het bestand was mislukt.", "", "2016-09-25"), "het bestand",
            phase="collapsed", **told,
        ),
    ]  # fmt: skip
    assert phases(reports, "ceasefire") == [
        [("declared", ""), ("in_force", "2016-09-12"), ("collapsed", "2016-09-20")]
    ]


def test_processes_find_a_bare_truce_by_the_states_of_its_sentence():
    reached = with_agreement(SECOND, "het bestand", phase="declared", places=("country:SY",))
    army = Entity("country:SY/MIL", "Syrian army", EntityType.ORG, country="SY", sector="MIL")
    over = meeting("Het leger beëindigde het bestand.", trigger="beëindigde", people=("Het leger",), day="",
                   published="2016-09-20", kind="SANCTION")  # fmt: skip
    roles = (replace(over.events[0].arguments[0], entities=(army.id,)),)
    over = replace(over, entities=(army,), links=(), events=(replace(over.events[0], arguments=roles),))
    over = with_agreement(over, "het bestand", phase="collapsed")
    assert phases([reached, over], "ceasefire") == [[("declared", "2016-09-10"), ("collapsed", "2016-09-20")]]


def test_processes_know_an_agreement_by_the_town_in_its_name():
    town, other = (Entity(f"place:{name}", name, EntityType.GPE, country="BY") for name in ("minsk", "brest"))

    def about(report: Analysis, words: str, party: Entity) -> Analysis:
        report = replace(report, entities=(*report.entities, town, other))
        return with_agreement(report, words, kind="agreement", parties=(party.id,))

    reports = [
        about(FIRST, "het bestand", town),
        about(LATER, "het bestand", town),
        about(SECOND, "het bestand", other),
    ]
    reports[0] = about(reports[0], "bestand.", town)
    reports = [
        replace(
            report, agreements=tuple(replace(item, phase="violation_alleged") for item in report.agreements)
        )
        for report in reports
    ]
    found = [process for process in merge(reports).processes if process.kind == "agreement"]
    assert sorted(len({item.document for item in process.mentions}) for process in found) == [1, 2]
    assert all(process.parties == () or "country:BY" not in process.parties for process in found)


def test_processes_talks_that_are_only_planned_were_not_held():
    plan = talks("Kerry en Lavrov spraken af.", "2016-09-20", "2016-09-10", Status.PLANNED)
    title = talks("Toch overleg: Kerry en Lavrov spraken.", "2016-09-20", "2016-09-11", Status.ONGOING)
    more = talks("Kerry en Lavrov spraken nog eens af.", "2016-09-20", "2016-09-12", Status.PLANNED)
    assert phases([FIRST, plan, title, more], "negotiation") == [
        [("talks_held", "2016-08-26"), ("talks_scheduled", "2016-09-10"), ("talks_scheduled", "2016-09-12")]
    ]


def _truce(words: str, published: str, **told: object) -> Analysis:
    report = talks(f"Kerry en Lavrov spraken: {words} op {published}.", "", published)
    return with_agreement(replace(report, events=()), words, places=("country:SY",), **told)


def test_processes_truces_that_began_on_other_days_are_others():
    first = _truce("het bestand", "2020-10-10", phase="declared", time="2020-10-09")
    second = _truce("een nieuw bestand", "2020-10-18", phase="declared", time="2020-10-17", fresh=True)
    broken = _truce("dit bestand", "2020-10-11", phase="violation_alleged")
    again = _truce("zo'n bestand", "2020-10-19", phase="violation_alleged")
    assert phases([again, second, broken, first], "ceasefire") == [
        [("declared", "2020-10-09"), ("violation_confirmed", "2020-10-11")],
        [("declared", "2020-10-17"), ("violation_confirmed", "2020-10-19")],
    ]


def test_processes_what_still_stands_months_later_is_the_agreement_that_was_reached():
    reached = _truce("het bestand", "2022-03-25", phase="declared", time="2022-03-24")
    fallen = _truce("dat bestand", "2022-08-24", phase="collapsed")
    assert phases([reached, fallen], "ceasefire") == [
        [("declared", "2022-03-24"), ("collapsed", "2022-08-24")]
    ]
    other = _truce("een bestand", "2022-08-24", phase="proposed")
    assert len(phases([reached, other], "ceasefire")) == 2


def test_processes_persons_of_no_state_and_newspapers_are_no_parties():
    paper = Entity("org:paper", "De Krant", EntityType.ORG, sector="MED")
    report = replace(FIRST, entities=(*FIRST.entities, paper, Entity("nil-x", "Janssens", EntityType.PER)))
    report = with_agreement(
        report, "het bestand", phase="declared", parties=("org:paper", "nil-x", "country:SY")
    )
    (process,) = [item for item in merge([report]).processes if item.kind == "ceasefire"]
    assert process.parties == ("country:SY",)


def test_processes_an_accord_of_the_day_on_which_a_truce_began_is_that_truce():
    truce = _truce("het bestand", "2022-11-02", phase="declared", time="2022-11-02")
    accord = _truce("het akkoord", "2022-11-13", phase="declared", time="2022-11-02", kind="agreement")
    other = _truce("het verdrag", "2022-11-13", phase="declared", time="2022-11-09", kind="agreement")
    found = merge([truce, accord, other]).processes
    assert sorted((process.kind, len(process.mentions)) for process in found) == [
        ("agreement", 1),
        ("ceasefire", 2),
    ]


def test_processes_a_state_in_whose_town_talks_are_held_is_no_party():
    geneva = Entity("place:geneva", "Geneva", EntityType.GPE, country="CH")
    swiss = Entity("country:CH", "Switzerland", EntityType.GPE, country="CH")

    def trip(published: str, *more: Argument) -> Analysis:
        made = talks("Kerry en Lavrov spraken in Genève.", "2016-09-09", published, Status.PLANNED)
        actor = Argument("actor", ("Q-John Kerry",))
        event = replace(made.events[0], arguments=(actor, *more), place=geneva.id, mode="visit")
        return replace(made, entities=(*made.entities, geneva, swiss), events=(event,))

    host = Argument("recipient", ("country:CH",), reason="host")
    alone = trip("2016-09-07", host)
    assert merge([alone]).events[0].recipients == ("country:CH",)
    met = talks("Kerry en Lavrov spraken elkaar in Genève.", "2016-09-09", "2016-09-10")
    met = replace(
        met, entities=(*met.entities, geneva, swiss), events=(replace(met.events[0], place=geneva.id),)
    )
    again = talks("Kerry en Lavrov spraken weer.", "2016-09-20", "2016-09-21")
    merged = merge([alone, met, again])
    assert {key for event in merged.events for key in event.recipients} == set()
    assert [process.parties for process in merged.processes] == [("country:RU", "country:US")]
    acting = trip("2016-09-07", host, Argument("recipient", ("country:CH",), reason="object"))
    assert "country:CH" in merge([acting]).events[0].recipients


def test_processes_an_end_that_only_the_report_dates_has_a_day_and_no_hour():
    fallen = _truce("het bestand", "2016-09-20", phase="collapsed")
    fallen = replace(fallen, published=replace(fallen.published, value="2016-09-20T18:05"))
    (process,) = [item for item in merge([fallen]).processes if item.kind == "ceasefire"]
    assert (process.ends, process.phases[-1].time) == ("2016-09-20", "2016-09-20T18:05")


def test_processes_the_state_of_a_town_in_a_name_is_not_what_the_sentence_is_about():
    town = Entity("place:pretoria", "Pretoria", EntityType.GPE, country="ZA")
    report = talks("Kerry en Lavrov spraken over het akkoord van Pretoria.", "", "2022-11-13")
    start = report.text.index("Pretoria")
    name = Mention(Span(start, start + 8), MentionKind.NAME, EntityType.GPE)
    report = replace(
        report, entities=(*report.entities, town), mentions=(*report.mentions, name),
        links=(*report.links, Link(name.id, (town.id,), 1.0, "name")),
    )  # fmt: skip
    report = with_agreement(report, "het akkoord", kind="agreement", parties=(town.id,))
    (reference,) = references_in(report)
    assert reference.named == {town.id}
    assert reference.near == {"country:US", "country:RU"}

"""Scores of pairs of tellings mean what they say, on a made-up chronicle with known truth."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from itertools import combinations

from kroniek.merge.clusters import VETO, average_link, components
from kroniek.merge.events import keys_of
from kroniek.merge.likeness import score
from kroniek.merge.tellings import Told, tellings_of
from kroniek.model import Analysis, Argument, Status
from tests.makers import meeting
from tests.merge.synthetic import make_world


def test_likeness_is_calibrated() -> None:
    world = make_world(reports=1200, events=300, seed=11)
    buckets = defaultdict(list)
    for report in world.reports:
        for told in tellings_of(report, {}):
            for key in keys_of(told):
                buckets[key].append(told)
    pairs = {
        (left.id, right.id): (left, right)
        for members in buckets.values()
        for left, right in combinations(members, 2)
    }
    bins: dict[str, list[bool]] = defaultdict(list)
    for left, right in pairs.values():
        found = score(left, right)
        level = "veto" if found == VETO else "low" if found < 0.3 else "middle" if found < 0.7 else "high"
        bins[level].append(world.events[left.id] == world.events[right.id])
    shares = {level: sum(right) / len(right) for level, right in bins.items()}
    assert shares["veto"] < 0.05 and shares["low"] < 0.2
    assert shares["high"] > 0.8
    assert shares["low"] < shares["middle"] < shares["high"]


def test_average_link_respects_vetoes_and_weights() -> None:
    scores = {(0, 1): 0.9, (1, 2): 0.8, (0, 2): VETO}
    assert average_link(3, scores, 0.5) == [[0, 1], [2]]
    assert average_link(3, {(0, 1): 0.9, (1, 2): 0.9}, 0.5) == [[0, 1], [2]]
    assert average_link(2, {}, 0.5) == [[0], [1]]


def test_components_join_what_is_linked() -> None:
    assert [sorted(part) for part in components([("a", "b"), ("c", "d"), ("b", "c"), ("x", "y")])] == [
        ["a", "b", "c", "d"], ["x", "y"],
    ]  # fmt: skip


def told_in(analysis: Analysis, *, resumes: bool = False) -> Told:
    (event,) = analysis.events
    events = (dataclasses.replace(event, resumes=resumes),)
    (told,) = tellings_of(dataclasses.replace(analysis, events=events), {})
    return told


def test_likeness_of_a_copied_sentence_needs_no_participants() -> None:
    sentence = "Bij het dorp werden in de nacht nieuwe beschietingen gemeld door bewoners."
    one, other = (
        told_in(
            meeting(sentence + more, trigger="beschietingen", people=(), day="", kind="ASSAULT", path=path)
        )
        for more, path in (("", "a.txt"), (" Meer volgt.", "b.txt"))
    )
    assert score(one, other) < 0.3  # the whole text is the sentence of these made-up reports
    copy = told_in(
        meeting(sentence, trigger="beschietingen", people=(), day="", kind="ASSAULT", path="c.txt")
    )
    elsewhere = dataclasses.replace(copy, telling=dataclasses.replace(copy.telling, document="elsewhere"))
    assert score(one, elsewhere) > 0.9


def test_likeness_of_an_unnamed_telling_asks_that_it_refers_back() -> None:
    text = "Kerry en Lavrov spraken elkaar. Na het overleg was er overleg tussen anderen."
    full = told_in(meeting(text))
    bare = meeting(text, trigger="overleg", people=(), day="")
    assert score(full, told_in(bare, resumes=True)) > 0.5 > score(full, told_in(bare))


def test_likeness_of_acts_in_one_report_asks_for_one_word_or_a_look_back() -> None:
    day = meeting("Kerry en Lavrov spraken elkaar.", day="", published="2023-08-07", path="a.txt")
    told = dataclasses.replace(told_in(day), verb="steun")
    act = dataclasses.replace(told, mention=dataclasses.replace(told.mention, type="AID"))
    other = dataclasses.replace(act, verb="evacu")
    again = dataclasses.replace(other, mention=dataclasses.replace(other.mention, resumes=True))
    same, apart, back = (score(act, right, beside=True) for right in (act, other, again))
    assert apart < back < same
    assert score(act, other, beside=False) == score(act, act, beside=False)  # other reports have other words


def test_likeness_of_an_offer_of_a_third_to_those_who_do_not_agree() -> None:
    text = "Erdogan bood Kerry en Lavrov een plan aan. Kerry en Lavrov kwamen niet tot een akkoord."
    failed = told_in(meeting(text, trigger="akkoord", day="", kind="AGREE", status=Status.NOT_HAPPENED))
    made = meeting(text, trigger="bood", people=("Erdogan", "John Kerry", "Sergey Lavrov"), day="", kind="AGREE",
                   status=Status.OFFERED)  # fmt: skip
    (event,) = made.events
    roles = (Argument("actor", ("Q-Erdogan",)), Argument("recipient", ("Q-John Kerry", "Q-Sergey Lavrov")))
    offer = told_in(dataclasses.replace(made, events=(dataclasses.replace(event, arguments=roles),)))
    assert score(offer, failed) < 0.3


def test_likeness_of_talks_to_come_and_a_call() -> None:
    def told(text: str, mode: str, status: Status) -> Told:
        made = meeting(
            text, day="" if status is Status.PLANNED else "2016-09-08", published="2016-09-08", status=status
        )
        return told_in(dataclasses.replace(made, events=(dataclasses.replace(made.events[0], mode=mode),)))

    plan = told("Kerry en Lavrov spraken af.", "", Status.PLANNED)
    call, visit = (
        told(f"Kerry en Lavrov spraken {mode}.", mode, Status.HAPPENED) for mode in ("phone", "visit")
    )
    assert score(plan, call) < score(plan, visit)

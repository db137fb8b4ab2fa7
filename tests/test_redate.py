"""A report that states only its month is dated by its own words and by other reports."""

from __future__ import annotations

from datetime import date

import pytest

from kroniek.model import Analysis, Document, HowKnown, Origin, Published
from kroniek.model.document import STATED_FROM
from kroniek.pipeline import analyse, load_resources
from kroniek.redate import redate

STRIKE = Document(
    "Vliegtuigen van Amerika bombardeerden vrijdag een basis van Syrië.",
    Origin("aanval.txt"), given=Published("2017-04-08T09:00", HowKnown.GIVEN),
)  # fmt: skip
UNDATED = Document(
    "De Russische president Vladimir Poetin sprak woensdag met minister Rex Tillerson. Eerder op de dag sprak Lavrov "
    "met Tillerson. Amerika bombardeerde afgelopen vrijdag een basis van Syrië.",
    Origin("gesprek.txt"), given=Published("2017-04", HowKnown.GIVEN),
)  # fmt: skip


@pytest.fixture(scope="module")
def analyses() -> list[Analysis]:
    resources = load_resources(today=date(2026, 1, 1))
    return list(analyse([STRIKE, UNDATED], resources))


def test_redate_leaves_stated_days_alone_and_never_states_an_unfounded_day(analyses: list[Analysis]) -> None:
    resources = load_resources(today=date(2026, 1, 1))
    changed = redate(analyses, resources)
    assert all(analysis.document.id == UNDATED.id for analysis in changed)
    for analysis in changed:
        published = analysis.published
        weights = dict(published.weights)
        assert published.grounds
        assert max(weights, key=lambda day: weights[day]) == "2017-04-12"
        assert (published.how is HowKnown.INFERRED) == (max(weights.values()) >= STATED_FROM)
        assert published.value == ("2017-04-12" if max(weights.values()) >= STATED_FROM else "2017-04")


def test_redate_does_not_depend_on_order_or_on_earlier_conclusions(analyses: list[Analysis]) -> None:
    resources = load_resources(today=date(2026, 1, 1))
    first = redate(analyses, resources)
    assert redate(analyses[::-1], resources) == first
    replaced = {analysis.document.id: analysis for analysis in first}
    settled = [replaced.get(analysis.document.id, analysis) for analysis in analyses]
    assert redate(settled, resources) == []


def test_redate_takes_a_talk_told_from_the_other_side_for_the_same() -> None:
    resources = load_resources(today=date(2026, 1, 1))
    talk = Document(
        "Vladimir Poetin ontving woensdag minister Rex Tillerson.",
        Origin("ontvangst.txt"), given=Published("2017-04-13T09:00", HowKnown.GIVEN),
    )  # fmt: skip
    (changed,) = redate(list(analyse([STRIKE, UNDATED, talk], resources)), resources)
    assert (changed.published.value, changed.published.how) == ("2017-04-12", HowKnown.INFERRED)
    assert "ontvangst.txt dates the CONSULT event 2017-04-12" in changed.published.grounds

"""The Python interface: reading twice adds nothing, order does not matter, a killed run goes on."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kroniek
from kroniek.chronicle import Chronicle
from kroniek.errors import NotFoundError
from kroniek.ingest import Outcome
from kroniek.model import Document, Merged, Origin, Rejection, Stance, Status
from kroniek.store.write import Counts
from tests.flows import STEPS, document, resources

REPORTS = [
    document("Kerry ontmoette Lavrov op 2016-08-26. Het gesprek duurde lang.", 1),
    document("Volgens bronnen: Kerry ontmoette Lavrov op 2016-08-26 in een hotel.", 2),
    document("Kerry ontmoette Lavrov op 2016-09-05, opnieuw zonder akkoord.", 3),
    document("Poetin ontmoette Obama op 2016-09 in China.", 4),
    document("Er gebeurde niets.", 5),
    document("Poetin ontmoette Erdogan en zei weinig.", 6),
]


def _add(path: Path, *items: Document | Rejection, again: bool = False) -> Outcome:
    with Chronicle.open(path, create=True) as chronicle:
        return chronicle.add(items, resources(), steps=STEPS, again=again)


def _merged(path: Path) -> Merged:
    with Chronicle.open(path) as chronicle:
        return chronicle.merged


def test_chronicle_counts_what_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "a.kroniek"
    outcome = _add(path, *REPORTS, REPORTS[0], Rejection("x.bin", "", "binary"))
    assert outcome.counts == Counts(added=6, known=1, rejected=1)
    assert outcome.counts.announced == 8
    assert outcome.rejections == (Rejection("x.bin", "", "binary"),)


def test_chronicle_reading_twice_adds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.kroniek"
    _add(path, *REPORTS)
    before = _merged(path)
    assert _add(path, *REPORTS).counts == Counts(known=6)
    assert _merged(path) == before


def test_chronicle_again_analyses_anew_and_changes_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.kroniek"
    _add(path, *REPORTS)
    before = _merged(path)
    assert _add(path, *REPORTS, REPORTS[0], again=True).counts == Counts(renewed=6, known=1)
    assert _merged(path) == before


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=st.permutations(REPORTS), cut=st.integers(0, len(REPORTS)))
def test_chronicle_does_not_depend_on_the_order_of_reading(
    tmp_path_factory: pytest.TempPathFactory, order: list[Document], cut: int
) -> None:
    path, other = (tmp_path_factory.mktemp("order") / name for name in ("a.kroniek", "b.kroniek"))
    _add(path, *order[:cut])
    _add(path, *order[cut:])
    _add(other, *REPORTS)
    assert _merged(path) == _merged(other)


def test_chronicle_events_keep_days_apart_and_carry_their_precision(tmp_path: Path) -> None:
    path = tmp_path / "a.kroniek"
    _add(path, *REPORTS)
    with Chronicle.open(path) as chronicle:
        found = [(event.time, len(event.tellings)) for event in chronicle.events()]
        assert found == [("2016-08-26", 2), ("2016-09", 1), ("2016-09-05", 1), ("", 1)]
        kerry = list(chronicle.events(actor="kerry", since="2016-09-01"))
        assert [event.time for event in kerry] == ["2016-09-05"]
        assert chronicle.named(kerry[0].actors) == ("Kerry", "Lavrov")
        assert [event.time for event in chronicle.events(about="akkoord")] == ["2016-09-05"]
        assert not list(chronicle.events(statuses=(Status.DENIED,)))
        assert not list(chronicle.statements(stance=Stance.DENIES))
        with pytest.raises(NotFoundError, match="Merkel"):
            list(chronicle.events(actor="Merkel"))


def test_chronicle_merges_when_asked_after_a_run_that_was_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.kroniek"
    monkeypatch.setattr("kroniek.ingest.merge_chronicle", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        _add(path, *REPORTS)
    monkeypatch.undo()
    with Chronicle.open(path) as chronicle:
        assert chronicle.state.unfinished
        assert len(list(chronicle.events())) == 4


def test_chronicle_rejects_what_no_file_can_hold(tmp_path: Path) -> None:
    outcome = _add(tmp_path / "a.kroniek", Document("half \ud83d", Origin("a.jsonl", "3")))
    assert outcome.counts == Counts(rejected=1)
    assert "surrogate" in outcome.rejections[0].reason


def test_chronicle_gives_data_frames(tmp_path: Path) -> None:
    pd = pytest.importorskip("pandas")
    path = tmp_path / "a.kroniek"
    _add(path, *REPORTS)
    with Chronicle.open(path) as chronicle:
        frame = chronicle.events().to_pandas()
        assert isinstance(frame, pd.DataFrame)
        assert list(frame["status"]) == ["happened"] * 4
        assert len(chronicle.documents().to_pandas()) == 6


def test_package_names_its_public_classes_without_loading_them() -> None:
    code = "import kroniek, sys; assert 'sqlalchemy' not in sys.modules; print(kroniek.Chronicle.__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "Chronicle\n"
    with pytest.raises(AttributeError, match="Kroniek"):
        kroniek.Kroniek  # noqa: B018


WRITER = """
import sys
from kroniek.chronicle import Chronicle
from tests.flows import STEPS, document, resources
reports = (document(f"Kerry ontmoette Lavrov op 2016-{n % 12 + 1:02}-{n % 28 + 1:02}. Bericht {n}.", n) for n in range(600))
with Chronicle.open(sys.argv[1], create=True) as chronicle:
    print("ready", flush=True)
    print(chronicle.add(reports, resources(), steps=STEPS).counts.announced)
"""


@pytest.mark.slow
def test_chronicle_a_killed_run_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """SIGKILL at random moments of a run; the same command goes on until it comes to its end."""
    path, whole = tmp_path / "killed.kroniek", tmp_path / "whole.kroniek"
    command, root = [sys.executable, "-c", WRITER], Path(__file__).parent.parent
    wait = random.Random(8)
    for _ in range(5):
        run = subprocess.Popen([*command, str(path)], stdout=subprocess.PIPE, cwd=root)
        assert run.stdout is not None
        run.stdout.readline()
        time.sleep(wait.uniform(0.6, 1.6))
        run.send_signal(signal.SIGKILL)
        run.communicate()
        with Chronicle.open(path) as chronicle:
            ids = [analysis.document.id for analysis in chronicle.analyses()]
            assert len(ids) == len(set(ids))
    for target in (path, whole):
        done = subprocess.run([*command, str(target)], capture_output=True, text=True, check=True, cwd=root)
        assert done.stdout.split() == ["ready", "600"]
    with Chronicle.open(path) as killed, Chronicle.open(whole) as once:
        assert list(killed.analyses(tokens=True)) == list(once.analyses(tokens=True))
        assert killed.merged == once.merged
        assert not killed.state.unfinished

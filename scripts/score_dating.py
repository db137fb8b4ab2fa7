"""Hide the day of reports whose day is known, infer it again, and count how often what is said holds.

    python scripts/score_dating.py gold/nl [--split train] [--texts gold/texts] [--nothing]

Each report is read alone and keeps its month (with `--nothing` not even that). Printed: how many give anything
to go by, in how many a day is stated (80% of the weight) and how many of those are right, how often the days
that together have 90% of the weight hold the true one and how many they are, and the mean weight of the true day.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kroniek.analyse.dating import infer_day
from kroniek.analyse.step import Resources
from kroniek.analyse.times import renew
from kroniek.cli.measure import TODAY, load_split
from kroniek.model import Analysis, Document, HowKnown, Origin, Published, interval_of
from kroniek.pipeline import analyse, load_resources

SHARE = 0.9  # of the weight


@dataclass(frozen=True, slots=True)
class Case:
    """One report: its true day and what was inferred without it."""

    day: date
    found: Published

    @property
    def weight(self) -> float:
        """Return the weight of the true day."""
        return dict(self.found.weights).get(self.day.isoformat(), 0.0)

    @property
    def likely(self) -> set[str]:
        """Return the fewest days that together have 90% of the weight."""
        days: set[str] = set()
        total = 0.0
        for day, weight in self.found.weights:
            if total < SHARE:
                days.add(day)
                total += weight
        return days


def hide(analysis: Analysis, resources: Resources, *, nothing: bool = False) -> Published:
    """Return what is inferred for a report of which only the month, or nothing, is known."""
    month = None if nothing else (analysis.published.value or "")[:7]
    hidden = Published(month, HowKnown.STATED) if month else Published()
    return infer_day(renew(analysis, hidden, resources), resources)


def cases_of(analyses: Iterable[Analysis], resources: Resources, *, nothing: bool = False) -> list[Case]:
    """Return a case for each report whose day is known."""
    return [
        Case(analysis.published.day, hide(analysis, resources, nothing=nothing))
        for analysis in analyses
        if analysis.published.day is not None
    ]


def summary(cases: Sequence[Case]) -> list[str]:
    """Return the lines of the report."""
    weighed = [case for case in cases if case.found.weights]
    stated = [case for case in weighed if case.found.day is not None]
    right = sum(case.found.day == case.day for case in stated)
    held = sum(case.day.isoformat() in case.likely for case in weighed)
    days = sum(len(case.likely) for case in weighed) / max(1, len(weighed))
    weight = sum(case.weight for case in weighed) / max(1, len(weighed))
    return [
        f"reports {len(cases)}, with something to go by {len(weighed)}",
        f"day stated {len(stated)}, of these right {right}",
        f"days of 90% hold the true one: {held} of {len(weighed)}, {100 * held / max(1, len(weighed)):.1f}%, "
        f"{days:.1f} days on average",
        f"mean weight of the true day {weight:.3f}",
    ]


def read(folder: Path, texts: Path | None, split: str, resources: Resources) -> list[Analysis]:
    """Return the analyses of the gold documents that state their day."""
    gold = [
        document for document in load_split(folder, texts, split) if interval_of(document.published or "")
    ]
    documents = [
        Document(
            document.text, Origin(f"{document.id}.txt"), given=Published(document.published, HowKnown.GIVEN)
        )
        for document in gold
    ]
    return list(analyse(documents, resources))


def main() -> None:
    """Print the summary."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--split", default="")
    options.add_argument("--texts", type=Path)
    options.add_argument("--nothing", action="store_true")
    chosen = options.parse_args()
    resources = load_resources(today=TODAY)
    analyses = read(chosen.folder, chosen.texts, chosen.split, resources)
    print("\n".join(summary(cases_of(analyses, resources, nothing=chosen.nothing))))


if __name__ == "__main__":
    main()

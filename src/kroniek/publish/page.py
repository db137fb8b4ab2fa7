"""A timeline as one HTML page that needs nothing else: no network, no files beside it.

What reports say is always escaped. The page's own policy lets no script run but its own.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kroniek import __version__
from kroniek.publish.labels import load_labels
from kroniek.publish.timeline import Group, TimelineItem

CHART_HEIGHT, BAR_WIDTH, BAR_STEP = 60, 14, 18  # user units of the drawing


@dataclass(frozen=True, slots=True)
class Bar:
    """A month in the density chart: ISO month, how many events happened, and the bar's place."""

    month: str
    events: int
    x: int
    height: int


def timeline_page(
    items: Sequence[TimelineItem], *, title: str, documents: int, gaps: int = 0, language: str = "nl"
) -> str:
    """Return the page for these events, in their order; `documents` and `gaps` are counts of the chronicle."""
    labels = load_labels(language)
    style, script = asset("timeline.css"), asset("timeline.js")
    groups = [(group.value, [item for item in items if item.group is group]) for group in Group]
    template = environment().get_template("timeline.html.j2")
    return template.render(
        title=title, items=items, happened=sum(item.group is Group.HAPPENED for item in items), labels=labels, version=__version__, documents=documents, gaps=gaps,
        groups=[(group, len(members), _by_year(members)) for group, members in groups if members],
        bars=density(items), height=CHART_HEIGHT, bar_width=BAR_WIDTH,
        style=trusted(style), script=trusted(script), style_hash=policy_hash(style), script_hash=policy_hash(script),
    )  # fmt: skip


def density(items: Sequence[TimelineItem]) -> list[Bar]:
    """Return a bar for every month from the first to the last in which something happened.

    Only what happened counts, and only what is known to the month. A span of more than 120 months
    shows the months with events only.
    """
    months = Counter(
        item.date[:7] for item in items if item.group is Group.HAPPENED and _has_month(item.date)
    )
    if not months:
        return []
    every = _months_between(min(months), max(months))
    chosen = every if len(every) <= 120 else sorted(months)
    most = max(months.values())
    return [
        Bar(month, months[month], position * BAR_STEP, round(CHART_HEIGHT * months[month] / most))
        for position, month in enumerate(chosen)
    ]


def _by_year(items: Sequence[TimelineItem]) -> list[tuple[str, list[TimelineItem]]]:
    """Return the events of each year, in order; those whose year is unknown come last."""
    years: dict[str, list[TimelineItem]] = {}
    for item in items:
        years.setdefault(item.year, []).append(item)
    return sorted(years.items(), key=lambda pair: (pair[0] == "", pair[0]))


def _has_month(value: str) -> bool:
    return len(value) >= 7 and value[4] == "-" and value[5:7].isdigit()


def _months_between(first: str, last: str) -> list[str]:
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, end + 1)]


@cache
def environment() -> Environment:
    """Return the templates of this package; everything that they are given is escaped."""
    return Environment(
        loader=PackageLoader("kroniek.publish"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


@cache
def asset(name: str) -> str:
    """Return the text of one of our own style sheets or scripts."""
    return resources.files("kroniek.publish").joinpath("templates", name).read_text(encoding="utf-8")


def trusted(content: str) -> Markup:
    """Return one of our own files as it is: never anything that a report says."""
    return Markup(content)


def policy_hash(content: str) -> str:
    """Return the hash by which a page's policy lets a style sheet or script in."""
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"

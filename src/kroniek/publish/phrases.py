"""Events as noun phrases for running text: `overleg tussen Rusland en de Verenigde Staten in Genève`."""

from __future__ import annotations

from collections.abc import Sequence

from kroniek.publish.labels import Labels
from kroniek.publish.timeline import TimelineItem

MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
MOST_NAMED = 5


def called(name: str, labels: Labels) -> str:
    """Return a name as running text has it: `de Verenigde Staten`, `het leger (Syrië)`."""
    table = labels.tables["in_text"]
    first, space, rest = name.partition(" ")
    return str(
        table.get(name) or (f"{table[first]}{space}{rest}" if first in table and first.islower() else name)
    )


def named(names: Sequence[str], labels: Labels) -> str:
    """Return names as running text has them: `Rusland, Turkije en Iran`; of many the first five."""
    shown = [called(name, labels) for name in names[:MOST_NAMED]]
    if len(names) > MOST_NAMED:
        shown.append(labels.text("brief", "others", n=len(names) - MOST_NAMED))
    return labels.listed(shown)


def kind_of(type: str, mode: str, labels: Labels) -> str:
    """Return what kind of event it is, as a heading has it: `Luchtaanval`, `Overleg`, `Dwang (politie)`."""
    phrase = str(labels.tables["phrases"].get(f"{type}/{mode}", "")) if mode else ""
    if phrase:
        first, _, rest = phrase.partition(" ")
        bare = rest if rest and first in labels.tables["articles"]["words"] else phrase
        return bare[:1].upper() + bare[1:]
    return labels.of("types", type) + (f" ({labels.of('modes', mode)})" if mode else "")


def event_phrase(item: TimelineItem, labels: Labels) -> str:
    """Return who did what to whom, and where, without the date."""
    exact = f"{item.type}/{item.mode}"
    phrase = str(labels.tables["phrases"].get(exact, ""))
    if not phrase:
        phrase = labels.of("phrases", item.type)
        phrase += f" ({labels.of('modes', item.mode)})" if item.mode else ""
    if item.actors:
        between = item.type in MUTUAL and len(item.actors) > 1 and not item.recipients
        phrase += f" {labels.text('brief', 'between' if between else 'by')} {named(item.actors, labels)}"
    if item.recipients:
        toward = labels.tables["toward"].get(exact) or labels.of("toward", item.type)
        phrase += f" {toward} {named(item.recipients, labels)}"
    if item.place and item.place not in (*item.actors, *item.recipients):
        phrase += f" {labels.text('brief', 'at')} {called(item.place, labels)}"
    return phrase

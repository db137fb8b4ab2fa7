"""Names that a recogniser cuts wrongly and words decide: ministries, and agencies joined by a stroke.

The annotation guidelines take `ministerie van Defensie` as one name, in small letters too, and see no
name in `minister van Defensie`, which is an office.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kroniek.knowledge import Knowledge
from kroniek.language import Language
from kroniek.model import EntityType, Mention, MentionKind, Provenance, Span

NAMED = Provenance("parse", "ministry-name")
JOINED = Provenance("parse", "joined-names")


def ministry_pattern(language: Language) -> re.Pattern[str]:
    """Return a pattern for ministries (group `ministry`) and offices over one; build it through `compiled`."""
    table = language.table("actors")
    fields = sorted(
        {words for entry in table["portfolio"] for words in entry["words"]}, key=lambda one: -len(one)
    )
    field = "|".join(re.escape(one).replace(r"\ ", r"\s") for one in fields)
    ministries, offices = ("|".join(map(re.escape, table["ministry"][name])) for name in ("words", "offices"))
    of = "|".join(map(re.escape, table["ministry"]["of"]))
    return re.compile(
        rf"(?i)\b(?:(?P<ministry>{ministries})|(?:{offices}))\s(?:{of})\s(?P<field>(?:{field})(?:\sen\s(?:{field}))?)\b"
    )


def name_ministries(names: Sequence[Mention], text: str, pattern: re.Pattern[str]) -> list[Mention]:
    """Return the names in text order, with whole ministries and without the fields of offices."""
    ministries: list[Mention] = []
    kept = list(names)
    for match in pattern.finditer(text):
        whole, field = Span(*match.span()), Span(*match.span("field"))
        if match["ministry"]:
            ministries.append(Mention(whole, MentionKind.NAME, EntityType.ORG, whole, 1.0, NAMED))
            kept = [name for name in kept if not name.span.overlaps(whole)]
        else:
            kept = [name for name in kept if not field.covers(name.span)]
    return sorted([*kept, *ministries], key=lambda name: name.span)


def split_names(names: Iterable[Mention], text: str, knowledge: Knowledge) -> list[Mention]:
    """Return the names with those cut apart that a stroke joins, where each part is known: `ANP/AFP`."""
    found: list[Mention] = []
    for name in names:
        parts = list(re.finditer(r"[^/]+", name.span.of(text)))
        if len(parts) < 2 or not all(knowledge.named(part[0]) for part in parts):
            found.append(name)
            continue
        spans = [Span(name.span.start + part.start(), name.span.start + part.end()) for part in parts]
        found += [Mention(span, MentionKind.NAME, name.type, span, name.score, JOINED) for span in spans]
    return found

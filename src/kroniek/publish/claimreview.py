"""schema.org ClaimReview as JSON-LD: who asserts a claim and who denies it. There is no verdict in it.

A fact-checker's review gives a rating; kroniek only keeps the books of who said what. The rating therefore
has no value, and says in words how the acts stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kroniek import __version__
from kroniek.model import Claim, ClaimAct, EntityType
from kroniek.publish.citations import cited, passage
from kroniek.publish.folder import write_items
from kroniek.publish.source import UNNAMED, Settings, Source, Written, names_of, told_time
from kroniek.publish.tables.column import only_day
from kroniek.publish.tables.meanings import AGAINST, STANDINGS

SUMMARY = "claims with who asserts and who denies them, as schema.org ClaimReview"
NO_VERDICT = "no verdict: kroniek does not check facts"


def export(source: Source, folder: Path, settings: Settings) -> Written:
    """Write the claims one by one."""
    reviews = (_without_none(_review(source, claim, settings)) for claim in source.claims() if claim.acts)
    head = '{"@context": "https://schema.org", "@graph": '
    claims, _ = write_items(folder / "claims.jsonld", reviews, head=head, tail="}")
    return Written({"claims": claims})


def _review(source: Source, claim: Claim, settings: Settings) -> dict[str, Any]:
    first = claim.acts[0]
    words = passage(source, first.evidence, settings)
    return {
        "@type": "ClaimReview",
        "@id": f"urn:kroniek:{claim.id}",
        "url": f"urn:kroniek:{claim.id}",
        "claimReviewed": words.get("words") or f"words at {words['start']}-{words['end']} of {words['document_id']}",
        "author": {"@type": "SoftwareApplication", "name": f"kroniek {__version__}"},
        "datePublished": source.facts.entered[:10] or None,
        "reviewBody": _account(source, claim.acts),
        "reviewRating": {
            "@type": "Rating",
            "alternateName": f"{claim.status} ({NO_VERDICT})",
            "ratingExplanation": STANDINGS.get(claim.status, claim.status),
        },
        "itemReviewed": {
            "@type": "Claim",
            "@id": f"urn:kroniek:{claim.id}#claim",
            "author": _authors(source, first),
            "firstAppearance": _appearance(source, first, settings),
            "appearance": [_appearance(source, act, settings) for act in claim.acts],
            **({"about": {"@type": "Event", "@id": f"urn:kroniek:{claim.about}"}} if claim.about.startswith("event-") else {}),
        },
    }  # fmt: skip


def _account(source: Source, acts: Sequence[ClaimAct]) -> str:
    """Return who asserts and who denies, in order of time."""
    lines = []
    for act in acts:
        who = ", ".join(names_of(source, act.source)) or UNNAMED
        when = told_time(source, act.document, act.time)
        report = source.report(act.document).label
        lines.append(
            f"{who} {act.stance.replace('_', ' ')}{f' ({when})' if when else ''}, as reported by {report}."
        )
    return " ".join(lines)


def _appearance(source: Source, act: ClaimAct, settings: Settings) -> dict[str, Any]:
    found = passage(source, act.evidence, settings)
    published = source.report(act.document).published.value or ""
    return {
        "@type": "NewsArticle",
        "@id": f"urn:kroniek:{act.document}",
        "headline": found["title"] or None,
        **({"url": found["url"]} if found["url"] else {}),
        "datePublished": published or None,
        "description": f"{'against' if act.stance in AGAINST else 'for'}: {act.stance}",
        "author": _authors(source, act),
        "hasPart": {
            "@type": "Quotation", "identifier": act.attribution, "text": cited(found),
            "position": f"{found['start']}-{found['end']}",
            "dateCreated": only_day(told_time(source, act.document, act.time)) or None,
        },
    }  # fmt: skip


def _authors(source: Source, act: ClaimAct) -> list[dict[str, Any]]:
    found = []
    for key in act.source:
        entity = source.entity(key)
        kind = "Person" if entity and entity.type is EntityType.PER else "Organization"
        same = (
            {"sameAs": f"https://www.wikidata.org/wiki/{entity.wikidata}"}
            if entity and entity.wikidata
            else {}
        )
        found.append({"@type": kind, "name": entity.name if entity else UNNAMED, **same})
    return found or [{"@type": "Organization", "name": UNNAMED}]


def _without_none(value: Any) -> Any:
    """Return a value without the keys that have no value."""
    if isinstance(value, dict):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    return [_without_none(item) for item in value] if isinstance(value, list) else value

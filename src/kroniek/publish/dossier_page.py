"""A dossier as one HTML page that needs nothing else: no network, no script, no files beside it.

What reports say is always escaped; the page's policy lets nothing run or load at all.
"""

from __future__ import annotations

from kroniek import __version__
from kroniek.publish import dossier_text as text
from kroniek.publish.dossier import Dossier
from kroniek.publish.drawings import (
    NETWORK,
    WIDE,
    network,
    phase_bars,
    relation_panels,
    timeline_lanes,
)
from kroniek.publish.labels import Labels
from kroniek.publish.maps import MAP_WIDTH, region_map
from kroniek.publish.page import asset, environment, policy_hash, trusted
from kroniek.publish.timeline import Group


def dossier_page(dossier: Dossier, labels: Labels) -> str:
    """Return the page."""
    style = asset("dossier.css")
    return environment().get_template("dossier.html.j2").render(
        dossier=dossier, labels=labels, text=text, version=__version__, style=trusted(style),
        style_hash=policy_hash(style), groups=[(group.value, dossier.group(group)) for group in Group],
        timeline=timeline_lanes(dossier), phases=phase_bars(dossier.processes), network=network(dossier), map=region_map(dossier.places),
        relations=relation_panels(dossier.relations), wide=WIDE, square=NETWORK, map_width=MAP_WIDTH,
        by_id={row.item.id: row for row in dossier.events}, names={row.id: row.name for row in dossier.actors},
    )  # fmt: skip

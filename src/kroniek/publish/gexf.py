"""Dynamic GEXF: actors and dyads, each with the stretches of time in which events are dated, for Gephi's timeline."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import networkx

from kroniek.publish.networks import Dealing, dealings, node, spells
from kroniek.publish.source import Settings, Source, Written
from kroniek.publish.tables.column import listed

SUMMARY = "network of actors over time as dynamic GEXF, an edge for each dyad"
MODIFIED = re.compile(r'lastmodifieddate="[^"]*"')


def export(source: Source, folder: Path, settings: Settings) -> Written:
    """Write the network; a dyad whose events have no date stands in it without a stretch of time."""
    dyads: dict[tuple[str, str], list[Dealing]] = defaultdict(list)
    for item in dealings(source, settings):
        dyads[item.source, item.target].append(item)
    graph: networkx.DiGraph[str] = networkx.DiGraph(mode="dynamic", name=source.facts.name)
    for key, items in _of_actors(dyads).items():
        graph.add_node(key, **node(source, key), events=len({item.row.told.event.id for item in items}))
        _add_spells(graph.nodes[key], items)
    for (first, second), items in dyads.items():
        scores = [item.row.scores.intensity for item in items]
        graph.add_edge(
            first, second, weight=float(len(items)), intensity=round(sum(scores) / len(scores), 3),
            undated=sum(item.interval is None for item in items),
            event_ids=listed(item.row.told.event.id for item in items),
        )  # fmt: skip
        _add_spells(graph.edges[first, second], items)
    lines = "\n".join(networkx.generate_gexf(graph, version="1.2draft"))
    stamp = f'lastmodifieddate="{source.facts.entered[:10]}"'
    folder.joinpath("network.gexf").write_text(
        f"<?xml version='1.0' encoding='utf-8'?>\n{MODIFIED.sub(stamp, lines, count=1)}\n",
        encoding="utf-8",
        newline="\n",
    )
    return Written({"actors": graph.number_of_nodes(), "dyads": graph.number_of_edges()})


def _of_actors(dyads: dict[tuple[str, str], list[Dealing]]) -> dict[str, list[Dealing]]:
    found: dict[str, list[Dealing]] = defaultdict(list)
    for pair, items in dyads.items():
        for key in pair:
            found[key] += items
    return found


def _add_spells(attributes: dict[str, object], items: list[Dealing]) -> None:
    dated = spells(item.interval for item in items if item.interval)
    if dated:
        attributes["spells"] = dated

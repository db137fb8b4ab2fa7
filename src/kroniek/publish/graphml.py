"""GraphML: actors as nodes, and an edge for every direction of every event, for igraph, Gephi and the like."""

from __future__ import annotations

from pathlib import Path

import networkx

from kroniek.publish.networks import dealings, edge, node
from kroniek.publish.source import Settings, Source, Written

SUMMARY = "network of actors as GraphML, an edge for each event"


def export(source: Source, folder: Path, settings: Settings) -> Written:
    """Write the network; events with one side only have no edge."""
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(name=source.facts.name)
    for item in dealings(source, settings):
        for key in (item.source, item.target):
            if key not in graph:
                graph.add_node(key, **node(source, key))
        graph.add_edge(item.source, item.target, key=None, **edge(item, settings))
    networkx.write_graphml(graph, folder / "network.graphml", named_key_ids=True)
    return Written({"actors": graph.number_of_nodes(), "edges": graph.number_of_edges()})

"""A small flow for tests of what stands around the flow: it finds `X ontmoette Y op 2016-09-08.`"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from kroniek.analyse.step import Resources, Step, per_document
from kroniek.model import Analysis, Document, Origin
from kroniek.pipeline import load_resources
from tests.makers import meeting

MET = re.compile(r"(?P<first>\w+) ontmoette (?P<second>\w+)(?: op (?P<day>[\d-]+))?")
LAYERS = ("published", "zones", "sentences", "tokens", "names", "mentions", "entities", "links", "events")


def _find(analysis: Analysis, _: Resources) -> Mapping[str, Any]:
    match = MET.search(analysis.text)
    made = Analysis(analysis.document)
    if match:
        made = meeting(
            analysis.text, trigger="ontmoette", people=(match["first"], match["second"]), day=match["day"] or "",
        )  # fmt: skip
        made = replace(made, published=analysis.document.given)
    return {layer: getattr(made, layer) for layer in LAYERS}


STEPS = (Step("meetings", ("document",), LAYERS, per_document(_find)),)


def document(text: str, number: int = 0) -> Document:
    """Return a report from a made-up file."""
    return Document(text, Origin(f"{number}.txt"))


@cache
def resources() -> Resources:
    """Return resources with spaCy's blank parser."""
    return load_resources(today=date(2026, 1, 1), parser="spacy")

"""Who tells an event: the statement around its words, and how certain each source is of it."""

from __future__ import annotations

from kroniek.analyse.modality import Reading
from kroniek.analyse.tree import tokens_in
from kroniek.model import Analysis, Attribution, Factuality, Stance

REPORTER = "reporter"


def attributions_by_token(analysis: Analysis) -> dict[int, Attribution]:
    """Map each token to the attribution with the shortest content that holds it.

    Contents are painted over the tokens, the longest first, so that the innermost one stays.
    """
    held: dict[int, Attribution] = {}
    longest_first = sorted(analysis.attributions, key=lambda item: -sum(map(len, item.content)))
    for item in longest_first:
        for stretch in item.content:
            for token in tokens_in(analysis, stretch):
                if not any(cue.overlaps(token.span) for cue in item.cue):
                    held[token.index] = item
    return held


def by_source(reading: Reading, attribution: Attribution | None) -> tuple[Factuality, ...]:
    """Return certainty and polarity for the reporter, and for the source that tells it if there is one.

    What a source says leaves the reporter uncommitted; a denial turns the source's polarity round.
    """
    own = Factuality(REPORTER, reading.certainty, reading.polarity)
    if attribution is None:
        return (own,)
    polarity = reading.polarity
    if attribution.stance is Stance.DENIES:
        polarity = "positive" if polarity == "negative" else "negative"
    certainty = "underspecified" if attribution.stance is Stance.DOES_NOT_CONFIRM else reading.certainty
    return (
        Factuality(REPORTER, "underspecified", "underspecified"),
        Factuality(attribution.id, certainty, polarity),
    )

"""Words of a report in their paragraph, for readers who want to see the context at once."""

from __future__ import annotations

from dataclasses import dataclass

from kroniek.model import Evidence, HowKnown
from kroniek.publish.timeline import Quote, Report, quote

LONGEST = 700  # code points of context on each side; longer paragraphs are cut at a space


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote with the rest of its paragraph: `lead` + the quote's sentence + `tail`.

    `number` is that of the report in the list of sources, `inferred` tells that its day was inferred;
    `language` is that of the words.
    """

    quote: Quote
    lead: str
    tail: str
    number: int
    source: str
    inferred: bool = False
    language: str = ""

    @property
    def words(self) -> str:
        """Return the words that carry the record."""
        return self.quote.words

    @property
    def sentence(self) -> str:
        """Return the sentence on one line."""
        return " ".join(self.quote.sentence.split())

    @property
    def paragraph(self) -> str:
        """Return the whole paragraph."""
        return f"{self.lead}{self.quote.sentence}{self.tail}"

    @property
    def place(self) -> str:
        """Return document and offsets: `doc-3c41...:120-131`."""
        return f"{self.quote.document}:{self.quote.span.start}-{self.quote.span.end}"


def passage(evidence: Evidence, report: Report, *, number: int, source: str, status: str = "") -> Passage:
    """Return the words of a piece of evidence in their sentence and paragraph."""
    found = quote(evidence, report, status)
    text, sentence = report.document.text, evidence.sentence.joined(evidence.span)
    start = text.rfind("\n", 0, sentence.start) + 1
    end = text.find("\n", sentence.end)
    lead, tail = text[start : sentence.start], text[sentence.end : end if end >= 0 else len(text)]
    if len(lead) > LONGEST:
        lead = "… " + lead[-LONGEST:].partition(" ")[2]
    if len(tail) > LONGEST:
        tail = tail[:LONGEST].rpartition(" ")[0] + " …"
    inferred = report.published.how is HowKnown.INFERRED
    return Passage(found, lead, tail, number, source, inferred, report.document.language)

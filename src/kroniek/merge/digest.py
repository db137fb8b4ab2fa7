"""What merging needs of one report, in compact form: its tellings, statements, references and pledges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from kroniek.merge.claims import STATEMENTS, Said, statements_in
from kroniek.merge.pledges import PLEDGES, Pledge, pledges_in
from kroniek.merge.references import REFERENCES, Reference, references_in
from kroniek.merge.shelf import Shelf, Table
from kroniek.merge.tellings import TELLINGS, Told, tellings_of
from kroniek.model import Analysis, Published, content_id


@dataclass(frozen=True, slots=True)
class Report:
    """Where a report comes from, and the ids of what it holds."""

    document: str
    published: Published
    sentences: str = ""  # a hash of where the sentences stand
    agencies: tuple[str, ...] = ()
    outlet: str = ""
    tellings: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    pledges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """A report with the records that merging compares."""

    report: Report
    tellings: tuple[Told, ...] = ()
    statements: tuple[Said, ...] = ()
    references: tuple[Reference, ...] = ()
    pledges: tuple[Pledge, ...] = ()

    @property
    def document(self) -> str:
        """Return the document's id."""
        return self.report.document


Record = TypeVar("Record", Told, Said, Reference, Pledge)

REPORTS: Table[Report] = Table("reports", Report)


def report_of(analysis: Analysis) -> Report:
    """Return where a report comes from."""
    agencies = dict.fromkeys((*analysis.header.agencies, *analysis.document.agencies))
    sentences = content_id("s", *((item.span.start, item.span.end) for item in analysis.sentences))
    return Report(
        analysis.document.id, analysis.published, sentences, tuple(agencies), analysis.document.origin.outlet
    )


def digest_of(analysis: Analysis, groups: Mapping[str, str]) -> Digest:
    """Return what merging needs of a report; `groups` maps an event type to its class of comparable types."""
    tellings = _once(tellings_of(analysis, groups))
    statements = _once(statements_in(analysis))
    references = _once(references_in(analysis))
    pledges = _once(pledges_in(analysis))
    report = replace(
        report_of(analysis), tellings=_ids(tellings), statements=_ids(statements),
        references=_ids(references), pledges=_ids(pledges),
    )  # fmt: skip
    return Digest(report, tellings, statements, references, pledges)


def _once(records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple({record.id: record for record in records}.values())


def _ids(records: Iterable[Told | Said | Reference | Pledge]) -> tuple[str, ...]:
    return tuple(record.id for record in records)


def keep(shelf: Shelf, digests: Iterable[Digest]) -> None:
    """Put the records of reports on the shelf."""
    for digest in digests:
        shelf.put(REPORTS, {digest.document: digest.report})
        shelf.put(TELLINGS, {item.id: item for item in digest.tellings})
        shelf.put(STATEMENTS, {item.id: item for item in digest.statements})
        shelf.put(REFERENCES, {item.id: item for item in digest.references})
        shelf.put(PLEDGES, {item.id: item for item in digest.pledges})


def forget(shelf: Shelf, digests: Iterable[Digest]) -> None:
    """Take the records of reports off the shelf."""
    for digest in digests:
        report = digest.report
        shelf.put(REPORTS, {digest.document: None})
        shelf.put(TELLINGS, dict.fromkeys(report.tellings))
        shelf.put(STATEMENTS, dict.fromkeys(report.statements))
        shelf.put(REFERENCES, dict.fromkeys(report.references))
        shelf.put(PLEDGES, dict.fromkeys(report.pledges))


def remembered(shelf: Shelf, documents: Iterable[str]) -> dict[str, Digest]:
    """Return the digests of those reports that the shelf has, by document."""
    reports = shelf.get(REPORTS, documents)
    tellings = shelf.get(TELLINGS, (key for report in reports.values() for key in report.tellings))
    statements = shelf.get(STATEMENTS, (key for report in reports.values() for key in report.statements))
    references = shelf.get(REFERENCES, (key for report in reports.values() for key in report.references))
    pledges = shelf.get(PLEDGES, (key for report in reports.values() for key in report.pledges))
    return {
        document: Digest(
            report, tuple(tellings[key] for key in report.tellings),
            tuple(statements[key] for key in report.statements),
            tuple(references[key] for key in report.references),
            tuple(pledges[key] for key in report.pledges),
        )
        for document, report in reports.items()
    }  # fmt: skip

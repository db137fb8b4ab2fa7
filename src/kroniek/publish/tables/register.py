"""All tables of the dataset, in the order in which they are listed."""

from __future__ import annotations

from typing import Any

from kroniek.publish.tables.ceasefires import CEASEFIRES
from kroniek.publish.tables.column import Table
from kroniek.publish.tables.events import EVENTS, PARTICIPANTS, TELLINGS
from kroniek.publish.tables.layouts import ICEWS, POLECAT
from kroniek.publish.tables.processes import PHASE_TABLE, PROCESSES
from kroniek.publish.tables.reports import ACTORS, CROSSWALK, GAPS, REPORTS
from kroniek.publish.tables.statements import CLAIM_ACTS, COMMITMENTS, STATEMENTS

TABLES: tuple[Table[Any], ...] = (
    EVENTS, PARTICIPANTS, TELLINGS, STATEMENTS, CLAIM_ACTS, PROCESSES, PHASE_TABLE, COMMITMENTS, ACTORS,
    CROSSWALK, REPORTS, GAPS, POLECAT, ICEWS, CEASEFIRES,
)  # fmt: skip
BY_NAME = {table.name: table for table in TABLES}

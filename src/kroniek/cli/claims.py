"""`kroniek claims`: what is claimed, with those who say it and those who deny it next to each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kroniek.cli.app import app, print_json_list
from kroniek.cli.ask import File, Json, Limit
from kroniek.cli.text import printable

if TYPE_CHECKING:
    from kroniek.chronicle import Chronicle
    from kroniek.model import Claim, ClaimAct

AGAINST = frozenset({"denies", "does_not_confirm"})
INDENT = "    "


@app.command()
def claims(
    file: File,
    status: Annotated[
        str, typer.Option("--status", metavar="STATUS", help="Standing so: disputed, confirmed, ...")
    ] = "",
    as_json: Json = False,
    limit: Limit = 0,
) -> None:
    """List what is claimed and how it stands, with both sides and their words in order of time."""
    from kroniek.chronicle import Chronicle

    with Chronicle.open(file) as chronicle:
        wanted = {part.strip().replace("_", " ") for part in status.split(",") if part.strip()}
        chosen = [claim for claim in chronicle.claims() if not wanted or claim.status in wanted]
        chosen = chosen[:limit] if limit else chosen
        rows = [_row(chronicle, claim) for claim in chosen]
    if as_json:
        print_json_list(rows)
        return
    for row in rows:
        for line in _lines(row):
            print(line)
    if not rows:
        print("no claims fit")


def _row(chronicle: Chronicle, claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "status": claim.status,
        "about": claim.about,
        "acts": [_act_row(chronicle, act) for act in claim.acts],
    }


def _act_row(chronicle: Chronicle, act: ClaimAct) -> dict[str, Any]:
    quote = chronicle.quote(act.evidence)
    return {
        "time": act.time,
        "source": list(chronicle.named(act.source)),
        "stance": act.stance,
        "words": quote.words,
        "sentence": f"{quote.before}{quote.words}{quote.after}",
        "report": quote.report,
        "document": act.document,
        "start": act.evidence.span.start,
        "end": act.evidence.span.end,
        "attribution": act.attribution,
    }


def _lines(row: dict[str, Any]) -> Iterator[str]:
    """Yield a claim's lines: its status, then both sides, each act with its words and report."""
    yield f"{row['status'].upper()}  {printable(row['about'])}  ({row['id']})"
    sides = (("for", False), ("against", True))
    for name, against in sides:
        acts = [act for act in row["acts"] if (act["stance"] in AGAINST) == against]
        if acts:
            yield f"  {name}:"
        for act in acts:
            who = ", ".join(act["source"]) or "unnamed"
            yield f"{INDENT}{act['time'] or '?'}  {printable(who)} {act['stance']}: [{printable(act['words'])}] ({printable(act['report'])})"

"""`kroniek review`: where people's decisions stand, and their exchange between colleagues."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kroniek.cli.app import app, print_json
from kroniek.cli.ask import File, Json
from kroniek.cli.text import printable, table

if TYPE_CHECKING:
    from kroniek.desk import Standing
    from kroniek.model import Judgement

LONGEST_FILE = 500  # megabytes
OUTCOMES = {
    "gone": "rejected, and no longer found by the machine: nothing left to do",
    "kept": "no longer found by the machine; put back as it was judged",
    "lost": "its words, its report or its tellings are not in this file",
}

review_app = typer.Typer(
    name="review", help="People's decisions: where they stand, and their exchange between colleagues.",
    no_args_is_help=True,
)  # fmt: skip


@review_app.command()
def status(file: File, as_json: Json = False) -> None:
    """Say how many decisions there are, whose they are, which contradict, and which found no record."""
    from kroniek.desk import standing
    from kroniek.store.database import open_database
    from kroniek.store.queue import counts

    with open_database(file) as database, database.reading() as connection:
        found, left = standing(connection), counts(connection)
    if as_json:
        print_json(_plain(found, left))
        return
    print(f"{found.rows} judgements, {found.in_force} in force")
    for name, number in sorted(found.verdicts.items()):
        print(f"  {name:<10} {number}")
    for line in table(("coder", "judgements"), sorted(found.coders.items()), widest=44):
        print(line)
    for line in table(("to review", "left", "done"), [(kind, *pair) for kind, pair in sorted(left.items())]):
        print(line)
    for rows in found.contested:
        print("conflict:", "; ".join(_said(row) for row in rows))
    for orphan in found.orphans:
        print(f"{orphan.outcome}: {_said(orphan.judgement)} ({OUTCOMES[orphan.outcome]})")


def _said(row: Judgement) -> str:
    """Return a decision in one line: who, what, about which words."""
    from kroniek.review.values import names_of

    value = (
        f" {row.field} = {names_of(row.new) or 'nothing'}" if row.field and row.verdict == "corrected" else ""
    )
    return printable(f"{row.by} {row.verdict}{value} [{row.words}] {row.kind} {row.record} {row.at[:16]}")


def _plain(found: Standing, left: dict[str, tuple[int, int]]) -> dict[str, Any]:
    from kroniek.model import to_json

    return {
        "judgements": found.rows, "in_force": found.in_force, "verdicts": dict(found.verdicts),
        "coders": dict(found.coders), "queue": {kind: {"left": a, "done": b} for kind, (a, b) in left.items()},
        "conflicts": [[to_json(row) for row in rows] for rows in found.contested],
        "orphans": [{"outcome": item.outcome, "judgement": to_json(item.judgement)} for item in found.orphans],
    }  # fmt: skip


@review_app.command("export")
def export_judgements(
    file: File,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="PATH", help="File to write; standard output without it.")
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Only this coder's.")] = "",
) -> None:
    """Write the decisions as JSON Lines, one a line, for a colleague to import."""
    from kroniek.review.exchange import to_lines
    from kroniek.store.database import open_database
    from kroniek.store.load import load_judgements

    with open_database(file) as database, database.reading() as connection:
        rows = [row for row in load_judgements(connection) if not by or row.by == by]
    lines = "".join(f"{line}\n" for line in to_lines(rows))
    if to is None:
        sys.stdout.write(lines)
        return
    to.write_text(lines, encoding="utf-8")
    print(f"{to}: {len(rows)} judgements")


@review_app.command("import")
def import_judgements(
    file: File,
    source: Annotated[Path, typer.Argument(metavar="PATH", help="File that `kroniek review export` wrote.")],
) -> None:
    """Take over a colleague's decisions; a second time adds nothing. Conflicts are shown, none is lost."""
    from kroniek.errors import JudgementError
    from kroniek.judging import take
    from kroniek.review.exchange import clashes, from_lines
    from kroniek.store.database import open_database
    from kroniek.store.load import load_judgements

    if source.stat().st_size > LONGEST_FILE * 1_000_000:
        raise JudgementError(f"{source}: larger than {LONGEST_FILE} MB")
    try:
        rows = from_lines(source.read_text(encoding="utf-8").splitlines(), str(source))
    except UnicodeDecodeError as error:
        raise JudgementError(f"{source}: not text in UTF-8: {error}") from error
    with open_database(file) as database, database.writing() as connection:
        known = list(load_judgements(connection))
        fresh = take(connection, rows)
    print(f"announced {len(rows)} = new {len(fresh)} + already known {len(rows) - len(fresh)}")
    for mine, theirs in clashes(known, fresh):
        print(f"conflict: {_said(mine)}; {_said(theirs)}")


@review_app.command()
def sample(
    file: File,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who draws it.")],
    per_layer: Annotated[
        int, typer.Option("--per-layer", min=1, max=1000, help="Records of each layer.")
    ] = 20,
    seed: Annotated[int, typer.Option("--seed", help="The same seed draws the same records.")] = 1,
) -> None:
    """Draw records by chance for two coders to answer blind, in the workbench under /coding."""
    from kroniek.chronicle import utc_now
    from kroniek.desk import new_sample
    from kroniek.store.database import open_database

    with open_database(file) as database, database.writing() as connection:
        drawn = new_sample(connection, seed=seed, per_layer=per_layer, by=by, at=utc_now())
    print(f"{drawn.id}: {len(drawn.units)} records")


@review_app.command()
def agreement(file: File, as_json: Json = False) -> None:
    """Say how far two coders agree on each sample: equal answers, Cohen's kappa, Krippendorff's alpha."""
    from kroniek.desk import answers_to, samples
    from kroniek.evaluate.judged import coder_agreement
    from kroniek.review.coding import coders_of, label_pairs
    from kroniek.store.database import open_database

    found = []
    with open_database(file) as database, database.reading() as connection:
        for drawn in samples(connection):
            given = answers_to(connection, drawn)
            found.append((drawn, coders_of(given), coder_agreement(label_pairs(drawn, given))))
    if as_json:
        print_json([
            {"sample": drawn.id, "coders": list(coders), "agreement": [
                {"layer": line.what, "measure": line.measure, "value": round(line.value, 4), "cases": line.cases}
                for line in lines]}
            for drawn, coders, lines in found
        ])  # fmt: skip
        return
    for drawn, coders, lines in found:
        print(
            f"{drawn.id}: {len(drawn.units)} records, coders: {printable(', '.join(coders)) or 'nobody yet'}"
        )
        for line in lines:
            value = f"{line.value:.1f}%" if line.measure == "same" else f"{line.value:.3f}"
            print(f"  {line.what:<12} {line.measure:<6} {value:>7} {line.cases:5}")


app.add_typer(review_app)

"""`kroniek knowledge`: look names up in the knowledge base, and add a project's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kroniek.cli.app import app, print_json
from kroniek.cli.ask import File, Json
from kroniek.cli.text import printable
from kroniek.errors import KroniekError, NotFoundError, ReadError

if TYPE_CHECKING:
    from kroniek.knowledge import Additions, Knowledge, KnownEntity

knowledge_app = typer.Typer(
    help="Look names up in the knowledge base, and add your own.", no_args_is_help=True
)
app.add_typer(knowledge_app, name="knowledge")

Project = Annotated[
    Path | None,
    typer.Option("--file", metavar="FILE", help="A chronicle file whose own additions count too."),
]
API = "https://www.wikidata.org/w/api.php"
AGENT = "kroniek (knowledge import; https://pypi.org/project/kroniek)"
BATCH = 50  # items that Wikidata gives in one answer
WAIT = 30.0  # seconds


@knowledge_app.command()
def search(
    words: Annotated[
        str, typer.Argument(metavar="WORDS", help="A name or the beginning of one, in any spelling.")
    ],
    file: Project = None,
    limit: Annotated[int, typer.Option(help="How many at most.")] = 20,
    as_json: Json = False,
) -> None:
    """List whom or what a name may stand for, the best known first."""
    knowledge = _knowledge(file)
    found = knowledge.search(words, limit)
    if as_json:
        print_json([_brief(entity) for entity in found])
        return
    if not found:
        raise NotFoundError(f"nothing in the knowledge base begins with or sounds like {words!r}")
    for entity in found:
        print(
            printable(f"{entity.id}  {entity.name}  {entity.type.value}  {entity.country}  {entity.wikidata}")
        )


@knowledge_app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A key, as `search` prints it, or a name.")],
    file: Project = None,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="Only the offices held on this day.")] = "",
    as_json: Json = False,
) -> None:
    """Show one entity: its names, its offices with their dates, and where that is from."""
    knowledge = _knowledge(file)
    entity = _find(knowledge, name)
    record = _record(entity, knowledge, on)
    if as_json:
        print_json(record)
        return
    for field, value in record.items():
        if isinstance(value, list):
            print(f"{field}:")
            for item in value:
                print(
                    "  "
                    + printable("  ".join(str(part) for part in item.values() if part not in ("", False)))
                )
        elif value not in ("", None, 0):
            print(f"{field}: {printable(str(value))}")


@knowledge_app.command()
def add(
    file: File,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The canonical name, or the key of a known entity.")
    ],
    kind: Annotated[str, typer.Option("--type", help="PER, ORG, GPE, LOC, FAC, NORP, EVENT or MISC.")] = "",
    alias: Annotated[
        list[str] | None, typer.Option("--alias", help="Another name; may be given again.")
    ] = None,
    country: Annotated[str, typer.Option(help="Its country, as two letters: RU.")] = "",
    wikidata: Annotated[str, typer.Option(help="Its Wikidata identifier: Q7747.")] = "",
    since: Annotated[str, typer.Option("--from", help="First day of the names given, as 2016-07-28.")] = "",
    until: Annotated[str, typer.Option("--to", help="First day on which they no longer hold.")] = "",
) -> None:
    """Add an entity, or names for a known one, to a chronicle file. Additions win over what is shipped."""
    from kroniek.knowledge import Additions, Alias, KnownEntity
    from kroniek.model import EntityType, content_id

    knowledge = _knowledge(file)
    known = knowledge.entity(name)
    if known is None and kind not in EntityType.__members__:
        raise KroniekError(
            f"{name!r} is no known key, so --type must say what it is: {', '.join(EntityType.__members__)}"
        )
    entity = known or KnownEntity(
        content_id("own", kind, name), name, EntityType(kind), "", country.upper(), wikidata, prominence=3,
        source="added by the user",
    )  # fmt: skip
    names = [*([] if known else [name]), *(alias or ())]
    aliases = tuple(
        Alias(
            item,
            entity.id,
            "",
            "label",
            cased=item.isupper() and len(item) < 7,
            valid_from=since,
            valid_to=until,
        )
        for item in names
    )
    _store(file, Additions((entity,), aliases))
    print(f"{printable(entity.id)}  {printable(entity.name)}  {len(aliases)} names")


@knowledge_app.command("import-wikidata")
def import_wikidata(
    file: File,
    items: Annotated[list[str], typer.Argument(metavar="ITEM...", help="Wikidata identifiers: Q7747.")],
    answers: Annotated[
        list[Path] | None, typer.Option("--answers", help="Read recorded answers instead of asking Wikidata.")
    ] = None,
) -> None:
    """Add items of Wikidata with their names and offices to a chronicle file.

    It asks www.wikidata.org over the network, unless recorded answers are given.
    """
    from kroniek.knowledge.wikidata import QID, additions_from, items_of, positions_of

    if strange := [item for item in items if not QID.fullmatch(item)]:
        raise KroniekError(f"not Wikidata identifiers: {', '.join(strange)}; they look like Q7747")
    if answers:
        found = {key: item for path in answers for key, item in items_of(_read_json(path)).items()}
    else:
        found = _fetch(items)
        found |= _fetch(positions_of(found[item] for item in items if item in found))
    if missing := [item for item in items if item not in found]:
        raise NotFoundError(f"Wikidata gives nothing for {', '.join(missing)}")
    additions = additions_from(found, items, _knowledge(file))
    _store(file, additions)
    for entity in additions.entities:
        terms = sum(holding.person == entity.id for holding in additions.holdings)
        names = sum(alias.entity == entity.id for alias in additions.aliases)
        print(printable(f"{entity.id}  {entity.name}  {names} names, {terms} offices"))


def _knowledge(file: Path | str | None) -> Knowledge:
    """Return the shipped base, with the additions of a chronicle file when one is given."""
    from kroniek.knowledge import load_knowledge

    knowledge = load_knowledge()
    if file is None or not Path(file).exists():
        return knowledge
    from kroniek.store.additions import read_additions
    from kroniek.store.database import open_database

    with open_database(Path(file)) as database, database.reading() as connection:
        return knowledge.with_additions(read_additions(connection))


def _store(file: Path | str, additions: Additions) -> None:
    from kroniek.chronicle import utc_now
    from kroniek.store.additions import write_additions
    from kroniek.store.database import open_database

    with open_database(Path(file), create=True) as database, database.writing() as connection:
        write_additions(connection, additions, utc_now())


def _find(knowledge: Knowledge, name: str) -> KnownEntity:
    known = knowledge.entity(name)
    if known is not None:
        return known
    found = knowledge.search(name, 1)
    if not found:
        raise NotFoundError(f"no entity {name!r} in the knowledge base")
    return found[0]


def _brief(entity: KnownEntity) -> dict[str, Any]:
    return {"id": entity.id, "name": entity.name, "type": entity.type.value, "country": entity.country,
            "wikidata": entity.wikidata}  # fmt: skip


def _record(entity: KnownEntity, knowledge: Knowledge, on: str) -> dict[str, Any]:
    from kroniek.knowledge.store import in_term

    terms = [term for term in knowledge.offices_of(entity.id) if not on or in_term(term.holding, on)]
    return {
        **_brief(entity), "sector": entity.sector, "lat": entity.lat, "lon": entity.lon,
        "population": entity.population, "successor": entity.successor, "source": entity.source,
        "names": [
            {"name": alias.surface, "kind": alias.kind, "language": alias.language, "from": alias.valid_from,
             "to": alias.valid_to} for alias in knowledge.aliases_of(entity.id)
        ],
        "offices": [
            {"start": term.holding.start, "end": term.holding.end, "office": term.office.name, "acting": term.holding.acting}
            for term in terms
        ],
    }  # fmt: skip


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, UnicodeDecodeError) as error:
        raise ReadError(f"{path}: not JSON: {error}") from error


def _fetch(items: Iterable[str]) -> dict[str, Any]:
    """Ask Wikidata for items, some at a time; raises KroniekError with the reason when that fails."""
    from kroniek.knowledge.wikidata import items_of

    wanted = tuple(dict.fromkeys(items))
    found: dict[str, Any] = {}
    for first in range(0, len(wanted), BATCH):
        found |= items_of(_ask(wanted[first : first + BATCH]))
    return found


def _ask(items: Sequence[str]) -> Any:
    from urllib.error import URLError
    from urllib.parse import urlencode
    from urllib.request import Request, urlopen

    query = urlencode({
        "action": "wbgetentities", "ids": "|".join(items), "format": "json",
        "props": "labels|aliases|claims", "languages": "nl|en|de|fr",
    })  # fmt: skip
    request = Request(f"{API}?{query}", headers={"User-Agent": AGENT})
    try:
        with urlopen(request, timeout=WAIT) as answer:
            return json.load(answer)
    except (URLError, TimeoutError, ValueError) as error:
        raise KroniekError(f"Wikidata cannot be asked: {error}") from error

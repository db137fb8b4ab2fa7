"""`kroniek evaluate` and `kroniek gold`: how good is what the machine finds, and the corpus that tells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kroniek.cli.app import app

if TYPE_CHECKING:
    from kroniek.evaluate.gold import GoldDocument
    from kroniek.evaluate.layers import Comparison
    from kroniek.evaluate.scores import Metric

GOLD = typer.Argument(
    help="Gold files or folders; a .conllu file scores trees, a .conll or .tsv file names, MEANTIME files events; "
    "a chronicle file gives the precision that its judgements show."
)
CHAINS = "chains"
LAYER = typer.Option(
    "--layer", help="names, times, links, attributions or events, may be repeated; or chains, alone."
)


def evaluate(
    gold: Annotated[list[Path], GOLD],
    layer: Annotated[list[str] | None, LAYER] = None,
    split: Annotated[str, typer.Option(help="Only the documents of this split: train or dev.")] = "",
    texts: Annotated[Path, typer.Option(help="Folder with the texts of gold that has none.")] = Path(
        "gold/texts"
    ),
    predictions: Annotated[
        Path | None, typer.Option(help="Score this output of `kroniek annotate` instead of running.")
    ] = None,
    accepted: Annotated[
        Path, typer.Option(help="Table of names that count as the same, tabs between them.")
    ] = Path("eval/accepted_names.tsv"),
    parser: Annotated[str, typer.Option(help="Parser to use, as in `kroniek read`.")] = "",
    errors: Annotated[bool, typer.Option("--errors", help="List each miss with its sentence.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Score the machine against gold: precision, recall and F1 by layer, with bootstrap intervals."""
    from kroniek.cli import measure
    from kroniek.errors import NotFoundError
    from kroniek.evaluate.chains import gold_chains
    from kroniek.evaluate.layers import LAYERS

    if (unknown := set(layer or ()) - set(LAYERS)) and layer != [CHAINS]:
        raise NotFoundError(f"no layer {sorted(unknown)}; there are: {', '.join(LAYERS)}, or {CHAINS} alone")
    if is_chronicle(gold[0]):
        for file in gold:
            _print_judged(file, as_json=as_json)
    elif novels := measure.novels(gold):
        _print_chains(measure.score_chain_files(novels, parser=parser), as_json=as_json)
    elif metrics := _of_other_formats(gold, parser):
        _print_metrics(metrics, as_json=as_json)
    elif layer == [CHAINS]:
        chains = [gold_chains(document) for document in _with_texts(gold, texts, split)]
        _print_chains(measure.score_chain_files(chains, parser=parser), as_json=as_json)
    else:
        documents = _with_texts(gold, texts, split)
        comparisons = _compared(documents, layer, predictions, accepted, parser)
        _print_metrics([line for item in comparisons for line in item.tally.metrics()], as_json=as_json)
        if not as_json:
            _print_confusions(comparisons, documents, errors=errors)


def _of_other_formats(gold: list[Path], parser: str) -> list[Metric]:
    """Return the scores on trees, names or MEANTIME's events; none where the gold is in our own format."""
    from kroniek.cli import measure

    if gold[0].is_file() and gold[0].suffix != ".json":
        return [metric for file in gold for metric in measure.score_conll(file, parser=parser)]
    articles = measure.meantime_files(gold)
    return measure.score_meantime_files(articles, parser=parser) if articles else []


def _compared(
    documents: list[GoldDocument],
    layers: list[str] | None,
    predictions: Path | None,
    accepted: Path,
    parser: str,
) -> list[Comparison]:
    """Return gold beside what the machine finds, or found when it wrote `predictions`, for each layer."""
    from kroniek.cli import measure

    if predictions:
        found = measure.read_predictions(documents, predictions)
    else:
        found = measure.predict(documents, parser=parser)
    return measure.score_layers(documents, found, accepted, layers or measure.layers_of(documents))


def _with_texts(gold: list[Path], texts: Path, split: str) -> list[GoldDocument]:
    """Return the gold documents whose text is here, and tell of the others; raises NotFoundError without any."""
    from kroniek.cli import measure
    from kroniek.errors import NotFoundError

    documents = [item for path in gold for item in measure.load_split(path, texts, split)]
    present, missing = measure.annotated_texts(documents)
    if missing:
        typer.echo(
            f"{len(missing)} of {len(documents)} gold documents have no text here ({missing[0]}, ...): "
            "`make gold` puts the texts beside them",
            err=True,
        )
    if not present:
        raise NotFoundError(f"no gold document with a text in {', '.join(map(str, gold))}")
    return present


def _print_confusions(comparisons: list[Comparison], documents: list[GoldDocument], *, errors: bool) -> None:
    """Print what was taken for what in each layer, and with `errors` each miss with its sentence."""
    from kroniek.evaluate.report import confusion_table, error_lines

    by_id = {document.id: document for document in documents}
    for comparison in comparisons:
        if comparison.confusion:
            typer.echo(f"\n{comparison.layer}\n{confusion_table(comparison)}")
        if errors:
            typer.echo("\n".join(error_lines(comparison, by_id)))


def _print_chains(scores: dict[str, float], *, as_json: bool) -> None:
    from kroniek.evaluate.chains import chain_table

    rounded = {name: round(value, 2) for name, value in scores.items()}
    typer.echo(json.dumps(rounded, indent=1) if as_json else chain_table(scores))


def _print_metrics(metrics: list[Metric], *, as_json: bool) -> None:
    from kroniek.evaluate.report import as_json as values
    from kroniek.evaluate.report import table

    typer.echo(json.dumps(values(metrics), ensure_ascii=False, indent=1) if as_json else table(metrics))


def is_chronicle(path: Path) -> bool:
    """Tell whether a path is a chronicle file (SQLite), not gold."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(15) == b"SQLite format 3"


def _print_judged(file: Path, *, as_json: bool) -> None:
    """Print what people's judgements in a chronicle say about the machine."""
    from kroniek.desk import MEASURED, outcomes
    from kroniek.evaluate.judged import precision_of
    from kroniek.store.database import open_database

    with open_database(file) as database, database.reading() as connection:
        lines = precision_of(outcomes(connection), MEASURED)
    if as_json:
        typer.echo(json.dumps([
            {"layer": line.layer, "field": line.field or None, "right": line.right, "judged": line.judged,
             "precision": round(100 * line.value, 2), "interval": [round(100 * end, 2) for end in line.interval]}
            for line in lines
        ], indent=1))  # fmt: skip
        return
    typer.echo(f"{'judged':24} {'right':>6} {'of':>6} {'P':>6}  95% (Wilson)")
    for line in lines:
        low, high = (100 * end for end in line.interval)
        name = f"  {line.field}" if line.field else line.layer
        typer.echo(f"{name:24} {line.right:6} {line.judged:6} {100 * line.value:6.1f}  {low:.1f}-{high:.1f}")
    typer.echo(
        "Records from the review queue are the uncertain ones, so this is a lower bound; for an unbiased figure "
        "draw a sample with `kroniek review sample`."
        if lines
        else f"{file}: nothing has been judged yet",
        err=True,
    )


gold_app = typer.Typer(
    name="gold", help="The gold corpus: its texts, its check, its exchange formats.", no_args_is_help=True
)


@gold_app.command("texts")
def gold_texts(
    gold: Annotated[Path, typer.Argument(help="Folder of gold files.")] = Path("gold/nl"),
    ntrex: Annotated[
        Path | None, typer.Option(help="Folder with the articles or a checkout of NTREX; else the network.")
    ] = None,
    target: Annotated[Path, typer.Option(help="Where the texts go.")] = Path("gold/texts"),
) -> None:
    """Put the texts beside the gold that refers to them, after checking their hashes."""
    from collections import Counter

    from kroniek.evaluate.texts import place_texts, texts_from_network, texts_of_folder

    texts = texts_of_folder(ntrex) if ntrex else texts_from_network()
    placed = list(place_texts(gold, target, texts))
    counts = Counter(item.outcome for item in placed)
    typer.echo(f"{target}: " + ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())))
    for item in placed:
        if item.outcome in ("missing", "differs"):
            typer.echo(f"{item.id}: the text {item.outcome}", err=True)
    if counts["missing"] or counts["differs"]:
        raise typer.Exit(3)


@gold_app.command("check")
def gold_check(
    gold: Annotated[list[Path], typer.Argument(help="Gold files or folders.")],
    texts: Annotated[Path, typer.Option(help="Folder with their texts.")] = Path("gold/texts"),
) -> None:
    """Refuse what does not stand in the text; count what is there."""
    from kroniek.evaluate.gold import load_gold

    documents = list(load_gold(gold, texts))
    counts = {
        "names": sum(len(item.names) for item in documents),
        "times": sum(len(item.times) for item in documents),
        "attributions": sum(len(item.attributions) for item in documents),
        "events": sum(len(item.events) for item in documents),
    }
    without = sum(not item.text for item in documents)
    typer.echo(f"{len(documents)} documents agree with the format ({without} without text here): "
               + ", ".join(f"{count} {what}" for what, count in counts.items()))  # fmt: skip


@gold_app.command("export")
def gold_export(
    gold: Annotated[list[Path], typer.Argument(help="Gold files or folders.")],
    to: Annotated[Path, typer.Option(help="Folder to write to.")],
    form: Annotated[str, typer.Option("--format", help="conllup, webanno or xmi.")] = "xmi",
    texts: Annotated[Path, typer.Option(help="Folder with their texts.")] = Path("gold/texts"),
) -> None:
    """Write gold in a format of other tools: CoNLL-U Plus, WebAnno TSV 3 or UIMA XMI."""
    from kroniek.errors import NotFoundError
    from kroniek.evaluate import exchange
    from kroniek.evaluate.gold import load_gold

    writers = {
        "conllup": exchange.to_conllu_plus, "webanno": exchange.to_webanno, "xmi": exchange.to_xmi,
    }  # fmt: skip
    if form not in writers:
        raise NotFoundError(f"no format {form!r}; there are: {', '.join(writers)}")
    to.mkdir(parents=True, exist_ok=True)
    suffix = {"conllup": "conllup", "webanno": "tsv", "xmi": "xmi"}[form]
    documents = [item for item in load_gold(gold, texts) if item.text]
    for document in documents:
        (to / f"{document.id}.{suffix}").write_text(writers[form](document), encoding="utf-8")
    if form == "xmi":
        (to / "TypeSystem.xml").write_text(exchange.typesystem_xml(), encoding="utf-8")
    typer.echo(f"{to}: {len(documents)} documents as {form}")


@gold_app.command("agreement")
def gold_agreement(
    first: Annotated[Path, typer.Argument(help="Folder of gold files.")],
    second: Annotated[Path, typer.Argument(help="Folder with second annotations of some of them.")],
    texts: Annotated[Path, typer.Option(help="Folder with their texts.")] = Path("gold/texts"),
) -> None:
    """Report how far two annotations of the same documents agree."""
    from kroniek.evaluate.accepted import AcceptedNames
    from kroniek.evaluate.agreement import agreement
    from kroniek.evaluate.gold import load_gold

    left = {document.id: document for document in load_gold([first], texts)}
    pairs = [(left[item.id], item) for item in load_gold([second], texts) if item.id in left]
    for line in agreement(pairs, AcceptedNames()):
        value = f"{line.value:.1f}" if line.measure == "F1" else f"{line.value:.3f}"
        typer.echo(f"{line.what:32} {line.measure:6} {value:>7} {line.cases:6}")


@gold_app.command("judged")
def gold_judged(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Chronicle file with judgements.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder to write to.")],
) -> None:
    """Write what people accepted, corrected or added as gold, and name what they rejected."""
    from kroniek.desk import gold_documents
    from kroniek.evaluate.gold import read_gold
    from kroniek.store.database import open_database

    out.mkdir(parents=True, exist_ok=True)
    count = 0
    with open_database(file) as database, database.reading() as connection:
        for name, record in gold_documents(connection):
            target = out / name
            target.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
            read_gold(target)  # what we write as gold must pass as gold
            count += 1
    typer.echo(f"{out}: {count} documents")


app.command()(evaluate)
app.add_typer(gold_app)

"""Runs the machine on gold and scores it: what `kroniek evaluate` and the evaluation gate share."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kroniek.errors import GoldError
from kroniek.evaluate.conll import Word, read_conllu, read_names, score_names, score_trees
from kroniek.evaluate.gold import GoldDocument, document_of, load_gold, read_gold
from kroniek.evaluate.layers import GOLD_LAYER, LAYERS, Comparison, compare
from kroniek.evaluate.scores import Metric

if TYPE_CHECKING:
    from kroniek.analyse.step import Resources
    from kroniek.evaluate.chains import FoundChains, GoldChains
    from kroniek.evaluate.openboek import Novel
    from kroniek.model import Analysis

TODAY = date(2018, 10, 1)  # scores must not change with the calendar


def load_split(folder: Path, texts: Path | None, split: str = "") -> list[GoldDocument]:
    """Return the gold documents of a folder or file; only those of `split` (train or dev) when given."""
    documents = list(load_gold([folder], texts))
    if not split:
        return documents
    file = folder / "splits.json"
    splits = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    if split not in splits:
        raise GoldError(f"{file}: no split {split!r}; there are: {', '.join(sorted(splits)) or 'none'}")
    return [document for document in documents if document.id in splits[split]]


def predict(documents: Sequence[GoldDocument], *, parser: str = "") -> list[GoldDocument]:
    """Run the whole pipeline on the texts of gold documents and return what it finds, in the same order."""
    from kroniek.publish.annotation import annotation

    return [document_of(annotation(analysis)) for analysis in analysed(documents, parser=parser)]


def analysed(documents: Sequence[GoldDocument], *, parser: str = "") -> Iterator[Analysis]:
    """Yield the machine's analysis of the texts of gold documents, in the same order."""
    from kroniek.model import Document, HowKnown, Origin, Published
    from kroniek.pipeline import analyse, load_resources

    resources = load_resources(parser=parser, today=TODAY)
    reports = [
        Document(
            document.text, Origin(f"{document.id}.txt"), name=document.id,
            given=Published(document.published, HowKnown.GIVEN) if document.published else Published(),
        )
        for document in documents
    ]  # fmt: skip
    yield from analyse(reports, resources)


def score_dates(documents: Sequence[GoldDocument], *, parser: str = "") -> list[Metric]:
    """Return the scores of the ranking of dates over gold documents that belong to one story."""
    from kroniek.evaluate.timeline import score_timeline

    return score_timeline(documents, list(analysed(documents, parser=parser)))


def read_predictions(documents: Sequence[GoldDocument], folder: Path) -> list[GoldDocument]:
    """Return the output of `kroniek annotate` for each gold document; raises GoldError when one is missing."""
    found = []
    for document in documents:
        file = folder / f"{document.id}.json"
        if not file.is_file():
            raise GoldError(f"{file}: no such prediction; run kroniek annotate on the same texts first")
        found.append(read_gold(file))
    return found


def score_layers(
    gold: Sequence[GoldDocument],
    found: Sequence[GoldDocument],
    accepted_file: Path | None,
    layers: Iterable[str],
) -> list[Comparison]:
    """Return the comparison of each layer over all documents."""
    from kroniek.evaluate.accepted import read_accepted
    from kroniek.knowledge import load_knowledge

    given = accepted_file is not None and accepted_file.is_file()
    lines = accepted_file.read_text(encoding="utf-8").splitlines() if accepted_file and given else []
    accepted = read_accepted(lines, load_knowledge().labelled)
    pairs = list(zip(gold, found, strict=True))
    return [compare(layer, pairs, accepted) for layer in (tuple(layers) or LAYERS)]


def score_conll(file: Path, *, parser: str = "") -> list[Metric]:
    """Return the scores of the parser on a CoNLL-U file (trees) or a CoNLL file of names, on gold tokens."""
    if file.suffix == ".conllu":
        return score_trees(read_conllu(file), lambda words: tag(words, parser)).metrics()
    return score_names(read_names(file), lambda words: tag(words, parser)).metrics()


def meantime_files(paths: Iterable[Path]) -> list[Path]:
    """Return the MEANTIME files among paths and in folders: JSON with the columns of CLIN26."""
    files = [file for path in paths for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
    return [file for file in files if file.suffix == ".json" and b'"nl_sent' in file.read_bytes()]


def score_meantime_files(files: Sequence[Path], *, parser: str = "") -> list[Metric]:
    """Return the scores of the whole flow on MEANTIME articles: events, factuality, names, time values."""
    from functools import partial

    from kroniek.evaluate.meantime import analyse_meantime, read_meantime, score_meantime
    from kroniek.pipeline import analyse, load_resources

    resources = load_resources(parser=parser, today=TODAY)
    documents = [document for file in files if (document := read_meantime(file)) is not None]
    found = analyse_meantime(documents, partial(analyse, resources=resources), resources.language)
    return score_meantime(zip(documents, found, strict=True))


def expected_files(folder: Path) -> list[Path]:
    """Return the files of a folder that list what a report must give."""
    return [file for file in sorted(folder.glob("*.json")) if b'"file"' in file.read_bytes()[:100]]


def score_expected_files(files: Sequence[Path], reports: Path, *, parser: str = "") -> list[Metric]:
    """Return the share of the facts listed in files that the flow gives for all reports of a folder.

    The reports are read together, as one `kroniek read` does. Raises GoldError where a file names a
    report that is not in the folder.
    """
    from kroniek.evaluate.expected import read_expected, score_expected
    from kroniek.model import Document
    from kroniek.pipeline import analyse, load_resources
    from kroniek.read import read_inputs
    from kroniek.redate import redate

    resources = load_resources(parser=parser, today=TODAY)
    documents = [item for item in read_inputs([str(reports)]) if isinstance(item, Document)]
    analyses = list(analyse(documents, resources))
    analyses += redate(analyses, resources)  # later ones win below
    known = {Path(analysis.document.origin.path).name: analysis for analysis in analyses}
    wanted = [read_expected(file) for file in files]
    if absent := [item.report for item in wanted if item.report not in known]:
        raise GoldError(f"{reports}: no report {', '.join(absent)}, which the expected facts are about")
    return score_expected(((item, known[item.report]) for item in wanted), resources.knowledge)


def tag(sentences: Sequence[Sequence[str]], parser: str = "") -> list[list[Word]]:
    """Return the parser's analysis of sentences that are already split into words."""
    from kroniek.language import load_language
    from kroniek.registry import load_parser

    pipeline: Any = load_parser(parser or load_language("nl").parser, "nl")
    if hasattr(pipeline, "parse_tokens"):
        docs = pipeline.parse_tokens(sentences)
    else:
        from spacy.tokens import Doc

        docs = [pipeline(Doc(pipeline.vocab, words=list(words))) for words in sentences]
    return [[_word(token) for token in doc] for doc in docs]


def _word(token: Any) -> Word:
    head = 0 if token.head.i == token.i else token.head.i + 1
    name = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"
    return Word(token.text, _joined(token), token.pos_, str(token.morph), head, token.dep_, name)


def _joined(token: Any) -> str:
    """Return the lemma with a particle that stands apart, as the treebanks have it: `aankondigen`."""
    particles = [child.lower_ for child in token.children if child.dep_.lower() == "compound:prt"]
    return "".join(particles) + str(token.lemma_)


def annotated_texts(documents: Sequence[GoldDocument]) -> tuple[list[GoldDocument], list[str]]:
    """Return the documents whose text is there, and the ids of the others."""
    return [item for item in documents if item.text], [item.id for item in documents if not item.text]


def layers_of(documents: Sequence[GoldDocument]) -> list[str]:
    """Return the layers that at least one of the documents has."""
    return [layer for layer in LAYERS if any(GOLD_LAYER[layer] in document.layers for document in documents)]


def scores_of(metrics: Iterable[Metric], prefix: str) -> Mapping[str, float]:
    """Return the value of each metric under `prefix name`."""
    return {f"{prefix} {metric.name}": round(metric.value(), 2) for metric in metrics}


def novels(paths: Iterable[Path]) -> list[GoldChains]:
    """Return the novels of OpenBoek among paths and in folders; [] when there are none."""
    from kroniek.evaluate.chains import is_openboek, read_openboek

    files = [file for path in paths for file in (sorted(path.glob("*.conll")) if path.is_dir() else [path])]
    return [read_openboek(file) for file in files if file.suffix == ".conll" and is_openboek(file)]


def score_chain_files(gold: Sequence[GoldChains], *, parser: str = "") -> dict[str, float]:
    """Return the coreference scores of the whole flow on texts with gold chains, beside head match."""
    from kroniek.evaluate.chains import score_chains

    return score_chains(zip(gold, find_chains(gold, parser=parser), strict=True))


def score_event_link_files(files: Sequence[Path], *, parser: str = "") -> dict[str, float]:
    """Return the scores of linking MEANTIME's event words within and across articles, beside head lemma."""

    from dataclasses import replace

    from kroniek.analyse.parse import PARSE
    from kroniek.analyse.zones import ZONES
    from kroniek.evaluate.event_chains import read_event_chains, score_event_links
    from kroniek.pipeline import load_resources

    resources = load_resources(parser=parser, today=TODAY)
    articles = []
    for file in files:
        record = json.loads(file.read_text(encoding="utf-8"))
        if "clin26_coref_event" not in record:
            continue
        bare, chains = read_event_chains(record)
        zoned = ZONES.run([bare], resources)[0]
        analysis = replace(bare, published=zoned["published"], **PARSE.run([bare], resources)[0])
        articles.append((analysis, chains))
    return score_event_links(articles)


def quotations_of(novels: Sequence[Novel], resources: Resources) -> list[Analysis]:
    """Return the analyses of novels as far as their quotations: nothing is parsed."""
    from kroniek.analyse.quotations import QUOTATIONS
    from kroniek.model import Analysis, Document, Origin
    from kroniek.pipeline import STEPS, apply_step

    found = [Analysis(Document(novel.text, Origin(novel.id), name=novel.id)) for novel in novels]
    for step in STEPS[: STEPS.index(QUOTATIONS) + 1]:
        found = apply_step(step, found, resources)
    return found


def score_novel_quotations(paths: Sequence[Path], spoken: Sequence[str], *, parser: str = "") -> list[Metric]:
    """Return the scores of quotation spans on novels of OpenBoek, and of the speakers on those named in `spoken`."""
    from kroniek.evaluate.openboek import read_novel, score_quotes, score_speakers
    from kroniek.model import Document, Origin
    from kroniek.pipeline import analyse, load_resources

    resources = load_resources(parser=parser, today=TODAY)
    novels = [read_novel(path) for path in paths]
    spans = score_quotes(zip(novels, quotations_of(novels, resources), strict=True))
    chosen = [novel for novel in novels if novel.id in spoken]
    read = analyse([Document(novel.text, Origin(novel.id), name=novel.id) for novel in chosen], resources)
    return [*spans, *score_speakers(zip(chosen, read, strict=True))]


def find_chains(gold: Sequence[GoldChains], *, parser: str = "") -> Iterator[FoundChains]:
    """Yield the chains that the machine finds in each text, in the same order."""
    from kroniek.analyse.actors import ACTORS
    from kroniek.analyse.coreference import read_chains
    from kroniek.evaluate.chains import FoundChains
    from kroniek.model import Document, HowKnown, Origin, Published
    from kroniek.pipeline import STEPS, analyse, load_resources

    resources = load_resources(parser=parser, today=TODAY)
    reports = [
        Document(item.text, Origin(f"{item.id}.txt"), name=item.id,
                 given=Published(item.published, HowKnown.GIVEN) if item.published else Published())
        for item in gold
    ]  # fmt: skip
    for analysis in analyse(reports, resources, STEPS[: STEPS.index(ACTORS) + 1]):
        discourse = read_chains(analysis, resources)
        heads = ((item.span, analysis.tokens[item.head].span) for item in discourse.referents)
        chains = (tuple(item.span for item in chain.referents) for chain in discourse.chains.found)
        yield FoundChains(tuple(chains), tuple(heads))

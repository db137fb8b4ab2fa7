"""Load all corpora, make the label tables and the pruned vocabulary, and encode the sentences."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kroniek.languages.neural.lemma_trees import rule_for
from kroniek.languages.neural.names import NAME_TAGS
from kroniek_training.batches import Encoded, Encoder, Labels
from kroniek_training.corpora import (
    OUTSIDE,
    Sentence,
    mask,
    read_demonyms,
    read_meantime,
    read_roles,
    read_transfer,
    read_treebank,
)
from kroniek_training.encoder_file import EncoderFile
from kroniek_training.gold import read_gold
from kroniek_training.vocabulary import build_tokenizer, choose_pieces

TREEBANKS = ("train_core", "train_news_extra", "train_other")
DEV = ("nl_alpino-ud-dev", "nl_lassysmall-ud-dev")
DEV_MOST = 720  # sentences of a development set that are scored during training
RARE = 2  # labels seen less often are left out
FEWEST_PIECES = 2
KNOWLEDGE = Path(__file__).parents[2] / "src/kroniek/knowledge/base.sqlite"
GOLD_TIMES = 12  # how often the gold names are repeated among the name sentences
PLAIN_SHARE = 0.25  # of the sentences without any name


@dataclass(frozen=True, slots=True)
class Data:
    """Everything a run needs: encoded sentences by kind, development sets, labels, kept pieces."""

    trees: list[Encoded]
    names: list[Encoded]
    tags: list[Encoded]
    dev: dict[str, list[Encoded]]
    labels: Labels
    kept: list[int]


def rules_of(sentence: Sentence) -> list[str]:
    """Return the lemma rule of each word, "" where there is no lemma."""
    return [rule_for(word.form, word.lemma) if word.lemma else "" for word in sentence]


def make_labels(trees: list[Sentence]) -> Labels:
    """Return the label tables: every label seen at least `RARE` times, most frequent first."""

    def table(values: Iterable[str]) -> tuple[str, ...]:
        return tuple(label for label, count in Counter(values).most_common() if count >= RARE)

    words = [word for sentence in trees for word in sentence]
    return Labels(
        {
            "upos": table(word.upos for word in words),
            "feats": table(word.feats for word in words),
            "xpos": table(word.xpos for word in words),
            "lemma": table(rule for sentence in trees for rule in rules_of(sentence)),
            "deprel": table(word.deprel for word in words),
            "names": NAME_TAGS,
        }
    )


def load_names(shared: Path, gold: Path | None) -> list[Sentence]:
    """Return the sentences with names: foreign sets, MEANTIME's development topic, and our gold."""
    found: list[Sentence] = []
    for path in sorted((shared / "names-transfer").glob("*.tsv")):
        found += thin_out(list(read_transfer(path)))
    meantime = [
        sentence
        for path in sorted((shared / "meantime-nl").glob("*.json"))
        for sentence in read_meantime(path)
    ]
    found += 3 * meantime
    if gold:
        found += GOLD_TIMES * list(read_gold(gold, shared / "news"))
    return found


def thin_out(sentences: list[Sentence]) -> list[Sentence]:
    """Return the sentences that have a name, and a share of those that have none."""
    named = mask("*")
    plain = 0
    kept = []
    for sentence in sentences:
        if any(word.names & named and not word.names & OUTSIDE for word in sentence):
            kept.append(sentence)
        else:
            plain += 1
            if plain % round(1 / PLAIN_SHARE) == 0:
                kept.append(sentence)
    return kept


def corpus_words(shared: Path, sentences: Iterable[Sentence]) -> Counter[str]:
    """Return the words of the corpora and of the news texts, Dutch and English, with their counts."""
    words = Counter(word.form for sentence in sentences for word in sentence)
    for folder in ("news", "meantime-nl"):
        for path in sorted((shared / folder).glob("*.json")):
            words.update(
                word for text in strings(json.loads(path.read_text("utf-8"))) for word in text.split()
            )
    return words


def strings(value: object) -> Iterator[str]:
    """Yield all strings inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def load_data(options: argparse.Namespace, source: EncoderFile) -> Data:
    """Read and encode everything; label tables and pieces come from the start's folder when there is one."""
    bank = options.shared / "treebank"
    demonyms = read_demonyms(KNOWLEDGE)
    trees = [sentence for name in TREEBANKS for sentence in read_treebank(bank / f"{name}.conllu", demonyms)]
    names = load_names(options.shared, options.gold)
    tags = list(read_roles(options.shared / "roles" / "srl_sentences.jsonl", demonyms))
    if options.start:
        folder = options.start.parent
        labels = Labels(
            {k: tuple(v) for k, v in json.loads((folder / "labels.json").read_text())["names"].items()}
        )
        kept = json.loads((folder / "pieces.json").read_text())
    else:
        labels = make_labels(trees)
        words = corpus_words(options.shared, [*trees, *names, *tags])
        kept = choose_pieces(source.pieces, words, fewest=FEWEST_PIECES)
    encoder = Encoder(build_tokenizer(source.pieces[number] for number in kept), labels)
    dev = {name: list(read_treebank(bank / f"{name}.conllu"))[:DEV_MOST] for name in DEV}
    data = Data(
        trees=[encoder.encode(sentence, rules_of(sentence)) for sentence in trees],
        names=[encoder.encode(sentence) for sentence in names],
        tags=[encoder.encode(sentence) for sentence in tags],
        dev={
            name: [encode_gold(encoder, sentence) for sentence in sentences]
            for name, sentences in dev.items()
        },
        labels=labels,
        kept=kept,
    )
    print(
        f"{len(kept)} pieces, {len(data.trees)} trees, {len(data.names)} name sentences, {len(data.tags)} tagged"
    )
    return data


def encode_gold(encoder: Encoder, sentence: Sentence) -> Encoded:
    """Encode a development sentence; a gold label that the tables lack counts as -2: never right."""
    encoded = encoder.encode(sentence, rules_of(sentence))
    for head in ("upos", "feats", "xpos", "lemma", "deprel"):
        encoded.tags[head] = [-2 if number == -1 else number for number in encoded.tags[head]]
    return encoded

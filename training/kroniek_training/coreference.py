"""Learn the weights of the coreference ranker: a linear model over the run time's own features.

    python -m kroniek_training.coreference --shared ../../shared/training --gold ../gold/nl

Two rounds: first along the gold chains, then along chains as predicted with the weights of the first,
so that the ranker meets its own mistakes (dataset aggregation, Ross et al. 2011). Two novels are held
out; `kroniek evaluate` scores them.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from kroniek.analyse.antecedents import head_of
from kroniek.analyse.chains import Chain, chain_referents
from kroniek.analyse.coreference import best_chain, decided
from kroniek.analyse.discourse import discourse_of
from kroniek.analyse.ranking import features_of, new_features
from kroniek.analyse.referents import Referent
from kroniek.analyse.step import Resources
from kroniek.analyse.tree import tokens_in
from kroniek.evaluate.accepted import AcceptedNames, fold, read_accepted
from kroniek.evaluate.chains import read_openboek
from kroniek.evaluate.event_chains import read_event_chains
from kroniek.evaluate.gold import GoldDocument, load_gold
from kroniek.model import Analysis, Document, HowKnown, Origin, Published
from kroniek.pipeline import STEPS, analyse, load_resources

HELD_OUT = ("ConanDoyle_SherlockHolmesDeAgraSchat", "Couperus_ElineVere")
NEWS_WEIGHT = 3  # how often an example from news counts for one from novels
RUNS = 4
RATE, DECAY, SMALLEST = 0.2, 1e-3, 0.02

Labels = Mapping[int, str]  # head token -> gold chain
Example = tuple[list[list[str]], list[int]]  # features of each answer, and which answers are right


@dataclass(frozen=True)
class Text:
    """An analysis up to the linker with what the gold says of its referents."""

    analysis: Analysis
    labels: Labels
    news: bool


def novels(folder: Path, resources: Resources) -> Iterator[Text]:
    """Yield the novels of OpenBoek that are not held out."""
    for file in sorted((folder / "openboek" / "coref").glob("*.conll")):
        if file.stem in HELD_OUT:
            continue
        gold = read_openboek(file)
        analysis = analysed(Document(gold.text, Origin(file.name)), resources)
        yield Text(analysis, exact(analysis, gold.chains, resources), news=False)


def wikinews(folder: Path, resources: Resources) -> Iterator[Text]:
    """Yield the articles of MEANTIME with their chains of entities."""
    for file in sorted((folder / "meantime-nl").glob("*.json")):
        record = json.loads(file.read_text(encoding="utf-8"))
        if "clin26_coref_ne" not in record:
            continue
        bare, chains = read_event_chains(
            {"id": record["id"], "clin26_coref_event": record["clin26_coref_ne"]}
        )
        analysis = analysed(Document(bare.text, Origin(file.name)), resources)
        yield Text(analysis, exact(analysis, chains, resources), news=True)


def reports(folder: Path, accepted: AcceptedNames, resources: Resources) -> Iterator[Text]:
    """Yield the training half of the gold corpus: names and sources of statements, by actor."""
    split = json.loads((folder / "splits.json").read_text(encoding="utf-8"))["train"]
    for gold in load_gold([folder], folder.parent / "texts"):
        if gold.id in split and gold.text:
            given = Published(gold.published, HowKnown.GIVEN) if gold.published else Published()
            analysis = analysed(Document(gold.text, Origin(gold.id), given=given), resources)
            yield Text(analysis, by_actor(gold, analysis, accepted, resources), news=True)


def analysed(document: Document, resources: Resources) -> Analysis:
    """Return the analysis of a document by the steps before coreference."""
    before = STEPS[: [step.name for step in STEPS].index("coreference")]
    return next(iter(analyse([document], resources, before)))


def exact(analysis: Analysis, chains: Sequence[Sequence[object]], resources: Resources) -> Labels:
    """Return the gold chain of each referent whose span the gold has."""
    of_span = {span: str(number) for number, chain in enumerate(chains) for span in chain}
    referents = discourse_of(analysis, resources).referents
    return {item.head: of_span[item.span] for item in referents if item.span in of_span}


def by_actor(gold: GoldDocument, analysis: Analysis, accepted: AcceptedNames, resources: Resources) -> Labels:
    """Return the actor of each referent that is a name or a source; a source without actor is its own."""
    referents = {item.head: item for item in discourse_of(analysis, resources).referents}
    found: dict[int, str] = {}
    for name in gold.names:
        words = tokens_in(analysis, name.span)
        head = head_of(words).index if words else -1
        if name.actor and head in referents and referents[head].form == "name":
            found[head] = _actor(name.actor, accepted)
    for number, item in enumerate(gold.attributions):
        words = tokens_in(analysis, item.source) if item.source else ()
        head = head_of(words).index if words else -1
        if head in referents:
            found.setdefault(head, _actor(item.actor, accepted) if item.actor else f"nobody {number}")
    return found


def _actor(name: str, accepted: AcceptedNames) -> str:
    return str(accepted.groups.get(fold(name), fold(name)))


def along_gold(text: Text, weights: Mapping[str, float], resources: Resources) -> list[Example]:
    """Return an example for each labelled referent, with the chains as the gold has them."""
    discourse = discourse_of(text.analysis, resources)
    context = discourse.context()
    examples: list[Example] = []
    chains: dict[str, Chain] = {}

    def choose(referent: Referent, candidates: list[Chain]) -> Chain | None:
        label = text.labels.get(referent.head)
        if label is None:
            return best_chain(referent, candidates, context, weights) if weights and text.news else None
        target = chains.get(label)
        right = [place for place, chain in enumerate(candidates) if chain is target]
        if right or target is None:
            examples.append((_answers(referent, candidates, context), right or [len(candidates)]))
        return target

    for referent, chain in chain_referents(discourse.referents, discourse.chains, choose, context.voices):
        context.note(referent, chain)
        if referent.head in text.labels:
            chains.setdefault(text.labels[referent.head], chain)
    return examples


def along_predictions(text: Text, weights: Mapping[str, float], resources: Resources) -> list[Example]:
    """Return an example for each labelled referent, with the chains as predicted.

    Right is each candidate whose referents mostly bear the label.
    """
    discourse = discourse_of(text.analysis, resources)
    context = discourse.context()
    examples: list[Example] = []
    counts: dict[int, Counter[str]] = {}
    begun: set[str] = set()

    def choose(referent: Referent, candidates: list[Chain]) -> Chain | None:
        label = text.labels.get(referent.head)
        if label is not None:
            mostly = [
                counts[item.number].most_common(1)[0][0] if item.number in counts else ""
                for item in candidates
            ]
            right = [place for place, best in enumerate(mostly) if best == label]
            if right or label not in begun:
                examples.append((_answers(referent, candidates, context), right or [len(candidates)]))
        return decided(referent, candidates, context, weights)

    for referent, chain in chain_referents(discourse.referents, discourse.chains, choose, context.voices):
        context.note(referent, chain)
        if (label := text.labels.get(referent.head)) is not None:
            counts.setdefault(chain.number, Counter())[label] += 1
            begun.add(label)
    return examples


def _answers(referent: Referent, candidates: list[Chain], context: object) -> list[list[str]]:
    answers = [features_of(referent, candidates, rank, context) for rank in range(len(candidates))]
    answers.append(new_features(referent, candidates))
    return [[f"{referent.form} {feature}" for feature in features] for features in answers]


def learn_often(examples: Sequence[Example], epochs: int, runs: int = RUNS) -> dict[str, float]:
    """Return the mean of the weights of several runs in other orders: single runs swing by a point."""
    learnt = [learn(examples, epochs, seed=seed) for seed in range(runs)]
    names = sorted({name for weights in learnt for name in weights})
    means = {name: round(sum(weights.get(name, 0.0) for weights in learnt) / runs, 3) for name in names}
    return {name: mean for name, mean in means.items() if abs(mean) > SMALLEST}


def learn(examples: Sequence[Example], epochs: int, *, seed: int = 0) -> dict[str, float]:
    """Return the weights of a softmax over answers, by AdaGrad (Duchi et al. 2011), averaged over epochs."""
    places: dict[str, int] = {}
    rows = [
        ([np.array([places.setdefault(name, len(places)) for name in names]) for names in answers], right)
        for answers, right in examples if len(answers) > 1
    ]  # fmt: skip
    weights, squares, total = np.zeros(len(places)), np.full(len(places), 1e-2), np.zeros(len(places))
    chance = random.Random(seed)
    for _ in range(epochs):
        chance.shuffle(rows)
        for answers, right in rows:
            scores = np.array([weights[columns].sum() for columns in answers])
            likely = np.exp(scores - scores.max())
            likely /= likely.sum()
            target = np.zeros(len(answers))
            target[right] = likely[right] / max(likely[right].sum(), 1e-9)
            for columns, off in zip(answers, likely - target, strict=True):
                if abs(off) >= 1e-3:
                    slope = off + DECAY * weights[columns]
                    squares[columns] += slope * slope
                    weights[columns] -= RATE * slope / np.sqrt(squares[columns])
        total += weights
    total /= epochs
    return {name: round(float(total[at]), 3) for name, at in places.items() if abs(total[at]) > SMALLEST}


def main() -> None:
    """Learn the weights and write them into the Dutch pack."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--shared", type=Path, default=Path("../../shared/training"))
    options.add_argument("--gold", type=Path, default=Path("../gold/nl"))
    options.add_argument("--accepted", type=Path, default=Path("../eval/accepted_names.tsv"))
    options.add_argument(
        "--out", type=Path, default=Path("../src/kroniek/languages/nl/coreference_weights.tsv")
    )
    choice = options.parse_args()
    resources = load_resources(today=date(2018, 10, 1))
    accepted = read_accepted(choice.accepted.read_text(encoding="utf-8").splitlines())
    texts = [*novels(choice.shared, resources), *wikinews(choice.shared, resources),
             *reports(choice.gold, accepted, resources)]  # fmt: skip
    gold = [example for text in texts if not text.news for example in along_gold(text, {}, resources)]
    weights = learn(gold, 3)
    for text in texts:
        gold += along_gold(text, weights, resources) * (NEWS_WEIGHT if text.news else 0)
    weights = learn(gold, 4)
    predicted = [
        example for text in texts
        for example in along_predictions(text, weights, resources) * (NEWS_WEIGHT if text.news else 1)
    ]  # fmt: skip
    weights = learn_often(gold + predicted, 5)
    choice.out.write_text(
        "".join(f"{name}\t{weight}\n" for name, weight in sorted(weights.items())), encoding="utf-8"
    )
    print(f"{choice.out}: {len(weights)} weights from {len(gold) + len(predicted)} examples")


if __name__ == "__main__":
    main()

"""Learn the coreference ranker over the run time's own features.

    python -m kroniek_training.coreference --shared ../../shared/training --gold ../gold/nl

It learns along the gold chains and along chains as predicted, so that it meets its own mistakes
(dataset aggregation, Ross et al. 2011); who predicts has not learnt from the text, or it would make
too few. Two novels are held out; `kroniek evaluate` scores them.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from sys import intern

from kroniek.analyse.antecedents import head_of
from kroniek.analyse.chains import Chain, chain_referents
from kroniek.analyse.coreference import decided
from kroniek.analyse.discourse import discourse_of
from kroniek.analyse.ranker import Ranker
from kroniek.analyse.ranking import Context, answers, new_features
from kroniek.analyse.referents import Referent
from kroniek.analyse.step import Resources
from kroniek.analyse.tree import tokens_in
from kroniek.evaluate.accepted import AcceptedNames, fold, read_accepted
from kroniek.evaluate.chains import read_openboek
from kroniek.evaluate.event_chains import read_event_chains
from kroniek.evaluate.gold import GoldDocument, load_gold
from kroniek.model import Analysis, Document, HowKnown, Origin, Published
from kroniek.pipeline import STEPS, analyse, load_resources
from kroniek_training.ranker import Example, learn, mean_of

HELD_OUT = ("ConanDoyle_SherlockHolmesDeAgraSchat", "Couperus_ElineVere")
NEWS_WEIGHT = 3.0  # how much an example from news counts for one from novels
ROUNDS = 2  # of predicting and learning
RUNS = 4  # networks whose mean is shipped: single ones swing by half a point
NEWS_GROUPS = 3

Labels = Mapping[int, str]  # head token -> gold chain


@dataclass(frozen=True)
class Text:
    """An analysis up to the linker with what the gold says of its referents; texts of a group are left out together."""

    analysis: Analysis
    labels: Labels
    group: str
    news: bool = True


def novels(folder: Path, resources: Resources) -> Iterator[Text]:
    """Yield the novels of OpenBoek that are not held out."""
    for file in sorted((folder / "openboek" / "coref").glob("*.conll")):
        if file.stem in HELD_OUT:
            continue
        gold = read_openboek(file)
        analysis = analysed(Document(gold.text, Origin(file.name)), resources)
        yield Text(analysis, exact(analysis, gold.chains, resources), file.stem, news=False)


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
        yield Text(analysis, exact(analysis, chains, resources), "meantime")


def reports(folder: Path, accepted: AcceptedNames, resources: Resources) -> Iterator[Text]:
    """Yield the training half of the gold corpus: names and sources of statements, by actor."""
    split = json.loads((folder / "splits.json").read_text(encoding="utf-8"))["train"]
    for number, gold in enumerate(load_gold([folder], folder.parent / "texts")):
        if gold.id in split and gold.text:
            given = Published(gold.published, HowKnown.GIVEN) if gold.published else Published()
            analysis = analysed(Document(gold.text, Origin(gold.id), given=given), resources)
            yield Text(
                analysis, by_actor(gold, analysis, accepted, resources), f"news {number % NEWS_GROUPS}"
            )


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


def along_gold(text: Text, resources: Resources) -> list[Example]:
    """Return an example for each labelled referent, with the chains as the gold has them."""
    discourse = discourse_of(text.analysis, resources)
    context = discourse.context()
    examples: list[Example] = []
    chains: dict[str, Chain] = {}

    def choose(referent: Referent, candidates: list[Chain]) -> Chain | None:
        label = text.labels.get(referent.head)
        if label is None:
            return None
        target = chains.get(label)
        right = [place for place, chain in enumerate(candidates) if chain is target]
        if right or target is None:
            examples.append(_example(referent, candidates, context, right, text))
        return target

    in_order = discourse.in_reading_order()
    for referent, chain in chain_referents(in_order, discourse.chains, choose, context.turns.voices):
        context.note(referent, chain)
        if referent.head in text.labels:
            chains.setdefault(text.labels[referent.head], chain)
    return examples


def along_predictions(text: Text, ranker: Ranker, resources: Resources) -> list[Example]:
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
                examples.append(_example(referent, candidates, context, right, text))
        return decided(referent, candidates, context, ranker)

    in_order = discourse.in_reading_order()
    for referent, chain in chain_referents(in_order, discourse.chains, choose, context.turns.voices):
        context.note(referent, chain)
        if (label := text.labels.get(referent.head)) is not None:
            counts.setdefault(chain.number, Counter())[label] += 1
            begun.add(label)
    return examples


def _example(
    referent: Referent, candidates: list[Chain], context: Context, right: Sequence[int], text: Text
) -> Example:
    found = [*answers(referent, candidates, context), new_features(referent, candidates)]
    rows = tuple(tuple(map(intern, features)) for features in found)
    return Example(referent.form, rows, tuple(right) or (len(candidates),), NEWS_WEIGHT if text.news else 1.0)


def cross_fitted(texts: Sequence[Text], resources: Resources, rounds: int = ROUNDS) -> list[list[Example]]:
    """Return the examples of each text, along the gold and along what rankers predict that have not learnt from it."""
    gold = [along_gold(text, resources) for text in texts]
    examples = gold
    groups = sorted({text.group for text in texts})
    for _ in range(rounds):
        found = list(examples)
        for group in groups:
            others = [
                item for text, own in zip(texts, examples, strict=True) if text.group != group for item in own
            ]
            ranker = mean_of([learn(others)]).ranker()
            for place, text in enumerate(texts):
                if text.group == group:
                    found[place] = gold[place] + along_predictions(text, ranker, resources)
        examples = found
    return examples


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
    examples = [item for own in cross_fitted(texts, resources) for item in own]
    learnt = mean_of([learn(examples, seed=seed) for seed in range(RUNS)])
    choice.out.write_text("".join(f"{line}\n" for line in learnt.lines()), encoding="utf-8")
    print(
        f"{choice.out}: {len(learnt.alone)} weights, {len(learnt.layer)} rows from {len(examples)} examples"
    )


if __name__ == "__main__":
    main()

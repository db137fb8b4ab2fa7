"""The evaluation gate: measures every layer, compares with the pinned floors, fails when one is broken.

    python eval/gate.py                     compare with eval/baseline.json
    python eval/gate.py --raise             pin higher floors where scores rose, and new scores
    python eval/gate.py --lower "NAME" ...  lower these floors to today's score: write a line in the changelog

Sets that are not here (texts of the gold corpus, treebanks) are named, with how to get them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from kroniek.cli import measure
from kroniek.evaluate.chains import chain_table, gold_chains
from kroniek.evaluate.report import breaches, renewed, table
from kroniek.evaluate.scores import Metric

ROOT = Path(__file__).resolve().parent.parent
BASELINE = ROOT / "eval" / "baseline.json"
ACCEPTED = ROOT / "eval" / "accepted_names.tsv"
SHARED = ROOT.parent / "shared"
TREES = ("treebank/nl_alpino-ud-dev.conllu", "treebank/nl_lassysmall-ud-dev.conllu")
NOVELS = (
    "ConanDoyle_SherlockHolmesDeAgraSchat",
    "Couperus_ElineVere",
)  # the ranker has not learnt from these
SLACK = 0.5  # points under today's score at which a floor is pinned: room for other hardware's rounding


def gold_hash() -> str:
    """Return a hash over all gold files, so that a floor is tied to the gold it was measured on."""
    digest = hashlib.sha256()
    for file in sorted((ROOT / "gold").glob("*/*.json")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def measured_sets() -> Iterator[tuple[str, list[Metric]]]:
    """Yield (name, metrics) of each set that can be measured here; tell on stderr what cannot."""
    for name, folder, split in (
        ("examples", "examples", ""),
        ("news", "nl", "dev"),
        ("reports", "reports", "dev"),
    ):
        if not (ROOT / "gold" / folder).is_dir():
            print(f"{name}: no gold/{folder} here", file=sys.stderr)
            continue
        documents = measure.load_split(ROOT / "gold" / folder, ROOT / "gold" / "texts", split)
        present, missing = measure.annotated_texts(documents)
        if missing:
            print(
                f"{name}: {len(missing)} documents without text: run `make gold` (see gold/README.md)",
                file=sys.stderr,
            )
        if present and not missing:
            comparisons = measure.score_layers(
                present, measure.predict(present), ACCEPTED, measure.layers_of(present)
            )
            yield name, [metric for comparison in comparisons for metric in comparison.tally.metrics()]
    if (ROOT / "gold" / "examples").is_dir():
        story = measure.load_split(ROOT / "gold" / "examples", ROOT / "gold" / "texts")
        yield "timeline", measure.score_dates(story)
    articles = measure.meantime_files([SHARED / "training" / "meantime-nl"])
    if articles:
        yield "meantime", measure.score_meantime_files(articles)
    else:
        print("meantime: not here; MEANTIME is at newsreader-project.eu", file=sys.stderr)
    if novels := sorted((SHARED / "training" / "openboek" / "quotes").glob("*.xml")):
        yield "novels", measure.score_novel_quotations(novels, NOVELS)
    else:
        print("novels: not here; OpenBoek is at github.com/andreasvc/openboek", file=sys.stderr)
    if expected := measure.expected_files(SHARED / "expected"):
        yield "expected", measure.score_expected_files(expected, SHARED / "reports")
    else:
        print("expected: the first reports and what they must give are not here", file=sys.stderr)
    for path in TREES:
        if (SHARED / "training" / path).is_file():
            yield Path(path).stem, measure.score_conll(SHARED / "training" / path)
        else:
            print(f"{Path(path).stem}: not here; UD Dutch is at universaldependencies.org", file=sys.stderr)


def measured_chains() -> Iterator[tuple[str, dict[str, float]]]:
    """Yield (name, scores) of the chains of names, descriptions and pronouns, where their gold is here."""
    if (ROOT / "gold" / "nl").is_dir():
        documents = measure.load_split(ROOT / "gold" / "nl", ROOT / "gold" / "texts", "dev")
        present, missing = measure.annotated_texts(documents)
        if not missing:
            yield "news", measure.score_chain_files([gold_chains(document) for document in present])
    files = [SHARED / "training" / "openboek" / "coref" / f"{name}.conll" for name in NOVELS]
    if all(file.is_file() for file in files):
        yield "openboek", measure.score_chain_files(measure.novels(files))
    else:
        print("openboek: not here; it is at github.com/andreasvc/openboek", file=sys.stderr)


def main() -> int:
    """Measure, compare, and return 0 when every floor holds."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--raise", dest="lift", action="store_true")
    options.add_argument("--lower", nargs="+", default=[], metavar="NAME")
    choice = options.parse_args()
    scores: dict[str, float] = {}
    measured = []
    for name, metrics in measured_sets():
        began = time.perf_counter()
        print(f"\n== {name} ==\n{table(metrics, intervals=name in ('news', 'examples'))}", flush=True)
        measured.append(name)
        scores |= measure.scores_of(metrics, name)
        print(f"({time.perf_counter() - began:.1f} s for the intervals)")
    for name, chains in measured_chains():
        print(f"\n== {name}: chains ==\n{chain_table(chains)}", flush=True)
        measured.append(name)
        scores |= {f"{name} {key}": round(value, 2) for key, value in chains.items()}
    if articles := measure.meantime_files([SHARED / "training" / "meantime-nl"]):
        links = measure.score_event_link_files(articles)
        print("\n== meantime: event words, gold mentions; gain is over head lemma ==")
        print("\n".join(f"{name:<24} {value:5.1f}" for name, value in links.items()), flush=True)
        scores |= {f"meantime {key}": round(value, 2) for key, value in links.items()}
    return _judge(scores, measured, lift=choice.lift, lower=choice.lower)


def _judge(scores: dict[str, float], measured: list[str], *, lift: bool, lower: list[str]) -> int:
    baseline = json.loads(BASELINE.read_text()) if BASELINE.is_file() else {"floors": {}, "gold": ""}
    if lift or lower:
        floors = renewed(baseline["floors"], scores, slack=SLACK, lower=lower)
        BASELINE.write_text(json.dumps({"gold": gold_hash(), "floors": floors}, indent=1) + "\n")
        print(f"\n{BASELINE.relative_to(ROOT)}: {len(floors)} floors")
        return 0
    if baseline["gold"] != gold_hash():
        print(
            "\nthe gold differs from the gold of the floors: look at the scores, then run `make eval RAISE=1`"
        )
        return 1
    here = {name: floor for name, floor in baseline["floors"].items() if name.split(" ")[0] in measured}
    broken = breaches(here, scores)
    for breach in broken:
        print(f"BROKEN {breach}")
    print(
        f"\neval: {len(here) - len(broken)} of {len(here)} floors hold; {len(baseline['floors']) - len(here)} not measured here"
    )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())

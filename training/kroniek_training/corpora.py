"""Read the training corpora into sentences with whatever each of them annotates.

Names are kept as sets of allowed tags, because the corpora follow different guidelines: a German
``LOC`` may be our GPE, LOC or FAC, and a proper noun of a treebank may be any name. A set is a bit
mask over `NAME_TAGS`.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kroniek.languages.neural.names import NAME_TAGS, NAME_TYPES

ANY = (1 << len(NAME_TAGS)) - 1
OUTSIDE = 1
PARTICLE = "compound:prt"


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its gold analysis; "" and -1 where the corpus gives none. ``head`` 0 is the root."""

    form: str
    upos: str = ""
    feats: str = ""
    xpos: str = ""
    lemma: str = ""
    head: int = -1
    deprel: str = ""
    names: int = ANY


Sentence = tuple[Word, ...]


def mask(types: str, position: str = "BI") -> int:
    """Return the bit mask of the tags of these types: ``mask("GPE LOC", "B")`` is B-GPE and B-LOC."""
    return sum(
        1 << NAME_TAGS.index(f"{letter}-{name}")
        for letter in position
        for name in (NAME_TYPES if types == "*" else types.split())
    )


def _blocks(path: Path) -> Iterator[list[list[str]]]:
    """Yield the sentences of a tab-separated file as rows of fields; comment lines are left out."""
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# "):
            continue
        if line.strip():
            rows.append(line.split("\t"))
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def read_treebank(path: Path, demonyms: frozenset[str] = frozenset()) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file.

    The lemma loses the seams of compounds, and a verb's lemma loses a particle that stands apart as
    its child (`kondigde ... aan`, `aan_kondigen` -> `kondigen`): the tree tells it already.
    """
    for block in _blocks(path):
        rows = [row for row in block if row[0].isdigit()]
        yield tuple(
            Word(
                form=row[1],
                upos=row[3],
                feats=row[5],
                xpos=row[4],
                lemma=plain_lemma(row, rows),
                head=int(row[6]),
                deprel=row[7],
                names=names_by_tag(row[1], row[2], row[4], demonyms),
            )
            for row in rows
        )


def plain_lemma(row: list[str], rows: list[list[str]]) -> str:
    """Return the lemma without seams and without a particle that stands apart."""
    lemma = row[2]
    if lemma == "_":
        return lemma
    for other in rows:
        particle = other[1].lower() + "_"
        if other[6] == row[0] and other[7] == PARTICLE and lemma.lower().startswith(particle):
            lemma = lemma[len(particle) :]
    return lemma.replace("_", "") or row[2]


def names_by_tag(form: str, lemma: str, tag: str, demonyms: frozenset[str]) -> int:
    """Return what an Alpino tag tells about names.

    A capitalised proper noun is part of some name (its lemma has the capital: `Donderdag` is none); a
    word from the list of nationalities is a NORP or inside another name; lower-case verbs, nouns and
    the like are no names. What may be either (`van`, `de`, figures) stays open.
    """
    if form in demonyms:
        return mask("NORP") | mask("ORG EVENT MISC") | mask("GPE LOC FAC", "I")
    kind, _, rest = tag.partition("|")
    capital = form[:1].isupper()
    if (kind == "N" and rest.startswith("eigen")) or tag == "SPEC|deeleigen":
        if capital and lemma[:1].isupper():
            return mask("*")
        return OUTSIDE if kind == "N" and form.islower() else ANY
    if capital or kind in ("VZ", "LID", "SPEC", "TW", "LET", "VG"):
        return ANY
    return OUTSIDE


_TRANSFER = {
    "PER": "PER", "ORG": "ORG", "GPE_LOC": "GPE", "GPE_ORG": "GPE", "PROD": "MISC", "EVT": "EVENT",
    "LOCderiv": "NORP", "ORGderiv": "NORP",
}  # fmt: skip
_TRANSFER_WIDE = {"LOC": "GPE LOC FAC", "MISC": "MISC EVENT NORP", "OTH": "MISC EVENT NORP"}
_NORWEGIAN = {"LOC": "LOC FAC", "MISC": "MISC EVENT NORP"}


def read_transfer(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a ``word<TAB>tag`` file in a language close to Dutch, tags mapped to ours."""
    wide = _NORWEGIAN if path.name.startswith("norne") else _TRANSFER_WIDE
    english = path.name.startswith("ewt")
    for block in _blocks(path):
        yield tuple(Word(form=row[0], names=_transfer_mask(row[0], row[1], wide, english)) for row in block)


def _transfer_mask(form: str, tag: str, wide: dict[str, str], english: bool) -> int:
    if tag == "O":  # the English set has neither nationalities, events nor works
        unknown = mask("NORP EVENT MISC") if english and form[:1].isupper() else 0
        return OUTSIDE | unknown
    position, _, kind = tag.partition("-")
    if kind in _TRANSFER:
        return mask(_TRANSFER[kind], position)
    return mask(wide[kind], position) if kind in wide else ANY


_MEANTIME = {"PER": "PER", "ORG": "ORG", "LOC": "GPE LOC FAC", "PRO": "MISC", "MIX": "*", "FIN": "MISC"}


def read_meantime(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of one MEANTIME article with its CLIN26 names (brackets to tags)."""
    for rows in json.loads(path.read_text(encoding="utf-8")).get("clin26_ne", []):
        words, inside = [], ""
        for _number, form, bracket, *_rest in rows:
            opened = re.match(r"\((?P<kind>[A-Z]+)", bracket)
            kind = opened["kind"] if opened else inside
            types = _MEANTIME.get(kind)
            known = mask(types, "B" if opened else "I") if types else ANY
            capital_unknown = mask("NORP EVENT MISC") if form[:1].isupper() else 0
            words.append(Word(form=form, names=known if kind else OUTSIDE | capital_unknown))
            inside = "" if ")" in bracket else kind
        yield tuple(words)


def read_roles(path: Path, demonyms: frozenset[str] = frozenset()) -> Iterator[Sentence]:
    """Yield SoNaR's sentences with their Alpino tags; those of the UD development and test sets are left out."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            if entry["in_ud_devtest"]:
                continue
            yield tuple(
                Word(
                    form,
                    lemma=lemma.replace("_", ""),
                    xpos=_alpino_tag(tag),
                    names=names_by_tag(form, lemma, _alpino_tag(tag), demonyms),
                )
                for form, lemma, tag in zip(entry["words"], entry["lemmas"], entry["pos"], strict=True)
            )


def read_demonyms(base: Path) -> frozenset[str]:
    """Return the inflected adjectives and the inhabitants of the knowledge base: `Russische`, `Russen`.

    Uninflected adjectives are left out: `Russisch` is mostly the language.
    """
    rows = sqlite3.connect(f"file:{base}?mode=ro", uri=True).execute(
        "SELECT surface, kind FROM alias WHERE language = 'nl' AND kind IN ('adjective', 'inhabitant')"
    )
    return frozenset(surface for surface, kind in rows if kind == "inhabitant" or surface.endswith("e"))


def _alpino_tag(tag: str) -> str:
    """Write ``N(soort,ev)`` as the treebanks do: ``N|soort|ev``; ``LET()`` is ``LET``."""
    return tag.rstrip(")").replace("(", "|").replace(",", "|").rstrip("|")

"""CoNLL-U (Universal Dependencies): sentences with trees; entities in MISC as in CorefUD, offsets as Start and End."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from kroniek.errors import ExportError
from kroniek.model import Analysis, MentionKind, Sentence, Span, Token
from kroniek.publish.source import Quotes, Settings, Source, Written
from kroniek.publish.tables.guard import clean

SUMMARY = "sentences with trees and entities as CoNLL-U; holds the whole texts"
EMPTY = "_"
HEAD = "# global.Entity = eid-etype-name\n"  # https://ufal.mff.cuni.cz/corefud: what brackets in Entity hold


def export(source: Source, folder: Path, settings: Settings) -> Written:
    """Write all reports into one file; raises ExportError when words are to be left out."""
    if settings.quotes is not Quotes.FULL:
        raise ExportError("conllu holds the whole texts: it needs --quotes full")
    documents = sentences = 0
    with folder.joinpath("reports.conllu").open("w", encoding="utf-8", newline="\n") as file:
        for analysis in source.analyses():
            for block in blocks(analysis):
                file.write(block if documents or sentences else HEAD + block)
                sentences += 1
            documents += 1
    return Written({"reports": documents, "sentences": sentences})


def blocks(analysis: Analysis) -> Iterator[str]:
    """Yield each sentence of a report as a block; a sentence without words has none."""
    key = analysis.document.id
    brackets = _brackets(analysis)
    new = f"# newdoc id = {key}\n"
    for number, sentence in enumerate(analysis.sentences, start=1):
        tokens = analysis.tokens[sentence.first : sentence.last]
        if tokens:
            yield f"{new}# sent_id = {key}-{number}\n{_block(analysis, sentence, tokens, brackets)}"
            new = ""


def _block(
    analysis: Analysis, sentence: Sentence, tokens: tuple[Token, ...], brackets: Mapping[int, str]
) -> str:  # fmt: skip
    forms = [_form(token.text) for token in tokens]
    tight = [_tight(analysis, token, tokens, place) for place, token in enumerate(tokens)]
    text = "".join(form + ("" if close else " ") for form, close in zip(forms, tight, strict=True)).rstrip()
    heads = _heads(tokens, sentence.first)
    lines = [f"# text = {text}"]
    for place, token in enumerate(tokens):
        misc = [f"End={token.end}"]
        if token.index in brackets:
            misc.append(f"Entity={brackets[token.index]}")
        if tight[place] and place + 1 < len(tokens):
            misc.append("SpaceAfter=No")
        misc.append(f"Start={token.start}")
        relation = "root" if heads[place] == 0 else _field(token.deprel) if token.deprel != "root" else "dep"
        lines.append(
            "\t".join(
                (str(place + 1), forms[place], _field(token.lemma), _field(token.upos), EMPTY, _feats(token.feats),
                 str(heads[place]), relation, EMPTY, "|".join(misc))
            )
        )  # fmt: skip
    return "\n".join(lines) + "\n\n"


def _heads(tokens: tuple[Token, ...], first: int) -> list[int]:
    """Return the heads counted within the sentence, 0 for the one root.

    A tree with several roots, or a head outside the sentence, hangs on the first root: UD allows one.
    """
    inside = range(first, first + len(tokens))
    roots = [
        place for place, token in enumerate(tokens) if token.head == token.index or token.head not in inside
    ]
    root = roots[0] if roots else 0
    found = []
    for place, token in enumerate(tokens):
        if place == root:
            found.append(0)
        elif place in roots:
            found.append(root + 1)
        else:
            found.append(token.head - first + 1)
    return found


def _tight(analysis: Analysis, token: Token, tokens: tuple[Token, ...], place: int) -> bool:
    """Tell whether no white space follows a word."""
    end = tokens[place + 1].start if place + 1 < len(tokens) else token.end
    return (token.end >= end and place + 1 < len(tokens)) or not analysis.text[token.end : end]


def _form(words: str) -> str:
    """Return a word as a field: white space inside it (`10 000`) becomes a plain space."""
    return " ".join(clean(words).split()) or EMPTY


def _field(value: str) -> str:
    return "".join(clean(value).split()) or EMPTY


def _feats(feats: str) -> str:
    """Return features sorted by name without regard to case, as UD asks."""
    parts = [part for part in clean(feats).split("|") if "=" in part]
    return "|".join(sorted(parts, key=str.lower)) or EMPTY


def _brackets(analysis: Analysis) -> dict[int, str]:
    """Return for each word the brackets of the entities that begin and end there.

    Of names that cross (`[A [B] C]` is no crossing) the one that begins later is left out: brackets
    could not be matched.
    """
    entities = {entity.id: entity for entity in analysis.entities}
    linked = {link.mention: link.entities for link in analysis.links if link.entities}
    opens: dict[int, list[str]] = defaultdict(list)
    closes: dict[int, list[str]] = defaultdict(list)
    open_until: list[int] = []
    mentions = [item for item in analysis.mentions if item.kind is MentionKind.NAME and item.id in linked]
    for mention in sorted(mentions, key=lambda item: (item.span.start, -item.span.end)):
        first, last = _words_of(analysis, mention.span)
        while open_until and open_until[-1] < first:
            open_until.pop()
        if (
            first > last
            or (open_until and last > open_until[-1])
            or not _same_sentence(analysis, first, last)
        ):
            continue
        open_until.append(last)
        entity = entities.get(linked[mention.id][0])
        kind = mention.type.value if mention.type else ""
        name = _safe(entity.name if entity else "")
        key = _safe(linked[mention.id][0])
        if first == last:
            opens[first].append(f"({key}-{kind}-{name})")
        else:
            opens[first].append(f"({key}-{kind}-{name}")
            closes[last].insert(0, f"{key})")
    return {index: "".join(closes.get(index, []) + opens.get(index, [])) for index in {*opens, *closes}}


def _words_of(analysis: Analysis, span: Span) -> tuple[int, int]:
    """Return the first and last word that a span touches; (0, -1) for none."""
    starts = [token.start for token in analysis.tokens]
    first = max(0, bisect_right(starts, span.start) - 1)
    if first < len(starts) and analysis.tokens[first].end <= span.start:
        first += 1
    return first, bisect_left(starts, span.end) - 1


def _same_sentence(analysis: Analysis, first: int, last: int) -> bool:
    return analysis.tokens[first].sentence == analysis.tokens[last].sentence


def _safe(value: str) -> str:
    """Return a value without the signs that brackets, fields and keys are made of."""
    return "".join("_" if sign in "()-|= " or sign.isspace() else sign for sign in clean(value))

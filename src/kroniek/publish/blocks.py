"""A text in blocks, as Markdown or as a Word document. What reports say is escaped in both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kroniek.errors import KroniekError

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~&!])")
LINE_START = re.compile(r"^(\s*)([-+>]|\d+[.)])(?=\s)")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the title has level 1."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; `strong` opens it in bold."""

    text: str
    strong: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list; `strong` opens it in bold, `depth` counts from 0."""

    text: str
    strong: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence with the words that count marked, and where it stands; `depth` is that of its list entry."""

    before: str
    words: str
    after: str
    source: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: header and rows of the same length."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]


Block = Heading | Paragraph | Item | Quoted | Grid


def one_line(text: str) -> str:
    """Return the text on one line, without control signs or marks that turn the direction of writing."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it stands: no links, no markup, no HTML.

    >>> escaped("*Kerry* <b>")
    '\\\\*Kerry\\\\* \\\\<b\\\\>'
    """
    line = SPECIAL.sub(r"\\\1", one_line(text))
    return LINE_START.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", line)


def markdown(blocks: Iterable[Block]) -> str:
    """Return the text as Markdown (CommonMark with tables)."""
    parts: list[str] = []
    before: Block | None = None
    for block in blocks:
        joined = isinstance(block, (Item, Quoted)) and isinstance(before, (Item, Quoted))
        if parts:
            parts.append("\n" if joined else "\n\n")
        parts.append(_markdown(block, inside=isinstance(before, (Item, Quoted))))
        before = block
    return "".join(parts) + "\n"


def _markdown(block: Block, *, inside: bool) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {escaped(block.text)}"
    if isinstance(block, Paragraph):
        return _strong(block.strong) + escaped(block.text)
    if isinstance(block, Item):
        return f"{'  ' * block.depth}- {_strong(block.strong)}{escaped(block.text)}"
    if isinstance(block, Quoted):
        words = f"**{escaped(block.words)}**" if block.words.strip() else ""
        quoted = f"“{_edge(block.before, head=True)}{words}{_edge(block.after, head=False)}”"
        return f"{'  ' * (block.depth + 1) + '- ' if inside else '> '}{quoted} ({escaped(block.source)})"
    rows = [block.header, ["---"] * len(block.header), *block.rows]
    return "\n".join(
        "| " + " | ".join(cell if number == 1 else escaped(str(cell)) or " " for cell in row) + " |"
        for number, row in enumerate(rows)
    )


def _strong(text: str) -> str:
    return f"**{escaped(text)}** " if text else ""


def _edge(text: str, *, head: bool) -> str:
    """Return the text beside the marked words, with the space between them kept."""
    shown = escaped(text)
    if not shown:
        return " " if text else ""
    return (
        f"{shown}{' ' if text[-1:].isspace() else ''}"
        if head
        else f"{' ' if text[:1].isspace() else ''}{shown}"
    )


def word_document(blocks: Iterable[Block], *, title: str, language: str) -> bytes:
    """Return the text as a Word file; raises KroniekError when python-docx is not installed."""
    try:
        from docx import Document
    except ImportError as error:
        raise KroniekError("python-docx is not installed: pip install 'kroniek[publish]'") from error
    document = Document()
    document.core_properties.title = one_line(title)[:255]
    document.core_properties.language = language
    document.core_properties.author = "kroniek"
    for block in blocks:
        _add(document, block)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _add(document: WordDocument, block: Block) -> None:
    if isinstance(block, Heading):
        document.add_heading(one_line(block.text), level=min(block.level, 5) - 1)
    elif isinstance(block, Grid):
        _add_table(document, block)
    else:
        style = {Item: "List Bullet", Quoted: "Quote"}.get(type(block))
        paragraph: Any = document.add_paragraph(style=style)
        for text, strong in _runs(block):
            paragraph.add_run(text).bold = strong
        if isinstance(block, Item) and block.depth:
            paragraph.style = document.styles["List Bullet 2"]


def _runs(block: Paragraph | Item | Quoted) -> Iterator[tuple[str, bool]]:
    """Yield the stretches of a paragraph and whether each is bold."""
    if isinstance(block, Quoted):
        before, after = CONTROL.sub("", block.before), CONTROL.sub("", block.after)
        yield from (
            (f"“{before}", False),
            (one_line(block.words), True),
            (f"{after}” ({one_line(block.source)})", False),
        )
        return
    if block.strong:
        yield one_line(block.strong) + " ", True
    yield one_line(block.text), False


def _add_table(document: WordDocument, block: Grid) -> None:
    table = document.add_table(rows=1, cols=len(block.header), style="Light Grid Accent 1")
    for cell, text in zip(table.rows[0].cells, block.header, strict=True):
        cell.text = one_line(text)
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = one_line(str(text))

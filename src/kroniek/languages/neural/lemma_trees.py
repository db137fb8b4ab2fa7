"""Edit trees: how a word form becomes its lemma (Chrupala 2008; Mueller et al. 2015).

A tree is a nested tuple. ``(start, rest, left, right)`` keeps the characters between ``start`` from
the front and ``rest`` from the end, and edits what stands before and after it with its subtrees;
``(old, new)`` replaces the whole stretch. ``gezongen`` -> ``zingen`` drops ``ge`` and turns the ``o``
into ``i``; the same tree serves ``gedongen`` -> ``dingen``.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TypeAlias

Leaf: TypeAlias = tuple[str, str]
EditTree: TypeAlias = "Leaf | tuple[int, int, EditTree | None, EditTree | None]"

LOWER, KEEP = "l", "k"  # what happens to the form's case before the edit


def build_tree(form: str, lemma: str) -> EditTree | None:
    """Return the tree that turns ``form`` into ``lemma``; ``None`` when both are empty."""
    if not form and not lemma:
        return None
    match = SequenceMatcher(None, form, lemma, autojunk=False).find_longest_match()
    if match.size == 0:
        return (form, lemma)
    form_end, lemma_end = match.a + match.size, match.b + match.size
    return (
        match.a,
        len(form) - form_end,
        build_tree(form[: match.a], lemma[: match.b]),
        build_tree(form[form_end:], lemma[lemma_end:]),
    )


def apply_tree(tree: EditTree | None, form: str) -> str | None:
    """Return the lemma, or ``None`` when the tree does not fit the form."""
    if tree is None:
        return "" if not form else None
    if len(tree) == 2:
        return tree[1] if tree[0] == form else None
    start, rest, left, right = tree
    end = len(form) - rest
    if end <= start:
        return None
    before, after = apply_tree(left, form[:start]), apply_tree(right, form[end:])
    return None if before is None or after is None else before + form[start:end] + after


def rule_for(form: str, lemma: str) -> str:
    """Return the lemma rule as text: the case letter, then the tree as nested brackets."""
    keeps_case = lemma != lemma.lower()
    base = form if keeps_case else form.lower()
    return (KEEP if keeps_case else LOWER) + _write(build_tree(base, lemma))


def apply_rule(rule: tuple[str, EditTree | None], form: str) -> str | None:
    """Return the lemma of ``form`` by a rule that `read_rule` has read, ``None`` where it does not fit."""
    case, tree = rule
    return apply_tree(tree, form.lower() if case == LOWER else form)


def _write(tree: EditTree | None) -> str:
    if tree is None:
        return "-"
    if len(tree) == 2:
        return f"<{_escape(tree[0])}>{_escape(tree[1])};"
    start, rest, left, right = tree
    return f"({start},{rest},{_write(left)}{_write(right)})"


def _escape(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\<>;" else letter for letter in text)


def read_rule(text: str) -> tuple[str, EditTree | None]:
    """Return the case letter and the tree of a rule; raises ``ValueError`` for a malformed one."""
    tree, end = _read(text, 1)
    if end != len(text) or text[:1] not in (LOWER, KEEP):
        raise ValueError(f"lemma rule {text!r}: malformed at character {end}")
    return text[0], tree


def _read(text: str, at: int) -> tuple[EditTree | None, int]:
    if text[at] == "-":
        return None, at + 1
    if text[at] == "<":
        old, at = _read_text(text, at + 1, ">")
        new, at = _read_text(text, at, ";")
        return (old, new), at
    comma = text.index(",", at)
    second = text.index(",", comma + 1)
    left, at_right = _read(text, second + 1)
    right, end = _read(text, at_right)
    return (int(text[at + 1 : comma]), int(text[comma + 1 : second]), left, right), end + 1


def _read_text(text: str, at: int, stop: str) -> tuple[str, int]:
    letters = []
    while text[at] != stop:
        at += text[at] == "\\"
        letters.append(text[at])
        at += 1
    return "".join(letters), at + 1

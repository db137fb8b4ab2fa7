"""The patterns of `zones.toml`, compiled once for each language pack."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kroniek.errors import PackError
from kroniek.language import Language

REFERENCE = re.compile(r"\(\?&(?P<name>\w+)\)")
TRAILING_REACH = 90  # characters at the end of a line in which a credit or a byline is looked for


@dataclass(frozen=True, slots=True)
class HeaderRule:
    """A pattern for one item of a header. `glues`: text may follow it without a break."""

    id: str
    item: str
    pattern: re.Pattern[str]
    first: bool = False  # only at the very beginning of a document
    glues: bool = False
    trailing: bool = False  # also at the end of a line of text
    examples: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class HeaderRules:
    """All that is known about the tops of reports in one language."""

    items: tuple[HeaderRule, ...]
    datelines: tuple[HeaderRule, ...]
    furniture: tuple[HeaderRule, ...]
    gap: re.Pattern[str]
    masthead: re.Pattern[str]  # a name that nobody knows, in front of a date
    months: Mapping[str, int]
    agencies: Mapping[str, str]  # lower case -> as it is written
    caption_marker: re.Pattern[str]
    seam: re.Pattern[str]
    kickers: frozenset[str]
    before_date: frozenset[str]


def header_rules(language: Language) -> HeaderRules:
    """Return the compiled rules of a pack; raises PackError with the rule that is at fault."""
    return language.compiled(_build)


def _build(language: Language) -> HeaderRules:
    table = language.table("zones")
    fragments = _fragments(table)
    place = f"{language.package}/zones.toml"

    def rules(section: str) -> tuple[HeaderRule, ...]:
        return tuple(_rule(row, fragments, f"{place} [[{section}]]") for row in table.get(section, ()))

    return HeaderRules(
        items=rules("rule"),
        datelines=rules("dateline"),
        furniture=rules("furniture"),
        gap=_compile(fragments["gap"], fragments, f"{place} gap"),
        masthead=_compile(fragments["masthead"], fragments, f"{place} masthead"),
        months={name: number for number, names in enumerate(table["dates"]["months"], 1) for name in names},
        agencies=_agencies(table),
        caption_marker=_compile(table["caption"]["markers"], fragments, f"{place} [caption] markers"),
        seam=_seam(table["title"], f"{place} [title]"),
        kickers=frozenset(table["title"]["kickers"]),
        before_date=frozenset(table["title"]["before_date"]),
    )


def _fragments(table: Mapping[str, Any]) -> dict[str, str]:
    agencies = table["agencies"]
    months = [name for names in table["dates"]["months"] for name in names]
    return {
        **table["fragments"],
        "agency": f"(?<!\\w)(?i:{_any([*agencies['names'], *agencies['aliases']])})(?![\\w-])",
        "photo": f"(?<!\\w)(?i:{_any(agencies['photo'])})(?![\\w-])",
        "month": f"(?i:{_any(months)})",
    }


def _agencies(table: Mapping[str, Any]) -> dict[str, str]:
    found = {name.lower(): name for name in (*table["agencies"]["photo"], *table["agencies"]["names"])}
    return found | {short.lower(): name for short, name in table["agencies"]["aliases"].items()}


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _rule(row: Mapping[str, Any], fragments: Mapping[str, str], place: str) -> HeaderRule:
    if "id" not in row or "pattern" not in row:
        raise PackError(f"{place}: a rule needs the fields id, pattern and examples")
    if not row.get("examples"):
        raise PackError(f"{place} {row['id']}: field 'examples' must hold at least one example")
    pattern = _compile(row["pattern"], fragments, f"{place} {row['id']}")
    return HeaderRule(
        row["id"], row.get("item", "furniture"), pattern, row.get("first", False), row.get("glues", False),
        row.get("trailing", False), tuple(row["examples"]),
    )  # fmt: skip


def _compile(pattern: str, fragments: Mapping[str, str], place: str) -> re.Pattern[str]:
    try:
        for _ in range(8):  # fragments may stand in fragments
            if not REFERENCE.search(pattern):
                break
            pattern = REFERENCE.sub(lambda match: f"(?:{fragments[match['name']]})", pattern)
        return re.compile(pattern, re.VERBOSE)
    except KeyError as error:
        raise PackError(f"{place}: no fragment {error}") from error
    except re.error as error:
        raise PackError(f"{place}: not a pattern: {error}") from error


def _seam(title: Mapping[str, Any], place: str) -> re.Pattern[str]:
    openers = rf"(?:{_any(title['openers'])})\s+[a-zà-ÿA-ZÀ-Þ]"
    articles = rf"(?:{_any(title['articles'])})\s+{title['after_article']}"
    return _compile(rf"(?P<left>[a-zà-ÿ0-9'’\")])(?P<space>[ \t]*)(?=(?:{openers}|{articles}))", {}, place)

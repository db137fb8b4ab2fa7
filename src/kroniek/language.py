"""Language packs: words, patterns and settings as data, read once from a package's files."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from kroniek.errors import NotFoundError, PackError
from kroniek.registry import LANGUAGES, plugins

Compiled = TypeVar("Compiled")


@dataclass(frozen=True)
class Language:
    """One language pack: `pack.toml` names it, the other TOML files are its tables.

    `table("times")` is the parsed `times.toml`. What a step compiles from a table is kept per pack
    by `compiled`, so that patterns are built once per process.
    """

    code: str
    name: str
    version: str
    parser: str  # spec of the parser that the pack brings
    package: str
    _tables: dict[str, dict[str, Any]] = field(default_factory=dict, repr=False, compare=False)
    _compiled: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def __hash__(self) -> int:
        return hash((self.code, self.version, self.package))

    def table(self, name: str) -> dict[str, Any]:
        """Return the pack's table `name`; raises PackError when the file is missing or broken."""
        if name not in self._tables:
            self._tables[name] = _read_toml(self.package, f"{name}.toml")
        return self._tables[name]

    def text(self, file_name: str) -> str:
        """Return the text of one of the pack's files (TSV and the like)."""
        try:
            return resources.files(self.package).joinpath(file_name).read_text(encoding="utf-8")
        except OSError as error:
            raise PackError(f"{self.package}/{file_name}: the pack has no such file") from error

    def compiled(self, build: Callable[[Language], Compiled]) -> Compiled:
        """Return `build(self)`, made once for this pack."""
        if build not in self._compiled:
            self._compiled[build] = build(self)
        result: Compiled = self._compiled[build]
        return result


def _read_toml(package: str, file_name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(resources.files(package).joinpath(file_name).read_text(encoding="utf-8"))
    except OSError as error:
        raise PackError(f"{package}/{file_name}: the pack has no such file") from error
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{package}/{file_name}: not valid TOML: {error}") from error


@cache
def load_language(code: str) -> Language:
    """Return the language pack with that code.

    Raises NotFoundError when no installed plug-in has it, PackError when `pack.toml` lacks a field.
    """
    known = plugins(LANGUAGES)
    if code not in known:
        raise NotFoundError(f"no language pack {code!r}; there are: {', '.join(known) or 'none'}")
    package = known[code].value
    pack = _read_toml(package, "pack.toml")
    for name in ("code", "name", "version", "parser"):
        if not isinstance(pack.get(name), str):
            raise PackError(f"{package}/pack.toml: field {name!r} must be a string")
    return Language(pack["code"], pack["name"], pack["version"], pack["parser"], package)

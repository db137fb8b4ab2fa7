"""A vault of Markdown notes (Obsidian and its like): notes on events, actors, processes and reports that link to each other.

What reports say is escaped: it makes no links, no HTML and no headings of its own.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kroniek.model import Claim, Evidence, Process
from kroniek.publish.citations import cited, date_words, headline, passage
from kroniek.publish.files import Names
from kroniek.publish.source import (
    UNNAMED,
    Part,
    Quotes,
    Settings,
    Source,
    Told,
    Written,
    name_of,
    names_of,
    told_time,
)
from kroniek.publish.tables.guard import clean
from kroniek.publish.tables.processes import phase_time, process_name, shown_processes, status_of

SUMMARY = "linked Markdown notes on events, actors, processes and reports"
SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$%&^=])")  # a quotation never stands at the beginning of a line
UNSURE = re.compile(r"[:()]")  # signs that not every system takes in a file name
FOLDERS = ("reports", "actors", "events", "processes")


def export(source: Source, folder: Path, settings: Settings) -> Written:
    """Write a note for every report, entity, event and process, and an index."""
    for name in FOLDERS:
        folder.joinpath(name).mkdir()
    vault = _Vault(source, folder, settings)
    counts = {
        "reports": vault.reports(), "processes": vault.processes(), "events": vault.events(),
        "actors": vault.actors(),
    }  # fmt: skip
    lines = [f"# {escaped(source.facts.name)}", "", f"{source.facts.reports} reports, read by kroniek.", ""]
    lines += [f"- {name}: {number}" for name, number in counts.items()]
    lines += ["", "[[timeline|All events in order]]", "", "## Processes", "", *vault.of_processes]
    folder.joinpath("index.md").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return Written(counts)


def escaped(words: str) -> str:
    """Return words on one line in which no sign means anything to Markdown, wikis or HTML."""
    return SPECIAL.sub(r"\\\1", " ".join(clean(words).split()))


class _Vault:
    """Notes that know each other's file names."""

    def __init__(self, source: Source, folder: Path, settings: Settings) -> None:
        self._source, self._folder, self._settings = source, folder, settings
        self._notes: dict[str, str] = {}  # id -> path of its note, without `.md`
        self._of_actor: dict[str, list[tuple[str, str]]] = defaultdict(list)  # entity -> (date, line)
        self._names = {name: Names() for name in FOLDERS}
        self.of_processes: list[str] = []
        self._claims: dict[str, list[Claim]] = defaultdict(list)
        for claim in source.claims():
            self._claims[claim.about].append(claim)

    def reports(self) -> int:
        """Write the notes on reports; return how many."""
        number = 0
        for filed in self._source.filed():
            report = filed.report
            published = report.published.value or ""
            place = self._place(
                "reports",
                report.document.id,
                f"{published[:10]} {report.title or report.document.origin.path}",
            )
            facts = {
                "id": report.document.id, "title": report.title, "outlet": report.document.origin.outlet,
                "published": published, "published_how": report.published.how.value, "url": report.document.origin.url,
                "file": report.document.origin.path, "agencies": list(filed.header.agencies),
            }  # fmt: skip
            body = [
                f"# {escaped(report.title or report.label)}",
                "",
                f"Tellings: {filed.tellings}. Statements: {filed.statements}. Gaps: {filed.gaps}.",
            ]
            self._write(place, facts, body)
            number += 1
        return number

    def events(self) -> int:
        """Write the notes on events, and a timeline that lists them; return how many."""
        number = 0
        with self._folder.joinpath("timeline.md").open("w", encoding="utf-8", newline="\n") as timeline:
            timeline.write("# Timeline\n\n")
            for told in self._source.told():
                timeline.write(self._event(told) + "\n")
                number += 1
        return number

    def _event(self, told: Told) -> str:
        """Write the note on an event; return the line that stands for it elsewhere."""
        event, title = told.event, headline(self._source, told)
        actors, recipients = names_of(self._source, event.actors), names_of(self._source, event.recipients)
        name = [event.time[:10] or "undated", event.type.lower(), event.mode, ", ".join(actors or recipients)]
        place = self._place("events", event.id, " ".join(filter(None, name)))
        facts = {
            "id": event.id, "date": event.time, "type": event.type, "mode": event.mode,
            "status": event.status.value, "actors": list(actors), "recipients": list(recipients),
            "place": name_of(self._source, event.place) if event.place else "", "sources": event.sources,
        }  # fmt: skip
        body = [
            f"# {escaped(title)}",
            "",
            f"Date: {date_words(event.time)}. Status: {event.status.value}.",
            "",
        ]
        for role, keys in (("Actors", event.actors), ("Recipients", event.recipients)):
            if keys:
                body += [f"{role}: {', '.join(self._actor(key) for key in dict.fromkeys(keys))}", ""]
        body += ["## Tellings", ""]
        body += [f"- {telling.status.value}: {self._cited(telling.evidence)}" for telling in event.tellings]
        self._write(place, facts, body + self._claim_lines(event.id))
        line = f"- {event.time or 'undated'}: {self._link(event.id, title)}"
        for key in dict.fromkeys((*event.actors, *event.recipients)):
            self._of_actor[key].append((event.time or "~", line))
        return line

    def processes(self) -> int:
        """Write the notes on processes; return how many."""
        number = 0
        for process in shown_processes(self._source):
            title = process_name(self._source, process)
            place = self._place("processes", process.id, UNSURE.sub("", title.replace(";", ",")))
            facts = {
                "id": process.id,
                "kind": process.kind,
                "parties": list(names_of(self._source, process.parties)),
            }
            self._write(place, facts, [f"# {escaped(title)}", "", *self._phase_lines(process)])
            self.of_processes.append(f"- {self._link(process.id, title)}")
            for key in dict.fromkeys(process.parties):
                self._of_actor[key].append(("", f"- process: {self._link(process.id, title)}"))
            number += 1
        return number

    def actors(self) -> int:
        """Write the notes on entities, with the events that they take part in; return how many."""
        number = 0
        for part in self._source.parts():
            entity = part.entity
            facts = {
                "id": entity.id, "type": entity.type.value, "country": entity.country, "wikidata": entity.wikidata,
                "aliases": [name for name in part.names if name != entity.name],
            }  # fmt: skip
            body = [f"# {escaped(entity.name)}", "", *self._counted(part), ""]
            body += [line for _, line in sorted(self._of_actor.get(entity.id, []))]
            self._write(self._actor_place(entity.id, entity.name), facts, body)
            number += 1
        return number

    def _counted(self, part: Part) -> list[str]:
        line = f"Reports: {part.reports}. Events: {part.events}. Statements: {part.statements}."
        return [line, "", f"First: {self._cited(part.first)}"] if part.first else [line]

    def _phase_lines(self, process: Process) -> Iterator[str]:
        for phase in process.phases:
            when = phase_time(self._source, phase) or "no date given"
            yield f"- {phase.name.replace('_', ' ')} ({when}, {status_of(self._source, phase)}): {self._cited(phase.evidence)}"

    def _claim_lines(self, event: str) -> list[str]:
        lines: list[str] = []
        for claim in self._claims.get(event, []):
            lines += ["", f"## Claim: {claim.status}", ""]
            for act in claim.acts:
                who = ", ".join(self._actor(key) for key in act.source) or UNNAMED
                when = told_time(self._source, act.document, act.time)
                lines.append(
                    f"- {who} {act.stance.replace('_', ' ')}{f' ({when})' if when else ''}: {self._cited(act.evidence)}"
                )
        return lines

    def _cited(self, evidence: Evidence) -> str:
        found = passage(self._source, evidence, self._settings)
        words = (
            escaped(cited(found))
            if self._settings.quotes is not Quotes.NONE
            else f"{found['start']}–{found['end']}"
        )
        return f"{words} {self._link(evidence.document, 'report')}"

    def _actor(self, key: str) -> str:
        if self._source.entity(key) is None:
            return UNNAMED
        name = name_of(self._source, key)
        self._actor_place(key, name)
        return self._link(key, name)

    def _actor_place(self, key: str, name: str) -> str:
        return self._notes.get(key) or self._place("actors", key, name)

    def _place(self, folder: str, key: str, wanted: str) -> str:
        self._notes[key] = f"{folder}/{self._names[folder].free(LINKING.sub('_', wanted))}"
        return self._notes[key]

    def _link(self, key: str, words: str) -> str:
        """Return a link to a note; a bar or bracket in its words would end it."""
        shown = LINKING.sub(" ", clean(words)).replace("<", " ").replace(">", " ")
        return f"[[{self._notes[key]}|{' '.join(shown.split())}]]"

    def _write(self, place: str, facts: Mapping[str, Any], body: list[str]) -> None:
        """Write a note; each value of its front matter is a JSON string, which is YAML too."""
        head = [
            f"{name}: {json.dumps(_plain(value), ensure_ascii=False)}"
            for name, value in facts.items()
            if value
        ]
        lines = ["---", *head, "---", "", *body]
        path = self._folder / f"{place}.md"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


LINKING = re.compile(r"[\[\]|#^\\]")  # signs that mean something in a wiki link


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return clean(value) if isinstance(value, str) else value

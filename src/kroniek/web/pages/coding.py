"""Blind double coding: drawing a sample, answering it apart, how far two coders agree, and deciding between them."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.responses import Response

from kroniek.chronicle import utc_now
from kroniek.desk import answers_to, new_sample, sample_of, samples, settled_in
from kroniek.errors import JudgementError, NotFoundError
from kroniek.evaluate.judged import coder_agreement
from kroniek.judging import Place
from kroniek.model import Judgement
from kroniek.review.coding import (
    NONE,
    QUESTIONS,
    Sample,
    Unit,
    coders_of,
    disputed,
    label_pairs,
    next_unit,
    options_of,
    task_of,
)
from kroniek.review.make import about
from kroniek.review.state import ADJUDICATION
from kroniek.review.values import names_of
from kroniek.web.cards import Card, Option, card_of
from kroniek.web.deciding import decide, go
from kroniek.web.forms import Form, SentForm
from kroniek.web.page import Open, Page
from kroniek.web.pages.review import forms
from kroniek.web.problems import BadRequest

router = APIRouter()
MOST = 200  # records of each layer


@router.get("/coding")
def overview(page: Open) -> Response:
    """Show the samples, and how far each coder has come."""
    if not page.coder:
        return page.to("/coder", next="/coding")
    with page.bench.reading() as connection:
        listed = [(drawn, _progress(answers_to(connection, drawn))) for drawn in samples(connection)]
    return page.show("coding.html", samples=listed, **forms(page))


@router.post("/coding")
def draw_sample(page: Open, form: Form) -> Response:
    """Draw a new sample."""
    if not page.coder:
        return page.to("/coder", next="/coding")
    seed, per_layer = (_number(form, name) for name in ("seed", "per_layer"))
    with page.bench.database.writing() as connection:
        drawn = new_sample(
            connection, seed=seed, per_layer=max(1, min(MOST, per_layer)), by=page.coder, at=utc_now()
        )
    return go(f"/coding/{drawn.id}")


def _number(form: SentForm, name: str) -> int:
    words = form.text(name, longest=9)
    if not (words.isascii() and words.isdigit()):
        raise BadRequest("errors.fields", fields=name)
    return int(words)


def _progress(given: dict[str, dict[str, str]]) -> list[tuple[str, int]]:
    return [(coder, sum(coder in said for said in given.values())) for coder in coders_of(given)]


@router.get("/coding/{identity}")
def code(page: Open, identity: str) -> Response:
    """Ask this coder the next question of a sample; nobody else's answers are shown."""
    if not page.coder:
        return page.to("/coder", next=page.request.url.path)
    with page.bench.reading() as connection:
        drawn = sample_of(connection, identity)
        given = answers_to(connection, drawn)
        unit = _asked(page, drawn) or next_unit(drawn, given, page.coder)
        card = _card(connection, unit) if unit else None
        answer = given[unit.key].get(page.coder, "") if unit else ""
        offered = _offered(unit, card, answer) if unit and card else []
    done = sum(page.coder in said for said in given.values())
    place = drawn.units.index(unit) if unit else len(drawn.units)
    return page.show(
        "coding_unit.html", sample=drawn, unit=unit, card=card, offered=offered, done=done, place=place, none=NONE,
        answer=answer, question=QUESTIONS[unit.layer] if unit else ("", ""), **forms(page),
    )  # fmt: skip


def _asked(page: Page, drawn: Sample) -> Unit | None:
    """Return the unit whose number stands in the address."""
    number = page.request.query_params.get("unit", "")
    if number.isascii() and number.isdigit() and len(number) < 9 and int(number) < len(drawn.units):
        return drawn.units[int(number)]
    return None


def _card(connection: Connection, unit: Unit) -> Card | None:
    try:
        return card_of(connection, QUESTIONS[unit.layer][0], unit.document, unit.record)
    except NotFoundError:
        return None


def _offered(unit: Unit, card: Card, answer: str) -> list[Option]:
    """Return the answers that can be given; the machine's own is not told."""
    return [
        Option(value, names_of(value), value == answer) for value in options_of(unit, card.base, card.analysis)
    ]  # fmt: skip


@router.post("/coding/{identity}")
def answer_unit(page: Open, form: Form, identity: str) -> Response:
    """Keep an answer."""
    with page.bench.reading() as connection:
        drawn = sample_of(connection, identity)
        unit, card = _unit(connection, drawn, form)
    tokens: dict[Place, str] = {}
    return decide(
        page, form, lambda: [_row(unit, card, form.text("choice"), page.coder, task_of(drawn))], tokens,
        lambda _: f"/coding/{drawn.id}",
    )  # fmt: skip


def _unit(connection: Connection, drawn: Sample, form: SentForm) -> tuple[Unit, Card]:
    key = form.text("unit", longest=120)
    unit = next((item for item in drawn.units if item.key == key), None)
    card = _card(connection, unit) if unit else None
    if unit is None or card is None:
        raise NotFoundError("no such record in this sample")
    return unit, card


def _row(unit: Unit, card: Card, choice: str, by: str, task: str) -> Judgement:
    """Return the answer to a question as a decision."""
    kind, name = QUESTIONS[unit.layer]
    if choice == NONE:
        row = about(kind, card.base, card.analysis, verdict="rejected", by=by, field=name)
    elif choice in options_of(unit, card.base, card.analysis):
        row = about(kind, card.base, card.analysis, verdict="corrected", by=by, field=name, new=choice)
    else:
        raise JudgementError("choose one of the answers")
    return replace(row, task=task)


@router.get("/coding/{identity}/agreement")
def agree(page: Open, identity: str) -> Response:
    """Show how far two coders agree, and what they differ on; who has not finished is told to finish first."""
    with page.bench.reading() as connection:
        drawn = sample_of(connection, identity)
        given = answers_to(connection, drawn)
        decided = settled_in(connection, drawn)
        mine = sum(page.coder in said for said in given.values())
        open_units = disputed(drawn, given, decided)
        cards = [(unit, card, given[unit.key]) for unit in open_units if (card := _card(connection, unit))]
    blind = 0 < mine < len(drawn.units)
    return page.show(
        "coding_agreement.html", sample=drawn, coders=coders_of(given), progress=_progress(given), blind=blind,
        lines=coder_agreement(label_pairs(drawn, given)), disputes=[] if blind else cards, decided=len(decided),
        questions=QUESTIONS, none=NONE, **forms(page),
    )  # fmt: skip


@router.post("/coding/{identity}/adjudicate")
def adjudicate(page: Open, form: Form, identity: str) -> Response:
    """Decide what holds where coders differ."""
    with page.bench.reading() as connection:
        drawn = sample_of(connection, identity)
        unit, card = _unit(connection, drawn, form)
    tokens: dict[Place, str] = {}
    return decide(
        page, form, lambda: [_row(unit, card, form.text("choice"), page.coder, ADJUDICATION)], tokens,
        lambda _: f"/coding/{drawn.id}/agreement",
    )  # fmt: skip

"""Pictures for papers and slides: timeline, processes, relations and network, as SVG or PNG.

Drawn with Vega-Lite by vl-convert, without network. Colours are Okabe and Ito's (2008), which people
with colour blindness tell apart; shape, direction or dashes say the same as colour.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from kroniek.errors import KroniekError, NotFoundError
from kroniek.model import interval_of
from kroniek.publish import dossier_text as text
from kroniek.publish.blocks import one_line
from kroniek.publish.dossier import Dossier
from kroniek.publish.drawings import NETWORK, network, tone_of
from kroniek.publish.labels import Labels
from kroniek.publish.timeline import Group

BLUE, GREEN, VERMILION, PURPLE, GREY = "#0072B2", "#009E73", "#D55E00", "#8F3B76", "#5A6570"
SIGNS = {
    Group.HAPPENED: (BLUE, "circle"), Group.PLANNED: (GREEN, "diamond"), Group.ALLEGED: (VERMILION, "triangle-up"),
    Group.DENIED: (PURPLE, "cross"),
}  # fmt: skip
TONES = {"holding": (BLUE, "square"), "ending": (PURPLE, "cross"), "open": (GREY, "circle")}
WIDE, ROW, MOST_ROWS, PAIRS = 640, 24, 60, 8
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
ALIGNED: Mapping[str, Any] = {"start": "left", "middle": "center", "end": "right"}
LOCALES: Mapping[str, Any] = {"nl": "nl-NL", "en": "en-GB"}
SCALE = 2.0  # of PNG: pixels per unit


def plot(kind: str, dossier: Dossier, labels: Labels) -> dict[str, Any]:
    """Return a picture as a Vega-Lite specification; `kind` is one of `KINDS`.

    Raises NotFoundError when there is nothing to draw, KroniekError when altair is not installed.
    """
    try:
        import altair  # noqa: F401
    except ImportError as error:
        raise KroniekError("altair is not installed: pip install 'kroniek[publish]'") from error
    chart = KINDS[kind](dossier, labels)
    if chart is None:
        raise NotFoundError(f"nothing to draw: no {NOTHING[kind]} here; kroniek timeline shows what there is")
    title = {"text": dossier.title, "subtitle": text.basis(dossier, labels), "anchor": "start", "offset": 14}
    spec: dict[str, Any] = chart.properties(title=title, background="#ffffff", padding=16).to_dict()
    spec["config"] = {
        "font": FONT, "view": {"stroke": None}, "axis": {"labelFontSize": 12, "titleFontSize": 12, "labelColor": "#1b2330",
        "titleColor": "#1b2330", "gridColor": "#e4e0d8"}, "legend": {"labelFontSize": 12, "titleFontSize": 12, "orient": "bottom",
        "symbolSize": 110, "labelLimit": 360, "columns": 2}, "title": {"fontSize": 18, "subtitleFontSize": 12, "subtitleColor": "#4f5a68"},
        "header": {"labelFontSize": 12, "labelFontWeight": "bold"},
    }  # fmt: skip
    return spec


def rendered(spec: dict[str, Any], form: str, language: str) -> bytes:
    """Return a specification drawn as `svg` or `png`; raises KroniekError when vl-convert is not installed."""
    try:
        import vl_convert
    except ImportError as error:
        raise KroniekError("vl-convert is not installed: pip install 'kroniek[publish]'") from error
    locale = LOCALES[language]
    if form == "svg":
        drawn: str = vl_convert.vegalite_to_svg(
            spec, format_locale=locale, time_format_locale=locale, allowed_base_urls=[]
        )
        return drawn.encode("utf-8")
    made: bytes = vl_convert.vegalite_to_png(
        spec, scale=SCALE, format_locale=locale, time_format_locale=locale, allowed_base_urls=[]
    )
    return made


def _noon(value: str, *, last: bool = False) -> str:
    """Return the first or last day of a date as a moment; noon, so that no time zone moves it to another day."""
    interval = interval_of(value)
    assert interval is not None
    return f"{(interval.latest if last else interval.earliest).isoformat()}T12:00:00"


def _data(rows: Sequence[Mapping[str, Any]]) -> Any:
    import altair as alt

    return alt.Data(values=list(rows))  # type: ignore[no-untyped-call]


def _time() -> Any:
    import altair as alt

    axis = alt.Axis(format="%b %Y", title=None, labelOverlap=True)
    return alt.X("from:T", axis=axis, scale=alt.Scale(padding=12))


def _signs(field: str, names: Sequence[str], signs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return colour and shape of a field, as one legend."""
    import altair as alt

    colours, shapes = [colour for colour, _ in signs], [shape for _, shape in signs]
    return {
        "color": alt.Color(
            f"{field}:N",
            scale=alt.Scale(domain=list(names), range=colours),
            legend=alt.Legend(title=None, symbolOpacity=1),
        ),
        "shape": alt.Shape(
            f"{field}:N",
            scale=alt.Scale(domain=list(names), range=shapes),
            legend=alt.Legend(title=None, symbolOpacity=1),
        ),
    }


def plot_timeline(dossier: Dossier, labels: Labels) -> Any:
    """Return a row for each dated event, its sign on its day or days; with many events a row for each group."""
    import altair as alt

    dated = [
        row.item
        for group in Group
        for row in dossier.group(group)
        if row.item.date and interval_of(row.item.date)
    ]
    if not dated:
        return None
    dated.sort(key=lambda item: (_noon(item.date), item.date, item.id))
    many = len(dated) > MOST_ROWS
    rows = [
        {
            "row": labels.of("groups", item.group.value) if many else f"{number:03}", "group": labels.of("groups", item.group.value),
            "name": f"{labels.day(item.date)}: {text.headline(item, labels)}", "from": _noon(item.date), "to": _noon(item.date, last=True),
        }
        for number, item in enumerate(dated)
    ]  # fmt: skip
    groups = [group for group in Group if any(item.group is group for item in dated)]
    data = _data(rows)
    names = {row["row"]: row["row"] if many else row["name"] for row in rows}
    axis = alt.Axis(
        title=None, labelLimit=430, domain=False, ticks=False, grid=True, labelExpr=_lookup(names)
    )
    y = alt.Y("row:N", sort=None, axis=axis)
    signs = _signs(
        "group", [labels.of("groups", group.value) for group in groups], [SIGNS[group] for group in groups]
    )
    spans = alt.Chart(data).mark_bar(height=5, opacity=0.5).encode(
        x=_time(), x2="to:T", y=y, color=signs["color"],
    )  # fmt: skip
    marks = alt.Chart(data).mark_point(filled=True, size=110, opacity=1).encode(x=_time(), y=y, **signs)
    return alt.layer(spans, marks).properties(
        width=WIDE, height={"step": ROW}, description=labels.text("dossier", "timeline_chart")
    )  # fmt: skip


def _lookup(names: Mapping[str, str]) -> str:
    """Return a Vega expression that gives a row its name; two rows may have the same one."""
    import json

    return f"{json.dumps({row: one_line(name) for row, name in names.items()})}[datum.value]"


def plot_processes(dossier: Dossier, labels: Labels) -> Any:
    """Return a row for each process: a sign for each phase, a bar from what holds to the next phase."""
    import altair as alt

    tones = {tone: labels.text("plot", tone) for tone in (*TONES, "ahead")}
    bars: list[dict[str, str]] = []
    marks: list[dict[str, str]] = []
    names: dict[str, str] = {}
    for number, process in enumerate(dossier.processes):
        phases = [phase for phase in process.phases if phase.time and interval_of(phase.time)]
        if not phases:
            continue
        row = f"{number:03}"
        names[row] = text.process_name(process, labels)
        marks += [
            {"row": row, "from": _noon(phase.time), "tone": tones[tone_of(phase.name) if phase.reached else "ahead"],
             "name": f"{text.phase_name(phase, labels)}, {text.phase_when(phase, labels)}"}
            for phase in phases
        ]  # fmt: skip
        bars += [
            {"row": row, "from": _noon(one.time), "to": _noon(other.time), "tone": tones[tone_of(one.name)]}
            for one, other in pairwise(phases)
            if one.reached and tone_of(one.name) == "holding"
        ]
    if not marks:
        return None
    axis = alt.Axis(
        title=None, labelLimit=430, domain=False, ticks=False, grid=True, labelExpr=_lookup(names)
    )
    y = alt.Y("row:N", sort=None, axis=axis)
    present = [tone for tone in tones if any(mark["tone"] == tones[tone] for mark in marks)]
    signs = _signs(
        "tone",
        [tones[tone] for tone in present],
        [{**TONES, "ahead": (GREEN, "diamond")}[tone] for tone in present],
    )
    held = (
        alt.Chart(_data(bars)).mark_bar(height=8, opacity=0.6, color=BLUE).encode(x=_time(), x2="to:T", y=y)
    )
    points = (
        alt.Chart(_data(marks)).mark_point(filled=True, size=120, opacity=1).encode(x=_time(), y=y, **signs)
    )
    return alt.layer(*([held] if bars else []), points).properties(
        width=WIDE, height={"step": ROW + 6}, description=labels.text("dossier", "processes")
    )  # fmt: skip


def plot_relations(dossier: Dossier, labels: Labels) -> Any:
    """Return a panel for each pair with most events: the mean tone per month, up or down from zero."""
    import altair as alt

    pairs = list(dict.fromkeys((row.first, row.second) for row in dossier.relations))[:PAIRS]
    if not pairs:
        return None
    up, down = labels.text("plot", "cooperation"), labels.text("plot", "conflict")
    rows = [
        {"pair": f"{row.first} – {row.second}", "from": _noon(f"{row.month}-01"), "to": _noon(f"{row.month}-25"), "value": row.intensity,
         "tone": up if row.intensity >= 0 else down}
        for row in dossier.relations if (row.first, row.second) in pairs
    ]  # fmt: skip
    base = alt.Chart().mark_bar().encode(
        x=_time(), x2="to:T",
        y2=alt.Y2Datum(0),
        y=alt.Y("value:Q", scale=alt.Scale(domain=[-10, 10]), axis=alt.Axis(values=[-10, 0, 10], title=None)),
        color=alt.Color("tone:N", scale=alt.Scale(domain=[up, down], range=[BLUE, VERMILION]), legend=alt.Legend(title=None)),
    )  # fmt: skip
    zero = alt.Chart().mark_rule(color="#5A6570").encode(y=alt.datum(0))
    layered = alt.layer(base, zero, data=_data(rows)).properties(width=WIDE, height=70)
    header = alt.Header(title=None, labelAnchor="start", labelOrient="top")
    return layered.facet(row=alt.Row("pair:N", sort=[" – ".join(pair) for pair in pairs], header=header)).properties(
        description=labels.text("dossier", "relations_caption"), spacing=8
    )  # fmt: skip


def plot_network(dossier: Dossier, labels: Labels) -> Any:
    """Return the actors with most ties on a circle; dashed ties are conflict on the mean."""
    import altair as alt

    nodes, lines = network(dossier)
    if not nodes:
        return None
    up, down = labels.text("plot", "cooperation"), labels.text("plot", "conflict")
    axis: dict[str, Any] = {"axis": None, "scale": alt.Scale(domain=[0, NETWORK])}
    upside: dict[str, Any] = {"axis": None, "scale": alt.Scale(domain=[NETWORK * 0.64, 0])}
    ties = [
        {"x": line.x1, "y": line.y1, "x2": line.x2, "y2": line.y2, "width": line.width, "tone": down if line.conflict else up}
        for line in lines
    ]  # fmt: skip
    tone: dict[str, Any] = {"domain": [up, down]}
    drawn = alt.Chart(_data(ties)).mark_rule().encode(
        x=alt.X("x:Q", **axis), y=alt.Y("y:Q", **upside), x2="x2:Q", y2="y2:Q",
        size=alt.Size("width:Q", scale=alt.Scale(domain=[1, 6], range=[1.5, 7]), legend=None),
        color=alt.Color("tone:N", scale=alt.Scale(range=[BLUE, VERMILION], **tone), legend=alt.Legend(title=None)),
        strokeDash=alt.StrokeDash("tone:N", scale=alt.Scale(range=[[1, 0], [6, 4]], **tone), legend=alt.Legend(title=None)),
    )  # fmt: skip
    spots = [
        {
            "x": node.x,
            "y": node.y,
            "lx": node.label_x,
            "ly": node.label_y,
            "name": node.name,
            "size": node.radius**2 * 3.2,
        }
        for node in nodes
    ]
    points = alt.Chart(_data(spots)).mark_circle(color="#1b2330", opacity=1).encode(
        x=alt.X("x:Q", **axis), y=alt.Y("y:Q", **upside), size=alt.Size("size:Q", scale=None, legend=None),
    )  # fmt: skip
    words = [
        alt.Chart(_data([spot for spot, node in zip(spots, nodes, strict=True) if node.anchor == anchor]))
        .mark_text(align=align, fontSize=13, color="#1b2330", baseline="alphabetic", limit=190)
        .encode(x=alt.X("lx:Q", **axis), y=alt.Y("ly:Q", **upside), text="name:N")
        for anchor, align in ALIGNED.items()
        if any(node.anchor == anchor for node in nodes)
    ]  # fmt: skip
    return alt.layer(drawn, points, *words).resolve_scale(size="independent").properties(
        width=WIDE, height=WIDE * 0.64, description=labels.text("dossier", "network")
    )  # fmt: skip


KINDS: dict[str, Callable[[Dossier, Labels], Any]] = {
    "timeline": plot_timeline, "relations": plot_relations, "network": plot_network, "processes": plot_processes,
}  # fmt: skip
NOTHING = {
    "timeline": "dated events",
    "relations": "events between two states or groups in a known month",
    "network": "two actors in one event that happened",
    "processes": "negotiations or agreements with dated phases",
}

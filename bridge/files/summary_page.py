"""The summary of a sitting as one HTML file: no script, nothing from the network, as light as a letter.

It looks like the page of `songbridge report`: colours, type and cards are that one's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import tzinfo
from html import escape
from typing import Final

from bridge.core.sitting_account import Account
from bridge.files import summary_words as words
from bridge.files.report.style import STYLE
from bridge.files.summary_words import Line, Part

MARK: Final = '<meta name="generator" content="Songbridge summary">'
"""Stands among the first lines of every such page."""

_COMMAND: Final = re.compile(r"`([^`<>&]+)`")
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
_OWN: Final = """
body { max-width:60rem; } header { margin-bottom:1rem; } .lead { font-size:1.05rem; }
.remark { color:var(--faint); font-style:italic; } .facts dd { font-variant-numeric:tabular-nums; }
main { columns:21rem 2; } section { padding-bottom:.8rem; }
#handed { column-span:all; border-left:.3rem solid var(--real); }
section ul, section ol { margin:0; padding:0; list-style:none; }
section ol { padding-left:1.4rem; list-style:decimal; } li { margin:.45rem 0; }
li::marker { color:var(--faint); font-variant-numeric:tabular-nums; } li b { font-weight:600; }
li .dot { margin-right:.5em; } .meta, .note { display:block; }
.meta { color:var(--faint); font-size:.92rem; } .meta .detail { color:var(--ink); }
.meta .place + .detail::before { content:" · "; color:var(--faint); }
#handed .detail { display:block; font-size:1rem; } #handed .detail::before { content:none !important; }
.note { margin-top:.15rem; padding-left:.6rem; border-left:2px solid var(--real); font-size:.95rem; }
@media print { body { max-width:none; padding:0; } section { border-color:#999; } }
"""


def page(told: Account, tz: tzinfo | None) -> str:
    """Return the file's text; `tz` is the zone of its times (None: the machine's)."""
    title = words.title(told, tz)
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            MARK,
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            f"<style>{STYLE}{_OWN}</style></head><body>",
            f'<header><h1>{escape(title)}</h1><p class="lead">{_safe(words.lead(told))}</p>',
            *_remark(told),
            "</header>",
            *_facts(told),
            "<main>",
            *map(_part, words.parts(told)),
            "</main>",
            "</body></html>",
            "",
        )
    )


def _remark(told: Account) -> Iterator[str]:
    if remark := words.remark(told):
        kind = _COMMAND.sub(r"<code>\1</code>", escape(remark))
        yield f'<p class="remark">{kind}</p>'


def _facts(told: Account) -> Iterator[str]:
    """Yield the figures that are read at a glance."""
    rows = (
        ("worked", words.about(told.worked)),
        ("done", str(len(told.done))),
        ("set aside", str(len(told.set_aside) or "")),
        ("skipped", str(len(told.skipped) or "")),
        ("over time", words.about(told.over) if told.over >= 1 else ""),
    )
    cells = (f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows if value)
    yield f'<dl class="facts">{"".join(cells)}</dl>'


def _part(part: Part) -> str:
    kind = "ol" if part.numbered else "ul"
    lines = "\n".join(f"<li>{_line(line)}</li>" for line in part.lines)
    return (
        f'<section id="{part.name}" aria-labelledby="{part.name}-title">'
        f'<h2 id="{part.name}-title">{part.title}</h2>\n<{kind}>\n{lines}\n</{kind}></section>'
    )


def _line(line: Line) -> str:
    dot = (
        f'<span class="dot" style="background:{escape(line.colour)}"></span>' if line.colour else ""
    )
    head = f"<b>{_safe(line.head)}</b>" if line.place or line.detail else _safe(line.head)
    place = f'<span class="place">{_safe(line.place)}</span>' if line.place else ""
    detail = f'<span class="detail">{_safe(line.detail)}</span>' if line.detail else ""
    meta = f'<span class="meta">{place}{detail}</span>' if place or detail else ""
    notes = "".join(f'<span class="note">{_safe(note)}</span>' for note in line.notes)
    return f"{dot}{head} {meta}{notes}"


def _safe(text: str) -> str:
    """Return what people wrote as HTML: nothing in it is markup, and no script turns its neighbours."""
    return f"<bdi>{escape(text)}</bdi>"

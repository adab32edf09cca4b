"""Pieces of a report's page: tables, what is folded away, and words that stay words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bridge.files.report.words import plain


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table; cells are HTML already."""
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def folded(more: str, name: str = "As a table") -> str:
    """Return HTML that a click unfolds, and that paper always shows."""
    return f"<details><summary>{name}</summary>{more}</details>"


def safe(words: str) -> str:
    """Return words of a user as HTML: nothing in them is markup, and nothing a control character."""
    return escape(plain(words))

"""Hand-over notes in a song's file: the key ``hand_over`` of a task, newest note first.

One note may stand there as a text alone; otherwise each is a table with its ``text``, and who left it
(``by``), for whom (``to``), when (``at``), and whether it was ``done`` with.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
import tomlkit

from bridge.core.hand_over import KEPT, LONGEST_NOTE, HandOver
from bridge.core.persons import LONGEST_NAME
from bridge.core.sharing_records import LATEST
from bridge.files import fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomlkit.items import Array

    from bridge.files.toml import Document, KeyPath


class NoteFile(msgspec.Struct, forbid_unknown_fields=True):
    """One note."""

    text: str
    by: str = ""
    to: str = ""
    at: datetime | None = None
    done: bool = False


def read_notes(
    document: Document, key: KeyPath, written: str | Sequence[NoteFile]
) -> tuple[HandOver, ...]:
    """Return the notes that stand at `key`. Raises `InvalidFile`."""
    if isinstance(written, str):
        text = fields.optional(document, key, written, most=LONGEST_NOTE)
        return (HandOver(text),) if text else ()
    fields.at_most(document, key, written, KEPT)
    return tuple(_note(document, (*key, n), note) for n, note in enumerate(written))


def _note(document: Document, key: KeyPath, note: NoteFile) -> HandOver:
    return HandOver(
        fields.line(document, (*key, "text"), note.text, most=LONGEST_NOTE),
        fields.optional(document, (*key, "by"), note.by, most=LONGEST_NAME),
        fields.optional(document, (*key, "to"), note.to, most=LONGEST_NAME),
        0.0 if note.at is None else _instant(document, (*key, "at"), note.at),
        note.done,
    )


def _instant(document: Document, key: KeyPath, at: datetime) -> float:
    found = (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
    if not 0 <= found <= LATEST:  # else a share with it would be refused elsewhere
        raise document.error(key, f"found {at}; allowed: a date from 1970 to 9892")
    return found


def notes_array(notes: Sequence[HandOver]) -> Array:
    """Return notes as `read_notes` takes them, instants in whole seconds."""
    array = tomlkit.array()
    for note in notes:
        table = tomlkit.inline_table()
        words = {"text": note.text, "by": note.by, "to": note.to}
        table.update({name: word for name, word in words.items() if word})
        if note.at:
            table.add("at", datetime.fromtimestamp(round(note.at), UTC))
        if note.done:
            table.add("done", True)
        array.append(table)
    return array.multiline(multiline=True)


def whole_seconds(notes: Sequence[HandOver]) -> tuple[HandOver, ...]:
    """Return notes with their instants as a file holds them."""
    return tuple(
        HandOver(one.text, one.by, one.to, float(round(one.at)), one.done) for one in notes
    )

"""The pool of a low day: what moves a producer's work on when no music comes."""

from __future__ import annotations

from bridge.core.model import PREPARATION, PREPARATION_COLOUR, Section, Song, Task

_ID = "preparation"
_POOL = (
    ("Sort new samples into the library, delete what will never be used", 20),
    ("Rename and colour the tracks of the song in hand", 15),
    ("Design three sounds and save them as presets", 25),
    ("Listen to one reference track and write down how it is built", 15),
    ("Back up projects and tidy the templates", 15),
    ("Promotion: one post, one message to a listener or a label", 20),
)

PREPARATION_SONG = Song(
    id=_ID,
    title="Preparation",
    stage="",
    sections=(Section(PREPARATION, PREPARATION_COLOUR),),
    tasks={
        f"{_ID}.{n}": Task(f"{_ID}.{n}", title, PREPARATION, minutes * 60.0, minutes * 60.0)
        for n, (title, minutes) in enumerate(_POOL, 1)
    },
    next_number=len(_POOL) + 1,
)
"""Comes in with the first ``prep on``; from then on it is a song like any other."""

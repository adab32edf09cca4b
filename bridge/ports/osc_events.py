"""``/songbridge/event``: what happened, in one word, as it enters the journal. Pure."""

from __future__ import annotations

from bridge.core import react
from bridge.core.events import Entry
from bridge.core.model import Studio
from bridge.messages import Osc


def event(entry: Entry, studio: Studio) -> Osc | None:
    """Return the message about `entry`, None where it is nobody's news.

    `studio` is the state after it. Where no task is meant the id is empty and the title is that of
    what the fact is about: a song, a stage, a note's text.
    """
    news = react.event(entry, studio)
    if news is None:
        return None
    return Osc("/songbridge/event", (news.name, news.task, news.title, news.seq))

"""The song of an interview in the user's editor, before it comes in."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from bridge.cli import song_edit_editor as editor
from bridge.errors import SongbridgeError
from bridge.files import drafts
from bridge.files.song_export import write_draft
from bridge.files.songs import parse_song

if TYPE_CHECKING:
    from bridge.cli.here import Here
    from bridge.cli.song_new_steps import Interview


def edited(here: Here, interview: Interview) -> None:
    """Open the song as TOML, and take what comes back; what goes wrong is said, and changes nothing."""
    typed = sys.stdin is not None and sys.stdin.isatty()
    path = drafts.plan_text(here.home, interview.plan.id)
    try:
        command = editor.chosen(here.environ, typed=typed)
        if path.exists():
            interview.talk.say("going on with the text that you left")
        else:
            drafts.put(path, write_draft(interview.plan.song, whole_map=True))
        song = editor.until_right(
            command,
            path,
            lambda text: parse_song(text, str(path), interview.settings),
            typed=typed,
            say=interview.talk.say,
        )
    except (SongbridgeError, editor.Left) as wrong:
        interview.talk.say(f"{wrong}; your text is kept in {path}")
        return
    drafts.end_edit(path)
    interview.rewrite(replace(interview.plan, song=song))

"""Studios that are apart: desks that hand a song to each other as the command line does."""

from __future__ import annotations

from typing import Any

from bridge.core.actions import ImportSong, SongDraft
from bridge.core.actions_sharing import NameStudio
from bridge.core.settings import Settings
from bridge.core.sharing_history import History, index
from bridge.core.sharing_merge import Merge, Share, merge, share
from bridge.core.sharing_picture import Picture
from bridge.core.sharing_plain import song_told, task_told
from bridge.files import shared
from tests.standins.desk import Desk


class Apart(Desk):
    """A desk with a studio's id, and the person who sits there."""

    def __init__(self, name: str, person: str, *songs: SongDraft, auto_start: bool = True) -> None:
        super().__init__(Settings(person=person, auto_start=auto_start))
        self.ask(NameStudio(name))
        for song in songs:
            self.ask(ImportSong(song))

    def history(self, known_as: str) -> History | None:
        """Return the history of a song by what everybody knows it as, None where it is not here."""
        found = index(self.journal, "")
        song_id = found.songs.get(known_as, "")
        if song_id not in self.engine.studio.songs:
            return None
        history = History(song_id, found)
        history.read(self.journal)
        assert history.studio.songs == self.engine.studio.songs  # a replay is the live state
        return history if history.known_as == known_as else None

    def known_as(self, song_id: str) -> str:
        """Return what everybody knows the song of that id here as."""
        history = History(song_id, index(self.journal, ""))
        history.read(self.journal)
        return history.known_as

    def shares(self, known_as: str) -> Share:
        """Return a share, as it comes out of a file."""
        history = self.history(known_as)
        assert history is not None
        text = shared.written(share(history, self.moment.wall, self.settings.person))
        return shared.parsed(text.encode(), "song.songbridge")

    def would(self, came: Share) -> Merge:
        """Return what a share leads to, without asking for it."""
        self.settle()
        here = self.history(came.known_as)
        return merge(here, self.engine.studio, self.engine.seq, came)

    def takes(self, came: Share) -> Merge:
        """Merge a share."""
        done = self.would(came)
        if done.request is not None:
            self.ask(done.request)
        return done

    def tells(self, known_as: str) -> dict[str, Any]:
        """Return all of the song that travels, as the desk has it, by ids that are the same everywhere."""
        history = self.history(known_as)
        assert history is not None
        song = self.engine.studio.songs[history.song]
        told = {history.names[key]: task_told(task) for key, task in song.tasks.items()}
        order = [history.names[key] for key in self.engine.studio.queue if key in song.tasks]
        prep = [history.names[key] for key in self.engine.studio.prep_queue if key in song.tasks]
        head = song_told(song)
        lists = {name: list(its.items()) for name, its in head.lists.items()}
        return {
            "song": (head.fields, lists), "tasks": told, "order": order, "prep": prep,
            "list": [history.names[key] for key in song.tasks],
        }  # fmt: skip

    def lines(self, known_as: str) -> set[str]:
        """Return all records that are known, as lines."""
        history = self.history(known_as)
        assert history is not None
        return {one.line for one in history.records}


def pictured(came: Share) -> Picture:
    """Return the picture of a share's records."""
    picture = Picture()
    picture.take(came.records)
    return picture

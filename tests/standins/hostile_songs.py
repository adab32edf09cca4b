"""Songs whose words mean something to terminals, browsers and plotting libraries."""

from __future__ import annotations

from typing import Final

from bridge.core.actions import ImportSong, SongDraft, TaskDraft
from bridge.core.model import Section
from tests.standins.desk import Desk

EVIL: Final = "<script>alert(1)</script> \"'&amp; $x^2$ $\\frac{ url(#a) #0a0b01"
HOSTILE: Final = tuple(
    SongDraft(
        title,
        sections=(Section(section, "#FFFF00"),),
        tasks=tuple(
            TaskDraft(f"{word} <img src=http://x/y onerror=z> {n} {'w' * 80}", section, 600.0)
            for n in range(4)
        ),
    )
    for title, section, word in (
        (
            f"{EVIL} {'a very long title ' * 7}",
            "<b>sound</b> & a name without any end to it",
            "Sing",
        ),
        ("夜の音楽と長いタイトル、本当に長いです", "ミキシング]]><![CDATA[", "歌う"),
    )
)


def worked_on(songs: tuple[SongDraft, ...], days: int = 6) -> Desk:
    """Return a desk at which a task a day was done, and one set aside."""
    desk = Desk()
    for song in songs:
        desk.ask(ImportSong(song))
    for day in range(days):
        desk.do("start")
        desk.wait(120.0 + 60 * day)
        desk.do("complete")
        desk.do("later")
        desk.do("end")
        desk.sleep(86400.0 * 9)
    desk.do("stage", "next")
    return desk

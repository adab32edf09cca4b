"""Songs with every ugliness that a title, a name or a number can have, for round trips."""

from __future__ import annotations

import csv
import io

from hypothesis import strategies as st

from bridge.core.actions import SongDraft, TaskDraft
from bridge.core.decide_songs import make_song
from bridge.core.hand_over import HandOver
from bridge.core.model import Section, Song, Studio, TaskState
from bridge.core.settings import Settings
from bridge.files.exchange.outgoing import Outgoing
from bridge.files.song_export import seems_to_tell

SETTINGS = Settings()
AT = 1_790_000_000.0

_WORDS = st.sampled_from(
    ['"quoted"', "a,b", "semi;colon", "+6dB", "@home", "due:2026-01-01", "http://x.y/z?a=1", "x",
     "(A)", "2026-09-20", "100%", "%20", "%2B", "(20m)", "Take (2)", "@done", "Größe", "日本語",
     "🎹", "=1+1", "a_b", "a%5Fb", "key:", ":", "+", "@", "x:y:z", "Ann (12)", "pri:A", "ﬁ"]
)  # fmt: skip
_TEXT = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=12)


def words(most: int) -> st.SearchStrategy[str]:
    """Return lines of up to `most` characters as the core keeps them: trimmed, of single spaces."""
    return (
        st.lists(_WORDS | _TEXT, min_size=1, max_size=5)
        .map(lambda parts: one_line(" ".join(parts))[:most].strip())
        .filter(bool)
    )


def one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def optional(most: int) -> st.SearchStrategy[str]:
    return st.just("") | words(most)


def notes() -> st.SearchStrategy[HandOver]:
    return st.builds(
        HandOver,
        text=words(200),
        by=optional(40),
        to=optional(40),
        at=st.integers(1, 2_000_000_000).map(float),
        done=st.booleans(),
    )


def newest_first(left: list[HandOver]) -> tuple[HandOver, ...]:
    return tuple(sorted(left, key=lambda note: -note.at))


def tasks(sections: list[str]) -> st.SearchStrategy[TaskDraft]:
    return st.builds(
        TaskDraft,
        title=words(150).filter(lambda title: not seems_to_tell(title)),  # the core has none such
        section=st.sampled_from(sections),
        budget=st.integers(60, 86400).map(float) | st.integers(1, 1440).map(lambda n: n * 60.0),
        track=optional(150),
        person=optional(40).filter(lambda name: not name.endswith(")")),
        state=st.sampled_from(TaskState),
        spent=st.integers(0, 500_000).map(float),
        hand_over=st.lists(notes(), max_size=2).map(newest_first),
    )


@st.composite
def songs(draw: st.DrawFn, titles: st.SearchStrategy[str] | None = None) -> Song:
    own = draw(st.lists(words(40), max_size=3, unique_by=str.casefold))
    usual = [section.name for section in SETTINGS.sections]
    names = [*usual, *(name for name in own if name.casefold() not in (*usual, "preparation"))]
    sections = tuple(Section(name, "#112233") for name in names) if own else ()
    drafts = draw(st.lists(tasks([*names, "preparation"]), min_size=1, max_size=6))
    title = draw(titles if titles is not None else words(150))
    draft = SongDraft(title, sections=sections, tasks=tuple(drafts))
    return make_song(Studio(), draft, SETTINGS)


def outgoing(*made: Song) -> Outgoing:
    return Outgoing(made, AT, SETTINGS)


def again(draft: SongDraft) -> Song:
    """Return the song that an import makes of `draft`."""
    return make_song(Studio(), draft, SETTINGS)


def told(song: Song, *, minutes: bool = False) -> list[tuple[object, ...]]:
    """Return of each task what every format of plans carries; `minutes`: time spent only to those."""
    return [
        (task.title, task.section.casefold(), task.budget, task.track, task.person, task.state,
         round(task.spent / 60) * 60 if minutes else task.spent, task.hand_over)
        for task in song.tasks.values()
    ]  # fmt: skip


def respread(text: str, ugliness: str) -> str:
    """Return a CSV as a spreadsheet saves it again: other separators, columns elsewhere, and more."""
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    order = list(range(len(header)))
    if ugliness == "moved":
        order.reverse()
    out = io.StringIO(newline="")
    separator = {"semicolons": ";", "tabs": "\t"}.get(ugliness, ",")
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    odd = ugliness == "moved"
    names = [header[n].upper() if odd else header[n] for n in order]
    writer.writerow([*names, *(["Mood", "Mood", ""] if odd else [])])
    for row in rows:
        writer.writerow([*(row[n] for n in order), *(["blue", "", ""] if odd else [])])
        if odd:
            writer.writerow([""] * (len(order) + 3))
    return out.getvalue()


def uglified(text: str, ugliness: str) -> str:
    """Return a CSV or a list as another system would have saved it."""
    match ugliness:
        case "bom":
            return "\ufeff" + text
        case "unix":
            return text.replace("\r\n", "\n")
        case "windows":
            return text.replace("\r\n", "\n").replace("\n", "\r\n")
        case _:
            return text


UGLY = st.sampled_from(["", "bom", "unix", "windows"])
SPREAD = st.sampled_from(["semicolons", "tabs", "moved", "as it was"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"])

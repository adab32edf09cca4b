"""What the actions about songs mean now: song, stage, prep, mark, note, imports, edits and goals."""

from __future__ import annotations

import unicodedata

from bridge.core import decide_pool, goals
from bridge.core.actions import Argument, EditSong, ImportSong, SetGoal, SongDraft
from bridge.core.decide_queue import a_goal, make_task, one_line
from bridge.core.decide_timer import rest
from bridge.core.draft import Draft
from bridge.core.events import (
    GoalSet,
    Marked,
    Noted,
    PrepSwitched,
    SongAdded,
    SongEdited,
    SongTaken,
    StageReached,
)  # fmt: skip
from bridge.core.find import find_song, neighbour, song_in_hand, whole
from bridge.core.in_hand import in_hand
from bridge.core.model import Goal, Section, Song, Studio, Task
from bridge.core.persons import Spelling
from bridge.core.replacing import replace
from bridge.core.settings import Settings
from bridge.errors import Invalid, Refused

LONGEST_TEXT = 1000  # characters of a note, a marker or a goal
_WAYS = ("next", "prev")
_SPELLING = str.maketrans({"ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d"})
_SPARE_COLOURS = ("#3FA7FF", "#C77DFF", "#FFB000", "#2EC4B6", "#FF6B6B", "#A0C94E", "#F78FB3")


def take_song(draft: Draft, argument: Argument) -> None:
    """Change the song in hand: by id, by its place among the songs in hand, next or prev."""
    if argument in (None, ""):
        raise Refused("song needs a song's id, next or prev")
    song = _meant_song(draft, argument)
    if song.id == draft.studio.song:
        raise Refused(f"{song.title!r} is in hand already")
    draft.tell(SongTaken(song.id))


def _meant_song(draft: Draft, argument: Argument) -> Song:
    studio = draft.studio
    ids = [song.id for song in in_hand(studio, draft.settings)]
    place = whole(argument)
    if place is not None:
        if not 1 <= place <= len(ids):
            many = "1 is" if len(ids) == 1 else f"{len(ids)} are"
            raise Refused(f"there is no song number {place}; {many} in hand")
        return studio.songs[ids[place - 1]]
    word = str(argument)
    if word not in _WAYS:
        return find_song(studio, word)
    neighbouring = neighbour(ids, studio.song, word)
    if neighbouring is None:
        raise Refused(f"there is no {'next' if word == 'next' else 'previous'} song in hand")
    return studio.songs[neighbouring]


def stage(draft: Draft, argument: Argument) -> None:
    """Move the song in hand to a stage: by name, next or prev."""
    song, stages = song_in_hand(draft.studio), draft.settings.stages
    if not isinstance(argument, str) or not argument:
        raise Refused("stage needs a name, next or prev; the stages are " + ", ".join(stages))
    if argument in ("next", "prev"):
        name = neighbour(list(stages), song.stage, argument)
    else:
        name = next((s for s in stages if s.casefold() == argument.casefold()), None)
    if name is None:
        raise Refused(_no_stage(song, argument, stages))
    if name == song.stage:
        raise Refused(f"{song.title!r} is at {name!r} already")
    finished = name == stages[-1]
    if finished and draft.studio.timer.task in song.tasks:
        rest(draft)
    draft.tell(StageReached(song.id, name, finished=finished))


def _no_stage(song: Song, wanted: str, stages: tuple[str, ...]) -> str:
    if wanted in ("next", "prev"):
        end = "last" if wanted == "next" else "first"
        return f"{song.title!r} is at the {end} stage, {song.stage!r}"
    return f"there is no stage {wanted[:80]!r}; the stages are {', '.join(stages)}"


def prep(draft: Draft, argument: Argument) -> None:
    """Begin or end a low day; the first one brings a pool of preparation tasks along."""
    words = {"on": True, "off": False, "toggle": not draft.studio.prep}
    word = "toggle" if argument in (None, "") else argument
    on = words.get(word) if isinstance(word, str) else bool(word)
    if on is None:
        raise Refused(f"prep takes on, off or toggle, not {str(argument)[:80]!r}")
    if on == draft.studio.prep:
        raise Refused(f"prep is {'on' if on else 'off'} already")
    if on:
        decide_pool.fill(draft)
    rest(draft)
    draft.tell(PrepSwitched(on))
    if not on:
        decide_pool.leave(draft)


def mark(draft: Draft, argument: Argument) -> None:
    """Drop a marker: a text, or the current task's title."""
    text = draft.current().title if argument in (None, "") else _text(argument, "marker")
    draft.tell(Marked(text, draft.studio.timer.task))


def note(draft: Draft, argument: Argument) -> None:
    """Write a note."""
    if argument in (None, ""):
        raise Refused("note needs a text")
    draft.tell(Noted(_text(argument, "note")))


def _text(argument: Argument, what: str) -> str:
    text = " ".join("".join(c if c.isprintable() else " " for c in str(argument)).split())
    if not text:
        raise Refused(f"an empty {what} says nothing")
    if len(text) > LONGEST_TEXT:
        raise Refused(f"a {what} has at most {LONGEST_TEXT} characters; this has {len(text)}")
    return text


def import_song(draft: Draft, request: ImportSong) -> None:
    """Take a song in whole, or not at all."""
    draft.tell(SongAdded(make_song(draft.studio, request.draft, draft.settings)))


def make_song(studio: Studio, written: SongDraft, settings: Settings) -> Song:
    """Return the song that `written` describes, with an id of its own.

    Raises Invalid for words that can't be, Refused when the song is there already.
    """
    title = title_of(written.title)
    song_id = slug(title)
    if song_id in studio.songs:
        raise Refused(f"there is a song {song_id!r} already; give this one another title")
    stage_name = written.stage or settings.stages[0]
    if stage_name not in settings.stages:
        known = ", ".join(settings.stages)
        raise Invalid(f"there is no stage {stage_name[:80]!r}; the stages are {known}")
    sections = sections_of(written.sections, settings)
    song = Song(song_id, title, stage_name, written.map, sections)
    tasks: dict[str, Task] = {}
    spelling = Spelling(studio, settings)
    for number, task_draft in enumerate(written.tasks, 1):
        task = make_task(song, task_draft, number, settings)
        tasks[task.id] = replace(task, person=spelling.meant(task.person))
    return replace(song, tasks=tasks, next_number=len(tasks) + 1)


def title_of(written: str) -> str:
    """Return a song's title as one line. Raises Invalid for an empty one."""
    title = one_line(written)
    if not title:
        raise Invalid("a song needs a title")
    return title


def sections_of(written: tuple[Section, ...], settings: Settings) -> tuple[Section, ...]:
    """Return the song's sections, the studio's when it lists none; a missing colour is found.

    Raises Invalid when one stands there twice.
    """
    names = [section.name.casefold() for section in written]
    if twice := next((s.name for s in written if names.count(s.name.casefold()) > 1), None):
        raise Invalid(f"section {twice!r} stands there more than once")
    known = {section.name: section.colour for section in settings.sections}
    return (
        tuple(
            Section(
                s.name, s.colour or known.get(s.name) or _SPARE_COLOURS[i % len(_SPARE_COLOURS)]
            )
            for i, s in enumerate(written)
        )
        or settings.sections
    )


def slug(title: str) -> str:
    """Return the id of a song of that title: lower-case ASCII words joined by hyphens.

    A title without any ASCII letter gets a number made from its characters. What the action ``song``
    takes for something else, a place or a way, is no id.
    """
    spelt = title.lower().translate(_SPELLING)
    plain = unicodedata.normalize("NFKD", spelt)
    bare = (c for c in plain if not unicodedata.combining(c))
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in bare).split()
    made = "-".join(words)[:60].strip("-") or f"{_number(title):x}"
    if made in _WAYS:
        return f"{made}-song"
    return made if words and not made.isdigit() else f"song-{made}"


def _number(title: str) -> int:
    return sum(place * ord(c) for place, c in enumerate(title, 1))


def edit_song(draft: Draft, request: EditSong) -> None:
    """Write a song's title, map or sections anew; sections in use must stay."""
    song = find_song(draft.studio, request.song)
    settings = draft.settings
    sections = song.sections if not request.sections else sections_of(request.sections, settings)
    names = {section.name for section in sections}
    for task in song.tasks.values():
        if task.section in {s.name for s in song.sections} and task.section not in names:
            raise Invalid(f"section {task.section!r} is in use by {task.title!r} and must stay")
    title = song.title if request.title is None else title_of(request.title)
    song_map = song.map if request.map is None else request.map
    goal = song.goal if request.goal is None else a_goal(draft.studio, request.goal)
    if (title, song_map, sections, goal) == (song.title, song.map, song.sections, song.goal):
        raise Refused(f"that changes nothing about {song.title!r}")
    draft.tell(SongEdited(song.id, title, song_map, sections, goal))


def set_goal(draft: Draft, request: SetGoal) -> None:
    """Set, move on or clear one of three goals."""
    if request.number not in goals.NUMBERS:
        raise Refused(f"there are three goals, 1 to 3, not {request.number}")
    old = draft.studio.goals[request.number - 1]
    if request.text is None and not old.text:
        raise Refused(f"goal {request.number} is not set; give it a text first")
    text = old.text if request.text is None else (request.text and _text(request.text, "goal"))
    done = old.done if request.done is None else request.done
    if not 0 <= done <= 1:
        raise Refused(f"a goal is done from 0 to 1, not {done}")
    goal = _goal(text, done, old, request)
    filled = goals.put(draft.studio, request.number, goal).goals[request.number - 1]
    if filled == old:
        raise Refused(f"that changes nothing about goal {request.number}")
    draft.tell(GoalSet(request.number, filled))


def _goal(text: str, done: float, old: Goal, request: SetGoal) -> Goal:
    if not text:
        return Goal()
    by = old.by if request.by is None else goals.a_date(request.by)
    hand = (old.hand or request.done is not None) and not request.auto
    return Goal(text, done, by, hand)

"""What a history leads to here: the song as all records together say it is, and what is new in them.

The outcome is worked out of a `History`, which has read the journal to its end, and of records that
came in. It depends on the set of records alone, so that two studios that know the same say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bridge.core.actions_sharing import MergeSong, Outcome
from bridge.core.decide_songs import slug
from bridge.core.events_sharing import OwnSlot
from bridge.core.model import Song, SongMap, Studio, Task, TaskState
from bridge.core.replacing import replace
from bridge.core.sharing_entries import Entries, by_entry, instants, other_instants, stands, united
from bridge.core.sharing_history import History
from bridge.core.sharing_picture import THERE, Clash, Picture
from bridge.core.sharing_plain import (
    BOX,
    STATE,
    SUMS,
    Told,
    key_of,
    song_fields,
    song_told,
    task_fields,
    task_told,
)  # fmt: skip
from bridge.core.sharing_records import Plain, Record, together, vector
from bridge.errors import Refused

_NO_SONG: Final = Song("", "", "")


@dataclass(frozen=True, slots=True)
class Share:
    """A song's history on its way: what it is ``known_as`` everywhere, its records, how far they go."""

    known_as: str
    title: str
    records: tuple[Record, ...]
    seen: Mapping[str, int]
    studio: str = ""
    person: str = ""
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Merge:
    """What a share leads to: the ``request`` to ask for (None: nothing is new), and what to tell.

    ``running`` is a task under way that others finished or removed, empty where none is. ``retold``
    entries were known, and are told otherwise by another version of Songbridge.
    """

    song: str
    title: str
    fresh: tuple[Record, ...]
    new: bool
    request: MergeSong | None = None
    clashes: tuple[Clash, ...] = ()
    settled: tuple[Clash, ...] = ()
    running: str = ""
    picture: Picture = field(default_factory=Picture)
    retold: int = 0


@dataclass(slots=True)
class _Work:
    """A song while it becomes what the picture says."""

    picture: Picture
    was: Picture
    song: Song
    names: dict[str, str]
    current: str | None
    tasks: dict[str, Task] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    own: list[OwnSlot] = field(default_factory=list)
    fresh: dict[str, str] = field(default_factory=dict)


def share(history: History, at: float, person: str) -> Share:
    """Return the song's history as it may go out. Raises Refused when the song is not there."""
    song = history.studio.songs.get(history.song)
    if song is None or not history.known_as:
        raise Refused(
            f"the journal does not tell how {history.song[:80]!r} began, so that it has no history to"
            " share; `songbridge song export` carries it without"
        )
    studio = history.index.studio(history.last)
    records = tuple(history.records)
    return Share(history.known_as, song.title, records, history.seen, studio, person, at)


def merge(history: History | None, studio: Studio, seq: int, came: Share) -> Merge:
    """Return what the share `came` leads to in `studio` as it is after entry `seq`.

    `history` is the song's own up to there, None where the song is not here yet. Raises Refused where
    an entry is not the one that is known by its number: two homes bear the same studio's id.
    """
    known = by_entry(history.records if history else ())
    told = by_entry(came.records)
    if history:
        _check_homes(history, known, told)
    fresh = tuple(one for one in came.records if (one.studio, one.seq) not in known)
    instead = {of: its for of, its in told.items() if of in known and stands(its, known[of])}
    lines = (*fresh, *(one for its in instead.values() for one in its))
    song = studio.songs[history.song] if history else _new_song(studio, came)
    if history and not instead and all(one.kind == "met" for one in fresh):
        return Merge(song.id, song.title, (), new=False)
    was, picture = Picture(), Picture()
    was.take(united(known, {}))
    picture.take(united(known, told))
    names = dict(history.names) if history else {}
    work = _Work(picture, was, song, names, studio.timer.task)
    outcome = _outcome(work, seq)
    known_by_now = together(history.seen if history else {}, came.seen, vector(fresh))
    request = MergeSong(
        came.known_as, outcome, work.fresh, tuple(one.line for one in lines), known_by_now
    )
    before, after = was.clashes(), picture.clashes()
    return Merge(
        song.id,
        outcome.head.title,
        fresh,
        not history,
        request,
        tuple(clash for clash in after if clash not in before),
        tuple(clash for clash in before if clash.slot not in {one.slot for one in after}),
        next((key for key, name, _ in work.own if name != BOX), ""),
        picture,
        len(instead),
    )


def _check_homes(history: History, known: Entries, told: Entries) -> None:
    """Raise Refused where two homes bear one id: an entry of one number has two instants.

    What an entry says is no sign of that: another version may say it otherwise.
    """
    made = history.index.made
    copied = [of for of, its in told.items() if of in made and instants(its) != {made[of]}]
    if copied:
        raise CopiedHome(_parted(min(copied), known, told))
    if strange := other_instants(known, told):
        who = told[min(strange)][0].person or "somebody"
        raise Refused(
            f"two homes of {who[:80]!r} bear one id, and this share comes from the other one: one of them"
            " was copied; there, `songbridge song merge --own-id` with a share of this song sets them apart"
        )


def _parted(found: tuple[str, int], known: Entries, told: Entries) -> int:
    """Return the number of the first entry of ours that the copy does not have; `found` is another one."""
    studio, last = found
    alike = max(
        (seq for of, seq in known.keys() & told.keys() if of == studio and seq < last), default=0
    )
    return min((seq for of, seq in known if of == studio and alike < seq < last), default=last)


class CopiedHome(Refused):
    """Two homes bear the same studio's id and went their own ways: one was copied from the other.

    ``since`` is the number of the first entry in which they differ, as far as is known.
    """

    def __init__(self, since: int) -> None:
        self.since = since
        super().__init__(
            "this share comes from a copy of this very home that went its own way;"
            " give this one an id of its own with `songbridge song merge --own-id`, then share and merge"
        )


def _new_song(studio: Studio, came: Share) -> Song:
    made = slug(came.title)
    song_id, number = made, 2
    while song_id in studio.songs:
        song_id, number = f"{made}-{number}", number + 1
    return replace(_NO_SONG, id=song_id, title=came.title)


def _outcome(work: _Work, seq: int) -> Outcome:
    head = _head(work)
    here = {work.names[key]: key for key in work.song.tasks}
    there = [of for of in work.picture.tasks() if _whole(work.picture, of)]
    for of in there:
        if of not in here:
            key = f"{head.id}.{head.next_number}"
            head = replace(head, next_number=head.next_number + 1)
            here[of], work.fresh[key] = key, of
        _become(work, of, here[of])
    for key in work.song.tasks:
        if work.names[key] not in there:
            _remove(work, key)
    order = [here[of] for of in there]
    order += [
        key for key, _, _ in work.own if key not in order
    ]  # it runs, and is removed elsewhere
    everywhere = {key: of for of, key in here.items()}
    listed = sorted(order, key=lambda key: (work.picture.row(everywhere[key]), everywhere[key]))
    return Outcome(
        seq, head.id, head, tuple(work.tasks.values()), tuple(work.gone), tuple(order),
        tuple(work.own), tuple(listed),
    )  # fmt: skip


def _whole(picture: Picture, of: str) -> bool:
    """Tell whether a task says all that one needs: a share that was cut short tells less."""
    return {"title", "section", "planned", STATE, "box"} <= picture.said(of).keys()


def _head(work: _Work) -> Song:
    song = replace(work.song, tasks={})
    said = _changed(work.picture.said(""), work.was.said(""), song_told(song), _own_lists(song))
    own, of_map = song_fields(said)
    song_map: SongMap = replace(song.map, **of_map)
    return replace(song, **own, map=song_map)


def _own_lists(song: Song) -> dict[str, dict[str, Any]]:
    """Return the members of the song's lists as this studio writes them: with the paths of files."""
    lists = {"sections": song.sections}
    lists |= {f"map.{name}": getattr(song.map, name) for name in SongMap.__slots__}
    return {
        name: {key_of(one): one for one in value}
        for name, value in lists.items()
        if isinstance(value, tuple)
    }


def _changed(
    said: Mapping[str, Plain],
    was: Mapping[str, Plain],
    told: Told,
    own: Mapping[str, Mapping[str, Any]],
) -> dict[str, Plain]:
    """Return of what is `said` what was not said before, or is otherwise here; own words are kept."""
    changed: dict[str, Plain] = {}
    for name, value in said.items():
        if isinstance(value, list) and name in own:
            if list(own[name]) != [key_of(one) for one in value] or was.get(name) != value:
                changed[name] = [_spelt(one, own[name]) for one in value]
        elif was.get(name, ...) != value or told.fields.get(name, value) != value:
            changed[name] = value
    return changed


def _spelt(member: Plain, own: Mapping[str, Any]) -> Plain:
    mine = own.get(key_of(member)) if isinstance(member, str) else None
    return mine if isinstance(mine, str) else member


def _become(work: _Work, of: str, key: str) -> None:
    """Let a task become what the picture says; one under way stays open."""
    old = work.song.tasks.get(key)
    said = work.picture.said(of)
    if old is None:
        task = Task(key, "", "", 60.0, 60.0)
        told = Told()
    else:
        task, told = old, task_told(old)
        said = _changed(said, work.was.said(of), told, {})
    task = replace(task, **task_fields(said))
    known = work.was if old else Picture()  # one that comes back brings all that it ever took
    grown = {name: _sum(work.picture, of, name) - _sum(known, of, name) for name in SUMS}
    task = replace(
        task,
        spent=max(0.0, task.spent + grown["spent"] / 1000),
        extended=max(0, task.extended + grown["extended"]),
        rounds=max(0, task.rounds + grown["rounds"]),
    )
    if old is not None and key == work.current:
        task = _under_way(work, old, task)
    if task != old:
        work.tasks[key] = task


def _under_way(work: _Work, old: Task, task: Task) -> Task:
    """Return the task that is under way here: open, with the box that is being counted."""
    if (task.boxed, task.budget) != (old.boxed, old.budget):
        task = replace(task, boxed=old.boxed, budget=old.budget)
        work.own.append((task.id, BOX, ""))
    if not task.open:
        task = replace(task, state=TaskState.TODO)
        work.own.append((task.id, STATE, ""))
    return task


def _sum(picture: Picture, of: str, name: str) -> int:
    return picture.sums.get((of, name), 0)


def _remove(work: _Work, key: str) -> None:
    if key == work.current:
        work.own.append((key, THERE, ""))
    else:
        work.gone.append(key)


def counted(records: Iterable[Record]) -> dict[str, int]:
    """Return how many records there are, by person."""
    found: dict[str, int] = {}
    for one in records:
        found[one.person] = found.get(one.person, 0) + 1
    return found

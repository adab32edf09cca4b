"""What an entry changed of a song, as changes to write into records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bridge.core.events_sharing import OwnSlot
from bridge.core.model import Song, Studio, Task
from bridge.core.sharing_picture import PLACE, ROW, THERE, Picture, Slot
from bridge.core.sharing_places import Place, placed
from bridge.core.sharing_plain import DEFAULTS, Told, song_told, task_told
from bridge.core.sharing_records import Plain

_NOTHING = Told()


@dataclass(frozen=True, slots=True)
class Change:
    """One record to be: what it is about (empty: the song), what it says, and its kind."""

    of: str = ""
    data: dict[str, Plain] = field(default_factory=dict)
    kind: str = "change"


def changes(
    names: Mapping[str, str], was: Song | None, now: Song, studio: Studio, picture: Picture
) -> Iterator[Change]:
    """Yield what differs between two states of a song, `names` being its tasks' ids everywhere.

    `picture` knows all that was written before; the order of tasks is held against it.
    """
    standing = _standing(_places(names, now, studio, picture), _rows(names, (was, now), picture))
    if was is None or _other_head(was, now):
        data = _difference(song_told(was) if was else _NOTHING, song_told(now), picture, "")
        data = data if was else _beginning(data, picture, "")
        if was is None or data:
            yield Change("", data if was else {**data, "born": True})
    old = was.tasks if was else {}
    if old.keys() - now.tasks.keys():
        yield from (Change(names[key], kind="gone") for key in old if key not in now.tasks)
    for key, task in now.tasks.items():
        if old.get(key) is not task or key in standing:
            change = _of_task(names[key], old.get(key), task, picture, standing.get(key, {}))
            if change.data:
                yield change


def _other_head(was: Song, now: Song) -> bool:
    return was is not now and any(
        getattr(was, name) is not getattr(now, name) for name in Song.__slots__ if name != "tasks"
    )


def _of_task(
    of: str, was: Task | None, now: Task, picture: Picture, standing: Mapping[str, Plain]
) -> Change:
    if was is now:
        return Change(of, {"set": dict(standing)} if standing else {})
    data = _difference(task_told(was) if was else _NOTHING, task_told(now), picture, of)
    if was is None:
        data = _beginning(data, picture, of)
        data["add"] = {  # of one that comes back, what it took is known
            name: by - picture.sums.get((of, name), 0) for name, by in task_told(now).sums.items()
        }
        data = {**data, "add": {name: by for name, by in data["add"].items() if by}, "born": True}
        data = {word: said for word, said in data.items() if said}
    if standing:
        data["set"] = {**data.get("set", {}), **standing}
    return Change(of, data)


def _beginning(data: dict[str, Plain], picture: Picture, of: str) -> dict[str, Plain]:
    """Return `data` without what goes without saying, so that records of before stay as they are.

    A field that a later version brings has its default in all that began before it, and is not said.
    """
    without, said = DEFAULTS[bool(of)], data.get("set", {})
    told = {
        name: value
        for name, value in said.items()
        if without.get(name, ...) != value or picture.winner(Slot(of, name))
    }
    return {**data, "set": told}


def _difference(was: Told, now: Told, picture: Picture, of: str) -> dict[str, Plain]:
    data: dict[str, Plain] = {}
    said = {name: value for name, value in now.fields.items() if was.fields.get(name, ...) != value}
    added = {name: by - was.sums.get(name, 0) for name, by in now.sums.items()}
    lists = {
        name: _list(was.lists.get(name, {}), its, picture, of, name)
        for name, its in now.lists.items()
        if was.lists.get(name, {}) != its or list(was.lists.get(name, {})) != list(its)
    }
    if said:
        data["set"] = said
    if any(lists.values()):
        data["list"] = {name: its for name, its in lists.items() if its}
    if any(added.values()):
        data["add"] = {name: by for name, by in added.items() if by}
    return data


def _list(
    was: Mapping[str, Plain], now: Mapping[str, Plain], picture: Picture, of: str, name: str
) -> dict[str, Plain]:
    """Return the members that were put, moved or dropped (None)."""
    places = picture.member_places(of, name)
    moved = placed(list(now), {key: places[key] for key in now if key in places})
    put = {
        key: [list(moved.get(key) or places[key]), it]
        for key, it in now.items()
        if key in moved or was.get(key) != it
    }
    return {**put, **{key: None for key in was if key not in now}}


def _places(
    names: Mapping[str, str], now: Song, studio: Studio, picture: Picture
) -> dict[str, Place]:
    """Return the places to write by tasks' ids here: as the queue stands, new ones behind."""
    known, made = picture.placed, dict[str, Place]()
    tasks = now.tasks
    for queue in (studio.queue, studio.prep_queue):
        order = [names[key] for key in queue if key in tasks]
        made |= placed(order, {of: picture.place(of) for of in order if of in known})
    bare = [of for key in tasks if (of := names[key]) not in known and of not in made]
    if bare:
        taken = (picture.place(of) for of in known)
        last = max((*made.values(), *taken), default=(-1, ""))
        made |= {of: (last[0] + 1 + n, "") for n, of in enumerate(bare)}
    return {key: place for key in tasks if (place := made.get(names[key]))} if made else {}


def _rows(
    names: Mapping[str, str], two: tuple[Song | None, Song], picture: Picture
) -> dict[str, Place]:
    """Return the rows to write by tasks' ids here: as the song's own list stands."""
    was, now = two
    if was is not None and was is not now and list(was.tasks) == list(now.tasks):
        return {}
    order = [names[key] for key in now.tasks]
    made = placed(order, {of: picture.row(of) for of in order if of in picture.listed})
    return {key: made[names[key]] for key in now.tasks if names[key] in made}


def _standing(
    places: Mapping[str, Place], rows: Mapping[str, Place]
) -> dict[str, dict[str, Plain]]:
    made: dict[str, dict[str, Plain]] = {key: {PLACE: list(place)} for key, place in places.items()}
    for key, row in rows.items():
        made.setdefault(key, {})[ROW] = list(row)
    return made


def own_writes(
    names: Mapping[str, str], now: Song, picture: Picture, own: Iterable[OwnSlot]
) -> Iterator[Change]:
    """Yield what this studio writes anew, whether it differs or not, so that it knew of all sides."""
    for key, name, member in own:
        if not key:
            yield Change("", _anew(song_told(now), name, member, picture, ""))
        elif key in now.tasks:
            of, told = names[key], task_told(now.tasks[key])
            if name == THERE:
                said = {"set": dict(told.fields)}
                yield Change(of, {**said, "born": True})
            else:
                yield Change(of, _anew(told, name, member, picture, of))


def _anew(told: Told, name: str, member: str, picture: Picture, of: str) -> dict[str, Plain]:
    if not member:
        return {"set": {name: told.fields.get(name)}} if name in told.fields else {}
    it = told.lists.get(name, {}).get(member)
    place = picture.member_places(of, name).get(member, (0, ""))
    return {"list": {name: {member: None if it is None else [list(place), it]}}}

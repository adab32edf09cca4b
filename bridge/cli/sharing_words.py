"""What is said about songs between studios: what came in, what clashed, who did what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from bridge.core import durations
from bridge.core.sharing_history import History
from bridge.core.sharing_merge import Merge, Share, counted
from bridge.core.sharing_picture import STANDING, THERE, Clash, Picture, Slot, Write
from bridge.core.sharing_plain import BOX, STATE
from bridge.core.sharing_records import Plain, Record

_STATES: Final = {"todo": "to do", "set-aside": "set aside", "done": "done", "skipped": "skipped"}
_NAMES: Final = {
    "planned": "budget", STATE: "state", "map.depict": "what it depicts", "map.audience": "who it is for",
    "map.sound": "how it sounds", "sections": "section", "hand_over": "hand-over note",
    "map.inspiration": "inspiration", "map.musical_themes": "musical theme",
    "map.other_themes": "theme", "person": "person",
}  # fmt: skip
_SHOWN = 60  # characters of a value


def of_merge(came: Share, done: Merge, *, dry_run: bool) -> Iterator[str]:
    """Yield what a merge brought, a sentence a line."""
    would = "would come" if dry_run else "came"
    if done.request is None:
        yield f"{done.song}: {done.title}: all of it is known here already; nothing was changed"
        return
    many = len([one for one in done.fresh if one.kind != "met"])
    what = f"is new, and {would} in" if done.new else f"{would} in"
    yield f"{done.song}: {done.title} {what}: {many} record{'' if many == 1 else 's'}"
    if done.retold:
        yield f"  known, and told otherwise by another version of Songbridge: {done.retold}"
    for person in counted(done.fresh):
        mine = [one for one in done.fresh if one.person == person]
        if line := ", ".join(_summed(mine)):
            yield f"  {person or came.person or 'somebody'}: {line}"
    for one in (one for one in done.fresh if one.kind == "told"):
        for word in ("note", "mark"):
            if text := one.data.get(word):
                yield f"  {one.person or 'somebody'} left a {word}: {text}"
    yield from _of_clashes(done)


def _of_clashes(done: Merge) -> Iterator[str]:
    every = done.picture.clashes()
    for clash in done.clashes:
        yield of_clash(done.picture, done.song, clash, every.index(clash) + 1)
    for clash in done.settled:
        yield f"settled: {_about(done.picture, clash.slot)}"
    if done.running and done.request is not None:
        task = next((t for t in done.request.outcome.tasks if t.id == done.running), None)
        title = task.title if task else done.running
        yield f'"{title}" is over elsewhere and runs here: it stays open; complete it, or set it aside'


def _summed(records: Iterable[Record]) -> Iterator[str]:
    """Yield what somebody did, in a few words each."""
    words = ("new", "done", "set aside", "skipped", "written anew", "removed")
    told: dict[str, set[str]] = {word: set() for word in words}
    spent = 0
    for one in records:
        spent += one.data.get("add", {}).get("spent", 0) if one.kind == "change" else 0
        if word := _deed(one):
            told[word].add(one.of)
    for word, many in ((word, len(tasks)) for word, tasks in told.items()):
        if many:
            yield f"{many} task{'' if many == 1 else 's'} {word}"
    if spent >= 1000:  # noqa: PLR2004 - milliseconds of the shortest time that is told
        yield f"{durations.words(round(spent / 1000))} of work"


def _deed(one: Record) -> str:
    if not one.of:
        return ""
    if one.kind == "gone":
        return "removed"
    if one.kind != "change":
        return ""
    said = one.data.get("set", {})
    if one.data.get("born"):
        return "new"
    if STATE in said and said[STATE][0] != "todo":
        return _STATES[said[STATE][0]]
    return "written anew" if set(said) - STANDING - {BOX, STATE} or one.data.get("list") else ""


def of_clash(picture: Picture, song: str, clash: Clash, number: int) -> str:
    """Return a clash as a sentence: what stands, what lost, and how to take that."""
    won, lost = clash.won, " and ".join(_side(clash.slot, one) for one in clash.lost)
    stands = _side(clash.slot, won)
    return (
        f"clash {number}: {_about(picture, clash.slot)}: {stands} stands, {lost} lost;"
        f" `songbridge song take {song} {number}` takes it"
    )


def of_choice(picture: Picture, clash: Clash, choice: Plain) -> str:
    """Return what a choice led to as a sentence."""
    said = "it stays" if choice is True else _value(clash.slot, choice)
    return f"{_about(picture, clash.slot)}: {said}; settled"


def choice_row(
    history: History, clash: Clash, number: int, choice: Plain, *, kept: bool
) -> dict[str, Any]:
    """Return what a choice led to as JSON says it: the clash as it was, and the ``value`` in force."""
    there = clash.slot.name == THERE
    value = ("kept" if choice is True else _value(clash.slot, choice)) if there else choice
    row = clash_row(history, clash, number)
    return {"song": history.song, "kept": kept, "value": value, "clash": row}


def _about(picture: Picture, slot: Slot) -> str:
    title = picture.said(slot.of).get("title", "") if slot.of else ""
    name = _NAMES.get(slot.name, slot.name.removeprefix("map."))
    if slot.name == THERE:
        return f'whether "{title}" is there'
    member = f' "{slot.key[:_SHOWN]}"' if slot.key and slot.name == "sections" else ""
    return f'{name}{member} of "{title}"' if title else f"{name}{member} of the song"


def _side(slot: Slot, write: Write) -> str:
    who = write.by.person or "somebody"
    if slot.name == THERE:
        return f"{who}'s removal" if write.by.kind == "gone" else f"{who}'s work"
    return f"{who}'s {_value(slot, write.value)}"


def _value(slot: Slot, value: Plain) -> str:
    if slot.name == THERE:
        return "removed"
    if slot.name == STATE and isinstance(value, list):
        return _STATES.get(value[0], str(value[0]))
    if slot.key:
        it = value[1] if value else None
        return str(it.get("colour", it.get("text", it)) if isinstance(it, dict) else it)[:_SHOWN]
    if slot.name == "planned":
        return durations.words(round(value))
    return f'"{str(value)[:_SHOWN]}"'


def clash_row(history: History, clash: Clash, number: int) -> dict[str, Any]:
    """Return a clash as JSON says it."""
    tasks = history.here
    return {
        "number": number,
        "task": tasks.get(clash.slot.of, ""),
        "title": history.picture.said(clash.slot.of).get("title", "") if clash.slot.of else "",
        "field": _NAMES.get(clash.slot.name, clash.slot.name),
        "member": clash.slot.key,
        "stands": _side_row(clash.slot, clash.won),
        "lost": [_side_row(clash.slot, one) for one in clash.lost],
    }


def _side_row(slot: Slot, write: Write) -> dict[str, Any]:
    value = _value(slot, write.value) if slot.name == THERE else write.value
    return {"person": write.by.person, "at": write.by.at, "value": value}


def as_row(came: Share, done: Merge, *, dry_run: bool) -> dict[str, Any]:
    """Return what a merge brought as JSON says it."""
    every = done.picture.clashes()
    return {
        "song": done.song,
        "title": done.title,
        "from": came.person,
        "new": done.new,
        "changed": done.request is not None and not dry_run,
        "records": len(done.fresh),
        "retold": done.retold,
        "clashes": [
            {
                "number": every.index(clash) + 1,
                "about": _about(done.picture, clash.slot),
                "stands": _side_row(clash.slot, clash.won),
                "lost": [_side_row(clash.slot, one) for one in clash.lost],
            }
            for clash in done.clashes
        ],
    }


def told(history: History) -> Iterator[dict[str, Any]]:
    """Yield a song's history as JSON says it, oldest first."""
    tasks = history.here
    for one in sorted(history.records, key=lambda record: (record.at, record.id)):
        title = str(history.picture.said(one.of).get("title", "")) if one.of else ""
        when = datetime.fromtimestamp(one.at, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
        yield {
            "at": one.at, "when": when, "person": one.person, "studio": one.studio,
            "task": tasks.get(one.of, ""), "kind": one.kind, "text": _text(one, title),
        }  # fmt: skip


def _text(one: Record, title: str) -> str:
    data = one.data
    if one.kind == "told":
        return _told(data)
    if one.kind not in ("change", "gone"):
        return ""
    words = [*_changes(one, data), _spent(data)]
    said = ", ".join(word for word in words if word)
    return f"{title}: {said}" if title and said else said


def _told(data: Mapping[str, Plain]) -> str:
    if "note" in data or "mark" in data:
        return f"noted: {data['note']}" if "note" in data else f"marked: {data['mark']}"
    if "sitting" in data:
        return f"sat {durations.words(round(data['sitting'][1] / 1000))} at it"
    return ""


def _changes(one: Record, data: Mapping[str, Plain]) -> Iterator[str]:
    if one.kind == "gone":
        yield "removed"
        return
    if data.get("born"):
        yield "new" if one.of else "the song began"
        return
    for name, value in data.get("set", {}).items():
        if name not in STANDING | {BOX}:
            yield f"{_NAMES.get(name, name)} {_value(Slot(one.of, name), value)}"
    for name, its in data.get("list", {}).items():
        for key, value in its.items():
            it = _value(Slot(one.of, name, key), value) if value else key[:_SHOWN]
            word = "dropped" if value is None else "put"
            yield f"{_NAMES.get(name, name)} {word}: {it}"


def _spent(data: Mapping[str, Plain]) -> str:
    spent = round(data.get("add", {}).get("spent", 0) / 1000)
    return durations.words(spent) if spent > 0 else ""

"""Live sets and REAPER projects of any version: what stands in one stands in the song, or is told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.files.exchange import als, rpp
from bridge.files.exchange.carried import Carried
from bridge.files.exchange.live_colours import COLOURS
from bridge.files.exchange.plan import one_line
from bridge.files.exchange.project import PLACES
from tests.standins.plans import SETTINGS
from tests.standins.projects import Drawn, Made, drawn
from tests.standins.projects import als as live_set
from tests.standins.projects import rpp as reaper_project


def lines(carried: Carried) -> list[str]:
    return list(carried.songs[0].map.inspiration)


def clock(seconds: float) -> str:
    whole = int(seconds * 1000 + 0.5)
    rest = f".{whole % 1000:03}" if whole % 1000 else ""
    return f"{whole // 60000}:{whole // 1000 % 60:02}{rest}"


def named(name: str) -> str:
    return one_line(name) or "without a name"


def marks(project: Drawn) -> list[str]:
    return sorted(f"marker {clock(at)}: {named(name)}" for at, name in project.marks)


@settings(max_examples=60)
@given(drawn(st.integers(8, 12), ("own", "audio", "group", "return")))
def test_a_live_set_of_any_version(set_: Drawn) -> None:
    carried = als.read(live_set(set_), "sets/Fog.als", SETTINGS, tasks=True)
    told = lines(carried)
    metre = "/".join(map(str, set_.metre))
    changing = ", metre changing on the way" if len(set(set_.metres)) > 1 else ""
    assert told[0] == (
        f"tempo: {set_.tempo:g} BPM, {metre}{changing} (from Ableton Live {set_.version}.1)"
    )
    assert sorted(line for line in told if line.startswith("marker ")) == marks(set_)
    notes = [line for line in told if line.startswith("notes of the ")]
    assert [line.partition("project: ")[2] for line in notes] == (
        [set_.notes] if set_.notes else []
    )
    shown = [line for line in told if line.startswith(("track: ", "bus: "))]
    assert shown == [live_track(n, track, set_.version) for n, track in enumerate(set_.tracks, 1)]
    own = [track for track in set_.tracks if track.kind in ("own", "audio")]
    assert len(carried.songs[0].tasks) == len(own)
    if set_.version < 11 and set_.tracks:
        assert any("of a palette that is not known" in line for line in carried.left)


def live_track(number: int, track: Made, version: int) -> str:
    kinds = {"own": "Midi", "audio": "Audio", "group": "Group", "return": "Return"}
    kind = "track" if track.kind in ("own", "audio") else "bus"
    colour = f" ({COLOURS[track.colour]})" if version >= 11 else ""
    return f"{kind}: {named(track.name or f'{number}-{kinds[track.kind]}')}{colour}"


@settings(max_examples=60)
@given(drawn(st.integers(5, 7), ("own", "group")))
def test_a_reaper_project_of_any_version(project: Drawn) -> None:
    carried = rpp.read(reaper_project(project), "Fog.rpp", SETTINGS, tasks=True)
    told = lines(carried)
    assert carried.songs[0].title == (one_line(project.title) or "Fog")
    metre = "/".join(map(str, project.metre))
    at = {f"{bpm:g}" for bpm in project.tempos} | (
        {f"{project.tempo:g}"} if project.metres else set()
    )
    what = ["tempo"] * (len(at) > 1) + ["metre"] * (len(set(project.metres)) > 1)
    changing = f", {' and '.join(what)} changing on the way" if what else ""
    assert told[0] == f"tempo: {project.tempo:g} BPM, {metre}{changing} (from REAPER)"
    assert sorted(line for line in told if line.startswith("marker ")) == marks(project)
    assert sorted(line for line in told if line.startswith("region ")) == sorted(
        f"region {clock(begin)} to {clock(end)}: {named(name)} ({COLOURS[0]})"
        for begin, end, name in project.spans
    )
    notes = [line.partition("project: ")[2] for line in told if line.startswith("notes of the ")]
    assert notes == ([project.notes] if project.notes else [])
    assert [line for line in told if line.startswith(("track: ", "bus: "))] == [
        f"{'bus' if track.kind == 'group' else 'track'}: {named(track.name)} ({COLOURS[track.colour]})"
        for track in project.tracks
    ]
    own = [t for t in project.tracks if t.kind == "own"]
    assert [task.track for task in carried.songs[0].tasks] == [one_line(t.name) for t in own]


def test_a_track_without_a_name_makes_a_task_with_its_number() -> None:
    project = Drawn(7, tracks=(Made("Bass"), Made("")))
    song = rpp.read(reaper_project(project), "Fog.rpp", SETTINGS, tasks=True).songs[0]
    assert [task.title for task in song.tasks] == ["Work on Bass", "Work on track 2"]


def test_what_a_song_map_has_no_room_for_is_told() -> None:
    many = Drawn(7, marks=tuple((float(n), f"part {n}") for n in range(PLACES + 20)))
    carried = rpp.read(reaper_project(many), "Fog.rpp", SETTINGS)
    assert len(lines(carried)) == PLACES
    told = f"Fog.rpp: 21 lines, from this one on: a song map holds {PLACES} of a project"
    assert f'{told} ("marker 2:59: part 179")' in carried.left
    long = Drawn(7, notes="word " * 2000)
    assert any("was cut" in line for line in rpp.read(reaper_project(long), "F.rpp", SETTINGS).left)


@pytest.mark.parametrize("place", ["nan", "here", "1e999999"])
def test_a_marker_at_no_place_is_told(place: str) -> None:
    text = reaper_project(Drawn(7)).replace(
        "<TEMPOENVEX", f"MARKER 4 {place} Drop 0\n  <TEMPOENVEX"
    )
    carried = rpp.read(text, "Fog.rpp", SETTINGS)
    assert "marker 0:00: Drop" in lines(carried)
    assert any("place is no number" in line and "Drop at" in line for line in carried.left)


def test_numbers_with_a_decimal_comma_are_read() -> None:
    text = reaper_project(Drawn(7, marks=((1.5, "Drop"),))).replace("MARKER 1 1.5", "MARKER 1 1,5")
    assert "marker 0:01.500: Drop" in lines(rpp.read(text, "Fog.rpp", SETTINGS))

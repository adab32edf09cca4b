"""Every shipped profile against its table: each control's message both ways, each look's bytes.

A table, ``tests/tables/ID.txt``, was written from the sources and not from the profile. Its lines:

    control NAME KIND MESSAGE CHANNEL NUMBER [TURNING]     channel 1 to 16, or any; lights left out
    light NAME NUMBER                                      where it isn't the control's own number
    look NAME COLOUR LEVEL EFFECT : BYTES [/ BYTES …]      what is sent for it on a dark device
    look NAME off : BYTES                                  and on one that is white all over
    enter BYTES [/ BYTES …]      what opens its session; … alone is any number of messages
    leave, sleep, wake BYTES [/ BYTES …]    and what else is said to the whole device
    asks BYTES                   the request that it answers, where it isn't the universal one
    answers BYTES                an answer to the identity request by which it is known
    back BYTES                   what it says when it comes back from another mode

Empty lines, and lines that begin with ``#``, say something to people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bridge.files.profiles import load_profiles
from bridge.messages import DARK, Effect, Look
from bridge.moment import Moment
from bridge.surface import sysex
from bridge.surface.decode import Decoder
from bridge.surface.frame import Frame
from bridge.surface.lights import Painter
from bridge.surface.profile import Edge, Profile

_TABLES = Path(__file__).parents[1] / "tables"
_SHELF = load_profiles()
_IDS = sorted(_SHELF.profiles)
EACH = pytest.mark.parametrize("name", _IDS)

_SOME_CHANNELS = (1, 10, 16)
_ONE, _WHOLE = 0.2, 5.0
"""Seconds in which one light is out on every device while no host's beat has turned, and a whole
picture is on the slowest."""


@dataclass(frozen=True)
class Row:
    """One control as the sources have it; ``channel`` 0 is any."""

    name: str
    kind: str
    message: str
    channel: int
    number: int
    turning: str = ""


def _lines(name: str, first: str) -> Iterator[str]:
    for line in (_TABLES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        word, _, rest = line.strip().partition(" ")
        if word == first:
            yield rest.strip()


def _rows(name: str) -> list[Row]:
    rows = []
    for line in _lines(name, "control"):
        control, kind, message, channel, number, *turning = line.split()
        on = 0 if channel == "any" else int(channel)
        rows.append(Row(control, kind, message, on, int(number), *turning))
    return rows


def _looks() -> Iterator[tuple[str, str, str, list[bytes]]]:
    for name in _IDS:
        if (_TABLES / f"{name}.txt").exists():
            for line in _lines(name, "look"):
                what, _, sent = line.partition(":")
                control, _, look = what.strip().partition(" ")
                yield name, control, look, [bytes.fromhex(one) for one in sent.split("/")]


def _said_in(name: str, first: str) -> list[bytes | None]:
    """Return the messages of all lines that begin with this word, None for any number of them."""
    lines = (line.split("/") for line in _lines(name, first))
    return [None if one.strip() == "…" else bytes.fromhex(one) for line in lines for one in line]


def _known(name: str, first: str) -> list[bytes]:
    return [one for one in _said_in(name, first) if one is not None]


def _channels(row: Row) -> tuple[int, ...]:
    return (row.channel,) if row.channel else _SOME_CHANNELS


def _pressed(row: Row, channel: int) -> tuple[list[bytes], list[bytes]]:
    """Return every form in which this button says down, and up."""
    low = channel - 1
    if row.message == "cc":
        return [bytes((0xB0 | low, row.number, value)) for value in (64, 127)], [
            bytes((0xB0 | low, row.number, value)) for value in (0, 63)
        ]
    down = [bytes((0x90 | low, row.number, value)) for value in (1, 127)]
    ups = [(0x90, 0), (0x80, 0), (0x80, 64), (0x80, 127)]
    return down, [bytes((status | low, row.number, value)) for status, value in ups]


def test_every_shipped_profile_is_read_and_has_its_table() -> None:
    assert _SHELF.refused == ()
    assert {path.stem for path in _TABLES.glob("*.txt")} == set(_IDS)


@EACH
def test_a_profile_has_the_controls_of_its_table_and_no_others(name: str) -> None:
    controls = {
        Row(c.name, c.kind, c.message, c.channel or 0, number)
        for c in _SHELF.profiles[name].controls.values()
        if c.message != "none"
        for number in c.numbers
    }
    rows = _rows(name)
    told = [Row(r.name, r.kind, r.message, r.channel, r.number) for r in rows]
    assert controls == set(told)
    assert len(told) == len(set(told))


@EACH
def test_a_light_has_the_number_of_its_control_or_the_one_in_the_table(name: str) -> None:
    own = {line.split()[0]: int(line.split()[1]) for line in _lines(name, "light")}
    controls = _SHELF.profiles[name].controls.values()
    lit = {c.name: c for c in controls if c.light.kind != "none"}
    assert own.keys() <= lit.keys()
    assert {n: c.light.number for n, c in lit.items()} == {
        n: own.get(n, c.number) for n, c in lit.items()
    }


@EACH
def test_every_button_goes_down_and_up_in_every_form(name: str) -> None:
    decoder = Decoder(_SHELF.profiles[name])
    for row in _rows(name):
        if row.kind == "button":
            for channel in _channels(row):
                down, up = _pressed(row, channel)
                assert {_said(decoder.feed(data)) for data in down} == {(row.name, "down")}
                assert {_said(decoder.feed(data)) for data in up} == {(row.name, "up")}


@EACH
def test_every_knob_and_fader_turns_as_it_is_coded(name: str) -> None:
    profile = _SHELF.profiles[name]
    decoder = Decoder(profile)
    for row in _rows(name):
        if row.kind in ("encoder", "fader"):
            turning = row.turning or profile.controls[row.name].turning
            assert profile.controls[row.name].turning == turning
            for channel in _channels(row):
                for data, amount in _turns(row, turning, channel):
                    edge = decoder.feed(data)
                    assert edge is not None
                    assert (edge.control, edge.what) == (row.name, "turn")
                    assert edge.amount == pytest.approx(amount)
                    assert edge.relative == (turning != "absolute")


def _turns(row: Row, turning: str, channel: int) -> list[tuple[bytes, float]]:
    low = channel - 1
    if row.message == "pitchbend":
        return [(bytes((0xE0 | low, 0, 0)), 0.0), (bytes((0xE0 | low, 127, 127)), 1.0)]
    said = {
        "absolute": [(0, 0.0), (127, 1.0)],
        "twos": [(1, 1.0), (3, 3.0), (127, -1.0), (125, -3.0)],
        "sign": [(1, 1.0), (3, 3.0), (65, -1.0), (67, -3.0)],
        "offset64": [(65, 1.0), (67, 3.0), (63, -1.0), (61, -3.0)],
    }[turning]
    return [(bytes((0xB0 | low, row.number, value)), amount) for value, amount in said]


def _said(edge: Edge | None) -> tuple[str, str] | None:
    return None if edge is None else (edge.control, edge.what)


@pytest.mark.parametrize(("name", "control", "look", "sent"), list(_looks()))
def test_a_look_is_sent_as_the_sources_say(
    name: str, control: str, look: str, sent: list[bytes]
) -> None:
    profile = _SHELF.profiles[name]
    wanted = _look(look)
    still = [c.name for c in profile.controls.values() if c.light.kind != "meter"]
    white = dict.fromkeys(still, Look("#FFFFFF"))
    painter, now = Painter(profile), 10.0
    now = _drained(painter, Frame(white if wanted == DARK else {}), now, _WHOLE)[1]
    looks = {**white, control: DARK} if wanted == DARK else {control: wanted}
    assert _drained(painter, Frame(looks), now, _ONE)[0] == sent


@EACH
@pytest.mark.parametrize("part", ["enter", "leave", "sleep", "wake"])
def test_a_session_is_what_its_table_says_and_nothing_else(name: str, part: str) -> None:
    told = list(getattr(_SHELF.profiles[name].session, part))
    wanted = _said_in(name, part)
    if None in wanted:
        before = wanted.index(None)
        behind = len(wanted) - before - 1
        assert len(told) > before + behind
        told = [*told[:before], None, *told[len(told) - behind :]]
    assert told == wanted


@EACH
def test_a_device_is_known_by_its_own_answers_and_by_nobody_elses(name: str) -> None:
    own, others = _known(name, "answers"), {b for other in _IDS for b in _known(other, "answers")}
    patterns = sysex.patterns(_SHELF.profiles[name].identity)
    assert {answer for answer in others if patterns.match(answer)} == set(own)
    assert bool(own) == bool(patterns)
    assert [_SHELF.profiles[name].ask] == (_known(name, "asks") or [b""])


@EACH
def test_a_device_that_comes_back_is_understood_and_others_are_not(name: str) -> None:
    own, others = _known(name, "back"), {b for other in _IDS for b in _known(other, "back")}
    patterns = sysex.patterns(*_SHELF.profiles[name].session.renew_on)
    assert {news for news in others if patterns.match(news)} == set(own)
    assert bool(own) == bool(patterns)


@EACH
def test_every_kind_of_light_has_looks_in_its_table(name: str) -> None:
    profile = _SHELF.profiles[name]
    told = {line.split()[0] for line in _lines(name, "look")}
    kinds = {_way(profile, control) for control in told}
    lit = {c.name for c in profile.controls.values() if c.light.kind not in ("none", "meter")}
    assert {_way(profile, control) for control in lit} <= kinds


def _way(profile: Profile, control: str) -> tuple[str, str]:
    light = profile.controls[control].light
    return light.kind, light.lamps


def _look(text: str) -> Look:
    if text.strip() == "off":
        return DARK
    colour, level, effect = text.split()
    return Look(colour, float(level), Effect(effect))


def _drained(
    painter: Painter, frame: Frame, now: float, within: float
) -> tuple[list[bytes], float]:
    """Show a picture until nothing more is sent of it; return what was, and when it is over."""
    painter.show(frame)
    messages: list[bytes] = []
    over = now + within
    while (wake := painter.wake()) is not None and wake < over:
        now = max(now, wake)
        messages += painter.due(Moment(now, 0.0))
        if now >= over:
            break
    return messages, max(now, over)

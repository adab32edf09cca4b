"""A DAW that answers each question, with whatever it likes: no deadline spins, nothing grows, nothing hangs.

Garbage that answers nothing is in the contract; here the answers are those that are waited for.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.daw.ableton_ask import END, ERROR
from bridge.daw.ableton_mend import TOGGLE
from bridge.daw.ableton_names import LIST
from bridge.daw.ableton_pulse import VERSION
from bridge.daw.links import Links
from bridge.daw.table import TARGETS
from bridge.daw.target import DawSettings
from bridge.messages import (
    Cue,
    Marker,
    Osc,
    RestoreColours,
    RunAction,
    StatusText,
    StopTransport,
    TrackColour,
)
from bridge.moment import Moment
from tests.contract.daw_delivery import BLUE, MOST_PENDING

MOST_AT_ONCE = 600
NUMBERS = (
    0, 1, -1, 2, 127, 4.0, 120.0, 1e-30, -1e-30, 1e30, -1e30, 3.4e38, float("nan"), float("inf"), float("-inf"),
    2**31 - 1, -(2**63), True, False,
)  # fmt: skip
WORDS = (
    "",
    " ",
    "A",
    "Bass",
    "x" * 3000,
    "Unknown OSC address: /live/song/cue_point/",
    "rgb(1,2,3)",
    "{}",
)
ARGS = st.lists(
    st.sampled_from(NUMBERS) | st.sampled_from(WORDS) | st.none() | st.binary(max_size=8),
    max_size=12,
).map(tuple)
CUES = st.one_of(
    st.builds(Marker, st.sampled_from(("one", "two", "")), st.just(BLUE)),
    st.builds(TrackColour, st.sampled_from(("Bass", "Bass / A", "scene: A")), st.just(BLUE)),
    st.builds(RunAction, st.sampled_from(("7", "40157", "Editor/undo"))),
    st.just(StatusText("hello")),
    st.just(StopTransport()),
    st.just(RestoreColours()),
)
LISTS = (
    "/reply",
    "/select/name",
    "/marker/1/exists",
    "/track/1/name",
    "/track/1/color",
    "/update",
    "/play",
)


def answer(data: st.DataObject, message: Osc) -> list[Osc]:
    """Answer one message as nobody would: the right address, any arguments, and the end of the ask."""
    if message.address == END and message.args:
        position = data.draw(st.sampled_from((0.0, 1e-30, 3.4e38, -3.4e38, 8.0)))
        return [Osc(END, (position, *message.args))]
    if message.address == VERSION:
        return [Osc(VERSION, (12, 3))]
    if message.address == LIST and data.draw(st.booleans()):
        points = data.draw(st.lists(st.sampled_from((0.0, 8.0, 3.4e38, -3.4e38)), max_size=4))
        return [Osc(LIST, tuple(arg for time in points for arg in ("A", time)))]
    if message.address.startswith("/live/song/get/"):
        return [Osc(message.address, (data.draw(st.sampled_from(NUMBERS)),))]
    address = data.draw(st.sampled_from((message.address, message.address, ERROR, *LISTS)))
    address = address.replace("start_listen", "get")
    return [Osc(address, data.draw(ARGS))]


@pytest.mark.parametrize("kind", sorted(TARGETS))
@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_answers_of_any_kind_make_no_link_fail_spin_or_hang(kind: str, data: st.DataObject) -> None:
    faults: list[Exception] = []
    ports = TARGETS[kind]
    setting = DawSettings(kind, port=ports.port, listen_port=ports.listen_port, action=1)
    links = Links([setting], on_fault=lambda _key, fault: faults.append(fault))
    ((key, _),) = links.settings.items()
    now, out = 100.0, links.advance(Moment(100.0, 100.0))
    for _step in range(data.draw(st.integers(4, 16))):
        now += data.draw(st.sampled_from((0.0, 0.0, 0.1, 1.0, 6.0)))
        moment = Moment(now, now)
        cues: list[Cue] = data.draw(st.lists(CUES, max_size=2))
        asked = [message for _, message in out if isinstance(message, Osc)][:30]
        out = links.tell(cues, moment)
        for message in asked:
            for heard in answer(data, message):
                if heard.address.startswith(links.wanted(key) or ("//",)):
                    out += links.hear(key, heard, moment)
        out += links.advance(moment)
        wake = links.wake()
        assert wake is None or wake > now
        assert len(out) <= MOST_AT_ONCE
        assert links.statuses(moment)[0].pending <= MOST_PENDING
    assert faults == []


@pytest.mark.parametrize(
    "odd",
    [
        ("signature_numerator", 1e-30), ("signature_denominator", 1e30), ("tempo", float("-inf")),
        ("tempo", 3.4e38), ("loop_start", -3.4e38),
    ],
)  # fmt: skip
def test_a_song_that_cannot_be_takes_no_time_and_no_memory(odd: tuple[str, float]) -> None:
    """Steps of a tiny grid were listed one by one, and the service stood still."""
    song: dict[str, float] = {
        "is_playing": 1, "record_mode": 0, "session_record": 0, "tempo": 120.0, "loop": 1,
        "clip_trigger_quantization": 1, "signature_numerator": 4, "signature_denominator": 4,
        "loop_start": 0.0, "loop_length": 3.4e38,
    }  # fmt: skip
    song[odd[0]] = odd[1]
    faults: list[Exception] = []
    setting = DawSettings("ableton", port=11000, listen_port=11001)
    links = Links([setting], on_fault=lambda _key, fault: faults.append(fault))
    moment = Moment(100.0, 100.0)
    out = [message for _, message in links.advance(moment)]
    out += [message for _, message in links.tell([Marker("one", BLUE)], moment)]
    shown = []
    while out:
        asked, out = out, []
        for message in asked:
            assert isinstance(message, Osc)
            heard = _of_song(message, song)
            shown += [message] if message.address == TOGGLE else []
            out += [m for _, m in (links.hear("ableton", heard, moment) if heard else ())]
    assert faults == []
    assert shown


def _of_song(message: Osc, song: dict[str, float]) -> Osc | None:
    name = message.address.rpartition("/")[2]
    match message.address:
        case x if x == END:
            return Osc(END, (8.0, *message.args))
        case x if x == VERSION:
            return Osc(VERSION, (12, 3))
        case x if x == LIST:
            return Osc(LIST, ("A", 900.0))
        case _ if name in song:
            return Osc(f"/live/song/get/{name}", (song[name],))
        case _:
            return None

"""Lessons in a whole service in memory: presses go to whoever learns, and to nobody else."""

from __future__ import annotations

import pytest

from bridge.app.recorder import Recorder
from bridge.app.teaching import LAPSE, POLL, Teaching
from bridge.core.actions import Action
from bridge.errors import Invalid, Refused, SongbridgeError
from bridge.messages import MidiIn
from bridge.surface.surface import Ask
from bridge.web.teaching import Heard, Teach, Told, read_teach
from tests.standins.desk import SONG
from tests.standins.emulators.launchpad import LaunchpadMiniMk3
from tests.standins.studio import Studio

PORT = "Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 MI 32:1"
STRANGER = "Acme:Acme MIDI 1 40:0"
FIRST, DOWN, UP = 81, bytes((0x90, 81, 100)), bytes((0x90, 81, 0))


class Strange:
    """A device that keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[bytes] = []

    def receive(self, data: bytes, _at: float) -> list[bytes]:
        self.told.append(data)
        return []


class School:
    """A studio with a Launchpad in it, and somebody who teaches."""

    def __init__(self) -> None:
        self.studio = Studio([SONG])
        self.pad = LaunchpadMiniMk3()
        self.studio.plug(PORT, self.pad)
        self.sent: list[tuple[str, list[bytes]]] = []
        self.teaching = Teaching(
            lambda: self.studio.session.controllers, self.studio.midi, self._send
        )
        self.lesson = ""

    def _send(self, key: str, messages: list[bytes]) -> bool:
        self.sent.append((key, messages))
        return True

    def ask(self, request: Teach) -> Told | SongbridgeError | None:
        """Return the answer, None when it waits for a press."""
        answers: list[Told | SongbridgeError] = []
        self.teaching.ask(request, self.studio.moment, answers.append)
        self.studio.run()
        return answers[0] if answers else None

    def begin(self) -> Told:
        told = self.ask(Teach("begin"))
        assert isinstance(told, Told)
        self.lesson = told.lesson
        return told

    def hear(self, after: int = 0) -> tuple[Heard, ...]:
        told = self.ask(Teach("hear", self.lesson, after))
        assert isinstance(told, Told)
        return tuple(told.heard)

    def press(self, *messages: bytes) -> None:
        self.studio.bytes_in(PORT, *messages)

    def wait(self, seconds: float) -> None:
        self.studio.wait(seconds)
        self.teaching.look(self.studio.moment)
        self.studio.run()

    @property
    def timer(self) -> str:
        return self.studio.session.engine.studio.timer.state.value


@pytest.fixture
def school() -> School:
    return School()


def test_a_press_is_told_in_the_profile_s_words_and_does_nothing(school: School) -> None:
    school.begin()
    school.press(DOWN, UP)
    heard = school.hear()
    assert [(h.number, h.control, h.what) for h in heard] == [
        (1, "pad.1.1", "down"),
        (2, "pad.1.1", "up"),
    ]
    assert school.timer == "idle"
    assert school.hear(after=1)[0].what == "up"


def test_after_the_lesson_a_press_does_what_it_is_bound_to(school: School) -> None:
    school.begin()
    assert isinstance(school.ask(Teach("end", school.lesson)), Told)
    school.press(DOWN, UP)
    assert school.timer == "running"
    assert isinstance(school.ask(Teach("hear", school.lesson)), Refused)


def test_what_no_profile_knows_is_told_as_it_is_and_only_then_let_through(school: School) -> None:
    passed: list[bytes] = []
    feed = school.studio.session.controllers.feed

    def count(message: MidiIn) -> tuple[Ask, ...]:
        passed.append(message.data)
        return feed(message)

    school.studio.session.controllers.feed = count  # type: ignore[method-assign] # counts what passes
    unknown = bytes((0xB0, 20, 127))
    school.press(unknown)
    school.begin()
    school.press(unknown, bytes((0xA0, 81, 20)))
    (heard,) = school.hear()
    assert (heard.control, heard.data) == ("", "b0147f")
    school.ask(Teach("end", school.lesson))
    school.press(unknown)
    assert passed.count(unknown) == 1


def test_there_is_one_lesson_at_a_time(school: School) -> None:
    school.begin()
    second = school.ask(Teach("begin"))
    assert isinstance(second, Refused)
    assert "already" in str(second)
    assert isinstance(school.ask(Teach("hear", "somebody else's")), Refused)


def test_who_asks_no_more_is_gone_and_the_next_may_begin(school: School) -> None:
    school.begin()
    school.wait(LAPSE / 2)
    assert school.teaching
    school.wait(LAPSE)
    assert not school.teaching
    school.press(DOWN, UP)
    assert school.timer == "running"
    school.begin()


def test_a_question_waits_for_a_press_but_not_for_long(school: School) -> None:
    school.begin()
    answers: list[Told | SongbridgeError] = []
    hear = Teach("hear", school.lesson)
    school.teaching.ask(hear, school.studio.moment, answers.append)
    assert answers == []
    school.press(DOWN)
    school.teaching.ask(Teach("hear", school.lesson, 1), school.studio.moment, answers.append)
    assert len(answers) == 1
    school.wait(POLL)
    assert [len(a.heard) if isinstance(a, Told) else a for a in answers] == [1, 0]


def test_what_is_learnt_blinks_until_the_lesson_ends(school: School) -> None:
    school.begin()
    look = school.pad.lit(FIRST)
    school.ask(Teach("show", school.lesson, key="novation-launchpad-mini-mk3", control="pad.1.1"))
    school.wait(0.2)
    assert school.pad.lit(FIRST).effect == "flash"
    others = school.pad.lit(82)
    school.ask(Teach("end", school.lesson))
    school.wait(0.2)
    assert school.pad.lit(FIRST) == look
    assert school.pad.lit(82) == others


def test_a_device_without_a_profile_is_heard_and_told_while_a_lesson_lasts(school: School) -> None:
    strange = Strange()
    school.studio.plug(STRANGER, strange)
    school.begin()
    school.studio.bytes_in(STRANGER, bytes((0x99, 36, 100)))
    (heard,) = school.hear()
    told = school.ask(Teach("show", school.lesson))
    assert isinstance(told, Told)
    device = next(one for one in told.devices if not one.profile)
    assert (device.key, device.port) == (heard.key, "Acme:Acme MIDI 1")
    assert isinstance(
        school.ask(Teach("send", school.lesson, key=device.key, messages=["99247f"])), Told
    )
    assert school.sent == [(device.key, [bytes((0x99, 36, 127))])]
    school.ask(Teach("end", school.lesson))
    assert device.key not in school.studio.midi.states()


@pytest.mark.parametrize(
    ("key", "messages", "wrong"),
    [
        ("novation-launchpad-mini-mk3", ["90517f"], Refused),
        ("nobody", ["90517f"], Refused),
        (f"unknown: {STRANGER}", ["f0"], Invalid),
        (f"unknown: {STRANGER}", ["9051ff"], Invalid),
        (f"unknown: {STRANGER}", ["c05100"], Invalid),
        (f"unknown: {STRANGER}", ["zz517f"], Invalid),
    ],
)
def test_nothing_but_lights_can_be_tried(
    school: School, key: str, messages: list[str], wrong: type[SongbridgeError]
) -> None:
    school.studio.plug(STRANGER, Strange())
    school.begin()
    assert isinstance(school.ask(Teach("send", school.lesson, key=key, messages=messages)), wrong)
    assert school.sent == []


def test_a_flood_keeps_the_newest_and_no_more_than_fits(school: School) -> None:
    school.begin()
    school.press(*[bytes((0xB0, 20, n % 128)) for n in range(2500)])
    heard = school.hear()
    assert (len(heard), heard[-1].number) == (2000, 2500)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"do": "burn"}',
        b'{"do": "hear", "after": -1}',
        b'{"do": "hear", "after": 1e9999}',
        b'{"do": "begin", "more": 1}',
        b'{"do": "send", "messages": ["90517f90517f"]}',
        b'{"do": "show", "key": "' + b"x" * 301 + b'"}',
        b"\xff\xfe",
    ],
)
def test_what_makes_no_sense_is_refused(body: bytes) -> None:
    with pytest.raises(Invalid, match="nothing that can be asked of a lesson"):
        read_teach(body)


# --- what hands do when a lesson begins ---


def test_a_pad_that_is_held_when_a_lesson_begins_does_nothing_more(school: School) -> None:
    """A hold on the second row puts its task at the top: not while somebody teaches."""
    queue = school.studio.session.engine.studio.queue
    school.press(bytes((0x90, 82, 100)))
    school.begin()
    school.wait(1.0)
    school.press(bytes((0x90, 82, 0)))
    school.ask(Teach("end", school.lesson))
    school.wait(1.0)
    assert school.studio.session.engine.studio.queue == queue


def test_a_press_that_was_done_when_a_lesson_begins_still_counts(school: School) -> None:
    (controller,) = [one for one in school.studio.session.controllers.all if one.up]
    done = (Ask(Action("start", 2), "pad.1.2"),)
    forget = controller.surface.forget
    controller.surface.forget = lambda: forget() + done  # type: ignore[method-assign] # as after a tap
    school.begin()
    school.studio.wait(0.01)
    assert school.timer == "running"


def test_a_control_that_is_not_there_is_not_shown(school: School) -> None:
    school.begin()
    shown = Teach("show", school.lesson, key="novation-launchpad-mini-mk3", control="no such/one")
    assert isinstance(school.ask(shown), Told)
    school.wait(0.2)
    frames = school.studio.session.controllers.frames.values()
    assert all("no such/one" not in frame.looks for frame in frames)


def test_lights_come_back_for_a_lesson(school: School) -> None:
    controllers = school.studio.session.controllers
    school.begin()
    controllers.sleeping.asleep, controllers.sleeping._since = True, -1e9
    school.press(DOWN)
    assert controllers.sleeping._since == school.studio.moment.mono


def test_a_recording_has_nothing_of_a_lesson(school: School) -> None:
    """Neither presses, which did nothing, nor devices that are there for its sake alone."""
    texts: list[str] = []
    session = school.studio.session
    recorder = Recorder(lambda text, _at: texts.append(text), school.studio.moment, session)
    session.taps.record(recorder)
    school.begin()
    school.studio.plug(STRANGER, Strange())
    school.wait(0.1)
    school.press(DOWN, UP)
    school.studio.bytes_in(STRANGER, DOWN)
    assert len(school.hear()) == 3
    school.studio.unplug(STRANGER)
    assert texts == []
    school.ask(Teach("end", school.lesson))
    school.press(DOWN)
    assert ["90 51 64" in text for text in texts] == [True]


def test_the_system_s_own_loop_is_no_controller(school: School) -> None:
    school.studio.plug("Midi Through:Midi Through Port-0 14:0", Strange())
    school.studio.plug(STRANGER, Strange())
    school.begin()
    school.wait(0.1)
    told = school.ask(Teach("show", school.lesson))
    assert isinstance(told, Told)
    assert [one.port for one in told.devices if not one.profile] == ["Acme:Acme MIDI 1"]

"""Lessons: while one lasts, presses are told to whoever learns and do nothing else.

Whoever learns asks again and again; who does not for some seconds is gone, and the lesson ends.
"""

from __future__ import annotations

import secrets
import sys
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import assert_never

from bridge.app.controller import Controller
from bridge.app.controllers import Controllers
from bridge.app.roles import Midi
from bridge.errors import Invalid, Refused, SongbridgeError
from bridge.messages import Effect, Look, MidiIn
from bridge.moment import Moment
from bridge.ports.midi_events import PortInfo, Wanted
from bridge.surface import matching
from bridge.surface.frame import Frame
from bridge.surface.guessing import counterpart
from bridge.web.teaching import Device, Heard, Reply, Teach, Told

LAPSE = 4.0
"""Seconds without a question after which whoever learnt is gone."""

POLL = 1.0
"""Seconds after which a question is answered though nothing was pressed."""

_MOST = 2000  # messages of one lesson that wait to be asked for; a fader sends hundreds a second
_POINTED = Look("#FFFFFF", 1.0, Effect.BLINK)
_SENT = (0x90, 0xB0)  # what may be sent to try a light
_PRESSURE = (0xA0, 0xD0)  # of keys and of a channel: no control, but what some pads send besides
_HERE = ("ready", "settling", "trouble")  # states of a device that can be heard

Send = Callable[[str, list[bytes]], bool]


@dataclass(slots=True)
class _Lesson:
    """One lesson: who asks, when it was last asked, what waits to be told."""

    id: str
    asked_at: float
    heard: deque[Heard] = field(default_factory=lambda: deque(maxlen=_MOST))
    count: int = 0
    waiting: tuple[int, Reply, float] | None = None
    strangers: dict[str, Wanted] = field(default_factory=dict)
    pointed: tuple[str, str] = ("", "")


class Teaching:
    """At most one lesson. The consumer thread calls everything here.

    ``controllers`` gives those of the moment: they change with the configuration. ``send`` sends
    messages to an opened device and tells whether it could.
    """

    def __init__(self, controllers: Callable[[], Controllers], midi: Midi, send: Send) -> None:
        self._controllers, self._midi, self._send = controllers, midi, send
        self._lesson: _Lesson | None = None
        self._frames: dict[str, tuple[Frame, Frame]] = {}

    def __bool__(self) -> bool:
        """Tell whether a lesson is on."""
        return self._lesson is not None

    @property
    def strangers(self) -> tuple[Wanted, ...]:
        """Devices without a profile, which are to be opened while the lesson lasts."""
        return () if self._lesson is None else tuple(self._lesson.strangers.values())

    def ask(self, request: Teach, moment: Moment, reply: Reply) -> None:
        """Do what `request` asks and answer; a ``hear`` may be answered later."""
        try:
            if request.do == "begin":
                return reply(self._begin(moment))
            lesson = self._own(request.lesson)
            lesson.asked_at = moment.mono
            self._done(lesson, request, moment, reply)
        except SongbridgeError as error:
            reply(error)

    def overhear(self, message: MidiIn) -> bool:
        """Take a message for the lesson; False: there is none, so it means what it always does."""
        lesson = self._lesson
        if lesson is None:
            return False
        heard = self._heard(lesson, message) if _is_of_control(message.data) else None
        if heard is not None:
            lesson.heard.append(heard)
            self._answer(lesson)
        return True

    def frame(self, key: str, frame: Frame) -> Frame:
        """Return a controller's picture, with the control that is being learnt blinking."""
        if self._lesson is None or self._lesson.pointed[0] != key:
            return frame
        before, made = self._frames.get(key, (None, frame))
        if before is not frame:  # the same picture stays the same object: nothing is sent then
            made = Frame({**frame.looks, self._lesson.pointed[1]: _POINTED}, frame.texts)
            self._frames[key] = (frame, made)
        return made

    def look(self, moment: Moment) -> None:
        """Answer who has waited long enough, end what nobody asks for, find what was plugged in."""
        lesson = self._lesson
        if lesson is None:
            return
        if lesson.waiting is not None and lesson.waiting[2] <= moment.mono:
            self._reply(lesson)
        if moment.mono - lesson.asked_at > LAPSE:
            self._end(lesson)
        else:
            self._listen(lesson)

    # --- requests ---------------------------------------------------------------------------------

    def _begin(self, moment: Moment) -> Told:
        if self._lesson is not None:
            raise Refused(
                "somebody is teaching a controller already; end that first, or wait some seconds"
            )
        lesson = self._lesson = _Lesson(secrets.token_hex(8), moment.mono)
        self._controllers().let_go()  # what is held now comes up in the lesson, unheard by layouts
        self._listen(lesson)
        return self._told(lesson)

    def _own(self, name: str) -> _Lesson:
        if self._lesson is None or not secrets.compare_digest(
            self._lesson.id.encode(), name.encode(errors="replace")
        ):
            raise Refused("this lesson has ended; begin anew with `songbridge learn`")
        return self._lesson

    def _done(self, lesson: _Lesson, request: Teach, moment: Moment, reply: Reply) -> None:
        match request.do:
            case "hear":
                self._hear(lesson, request.after, moment, reply)
                return
            case "show":
                self._point(lesson, request.key, request.control)
            case "send":
                self._try(lesson, request.key, request.messages)
            case "end":
                self._end(lesson)
            case "begin":
                raise AssertionError
            case _:
                assert_never(request.do)
        reply(self._told(lesson))

    def _hear(self, lesson: _Lesson, after: int, moment: Moment, reply: Reply) -> None:
        if lesson.waiting is not None:
            self._reply(lesson)
        lesson.waiting = (after, reply, moment.mono + POLL)
        while lesson.heard and lesson.heard[0].number <= after:
            lesson.heard.popleft()
        if lesson.heard:
            self._reply(lesson)

    def _point(self, lesson: _Lesson, key: str, control: str) -> None:
        """Let that control blink; none where the controller has no such, or not yet."""
        controller = self._of(key)
        known = controller is not None and control in controller.profile.controls
        lesson.pointed = (key, control) if known else ("", "")
        self._frames.clear()

    def _try(self, lesson: _Lesson, key: str, messages: list[str]) -> None:
        if key not in lesson.strangers:
            raise Refused("lights are tried on controllers without a profile only")
        made = [_message(text) for text in messages]
        if not self._send(key, made):
            raise Refused("this controller has no output that could be told anything")

    def _end(self, lesson: _Lesson) -> None:
        self._lesson = None
        self._frames.clear()
        if lesson.waiting is not None:
            self._reply(lesson)
        controllers = self._controllers()
        controllers.lesson = None
        self._midi.want(controllers.wanted)

    # --- listening --------------------------------------------------------------------------------

    def _listen(self, lesson: _Lesson) -> None:
        """Hear everything that known controllers send, and open those without a profile."""
        controllers = self._controllers()
        controllers.lesson = self
        for port in self._strange(controllers):
            key = f"unknown: {port.name}"
            if key not in lesson.strangers:
                lesson.strangers[key] = _stranger(key, port.name)
        self._midi.want(controllers.wanted)

    def _strange(self, controllers: Controllers) -> Iterable[PortInfo]:
        """Return the inputs that nobody knows: not opened, and no profile's."""
        for port in self._midi.ports():
            free = port.direction == "in" and not port.opened_by
            known = any(one.wanted.matches_in(port.name) for one in controllers.all)
            if free and not known and not matching.is_loop(port.name):
                yield port

    def _heard(self, lesson: _Lesson, message: MidiIn) -> Heard | None:
        """Return what a message says; None for our own light that came back."""
        lesson.count += 1
        number, text = lesson.count, message.data.hex()
        controller = self._of(message.port)
        if controller is None:
            return Heard(number, message.port, text)
        edge = controller.surface.decoder.feed(message.data)
        if edge is None:
            return Heard(number, message.port, text)
        if controller.surface.echo.is_ours(edge, message.data, message.at.mono):
            return None
        if edge.what == "up" and controller.profile.leds.resend_on_release:
            controller.painter.released(edge.control)
        return Heard(number, message.port, text, edge.control, edge.what)

    def _of(self, key: str) -> Controller | None:
        return next((one for one in self._controllers().all if one.key == key), None)

    # --- answers ----------------------------------------------------------------------------------

    def _answer(self, lesson: _Lesson) -> None:
        if lesson.waiting is not None:
            self._reply(lesson)

    def _reply(self, lesson: _Lesson) -> None:
        if lesson.waiting is not None:
            after, reply, _ = lesson.waiting
            lesson.waiting = None
            reply(self._told(lesson, after))

    def _told(self, lesson: _Lesson, after: int = 0) -> Told:
        heard = [one for one in lesson.heard if one.number > after]
        return Told(lesson.id, heard, [*self._known(), *self._unknown(lesson)])

    def _known(self) -> Iterable[Device]:
        states = self._midi.states()
        for one in self._controllers().all:
            state = states.get(one.key)
            if state is not None and state.state in _HERE:
                layout = one.surface.board.layout.id
                yield Device(one.key, state.name, "", one.profile.id, one.name, layout)

    def _unknown(self, lesson: _Lesson) -> Iterable[Device]:
        opened = {(p.opened_by, p.direction): p.name for p in self._midi.ports() if p.opened_by}
        for key in lesson.strangers:
            port = opened.get((key, "in"))
            if port is not None:
                on = matching.platform(sys.platform)
                out = opened.get((key, "out"), "")
                yield Device(key, matching.normalised(port, on), matching.normalised(out, on))


def _is_of_control(data: bytes) -> bool:
    """Tell whether a message may be that of a control."""
    return 0x80 <= data[0] < 0xF0 and data[0] & 0xF0 not in _PRESSURE  # noqa: PLR2004 - channel messages


def _stranger(key: str, name: str) -> Wanted:
    return Wanted(
        key,
        matches_in=lambda port: port == name,
        matches_out=lambda port: counterpart(name, port),
    )


def _message(text: str) -> bytes:
    """Return one message that may be sent to try a light. Raises `Invalid`."""
    try:
        data = bytes.fromhex(text)
    except ValueError:
        data = b""
    if len(data) != 3 or data[0] & 0xF0 not in _SENT or max(data[1:]) > 127:  # noqa: PLR2004 - status and two data bytes
        raise Invalid(f"found {text[:20]!r}; allowed: a note-on or a control change in hex")
    return data

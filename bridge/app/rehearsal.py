"""A recording played through the whole pipeline, on a clock of its own.

It is the session of the service, with its decoders, gestures, layouts, engine, DAW links and painters;
only what stands at its edges is other: a journal in memory, controllers that take every light at their
pace, and OSC that goes to whoever rehearses. Nothing reads a clock, so the same recording gives the
same result, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta, timezone
from functools import partial
from queue import Empty, SimpleQueue
from typing import TypeAlias

from bridge.app import rehearsal_materials, rehearsal_osc
from bridge.app.controllers import Controllers
from bridge.app.cueing import in_zone
from bridge.app.decoding import Decoding
from bridge.app.inbox import Asked, Incoming
from bridge.app.listeners import Listeners
from bridge.app.listening import Listening
from bridge.app.rehearsal_hands import Hands
from bridge.app.rehearsal_materials import HEAD, Materials
from bridge.app.rehearsal_midi import RehearsalMidi
from bridge.app.rehearsal_osc import RehearsalOsc
from bridge.app.session import Session
from bridge.app.tapping import Taps
from bridge.core.actions import Action, Request
from bridge.daw.links import Links
from bridge.errors import Invalid, InvalidFile
from bridge.files import recording_lines as lines
from bridge.files.config_controllers import LightsConfig
from bridge.files.config_listening import ListeningConfig
from bridge.files.recording import Recording
from bridge.files.recording_lines import Line
from bridge.files.toml_faults import found, unknown
from bridge.messages import MidiIn, Osc
from bridge.moment import Moment
from bridge.ports import osc_replies, osc_requests
from bridge.ports.midi_events import Repaint
from bridge.ports.osc_peers import LinkIn, OscIn, Peer, PeerGone
from bridge.ports.osc_subscribers import Subscribers
from bridge.web.requests import read_request
from bridge.web.role import Answer, Granted, Traffic

_BEGIN = 1000.0  # mono seconds at the head's instant; any will do that pacing has not yet begun at
_STEP = 0.001  # seconds between two looks at least, whatever is due
_AFTERWARDS = 2.0  # seconds that a recording without an end goes on: gestures and lights settle


_Do: TypeAlias = Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Cue:
    """One thing to do, ``at`` seconds after the head."""

    at: float
    do: _Do


class Rehearsal:
    """Plays `recording` once; ``hear`` is told all that comes in and goes out.

    The ``at`` of what it is told is in seconds since the head's instant. All of the recording is
    looked at before anything is played: raises InvalidFile or Invalid for what can't be.
    """

    def __init__(
        self, recording: Recording, materials: Materials, hear: Callable[[Traffic], None]
    ) -> None:
        self._recording, self._hear = recording, hear
        self._moment = Moment(_BEGIN, recording.head.wall)
        self._inbox: SimpleQueue[Incoming] = SimpleQueue()
        self._midi = RehearsalMidi(self._inbox.put, lambda: self._moment)
        self._taps = Taps(now=lambda: self._moment)
        self._taps.join(self._told)
        self._osc = RehearsalOsc(self._taps)
        lights = recording.head.lights
        controllers = Controllers(
            materials.controllers.values(), materials.profiles, materials.layouts, "linux",
            self._taps.light, lights=LightsConfig(lights.scroll, lights.sleep),
        )  # fmt: skip
        self._keys = dict(zip(materials.controllers, controllers.all, strict=True))
        self._up = materials.up
        self._hands = {key: Hands(one.profile) for key, one in self._keys.items()}
        self._session = self._made(controllers)
        self._taps.decoding = Decoding(lambda: self._session.controllers)
        self._cues = self._ready()

    def _made(self, controllers: Controllers) -> Session:
        recording, heard = self._recording, self._recording.head.listening
        try:
            peers = [rehearsal_osc.peer(text) for text in recording.head.listeners]
            links = Links(rehearsal_materials.daws(recording))
        except Invalid as error:
            raise recording.error(HEAD, str(error)) from None
        return Session(
            rehearsal_materials.kept(recording, self._moment),
            controllers,
            links,
            Listeners(Subscribers(peers), self._osc),
            midi=self._midi,
            osc=self._osc,
            taps=self._taps,
            listening=Listening(ListeningConfig(heard.takes, heard.plays_start)),
            local=in_zone(timezone(timedelta(seconds=recording.head.east))),
        )

    # --- playing ----------------------------------------------------------------------------------

    def play(self) -> None:
        """Play all of it, to its end."""
        for _ in self.steps():
            pass

    def steps(self) -> Iterator[float]:
        """Play all of it; yield after each thing that came in how many seconds have passed."""
        self._session.begin(self._moment)
        for key in self._keys:
            if key in self._up:
                self._midi.came(self._keys[key].key)
        self._run()
        last = 0.0
        yield last
        for cue in self._cues:
            last = max(last, cue.at)
            self._wait(_BEGIN + last)
            cue.do()
            self._run()
            yield last
        if not any(isinstance(line, lines.End) for _, line in self._recording.lines):
            last += _AFTERWARDS
            self._wait(_BEGIN + last)
        self._taps.lights_left(self._moment)
        yield last

    def _ready(self) -> list[_Cue]:
        """Return everything in the order of time; a press by name comes up by itself."""
        cues: list[_Cue] = []
        for number, line in self._recording.lines:
            cues.append(self._cue(number, line))
            if isinstance(line, lines.Press):
                up = lines.Up(line.at + line.seconds, line.press, line.controller)
                cues.append(self._cue(number, up))
        return sorted(cues, key=lambda cue: cue.at)

    def _cue(self, number: int, line: Line) -> _Cue:
        try:
            return _Cue(line.at, self._doing(line))
        except InvalidFile:
            raise
        except Invalid as error:
            raise self._recording.error(number, str(error)) from None

    def _wait(self, until: float) -> None:
        """Let time pass, waking whenever something is due."""
        while self._moment.mono < until:
            wakes = (self._session.wake(self._moment), self._midi.wake())
            due = min((at for at in wakes if at is not None), default=until)
            step = min(until, max(due, self._moment.mono + _STEP))
            self._moment = self._moment.later(step - self._moment.mono)
            self._run()

    def _run(self) -> None:
        """Do what the loop does until nothing is left to do at this instant."""
        session, moment = self._session, self._moment
        while True:
            try:
                message = self._inbox.get_nowait()
            except Empty:
                break
            session.handle(message, moment)
        session.settle(moment)
        session.advance(moment)
        session.rest(moment)
        self._midi.tick()

    def _told(self, traffic: Traffic) -> None:
        self._hear(replace(traffic, at=round(self._moment.mono - _BEGIN, 6)))

    # --- what came in -----------------------------------------------------------------------------

    def _doing(self, line: Line) -> _Do:
        """Return what brings in what `line` says. Raises Invalid for what nobody can do."""
        match line:
            case lines.Midi() | lines.Press() | lines.Down() | lines.Up() | lines.Turn():
                key = self._key(line.controller)
                data = self._bytes(key, line)
                return lambda: self._inbox.put(MidiIn(self._keys[key].key, data, self._moment))
            case lines.OscCame() | lines.DawSaid() | lines.Gone():
                return self._doing_osc(line)
            case lines.Typed(do=name, argument=argument):
                return partial(self._ask, Action(name, argument))
            case lines.AskCame(ask=body):
                return partial(self._ask, read_request(bytes(body))[0])
            case lines.Came() | lines.Went() | lines.Lost():
                return self._doing_port(line)
            case lines.ClockSet(clock=by):
                return partial(self._set_clock, by)
            case lines.LeftOut(left_out=count):
                return partial(self._tell, "fault", "recording", f"{count} things are missing here")
            case lines.End():
                return lambda: None

    def _set_clock(self, by: float) -> None:
        self._moment = Moment(self._moment.mono, self._moment.wall + by)

    def _bytes(
        self, key: str, line: lines.Midi | lines.Press | lines.Down | lines.Up | lines.Turn
    ) -> bytes:
        hands = self._hands[key]
        match line:
            case lines.Midi(midi=data):
                return bytes.fromhex(data)
            case lines.Press(press=name) | lines.Down(down=name):
                return hands.down(name)
            case lines.Up(up=name):
                return hands.up(name)
            case lines.Turn(turn=name, by=int(clicks)):
                return hands.turned(name, clicks)
            case lines.Turn(turn=name, to=to):
                return hands.moved(name, to or 0.0)

    def _doing_port(self, line: lines.Came | lines.Went | lines.Lost) -> _Do:
        match line:
            case lines.Came(came=key, out=out):
                return partial(self._midi.came, self._keys[self._key(key)].key, out=out)
            case lines.Went(went=key, why=why):
                return partial(self._midi.went, self._keys[self._key(key)].key, why)
            case lines.Lost(lost=key, why=why):
                lost = self._keys[self._key(key)].key
                return lambda: self._inbox.put(Repaint(lost, self._moment, why))

    def _doing_osc(self, line: lines.OscCame | lines.DawSaid | lines.Gone) -> _Do:
        match line:
            case lines.Gone(gone=peer):
                return partial(self._inbox.put, PeerGone(rehearsal_osc.peer(peer)))
            case lines.DawSaid(daw=key, osc=address, args=args):
                said = Osc(address, rehearsal_osc.arguments(args))
                return lambda: self._inbox.put(LinkIn(key, said, self._moment))
            case lines.OscCame(osc=address, args=args, sender=sender):
                message = Osc(address, rehearsal_osc.arguments(args))
                return partial(self._request, message, rehearsal_osc.peer(sender))

    def _request(self, message: Osc, peer: Peer) -> None:
        """Read a request as the OSC ports do, and answer what is none."""
        reading = osc_requests.request(message)
        if isinstance(reading, osc_requests.BadRequest):
            self._osc.reply(peer, osc_replies.error(message.address, reading.reason))
        elif reading is not None:
            self._inbox.put(OscIn(peer, reading, message.address, self._moment))

    def _ask(self, request: Request) -> None:
        def answered(answer: Answer) -> None:
            if not isinstance(answer, Granted):
                self._tell("fault", "cli", f"refused: {answer}")

        self._inbox.put(Asked(request, "cli", answered))

    def _tell(self, channel: str, who: str, text: str) -> None:
        self._told(Traffic(0.0, "out", channel, who, text))

    def _key(self, written: str) -> str:
        key = written or next(iter(self._keys), "")
        if key not in self._keys:
            keys = list(self._keys)
            raise Invalid(f"found the controller {found(key)}; {unknown(key, keys)}")
        return key

"""What `monitor` hears: everything that comes in and goes out, in words. Costs nothing unheard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock

from bridge import moment as clock
from bridge.app.decoding import Decoding, Said, asked
from bridge.app.inbox import AnswerIn
from bridge.app.tapped_lights import Pictures
from bridge.core.events import Entry
from bridge.core.model import Studio
from bridge.core.react import event
from bridge.core.status import Json
from bridge.daw.midi_ear import HEARD, tells
from bridge.daw.reaper_script import told
from bridge.errors import SongbridgeError
from bridge.messages import HttpAsk, MidiIn, MidiOut, Osc, ToDaw
from bridge.moment import Moment
from bridge.ports.midi_events import MidiState, PortDown, PortUp, Repaint
from bridge.ports.midi_words import words
from bridge.ports.osc_peers import LinkIn, OscIn, Peer
from bridge.ports.osc_wire import decode
from bridge.surface.surface import Ask
from bridge.web.role import Traffic

Hear = Callable[[Traffic], None]
Tape = Callable[[object, Moment], None]
"""What is given each message that comes in, as it is (`bridge.app.inbox.Incoming`)."""

_TOLD = 200  # characters of an answer over HTTP


class Taps:
    """Everybody who listens. Any thread may join and leave; true while somebody listens."""

    def __init__(self, now: Callable[[], Moment] = clock.now) -> None:
        self._now = now
        self._ears: tuple[Hear, ...] = ()
        self._lock = Lock()
        self._others = 0
        self._faults: tuple[str, ...] = ()
        self.tapes: tuple[Tape, ...] = ()
        self.decoding: Decoding | None = None
        self._pictures = Pictures()

    def __bool__(self) -> bool:
        """Tell whether anybody listens; nothing needs to be put in words otherwise."""
        return bool(self._ears)

    def curious(self) -> bool:
        """Tell whether anybody listens or records. Any thread; asked of messages nobody knows."""
        return bool(self._ears or self.tapes)

    def join(self, hear: Hear) -> Callable[[], None]:
        """Let `hear` be told of all traffic from now on; return what ends that."""
        with self._lock:
            if not self._ears and self.decoding is not None:
                self.decoding.begin()
            self._ears = (*self._ears, hear)

        def leave() -> None:
            with self._lock:
                self._ears = tuple(ear for ear in self._ears if ear is not hear)

        return leave

    def record(self, tape: Tape) -> Callable[[], None]:
        """Let `tape` be given all that comes in from now on; return what ends that."""
        with self._lock:
            self.tapes = (*self.tapes, tape)

        def leave() -> None:
            with self._lock:
                self.tapes = tuple(one for one in self.tapes if one is not tape)

        return leave

    def came_in(self, message: object, moment: Moment) -> None:
        """Give a message to whoever records, before it is handled."""
        for tape in self.tapes:
            tape(message, moment)

    def midi_in(self, message: MidiIn, asks: Sequence[Ask] = ()) -> None:
        """Tell of a MIDI message that came in, and of what it asks for."""
        key, data, at = message.port, message.data, message.at.wall
        if self.decoding is None:
            self._tell(Traffic(at, "in", "midi", key, words(data), data.hex(" ")))
        else:
            said = self.decoding.heard(key, data, asks)
            self._tell(Traffic(at, "in", "midi", key, said.text, data.hex(" "), said.more))
        for ask in asks:
            self._stayed(key, ask, message.at)

    def decided(self, key: str, ask: Ask, moment: Moment) -> None:
        """Tell of a press that time alone made a gesture, a hold for example."""
        if self._ears and self.decoding:
            if asked(ask):
                said = self.decoding.decided(ask)
                self._tell(Traffic(moment.wall, "in", "midi", key, said.text, more=said.more))
            self._stayed(key, ask, moment)

    def _stayed(self, key: str, ask: Ask, moment: Moment) -> None:
        """Tell of what the controller itself refused: nobody else was asked."""
        if ask.refused:
            self.refused(key, ask, ask.refused, moment)

    def light(
        self,
        key: str,
        messages: Sequence[bytes],
        wake: Callable[[], float | None],
        moment: Moment,
    ) -> None:
        """Tell of what went to a controller's lights, a picture at a time; on that output's thread.

        ``wake`` says when the device is sent more.
        """
        if self._ears:
            told = self._pictures.take(key, messages, wake(), moment.mono)
            self._lights(key, told, moment)
        elif self._pictures.keys:
            self._pictures.clear()

    def lights_left(self, moment: Moment) -> None:
        """Tell of lights whose picture was not whole when time ended."""
        for key in self._pictures.keys:
            self._lights(key, self._pictures.rest(key), moment)

    def _lights(self, key: str, messages: Sequence[bytes], moment: Moment) -> None:
        if not messages:
            return
        data = " ".join(message.hex(" ") for message in messages)
        said = self.decoding.sent(key, messages) if self.decoding else Said("")
        self._tell(Traffic(moment.wall, "out", "light", key, said.text, data, said.more))

    def osc_in(self, message: OscIn) -> None:
        """Tell of an OSC request that came in."""
        argument = getattr(message.request, "argument", None)
        if argument is None:
            argument = getattr(message.request, "port", None)
        text = message.address if argument is None else f"{message.address} {argument!r}"
        self._tell(Traffic(message.at.wall, "in", "osc", str(message.peer), text))

    def osc_idle(self, peer: Peer, text: str, at: Moment) -> None:
        """Tell of a message to one of our addresses that asks for nothing, or for what isn't there."""
        self._tell(Traffic(at.wall, "in", "osc", str(peer), text))

    def osc_out(self, peer: Peer, message: Osc) -> None:
        """Tell of an answer that went out."""
        self._tell(Traffic(self._now().wall, "out", "osc", str(peer), _words(message)))

    def feedback(self, peer: Peer, data: bytes) -> None:
        """Tell of a packet that went to a subscriber."""
        self.osc_out(peer, decode(data))

    def link_in(self, message: LinkIn) -> None:
        """Tell of what a DAW says."""
        if self._ears:
            more: dict[str, Json] = {"beat": True} if _is_beat(message.message) else {}
            at, (text, data) = message.at.wall, _said(message.message)
            self._tell(Traffic(at, "in", "cue", message.key, text, data, more))

    def answer_in(self, message: AnswerIn, moment: Moment) -> None:
        """Tell of an answer over HTTP that is more than "here I am"; its text is a stranger's."""
        answer = message.answer
        if self._ears and (answer.failure or "songbridge" in answer.text):
            text = answer.failure or " ".join(answer.text[:_TOLD].split())
            self._tell(Traffic(moment.wall, "in", "cue", message.key, text))

    def others(self, count: int, moment: Moment) -> None:
        """Tell how many OSC messages for somebody else came since the last call; `count` is of all."""
        came, self._others = count - self._others, count
        if came and self._ears:
            text = f"{came} message{'s' if came > 1 else ''} for somebody else"
            more: dict[str, Json] = {"foreign": came}
            self._tell(Traffic(moment.wall, "in", "osc", "others", text, more=more))

    def cue(self, key: str, message: ToDaw) -> None:
        """Tell of a cue that went to a DAW."""
        at = self._now().wall
        if isinstance(message, MidiOut):
            data = message.data
            self._tell(Traffic(at, "out", "cue", key, words(data), data.hex(" ")))
        elif isinstance(message, HttpAsk):
            if not message.look:  # there is one each second
                self._tell(Traffic(at, "out", "cue", key, told(message.path), message.path))
        else:
            self._tell(Traffic(at, "out", "cue", key, _words(message)))

    def dropped(self, key: str, count: int, what: str, moment: Moment) -> None:
        """Tell of cues that a DAW was never told."""
        if self._ears:
            more: dict[str, Json] = {"dropped": count}
            self._tell(Traffic(moment.wall, "out", "cue", key, what, more=more))

    def fact(self, entry: Entry, studio: Studio) -> None:
        """Tell of a fact that the journal holds."""
        news = event(entry, studio)
        if news is not None:
            text = f"{news.name} {news.title}".rstrip()
            self._tell(
                Traffic(entry.at, "out", "fact", entry.source, text, more={"seq": entry.seq})
            )

    def refused(self, key: str, ask: Ask, why: SongbridgeError | str, moment: Moment) -> None:
        """Tell of a press of that moment that was refused."""
        if self._ears:
            more: dict[str, Json] = {
                "control": ask.control,
                "asks": asked(ask),
                "refused": str(why),
            }
            text = f"{ask.control} refused: {why}"
            self._tell(Traffic(moment.wall, "out", "midi", key, text, more=more))

    def faults(self, faults: tuple[str, ...], moment: Moment) -> None:
        """Tell what has gone wrong or is well again since the last call; '' stands for nothing."""
        if faults == self._faults or not self._ears:
            return
        before, self._faults = self._faults, faults
        for fault in faults:
            if fault and fault not in before:
                self._tell(Traffic(moment.wall, "out", "fault", "songbridge", fault))
        if any(before) and not any(faults):
            self._tell(Traffic(moment.wall, "out", "fault", "songbridge", "all is well again"))

    def repaint(self, event: Repaint, moment: Moment) -> None:
        """Tell why a controller is painted from nothing though it was there."""
        if self._ears:
            if self.decoding is not None:
                self.decoding.painted_anew(event.key)
            text = f"painted anew: {event.why or 'lights may be missing'}"
            self._tell(Traffic(moment.wall, "in", "port", event.key, text))

    def port(self, happening: PortUp | PortDown | MidiState, moment: Moment) -> None:
        """Tell of a device that came or went."""
        if not self._ears:
            return
        match happening:
            case PortUp(key=key, input=name, output=output):
                only = "" if output else "; heard only, no output is there"
                self._tell(Traffic(moment.wall, "in", "port", key, f"plugged in: {name}{only}"))
                self._entered(happening)
            case PortDown(key=key, reason=reason):
                self._lights(key, self._pictures.rest(key), moment)
                self._tell(Traffic(moment.wall, "in", "port", key, f"gone: {reason}"))
            case MidiState(api=api, state=state, reason=reason):
                text = f"MIDI {state} {reason}".rstrip()
                self._tell(Traffic(moment.wall, "in", "port", api, text))

    def _entered(self, event: PortUp) -> None:
        """Tell of what a controller was sent to enter its session, before it was said to be here."""
        messages = self.decoding.entered(event) if self.decoding else ()
        if messages:
            data = " ".join(message.hex(" ") for message in messages)
            text = "session entered"
            self._tell(Traffic(self._now().wall, "out", "light", event.key, text, data))

    def _tell(self, traffic: Traffic) -> None:
        for hear in self._ears:
            hear(traffic)


def _is_beat(message: Osc) -> bool:
    """Tell whether a DAW says nothing with this but that it is there, over and over."""
    match message:
        case Osc("/heartbeat"):
            return True
        case Osc(address, (bytes(data),)) if address == HEARD:
            return not tells(data)
        case _:
            return False


def _said(message: Osc) -> tuple[str, str]:
    """Return a DAW's message in words, and its bytes where it came by MIDI."""
    match message:
        case Osc(address=address, args=(bytes(data),)) if address == HEARD:
            return words(data), data.hex(" ")
        case _:
            return _words(message), ""


def _words(message: Osc) -> str:
    return " ".join([message.address, *map(repr, message.args)])

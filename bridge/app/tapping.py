"""What `monitor` hears: everything that comes in and goes out, in words. Costs nothing unheard."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from bridge import moment as clock
from bridge.core.events import Entry
from bridge.core.model import Studio
from bridge.core.react import event
from bridge.core.status import Json
from bridge.errors import SongbridgeError
from bridge.messages import MidiIn, Osc
from bridge.moment import Moment
from bridge.ports.midi_events import MidiState, PortDown, PortUp
from bridge.ports.osc_peers import OscIn, Peer
from bridge.surface.surface import Ask
from bridge.web.role import Traffic

Hear = Callable[[Traffic], None]


class Taps:
    """Everybody who listens. Any thread may join and leave; true while somebody listens."""

    def __init__(
        self,
        describe: Callable[[str, bytes], str] = lambda _key, data: data.hex(" "),
        now: Callable[[], Moment] = clock.now,
    ) -> None:
        self._now = now
        self._ears: tuple[Hear, ...] = ()
        self._lock = Lock()
        self._others = 0
        self.describe = describe

    def __bool__(self) -> bool:
        """Tell whether anybody listens; nothing needs to be put in words otherwise."""
        return bool(self._ears)

    def join(self, hear: Hear) -> Callable[[], None]:
        """Let `hear` be told of all traffic from now on; return what ends that."""
        with self._lock:
            self._ears = (*self._ears, hear)

        def leave() -> None:
            with self._lock:
                self._ears = tuple(ear for ear in self._ears if ear is not hear)

        return leave

    def midi_in(self, message: MidiIn) -> None:
        """Tell of a MIDI message that came in."""
        text = self.describe(message.port, message.data)
        self._tell(
            Traffic(message.at.wall, "in", "midi", message.port, text, message.data.hex(" "))
        )

    def light(self, key: str, data: bytes) -> None:
        """Tell of bytes that went to a controller's lights; on that output's thread."""
        if self._ears:
            self._tell(Traffic(self._now().wall, "out", "light", key, "", data.hex(" ")))

    def osc_in(self, message: OscIn) -> None:
        """Tell of an OSC request that came in."""
        argument = getattr(message.request, "argument", None)
        text = message.address if argument is None else f"{message.address} {argument!r}"
        self._tell(Traffic(message.at.wall, "in", "osc", str(message.peer), text))

    def osc_idle(self, peer: Peer, text: str, at: Moment) -> None:
        """Tell of a message to one of our addresses that asks for nothing, or for what isn't there."""
        self._tell(Traffic(at.wall, "in", "osc", str(peer), text))

    def osc_out(self, peer: Peer, message: Osc) -> None:
        """Tell of an answer that went out."""
        self._tell(Traffic(self._now().wall, "out", "osc", str(peer), _words(message)))

    def others(self, count: int, moment: Moment) -> None:
        """Tell how many OSC messages for somebody else came since the last call; `count` is of all."""
        came, self._others = count - self._others, count
        if came and self._ears:
            text = f"{came} message{'s' if came > 1 else ''} for somebody else"
            more: dict[str, Json] = {"foreign": came}
            self._tell(Traffic(moment.wall, "in", "osc", "others", text, more=more))

    def cue(self, key: str, message: Osc) -> None:
        """Tell of a cue that went to a DAW."""
        self._tell(Traffic(self._now().wall, "out", "cue", key, _words(message)))

    def fact(self, entry: Entry, studio: Studio) -> None:
        """Tell of a fact that the journal holds."""
        news = event(entry, studio)
        if news is not None:
            text = f"{news.name} {news.title}".rstrip()
            self._tell(
                Traffic(entry.at, "out", "fact", entry.source, text, more={"seq": entry.seq})
            )

    def refused(self, key: str, ask: Ask, why: SongbridgeError) -> None:
        """Tell of a press that was refused."""
        if self._ears:
            now = self._now().wall
            self._tell(Traffic(now, "out", "light", key, f"{ask.control} refused: {why}"))

    def port(self, happening: PortUp | PortDown | MidiState, moment: Moment) -> None:
        """Tell of a device that came or went."""
        if not self._ears:
            return
        match happening:
            case PortUp(key=key, input=name):
                self._tell(Traffic(moment.wall, "in", "midi", key, f"plugged in: {name}"))
            case PortDown(key=key, reason=reason):
                self._tell(Traffic(moment.wall, "in", "midi", key, f"gone: {reason}"))
            case MidiState(api=api, state=state, reason=reason):
                self._tell(
                    Traffic(moment.wall, "in", "midi", api, f"MIDI {state} {reason}".rstrip())
                )

    def _tell(self, traffic: Traffic) -> None:
        for hear in self._ears:
            hear(traffic)


def _words(message: Osc) -> str:
    return " ".join([message.address, *map(repr, message.args)])

"""What a recording holds: all that comes in, and at its head all that the result hangs on.

No token, no address of this machine's files and no name of its folders gets into it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from bridge import __version__
from bridge.app.cueing import east
from bridge.app.inbox import Asked, Do, Incoming
from bridge.app.session import Session
from bridge.core import clock
from bridge.core.actions import Action
from bridge.files import recording_lines as lines
from bridge.files.home import Home
from bridge.files.recording_lines import Arg, Head, Line, text_of
from bridge.messages import MidiIn, OscArg
from bridge.moment import Moment
from bridge.ports.midi_events import PortDown, PortUp, Repaint
from bridge.ports.osc_peers import LinkIn, OscIn, Peer, PeerGone
from bridge.ports.osc_requests import Subscribe, Unsubscribe
from bridge.store.codec import encode_snapshot
from bridge.surface.surface import Surface
from bridge.web.requests import write_request
from bridge.web.role import Traffic

Write: TypeAlias = Callable[[str, Moment], None]
"""Takes the text of one line, made at that moment; neither blocks nor raises."""


def head_of(session: Session, home: Home | None, moment: Moment) -> Head:
    """Return the head of a recording that begins at `moment`; on the session's thread.

    Of controllers it has those that are there or missed; another says what it is when it comes, but
    the text of the user's own profile and layouts for it is here already.
    """
    seq, at, version, body, _crc = encode_snapshot(session.engine.snapshot(moment.wall))
    may_come = session.controllers.all
    controllers = tuple(
        lines.Controller(c.profile.id, c.surface.layout, _ring(c.surface), c.key, c.up)
        for c in may_come
        if c.up or c.missed
    )
    lights, heard = session.controllers.lights, session.listening.config
    return Head(
        recording=lines.SCHEMA,
        songbridge=__version__,
        wall=moment.wall,
        east=east(session.local, moment.wall),
        controllers=controllers,
        settings=session.engine.settings,
        lights=lines.Lights(lights.scroll, lights.sleep),
        listening=lines.Listening(heard.takes, heard.plays_start),
        daws=tuple(
            lines.Daw(one.kind, key, one.listen_port != 0)
            for key, one in session.links.settings.items()
        ),
        listeners=tuple(map(peer_words, session.listeners.targets)),
        profiles=_own(home.controllers if home else None, {c.profile.id for c in may_come}),
        layouts=_own(
            home.layouts if home else None, {one for c in may_come for one in c.surface.ring}
        ),
        state=lines.state(version, seq, at, body),
    )


def _ring(surface: Surface) -> tuple[str, ...]:
    """Return the layouts of a controller in turn, from the one that is shown."""
    ring = surface.ring
    at = ring.index(surface.layout) if surface.layout in ring else 0
    return (*ring[at:], *ring[:at])


def _own(folder: Path | None, ids: set[str]) -> dict[str, str]:
    """Return the text of the user's own files among `ids`."""
    texts: dict[str, str] = {}
    if folder is None:
        return texts
    for name in sorted(ids):
        file = folder / f"{name}.toml"
        try:
            texts[name] = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue  # a shipped one
    return texts


class Recorder:
    """Makes a line of each message that comes in and writes it. Thread: the session's."""

    def __init__(self, write: Write, began: Moment, session: Session) -> None:
        self._write, self._began, self._session = write, began, session
        self._known = {c.key for c in session.controllers.all if c.up or c.missed}
        self._offset = began.wall - began.mono

    def __call__(self, message: object, moment: Moment) -> None:
        """Write `message`; what has no bearing on the result is passed over."""
        stamp = getattr(message, "at", moment)
        at = max(0.0, round(stamp.mono - self._began.mono, 6))
        drift = moment.wall - moment.mono - self._offset
        if abs(drift) > clock.STEP:
            self._offset += drift
            self._write(text_of(lines.ClockSet(at, drift)), moment)
        line = self._line(message, at)
        if line is not None:
            self._write(text_of(line), moment)

    def _line(self, message: object, at: float) -> Line | None:
        """Return a message's line; a controller that came up since the head says what it is.

        What goes to a lesson has no line: it does nothing.
        """
        if isinstance(message, MidiIn | PortUp | PortDown) and self._is_taught(message):
            return None
        if isinstance(message, PortUp) and message.key not in self._known:
            controller = self._session.controllers[message.key]
            surface, out = controller.surface, bool(message.output)
            self._known.add(message.key)
            return lines.Came(
                at, message.key, out, controller.profile.id, surface.layout, _ring(surface)
            )
        return line_of(message, at)

    def _is_taught(self, message: MidiIn | PortUp | PortDown) -> bool:
        """Tell whether a message is a lesson's alone: a press in it, or a device without a profile."""
        controllers = self._session.controllers
        if isinstance(message, MidiIn):
            return controllers.lesson is not None or message.port not in controllers
        return message.key not in controllers


def line_of(message: object, at: float) -> Line | None:
    """Return the line of a message that came in `at` seconds after the beginning."""
    match message:
        case MidiIn(port=key, data=data):
            return lines.Midi(at, data.hex(" ").upper(), key)
        case OscIn():
            return lines.OscCame(at, message.address, _args(message), peer_words(message.peer))
        case LinkIn(key=key, message=osc):
            return lines.DawSaid(at, key, osc.address, tuple(map(_arg, osc.args)))
        case Asked(request=request):
            return lines.ask(at, write_request(request, "cli"))
        case PortUp(key=key, output=output):
            return lines.Came(at, key, out=bool(output))
        case PortDown(key=key, reason=reason):
            return lines.Went(at, key, reason)
        case Repaint(key=key, why=why):
            return lines.Lost(at, key, why)
        case PeerGone(peer=peer):
            return lines.Gone(at, peer_words(peer))
        case _:
            return None


def peer_words(peer: Peer) -> str:
    """Return a peer as a recording names it: ``udp 127.0.0.1:9000``, ``tcp-3 [::1]:50000``."""
    kind = f"tcp-{peer.connection}" if peer.kind == "tcp" else "udp"
    return f"{kind} {peer}"


def _args(message: OscIn) -> tuple[Arg, ...]:
    """Return the argument again that the request was read from."""
    match message.request:
        case Action(argument=None):
            return ()
        case Action(argument=argument):
            return (argument,)
        case Subscribe(port=int(port)) | Unsubscribe(port=int(port)):
            return (port,)
        case _:
            return ()


def _arg(arg: OscArg) -> Arg:
    return {"blob": arg.hex(" ")} if isinstance(arg, bytes) else arg


def record(
    session: Session,
    put: Callable[[Incoming], None],
    home: Home | None,
    hear: Callable[[Traffic], None],
) -> Callable[[], None]:
    """Let `hear` be told of a recording's lines and of all traffic, from a moment of now on.

    Any thread; returns what ends that. The head is made between two messages, so that nothing is
    missing from it or told twice.
    """
    ends: list[Callable[[], None]] = []
    ended: list[bool] = []

    def write(line: str, moment: Moment) -> None:
        hear(Traffic(moment.wall, "in", "tape", "", "", more={"line": line}))

    def begin(moment: Moment) -> None:
        if not ended:
            write(text_of(head_of(session, home, moment)), moment)
            ends.append(session.taps.record(Recorder(write, moment, session)))
            ends.append(session.taps.join(hear))

    def close(_moment: Moment) -> None:
        for end in ends:
            end()

    def leave() -> None:
        ended.append(True)
        put(Do(close))

    put(Do(begin))
    return leave

"""The demo's studio: the service's own parts in a folder that will be gone, driven by one thread.

Journal, session, OSC ports, profile, layout and LED driver are those of `songbridge up`; only the
MIDI cable is one in memory, with the device of `demo_pads` at its end, and time is an argument.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Literal, TypeAlias

from bridge.app.demo_daws import Ear, Reaper, in_words
from bridge.app.demo_pads import Lit, Pads
from bridge.app.demo_words import summary as in_lights
from bridge.app.inbox import Asked, Incoming
from bridge.app.osc_out import PortsOut
from bridge.app.session import Session
from bridge.core import durations
from bridge.core.actions import Request
from bridge.core.view import View
from bridge.messages import Osc, ToDaw
from bridge.moment import Moment
from bridge.ports.midi_memory import MidiMemory
from bridge.ports.osc_peers import LinkIn, Peer
from bridge.ports.osc_sockets import Address
from bridge.web.role import Answer, Traffic

PROFILE = "novation-launchpad-mini-mk3"
PORT = "Launchpad on the screen"

_EXACT = 1e-3  # seconds that a float may be short of the whole second it stands for

Kind: TypeAlias = Literal[
    "press", "fact", "no", "osc", "reaper", "marker", "lights", "in", "reply", "answer", "cable"
]
"""What a piece of news is about.

``press`` bytes of a hand; ``fact`` what the journal holds by now; ``no`` a refusal; ``osc`` and
``reaper`` a datagram that arrived there; ``marker`` one that REAPER named; ``lights`` what changed
on the device; ``in`` a stranger's message, ``reply`` what was answered, ``answer`` what arrived;
``cable`` what became of the device.
"""


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened, in words, at the wall instant `at`."""

    at: float
    kind: Kind
    text: str


class Stage:
    """The running studio. One thread owns it; only ``put`` may be called from others."""

    def __init__(self, now: Callable[[], Moment]) -> None:
        self.now = now
        self.news: list[News] = []
        self.inbox: SimpleQueue[Incoming] = SimpleQueue()
        self.came: Counter[str] = Counter()
        self.session: Session
        self.midi: MidiMemory
        self.pads: Pads
        self.out: LoggedOut
        self.plain: Ear
        self.reaper: Reaper
        self.answer_to: Address
        self.osc: Address
        self._shown: dict[str, Lit] = {}
        self._held: list[tuple[float, str]] = []

    def put(self, message: Incoming) -> None:
        """Take a message into the inbox."""
        self.inbox.put(message)

    @property
    def view(self) -> View:
        """The studio now."""
        return self.session.engine.view(self.now())

    # --- what hands do ----------------------------------------------------------------------------

    def press(self, control: str, held: float = 0.0) -> None:
        """Press a control, and let it go after `held` seconds of the stage's time."""
        self._touch(control, down=True)
        if held:
            self._held.append((self.now().mono + held, control))
        else:
            self._touch(control, down=False)

    def down(self, control: str) -> None:
        """Put a finger on a control."""
        self._touch(control, down=True)

    def up(self, control: str) -> None:
        """Take it off again."""
        self._touch(control, down=False)

    def ask(self, request: Request) -> Answer:
        """Ask what the command line asks; return the answer."""
        answers: list[Answer] = []
        self.put(Asked(request, "cli", answers.append))
        while not answers:
            self.turn()
        return answers[0]

    def _touch(self, control: str, *, down: bool, late: bool = False) -> None:
        data = self.pads.touch(control, down=down)
        if down or late:
            let_go = ", let go" if late else ""
            self.tell("press", f"{control}  {data.hex(' ').upper()}{let_go}")
        self.midi.arrive(PORT, data)

    def _let_go(self, moment: Moment) -> None:
        due = [held for held in self._held if held[0] <= moment.mono]
        self._held = [held for held in self._held if held[0] > moment.mono]
        for _, control in due:
            self._touch(control, down=False, late=True)

    # --- what the studio does ---------------------------------------------------------------------

    def turn(self) -> None:
        """Do everything that is to be done at this instant, as the service's loop would."""
        self._let_go(self.now())
        with contextlib.suppress(Empty):
            while True:
                self._handle(self.inbox.get_nowait())
        moment = self.now()
        self.session.settle(moment)
        self.session.advance(moment)
        self.session.rest(moment)
        self.midi.tick()
        self.listen()
        self._look(moment)

    def wake(self) -> float | None:
        """Return the mono instant at which something happens by itself, None for never."""
        moment = self.now()
        hands = [until for until, _ in self._held]
        wakes = [self.session.wake(moment), self.midi.wake(), *hands]
        return min((at for at in wakes if at is not None), default=None)

    def listen(self, patience: float = 0.0) -> None:
        """Let both programs take what arrived, waiting up to `patience` seconds of life."""
        for message in self.plain.take(patience if self._owed(self.plain, "osc") else 0.0):
            self.tell("osc", in_words(message))
        waits = patience if self._owed(self.reaper.ear, "reaper") else 0.0
        for message in self.reaper.take(self.now().mono, self.answer_to, waits):
            self.tell("reaper", in_words(message))
            if message.address == "/lastmarker/name":
                self._marker()

    def quiet(self, patience: float = 2.0) -> None:
        """Do everything that is to be done at this instant, datagrams on their way included.

        None of them may take longer than `patience` seconds of life.
        """
        self.turn()
        while self._on_its_way():
            before = self._progress()
            self.listen(patience)
            if self.came["reaper"] < self.reaper.answers:
                self.wait_for_one(patience)
            if self._progress() == before:
                return
            self.turn()

    def wait_for_one(self, patience: float) -> None:
        """Take the next message out of the inbox, waiting for it up to `patience` seconds of life."""
        with contextlib.suppress(Empty):
            self._handle(self.inbox.get(timeout=patience))

    def _on_its_way(self) -> bool:
        if self._owed(self.plain, "osc") or self._owed(self.reaper.ear, "reaper"):
            return True
        return self.came["reaper"] < self.reaper.answers

    def _progress(self) -> tuple[int, int, int]:
        return self.plain.heard, self.reaper.ear.heard, self.came["reaper"]

    def _owed(self, ear: Ear, key: str) -> bool:
        return ear.heard < self.out.sent[key]

    def _marker(self) -> None:
        last = self.reaper.markers[-1]
        self.tell(
            "marker", f"{last.number} at {durations.clock(int(last.at + _EXACT))}  {last.name}"
        )

    def _handle(self, message: Incoming) -> None:
        if isinstance(message, LinkIn):
            self.came[message.key] += 1
        self.session.handle(message, self.now())

    # --- what happened ----------------------------------------------------------------------------

    def tell(self, kind: Kind, text: str) -> None:
        """Write down what happened now."""
        self.news.append(News(self.now().wall, kind, text))

    def hear(self, traffic: Traffic) -> None:
        """Take from the service's own taps what is told nowhere else."""
        if traffic.channel == "fact":
            self.news.append(News(traffic.at, "fact", traffic.text))
        elif traffic.channel == "osc":
            self.tell("in", f"{traffic.text}")
        elif "refused" in traffic.more:
            self.tell("no", traffic.text.replace(" refused: ", ": ", 1))

    def _look(self, moment: Moment) -> None:
        text = in_lights(self._shown, self.pads.lights)
        if text:
            self._shown = dict(self.pads.lights)
            self.news.append(News(moment.wall, "lights", text))


class LoggedOut:
    """`bridge.app.roles.OscOut` on real sockets that counts cues and tells the stage of answers."""

    def __init__(self, ports: PortsOut, tell: Callable[[Kind, str], None]) -> None:
        self._ports, self._tell = ports, tell
        self.sent: Counter[str] = Counter()
        self.feedback = 0
        self.link_fault, self.nobody_at = ports.link_fault, ports.nobody_at
        self.closed, self.counts = ports.closed, ports.counts

    def send(self, peer: Peer, data: bytes) -> None:
        """Send feedback."""
        self.feedback += 1
        self._ports.send(peer, data)

    def reply(self, peer: Peer, message: Osc) -> None:
        """Answer a peer."""
        self._tell("reply", in_words(message))
        self._ports.reply(peer, message)

    def cue(self, key: str, message: ToDaw) -> bool:
        """Send a cue."""
        self.sent[key] += 1
        return self._ports.cue(key, message)

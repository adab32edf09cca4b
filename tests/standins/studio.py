"""The whole service in memory: real parts from bytes to bytes, on a simulated clock.

What a press causes is written to ``log`` in the order in which it left: facts, cues, answers,
feedback and lights.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from queue import Empty, SimpleQueue

from bridge.app.controllers import Controllers
from bridge.app.delivery import Originals
from bridge.app.inbox import Asked, Incoming
from bridge.app.keeping import Keeping
from bridge.app.listeners import Listeners
from bridge.app.listening import Listening
from bridge.app.session import Session
from bridge.app.tapping import Taps
from bridge.core.actions import Action, Argument, ImportSong, Request, SongDraft
from bridge.core.model import Studio as Bench
from bridge.core.settings import Settings
from bridge.core.view import View
from bridge.daw.links import Links
from bridge.daw.table import TARGETS, Kind
from bridge.daw.target import DawSettings
from bridge.files.config_controllers import ControllerConfig, LightsConfig
from bridge.files.config_listening import ListeningConfig
from bridge.files.layouts import load_layouts
from bridge.files.profiles import load_profiles
from bridge.messages import HttpAsk, MidiOut, Osc, ToDaw
from bridge.moment import Moment
from bridge.ports.midi_memory import Device, MidiMemory
from bridge.ports.osc_peers import LinkIn, OscIn, Peer
from bridge.ports.osc_subscribers import Subscribers
from bridge.ports.osc_wire import decode
from bridge.store.journal import Journal
from bridge.store.memory import MemoryJournal
from bridge.web.role import Answer
from tests.standins.desk import START

PLAIN = LightsConfig(scroll=False, sleep=0.0)
"""Lights that nothing runs over, and that never go out."""

LISTENING = ListeningConfig()

PEER = Peer("udp", "127.0.0.1", 50000)


class OscLog:
    """`bridge.app.roles.OscOut` that writes down what went where."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Osc]] = []
        self.midi: list[tuple[str, bytes]] = []
        self.asked: list[tuple[str, HttpAsk]] = []
        self.nobody: dict[str, str] = {}
        self.shut: frozenset[str] = frozenset()
        self.came: dict[str, int] = {"received": 0, "malformed": 0}

    def send(self, peer: Peer, data: bytes) -> None:
        self.sent.append((str(peer), decode(data)))

    def reply(self, peer: Peer, message: Osc) -> None:
        self.sent.append((str(peer), message))

    def cue(self, key: str, message: ToDaw) -> bool:
        if key in self.shut:
            return False
        if isinstance(message, MidiOut):
            self.midi.append((key, message.data))
        elif isinstance(message, HttpAsk):
            self.asked.append((key, message))
        else:
            self.sent.append((key, message))
        return True

    def closed(self) -> frozenset[str]:
        return self.shut

    def link_fault(self, _key: str) -> str:
        return ""

    def nobody_at(self, key: str) -> str:
        return self.nobody.get(key, "")

    def counts(self) -> dict[str, int]:
        return dict(self.came)

    def to(self, who: str) -> list[Osc]:
        return [message for key, message in self.sent if key == who]


class Studio:
    """A service that lives as long as the test wants, and can be killed and started again."""

    def __init__(
        self,
        songs: Iterable[SongDraft] = (),
        *,
        settings: Settings | None = None,
        daws: Iterable[DawSettings] = (),
        controllers: Iterable[ControllerConfig] = (ControllerConfig(),),
        journal: Journal | None = None,
        peers: Iterable[Peer] = (),
        lights: LightsConfig = PLAIN,
        kinds: Mapping[str, Kind] = TARGETS,
        listening: ListeningConfig = LISTENING,
        originals: Originals | None = None,
    ) -> None:
        self.lights, self.kinds, self.listening = lights, kinds, listening
        self.originals = originals
        self.moment = Moment(1000.0, START)
        self.settings, self.daws = settings or Settings(), tuple(daws)
        self.configs, self.peers = tuple(controllers), tuple(peers)
        self.journal: Journal = journal or MemoryJournal()
        self.devices: dict[str, Device] = {}
        self.said: list[float] = []
        self.begin()
        for song in songs:
            self.ask(ImportSong(song))

    # --- life and death ---

    def begin(self) -> None:
        self.inbox: SimpleQueue[Incoming] = SimpleQueue()
        self.osc = OscLog()
        self.taps = Taps(now=lambda: self.moment)
        self.midi = MidiMemory(self.inbox.put, lambda: self.moment)
        shelf, layouts = load_profiles(), load_layouts()
        assert not shelf.refused
        assert not layouts.refused
        self.session = Session(
            Keeping(self.journal, self.settings),
            Controllers(
                self.configs,
                shelf.profiles,
                layouts.layouts,
                "linux",
                self.taps.light,
                lights=self.lights,
                curious=self.taps.curious,
            ),
            Links(self.daws, self.kinds),
            Listeners(Subscribers(self.peers), self.osc),
            midi=self.midi,
            osc=self.osc,
            taps=self.taps,
            listening=Listening(self.listening),
            originals=self.originals,
            summarise=self._summarise,
        )
        self.session.begin(self.moment)
        for name, device in self.devices.items():
            self.midi.plug(name, device)
        self.run()

    def kill(self, off_for: float = 1.0) -> None:
        """End the process without a word, and start another after `off_for` seconds."""
        self.moment = self.moment.later(off_for)
        self.begin()

    def _summarise(self, before: Bench, ended_at: float) -> str:
        assert before.sitting is not None
        self.said.append(ended_at)
        return "summary"

    # --- what people do ---

    def plug(self, name: str, device: Device) -> None:
        self.devices[name] = device
        self.midi.plug(name, device)
        self.run()

    def unplug(self, name: str) -> Device:
        self.midi.unplug(name)
        self.run()
        return self.devices.pop(name)

    def bytes_in(self, name: str, *messages: bytes) -> None:
        for data in messages:
            self.midi.arrive(name, data)
        self.run()

    def ask(self, request: Request) -> Answer:
        answers: list[Answer] = []
        self.put(Asked(request, "cli", answers.append))
        return answers[0]

    def do(self, name: str, argument: Argument = None) -> Answer:
        return self.ask(Action(name, argument))

    def osc_in(self, request: object, address: str = "/songbridge/x") -> None:
        self.put(OscIn(PEER, request, address, self.moment))  # type: ignore[arg-type] # any request

    def daw_says(self, key: str, message: Osc) -> None:
        self.put(LinkIn(key, message, self.moment))

    def put(self, message: Incoming) -> None:
        self.inbox.put(message)
        self.run()

    # --- time ---

    def run(self) -> None:
        """Do what the loop does until nothing is left to do at this instant."""
        while True:
            try:
                message = self.inbox.get_nowait()
            except Empty:
                break
            self.session.handle(message, self.moment)
        self.session.settle(self.moment)
        self.session.advance(self.moment)
        self.session.rest(self.moment)
        while self.session.ponder(self.moment):
            pass
        self.midi.tick()

    def wait(self, seconds: float) -> None:
        """Let time pass, waking whenever something is due."""
        end = self.moment.mono + seconds
        while self.moment.mono < end:
            wakes = [self.session.wake(self.moment), self.midi.wake()]
            due = min((at for at in wakes if at is not None), default=end)
            step = min(end, max(due, self.moment.mono + 0.001))
            self.moment = self.moment.later(step - self.moment.mono)
            self.run()

    def sleep(self, seconds: float) -> None:
        """Let time pass with the lid closed."""
        self.moment = self.moment.later(seconds)
        self.run()

    # --- looking ---

    @property
    def view(self) -> View:
        return self.session.engine.view(self.moment)

    @property
    def state(self) -> str:
        return self.view.timer.state.value

    @property
    def current(self) -> str:
        return self.view.task.title if self.view.task else ""

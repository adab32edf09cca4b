"""The only file that names every part: built here bottom up, taken down in reverse order."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bridge import moment as clock
from bridge.app.controllers import Controllers
from bridge.app.cueing import in_zone
from bridge.app.decoding import Decoding
from bridge.app.findings import findings
from bridge.app.inbox import AnswerIn, Do, Inbox, Incoming
from bridge.app.keeping import Keeping
from bridge.app.listeners import Listeners
from bridge.app.listening import Listening
from bridge.app.loop import Loop
from bridge.app.osc_out import PortsOut
from bridge.app.reloading import Reloader, make_controllers
from bridge.app.service import RunningService
from bridge.app.session import Session
from bridge.app.summarising import summariser
from bridge.app.tapped_out import TappedOut
from bridge.app.tapping import Taps
from bridge.app.teaching import Teaching
from bridge.app.told_always import ToldAlways
from bridge.daw.links import Links
from bridge.files.address import Address
from bridge.files.config import Config
from bridge.files.home import Home
from bridge.moment import Moment
from bridge.ports.midi import MidiPorts
from bridge.ports.osc import OscPorts
from bridge.ports.osc_names import Names
from bridge.ports.osc_subscribers import Subscribers
from bridge.store.lock import HomeLock
from bridge.store.originals import OriginalsFile
from bridge.store.sqlite import SqliteJournal
from bridge.web.asks import WebAsks
from bridge.web.server import WebServer

_CONFIG_LOOK = 1.0  # seconds between two looks at the configuration's files
_LINK_RETRY = 5.0  # seconds until a way to a DAW, or a host that was not found, is tried again
_LESSON_LOOK = 1.0  # seconds between two looks at who teaches a controller, while somebody does
_COUNT = 1.0  # seconds that one count of messages for somebody else stands for


@dataclass(frozen=True, slots=True)
class Running:
    """A service that is ready to loop: what the caller drives, and where it is reached."""

    loop: Loop
    session: Session
    service: RunningService
    put: Callable[[Incoming], None]
    osc: Address
    http: Address


@dataclass(frozen=True, slots=True)
class _Ground:
    """What everything stands on."""

    home: Home
    config: Config
    say: Callable[[str], None]
    taps: Taps
    controllers: Controllers


@contextlib.contextmanager
def assembled(home: Home, config: Config, say: Callable[[str], None]) -> Iterator[Running]:
    """Build the service on `home`, give it to the caller to loop, and take it down again.

    Raises Unavailable (a second service, a port in use), Invalid, InvalidFile or JournalFault;
    whatever was built by then is taken down.
    """
    taps = Taps()
    controllers = make_controllers(config, home, taps)  # before anything is made in the home
    ground = _Ground(home, config, say, taps, controllers)
    with contextlib.ExitStack() as stack:
        lock = HomeLock(home.data_dir)
        stack.callback(lock.release)
        lock.acquire({})
        keeping = _kept(stack, ground)
        inbox = Inbox()
        osc = OscPorts(inbox.put_osc, tap=taps, lost=inbox.put)
        stack.callback(osc.close)
        osc_at = Address(*osc.serve(config.osc_listen.host, config.osc_listen.port))
        asks = WebAsks(lambda key, answer: inbox.put(AnswerIn(key, answer)))
        stack.callback(asks.close)
        session, out, midi, retry = _session(ground, keeping, osc, asks, inbox)
        stack.callback(session.delivery.close)
        loop = Loop(session, inbox, clock.now)
        reloader = Reloader(home, config, session, out, say, put=inbox.put)
        session.reload = reloader.reload
        loop.every(_CONFIG_LOOK, reloader.look)
        loop.every(_LINK_RETRY, retry)
        teaching = Teaching(lambda: session.controllers, midi, midi.send)
        loop.every(_LESSON_LOOK, teaching.look)
        loop.every(_COUNT, lambda moment: taps.others(osc.counts.foreign, moment))
        service = RunningService(
            session, inbox.put, lambda: findings(session, home), home, teaching
        )
        http = config.http_listen
        web = WebServer(service, http.host, http.port, token=config.token)
        http_at = Address(*web.start())
        stack.callback(web.stop)
        stack.callback(midi.close)
        token = {"token": config.token} if config.token else {}  # the file is the user's alone
        lock.announce({"http": str(http_at), "osc": str(osc_at), **token})
        osc.start()
        midi.start()
        yield Running(loop, session, service, inbox.put, osc_at, http_at)


def _kept(stack: contextlib.ExitStack, ground: _Ground) -> Keeping:
    """Open the journal and bring the studio to life from it."""
    journal = SqliteJournal.open(ground.home.journal)
    stack.callback(journal.close)
    keeping = Keeping(journal, ground.config.settings)
    stack.callback(lambda: keeping.close(clock.now()))
    if keeping.recovered:
        ground.say(str(keeping.recovered))
    return keeping


def _session(
    ground: _Ground, keeping: Keeping, osc: OscPorts, web: WebAsks, inbox: Inbox
) -> tuple[Session, PortsOut, MidiPorts, Callable[[Moment], None]]:
    """Join engine, controllers and DAWs to their ports; return what tries again to reach hosts, too."""

    def retry(moment: Moment) -> None:
        out.retry(moment)
        told.retry(moment)

    def hears(data: bytes, at: Moment) -> None:
        for message in out.heard(data, at):
            inbox.put_osc(message)

    config, say = ground.config, ground.say
    links = Links(config.daws, on_fault=lambda key, fault: say(f"{key}: {fault!r}"))
    names = Names(found=lambda: inbox.put(Do(retry)))
    midi = MidiPorts(inbox.put, config.midi_api, thru=config.thru)
    out = PortsOut(osc, links, names, midi.cues, web)
    midi.cues.hears = hears
    listeners = Listeners(Subscribers(), TappedOut(out, ground.taps))
    told = ToldAlways(config.osc_feedback, listeners, names, osc.peer)
    session = Session(
        keeping,
        ground.controllers,
        links,
        listeners,
        midi=midi,
        osc=out,
        taps=ground.taps,
        listening=Listening(config.listening),
        originals=OriginalsFile(ground.home.originals),
        summarise=summariser(ground.home, lambda: keeping.engine.settings),
        say=say,
        local=in_zone(),
    )
    ground.taps.decoding = Decoding(lambda: session.controllers)
    return session, out, midi, retry

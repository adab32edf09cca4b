"""What the service does with each message and with time, without a thread or a clock of its own.

The loop (`app/loop.py`) feeds it in life; a simulated clock feeds it in journeys and rehearsals.
The order is always: what is due by itself, then the message, then cues and answers, and only when
nothing else waits, lights and feedback.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from typing import assert_never

from bridge.app import news
from bridge.app.answering import Answering, asked_now, granted_to
from bridge.app.controllers import Controllers
from bridge.app.cueing import cues_of
from bridge.app.delivery import Delivery, Originals
from bridge.app.inbox import AnswerIn, Asked, Do, Incoming, Reload, Stop
from bridge.app.keeping import Hear, Keeping
from bridge.app.listeners import Listeners
from bridge.app.listening import DAW, Listening
from bridge.app.roles import Midi, OscOut
from bridge.app.tapping import Taps
from bridge.core.actions import Action, Presence, Request
from bridge.core.engine import Decision, Engine
from bridge.core.events import Entry, SittingEnded
from bridge.core.model import Studio
from bridge.core.quiet import Local, quiet_until, utc
from bridge.daw.links import Links
from bridge.errors import Invalid, JournalFault, Refused, SongbridgeError
from bridge.messages import MidiIn, RestoreColours, StopTransport
from bridge.moment import Moment
from bridge.ports.midi_events import Another, MidiState, Played, PortDown, PortUp, Repaint
from bridge.ports.osc_peers import LinkIn, OscIn, PeerGone, Refusal
from bridge.surface.surface import Ask
from bridge.web.role import Granted

_let_others_run: Callable[[], None] = getattr(os, "sched_yield", lambda: None)
"""Where cores are few, whoever was sent something wakes on this one and would wait (ADR 0009)."""


class Session:
    """The one owner of state, surfaces, DAW conversations and subscriptions.

    ``summarise`` is told the studio before a sitting's end and returns a sentence for the asker;
    ``say`` gets one line for each thing that comes, goes or fails; ``local`` is the time of day here.
    """

    def __init__(
        self,
        keeping: Keeping,
        controllers: Controllers,
        links: Links,
        listeners: Listeners,
        *,
        midi: Midi,
        osc: OscOut,
        taps: Taps,
        listening: Listening | None = None,
        originals: Originals | None = None,
        summarise: Callable[[Studio, float], str] = lambda _studio, _at: "",
        say: Callable[[str], None] = lambda _line: None,
        local: Local = utc,
    ) -> None:
        self.keeping, self.controllers = keeping, controllers
        self.delivery = Delivery(links, osc, taps, originals=originals, say=say)
        self.listeners, self.midi, self.osc, self.taps = listeners, midi, osc, taps
        self.listening = listening or Listening()
        self.stopping = False
        self.config_fault = ""
        self.reload: Callable[[Moment], None] = lambda _moment: None
        self._summarise, self._say, self.local = summarise, say, local
        self._answering = Answering(self._asked, listeners, osc, taps, lambda: self.engine.seq)
        self._told_fault = ""
        self._said = ""
        self._faulty = False

    @property
    def engine(self) -> Engine:
        """The live studio."""
        return self.keeping.engine

    @property
    def links(self) -> Links:
        """The conversations with all DAWs."""
        return self.delivery.links

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with journal and configuration now, empty where nothing is; then with hosts."""
        trouble = self.keeping.journal.trouble or ""
        return self.keeping.fault, trouble, self.config_fault, *self.listeners.faults

    def quiet_until(self, moment: Moment) -> str:
        """Return until when no cue is told by itself: ``07:00``; empty when cues are told."""
        quiet = self.engine.book.quiet
        return quiet_until(quiet, self.local(moment.wall)) if quiet else ""

    def begin(self, moment: Moment) -> None:
        """Begin to live: look at the clock, and ask for the devices."""
        self._tell(self.keeping.wake_up(moment, self._cues(moment)))
        self._give_back(moment)
        self.settle(moment)
        self.midi.overhear(self.listening.config.keyboards)
        self.midi.want(self.controllers.wanted)

    def _give_back(self, moment: Moment) -> None:
        """Let tracks have their own colours that a DAW was not there for when the sitting ended."""
        over = self.engine.studio.sitting is None and self.engine.book.settings.restore_colours
        if over and any(self.links.originals().values()):
            self.delivery.tell(RestoreColours(), moment)

    def use(self, controllers: Controllers, moment: Moment) -> None:
        """Change to other controllers; devices stay open where the ports can serve the new ones."""
        for key, ask in controllers.succeed(self.controllers, moment):
            self._hand(key, ask, moment)
        self.controllers = controllers
        controllers.fault(on=self._faulty)
        self.midi.want(controllers.wanted)

    # --- messages ---------------------------------------------------------------------------------

    def handle(self, message: Incoming, moment: Moment) -> None:
        """Do what `message` asks for; `moment` is now, not before the message's own."""
        self.taps.came_in(message, moment)
        self.settle(moment)
        match message:
            case MidiIn():
                self._midi(message)
            case OscIn():
                self._answering.answer(asked_now(message, moment))
            case LinkIn() | AnswerIn() | Refusal():
                self.delivery.hear(message, moment)
                self.listen(moment)
            case Asked(request=request, source=source, reply=reply):
                reply(self._asked(request, moment, source))
            case PortUp() | PortDown() | MidiState():
                self._port(message, moment)
            case Repaint() | Another() | Played():
                self._device(message, moment)
            case PeerGone(peer=peer):
                self.listeners.gone(peer)
            case Stop() | Reload() | Do():
                self._service(message, moment)
            case _:
                assert_never(message)

    def _device(self, message: Repaint | Another | Played, moment: Moment) -> None:
        match message:
            case Repaint(key=key):
                self.taps.repaint(message, moment)
                self.controllers.lost(key)
            case Another(like=like):
                self.midi.want(self.controllers.another(like))
            case Played(name=name):
                self._played(name, moment)
            case _:
                assert_never(message)

    def _played(self, name: str, moment: Moment) -> None:
        """Count as somebody what our devices' profiles don't know, unless it may be lamps that come back."""
        ours = self.controllers[name].profile if name in self.controllers else None
        if ours is None or ours.leds.driver == "none":
            self.controllers.sleeping.sign(moment.mono)
            self._witness(Presence(), moment, "pad")

    def _service(self, message: Stop | Reload | Do, moment: Moment) -> None:
        match message:
            case Stop():
                self.stopping = True
            case Reload():
                self.reload(moment)
            case Do(it=it):
                it(moment)
            case _:
                assert_never(message)

    def _midi(self, message: MidiIn) -> None:
        asks = self.controllers.feed(message)
        if self.taps:
            self.taps.midi_in(message, asks)
        for ask in asks:
            self._hand(message.port, ask, message.at)

    def _hand(self, key: str, ask: Ask, moment: Moment) -> None:
        """Do what a hand on a controller asks for; what is refused blinks."""
        answer = self._asked(ask.action, moment, "pad")
        if not isinstance(answer, Granted):
            self.taps.refused(key, ask, answer, moment)
            self.controllers.refused(key, ask.control, moment)

    def _asked(
        self,
        request: Action | Presence | object,
        moment: Moment,
        source: str,
        granted: Callable[[int], None] | None = None,
    ) -> Granted | SongbridgeError:
        """Have it decided; ``granted`` is told the entry's number as soon as the cues are out."""
        if self.keeping.fault:  # what is due comes first, and a hand should not wait for its turn
            self.keeping.hurry()
            self.settle(moment)
        try:
            entries = self.keeping.ask(request, moment, source, self._cues(moment, granted))  # type: ignore[arg-type] # a Request by the inbox's type
        except (Refused, Invalid) as no:
            self._attend(request, moment, source)
            return no
        except JournalFault as fault:
            return fault
        self._said = ""
        self._tell(entries)
        return granted_to(source, entries, self.engine, self._said)

    def _attend(self, request: object, moment: Moment, source: str) -> None:
        """Count what was refused as a sign that somebody is there."""
        self.controllers.sleeping.sign(moment.mono)
        if not isinstance(request, Presence):
            self._asked(Presence(), moment, source)

    def listen(self, moment: Moment) -> None:
        """Have decided what the DAWs' transports ask for; what makes no sense now is nobody's news."""
        studio, mono = self.engine.studio, moment.mono
        for request, source in self.listening.hear(self.links.transports(), studio, mono):
            if source == DAW:
                self.controllers.sleeping.sign(mono)
            self._witness(request, moment, source)

    def _witness(self, request: Request, moment: Moment, source: str) -> None:
        """Have decided what no hand asked us for. A journal with a fault is not tried again for it."""
        if self.keeping.fault:
            return
        with contextlib.suppress(Refused, JournalFault):
            self._tell(self.keeping.ask(request, moment, source, self._cues(moment)))

    def _port(self, event: PortUp | PortDown | MidiState, moment: Moment) -> None:
        self.taps.port(event, moment)
        self._say(news.of_port(event, self.controllers))
        match event:
            case PortUp():
                self.controllers.came(event)
            case PortDown():
                for ask in self.controllers.went(event):
                    self._hand(event.key, ask, moment)
            case MidiState():
                pass
            case _:
                assert_never(event)

    # --- time -------------------------------------------------------------------------------------

    def settle(self, moment: Moment) -> None:
        """Let everything that is due by itself become true, one decision after the other."""
        cues = self._cues(moment)
        self._look_around(moment)
        while entries := self.keeping.settle(moment, cues):
            self._tell(entries)
            self._look_around(moment)

    def _look_around(self, moment: Moment) -> None:
        """Note at once that somebody is there when a task begins by itself and a DAW plays."""
        if not self.engine.studio.timer.attended and self.listening.rolls(moment.mono):
            self._witness(Presence(), moment, DAW)

    def advance(self, moment: Moment) -> None:
        """Let time pass for gestures, refusals, DAW conversations and subscriptions."""
        gestures = self.controllers.gesture_wake()
        if gestures is not None and gestures <= moment.mono:
            for key, ask in self.controllers.advance(moment):
                self.taps.decided(key, ask, moment)
                self._hand(key, ask, moment)
        if self.delivery.advance(moment):
            self.listen(moment)
        self.listeners.advance(moment.mono)

    def rest(self, moment: Moment) -> float | None:
        """Paint and feed back what has changed; return the mono instant at which to look again."""
        self._show_faults(moment)
        self.delivery.rest(moment)
        self.controllers.daws = self.delivery.states
        view = self.engine.view(moment)
        for key in self.controllers.render(view, moment):
            self.midi.nudge(key)
        if self.listeners:
            self.listeners.feed_back(view, self.controllers.frames)
        self.keeping.rest(moment)
        return self.wake(moment)

    def ponder(self, moment: Moment) -> bool:
        """Work out a little of what may be asked for next; tell whether there is more to do."""
        return self.keeping.ponder(moment, self.controllers.awaited())

    def wake(self, moment: Moment) -> float | None:
        """Return the mono instant at which something happens by itself, None for never."""
        view = self.engine.view(moment)
        wakes = [
            self.keeping.wake(moment),
            self.controllers.gesture_wake(),
            self.controllers.picture_wake(view, moment),
            self.delivery.wake(),
            self.listeners.wake(view, moment),
        ]
        return min((at for at in wakes if at is not None), default=None)

    # --- what the world hears ---------------------------------------------------------------------

    def _cues(self, moment: Moment, granted: Callable[[int], None] | None = None) -> Hear:
        """Return what tells DAWs and asker of a decision that the journal holds, before all else."""

        def hear(decision: Decision) -> None:
            self._cue(decision, moment)
            if granted is not None:
                granted(decision.entries[-1].seq if decision.entries else self.engine.seq)
            _let_others_run()

        return hear

    def _cue(self, decision: Decision, moment: Moment) -> None:
        engine = self.engine
        if self.taps:
            after = engine.after(decision)
            for entry in decision.entries:
                self.taps.fact(entry, after)
        for cue in cues_of(engine, decision, self.local):
            self.delivery.tell(cue, moment)
            if isinstance(cue, StopTransport):
                self.listening.stopping(moment.mono)

    def _tell(self, entries: tuple[Entry, ...]) -> None:
        """Tell subscribers of what has become true."""
        for entry in entries:
            if self.listeners:
                self.listeners.announce(entry, self.engine.studio)
            if isinstance(entry.fact, SittingEnded):
                before = self.engine.steps[-1].before
                self._said = self._summarise(before or self.engine.studio, entry.at)

    def _show_faults(self, moment: Moment) -> None:
        if self.keeping.fault != self._told_fault:
            if line := news.of_journal(self._told_fault, self.keeping.fault):
                self._say(line)
            self._told_fault = self.keeping.fault
        self.taps.faults((self.keeping.fault, self.config_fault), moment)
        faulty = bool(self.keeping.fault or self.config_fault)
        if faulty != self._faulty:
            self._faulty = faulty
            self.controllers.fault(on=faulty)

"""One connected controller, purely: bytes in, asks out; a view in, a picture out.

It composes decoder, gestures and layout, and keeps what is only the controller's own: which layout,
layers and page it shows, what blinks since it was refused, and which of its lights may come back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bridge.core.actions import Action, Presence
from bridge.core.view import View
from bridge.moment import Moment
from bridge.surface.asking import Ask, Asks
from bridge.surface.carrying import Carrying
from bridge.surface.commands import CARRIED, HERE, LAYOUT, LOCAL, PAGE, PLACE
from bridge.surface.decode import Decoder
from bridge.surface.echo import Echo
from bridge.surface.fitting import Choice, only
from bridge.surface.frame import Frame
from bridge.surface.gathering import Gathering, extended
from bridge.surface.gestures import Gestured
from bridge.surface.laid import Laid
from bridge.surface.layers import Sheet
from bridge.surface.layout import Board, Layout, Slot
from bridge.surface.places import resolve
from bridge.surface.profile import Edge, Profile
from bridge.surface.refusals import NO_LAYOUT, NOTHING, REFUSED, Refusals
from bridge.surface.scrolling import Scroller
from bridge.surface.telling import Telling, said
from bridge.surface.turning import Turner, seconds

__all__ = ["REFUSED", "Ask", "Asks", "Surface"]

_PRESENCE = 1.0
"""Seconds between two signs of presence: a fader sends hundreds of messages a second."""

_NOW = Moment(0.0, 0.0)
"""For what is asked when nothing can blink any more."""


class Surface:
    """One device with the layouts that it may show.

    `released` is told of each control that was let go, for a device that then repaints its light.
    ``echo`` is for the painter; ``bound`` names the controls that the layout uses. Thread: the one
    consumer thread calls everything here.
    """

    def __init__(
        self,
        profile: Profile,
        layout: Layout | Choice,
        released: Callable[[str], None] | None = None,
    ) -> None:
        self._profile, self._released = profile, released
        self._choice = layout if isinstance(layout, Choice) else only(layout)
        self._sheets: dict[str, Sheet] = {}
        self.decoder = Decoder(profile)
        self._decode = self.decoder.feed
        self._turner, self._gathering, self._telling = Turner(), Gathering(), Telling()
        self._task = ""
        self._view: View | None = None
        self._chosen: Layout | None = None
        self._refusals = Refusals()
        self._fault, self._frame = False, Frame()
        self.scroller = Scroller()
        self._present_at = float("-inf")
        self._lay(self._choice.ring[0])
        self.echo = Echo(profile, self.decoder, self._laid.used)
        self._is_ours = self.echo.is_ours

    def _lay(self, layout: Layout) -> None:
        """Show `layout` from now on, with nothing held and at its first page."""
        sheet = self._sheets.get(layout.id)
        if sheet is None:
            sheet = self._sheets[layout.id] = Sheet(layout, self._profile)
        self._laid, self._carrying = Laid(sheet), Carrying()
        self._gestures, self.bound = self._laid.gestures, self._laid.bound
        self.board: Board = sheet.boards[0]

    @property
    def page(self) -> int:
        """The page that is shown, from 0: of the queue, or of the layer on top that has pages."""
        return self._laid.page

    @property
    def layout(self) -> str:
        """The id of the layout that is shown."""
        return self._laid.sheet.layout.id

    @property
    def used(self) -> frozenset[str]:
        """The controls that the layout has a use for: bound in any of its layers, or lit."""
        return self._laid.used

    @property
    def ring(self) -> tuple[str, ...]:
        """The ids of all layouts that it may show, in turn."""
        return tuple(layout.id for layout in self._choice.ring)

    def feed(self, data: bytes, moment: Moment) -> Asks:
        """Return what one complete MIDI message asks for; what is not known asks nothing."""
        edge = self._decode(data)
        if edge is None or self._is_ours(edge, data, moment.mono):
            return ()
        if edge.what != "up":
            self.scroller.end()
        elif self._released is not None:
            self._released(edge.control)
        # What is due by now comes first, for it may change the layout that the edge is for.
        before = self._due(moment) if self._gestures.undecided else ()
        level = self._laid.owner.get(edge.control, 0)
        if level < 0:
            return before + self._switch(edge, -level)
        gestured = self._gestures.feed(edge, moment, level)
        if gestured:
            return before + self._asks(gestured, moment)
        if edge.what == "up" or edge.control in self.bound:
            return before
        return before + self._presence(edge.control, moment)

    def awaited(self) -> Asks:
        """Return what the presses and chords that are not decided yet will ask for if they are."""
        ready = self._laid.ready
        return tuple(
            ask
            for level, control, gesture in self._gestures.open
            for ask in ready[level].get((control, gesture), ())
        )

    def wake(self) -> float | None:
        """Return the ``mono`` instant at which `advance` has something to do, None: never."""
        told, blinks, held = self._telling.ends, self._refusals.wake(), self._carrying.ends
        instants = (self._gestures.wake(), self._gathering.wake(), told, blinks, held)
        return min((at for at in instants if at is not None), default=None)

    def advance(self, moment: Moment) -> Asks:
        """Return what time alone has decided; what blinks or is told long enough ends."""
        self._refusals.advance(moment.mono)
        self._telling.advance(moment.mono)
        self._carrying.advance(moment.mono)
        return extended(self._gathering.advance(moment.mono)) + self._due(moment)

    def render(self, view: View, moment: Moment, daws: Sequence[str] = ()) -> Frame:
        """Return the picture now; while nothing changes, the very same frame.

        ``daws`` is how each DAW's link stands, in the order of the configuration.

        A task that begins brings the first page back, for that is where it stands.
        """
        self._follow(view)
        laid, refused = self._laid, self._refusals.at(moment.mono)
        frame = laid.stack.frame(view, laid.at, refused, fault=self._fault, daws=daws)
        frame = self._carrying.over(frame, self.page)
        frame = self._telling.over(frame, laid.stack.texts, self._profile.displays)
        frame = self.scroller.over(frame, view)
        if frame != self._frame:
            self._frame = frame
        return self._frame

    def next_change(self, view: View, moment: Moment) -> float | None:
        """Return the ``mono`` instant at which the picture changes without a fact, None: never."""
        seconds, changes = self._laid.stack.next_change(view), None
        if seconds is not None:
            changes = moment.mono + max(0.0, seconds - (moment.wall - view.at))
        ends = (self._refusals.wake(), self._telling.ends, changes)
        return min((at for at in ends if at is not None), default=None)

    def refused(self, control: str, moment: Moment) -> None:
        """Let `control` blink, of a chord all its controls: what it asked for was refused."""
        self._refusals.add(control, moment.mono)

    def fault(self, *, on: bool) -> None:
        """Show, until told otherwise, that the journal can't be written or the config is wrong."""
        self._fault = on

    def forget(self) -> Asks:
        """Let go of what hands were doing: the device is gone. Return presses that were done.

        The layout stays, and layers that were switched on; a layer that was held ends.
        """
        told = self.let_go(_NOW)
        self._laid.let_go()
        self._refusals.clear()
        self._telling.end()
        self._carrying.forget()
        self.scroller.end()
        self.echo.forget()
        return told

    def resume(self, before: Surface) -> None:
        """Show the layout that a hand had chosen on `before`, the same device's until now.

        Not when the configuration asks for others now, or when the layout is no longer there.
        """
        chosen = self._choice.able.get(before.layout)
        asked_alike = self._choice.asked == before._choice.asked
        if chosen is not None and asked_alike and before.layout != before._choice.ring[0].id:
            self._lay(chosen)

    def goes_on_as(self, fresh: Surface) -> bool:
        """Have the choice of `fresh`, which shows the very same; False: it does not."""
        if fresh._profile != self._profile or fresh._laid.sheet.layout != self._laid.sheet.layout:
            return False
        self._choice, self._sheets = fresh._choice, {self.layout: self._laid.sheet}
        self.scroller.on = fresh.scroller.on
        return True

    def inherit(self, before: Surface) -> None:
        """Take over, for another layout, all that is the device's, which `before` had until now.

        Where the layout is the same but for some bindings, pages and layers stay as well.
        """
        before.scroller.on, self.scroller = self.scroller.on, before.scroller
        self._released, self._task, self._view = before._released, before._task, before._view
        if before._profile == self._profile:
            self.decoder, self.echo = before.decoder, before.echo
        else:
            self.echo.resume(before.echo)
        self._decode, self._is_ours = self.decoder.feed, self.echo.is_ours
        self._laid.resume(before._laid)

    def let_go(self, moment: Moment) -> Asks:
        """Forget what hands hold and where knobs stood; return what had been done by then."""
        turned = extended(self._gathering.take())
        told = self._asks(self._gestures.forget(), moment)
        self._turner.forget()
        return turned + told

    # --- gestures to asks -------------------------------------------------------------------------

    def _due(self, moment: Moment) -> Asks:
        return self._asks(self._gestures.advance(moment), moment)

    def _asks(self, gestured: Iterable[Gestured], moment: Moment) -> Asks:
        asks: Asks = ()
        for one in gestured:
            ready = self._laid.ready[one.layer].get((one.control, one.gesture))
            if ready is None:
                asks += self._work_out(one, moment)
            else:
                if self._gathering.seconds:
                    asks += extended(self._gathering.take())
                asks += ready
        return asks if self._chosen is None else asks + self._change(moment)

    def _work_out(self, one: Gestured, moment: Moment) -> Asks:
        """Return the asks of what can't be made ready: turns, and what depends on the picture."""
        slot = self._laid.sheet.boards[one.layer].slots[one.control, one.gesture]
        if one.gesture == "turn":
            return self._turn(one, slot, moment)
        turned = extended(self._gathering.take())
        if slot.command.name == CARRIED:
            return turned + self._carry(one, slot, moment)
        if slot.command.argument == HERE:
            return turned + self._here(one, slot, moment)
        return turned + self._local(one, slot, slot.command.argument, moment)

    def _turn(self, one: Gestured, slot: Slot, moment: Moment) -> Asks:
        command = slot.command
        most = slot.bind.acceleration if command.name == "extend" else 1.0
        clicks = self._turner.clicks(one, most, moment.mono)
        if not clicks:
            return (Ask(Presence(), one.control),) if command.name in LOCAL else ()
        if command.name == "extend":
            extra = seconds(command, clicks)
            return extended(self._gathering.add(one.control, extra, moment.mono))
        turned = extended(self._gathering.take())
        way = "next" if clicks > 0 else "prev"
        if command.name == PAGE:
            self._laid.turn_to(self.page + clicks)
            return (*turned, Ask(Presence(), one.control, f"{PAGE} {way}"))
        if command.name == LAYOUT:
            return turned + self._local(one, slot, way, moment)
        return (*turned, Ask(Action(command.name, way), one.control))

    def _carry(self, one: Gestured, slot: Slot, moment: Moment) -> Asks:
        """Take a task up, or put the one in the hand down here."""
        index = self.page * self._laid.sheet.boards[one.layer].page + slot.place - 1
        studio = self._view and self._view.studio
        did = studio and self._carrying.press(studio, index, one.control, self.page, moment.mono)
        if not did:
            return self._refuse(one, moment, "no task here")
        if isinstance(did, Action):
            return (Ask(did, one.control),)
        return (Ask(Presence(), one.control, did),)

    def _here(self, one: Gestured, slot: Slot, moment: Moment) -> Asks:
        """Take up what the control shows; a place where nothing lies is refused."""
        page, shape = self._laid.at[one.layer], self._laid.sheet.pages[one.layer].shape
        found = self._view and resolve(self._view, slot.role, slot.spot, page, shape)
        if not found:
            return self._refuse(one, moment, f"no {slot.command.name} here")
        return (Ask(Action(slot.command.name, found), one.control),)

    def _local(self, one: Gestured, slot: Slot, argument: str, moment: Moment) -> Asks:
        """Do what stays on this controller; that somebody did it is a sign of presence."""
        name = slot.command.name
        words = f"{name} {argument}".replace(PLACE, str(slot.place))
        match name:
            case "page":
                self._laid.turn_to(self.page + (1 if argument == "next" else -1))
            case "layout":
                layout = self._choice.meant(argument, self.layout)
                if layout is None:
                    return self._refuse(one, moment, NO_LAYOUT, words)
                self._chosen = layout
            case _:
                what = said(slot, self._view) if self._view else None
                if what is None:
                    return self._refuse(one, moment, NOTHING, words)
                self._telling.begin(what.text, moment.mono)
                self.scroller.say(what.text, what.colour)
        return (Ask(Presence(), one.control, words),)

    def _change(self, moment: Moment) -> Asks:
        """Change to the layout that was chosen, once all that belongs to the old one is done."""
        layout, self._chosen = self._chosen, None
        told = self.let_go(moment)
        if layout is not None:
            self._lay(layout)
        return told

    def _refuse(self, one: Gestured, moment: Moment, why: str, words: str = "") -> Asks:
        self.refused(one.control, moment)
        return (Ask(Presence(), one.control, words, why),)

    def _presence(self, control: str, moment: Moment) -> Asks:
        if moment.mono - self._present_at < _PRESENCE:
            return ()
        self._present_at = moment.mono
        return (Ask(Presence(), control),)

    def _switch(self, edge: Edge, index: int) -> Asks:
        """Switch a layer; what was due before has been told."""
        if self._laid.switch(edge, index):
            self._turner.forget()  # a knob of another layer may stand anywhere
        if edge.what != "down":
            return ()
        return (Ask(Presence(), edge.control, self._laid.switched(index)),)

    def _follow(self, view: View) -> None:
        """Take the state as it is now; a task that begins is where the first page is."""
        current = view.studio.timer.task or ""
        began = current not in (self._task, "")
        self._view, self._task = view, current
        self._laid.follow(view, began=began)

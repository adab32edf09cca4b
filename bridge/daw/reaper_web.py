"""REAPER through its web interface: found by asking, told by a script, each order confirmed.

Two kinds of asks, each at most once under way: a look (is it there, is the script there, what does
the transport do) and an order. An order bears a number; repeated, it is not done twice. So doubt ends
by asking again, and only what was surely not done goes another way. ADR 0013 has the reasons.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Literal, TypeAlias

from bridge.daw import reaper_script as script
from bridge.messages import HttpAnswer, HttpAsk

if TYPE_CHECKING:
    from bridge.daw.reaper_backlog import Backlog, Order
    from bridge.daw.reaper_transport import ReaperTransport
    from bridge.moment import Moment

Found: TypeAlias = Literal[
    "off", "unknown", "nobody", "mute", "stranger", "locked", "bare", "old", "ready"
]
"""``mute``: it takes the connection and gives no answer in time; ``stranger``: it isn't REAPER;
``locked``: it asks for a password; ``bare``: there is no script; ``old``: it is an older one."""

LOOK = 1.0
"""Seconds between two looks while it is there."""
LOOK_AGAIN = 5.0
"""Seconds between two looks for one that is not there."""
LOOK_SELDOM = 60.0
"""Seconds between two looks at one that is not what we need, or needs a user first."""
SCRIPT_AGAIN = 15.0
"""Seconds between two looks whether the script has come."""
PATIENCE = 2.0
"""Seconds for an answer; REAPER answers some thirty times a second, but not while it loads."""
OVERDUE = 1.0
"""Seconds after `PATIENCE` until an answer that nobody brought counts as cut."""
AGAIN = 0.3
"""Seconds until an order that is in doubt is repeated."""
GIVE_UP = 5.0
"""Seconds from an order's first ask until it is left in doubt."""
GAP = 0.02
"""Seconds between an answer and the next order: a thousand requests at once hurt REAPER."""
_MISSES = 2  # looks without an answer until it counts as gone: REAPER is busy now and then

_STATUS: dict[int, Found | None] = {200: None, 401: "locked", 403: "locked"}
_SEEN: frozenset[Found] = frozenset(("bare", "old", "ready"))


@dataclass(frozen=True, slots=True)
class _Look:
    ticket: int
    number: int
    """Of the script's command; 0: the look is at the transport alone."""
    due: float


@dataclass(slots=True)
class _Sent:
    """The order that is under way. ``ticket`` 0: it is to be asked again at ``due``."""

    order: Order
    number: int
    ticket: int
    first: float
    due: float
    doubtful: bool = False
    withdrawn: bool = False


class WebTier:
    """The conversation with the web interface. ``found`` is what stands there."""

    def __init__(self, backlog: Backlog, transport: ReaperTransport, *, off: bool) -> None:
        self._backlog, self._transport = backlog, transport
        self.found: Found = "off" if off else "unknown"
        self._tickets, self._numbers = count(1), count(1)
        self._run = ""
        self._look: _Look | None = None
        self._sent: _Sent | None = None
        self._look_at = self._ready_at = self._hello_at = float("-inf")
        self._misses = 0

    @property
    def seen(self) -> bool:
        """Whether it answers, with or without the script."""
        return self.found in _SEEN

    @property
    def under_way(self) -> Order | None:
        """The order that is not confirmed yet."""
        return self._sent.order if self._sent else None

    def free_at(self) -> float | None:
        """Return from when on the next order may come; None: it is busy, or not there."""
        return self._ready_at if self.found == "ready" and self._sent is None else None

    # --- asking -----------------------------------------------------------------------------------

    def do(self, order: Order, now: float) -> HttpAsk:
        """Return the ask that has an order done."""
        self._sent = _Sent(order, next(self._numbers), 0, now, now)
        return self._ask_order(self._sent, now)

    def _ask_order(self, sent: _Sent, now: float) -> HttpAsk:
        sent.ticket, sent.due = next(self._tickets), now + PATIENCE + OVERDUE
        if sent.withdrawn:
            path = script.withdrawal(self._run)
        elif sent.order.verb == "run":
            path = script.action(sent.order.name)
        else:
            path = script.command(self._run, sent.number, *sent.order.words)
        return HttpAsk(path, sent.ticket, PATIENCE)

    def _ask_look(self, now: float) -> HttpAsk:
        number, path = 0, script.TRANSPORT
        if self.found != "ready" and now >= self._hello_at:
            self._hello_at = now + SCRIPT_AGAIN if self.seen else float("-inf")
            number = next(self._numbers)
            path = script.command(self._run, number, "hello")
        self._look = _Look(next(self._tickets), number, now + PATIENCE + OVERDUE)
        return HttpAsk(path, self._look.ticket, PATIENCE, look=True)

    # --- time -------------------------------------------------------------------------------------

    def wake(self) -> float | None:
        """Return when the next look or repetition is due, or an answer overdue."""
        if self.found == "off":
            return None
        due = self._look.due if self._look else self._look_at
        return min(due, self._sent.due) if self._sent else due

    def advance(self, moment: Moment) -> list[HttpAsk]:
        """Ask what is due."""
        if self.found == "off":
            return []
        now, out = moment.mono, list[HttpAsk]()
        if not self._run:  # numbers of another run, before a restart, are none of ours
            self._run = format(int(abs(moment.wall) * 1000) % 16**12, "x")
        if self._look and now >= self._look.due:
            self.answered(HttpAnswer(self._look.ticket, failure="cut"), now)
        sent = self._sent
        if sent and now >= sent.due:
            if sent.ticket:
                self._doubt(sent, now)
            else:
                out.append(self._ask_order(sent, now))
        if self._look is None and now >= self._look_at:
            out.append(self._ask_look(now))
        return out

    # --- answers ----------------------------------------------------------------------------------

    def answered(self, answer: HttpAnswer, now: float) -> None:
        """Take an answer; one that is not waited for any more is passed over."""
        look, sent = self._look, self._sent
        if look and answer.ticket == look.ticket:
            self._look = None
            self._looked(look, answer, now)
        elif sent and sent.ticket and answer.ticket == sent.ticket:
            self._ready_at = now + GAP
            self._told(sent, answer, now)

    def _looked(self, look: _Look, answer: HttpAnswer, now: float) -> None:
        if answer.failure == "cut" and self._transport.told_by("web"):
            self._misses += 1
            if self._misses < _MISSES:
                self._look_at = now
                return
        self._misses = 0
        if wrong := _wrong(answer):
            self._lose(wrong, now)
        elif look.number:
            self._greeted(look, answer, now)
        elif (rolling := script.rolling(answer.text)) is not None:
            self._transport.poll(rolling)
            self._look_at = now + LOOK
        else:
            self._lose("stranger", now)

    def _greeted(self, look: _Look, answer: HttpAnswer, now: float) -> None:
        """Judge by the script's answer to a hello whether it is there, and new enough."""
        try:
            reply = script.reply(answer.text)
        except ValueError:
            self._lose("stranger", now)
            return
        if reply is None or not reply.is_to(self._run, look.number):
            self.found = "bare"
        else:
            self.found = "old" if reply.version < script.VERSION else "ready"
        self._hello_at, self._look_at = now + SCRIPT_AGAIN, now  # the transport comes next

    def _told(self, sent: _Sent, answer: HttpAnswer, now: float) -> None:
        """Judge what has come of an order."""
        wrong = _wrong(answer)
        if wrong == "mute":
            self._doubt(sent, now)
        elif wrong:
            self._end(sent, surely_not=not sent.doubtful)
            self._lose(wrong, now)
        elif sent.order.verb == "run":
            self._sent = None
        else:
            self._replied(sent, answer, now)

    def _replied(self, sent: _Sent, answer: HttpAnswer, now: float) -> None:
        try:
            reply = script.reply(answer.text)
        except ValueError:
            self._end(sent, surely_not=not sent.doubtful)
            self._lose("stranger", now)
            return
        if reply is not None and reply.is_to(self._run, sent.number):
            self._sent = None
            self._backlog.done(sent.order, reply)
            if self.found == "mute":
                self._look_at = now
        elif (
            sent.withdrawn
        ):  # REAPER says itself that it was not done, and now it can't be any more
            self._end(sent, surely_not=True)
            self.found, self._hello_at = "bare", now + SCRIPT_AGAIN
        else:
            sent.withdrawn, sent.ticket, sent.due = True, 0, now

    def _doubt(self, sent: _Sent, now: float) -> None:
        """Ask again for what may have been done; meanwhile other news go another way."""
        sent.doubtful, sent.ticket, sent.due = True, 0, now + AGAIN
        if sent.order.verb == "run" or now >= sent.first + GIVE_UP:
            self._end(sent, surely_not=False)
        if self.found == "ready":
            self.found, self._hello_at, self._look_at = "mute", float("-inf"), now

    def _end(self, sent: _Sent, *, surely_not: bool) -> None:
        self._sent = None
        if surely_not:
            self._backlog.put_back(sent.order)
        else:
            self._backlog.doubt(sent.order)

    def _lose(self, found: Found, now: float) -> None:
        """Note that there is no script to tell now."""
        self._transport.lose("web")
        self.found, self._hello_at = found, float("-inf")
        again = LOOK_SELDOM if found in ("stranger", "locked") else LOOK_AGAIN
        self._look_at = now + again


def _wrong(answer: HttpAnswer) -> Found | None:
    """Return what stands there if it can't be REAPER's open web interface, None if it may be."""
    if answer.failure:
        return "nobody" if answer.failure == "nobody" else "mute"
    return _STATUS.get(answer.status, "stranger")

"""Who is there: one device is asked for its identity, and what it answers is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.surface.sysex import is_identity_reply

if TYPE_CHECKING:
    from bridge.ports.midi_events import Wanted
    from bridge.surface.identity import Judgement

PATIENCE = 0.5
"""Seconds for which an answer is waited for; devices on USB take about ten milliseconds."""

AGAIN = 0.2
"""Seconds after which the request is sent once more: a device that just woke up misses the first."""

GRACE = 0.1
"""Seconds for which, after another device's answer, the right one is still waited for: the request
goes to all devices, and several may be behind one port."""

MOST = 4
"""Answers that are looked at; whoever sends more is no device."""

_SHORTEST = 0.001

SILENT = "it did not answer the identity request"


def is_reply(spec: Wanted, message: bytes) -> bool:
    """Tell whether this says who a device is: to everybody's request, or to the device's own."""
    return is_identity_reply(message) or spec.replies.match(message)


class Inquiry:
    """The conversation with one opened device; time is an argument.

    Threads: `hear` is called on the input's thread, `due` and `left` on the output's; anyone may
    read ``reply``, ``other`` and ``note``. ``asks`` tells whether there is anything to ask at all.
    """

    def __init__(self, spec: Wanted, *, contested: bool = False) -> None:
        self.asks = spec.judge is not None and (spec.answers or contested)
        self.reply = b""
        self._request = spec.request
        self._judge, self._sure, self._expected = spec.judge, spec.sure, spec.answers
        self._judgement: Judgement | None = None
        self._heard = 0
        self._requests: list[float] = []
        self._ends = float("inf")
        self._over = False

    def agrees(self, spec: Wanted, *, contested: bool) -> bool:
        """Tell whether asking anew, for `spec`, would come to nothing else."""
        asks = spec.judge is not None and (spec.answers or contested)
        if self._judgement is None or spec.judge is None:
            return asks == self.asks
        return asks == self.asks and spec.judge(self.reply) == self._judgement

    def follow(self, spec: Wanted) -> None:
        """Judge by this spec from now on."""
        self._judge, self._sure = spec.judge, spec.sure

    def due(self, mono: float) -> bytes | None:
        """Return the request when it is to be sent now."""
        if not self._requests:
            self._ends = mono + PATIENCE
        elif self._heard or len(self._requests) > 1 or mono < self._requests[0] + AGAIN:
            return None
        self._requests.append(mono)
        return self._request

    def hear(self, reply: bytes, mono: float) -> bool:
        """Take an identity reply; tell whether it was waited for."""
        if self._judge is None or not self._requests or self._heard >= MOST:
            return False
        judgement = self._judge(reply)
        if self._over and judgement.whose != "own":
            return False
        self._heard += 1
        if self._judgement is None or judgement.whose == "own":
            self.reply, self._judgement = reply, judgement
            if judgement.whose != "own":
                self._ends = min(self._ends, mono + GRACE)
        return True

    def left(self, mono: float) -> float:
        """Return the seconds for which to wait still, 0 when the inquiry is over."""
        own = self._judgement is not None and self._judgement.whose == "own"
        if own or mono >= self._ends:
            self._over = True
            return 0.0
        left = self._ends - mono
        if len(self._requests) == 1 and not self._heard:
            left = min(left, self._requests[0] + AGAIN - mono)
        return max(left, _SHORTEST)

    @property
    def other(self) -> str:
        """The name of the device that is there instead, empty while that is not certain."""
        judgement = self._judgement
        if judgement is None or self._sure or not self._over or judgement.whose != "another":
            return ""
        return judgement.name

    @property
    def note(self) -> str:
        """What is odd about the answer, empty when nothing is."""
        judgement = self._judgement
        if judgement is None:
            return SILENT if self.asks and self._over and self._expected else ""
        match judgement.whose:
            case "own":
                return ""
            case "another":
                return f"it answers as {judgement.name}"
            case "nobody":
                return f"no profile knows its identity, {words(self.reply)}"


def words(data: bytes) -> str:
    """Return bytes as profiles write them."""
    return data.hex(" ").upper()

"""From what a stranger sent to what is asked for: look-up first, then parse. Pure, never raises.

Nearly everything that comes by chance is told from one byte (no address of ours but begins with
``/s`` or a pattern), so a flood of foreign messages reaches no parser.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from bridge.messages import Osc
from bridge.ports.osc_bundle import HEAD, IMMEDIATELY, elements
from bridge.ports.osc_pattern import SPECIAL, AddressSpace
from bridge.ports.osc_requests import ADDRESSES, ROOT, BadRequest, Unreadable, is_echo, request
from bridge.ports.osc_wire import Malformed, decode

if TYPE_CHECKING:
    from bridge.ports.osc_requests import Request

MOST_REQUESTS = 256
"""Requests that are taken from one packet: a pattern in a bundle of thousands stops here."""

Found: TypeAlias = "tuple[int, str, Request | BadRequest]"
"""A request: its time tag, the address it was sent to, and what it asks for."""

_PREFIX = ROOT.encode()
_SECOND = frozenset(_PREFIX[1:2] + b"*?[{")
_SHORT, _KEPT = 64, 256  # bytes of a message that is kept, and how many are
_SHORTEST = 4  # bytes of the smallest OSC packet
_LONGEST = 100  # bytes of an address that is given back in an answer
_SLASH, _HASH = b"/#"
_SPECIAL = SPECIAL.encode()


@dataclass(slots=True)
class Counts:
    """How many messages came in, by what became of them, since the start.

    ``taken`` were requests, ``bad`` were answered with an error, ``released`` were buttons let go,
    ``echoes`` our own feedback come back, ``foreign`` for somebody else, ``malformed`` no OSC.
    ``turned_away`` of the requests, and of what DAWs said, came while too much waited.
    """

    taken: int = 0
    bad: int = 0
    released: int = 0
    echoes: int = 0
    foreign: int = 0
    malformed: int = 0
    turned_away: int = 0


def is_foreign(data: bytes | bytearray, size: int) -> bool:
    """Tell at a glance that the first `size` bytes of `data` are surely not for us."""
    if size < _SHORTEST:
        return True
    return data[1] not in _SECOND if data[0] == _SLASH else data[0] != _HASH


def idle(data: bytes) -> str:
    """Return in words a message to one of our addresses, such as a button's release; else ''.

    For whoever watches: of what `Reader.read` found nothing in. A bundle is not looked into.
    """
    if not data.startswith(_PREFIX):
        return ""
    try:
        message = decode(data)
    except Malformed:
        return ""
    return "" if is_echo(message) else " ".join([message.address, *map(repr, message.args)])


class Reader:
    """Reads packets and counts them. One per thread."""

    def __init__(self) -> None:
        self.counts = Counts()
        self._space = AddressSpace(ADDRESSES)
        self._known: dict[bytes, list[Found]] = {}

    def read(self, data: bytes) -> list[Found]:
        """Return the requests of a packet, in the order they stand in; of a broken bundle none."""
        known = self._known.get(data)
        if known is not None:
            self.counts.taken += 1
            return known
        if data.startswith(_PREFIX):
            return self._remembered(data, self._message(IMMEDIATELY, data))
        if not data.startswith(HEAD):
            return self._pattern(IMMEDIATELY, data)
        try:
            parts = elements(data)
        except Malformed:
            self.counts.malformed += 1
            return []
        found: list[Found] = []
        for tag, part in parts:
            ours = part.startswith(_PREFIX)
            found += self._message(tag, part) if ours else self._pattern(tag, part)
            if len(found) >= MOST_REQUESTS:
                break
        return found[:MOST_REQUESTS]

    def _remembered(self, data: bytes, found: list[Found]) -> list[Found]:
        """Keep what a short message asks for: buttons send the same bytes again and again."""
        if len(data) <= _SHORT and len(found) == 1 and not isinstance(found[0][2], BadRequest):
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[data] = found
        return found

    def _message(self, tag: int, data: bytes) -> list[Found]:
        """Read a message whose address begins as ours do."""
        end = data.find(b"\0")
        if data[:end].translate(None, _SPECIAL) != data[:end]:
            return self._pattern(tag, data)
        try:
            return self._request(tag, decode(data))
        except Malformed as error:
            return self._unread(tag, data, error)

    def _pattern(self, tag: int, data: bytes) -> list[Found]:
        """Read a message whose address is a pattern, or not ours."""
        address = data[: max(0, data.find(b"\0"))]
        if is_foreign(data, len(data)) or address.translate(None, _SPECIAL) == address:
            self.counts.foreign += 1
            return []
        matched = self._space.match(address.decode("ascii", "replace"))
        if not matched:
            self.counts.foreign += 1
            return []
        try:
            args = decode(data).args
        except Malformed as error:
            return self._unread(tag, data, error)
        return [found for one in matched for found in self._request(tag, Osc(one, args))]

    def _unread(self, tag: int, data: bytes, error: Malformed) -> list[Found]:
        """Return what is wrong with a message when it was certainly meant for us."""
        self.counts.malformed += 1
        address = data[: max(0, data.find(b"\0"))].decode("ascii", "replace")
        ours = address.startswith(ROOT) and len(address) <= _LONGEST and address.isascii()
        if not ours or is_echo(Osc(address)):
            return []
        return [(tag, address, Unreadable(f"could not be read: {error}"))]

    def _request(self, tag: int, message: Osc) -> list[Found]:
        counts = self.counts
        if is_echo(message):
            counts.echoes += 1
            return []
        reading = request(message)
        if reading is None:
            counts.released += 1
            return []
        if isinstance(reading, BadRequest):
            counts.bad += 1
        else:
            counts.taken += 1
        return [(tag, message.address, reading)]

"""OSC packets on a stream: SLIP (OSC 1.1, RFC 1055) and lengths (OSC 1.0). Pure.

A connection shows by its first byte which of both it speaks: a length begins with a zero byte
(packets are far below 16 MiB), SLIP with END or, from senders that leave it out, with the packet.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from bridge.ports.osc_wire import MAX_PACKET, Malformed

Framing: TypeAlias = Literal["slip", "length"]

END, ESC = b"\xc0", b"\xdb"
ESC_END, ESC_ESC = b"\xdb\xdc", b"\xdb\xdd"

_LONGEST_SLIP = 2 * MAX_PACKET  # every byte escaped
_FIRST_OF_SLIP = b"\xc0/#"


def frame(packet: bytes, framing: Framing) -> bytes:
    """Return `packet` as it goes over a stream."""
    if framing == "length":
        return len(packet).to_bytes(4, "big") + packet
    return END + packet.replace(ESC, ESC_ESC).replace(END, ESC_END) + END


class Unframer:
    """Cuts one connection's stream into packets. ``framing`` is SLIP until the first byte came."""

    def __init__(self) -> None:
        self.framing: Framing = "slip"
        self._begun = False
        self._rest = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """Return the packets that `data` completes.

        Raises `Malformed` for what is no framed OSC or a packet that is too large: the stream can't
        be read any further then, and is to be closed.
        """
        if not self._begun and data:
            self._begun = True
            self.framing = _sniffed(data[0])
        packets = self._slip(data) if self.framing == "slip" else self._lengths(data)
        if len(self._rest) > _LONGEST_SLIP:
            raise Malformed(f"a packet of more than {MAX_PACKET} bytes on a stream")
        return packets

    def _slip(self, data: bytes) -> list[bytes]:
        first, *more = data.split(END)  # only what is new is searched: a slow sender costs no more
        self._rest += first
        if not more:
            return []
        whole = [bytes(self._rest), *more[:-1]]
        self._rest = bytearray(more[-1])
        return [_unescaped(packet) for packet in whole if packet]

    def _lengths(self, new: bytes) -> list[bytes]:
        self._rest += new
        packets, at, data = [], 0, self._rest
        while len(data) >= at + 4:
            size = int.from_bytes(data[at : at + 4], "big")
            if size > MAX_PACKET:
                raise Malformed(f"a packet of {size} bytes; at most {MAX_PACKET} are read")
            if len(data) < at + 4 + size:
                break
            packets.append(bytes(data[at + 4 : at + 4 + size]))
            at += 4 + size
        del data[:at]
        return packets


def _sniffed(first: int) -> Framing:
    if first == 0:
        return "length"
    if first in _FIRST_OF_SLIP:
        return "slip"
    raise Malformed("a stream that speaks neither SLIP nor lengths")


def _unescaped(packet: bytes) -> bytes:
    # An escaped ESC is always followed by its own second byte, so the order does no harm.
    return packet.replace(ESC_END, END).replace(ESC_ESC, ESC)

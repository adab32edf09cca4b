"""OSC 1.0 bundles taken apart and put together, and their time tags. Pure.

Section names are those of the specification (https://opensoundcontrol.stanford.edu/spec-1_0.html).
"""

from __future__ import annotations

import struct
from typing import TypeAlias

from bridge.ports.osc_wire import MAX_PACKET, Malformed

MAX_DEPTH = 16
"""Bundles inside bundles, at most."""

HEAD = b"#bundle\0"
"""What a bundle begins with ("OSC Bundles")."""

IMMEDIATELY = 1
"""The time tag of what is to be done at once ("Temporal Semantics and OSC Time Tags")."""

Element: TypeAlias = "tuple[int, bytes]"
"""One message of a packet: its time tag (64 bits) and its bytes."""

_NTP_EPOCH = 2208988800  # seconds from 1900, where time tags count from, to 1970 (RFC 5905)
_FRACTION = 1 << 32
_OPENING = 16  # bytes of a bundle before its first element: the head and the time tag
_pack_size = struct.Struct(">i").pack
_size_from = struct.Struct(">i").unpack_from
_tag_from = struct.Struct(">Q").unpack_from


def elements(data: bytes) -> list[Element]:
    """Return the messages of a packet, bundles taken apart, in the order they stand in.

    The bytes of messages are not looked into. A bundle inside a bundle never comes before the one
    it stands in ("OSC Packets": its time tag must not be less). Raises `Malformed` for the whole
    packet when a bundle is broken or deeper than `MAX_DEPTH`, or the packet is too large.
    """
    if len(data) > MAX_PACKET:
        raise Malformed(f"a packet of {len(data)} bytes; at most {MAX_PACKET} are read")
    if not data.startswith(HEAD):
        return [(IMMEDIATELY, data)]
    found: list[Element] = []
    opened = [_open(data, 0, len(data), IMMEDIATELY)]
    while opened:
        at, end, due = opened.pop()
        if at == end:
            continue
        start, after = _element(data, at, end)
        opened.append((after, end, due))
        if not data.startswith(HEAD, start, after):
            found.append((due, data[start:after]))
        elif len(opened) < MAX_DEPTH:
            opened.append(_open(data, start, after, due))
        else:
            raise Malformed(f"OSC bundles more than {MAX_DEPTH} deep")
    return found


def bundle(tag: int, *packets: bytes) -> bytes:
    """Return a bundle of encoded messages or bundles, to be done at the time tag `tag`."""
    inner = b"".join(_pack_size(len(packet)) + packet for packet in packets)
    return HEAD + tag.to_bytes(8, "big") + inner


def wall(tag: int) -> float:
    """Return the seconds since 1970 that a time tag means (0 for at once)."""
    return 0.0 if tag == IMMEDIATELY else tag / _FRACTION - _NTP_EPOCH


def _open(data: bytes, at: int, end: int, due: int) -> tuple[int, int, int]:
    """Return where a bundle's elements begin and end, and when they are due."""
    if at + _OPENING > end:
        raise Malformed("an OSC bundle that ends before its time tag")
    return at + _OPENING, end, max(due, _tag_from(data, at + len(HEAD))[0])


def _element(data: bytes, at: int, end: int) -> tuple[int, int]:
    """Return where the element at `at` begins and ends, behind its size."""
    start = at + 4
    size = _size_from(data, at)[0] if start <= end else -1
    if size < 0 or start + size > end:
        raise Malformed("an OSC bundle whose element is longer than the bundle")
    return start, start + size

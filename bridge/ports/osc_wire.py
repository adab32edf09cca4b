"""OSC 1.0 messages as bytes, written and read. Pure.

Own code since it stands on the press path and reads what strangers send; `docs/adr/0006-osc.md`
has the figures against python-osc, and the tests prove both equal. Section names are those of the
OSC 1.0 specification (https://opensoundcontrol.stanford.edu/spec-1_0.html).
"""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import TYPE_CHECKING

from bridge.errors import Invalid
from bridge.messages import Osc

if TYPE_CHECKING:
    from collections.abc import Callable

    from bridge.messages import OscArg

MAX_PACKET = 65536
"""Bytes of the largest packet that is read; UDP over IPv4 carries at most 65507."""

MAX_ARGS = 1024
"""Arguments of one message, at most."""

_INT32 = 1 << 31
_INT64 = 1 << 63
_FLOAT_MAX = 3.4028235e38  # the largest 32-bit float, IEEE 754

_pack_int = struct.Struct(">i").pack
_pack_long = struct.Struct(">q").pack
_pack_float = struct.Struct(">f").pack
_pack_double = struct.Struct(">d").pack
_int_from = struct.Struct(">i").unpack_from
_long_from = struct.Struct(">q").unpack_from
_float_from = struct.Struct(">f").unpack_from
_double_from = struct.Struct(">d").unpack_from

_ASCII = 127  # "an ascii character, sent as 32 bits"
_PAD = (b"\0\0\0\0", b"\0\0\0", b"\0\0", b"\0")


class Malformed(Invalid):
    """A packet that is no OSC: cut short, too large, too deep, not UTF-8, of an unknown type."""


def encode(message: Osc) -> bytes:
    """Return the datagram of `message`.

    A str goes as ``s``, bytes as ``b``, an int as ``i`` or, where it is too large, ``h``; a float
    as ``f`` or, beyond its range, ``d``; True, False and None as ``T``, ``F`` and ``N``. NUL, which
    no OSC string can hold, is left out of strings. Raises `Invalid` for an int beyond 64 bits.
    """
    tags = ","
    parts = b""
    for arg in message.args:
        tag, data = _WRITERS.get(type(arg), _other)(arg)
        tags += tag
        parts += data
    return _padded(message.address) + _padded(tags) + parts


def decode(data: bytes) -> Osc:
    """Return the message that `data` holds.

    Besides what `encode` writes, ``S`` and ``c`` are read as str, ``t``, ``r`` and ``m`` as the
    bytes they are, and ``I`` (OSC 1.1: impulse) as True. A message without type tags has no
    arguments. Raises `Malformed`; arrays are refused, as this vocabulary has no use for them.
    """
    if len(data) > MAX_PACKET:
        raise Malformed(f"a packet of {len(data)} bytes; at most {MAX_PACKET} are read")
    address, at = _text(data, 0)
    if address[:1] != "/":
        raise Malformed("an OSC address begins with /")
    if at >= len(data):
        return Osc(address)
    tags, at = _text(data, at)
    if tags[:1] != "," or len(tags) > MAX_ARGS + 1:
        raise Malformed(f"type tags begin with a comma and are at most {MAX_ARGS}")
    return Osc(address, _arguments(data, tags, at))


@lru_cache(maxsize=1024)
def _padded(text: str) -> bytes:
    """Return an address or type tags as an OSC string; there are few, so they are kept."""
    return _string(text)[1]


def _string(text: str) -> tuple[str, bytes]:
    data = text.encode("utf-8", "replace")
    if b"\0" in data:
        data = data.replace(b"\0", b"")
    return "s", data + _PAD[len(data) & 3]


def _integer(value: int) -> tuple[str, bytes]:
    if -_INT32 < value < _INT32:  # python-osc, too, sends the least of 32 bits as 64
        return "i", _pack_int(value)
    if -_INT64 <= value < _INT64:
        return "h", _pack_long(value)
    raise Invalid("a number of more than 64 bits can't be sent over OSC")


def _real(value: float) -> tuple[str, bytes]:
    if _FLOAT_MAX < abs(value) < float("inf"):
        return "d", _pack_double(value)
    return "f", _pack_float(value)


def _blob(value: bytes) -> tuple[str, bytes]:
    return "b", _pack_int(len(value)) + value + b"\0" * (-len(value) % 4)


_CONSTANTS = {True: ("T", b""), False: ("F", b""), None: ("N", b"")}

# Any: each writer takes the one type that it stands beside.
_WRITERS: dict[type, Callable[..., tuple[str, bytes]]] = {
    str: _string,
    int: _integer,
    float: _real,
    bytes: _blob,
    bool: _CONSTANTS.__getitem__,
    type(None): _CONSTANTS.__getitem__,
}


def _other(arg: OscArg) -> tuple[str, bytes]:
    """Write a value of a subclass, a `StrEnum` for one."""
    for kind in (str, int, float, bytes):
        if isinstance(arg, kind):
            return _WRITERS[kind](arg)
    raise Invalid(f"{type(arg).__name__} can't be sent over OSC")


def _text(data: bytes, at: int) -> tuple[str, int]:
    """Return the OSC string at `at`, and where the next thing begins."""
    end = data.find(b"\0", at)
    after = (end & ~3) + 4
    if end < 0 or after > len(data):
        raise Malformed("an OSC string that has no end")
    try:
        return data[at:end].decode(), after
    except UnicodeDecodeError:
        raise Malformed("an OSC string that is not UTF-8") from None


def _arguments(data: bytes, tags: str, at: int) -> tuple[OscArg, ...]:
    args: list[OscArg] = []
    try:
        for tag in tags[1:]:
            value, at = _READERS[tag](data, at)
            args.append(value)
    except struct.error:
        raise Malformed("an OSC message that ends before its last argument") from None
    except KeyError as error:
        raise Malformed(f"an OSC argument of type {error}; arrays and others aren't read") from None
    return tuple(args)


def _read_int(data: bytes, at: int) -> tuple[OscArg, int]:
    return _int_from(data, at)[0], at + 4


def _read_long(data: bytes, at: int) -> tuple[OscArg, int]:
    return _long_from(data, at)[0], at + 8


def _read_float(data: bytes, at: int) -> tuple[OscArg, int]:
    return _float_from(data, at)[0], at + 4


def _read_double(data: bytes, at: int) -> tuple[OscArg, int]:
    return _double_from(data, at)[0], at + 8


def _read_char(data: bytes, at: int) -> tuple[OscArg, int]:
    code = _int_from(data, at)[0]
    if not 0 <= code <= _ASCII:
        raise Malformed("an OSC character that is not ASCII")
    return chr(code), at + 4


def _read_blob(data: bytes, at: int) -> tuple[OscArg, int]:
    size, start = _int_from(data, at)[0], at + 4
    after = start + ((size + 3) & ~3)
    if size < 0 or after > len(data):
        raise Malformed("an OSC blob that is longer than its packet")
    return data[start : start + size], after


def _read_raw(size: int) -> Callable[[bytes, int], tuple[OscArg, int]]:
    def read(data: bytes, at: int) -> tuple[OscArg, int]:
        if at + size > len(data):
            raise Malformed("an OSC message that ends before its last argument")
        return data[at : at + size], at + size

    return read


def _constant(value: OscArg) -> Callable[[bytes, int], tuple[OscArg, int]]:
    return lambda _data, at: (value, at)


_READERS: dict[str, Callable[[bytes, int], tuple[OscArg, int]]] = {
    "i": _read_int,
    "f": _read_float,
    "s": _text,
    "b": _read_blob,
    "h": _read_long,
    "d": _read_double,
    "S": _text,
    "c": _read_char,
    "t": _read_raw(8),
    "r": _read_raw(4),
    "m": _read_raw(4),
    "T": _constant(True),
    "F": _constant(False),
    "N": _constant(None),
    "I": _constant(True),
}

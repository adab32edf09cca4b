"""Sockets for OSC, opened and bound, with their errors in the user's words."""

from __future__ import annotations

import errno
import os
import socket
import sys
from contextlib import suppress
from typing import TypeAlias

from bridge.errors import Unavailable

Address: TypeAlias = "tuple[str, int]"
"""A host, numeric where it comes from a socket, and a port."""

RECEIVE_BUFFER = 1 << 20
"""Bytes asked for: the default holds about 256 small datagrams, 13 ms of 20,000 a second."""

SERVICE = '[osc] listen = "{}"'
LINK = 'listen = "{}" of that [[daw]], and the same port in the DAW'
"""Where the user sets a port, for the sentence that says so; the braces are an address to try."""

_OURS = (7707, 7708)  # what OSC and HTTP have by default: no advice to give
_QUOTED = 2048  # bytes; refusals quote less (RFC 1812: up to 576 with headers)
_STEP = 10  # ports from the one that is taken to the one to try
_LAST = 65535

_OUT_OF_REACH = (errno.EINVAL, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.ENETUNREACH)
_UNPRIVILEGED = 1024  # ports below need rights; Windows says EACCES for one that is held, too
_TRIES = 20  # a free UDP port whose number is taken for TCP is seldom; twenty in a row are not
_RECVERR = {socket.AF_INET: (socket.IPPROTO_IP, 11), socket.AF_INET6: (socket.IPPROTO_IPV6, 25)}
"""Level and option that tell an unconnected UDP socket of refusals: linux/in.h, linux/in6.h."""


def resolve(host: str, port: int) -> tuple[socket.AddressFamily, Address]:
    """Return the address family and numeric address of `host`. Blocks; raises `Unavailable`."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)
    except (OSError, UnicodeError) as error:
        raise Unavailable(f"the host {host!r} can't be found ({error}); give its address") from None
    family, address = found[0][0], found[0][4]
    return family, (str(address[0]), int(address[1]))


def family(host: str) -> socket.AddressFamily:
    """Return the address family of a numeric address."""
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def udp(family: socket.AddressFamily, bind: Address | None = None) -> socket.socket:
    """Return a UDP socket that never blocks, with a large receive buffer. Raises OSError."""
    sock = socket.socket(family, socket.SOCK_DGRAM)
    try:
        sock.setblocking(False)
        with suppress(OSError):  # a small buffer is better than none
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        if bind is not None:
            sock.bind(bind)
    except BaseException:
        sock.close()
        raise
    return sock


def tcp(family: socket.AddressFamily, bind: Address) -> socket.socket:
    """Return a listening TCP socket that never blocks. Raises OSError."""
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        if os.name == "posix":  # on Windows this would let two programs share the port
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(bind)
        sock.listen(16)
    except BaseException:
        sock.close()
        raise
    return sock


def both(host: str, port: int) -> tuple[socket.socket, socket.socket]:
    """Return a UDP and a TCP socket on the same host and port; port 0 finds a free one.

    Raises `Unavailable` with the sentence for the user.
    """
    family, address = resolve(host, port)
    for attempt in range(_TRIES):
        last = attempt + 1 == _TRIES or port != 0
        datagrams = _bound(family, address, SERVICE)
        bound = datagrams.getsockname()[:2]
        try:
            return datagrams, tcp(family, bound)
        except OSError as error:
            datagrams.close()
            if last:
                raise Unavailable(_sentence(error, bound, "TCP", SERVICE)) from None
    raise AssertionError  # the last attempt returns or raises


def listener(host: str, port: int) -> socket.socket:
    """Return a UDP socket bound for a DAW's answers. Raises `Unavailable`."""
    family, address = resolve(host, port)
    return _bound(family, address, LINK)


def is_out_of_reach(error: OSError) -> bool:
    """Tell whether sending failed since the socket is bound to loopback, or of another family."""
    return isinstance(error, socket.gaierror) or error.errno in _OUT_OF_REACH


def tell_refusals(sock: socket.socket) -> None:
    """Let the system tell this UDP socket when nobody listens at the other end, where it can.

    Linux does on request, Windows by itself; macOS tells connected sockets only.
    """
    if sys.platform == "linux":
        with suppress(OSError):
            sock.setsockopt(*_RECVERR[sock.family], 1)


def drain_refusals(sock: socket.socket) -> list[bytes] | None:
    """Empty Linux's queue of errors, which would keep the socket ready for ever.

    Return the beginnings of the datagrams that were refused, as far as the refusals quote them; None
    where the system doesn't tell.
    """
    if sys.platform != "linux":
        return None
    refused: list[bytes] = []
    with suppress(OSError):
        while True:
            refused.append(sock.recvmsg(_QUOTED, 0, socket.MSG_ERRQUEUE)[0])
    return refused


def _bound(family: socket.AddressFamily, address: Address, setting: str) -> socket.socket:
    try:
        return udp(family, address)
    except OSError as error:
        raise Unavailable(_sentence(error, address, "UDP", setting)) from None


def _sentence(error: OSError, address: Address, protocol: str, setting: str) -> str:
    host, port = address
    place = f"port {port} ({protocol}) on {host}"
    here = "127.0.0.1" if error.errno == errno.EADDRNOTAVAIL else host
    remedy = f"set another in config.toml: {setting.format(_other(here, port))}"
    match error.errno:
        case errno.EADDRINUSE | errno.EACCES if port >= _UNPRIVILEGED or _in_use(error):
            return (
                f"{place} is in use by another program, perhaps a second Songbridge (which one, "
                f"the system doesn't tell); close that one, or {remedy}"
            )
        case errno.EADDRNOTAVAIL:
            return f"{host} is no address of this machine, so {place} can't be had; {remedy}"
        case _:
            return f"{place} can't be had ({error.strerror or error}); {remedy}"


def _other(host: str, port: int) -> str:
    """Return an address that is likely to be free, as it is written in the configuration."""
    step = _STEP if port + 2 * _STEP <= _LAST else -_STEP
    other = max(port, _UNPRIVILEGED) + step
    other += step if other in _OURS else 0
    return f"[{host}]:{other}" if ":" in host else f"{host}:{other}"


def _in_use(error: OSError) -> bool:
    return error.errno == errno.EADDRINUSE

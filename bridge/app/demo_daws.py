"""Two programs that listen, so that the demo's datagrams are real: a REAPER-like and a plain one.

They have sockets and no thread: whoever runs the demo asks them to look.
"""

from __future__ import annotations

import json
import select
import socket
from dataclasses import dataclass

from bridge.errors import Unavailable
from bridge.messages import Osc
from bridge.ports.osc_sockets import Address
from bridge.ports.osc_wire import Malformed, decode, encode

LOCAL = "127.0.0.1"
_LARGEST = 65536


def in_words(message: Osc) -> str:
    """Return a message as people write it: strings in quotes, numbers bare."""
    return " ".join((message.address, *(json.dumps(a, ensure_ascii=False) for a in message.args)))


class Ear:
    """A UDP socket on a free port of loopback. ``heard`` counts what came in. Raises Unavailable."""

    def __init__(self) -> None:
        self.heard = 0
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            self._socket.setblocking(False)
            self._socket.bind((LOCAL, 0))
        except OSError as error:
            self._socket.close()
            raise Unavailable(f"no port of {LOCAL} can be had ({error.strerror})") from None
        self.port: int = self._socket.getsockname()[1]

    def take(self, patience: float = 0.0) -> list[Osc]:
        """Return what came in, waiting at most `patience` seconds for the first message."""
        if patience and not select.select([self._socket], [], [], patience)[0]:
            return []
        messages: list[Osc] = []
        while (data := self._next()) is not None:
            self.heard += 1
            try:
                messages.append(decode(data))
            except Malformed:
                continue
        return messages

    def say(self, message: Osc, to: Address) -> None:
        """Send a message."""
        self._socket.sendto(encode(message), to)

    def close(self) -> None:
        """Let go of the port."""
        self._socket.close()

    def _next(self) -> bytes | None:
        while True:
            try:
                return self._socket.recv(_LARGEST)
            except BlockingIOError:
                return None
            except ConnectionError:  # Windows tells here that an answer reached nobody
                continue


def free_port() -> int:
    """Return a UDP port of loopback that is free at this moment. Raises Unavailable."""
    ear = Ear()
    ear.close()
    return ear.port


@dataclass(slots=True)
class Placed:
    """A marker in the project: `at` is in seconds since the recording began."""

    number: int
    at: float
    name: str = ""


INSERT = 40157
"""REAPER's action "insert marker at current position" (its action list)."""


GREETING = Osc("/action", (41743,))
"""Its action "refresh all surfaces": it tells what it knows, so that it is heard."""


class Reaper:
    """Does with markers what REAPER does over its plain OSC: inserts, answers, takes the name.

    Its transport runs, so that a marker stands where the work was. ``answers`` counts what it said.
    """

    def __init__(self, ear: Ear, began: float) -> None:
        self.ear, self._began = ear, began
        self.markers: list[Placed] = []
        self.answers = 0

    def take(self, now: float, answer_to: Address, patience: float = 0.0) -> list[Osc]:
        """Do what came in by the instant `now` and answer; return what came in, but for greetings."""
        messages = self.ear.take(patience)
        for message in messages:
            self._do(message, now, answer_to)
        return [message for message in messages if message != GREETING]

    def _do(self, message: Osc, now: float, answer_to: Address) -> None:
        match message:
            case Osc("/action", (number,)) if number == INSERT:
                self.markers.append(Placed(len(self.markers) + 1, now - self._began))
            case Osc("/lastmarker/name", (str() as name,)) if self.markers:
                self.markers[-1].name = name
            case _ if message == GREETING:
                self._say(answer_to, Osc("/lastmarker/name", ("",)))
                return
            case _:
                return
        last = self.markers[-1]
        self._say(
            answer_to,
            Osc("/lastmarker/name", (last.name,)),
            Osc("/lastmarker/number/str", (str(last.number),)),
            Osc("/lastmarker/time", (float(last.at),)),
        )

    def _say(self, to: Address, *answers: Osc) -> None:
        for answer in answers:
            self.answers += 1
            self.ear.say(answer, to)

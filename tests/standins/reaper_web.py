"""A stand-in for REAPER's web interface: commands of a path in order, on the OSC stand-in's project.

What it copies (web_interface_modding.md of ReaTeam/Doc): ``/_/A;B;C`` runs one after the other;
``SET/EXTSTATE``, ``GET/EXTSTATE``, ``TRANSPORT``, actions by number and by name; keys and values are
percent-decoded; what it doesn't know is passed over. Each answer may take its time, be lost on the
way, or come although nothing was done, as each case asks.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self
from urllib.parse import unquote

from bridge.daw.reaper_script import ACTION
from bridge.files import shipped
from bridge.messages import HttpAnswer, HttpAsk, Osc
from tests.standins.reaper import ReaperCore, Track
from tests.standins.reaper_api import ReaperApi

if TYPE_CHECKING:
    from collections.abc import Callable

SCRIPT = shipped.examples() / "reaper" / "songbridge_cue.lua"


@dataclass
class ReaperWeb:
    """Project, script and web interface without a socket: asks and instants in, answers out.

    ``up``: somebody listens; ``installed``: the script's action is there; ``page``: another program
    answers with that; ``status`` is HTTP's; ``lose``: so many answers are lost after all was done;
    ``hang``: it takes connections and does nothing.
    """

    core: ReaperCore = field(default_factory=ReaperCore)
    osc: bool = False
    up: bool = True
    installed: bool = True
    page: str | None = None
    status: int = 200
    latency: float = 0.03
    lose: int = 0
    hang: bool = False
    version: int = 1
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.core.tracks:
            self.core.tracks = [Track("Bass", "{B-1}", 0), Track("Drums", "{D-2}", 0x1123456)]
        self.api = ReaperApi(self.core, SCRIPT)
        self._out: list[tuple[float, HttpAnswer]] = []

    # --- over OSC ---

    def receive(self, message: Osc, at: float) -> list[Osc]:
        return self.core.receive(message, at) if self.osc else []

    def advance(self, at: float) -> list[Osc]:
        return self.core.advance(at) if self.osc else []

    def due(self) -> float | None:
        due = [at for at, _ in self._out]
        if self.osc and (core := self.core.due()) is not None:
            due.append(core)
        return min(due, default=None)

    # --- over HTTP ---

    def ask(self, ask: HttpAsk, at: float) -> None:
        """Take an ask; its answer is ready later."""
        self._out.append(self.answer(ask, at))

    def answer(self, ask: HttpAsk, at: float) -> tuple[float, HttpAnswer]:
        """Do what is asked; return the answer and when it is there."""
        self.core.advance(at)
        if not self.up:
            return at, HttpAnswer(ask.ticket, failure="nobody")
        self.asked.append(ask.path)
        if self.hang:
            return at + ask.patience, HttpAnswer(ask.ticket, failure="cut")
        if self.page is not None or self.status != 200:
            return at, HttpAnswer(ask.ticket, self.status, self.page or "")
        lines = [line for one in ask.path[3:].split(";") for line in self._command(one, at)]
        if self.lose and not ask.look:
            self.lose -= 1
            return at + ask.patience, HttpAnswer(ask.ticket, failure="cut")
        return at + self.latency, HttpAnswer(ask.ticket, 200, "\n".join(lines) + "\n")

    def answers(self, at: float) -> list[HttpAnswer]:
        """Return the answers that are there by then."""
        ready = [answer for when, answer in self._out if when <= at]
        self._out = [(when, answer) for when, answer in self._out if when > at]
        return ready

    def _command(self, command: str, at: float) -> list[str]:
        match command.split("/"):
            case ["SET", "EXTSTATE", section, key, value]:
                self.api.ext[unquote(section), unquote(key)] = unquote(value)
            case ["GET", "EXTSTATE", section, key]:
                value = self.api.ext.get((unquote(section), unquote(key)), "")
                return [f"EXTSTATE\t{section}\t{key}\t{self._aged(value)}"]
            case ["TRANSPORT"]:
                return [f"TRANSPORT\t{self.core.play_state}\t{self.core.cursor}\t0\t1.1.00\t1.1.00"]
            case [name] if name == ACTION and self.installed:
                self.api.run(at)
            case [number] if number.isdecimal():
                self.core.act(int(number), at)
            case _:
                pass
        return []

    def _aged(self, reply: str) -> str:
        """Return a reply as the script of that version would give it."""
        return reply.replace("songbridge.1.", f"songbridge.{self.version}.", 1)


class ReaperWebStandIn:
    """The web interface on a port of its own. A context manager."""

    def __init__(self, web: ReaperWeb | None = None) -> None:
        self.web = web or ReaperWeb(latency=0.0)
        self._changed = threading.Condition()
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = stand_in._answer(self.path)
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def wait_for(self, holds: Callable[[ReaperWeb], object], timeout: float) -> bool:
        """Wait until `holds` of the project; return whether it did within `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: bool(holds(self.web)), timeout)

    def _answer(self, path: str) -> bytes:
        with self._changed:
            _, answer = self.web.answer(HttpAsk(path, 0, 1.0), time.monotonic())
            self._changed.notify_all()
        return answer.text.encode()

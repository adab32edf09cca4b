"""Pad to cue while other DAWs hang: sockets that nobody reads, a web interface that never answers."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from tests.bench import home
from tests.bench.figures import Versus
from tests.bench.pressing import EACH, MEDIAN, P99, PRESSES, ROUNDS, floor, ours
from tests.bench.rig import rig, songs

_NAMES = ("mark", "later")
_SAME = 1.15  # a ratio of 1 within what two runs of one and the same thing differ
_DAW = """
[[daw]]
kind = "{kind}"
host = "127.0.0.1:{host}"
"""
_LISTEN = 'listen = "127.0.0.1:{listen}"\n'


@contextmanager
def hung() -> Iterator[str]:
    """Give the tables of four DAWs that took their ports and do nothing more."""
    with ExitStack() as stack:
        text = ""
        for kind in ("ableton", "ardour", "bitwig", "reaper"):
            deaf = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            deaf.bind(("127.0.0.1", 0))
            text += _DAW.format(kind=kind, host=deaf.getsockname()[1])
            text += "" if kind == "ardour" else _LISTEN.format(listen=home.free_port())
        web = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=8))
        yield f'{text}web = "127.0.0.1:{web.getsockname()[1]}"\n'


def hang() -> list[str]:
    """Pad to cue with four DAWs that hang, against the floor and against one that is well, alone."""
    bare = {name: Versus(f"pad -> cue, DAWs hang: {name}", MEDIAN, P99) for name in _NAMES}
    well = {name: Versus(f"DAWs hang / none: {name}", _SAME, bare="none") for name in _NAMES}
    with rig(songs(ROUNDS * EACH * 2)) as bench, hung() as tables:
        for _ in range(ROUNDS):
            with bench.floor() as program:
                for result in bare.values():
                    floor(result, program.press)
            with bench.ours() as service:
                for name, result in well.items():
                    floor(result, partial(PRESSES[name], service))
            with bench.ours(more=tables) as service:
                for name, result in bare.items():
                    ours(result, partial(PRESSES[name], service))
                    well[name].ours.append(result.ours[-1])
    return [line for one in (bare, well) for result in one.values() for line in result.lines()]

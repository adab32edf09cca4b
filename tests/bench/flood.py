"""Foreign OSC messages at a rate, for a time, in a process of its own.

Run with: UDP port on this machine, messages a second, seconds. Prints how many were sent. What it
sends is what a DAW, a mixer and a light desk say to their surfaces; some begin as ours do.
"""

from __future__ import annotations

import socket
import sys
import time

from bridge.messages import Osc
from bridge.ports.osc_wire import encode

_TICK = 0.001
FOREIGN = (
    Osc("/track/3/volume", (0.71,)),
    Osc("/strip/fader", (3, 0.4)),
    Osc("/live/song/get/current_song_time", (17.25,)),
    Osc("/time/str", ("1.2.03",)),
    Osc("/ch/01/mix/fader", (0.5,)),
    Osc("/songlist/changed", (1,)),
    Osc("/track/3/vu", (0.2,)),
    Osc("/cue/1/go", ()),
)


def main(port: int, rate: float, seconds: float) -> None:
    """Send in small bursts, each at its time; what is late is sent at once, as bursts are."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.connect(("127.0.0.1", port))
    packets = [encode(message) for message in FOREIGN]
    begin, sent = time.perf_counter(), 0
    while (passed := time.perf_counter() - begin) < seconds:
        for _ in range(min(int(passed * rate) - sent, 512)):
            try:
                sock.send(packets[sent % len(packets)])
            except ConnectionError:
                continue
            sent += 1
        time.sleep(_TICK)
    sys.stdout.write(f"{sent}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]))

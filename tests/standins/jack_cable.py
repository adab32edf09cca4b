"""The far end of a MIDI cable: two virtual JACK ports, named as a2jmidid names them.

Run with: client name, name of the port that sends, name of the port that hears. Lines in, on
standard input: hex bytes to send. Lines out: ``r`` or ``s`` (received, sent), the monotonic time,
hex bytes.
"""

from __future__ import annotations

import sys
import threading
import time

import rtmidi


def main(client: str, sends: str, hears: str) -> None:
    """Be plugged in until standard input ends."""
    lock = threading.Lock()

    def tell(kind: str, at: float, data: bytes) -> None:
        with lock:
            sys.stdout.write(f"{kind} {at!r} {data.hex()}\n")
            sys.stdout.flush()

    out = rtmidi.MidiOut(rtmidi.API_UNIX_JACK, f"{client} (capture)")
    out.open_virtual_port(sends)
    inp = rtmidi.MidiIn(rtmidi.API_UNIX_JACK, f"{client} (playback)")
    inp.ignore_types(sysex=False, timing=False, active_sense=False)
    inp.set_callback(lambda event, _: tell("r", time.monotonic(), bytes(event[0])))
    inp.open_virtual_port(hears)
    tell("up", time.monotonic(), b"")
    for line in sys.stdin:
        data = bytes.fromhex(line)
        at = time.monotonic()
        out.send_message(data)
        tell("s", at, data)
    inp.cancel_callback()
    inp.delete()
    out.delete()


if __name__ == "__main__":
    main(*sys.argv[1:4])

"""The far end of a MIDI cable: two virtual JACK ports, named as a2jmidid names them.

Run with: client name, name of the port that sends, name of the port that hears. Lines in, on
standard input: hex bytes to send. Lines out: ``r`` or ``s`` (received, sent), the monotonic time,
hex bytes.

What is received waits in RtMidi's own queue and is polled: a Python callback takes longer than a
period for a burst, and JACK then writes the next period over what was not read yet.
"""

from __future__ import annotations

import sys
import threading
import time

import rtmidi

QUEUE = 4096
POLL = 0.0002
"""Messages that may wait, and seconds between two looks at them."""


def main(client: str, sends: str, hears: str) -> None:
    """Be plugged in until standard input ends."""
    lock = threading.Lock()

    def tell(kind: str, at: float, data: bytes) -> None:
        with lock:
            sys.stdout.write(f"{kind} {at!r} {data.hex()}\n")
            sys.stdout.flush()

    out = rtmidi.MidiOut(rtmidi.API_UNIX_JACK, f"{client} (capture)")
    out.open_virtual_port(sends)
    inp = rtmidi.MidiIn(rtmidi.API_UNIX_JACK, f"{client} (playback)", QUEUE)
    inp.ignore_types(sysex=False, timing=False, active_sense=False)
    inp.open_virtual_port(hears)

    def listen() -> None:
        while True:
            event = inp.get_message()
            if event is None:
                time.sleep(POLL)
            else:
                tell("r", time.monotonic(), bytes(event[0]))

    threading.Thread(target=listen, daemon=True).start()
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

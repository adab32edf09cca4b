"""The floor, in a process of its own: a bare rtmidi callback that sends, and a bare UDP echo.

Run with: parts of the names of the JACK ports to hear and to speak to, the UDP port that cues go to,
the UDP port that echoes. An output is open, as the service has one, and says nothing. The callback
sends one prebuilt datagram by plain ``sendto``, for presses only; its thread state is not kept. The
echo sends back what begins with ``/songbridge`` and throws the rest away. A control change goes on
through a virtual port from within the callback.
"""

from __future__ import annotations

import socket
import sys

import rtmidi

CONTROL_CHANGE = 0xB0
THRU = "bare thru"
CUE = b"/songbridge/cue/marker\0\0,ss\0Write chord progression\0#3FA7FF\0"


def main(hears: str, speaks: str, cues: int, echo: int) -> None:
    """Serve until standard input ends or the process is ended."""
    out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    target = ("127.0.0.1", cues)

    def receive(event: tuple[list[int], float], _data: object) -> None:
        data = event[0]
        if data[0] == 0x90 and data[2]:
            out.sendto(CUE, target)
        elif data[0] & 0xF0 == CONTROL_CHANGE:
            through.send_message(data)

    through = rtmidi.MidiOut(rtmidi.API_UNIX_JACK, "bench thru")
    through.open_virtual_port(THRU)
    midi = rtmidi.MidiIn(rtmidi.API_UNIX_JACK, "bench floor")
    midi.set_callback(receive)
    found = [i for i, name in enumerate(midi.get_ports()) if hears in name]
    midi.open_port(found[0], "in")
    lights = rtmidi.MidiOut(rtmidi.API_UNIX_JACK, "bench floor")
    found = [i for i, name in enumerate(lights.get_ports()) if speaks in name]
    lights.open_port(found[0], "out")
    ear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    ear.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    ear.bind(("127.0.0.1", echo))
    sys.stdout.write("up\n")
    sys.stdout.flush()
    while True:
        data, sender = ear.recvfrom(65536)
        if data.startswith(b"/songbridge"):
            ear.sendto(data, sender)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))

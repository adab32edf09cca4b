"""Ableton's Push 2 and Push 1, each on its User port: deaf to notes until it is in User mode.

What Live does on the other port (switching the mode) is `switch`.
"""

from __future__ import annotations

from tests.standins.emulators.device import (
    CONTROL_CHANGE,
    IDENTITY_REQUEST,
    NOTE_ON,
    is_channel_message,
    is_sysex,
)

LIVE, USER = 0, 1
PUSH2 = bytes.fromhex("F0 00 21 1D 01 01")
PUSH2_IDENTITY = bytes.fromhex(
    "F0 7E 01 06 02 00 21 1D 67 32 02 00 01 00 2F 00 01 02 03 04 05 01 F7"
)
PUSH1 = bytes.fromhex("F0 47 7F 15")
PUSH1_IDENTITY = bytes.fromhex("F0 7E 00 06 02 47 15 00 19 01 00 00 00 00 00 00 F7")
EACH = 0.004
"""Seconds that one note takes a Push, as one report has it: 3 to 5 ms."""
MOST_WAITING = 40
"""Messages that it keeps meanwhile; those beyond are lost. The number is ours, to be strict."""
LINE = 68
MOST_ARGUMENTS = 17


class Push:
    """What both have in common: modes, slowness, and lights by status byte and number."""

    header = PUSH2
    identity = PUSH2_IDENTITY

    def __init__(self) -> None:
        self.power_cycle()

    def power_cycle(self) -> None:
        """Forget everything: it wakes up in Live mode."""
        self.mode = LIVE
        self.ignored = self.lost = self.still = 0
        self.values: dict[tuple[int, int], int] = {}
        self._busy_until = 0.0

    def value(self, status: int, number: int) -> int:
        """The number of the colour that a light was told last."""
        return self.values.get((status, number), 0)

    def press(self, number: int) -> list[bytes]:
        """What the User port says when a pad goes down."""
        return [bytes((NOTE_ON, number, 100))] if self.mode == USER else []

    def release(self, number: int) -> list[bytes]:
        """What it says when the finger leaves."""
        return [bytes((NOTE_ON, number, 0))] if self.mode == USER else []

    def switch(self, mode: int) -> list[bytes]:
        """Live switches the mode on its own port and paints over all lights; both ports hear of it."""
        self.values = dict.fromkeys(self.values, 1)
        return self._switched(mode)

    def receive(self, data: bytes, at: float) -> list[bytes]:
        """Take one message."""
        if data == IDENTITY_REQUEST:
            return [self.identity]
        if is_sysex(data) and data.startswith(self.header):
            return self._command(data[len(self.header) : -1])
        if not is_channel_message(data) or self.mode == LIVE:
            self.ignored += 1
        elif self._has_room(at):
            self._light(data)
        return []

    def _has_room(self, at: float) -> bool:
        self._busy_until = max(self._busy_until, at) + EACH
        full = self._busy_until - at > MOST_WAITING * EACH + 1e-9
        self.lost += full
        return not full

    def _light(self, data: bytes) -> None:
        if data[0] & 0x0F:
            self.still += 1  # an animation: without a clock it never begins
        self.values[data[0] & 0xF0, data[1]] = data[2]

    def _switched(self, mode: int) -> list[bytes]:
        self.mode = mode
        return []

    def _command(self, body: bytes) -> list[bytes]:
        raise NotImplementedError


class Push2(Push):
    """With a palette for pads and white buttons, of which its document tells eight entries."""

    def power_cycle(self) -> None:
        """Forget everything."""
        super().power_cycle()
        self.palette: dict[int, tuple[int, int, int]] = {
            0: (0, 0, 0),
            122: (204, 204, 204),
            123: (64, 64, 64),
            124: (20, 20, 20),
            125: (0, 0, 255),
            126: (0, 255, 0),
            127: (255, 0, 0),
        }
        self.white: dict[int, int] = {0: 0, 16: 32, 48: 84, 127: 128}

    def colour(self, number: int, status: int = NOTE_ON) -> tuple[int, int, int]:
        """What a pad or coloured button shows. Raises `KeyError` for an entry nobody knows."""
        return self.palette[self.value(status, number)]

    def brightness(self, number: int) -> int:
        """How bright a white button is, 0 to 255."""
        return self.white[self.value(CONTROL_CHANGE, number)]

    def _switched(self, mode: int) -> list[bytes]:
        self.mode = mode
        return [PUSH2 + bytes((0x0A, mode, 0xF7))]

    def _command(self, body: bytes) -> list[bytes]:
        if len(body) - 1 > MOST_ARGUMENTS:
            self.ignored += 1
            return []
        match body[0] if body else -1:
            case 0x0A if len(body) == 2 and body[1] in (0, 1, 2):
                return self._switched(body[1])
            case 0x03 if len(body) == 10 and max(body[3::2]) < 2:
                red, green, blue, white = (body[n] | body[n + 1] << 7 for n in (2, 4, 6, 8))
                self.palette[body[1]], self.white[body[1]] = (red, green, blue), white
            case 0x05:
                pass
            case _:
                self.ignored += 1
        return []


class Push1(Push):
    """With four lines of 68 letters; it says nothing when its mode changes."""

    header = PUSH1
    identity = PUSH1_IDENTITY

    def power_cycle(self) -> None:
        """Forget everything."""
        super().power_cycle()
        self.lines = [" " * LINE for _ in range(4)]
        self.written = 0

    def _command(self, body: bytes) -> list[bytes]:
        match body[0] if body else -1:
            case 0x62 if body[1:3] == b"\x00\x01" and len(body) == 4 and body[3] in (0, 1):
                return self._switched(body[3])
            case 0x18 | 0x19 | 0x1A | 0x1B if (
                body[1:4] == b"\x00\x45\x00" and len(body) == 4 + LINE
            ):
                self.lines[body[0] - 0x18] = body[4:].decode("ascii")
                self.written += 1
            case 0x1C | 0x1D | 0x1E | 0x1F if body[1:] == b"\x00\x00":
                self.lines[body[0] - 0x1C] = " " * LINE
            case _:
                self.ignored += 1
        return []

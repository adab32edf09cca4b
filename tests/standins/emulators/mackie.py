"""A Mackie Control: lamps, V-Pot rings, meters, two lines of scribble strips, ten digits."""

from __future__ import annotations

from tests.standins.emulators.device import CONTROL_CHANGE, NOTE_ON, is_channel_message, is_sysex

HEADER = bytes.fromhex("F0 00 00 66 14")
QUERY = HEADER + bytes.fromhex("00 F7")
ANSWER = HEADER + bytes.fromhex("01 31 32 33 34 35 36 37 00 00 00 00 F7")
LCD_CELLS = 112
LINE = 56
METER_STEP = 0.3
_BLANK = 0x20


class MackieControl:
    """Everything by the numbers of the protocol; the level of a meter sinks a step in 0.3 s."""

    def __init__(self) -> None:
        self.power_cycle()

    def power_cycle(self) -> None:
        """Forget everything."""
        self.ignored = 0
        self.characters_written = 0
        self._lamps: dict[int, int] = {}
        self._rings: dict[int, int] = {}
        self._digits: dict[int, int] = {}
        self._meters: dict[int, tuple[int, float]] = {}
        self._lcd = bytearray(b" " * LCD_CELLS)

    def lamp(self, note: int) -> str:
        """``off``, ``on`` or ``blink``."""
        value = self._lamps.get(note, 0)
        return "off" if value == 0 else "on" if value == 127 else "blink"

    def ring(self, pot: int) -> tuple[int, int]:
        """The mode (2: wrap) and the value 0 to 11 of the ring of V-Pot `pot` (from 1)."""
        value = self._rings.get(47 + pot, 0)
        return value >> 4 & 3, value & 0x0F

    def meter(self, strip: int, at: float) -> int:
        """The level 0 to 12 that strip `strip` (from 1) still shows at the instant `at`."""
        level, told = self._meters.get(strip - 1, (0, 0.0))
        return max(0, level - int((at - told) / METER_STEP))

    def line(self, number: int) -> str:
        """Scribble line 1 or 2: 56 characters."""
        start = (number - 1) * LINE
        return self._lcd[start : start + LINE].decode("ascii")

    def timecode(self) -> str:
        """The ten digits from the left, a dot after each that has one."""
        return "".join(_character(self._digits.get(number, _BLANK)) for number in range(73, 63, -1))

    def press(self, note: int) -> list[bytes]:
        """What it sends when a button goes down."""
        return [bytes((NOTE_ON, note, 127))]

    def release(self, note: int) -> list[bytes]:
        """What it sends when the finger leaves."""
        return [bytes((NOTE_ON, note, 0))]

    def turn(self, pot: int, clicks: int) -> list[bytes]:
        """What it sends when V-Pot `pot` (from 1) is turned, clockwise above 0: a sign bit."""
        amount = min(63, abs(clicks)) | (0x40 if clicks < 0 else 0)
        return [bytes((CONTROL_CHANGE, 15 + pot, amount))]

    def receive(self, data: bytes, at: float) -> list[bytes]:
        """Take one message."""
        if is_sysex(data) and data.startswith(HEADER):
            return self._command(data)
        if len(data) == 2 and data[0] == 0xD0:
            self._meters[data[1] >> 4] = (min(12, data[1] & 0x0F), at)
        elif is_channel_message(data) and data[0] == NOTE_ON:
            self._lamps[data[1]] = data[2]
        elif is_channel_message(data) and data[0] == CONTROL_CHANGE:
            self._control(data[1], data[2])
        else:
            self.ignored += 1
        return []

    def _control(self, number: int, value: int) -> None:
        if number in range(48, 56):
            self._rings[number] = value
        elif number in range(64, 76):
            self._digits[number] = value
        else:
            self.ignored += 1

    def _command(self, data: bytes) -> list[bytes]:
        body = data[len(HEADER) : -1]
        match body[0] if body else -1:
            case 0x00:
                return [ANSWER]
            case 0x12 if len(body) > 1 and body[1] + len(body) - 2 <= LCD_CELLS:
                self._lcd[body[1] : body[1] + len(body) - 2] = body[2:]
                self.characters_written += len(body) - 2
            case 0x62:
                self._lamps.clear()
                self._rings.clear()
            case 0x63:
                self.power_cycle()
            case _:
                self.ignored += 1
        return []


def _character(code: int) -> str:
    letter = code & 0x3F
    return chr(letter if letter >= _BLANK else letter + 0x40) + ("." if code & 0x40 else "")

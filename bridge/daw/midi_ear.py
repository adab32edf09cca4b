"""What a DAW tells by MIDI of its transport: lamps of a Mackie Control, MMC, start and stop.

A DAW that has `Songbridge Cues` as a Mackie Control lights its buttons with the very notes that press
them: velocity 127 on, 1 blinking, 0 off. A DAW that sends MMC or MIDI clock says what it does instead.
MMC's commands are those of RP-013; start, continue and stop those of the MIDI specification.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.daw.transport import UNKNOWN, Transport

if TYPE_CHECKING:
    from collections.abc import Sequence

HEARD = "/midi"
"""The address under which the bytes of one message come in, as its only argument."""

STOP, PLAY, RECORD = 93, 94, 95
"""Mackie Control's buttons and their lamps."""

STALE = 30.0
"""Seconds without a word after which a lamp that is lit says nothing more. A Mackie Control's display is
written many times a second while the transport moves: a DAW that is still then has ended."""

LONGEST_TAKE = 3600.0
"""Seconds without a word after which a take that was told by MMC is not believed any more: MMC says
nothing between record and stop, and a DAW that crashed never says stop."""

ECHO = 0.03
"""Seconds in which what we sent comes back where a cable leads from our output to our input."""

_NOTE_ON, _START, _CONTINUE, _STOPPED = 0x90, 0xFA, 0xFB, 0xFC
_MMC_SAYS: dict[int, tuple[bool | None, bool | None]] = {
    0x01: (False, False),  # stop
    0x02: (True, None),  # play
    0x03: (True, None),  # deferred play
    0x06: (None, True),  # record strobe
    0x07: (None, False),  # record exit
    0x09: (False, False),  # pause
}
"""Playing and recording after a command, None: as before."""
_NOTE_LENGTH, _MMC_LENGTH = 3, 6
_MMC_FRAME = (0xF0, 0x7F, 0x06, 0xF7)  # between them the device and the command


def tells(data: Sequence[int]) -> bool:
    """Tell whether a message says anything of the transport; of most only that they come counts."""
    if len(data) == _NOTE_LENGTH:
        return data[0] == _NOTE_ON and STOP <= data[1] <= RECORD
    if len(data) == _MMC_LENGTH:
        return (data[0], data[1], data[3], data[5]) == _MMC_FRAME
    return len(data) == 1 and data[0] in (_START, _CONTINUE, _STOPPED)


class Ear:
    """The transport of one DAW, as heard so far."""

    __slots__ = ("_at", "_lamps", "_said", "_sent", "_sent_at")

    def __init__(self) -> None:
        self._lamps: dict[int, bool] = {}
        self._said = UNKNOWN
        self._at = float("-inf")
        self._sent: tuple[bytes, ...] = ()
        self._sent_at = float("-inf")

    @property
    def transport(self) -> Transport:
        """What is known. Lamps say most: where there are any, they alone count.

        A lamp for recording is lit before a take, too, where the DAW only waits for it; but as long as
        the one for stop is not lit, a take too many is better than one that is cut.
        """
        lamps = self._lamps
        if PLAY not in lamps:
            return self._said
        recording = lamps.get(RECORD, False) and (lamps[PLAY] or not lamps.get(STOP, False))
        return Transport(lamps[PLAY], recording)

    @property
    def heard(self) -> bool:
        """Whether the DAW ever told anything."""
        return self._at > float("-inf")

    def sends(self, messages: Sequence[bytes], now: float) -> None:
        """Take note of what we send, so that it is not taken for the DAW's own."""
        self._sent, self._sent_at = tuple(messages), now

    def hear(self, data: bytes, now: float) -> None:
        """Take one message of any shape."""
        self._at = max(self._at, now)
        if not tells(data) or (data in self._sent and now < self._sent_at + ECHO):
            return
        if data[0] == _NOTE_ON:
            self._lamps[data[1]] = data[2] > 0
        elif len(data) == _MMC_LENGTH:
            playing, recording = _MMC_SAYS.get(data[4], (None, None))
            self._say(playing, recording)
        else:
            self._say(data[0] != _STOPPED, False if data[0] == _STOPPED else None)

    def wake(self) -> float | None:
        """Return when what is lit, or a take that was told of, says nothing more."""
        if self._lit:
            return self._at + STALE
        return self._at + LONGEST_TAKE if self._said.recording else None

    def advance(self, now: float) -> None:
        """Forget lamps, and a take, that nobody stands behind."""
        if self._lit and now >= self._at + STALE:
            self._lamps.clear()
        if self._said.recording and now >= self._at + LONGEST_TAKE:
            self._said = UNKNOWN

    @property
    def _lit(self) -> bool:
        return any(self._lamps.get(lamp) for lamp in (PLAY, RECORD))

    def _say(self, playing: bool | None, recording: bool | None) -> None:
        before = self._said
        self._said = Transport(
            before.playing if playing is None else playing,
            before.recording if recording is None else recording,
        )

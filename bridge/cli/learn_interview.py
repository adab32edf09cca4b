"""What an unknown controller has, found out by pressing and turning it; every part may be skipped."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from bridge.errors import Invalid
from bridge.files.learning_profile import Found
from bridge.surface import guessing
from bridge.surface.guessing import Grid, Sent, sent

if TYPE_CHECKING:
    from bridge.cli.learn_lesson import Lesson
    from bridge.cli.learn_talk import Talk
    from bridge.surface.profile import Message
    from bridge.web.teaching import Device, Heard

CORNERS = ("top left", "top right", "bottom left", "bottom right")
_ROW = 2
"""Corners that tell all of a single row."""
_ENTERS = {0: " (Enter: it has no pads)", _ROW: " (Enter: there is one row only)"}
TRANSPORT = ("play", "stop", "record", "forward", "rewind", "cycle", "marker")
ARROWS = ("up", "down", "left", "right")
_QUIET = 0.7  # seconds without a message after which a knob has come to rest
_SIZE = re.compile(r"\s*([0-9]{1,2})\s*(?:x|by|,| )\s*([0-9]{1,2})\s*")
_ON = {"note": 0x90, "cc": 0xB0}


class Interview:
    """One device; ``taken`` names every message that has a control by now."""

    def __init__(self, talk: Talk, lesson: Lesson, device: Device) -> None:
        self._talk, self._lesson, self._device = talk, lesson, device
        self.taken: dict[tuple[Message, int, int], str] = {}

    # --- pads -------------------------------------------------------------------------------------

    def grid(self) -> Grid | None:
        """Return its pads, worked out from their corners; None where there are none."""
        while corners := self._corners():
            try:
                made = self._sized(corners)
            except Invalid as wrong:
                self._talk.say(f"{wrong}; the corners once more (Enter when it has no such pads)")
            else:
                self._take_pads(made)
                return made
        return None

    def _corners(self) -> list[Sent]:
        """Return four corners, in a single row its ends twice; none where pads are left out."""
        corners: list[Sent] = []
        while len(corners) < len(CORNERS):
            place = len(corners)
            came = self._press(
                f"Press the {CORNERS[place]} pad …{_ENTERS.get(place, '')}", again=bool(corners)
            )
            if came is not None:
                corners.append(came)
            elif place == _ROW and self._talk.yes("One row of pads, from the first to the last?"):
                return corners * 2
            elif not corners or self._talk.yes(
                "Pads need all four corners; leave the pads out?", default=False
            ):
                return []
        return corners

    def _sized(self, corners: Sequence[Sent]) -> Grid:
        made = guessing.grid(corners)
        while not self._talk.yes(f"That makes {_told(made)}; is that right?"):
            size = _SIZE.fullmatch(self._talk.ask("How many rows and columns? For example: 4 x 8"))
            if size is None:
                self._talk.say("two numbers are needed, such as 4 x 8")
                continue
            made = guessing.grid(corners, (int(size[1]), int(size[2])))
        return made

    def _take_pads(self, grid: Grid) -> None:
        for row in range(grid.rows):
            for column in range(grid.cols):
                number = grid.origin + row * grid.row_step + column * grid.col_step
                self.taken[grid.message, grid.channel, number] = f"pad.{row + 1}.{column + 1}"

    # --- buttons ----------------------------------------------------------------------------------

    def row(self, name: str, what: str) -> list[Found]:
        """Return buttons in a row, pressed one after the other."""
        found: list[Found] = []
        while True:
            place = f"the first of {what}" if not found else "the next"
            more = "Enter: none" if not found else "Enter: no more"
            came = self._press(f"Press {place} … ({more})")
            if came is None:
                return found
            found.append(Found(came))
            self.taken[came.source] = f"{name}.{len(found)}"
            self._talk.say(f"{name}.{len(found)} is {came.words}")

    def named(self, question: str, names: Sequence[str]) -> dict[str, Found]:
        """Return buttons with names of their own, where it has any."""
        if not self._talk.yes(question, default=False):
            return {}
        found: dict[str, Found] = {}
        for name in names:
            came = self._press(f"Press {name.upper()} … (Enter: it has none)")
            if came is not None:
                found[name] = Found(came)
                self.taken[came.source] = name
        return found

    # --- what is turned and pushed ----------------------------------------------------------------

    def knobs(self) -> list[Found]:
        """Return its knobs in their order, and how they tell their turns."""
        found: list[Found] = []
        turning = None
        while turning is None:
            first = self._turn("Turn the first knob to the right, slowly … (Enter: it has none)")
            if not first:
                return []
            back = self._turn("and now the same knob to the left, slowly …", first[0].source)
            try:
                turning = guessing.turning([s.value for s in first], [s.value for s in back])
            except Invalid as wrong:
                self._talk.say(f"{wrong}; once more")
        came: list[Sent] = first
        while came:
            found.append(Found(came[0], "encoder", turning))
            self.taken[came[0].source] = f"encoder.{len(found)}"
            self._talk.say(f"encoder.{len(found)} is {came[0].words}, {turning}")
            came = self._turn("Turn the next knob … (Enter: no more)")
        return found

    def faders(self) -> list[Found]:
        """Return its faders in their order."""
        found: list[Found] = []
        while came := self._turn(
            f"Move {'the next' if found else 'the first'} fader … "
            f"(Enter: {'no more' if found else 'it has none'})"
        ):
            found.append(Found(came[0], "fader"))
            self.taken[came[0].source] = f"fader.{len(found)}"
            self._talk.say(f"fader.{len(found)} is {came[0].words}")
        return found

    # --- lights -----------------------------------------------------------------------------------

    def light(self, button: Sent) -> str:
        """Return by which kind of message a button lights up, empty for none that was found."""
        name = self.taken.get(button.source, "it")
        for kind, status in _ON.items():
            head = bytes((status | (button.channel - 1), button.number))
            if not self._lesson.send(self._device.key, head + b"\x7f"):
                self._talk.say("it has no output, so no lights can be tried")
                return ""
            lit = self._talk.yes(
                f"Look at {name}, which was sent a {kind}: is it lit now?", default=False
            )
            self._lesson.send(self._device.key, head + b"\x00")
            if lit:
                return kind
        return ""

    # --- what comes -------------------------------------------------------------------------------

    def _press(self, request: str, *, again: bool = False) -> Sent | None:
        def take(heard: Heard) -> Sent | None:
            came = self._mine(heard)
            if came is None or came.message == "pitchbend" or not came.value:
                return None
            name = self.taken.get(came.source)
            if name and not again:
                self._talk.say(f"that is {name} already")
                return None
            return came

        return self._talk.press(request, take)

    def _turn(self, request: str, only: tuple[Message, int, int] | None = None) -> list[Sent]:
        """Return what one knob or fader sends until it rests, empty for Enter."""

        def take(heard: Heard) -> Sent | None:
            came = self._mine(heard)
            if came is None or came.message == "note" or came.source in self.taken:
                return None
            return came if only in (None, came.source) else None

        first = self._talk.press(request, take)
        if first is None:
            return []
        rest = [self._mine(heard) for heard in self._talk.listen(_QUIET)]
        return [first, *(one for one in rest if one is not None and one.source == first.source)]

    def _mine(self, heard: Heard) -> Sent | None:
        return sent(bytes.fromhex(heard.data)) if heard.key == self._device.key else None


def _told(grid: Grid) -> str:
    rows, cols = (
        f"{n} {w}{'' if n == 1 else 's'}" for n, w in ((grid.rows, "row"), (grid.cols, "pad"))
    )
    return f"{rows} of {cols}"


def sorted_out(
    rows: Mapping[str, Sequence[Found]], single: Mapping[str, Found]
) -> tuple[dict[str, Sequence[Found]], dict[str, Found]]:
    """Return rows of one kind of message each, and with the single ones what is in no such row."""
    even: dict[str, Sequence[Found]] = {}
    odd = dict(single)
    for name, row in rows.items():
        if not row:
            continue
        if len({_kind(one) for one in row}) == 1:
            even[name] = row
        else:
            odd |= {f"{name}.{place}": one for place, one in enumerate(row, 1)}
    return even, odd


_kind: Callable[[Found], tuple[str, int]] = lambda one: (  # noqa: E731 - a key to compare by
    one.sent.message,
    0 if one.sent.message == "pitchbend" else one.sent.channel,
)

"""What comes out of a foreign file, what goes into one, and the list of what does neither."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bridge.core.actions import SongDraft

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SAMPLE = 40  # characters of an example value


@dataclass(frozen=True, slots=True)
class Carried:
    """The songs of a file, in its order; ``left`` says in one line each what did not come along.

    ``kept`` names what travels with the tasks for the way back, and is shown nowhere here; ``notes``
    say what was taken on trust. ``form`` is the name of the format, where it is known by now.
    """

    songs: tuple[SongDraft, ...]
    left: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    form: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A text for another program; ``left`` says in one line each what it does not hold."""

    text: str
    left: tuple[str, ...] = ()


@dataclass(slots=True)
class _Left:
    sample: str
    lines: list[int] = field(default_factory=list)


class Leftovers:
    """Gathers what can't be carried: the same reason at many lines is one sentence with all lines."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: dict[str, _Left] = {}
        self._noted: dict[str, _Left] = {}
        self._kept: dict[str, None] = {}

    def keep(self, names: Iterable[str]) -> None:
        """Note what is kept with a task, by its names in the file."""
        self._kept.update(dict.fromkeys(names))

    def carried(self, songs: Iterable[SongDraft]) -> Carried:
        """Return `songs` with all that was noted."""
        notes = tuple(self._sentences(self._noted))
        return Carried(tuple(songs), self.told, tuple(self._kept), notes)

    def add(self, reason: str, line: int | None = None, value: str = "") -> None:
        """Note that `value` at `line` is not carried, and why: ``Due Date: there are no dates``."""
        _gather(self._found, reason, line, value)

    def note(self, reason: str, line: int | None = None, value: str = "") -> None:
        """Note that `value` at `line` was taken on trust, and how."""
        _gather(self._noted, reason, line, value)

    @property
    def told(self) -> tuple[str, ...]:
        """One sentence for each reason, with its lines and an example."""
        return tuple(self._sentences(self._found))

    def _sentences(self, found: dict[str, _Left]) -> Iterator[str]:
        for reason, left in found.items():
            at = f"{self.file}:{ranges(left.lines)}" if left.lines else self.file
            several = "for example " if len(left.lines) > 1 else ""
            yield f"{at}: {reason}" + (f" ({several}{left.sample})" if left.sample else "")


def _gather(found: dict[str, _Left], reason: str, line: int | None, value: str) -> None:
    left = found.setdefault(reason, _Left(_sample(value)))
    if line is not None:
        left.lines.append(line)


def ranges(lines: Iterable[int]) -> str:
    """Return line numbers in short, none left out: ``2-5,9``."""
    runs: list[list[int]] = []
    for line in sorted(set(lines)):
        if runs and runs[-1][1] == line - 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ",".join(f"{a}" if a == b else f"{a}-{b}" for a, b in runs)


def _sample(value: str) -> str:
    plain = " ".join("".join(c if c.isprintable() else " " for c in value[:200]).split())
    short = plain if len(plain) <= _SAMPLE else f"{plain[: _SAMPLE - 1]}…"
    return f'"{short}"' if short else ""

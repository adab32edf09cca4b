"""What REAPER has yet to be told, whichever way it goes: news in order, colours as a state."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from bridge.daw import reaper_script as script

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bridge.daw.reaper_script import Reply

Verb: TypeAlias = Literal["mark", "stop", "run", "track", "restore", "text"]

MOST_WAITING = 512
"""News that wait at once: the largest burst that is to arrive whole."""
MOST_TRACKS = 64
"""Tracks whose colour waits."""
MOST_ORIGINALS = 256
"""Tracks whose own colour is remembered."""
MOST_STARTS = 64
"""Markers that a region may begin at."""


@dataclass(slots=True)
class Order:
    """One thing to do. ``name`` is how people know it; ``words`` is how the script is told."""

    verb: Verb
    name: str
    at: float
    words: tuple[str, ...]
    restored: bool = False
    """A colour that is on its way while all colours are given back: it goes back, too."""

    @property
    def called(self) -> str:
        """What it is called among what was lost."""
        return f"action {self.name}" if self.verb == "run" else self.name


class Backlog:
    """What waits. ``dropped`` counts what was given up, ``doubtful`` of which nobody knows."""

    def __init__(self, *, regions: bool) -> None:
        self.news: deque[Order] = deque()
        self.dropped = self.doubtful = 0
        self.lost = ""
        self.originals: Mapping[str, str] = {}
        self.faults: dict[Verb, str] = {}
        self._regions, self._starts = regions, dict[str, None]()
        self._colours: dict[str, str] = {}
        self._restoring: dict[str, None] = {}
        self._text = ""

    @property
    def waits(self) -> bool:
        """Whether the script has anything to do."""
        return bool(self.news or self._restoring or self._colours or self._text)

    @property
    def states(self) -> int:
        """How many colours wait."""
        return len(self._colours) + len(self._restoring)

    # --- cues -------------------------------------------------------------------------------------

    def mark(self, name: str, colour: str, now: float) -> None:
        """Let a marker wait; with regions, one from the marker that its name tells the end of."""
        words = ["mark", script.text(name), colour[1:]]
        if self._regions and (start := self._start_of(name)):
            words.append(script.text(start))
        self._append(Order("mark", name, now, tuple(words)))

    def stop(self, now: float) -> None:
        """Let the transport be stopped."""
        self._append(Order("stop", "stop", now, ("stop",)))

    def run(self, action: str, now: float) -> None:
        """Let an action of REAPER's be run."""
        self._append(Order("run", action, now, ()))

    def text(self, text: str) -> None:
        """Let a text be shown; only the newest is."""
        self._text = text

    def colour(self, track: str, colour: str) -> None:
        """Let a track be coloured; only its newest colour waits."""
        self._colours.pop(track, None)
        if len(self._colours) >= MOST_TRACKS:
            self.drop(oldest := next(iter(self._colours)))
            del self._colours[oldest]
        self._colours[track] = colour

    def restore(self, on_its_way: Order | None) -> None:
        """Let every track have its own colour back."""
        self._colours.clear()
        self._restoring = dict.fromkeys(self.originals)
        if on_its_way is not None and on_its_way.verb == "track":
            on_its_way.restored = True

    def _append(self, order: Order) -> None:
        if len(self.news) >= MOST_WAITING:
            self.drop(self.news.popleft().called)
        self.news.append(order)

    def _start_of(self, name: str) -> str:
        """Return the marker that `name` tells more of, ``done: Mix`` of ``Mix``; else remember it."""
        for start in reversed(self._starts):
            if name.endswith(f" {start}") or name.startswith(f"{start} "):
                return start
        self._starts.pop(name, None)
        self._starts[name] = None
        if len(self._starts) > MOST_STARTS:
            del self._starts[next(iter(self._starts))]
        return ""

    # --- orders -----------------------------------------------------------------------------------

    def next(self, now: float) -> Order | None:
        """Take what the script is to do next: news, colours to give back, colours, the text."""
        if self.news:
            return self.news.popleft()
        if self._restoring:
            return self._next_restored(now)
        if self._colours:
            track, colour = next(iter(self._colours.items()))
            del self._colours[track]
            return Order("track", track, now, ("track", script.text(track), colour[1:]))
        text, self._text = self._text, ""
        return Order("text", text, now, ("text", script.text(text))) if text else None

    def _next_restored(self, now: float) -> Order:
        guid = next(iter(self._restoring))
        del self._restoring[guid]
        before, ours = self.originals[guid].split(" ")
        return Order("restore", guid, now, ("restore", script.text(guid), before, ours))

    def put_back(self, order: Order) -> None:
        """Let what was surely not done wait again, unless there is something newer."""
        match order.verb:
            case "mark" | "stop" | "run":
                self.news.appendleft(order)
            case "track" if not order.restored:
                self._colours = {order.name: f"#{order.words[2]}"} | self._colours
            case "restore" if order.name in self.originals:
                self._restoring[order.name] = None
            case _:
                pass

    def done(self, order: Order, reply: Reply) -> None:
        """Take what the script says has come of an order."""
        if order.verb == "restore":
            if reply.fine:
                self._forget(order.name)
        elif reply.fine:
            self.faults.pop(order.verb, None)
            if order.verb == "track":
                self._learn(order, reply)
        elif order.verb in ("mark", "track"):
            self.drop(order.name)
            self.faults[order.verb] = order.name

    def _learn(self, order: Order, reply: Reply) -> None:
        """Remember how a track was before its first colour of ours."""
        match reply.words:
            case (field, before, ours) if _is_original(
                guid := script.plain(field), f"{before} {ours}"
            ):
                first, last = self.originals.get(guid, f"{before} {before}").split(" ")
                own = first if before == last else before  # else somebody changed it meanwhile
                kept = {key: value for key, value in self.originals.items() if key != guid}
                while len(kept) >= MOST_ORIGINALS:
                    del kept[next(iter(kept))]
                self.originals = kept | {guid: f"{own} {ours}"}
                if order.restored:
                    self._restoring[guid] = None
            case _:
                pass

    def _forget(self, guid: str) -> None:
        self.originals = {key: value for key, value in self.originals.items() if key != guid}

    def recall(self, originals: Mapping[str, str]) -> None:
        """Take back what was remembered; what can't be right is passed over."""
        right = {key: value for key, value in originals.items() if _is_original(key, value)}
        self.originals = dict(list(right.items())[-MOST_ORIGINALS:])

    # --- what is given up -------------------------------------------------------------------------

    def expire(self, now: float, keep: float) -> None:
        """Drop the news that waited `keep` seconds: nobody could be told in time."""
        while self.news and self.news[0].at + keep <= now:
            self.drop(self.news.popleft().called)

    def drop(self, name: str) -> None:
        """Count something that was given up."""
        self.dropped += 1
        self.lost = name

    def doubt(self, order: Order) -> None:
        """Count something that may have been done, or not."""
        if order.verb in ("mark", "stop", "run"):
            self.doubtful += 1
            self.drop(order.called)
        else:
            self.put_back(order)  # done twice, a colour is the same colour


_ORIGINAL = re.compile(r"[0-9]{1,10} [0-9]{1,10}", re.ASCII)
_GUID = re.compile(r"[ -~]{1,64}", re.ASCII)


def _is_original(guid: str, value: str) -> bool:
    """Tell whether this is a track's identifier with two colours as numbers."""
    return bool(_GUID.fullmatch(guid) and _ORIGINAL.fullmatch(value))

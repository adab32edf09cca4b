"""All DAWs at once: cues to each, feedback to the one it came from, none can harm another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.daw.guard import GuardedLink, LinkReport
from bridge.daw.table import TARGETS, Kind
from bridge.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from bridge.daw.target import DawSettings
    from bridge.daw.transport import Transport
    from bridge.messages import Cue, HttpAnswer, Osc, ToDaw
    from bridge.moment import Moment


class Links:
    """Every configured DAW, under a key: its name, or its kind (``reaper``, ``reaper-2``).

    `on_fault` is called with a key and the exception when an adapter raises; the shell logs it.
    Raises `Invalid` for a kind that there is not.
    """

    def __init__(
        self,
        settings: Iterable[DawSettings],
        kinds: Mapping[str, Kind] = TARGETS,
        on_fault: Callable[[str, Exception], None] = lambda _key, _fault: None,
    ) -> None:
        self._links: dict[str, GuardedLink] = {}
        for each in settings:
            if each.kind not in kinds:
                raise Invalid(
                    f'there is no DAW kind "{each.kind}"; there are {", ".join(sorted(kinds))}'
                )
            key = _free(each.name or each.kind, self._links)
            self._links[key] = GuardedLink(key, each, kinds[each.kind], on_fault)
        for link in self._links.values():
            # a kind that is the name of one link means that one alone
            link.names -= self._links.keys() - {link.key}

    @property
    def settings(self) -> dict[str, DawSettings]:
        """Where each link sends and listens, by key."""
        return {key: link.settings for key, link in self._links.items()}

    def succeed(self, before: Links) -> None:
        """Take the place of `before`: links that did not change go on, with all that they know."""
        for key, link in before._links.items():
            mine = self._links.get(key)
            if mine is not None and mine.settings == link.settings:
                link.names = mine.names
                self._links[key] = link

    def wanted(self, key: str) -> tuple[str, ...]:
        """Return the address prefixes that this link wants to hear. Raises KeyError."""
        return self._links[key].target.wanted

    def tell(self, cues: Iterable[Cue], moment: Moment) -> list[tuple[str, ToDaw]]:
        """Tell every DAW every cue, in order; return what to send now, each with its link's key."""
        cues = tuple(cues)
        return [
            (key, message)
            for key, link in self._links.items()
            for cue in cues
            if link.takes(cue)
            for message in link.tell(cue, moment)
        ]

    def telling(self, cue: Cue, moment: Moment) -> Iterator[tuple[str, ToDaw]]:
        """Tell every DAW a cue; yield what to send now, for one DAW before the next is told."""
        for key, link in self._links.items():
            if link.takes(cue):
                for message in link.tell(cue, moment):
                    yield key, message

    def transports(self) -> dict[str, Transport]:
        """Return what each DAW told last of its transport, by key."""
        return {key: link.transport for key, link in self._links.items()}

    def hear(self, key: str, message: Osc, moment: Moment) -> list[tuple[str, ToDaw]]:
        """Hand in feedback of one DAW; return what to send now. An unknown key is ignored."""
        link = self._links.get(key)
        return [] if link is None else [(key, out) for out in link.hear(message, moment)]

    def answered(self, key: str, answer: HttpAnswer, moment: Moment) -> list[tuple[str, ToDaw]]:
        """Hand in what came back over HTTP from one DAW; return what to send now."""
        link = self._links.get(key)
        return [] if link is None else [(key, out) for out in link.answered(answer, moment)]

    def unsent(self, key: str, message: ToDaw | None, moment: Moment) -> list[tuple[str, ToDaw]]:
        """Hand in that a message to that DAW was not sent, or was refused; None: the last one.

        Return what to send now. An unknown key is ignored.
        """
        link = self._links.get(key)
        return [] if link is None else [(key, out) for out in link.unsent(message, moment)]

    def closed(self, keys: Collection[str], moment: Moment) -> list[tuple[str, ToDaw]]:
        """Hand in which DAWs nothing can be sent to now; return what to send to those now open."""
        out: list[tuple[str, ToDaw]] = []
        for key, link in self._links.items():
            if key in keys:
                link.close(moment)
            else:
                out += [(key, message) for message in link.open(moment)]
        return out

    def originals(self) -> dict[str, Mapping[str, str]]:
        """Return what was changed in each DAW and how it was, by key; only where something was."""
        every = ((key, link.originals) for key, link in self._links.items())
        return {key: originals for key, originals in every if originals}

    def recall(self, originals: Mapping[str, Mapping[str, str]]) -> None:
        """Hand in what `originals` returned before Songbridge ended; unknown keys are ignored."""
        for key in originals.keys() & self._links.keys():
            self._links[key].recall(originals[key])

    def wake(self) -> float | None:
        """Return the earliest instant (``mono`` seconds) `advance` is due at, None for never."""
        due = [at for link in self._links.values() if (at := link.wake()) is not None]
        return min(due, default=None)

    def advance(self, moment: Moment) -> list[tuple[str, ToDaw]]:
        """Let time pass for every DAW; return what to send now."""
        return [
            (key, message) for key, link in self._links.items() for message in link.advance(moment)
        ]

    def statuses(self, moment: Moment) -> tuple[LinkReport, ...]:
        """Return how every link stands, in the order of the configuration."""
        return tuple(link.report(moment) for link in self._links.values())


def _free(name: str, taken: Mapping[str, object]) -> str:
    number, key = 1, name
    while key in taken:
        number += 1
        key = f"{name}-{number}"
    return key

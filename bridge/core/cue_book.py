"""The rules of cues, looked up by a fact's word: read once from the settings, then only filled in.

A rule that was not checked (a recording may hold anything) never fails: a template that can't be
read is told as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bridge.core.cue_rules import (
    AUTO,
    DEFAULT_RULES,
    NO_RULES,
    SECTION,
    STATE,
    Colours,
    CueRule,
    CueSettings,
)  # fmt: skip
from bridge.core.cue_template import Template, literal, read
from bridge.core.cue_words import TIMED, Telling
from bridge.core.quiet import Span
from bridge.core.replacing import replace
from bridge.errors import Invalid
from bridge.messages import (
    Colour,
    Cue,
    Marker,
    RestoreColours,
    RunAction,
    StatusText,
    StopTransport,
    To,
    TrackColour,
)  # fmt: skip

_MARKED, _BREAK, _ENDED = "marked", "break", "ended"


@dataclass(frozen=True, slots=True)
class _Ready:
    """A rule with its templates read."""

    rule: CueRule
    marker: Template
    text: Template

    @property
    def timed(self) -> bool:
        return bool(TIMED & (self.marker.names | self.text.names))

    def fits(self, telling: Telling) -> bool:
        rule = self.rule
        if rule.sections:
            task = telling.about
            if task is None or task.section.casefold() not in rule.sections:
                return False
        if rule.songs:
            song = telling.song
            return song is not None and not {song.id, song.title.casefold()}.isdisjoint(rule.songs)
        return True

    def cues(self, telling: Telling, colours: Colours, to: To) -> Iterator[Cue]:
        rule = self.rule
        if self.marker.parts and (name := self.marker.fill(telling.value)):
            yield Marker(name, _marker_colour(rule.colour, telling, colours), to)
        if rule.track and (track := telling.track):
            yield TrackColour(track, _track_colour(rule.track, telling, colours), to)
        if self.text.parts and (text := self.text.fill(telling.value)):
            yield StatusText(text, to)
        if rule.action:
            yield RunAction(rule.action, to)
        if rule.stop:
            yield StopTransport(to)


class CueBook:
    """All rules. ``quiet`` are the spans of the week in which nothing is told by itself."""

    def __init__(self, settings: CueSettings) -> None:
        self.settings = settings
        self.quiet: tuple[Span, ...] = settings.quiet
        self._own = _by_word(settings.rules)
        self._defaults = _by_word(DEFAULT_RULES) if settings.defaults else {}
        words = self._own.keys() | self._defaults.keys()
        self._timed = {word for word in words if any(one.timed for one in self._all(word))}

    def timed(self, word: str) -> bool:
        """Tell whether what a fact of that word tells hangs on its instant."""
        return word in self._timed

    def told(self, word: str) -> bool:
        """Tell whether a fact of that word may tell anything: most never do."""
        return word in self._own or word in self._defaults or word in (_BREAK, _ENDED)

    def cues(self, telling: Telling) -> tuple[Cue, ...]:
        """Return what a fact tells, each cue once, in the order of the rules; quiet hours aside."""
        word, colours = telling.word, self.settings.colours
        fitting = [one for one in self._own.get(word, ()) if one.fits(telling)]
        rest = self._rest(fitting) if fitting else ()
        cues = [cue for one in fitting for cue in one.cues(telling, colours, one.rule.to)]
        if rest is not None:
            for one in self._defaults.get(word, ()):
                cues += one.cues(telling, colours, rest)
        if word in (_BREAK, _ENDED):
            cues += self._always(word)
        return _once(cues) if fitting else tuple(cues)

    def _all(self, word: str) -> tuple[_Ready, ...]:
        return (*self._own.get(word, ()), *self._defaults.get(word, ()))

    def _rest(self, fitting: list[_Ready]) -> To | None:
        """Return the DAWs that the default is for: those that no rule spoke of; None: none is left."""
        if any(not one.rule.to for one in fitting):
            return None
        spoken = {key for one in fitting for key in one.rule.to}
        return tuple(key for key in self.settings.links if key not in spoken) or None

    def _always(self, word: str) -> Iterator[Cue]:
        if word == _BREAK and self.settings.stop_for_break:
            yield StopTransport()
        if word == _ENDED and self.settings.restore_colours:
            yield RestoreColours()


def _once(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """Return the cues without what a DAW would be told a second time; `to` names links here."""
    told: dict[Cue, set[str]] = {}
    for_all = {cue for cue in cues if not cue.to}
    kept: dict[Cue, None] = {}
    for cue in cues:
        plain = replace(cue, to=())
        if plain in for_all:
            kept[plain] = None
            continue
        before = told.setdefault(plain, set())
        if rest := tuple(key for key in cue.to if key not in before):
            before.update(rest)
            kept[replace(cue, to=rest)] = None
    return tuple(kept)


def loud(word: str, cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """Return what of a fact's cues is told in quiet hours, too: a mark, and tracks' own colours."""
    return cues if word == _MARKED else tuple(c for c in cues if isinstance(c, RestoreColours))


def _by_word(rules: tuple[CueRule, ...]) -> dict[str, tuple[_Ready, ...]]:
    book: dict[str, tuple[_Ready, ...]] = {}
    for rule in rules:
        ready = _Ready(rule, _template(rule.marker), _template(rule.text))
        for word in dict.fromkeys(rule.on):
            book[word] = (*book.get(word, ()), ready)
    return book


def _template(text: str) -> Template:
    try:
        return read(text)
    except Invalid:
        return literal(text)


def _marker_colour(written: str, telling: Telling, colours: Colours) -> Colour:
    if written in ("", AUTO):
        written = STATE if colours == STATE else SECTION
    return _colour(written, telling)


def _track_colour(written: str, telling: Telling, colours: Colours) -> Colour:
    if written == AUTO:
        both = SECTION if telling.under_way else STATE
        written = both if colours == "both" else colours
    return _colour(written, telling)


def _colour(written: str, telling: Telling) -> Colour:
    if written == SECTION:
        return telling.section_colour
    return telling.state_colour if written == STATE else written


DEFAULT_BOOK = CueBook(NO_RULES)
"""The rules of a studio that has none of its own."""

"""Plays a script of presses on a stage whose clock stands still between them, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from bridge.app.demo_clock import StillClock
from bridge.app.demo_daws import LOCAL, Ear, in_words
from bridge.app.demo_pads import OFF, Lit
from bridge.app.demo_stage import PORT, News, Stage
from bridge.app.demo_words import summary
from bridge.core.actions import Action
from bridge.core.view import View
from bridge.messages import Osc
from bridge.web.role import Granted

_AFTER = 1.0  # seconds after each deed: the DAW's conversation is over by then
_LONGEST = 3600.0  # seconds to wait for something at most
_TICK = 0.001  # seconds a clock moves at least
_PATIENCE = 2.0  # seconds of life for a datagram
_TOLD_ELSEWHERE = ("lights", "reply")  # of a whole scene at once; where the answer arrived


@dataclass(frozen=True, slots=True)
class Press:
    """A control is pressed, and let go after `held` seconds."""

    control: str
    held: float = 0.0


@dataclass(frozen=True, slots=True)
class Until:
    """Time passes until something is so."""

    holds: Callable[[View], bool]


@dataclass(frozen=True, slots=True)
class Datagram:
    """Another program sends a message to the OSC port."""

    message: Osc


@dataclass(frozen=True, slots=True)
class Command:
    """The command line asks for an action."""

    action: Action


@dataclass(frozen=True, slots=True)
class Replug:
    """The controller's cable is pulled, and put back after a moment."""


Deed: TypeAlias = Press | Until | Datagram | Command | Replug


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a script: how it is told, what passes before (seconds), and what is done."""

    title: str
    words: str
    deed: Deed
    before: float = 0.0


@dataclass(frozen=True, slots=True)
class Scene:
    """What came of a step: when it was done, the news in order, the lights afterwards, the studio."""

    step: Step
    at: float
    news: tuple[News, ...]
    lights: dict[str, Lit]
    view: View


class Player:
    """Plays steps one after the other."""

    def __init__(self, stage: Stage, clock: StillClock) -> None:
        self._stage, self._clock = stage, clock
        self._stranger = Ear()
        self.said = ""

    def close(self) -> None:
        """Let go of the stranger's port."""
        self._stranger.close()

    def play(self, step: Step) -> Scene:
        """Play one step; what happened while time passed before it belongs to it."""
        stage = self._stage
        before = dict(stage.pads.lights)
        self._pass(step.before)
        at = stage.view.at
        self._do(step.deed)
        told = [news for news in stage.news if news.kind not in _TOLD_ELSEWHERE]
        stage.news.clear()
        lights = dict(stage.pads.lights)
        if text := summary(before, lights):
            told.append(News(stage.view.at, "lights", text))
        if isinstance(step.deed, Until):
            at = told[0].at if told else stage.view.at
        return Scene(step, at, tuple(told), lights, stage.view)

    def _do(self, deed: Deed) -> None:
        match deed:
            case Press(control=control, held=held):
                self._stage.press(control, held)
                self._pass(held + _AFTER if held else 0.5)
            case Until(holds=holds):
                self._wait(_LONGEST, holds)
                self._pass(_AFTER)
            case Datagram(message=message):
                self._send(message)
                self._pass(_AFTER)
            case Command(action=action):
                self._command(action)
                self._pass(_AFTER)
            case Replug():
                self._replug()
            case _:
                assert_never(deed)

    def _send(self, message: Osc) -> None:
        """Send as a stranger does, and wait for the answer as that does."""
        self._stranger.say(message, (LOCAL, self._stage.osc[1]))
        self._stage.wait_for_one(_PATIENCE)
        for answer in self._stranger.take(_PATIENCE):
            self._stage.tell("answer", in_words(answer))

    def _command(self, action: Action) -> None:
        answer = self._stage.ask(action)
        self.said = answer.said if isinstance(answer, Granted) else str(answer)

    def _replug(self) -> None:
        stage = self._stage
        stage.midi.unplug(PORT)
        stage.pads.power_cycle()
        stage.tell("cable", f"unplugged: {_lit(stage)} lights are on")
        self._pass(_AFTER)
        stage.midi.plug(PORT, stage.pads)
        self._pass(_AFTER)
        stage.tell("cable", f"plugged in: {_lit(stage)} lights are on")

    def _pass(self, seconds: float) -> None:
        self._wait(seconds, lambda _view: False)

    def _wait(self, seconds: float, enough: Callable[[View], bool]) -> None:
        """Let time pass, stopping wherever something is due, until it is `enough`."""
        stage, clock = self._stage, self._clock
        end = clock.now().mono + seconds
        stage.quiet()
        while (now := clock.now().mono) < end and not enough(stage.view):
            due = stage.wake()
            step = end if due is None else min(end, max(due, now + _TICK))
            clock.move(step - now)
            stage.quiet()


def _lit(stage: Stage) -> int:
    return sum(lit != OFF for lit in stage.pads.lights.values())

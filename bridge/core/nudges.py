"""What is said in passing in `status`, on the page and over OSC: few sentences, none during time off."""

from __future__ import annotations

from collections.abc import Iterator

from bridge.core import advice, ear_rest, in_hand, persons, rut, sizes, stages, time_off
from bridge.core.model import Studio
from bridge.core.settings import Settings


def nudges(studio: Studio, settings: Settings, at: float) -> tuple[str, ...]:
    """Return the sentences for the instant `at`, the most pressing first."""
    off = time_off.now(studio, at)
    if off is not None:
        return (time_off.sentence(off, at, settings.days),)
    return tuple(line for line in _lines(studio, settings, at) if line)


def _lines(studio: Studio, settings: Settings, at: float) -> Iterator[str]:
    task, sitting = studio.current, studio.sitting
    if task is not None and sitting is not None and sitting.ears.due:
        rule = ear_rest.rule(settings, task.section)
        if rule is not None:
            yield advice.ears(rule.section, rule.after, sitting.ears.due)
    if task is not None:
        yield advice.again(task)
        yield advice.extensions(task)
        yield from advice.handed(task, persons.here(studio, settings))
        yield sizes.hint(task.title, task.planned)
    yield rut.told_today(studio, settings, at)
    yield in_hand.nudge(studio, settings)
    yield from stages.nudges(studio, settings)

"""The tables ``[songs]``, ``[breaks]``, ``[prep]``, ``[rut]`` and ``[summary]``: what the method is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypedDict

from bridge.core import durations
from bridge.core.decide_timer import SHORTEST_BOX
from bridge.core.ear_rest import EarRule
from bridge.core.preparation import KINDS
from bridge.core.settings import SUMMARY_FORMS, SummaryForm
from bridge.errors import Invalid
from bridge.files import fields
from bridge.files.toml_faults import found

if TYPE_CHECKING:
    from bridge.core.model import Section
    from bridge.files.config_schema import ConfigFile
    from bridge.files.toml import Document, KeyPath

_RULE = re.compile(r"(\S+) after (\S+)")
_ALLOWED = 'allowed: how long, and after how much work: "10m after 50m"'
_SONGS = 100  # in hand at most: more is no limit
_TASKS = 50  # of one's own in the pool
_AGAIN = (1, 366)  # days
_DAY = 24 * 3600.0
_PATH = 1000  # characters of a folder's name


class Method(TypedDict):
    """The fields of `Settings` that are read here."""

    in_hand: int
    limits: tuple[tuple[str, int], ...]
    ear_rules: tuple[EarRule, ...]
    prep_kinds: tuple[str, ...]
    prep_tasks: tuple[tuple[str, float], ...]
    prep_again: float
    rut: bool
    east: int | None
    summaries: tuple[SummaryForm, ...]
    summary_folder: str


def method(
    document: Document, file: ConfigFile, sections: Sequence[Section], stages: Sequence[str]
) -> Method:
    """Return what the tables say; breaks name `sections`, limits `stages`. Raises `InvalidFile`."""
    return Method(
        in_hand=_within(document, ("songs", "in_hand"), file.songs.in_hand, (0, _SONGS)),
        limits=_limits(document, file.songs.limits, stages[:-1]),
        ear_rules=_rules(document, file, [section.name for section in sections]),
        prep_kinds=_kinds(document, file.prep.kinds),
        prep_tasks=_tasks(document, file.prep.tasks),
        prep_again=_within(document, ("prep", "again"), file.prep.again, _AGAIN) * _DAY,
        rut=file.rut.tell,
        east=None,
        summaries=_forms(document, file.summary.formats),
        summary_folder=fields.optional(
            document, ("summary", "folder"), file.summary.folder, most=_PATH
        ),
    )


def _forms(document: Document, forms: Sequence[str] | None) -> tuple[SummaryForm, ...]:
    if forms is None:
        return SUMMARY_FORMS
    named = [
        fields.named(document, ("summary", "formats", n), one, SUMMARY_FORMS)
        for n, one in enumerate(forms)
    ]
    return tuple(form for form in SUMMARY_FORMS if form in named)


def _within(document: Document, key: KeyPath, value: int, bounds: tuple[int, int]) -> int:
    least, most = bounds
    if not least <= value <= most:
        raise document.error(key, f"found {found(value)}; allowed: {least} to {most}")
    return value


def _limits(
    document: Document, limits: dict[str, int], stages: Sequence[str]
) -> tuple[tuple[str, int], ...]:
    """Return how many songs may be in hand in each stage; what is finished is never too much."""
    found: dict[str, int] = {}
    for written, most in limits.items():
        key = ("songs", "limits", written)
        found[fields.named(document, key, written, stages)] = _within(
            document, key, most, (1, _SONGS)
        )
    return tuple(found.items())


def _rules(document: Document, file: ConfigFile, names: Sequence[str]) -> tuple[EarRule, ...]:
    rules: list[EarRule] = []
    for written, text in file.breaks.items():
        key = ("breaks", written)
        section = fields.named(document, key, written, names)
        if any(rule.section == section for rule in rules):
            raise document.error(key, f"{found(section)} stands there twice; keep one of them")
        rules.append(_rule(document, key, section, text))
    return tuple(rules)


def _rule(document: Document, key: KeyPath, section: str, text: str) -> EarRule:
    said = _RULE.fullmatch(" ".join(text.split()))
    if said is None:
        raise document.error(key, f"found {found(text)}; {_ALLOWED}")
    least = durations.parse("1m")
    rest, after = (fields.duration(document, key, part, least=least) for part in said.groups())
    return EarRule(section, rest, after)


def _kinds(document: Document, kinds: Sequence[str] | None) -> tuple[str, ...]:
    if kinds is None:
        return KINDS
    named = (
        fields.named(document, ("prep", "kinds", n), one, KINDS) for n, one in enumerate(kinds)
    )
    return tuple(dict.fromkeys(named))


def _tasks(document: Document, tasks: Sequence[str]) -> tuple[tuple[str, float], ...]:
    fields.at_most(document, ("prep", "tasks"), tasks, _TASKS)
    return tuple(_task(document, ("prep", "tasks", n), one) for n, one in enumerate(tasks))


def _task(document: Document, key: KeyPath, written: str) -> tuple[str, float]:
    try:
        title, budget = durations.budget_in_title(written)
    except Invalid as refused:
        raise document.error(key, str(refused)) from None
    title = fields.line(document, key, title)
    if budget is None:
        raise document.error(key, f'found {found(written)}; allowed: "Tidy the desk (10m)"')
    if budget < SHORTEST_BOX:
        raise document.error(key, f"found {durations.words(budget)}; allowed: 1m to 24h")
    return title, budget

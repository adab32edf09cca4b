"""The tables ``[cues]`` and ``[[cue]]`` of the configuration: which fact tells which cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.core import cue_template
from bridge.core.cue_rules import SECTION, STATE, CueRule, CueSettings
from bridge.core.cue_words import PLACEHOLDERS, has_task, makes_sense
from bridge.core.react import EVENTS
from bridge.daw.actions import instead
from bridge.daw.links import Links
from bridge.daw.table import TARGETS
from bridge.errors import Invalid
from bridge.files import config_quiet, fields
from bridge.files.toml_faults import found, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bridge.daw.target import DawSettings
    from bridge.files.config_schema import ConfigFile, CueFile
    from bridge.files.toml import Document, KeyPath
    from bridge.messages import To

_RULES = 64
_FROM = (SECTION, STATE)


def cues(document: Document, file: ConfigFile, daws: Sequence[DawSettings]) -> CueSettings:
    """Return the rules as they are written, with the keys of `daws` for names. Raises `InvalidFile`."""
    fields.at_most(document, ("cue",), file.cue, _RULES)
    links = Links(daws).settings
    return CueSettings(
        rules=tuple(_rule(document, ("cue", n), one, links) for n, one in enumerate(file.cue)),
        defaults=file.cues.defaults,
        colours=file.cues.colours,
        quiet=config_quiet.spans(document, ("cues", "quiet"), file.cues.quiet),
        stop_for_break=file.cues.stop_for_break,
        restore_colours=file.cues.restore_colours,
        links=tuple(links) if file.cue else (),
    )


def _rule(
    document: Document, key: KeyPath, written: CueFile, links: Mapping[str, DawSettings]
) -> CueRule:
    on = _on(document, key, written.on)
    if written.colour and not written.marker.strip():
        problem = "is a marker's colour, and this rule has no marker; a track's colour is track"
        raise document.error((*key, "colour"), problem)
    for name in ("track", "section"):
        _needs_task(document, (*key, name), on, getattr(written, name))
    to = _to(document, (*key, "daw"), written.daw, links)
    return CueRule(
        on=on,
        marker=_template(document, (*key, "marker"), written.marker, on),
        colour=_colour(document, (*key, "colour"), written.colour),
        track=_colour(document, (*key, "track"), written.track),
        text=_template(document, (*key, "text"), written.text, on),
        action=_action(
            document, (*key, "action"), written.action, [links[one] for one in to if one in links]
        ),
        stop=written.stop,
        to=to,
        songs=_lower(document, (*key, "song"), written.song),
        sections=_lower(document, (*key, "section"), written.section),
    )


def _listed(key: KeyPath, written: str | list[str]) -> list[tuple[KeyPath, str]]:
    """Return each text of one or several, with its key."""
    if isinstance(written, str):
        return [(key, written)] if written.strip() else []
    return [((*key, n), one) for n, one in enumerate(written)]


def _on(document: Document, key: KeyPath, written: str | list[str]) -> tuple[str, ...]:
    on = [
        fields.named(document, place, one, EVENTS) for place, one in _listed((*key, "on"), written)
    ]
    if not on:
        problem = f"names no event; allowed: one or several of {', '.join(EVENTS)}"
        raise document.error((*key, "on"), problem)
    return tuple(dict.fromkeys(on))


def _template(document: Document, key: KeyPath, written: str, on: Sequence[str]) -> str:
    text = fields.optional(document, key, written, most=fields.TITLE)
    try:
        names = cue_template.read(text).names
    except Invalid as refused:
        raise document.error(key, str(refused)) from None
    for name in sorted(names):
        if name not in PLACEHOLDERS:
            shown = found(f"{{{name}}}")
            raise document.error(key, f"found {shown}; {unknown(name, PLACEHOLDERS)}")
        if not any(makes_sense(name, word) for word in on):
            fitting = [one for one in PLACEHOLDERS if any(makes_sense(one, word) for word in on)]
            problem = f'found "{{{name}}}", which {" or ".join(on)} never has'
            raise document.error(key, f"{problem}; allowed: {', '.join(fitting)}")
    return text


def _colour(document: Document, key: KeyPath, written: str) -> str:
    word = written.strip().casefold()
    if word in ("", *_FROM):
        return word
    if not written.strip().startswith("#"):
        allowed = 'section, state, or a colour such as "#3FA7FF"'
        raise document.error(key, f"found {found(written)}; allowed: {allowed}")
    return fields.colour(document, key, written.strip())


def _needs_task(
    document: Document, key: KeyPath, on: Sequence[str], written: str | list[str]
) -> None:
    """Refuse what is about a task where no fact of the rule ever has one."""
    if _listed(key, written) and not any(has_task(word) for word in on):
        tasks = ", ".join(word for word in EVENTS if has_task(word))
        problem = f"needs a task, which {' or '.join(on)} never has; allowed with: {tasks}"
        raise document.error(key, problem)


def _action(
    document: Document, key: KeyPath, written: str | int, daws: Sequence[DawSettings]
) -> str:
    """Return the action; refuse one that none of the DAWs that the rule names can run."""
    action = fields.optional(document, key, str(written), most=fields.TITLE)
    allowed = {one.kind: instead(one, action) for one in daws}
    if action and allowed and all(allowed.values()):
        listed = "; ".join(f"for {kind}: {words}" for kind, words in allowed.items())
        raise document.error(key, f"found {found(written)}; allowed {listed}")
    return action


def _to(
    document: Document, key: KeyPath, written: str | list[str], links: Mapping[str, DawSettings]
) -> To:
    """Return the links that are meant, by name or by kind; a kind without a link stays as it is."""
    kinds = {key: one.kind for key, one in links.items()}
    to: list[str] = []
    for place, one in _listed(key, written):
        name = fields.named(document, place, one, list(dict.fromkeys((*kinds, *TARGETS))))
        same = [link for link, kind in kinds.items() if name in (kind, link)]
        to += same or [name]
    return tuple(dict.fromkeys(to))


def _lower(document: Document, key: KeyPath, written: str | list[str]) -> tuple[str, ...]:
    return tuple(
        fields.line(document, place, one).casefold() for place, one in _listed(key, written)
    )

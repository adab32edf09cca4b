"""The page of all devices, written from their profiles: ``python -m tests.docs_devices``.

It writes ``docs/devices.md``; a test holds the file against the profiles.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from pathlib import Path

from bridge.errors import Invalid
from bridge.files.layouts import load_layouts
from bridge.files.profiles import load_profiles
from bridge.surface.fitting import choose
from bridge.surface.palettes import PALETTES
from bridge.surface.profile import Profile

PAGE = Path(__file__).parent.parent / "docs" / "devices.md"

_HEAD = """\
# Devices

Plug it in: `profile = "auto"` finds each of these by the names of its ports and by its answer to an identity
request. This page is written from the profiles in `mappings/controllers`.

**None of these devices was on our desk.** Their numbers were read in makers' documents and in the source of
programs that are used with them ([the sources](sources.md)), compared where several speak, and run in the
tests against emulations that have the devices' habits: the mode they wake up in, what they ignore there, what
they lose when too much is sent, what they repaint by themselves. *High*: independent sources agree. *Medium*:
some of it rests on one source alone, which is said below. If yours behaves differently, `songbridge monitor`
shows what it sends, and `songbridge learn` mends it for you.

| device | controls | lights | layout | how sure |
| --- | --- | --- | --- | --- |
"""

_TAIL = """\

## Elgato Stream Deck

It speaks no MIDI. Bitfocus Companion drives it, and Companion's "generic-osc" connection sends our
[OSC actions](osc.md): `/songbridge/complete` on a button, and it is done. What a key shows comes back when
Companion is a `[[osc.feedback]]` peer.
"""

_KINDS = {
    "rgb": "{n} in any colour",
    "palette": "{n} in {colours} colours",
    "enum": "{n} in a few colours",
    "mono-blink": "{n} that blink",
    "mono": "{n} on and off",
    "ring": "{n} rings",
    "meter": "{n} meters",
    "strip": "{n} strip colours",
}
_WORDS = {
    "pad": "pad",
    "side": "side button",
    "track": "lower button",
    "encoder": "knob",
    "push": "knob push",
    "fader": "fader",
    "key": "white key",
}


def page() -> str:
    """Return the whole page."""
    profiles = sorted(load_profiles().profiles.values(), key=_place)
    parts = [_HEAD, *(_row(profile) for profile in profiles)]
    for maker, some in groupby(profiles, _maker):
        parts += [f"\n## {maker}\n", *(_section(profile) for profile in some)]
    return "".join([*parts, _TAIL])


def _place(profile: Profile) -> tuple[bool, str, str]:
    return profile.id.startswith("generic"), _maker(profile), profile.name


def _maker(profile: Profile) -> str:
    return profile.vendor or "Any other device"


def _anchor(heading: str) -> str:
    kept = (letter for letter in heading.lower() if letter.isalnum() or letter in " -")
    return "".join(kept).replace(" ", "-")


def _row(profile: Profile) -> str:
    cells = (
        f"[{profile.name}](#{_anchor(profile.name)})",
        _controls(profile),
        _lights(profile),
        _layout(profile),
        profile.confidence or "a convention",
    )
    return f"| {' | '.join(cells)} |\n"


def _controls(profile: Profile) -> str:
    sending = [c.name for c in profile.controls.values() if c.message != "none"]
    count = Counter(name.split(".")[0] for name in sending)
    known = [_many(count.pop(word), _WORDS[word]) for word in list(count) if word in _WORDS]
    rest = sum(count.values())
    return ", ".join([*known, f"{rest} more" if known else f"{rest}"][: len(known) + bool(rest)])


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'es' if word.endswith('sh') else 's'}" if count > 1 else f"1 {word}"


def _lights(profile: Profile) -> str:
    count: Counter[str] = Counter(
        c.light.kind for c in profile.controls.values() if c.light.kind != "none"
    )
    palette = PALETTES.get(profile.leds.palette)
    colours = len({*palette.entries}) if palette else "a dozen"
    words = [
        way.format(n=count[kind], colours=colours) for kind, way in _KINDS.items() if count[kind]
    ]
    words += [f"{len(profile.displays)} displays"] if profile.displays else []
    return ", ".join(words) or "none"


def _layout(profile: Profile) -> str:
    try:
        return f"`{choose(load_layouts().layouts, 'auto', profile).id}`"
    except Invalid:
        return "your own"


def _section(profile: Profile) -> str:
    lines = [f"\n### {profile.name}\n", f"\n`{profile.id}`"]
    if profile.session.enter:
        lines.append(", set up when it is opened and given back when it is left")
    if profile.identity:
        lines.append(", answers an identity request")
    lines.append(f". Read in: {', '.join(profile.sources)}.\n")
    told = [*profile.notes, *(f"*One source only:* {one}" for one in profile.single_source)]
    return "".join([*lines, "\n" if told else "", *(f"* {_sentence(one)}\n" for one in told)])


def _sentence(text: str) -> str:
    return text if text.endswith((".", ")")) else f"{text}."


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

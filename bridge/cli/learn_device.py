"""Drafting the profile of an unknown controller, and setting it up where that is needed."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from bridge.app.reloading import read as read_config
from bridge.cli import learn_places
from bridge.cli.learn_interview import ARROWS, TRANSPORT, Interview, sorted_out
from bridge.errors import Unavailable
from bridge.files import learning_changes, learning_profile, shipped, toml
from bridge.files.layouts import load_layouts
from bridge.files.learning import MARK
from bridge.files.learning_changes import Write
from bridge.files.learning_profile import Draft
from bridge.files.profiles import profile_from
from bridge.surface import matching
from bridge.surface.fitting import fit

if TYPE_CHECKING:
    from bridge.cli.learn_lesson import Lesson
    from bridge.cli.learn_talk import Talk
    from bridge.files.home import Home
    from bridge.surface.profile import Profile
    from bridge.web.teaching import Device


_SETTLE = 1.5  # seconds in which ports that are there come up one after the other


def draft(home: Home, talk: Talk, lesson: Lesson, device: Device | None) -> None:
    """Find out what a controller has and write its profile. Raises any SongbridgeError."""
    config = read_config(home)
    chosen = device or _chosen(talk, lesson)
    talk.say(f"finding out what {chosen.port} has; Enter skips a question, q and Enter ends")
    found = _found(home, talk, lesson, chosen)
    text = learning_profile.draft(found)
    profile = profile_from(toml.read(text, f"{found.id}.toml"))
    path = home.controllers / f"{found.id}.toml"
    writes = [Write(path, text, learning_changes.read(path))]
    layouts = fit(load_layouts(home).layouts.values(), profile)
    if not layouts:
        writes.append(_empty_layout(home, found))
    named = all(one.profile != "auto" or one.port for one in config.controllers)
    if named:  # last, for a service may read between two writes, and must find what is named
        writes.append(_set_up(home, found.id))
    learning_changes.make(learn_places.changes(home), f"the controller {found.name}", writes)
    for one in writes:
        talk.say(f"written: {one.path}")
    talk.say(
        f"{found.name}: {_count(profile)}; its layout is {layouts[0].id if layouts else found.id}"
    )
    talk.say("`songbridge learn` teaches its pads other actions; `learn --undo` takes this back")


def _chosen(talk: Talk, lesson: Lesson) -> Device:
    """Return the device that is meant: the only one without a profile, or the one that is named."""
    lesson.settled()
    talk.listen(_SETTLE)
    if not _strangers(lesson):
        talk.say("plug the controller in … (those that have a profile need none; q and Enter ends)")
    while not (strangers := _strangers(lesson)):
        talk.listen(_SETTLE)
    if len(strangers) == 1:
        return strangers[0]
    for place, one in enumerate(strangers, 1):
        talk.say(f"  {place}  {one.port}")
    while True:
        said = talk.ask("Which of them? Its number:")
        if said.isdecimal() and 1 <= int(said) <= len(strangers):
            return strangers[int(said) - 1]


def _strangers(lesson: Lesson) -> list[Device]:
    return [one for one in lesson.devices if not one.profile]


def _found(home: Home, talk: Talk, lesson: Lesson, device: Device) -> Draft:
    asked = Interview(talk, lesson, device)
    grid = asked.grid()
    rows = {
        "side": asked.row("side", "the buttons beside the pads, from the top down"),
        "track": asked.row("track", "the buttons above or below the pads, left to right"),
    }
    single = asked.named("Has it transport buttons such as play and stop?", TRANSPORT)
    single |= asked.named("Has it arrow buttons?", ARROWS)
    rows |= {"encoder": asked.knobs(), "fader": asked.faders()}
    even, odd = sorted_out(rows, single)
    if grid is None and not even and not odd:
        raise Unavailable("no control was found, so there is nothing to write; nothing was changed")
    buttons = [one.sent for row in even.values() for one in row if one.kind == "button"]
    buttons += [one.sent for one in odd.values() if one.kind == "button"]
    first = learning_profile.first_pad(grid) if grid else (buttons[0] if buttons else None)
    light = asked.light(first) if first else ""
    name = _name(talk, device)
    return Draft(
        id=_free_id(home, name),
        name=name,
        platform=matching.platform(sys.platform),
        port=device.port,
        port_out=device.output,
        grid=grid,
        rows=even,
        single=odd,
        light=light,
    )


def _name(talk: Talk, device: Device) -> str:
    usual = _usual_name(device.port)
    while True:
        name = talk.ask("What is it called?", usual or "my controller")
        if name.isprintable() and re.search(r"[A-Za-z0-9]", name) and len(name) <= 60:  # noqa: PLR2004 - a line in `status`
            return name
        talk.say("a name has letters or digits, 60 at most")


def _usual_name(port: str) -> str:
    """Return the device's name out of a port's: without a bridge's name before and the port's behind."""
    own = re.sub(r"^(a2j|alsa_midi|Midi-Bridge):", "", port).partition(":")[0]
    plain = re.sub(r"\[[0-9]+\]|\((capture|playback|in|out)\)|[^\w .+-]", " ", own)
    return " ".join(plain.split())[:40]


def _free_id(home: Home, name: str) -> str:
    """Return an id for the name that no profile and no layout has."""
    base = "-".join(re.findall(r"[a-z0-9]+", name.lower()))
    taken = {*shipped.profile_ids(home), *shipped.layout_ids(home)}
    taken |= {path.stem for path in home.controllers.glob("*.toml")}
    ids = (base if n == 1 else f"{base}-{n}" for n in range(1, 1000))
    return next(one for one in ids if one not in taken)


def _set_up(home: Home, name: str) -> Write:
    """Return what makes a configuration that names its controllers name this one, too."""
    before = learning_changes.read(home.config_file) or b""
    text = before.decode()
    more = f'[[controller]]                # {MARK}\nprofile = "{name}"\n'
    return Write(home.config_file, f"{text.rstrip()}\n\n{more}", before)


def _empty_layout(home: Home, found: Draft) -> Write:
    path = home.layouts / f"{found.id}.toml"
    text = (
        f"# For {learning_profile.quoted(found.name)}, which no other layout fits: `songbridge learn`"
        f' fills it.\nschema = 1\nid = "{found.id}"\nname = "{learning_profile.quoted(found.name)}"\n'
        "requires = []\n"
    )
    return Write(path, text, learning_changes.read(path))


def _count(profile: Profile) -> str:
    kinds = {"button": "button", "encoder": "knob", "fader": "fader"}
    counts = {w: sum(c.kind == k for c in profile.controls.values()) for k, w in kinds.items()}
    told = [f"{n} {word}{'' if n == 1 else 's'}" for word, n in counts.items() if n]
    return ", ".join(told)

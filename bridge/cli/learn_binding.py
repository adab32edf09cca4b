"""Teaching one control one action: wait for the press, say what it did, write the user's layout."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from bridge.cli import learn_places
from bridge.cli.learn_checks import check_there, check_wish, means
from bridge.errors import Invalid, Unavailable
from bridge.files import learning, learning_changes, learning_profile, toml
from bridge.files.learning import AUTO
from bridge.files.learning_profile import Found
from bridge.files.profiles import load_profile, profile_from
from bridge.files.shipped import profile_path
from bridge.surface.commands import TURNS
from bridge.surface.guessing import sent
from bridge.surface.roles import COLOURS

if TYPE_CHECKING:
    from bridge.cli.learn_lesson import Lesson
    from bridge.cli.learn_talk import Talk
    from bridge.files.home import Home
    from bridge.files.learning_changes import Write
    from bridge.surface.gestures import Gesture
    from bridge.surface.profile import Profile
    from bridge.web.teaching import Device, Heard

_NAME = re.compile(r"[a-z][a-z0-9_-]*(\.([a-z][a-z0-9_-]*|[1-9][0-9]{0,2}))*")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for; an empty ``gesture`` is what comes, ``yes`` asks nothing."""

    do: str
    gesture: str = ""
    controller: str = ""
    layer: str = ""
    light: str = ""
    yes: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    """What came: of which device, and the control's name, empty where its profile has none."""

    device: Device
    heard: Heard
    control: str


class Stranger(Exception):  # noqa: N818 - somebody who came, not an error
    """What was pressed belongs to a device without a profile."""

    def __init__(self, device: Device) -> None:
        super().__init__(device.port)
        self.device = device


def teach(home: Home, talk: Talk, lesson: Lesson, wish: Wish) -> None:
    """Teach one control. Raises Cancelled, Stranger, or any SongbridgeError; then nothing changed."""
    check_wish(home, wish)
    talk.say(_heard_from(lesson))
    check_there(home, talk, lesson, wish)
    pressed = talk.press(_request(wish), lambda heard: _taken(talk, lesson, wish, heard))
    while pressed is None:
        pressed = talk.press(
            "press it on the controller …", lambda h: _taken(talk, lesson, wish, h)
        )
    if not pressed.device.profile:
        raise Stranger(pressed.device)
    profile = load_profile(profile_path(pressed.device.profile, home))
    more: list[Write] = []
    if not pressed.control:
        pressed, profile, write = _named(home, talk, pressed, profile)
        more.append(write)
    lesson.show(pressed.device.key, pressed.control)
    talk.say(f"that is {pressed.control} on {pressed.device.name}")
    others = _others(home, lesson, pressed)
    _bind(home, talk, wish, (pressed, profile), more, others=others)


def _request(wish: Wish) -> str:
    verb = "Turn the knob" if wish.gesture == "turn" else "Press the pad"
    later = {"hold": ", held", "double": ", pressed twice"}.get(wish.gesture, "")
    return f"{verb} for `{wish.do}`{later} … (q and Enter ends)"


def _heard_from(lesson: Lesson) -> str:
    names = [one.name or f"{one.port} (no profile yet)" for one in lesson.settled()]
    return (
        f"listening to: {', '.join(names)}" if names else "no controller is there yet; plug one in"
    )


def _taken(talk: Talk, lesson: Lesson, wish: Wish, heard: Heard) -> Pressed | None:
    """Return what a message is, None when it is not what was asked for."""
    device = lesson.device(heard.key)
    if device is None or not means(wish, device):
        return None
    if not heard.control:
        return Pressed(device, heard, "") if sent(bytes.fromhex(heard.data)) else None
    if heard.what == "down" and wish.gesture != "turn":
        return Pressed(device, heard, heard.control)
    if heard.what != "turn":
        return None
    if wish.gesture == "turn" or (not wish.gesture and wish.do.split()[0] in TURNS):
        return Pressed(device, heard, heard.control)
    talk.say(f"{heard.control} is turned, and `{wish.do}` needs something that is pressed")
    return None


def _named(
    home: Home, talk: Talk, pressed: Pressed, profile: Profile
) -> tuple[Pressed, Profile, Write]:
    """Give a control that the profile does not know a name; return what writes it into the user's."""
    message = sent(bytes.fromhex(pressed.heard.data))
    if message is None or message.message == "pitchbend":
        raise Unavailable("that control can't be added by itself; add it to the profile by hand")
    talk.say(f"{profile.name} sent {message.words}, which its profile does not name")
    if not talk.yes("Add it to your own copy of the profile?"):
        raise Unavailable("nothing was changed")
    name = _free_name(talk, profile)
    source = learn_places.profile(home, profile.id)
    text = learning_profile.with_control(source.text, str(source.path), name, Found(message))
    made = profile_from(toml.read(text, str(source.path)))
    return replace(pressed, control=name), made, source.write(text)


def _free_name(talk: Talk, profile: Profile) -> str:
    free = next(n for n in range(1, 999) if f"button.{n}" not in profile.controls)
    while True:
        name = talk.ask("What shall it be called?", f"button.{free}")
        if name in profile.controls:
            talk.say(f"{name} is there already")
        elif not _NAME.fullmatch(name):
            talk.say("allowed: small letters and numbers joined by dots, such as shift or button.2")
        else:
            return name


def _others(home: Home, lesson: Lesson, pressed: Pressed) -> list[str]:
    """Return the names of other controllers there that show the layout and have that control."""
    alike = [one for one in lesson.devices if one.profile and one.layout == pressed.device.layout]
    return [
        one.name
        for one in alike
        if one.key != pressed.device.key
        if pressed.control in load_profile(profile_path(one.profile, home)).controls
    ]


def _bind(
    home: Home,
    talk: Talk,
    wish: Wish,
    came: tuple[Pressed, Profile],
    more: list[Write],
    *,
    others: list[str],
) -> None:
    """Write the binding, with `more` files, when all is asked; `others` are told of before."""
    pressed, profile = came
    gesture = wish.gesture or ("turn" if pressed.heard.what == "turn" else "press")
    lesson = learning.Lesson(pressed.control, wish.do, cast("Gesture", gesture), AUTO, wish.layer)
    source = learn_places.layout(home, pressed.device.layout)
    made = learning.taught(source.text, str(source.path), lesson, profile)
    if made.text == source.text and not wish.light:
        talk.say(f"it does `{wish.do}` already; nothing was changed")
        return
    for line in made.before:
        talk.say(f"until now its {line}")
    if others:
        layout = pressed.device.layout
        talk.say(f"{layout} is also on {' and '.join(others)}: there it changes, too")
    if made.before and not wish.yes and not talk.yes("Replace that?"):
        raise Unavailable("nothing was changed")
    light = wish.light or _light(talk, wish, lesson, made.text)
    if light != AUTO:
        lesson = replace(lesson, light=light)
        made = learning.taught(source.text, str(source.path), lesson, profile)
    what = f"{pressed.control} on {profile.name}: {gesture} does `{wish.do}`"
    learning_changes.make(learn_places.changes(home), what, [*more, source.write(made.text)])
    talk.say(what)
    talk.say(f"written to {source.path}; `songbridge learn --undo` takes it back")


def _light(talk: Talk, wish: Wish, lesson: learning.Lesson, text: str) -> str:
    """Return the colour that is wished for, where the control has a light to choose one for."""
    if wish.yes or not learning.lights(text, lesson):
        return AUTO
    usual, names = learning.colour(text, lesson), [name for name in COLOURS if name != "off"]
    while True:
        said = talk.ask("Its light: a colour, #RRGGBB, or keep (? lists the colours)", usual)
        if said == usual:
            return AUTO
        if said in (*names, learning.KEEP) or re.fullmatch("#[0-9A-Fa-f]{6}", said):
            return said
        talk.say(f"the colours are {', '.join(names)}")


def refuse_light(light: str) -> None:
    """Refuse what is no colour. Raises `Invalid`."""
    if (
        light
        and light not in (*COLOURS, learning.KEEP, AUTO)
        and not re.fullmatch("#[0-9A-Fa-f]{6}", light)
    ):
        raise Invalid(
            f"found the light {light[:40]!r}; allowed: keep, {', '.join(COLOURS)}, #RRGGBB"
        )

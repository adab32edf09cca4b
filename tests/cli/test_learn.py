"""`learn` question by question, with hands and keys of our own and no port at all."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from typing import cast

import pytest

from bridge.cli.learn_binding import Stranger, Wish, refuse_light, teach
from bridge.cli.learn_device import _free_id, draft
from bridge.cli.learn_lesson import Lesson
from bridge.cli.learn_talk import Cancelled, Eof, Happenings, Line, Lost, Talk
from bridge.errors import Invalid, Refused, SongbridgeError, Unavailable
from bridge.files.home import Home
from bridge.files.layouts import load_layouts
from bridge.files.profiles import load_profile
from bridge.files.shipped import layout_path, profile_path
from bridge.web.teaching import Device, Heard
from tests.standins.command import Terminal

PADS = Device("pads", "Pads MIDI 1", "", "novation-launchpad-mini-mk3", "Launchpad", "queue-8x8")
KNOBS = Device("knobs", "Knobs", "", "korg-nanokontrol2", "Knobs", "transport")
STRANGE = Device("unknown: Acme", "Acme (1) MIDI 1", "Acme (1) MIDI 1")
_numbers = count(1)


def heard(device: Device, data: str, control: str = "", what: str = "") -> Heard:
    return Heard(next(_numbers), device.key, data.replace(" ", ""), control, what)


def down(control: str) -> Heard:
    return heard(PADS, "b0017f", control, "down")


class Scene:
    """A home, a lesson that hears `devices`, and a script: when words are said, things happen."""

    def __init__(self, folder: Path, *devices: Device) -> None:
        self.home = Home(folder, folder)
        self.devices = devices
        self.said: list[str] = []
        self.shown: list[tuple[str, str]] = []
        self.sent: list[bytes] = []
        self.lights = True
        self._script: list[tuple[str, tuple[object, ...]]] = []
        self.happenings: Happenings = SimpleQueue()
        clock = count(0, 0.5)
        self.talk = Talk(
            self.happenings,
            self._say,
            typed=True,
            patience=20,
            now=lambda: float(next(clock)),
            step=0,
        )
        self.lesson = cast("Lesson", self)

    def script(self, *steps: tuple[object, ...]) -> None:
        """Each step: the words that are waited for, then what happens."""
        self._script += [(str(words), rest) for words, *rest in steps]  # type: ignore[misc] # a tuple, unpacked

    def _say(self, line: str) -> None:
        self.said.append(line)
        if self._script and self._script[0][0] in line:
            for one in self._script.pop(0)[1]:
                self.happenings.put(Line(one) if isinstance(one, str) else one)  # type: ignore[arg-type] # a happening

    @property
    def finished(self) -> bool:
        return not self._script

    def files(self) -> dict[str, bytes]:
        folder = self.home.data_dir
        return {
            str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()
        }

    # --- the lesson ---

    def device(self, key: str) -> Device | None:
        return next((one for one in self.devices if one.key == key), None)

    def settled(self) -> tuple[Device, ...]:
        return self.devices

    def show(self, key: str, control: str) -> None:
        self.shown.append((key, control))

    def send(self, _key: str, *messages: bytes) -> bool:
        self.sent += messages
        return self.lights


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path, PADS, KNOBS, STRANGE)


def learn(scene: Scene, do: str, **wish: object) -> None:
    teach(scene.home, scene.talk, scene.lesson, Wish(do, **wish))  # type: ignore[arg-type] # a wish's fields


REPLACED: tuple[tuple[object, ...], ...] = (
    ("Press the pad for `undo`", down("pad.7.2")),
    ("Replace that?", "y"),
    ("Its light:", "red"),
)


def test_a_press_is_shown_and_what_it_did_before_is_said(scene: Scene) -> None:
    scene.script(*REPLACED)
    learn(scene, "undo")
    assert scene.shown == [("pads", "pad.7.2")]
    assert scene.said[:5] == [
        "listening to: Launchpad, Knobs, Acme (1) MIDI 1 (no profile yet)",
        "Press the pad for `undo` … (q and Enter ends)",
        "that is pad.7.2 on Launchpad",
        "until now its press did 'complete'",
        "Replace that? [Y/n]",
    ]
    bind = next(
        b for b in load_layouts(scene.home).layouts["queue-8x8"].binds if b.on[0].text == "pad.7.2"
    )
    assert (bind.do and bind.do.name, bind.colour) == ("undo", "#FF0000")
    assert layout_path("queue-8x8").read_text("utf-8").count('"undo"') == 1


def also(name: str, profile: str, layout: str = "queue-8x8") -> Device:
    return Device(name, f"{name} MIDI 1", "", profile, name, layout)


def test_controllers_that_change_with_it_are_said_before_it_is_asked(scene: Scene) -> None:
    scene.devices += (
        also("APC", "akai-apc-mini-mk2"),
        also("Second", PADS.profile),
        also("Album", PADS.profile, "album-8x8"),
        also("Mackie", "mackie-control"),  # has no pads
    )
    scene.script(*REPLACED)
    learn(scene, "undo")
    told = "queue-8x8 is also on APC and Second: there it changes, too"
    assert scene.said.index(told) == scene.said.index("Replace that? [Y/n]") - 1


def test_what_it_does_already_is_said_and_not_written(scene: Scene) -> None:
    scene.script(("Press the pad", down("pad.7.2")))
    learn(scene, "complete")
    assert scene.said[-1] == "it does `complete` already; nothing was changed"
    assert scene.files() == {}


def test_a_colour_that_is_not_known_is_asked_for_again(scene: Scene) -> None:
    scene.script(*REPLACED[:-1], ("Its light:", "?"), ("the colours are white, red", "#102030"))
    learn(scene, "undo")
    assert '"#102030"' in (scene.home.layouts / "queue-8x8.toml").read_text("utf-8")


def test_a_controller_that_is_not_there_is_told(scene: Scene) -> None:
    with pytest.raises(Invalid, match="no controller 'pods' is there; there are: pads, novation"):
        learn(scene, "undo", controller="pods")


def test_a_second_lesson_changes_the_user_s_own_file(scene: Scene) -> None:
    for pad in ("pad.7.2", "pad.7.3"):
        scene.script(("Press the pad", down(pad)))
        learn(scene, "back", yes=True)
    text = (scene.home.layouts / "queue-8x8.toml").read_text("utf-8")
    assert text.count('do = "back"') == 2
    assert text.count("Your own copy") == 1


def test_what_is_not_to_be_replaced_stays(scene: Scene) -> None:
    scene.script(("Press the pad", down("pad.7.2")), ("Replace that?", "what?", "n"))
    with pytest.raises(Unavailable, match="nothing was changed"):
        learn(scene, "undo")
    assert "y and Enter for yes, n and Enter for no, q and Enter to end" in scene.said
    assert scene.files() == {}


@pytest.mark.parametrize("step", range(len(REPLACED)))
@pytest.mark.parametrize("way", ["q", "Q", "quit", Eof(), Lost(Refused("this lesson has ended"))])
def test_a_lesson_that_ends_early_leaves_every_file_as_it_was(
    scene: Scene, step: int, way: object
) -> None:
    scene.script(*REPLACED[:step], (REPLACED[step][0], way))
    with pytest.raises(SongbridgeError, match=r"nothing was changed|has ended"):
        learn(scene, "undo")
    assert scene.finished
    assert scene.files() == {}


def test_nothing_that_comes_for_long_is_told(scene: Scene) -> None:
    with pytest.raises(Unavailable, match="nothing was pressed for 20 seconds"):
        learn(scene, "undo")


def test_other_controllers_and_releases_are_not_what_was_asked_for(scene: Scene) -> None:
    others = (
        heard(KNOBS, "b0297f", "play", "down"),
        heard(PADS, "b00100", "pad.7.2", "up"),
        Heard(1, "gone", "b0017f", "pad.7.2", "down"),
    )
    scene.script(("Press the pad", *others, down("pad.7.3")))
    learn(scene, "undo", yes=True, controller="pads")
    assert scene.shown == [("pads", "pad.7.3")]


def test_a_knob_is_not_pressed_and_a_pad_not_turned(scene: Scene) -> None:
    turned = heard(KNOBS, "b01001", "encoder.2", "turn")
    scene.script(("Press the pad", turned, down("pad.7.3")))
    learn(scene, "undo", yes=True)
    assert "encoder.2 is turned, and `undo` needs something that is pressed" in scene.said
    scene.script(("Turn the knob", down("pad.7.3"), turned))
    learn(scene, "extend", yes=True, gesture="turn")
    assert scene.shown[-1] == ("knobs", "encoder.2")
    scene.script(("Press the pad", turned))
    learn(scene, "extend 2m", yes=True)
    assert scene.said[-2] == "encoder.2 on Korg nanoKONTROL2: turn does `extend 2m`"


def test_a_control_without_a_name_gets_one_in_the_user_s_own_profile(scene: Scene) -> None:
    scene.script(
        ("Press the pad", heard(PADS, "b0637f")),
        ("Add it to your own copy", ""),
        ("What shall it be called?", "Bad Name"),
        ("allowed: small letters", "spare"),
    )
    learn(scene, "undo", yes=True)
    own = load_profile(scene.home.controllers / f"{PADS.profile}.toml")
    assert own.controls["spare"].number == 99
    assert own.controls.keys() - load_profile(profile_path(PADS.profile)).controls.keys() == {
        "spare"
    }
    assert {name.split("/")[0] for name in scene.files()} == {"controllers", "layouts", "learnt"}


def test_a_press_on_an_unknown_device_is_told_apart(scene: Scene) -> None:
    scene.script(("Press the pad", heard(STRANGE, "903c64")))
    with pytest.raises(Stranger):
        learn(scene, "undo")


@pytest.mark.parametrize("do", ["nonsense", "select", "undo now", "extend soon", "layout lost"])
def test_what_is_no_action_is_told_before_anything_is_pressed(scene: Scene, do: str) -> None:
    with pytest.raises(Invalid):
        learn(scene, do)
    assert scene.said == []


def layered(scene: Scene, name: str) -> None:
    """Give the user a layout of that id with a layer `fx`, made from the shipped one."""
    text = layout_path("queue-8x8").read_text("utf-8").replace('"queue-8x8"', f'"{name}"', 1)
    text = text.replace('"logo", ', "", 1)
    scene.home.layouts.mkdir(exist_ok=True)
    layer = '\n[[layer]]\nname = "fx"\non = "logo"\noptional = true\n'
    (scene.home.layouts / f"{name}.toml").write_text(text + layer, encoding="utf-8")


def test_a_layer_that_no_layout_has_is_told_before_anything_is_pressed(scene: Scene) -> None:
    with pytest.raises(Invalid, match=r"no layout here has a layer 'nope'; .* there are: none"):
        learn(scene, "undo", layer="nope")
    layered(scene, "mine")
    with pytest.raises(Invalid, match=r"a layer 'nope'; the layers there are: fx \(of mine\)"):
        learn(scene, "undo", layer="nope")
    assert scene.said == []


def test_a_layer_of_another_layout_is_told_before_anything_is_pressed(scene: Scene) -> None:
    layered(scene, "mine")
    with pytest.raises(Invalid, match="queue-8x8 has no layer 'fx'; the layers there are: none"):
        learn(scene, "undo", layer="fx", controller="pads")
    assert len(scene.said) == 1


def test_a_layer_that_one_of_the_controllers_has_waits_for_the_press(scene: Scene) -> None:
    layered(scene, "queue-8x8")
    scene.script(("Press the pad", down("pad.7.3")))
    learn(scene, "undo", yes=True, layer="fx")
    assert 'layer = "fx"' in (scene.home.layouts / "queue-8x8.toml").read_text("utf-8")


def test_a_controller_that_comes_a_moment_later_is_not_refused(scene: Scene) -> None:
    layered(scene, "queue-8x8")
    late, scene.devices = scene.devices, (STRANGE,)

    class Slow(Talk):
        def listen(self, seconds: float) -> list[Heard]:
            scene.devices = late
            return super().listen(seconds)

    scene.talk.__class__ = Slow
    scene.script(("Press the pad", down("pad.7.3")))
    learn(scene, "undo", yes=True, layer="fx", controller="pads")
    assert scene.shown == [("pads", "pad.7.3")]


def test_a_light_for_another_gesture_is_told_before_anything_is_pressed(scene: Scene) -> None:
    with pytest.raises(Invalid, match="a light shows what a press does"):
        learn(scene, "undo", gesture="hold", light="red")
    assert scene.said == []


@pytest.mark.parametrize("light", ["reddish", "#12", "#GGGGGG"])
def test_what_is_no_colour_is_refused(light: str) -> None:
    with pytest.raises(Invalid, match="allowed: keep"):
        refuse_light(light)


# --- a controller without a profile ---------------------------------------------------------------


def strange(*messages: str) -> list[Heard]:
    return [heard(STRANGE, data) for data in messages]


DRAFTED: tuple[tuple[object, ...], ...] = (
    ("Press the top left pad", *strange("903064")),
    ("Press the top right pad", *strange("903364")),
    ("Press the bottom left pad", *strange("902464")),
    ("Press the bottom right pad", *strange("902764")),
    ("4 rows of 4 pads", "n"),
    ("How many rows", "some"),
    ("4 rows of 4 pads", "y"),
    ("Press the first of the buttons beside", *strange("903364", "b0597f")),
    ("Press the next", *strange("b05a7f")),
    ("Press the next", ""),
    ("Press the first of the buttons above", *strange("90017f")),
    ("Press the next", *strange("b0027f")),
    ("Press the next", ""),
    ("transport", ""),
    ("arrow", "y"),
    ("Press UP", *strange("b0507f")),
    ("Press DOWN", ""),
    ("Press LEFT", ""),
    ("Press RIGHT", ""),
    ("Turn the first knob", *strange("b01001", "b01001", "b01002")),
    ("to the left", *strange("b0107f", "b0107f", "b0107e")),
    ("Turn the next knob", ""),
    ("Move the first fader", *strange("e00010", "e01211")),
    ("Move the next fader", *strange("e10010")),
    ("Move the next fader", ""),
    ("was sent a note", "n"),
    ("was sent a cc", "y"),
    ("What is it called?", "My Pads!"),
)


def drafted(scene: Scene, steps: Iterable[tuple[object, ...]]) -> None:
    scene.script(*steps)
    draft(scene.home, scene.talk, scene.lesson, None)


def test_a_draft_has_all_that_was_pressed_and_turned(scene: Scene) -> None:
    drafted(scene, DRAFTED)
    assert scene.finished
    made = load_profile(scene.home.controllers / "my-pads.toml")
    assert made.name == "My Pads!"
    assert made.controls["pad.4.4"].number == 39
    assert [made.controls[f"side.{n}"].number for n in (1, 2)] == [0x59, 0x5A]
    assert [made.controls[f"track.{n}"].message for n in (1, 2)] == ["note", "cc"]
    assert made.controls["encoder.1"].turning == "twos"
    assert [made.controls[f"fader.{n}"].channel for n in (1, 2)] == [1, 2]
    assert made.leds.driver == "mono_cc"
    assert scene.sent == [bytes.fromhex(b) for b in ("90307f", "903000", "b0307f", "b03000")]
    assert "that is pad.1.4 already" in scene.said
    assert set(scene.files()) == {"controllers/my-pads.toml", "learnt/0001/change.json"}


@pytest.mark.parametrize("step", range(len(DRAFTED)))
@pytest.mark.parametrize("way", ["q", Eof()])
def test_a_draft_that_is_ended_at_any_question_leaves_every_file_as_it_was(
    scene: Scene, step: int, way: object
) -> None:
    with pytest.raises(Cancelled):
        drafted(scene, [*DRAFTED[:step], (DRAFTED[step][0], way)])
    assert scene.finished
    assert scene.files() == {}


SKIPPED: tuple[tuple[object, ...], ...] = (
    ("Press the top left", ""),
    ("Press the first of the buttons beside", ""),
    ("Press the first of the buttons above", ""),
    ("transport", ""),
    ("arrow", ""),
    ("Turn the first knob", ""),
    ("Move the first fader", ""),
)


def test_a_draft_of_nothing_is_not_written(scene: Scene) -> None:
    with pytest.raises(Unavailable, match="no control was found, so there is nothing to write"):
        drafted(scene, SKIPPED)
    assert scene.files() == {}


CALLED: tuple[tuple[object, ...], ...] = (
    *SKIPPED[1:],
    ("was sent a note", ""),
    ("was sent a cc", ""),
    ("What is it called?", "Row"),
)


def test_a_row_of_pads_needs_only_its_first_and_its_last(scene: Scene) -> None:
    ends = (("top left", *strange("902464")), ("top right", *strange("902b64")))
    row = (("bottom left pad … (Enter: there is one row only)", ""), ("One row of pads", ""))
    drafted(scene, [*ends, *row, ("That makes 1 row of 8 pads;", ""), *CALLED])
    assert scene.finished
    made = load_profile(scene.home.controllers / "row.toml").controls
    assert [made[f"pad.1.{n}"].number for n in range(1, 9)] == list(range(0x24, 0x2C))
    assert len(made) == 8
    text = (scene.home.controllers / "row.toml").read_text("utf-8")
    assert "# Worked out from its corners: 36 first, 43 last.\n" in text


@pytest.mark.parametrize("pressed", [1, 2, 3])
def test_pads_whose_corners_are_not_all_pressed_are_never_dropped_in_silence(
    scene: Scene, pressed: int
) -> None:
    stopped: list[tuple[object, ...]] = [*DRAFTED[:pressed], (DRAFTED[pressed][0], "")]
    stopped += [("One row of pads", "n")] if pressed == 2 else []
    again = [("Pads need all four corners; leave the pads out? [y/N]", ""), *DRAFTED[pressed:4]]
    drafted(scene, [*stopped, *again, ("4 rows of 4 pads", ""), *CALLED])
    assert scene.finished
    assert len(load_profile(scene.home.controllers / "row.toml").controls) == 16


def test_pads_are_left_out_where_that_is_said(scene: Scene) -> None:
    left = (*DRAFTED[:1], (DRAFTED[1][0], ""), ("leave the pads out?", "y"))
    with pytest.raises(Unavailable, match="no control was found, so there is nothing to write"):
        drafted(scene, [*left, *SKIPPED[1:]])
    assert scene.finished
    assert scene.files() == {}


def test_a_configuration_that_names_its_controllers_names_the_new_one_too(scene: Scene) -> None:
    config = '# Mine.\n[[controller]]\nprofile = "generic-pads"\nport = "MPD"\n'
    scene.home.config_file.write_text(config, encoding="utf-8")
    scene.lights = False
    fader = (("Move the first fader", *strange("b00710")), ("Move the next", ""), ("called", ""))
    drafted(scene, [*SKIPPED[:-1], *fader])
    assert scene.home.config_file.read_text("utf-8") == (
        f'{config}\n[[controller]]                # taught with songbridge learn\nprofile = "acme-1-midi-1"\n'
    )
    assert load_layouts(scene.home).layouts["acme-1-midi-1"].binds == ()


# --- the command ----------------------------------------------------------------------------------


def test_there_is_nothing_to_take_back_at_first(tmp_path: Path) -> None:
    said = Terminal(tmp_path)("learn", "--undo")
    assert (said.code, said.err) == (1, "nothing was learnt that could be taken back\n")


def test_what_was_taught_is_taken_back_byte_for_byte(scene: Scene) -> None:
    before = scene.files()
    scene.script(*REPLACED)
    learn(scene, "undo")
    said = Terminal(scene.home.data_dir).well("learn", "--undo")
    path = scene.home.layouts / "queue-8x8.toml"
    assert said == (
        f"taken back: pad.7.2 on Novation Launchpad Mini MK3: press does `undo`\nremoved: {path}\n"
    )
    assert scene.files() == before


@pytest.mark.parametrize(
    "words",
    [
        ("--undo", "complete"),
        ("--device", "complete"),
        ("--undo", "--device"),
        ("--gesture", "tap"),
    ],
)
def test_wrong_usage_is_told_as_such(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert Terminal(tmp_path)("learn", *words).code == 2


def test_the_id_of_a_draft_is_nobody_else_s(tmp_path: Path) -> None:
    home = Home(tmp_path, tmp_path)
    home.controllers.mkdir()
    assert _free_id(home, "Queue 8x8") == "queue-8x8-2"  # a shipped layout's
    (home.controllers / "acme.toml").write_text("not even right")
    assert _free_id(home, "ACME!") == "acme-2"


def test_what_is_no_action_needs_no_midi_to_be_told(tmp_path: Path) -> None:
    done = Terminal(tmp_path)("learn", "nonsense")
    assert (done.code, done.err[:23]) == (1, "'nonsense' is no action")
    done = Terminal(tmp_path)("learn", "undo", "--layer", "nope")
    assert (done.code, done.err[:33]) == (1, "no layout here has a layer 'nope'")

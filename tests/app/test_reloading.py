"""A wrong file stops what needs it and nothing else; what waits for a restart is what differs from it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import cast

import pytest

from bridge.app import reloading
from bridge.app.inbox import Do
from bridge.app.osc_out import PortsOut
from bridge.app.reloading import Reloader, make_controllers
from bridge.app.tapping import Taps
from bridge.app.teaching import Teaching
from bridge.errors import InvalidFile
from bridge.files.config_listening import ListeningConfig
from bridge.files.home import Home
from bridge.moment import Moment
from bridge.ports.midi_events import PortDown
from bridge.ports.midi_memory import MidiMemory
from bridge.web.teaching import Teach
from tests.standins.emulators.launchpad import LaunchpadMiniMk3
from tests.standins.studio import Studio

LAUNCHPAD = "novation-launchpad-mini-mk3"
PORT = "Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 MI 32:1"
NAMED = '[[controller]]\nprofile = "generic-pads"\n'


@pytest.fixture
def home(tmp_path: Path) -> Home:
    for folder in ("controllers", "layouts"):
        (tmp_path / folder).mkdir()
    return Home(tmp_path, tmp_path)


def unused(home: Home) -> list[str]:
    made = make_controllers(reloading.read(home), home, Taps())
    return [Path(error.file).name for error in made.unused]


def test_a_wrong_file_that_nothing_needs_is_left_aside(home: Home) -> None:
    (home.controllers / "z.toml").write_text("garbage", encoding="utf-8")
    (home.layouts / "x.toml").write_text("id = 5\n", encoding="utf-8")
    assert unused(home) == ["z.toml", "x.toml"]


def test_a_wrong_file_in_place_of_a_shipped_one_is_left_aside_only_where_that_is_not_used(
    home: Home,
) -> None:
    (home.controllers / "novation-launchpad-mini-mk3.toml").write_text("garbage", encoding="utf-8")
    with pytest.raises(InvalidFile, match=r"novation-launchpad-mini-mk3\.toml:1"):
        unused(home)
    home.config_file.write_text(NAMED, encoding="utf-8")
    assert unused(home) == ["novation-launchpad-mini-mk3.toml"]


@pytest.mark.parametrize(
    ("file", "config"),
    [
        ("controllers/z.toml", '[[controller]]\nprofile = "z"\n'),
        ("layouts/x.toml", NAMED + 'layout = "x"\n'),
        ("layouts/pads-4x4.toml", NAMED),
    ],
)
def test_a_wrong_file_that_is_needed_is_refused(home: Home, file: str, config: str) -> None:
    (home.config_dir / file).write_text("garbage", encoding="utf-8")
    home.config_file.write_text(config, encoding="utf-8")
    with pytest.raises(InvalidFile, match=rf"{Path(file).name}:1"):
        unused(home)


def test_a_folder_is_no_layout(home: Home) -> None:
    (home.layouts / "d.toml").mkdir()
    assert unused(home) == []


def test_a_layout_that_does_not_fit_is_told_with_file_line_and_key(home: Home) -> None:
    home.config_file.write_text(NAMED + 'layout = "queue-8x8"\n', encoding="utf-8")
    with pytest.raises(InvalidFile, match="needs grid8x8") as refused:
        unused(home)
    assert (refused.value.line, refused.value.key) == (3, "controller[1].layout")


class Reloaded:
    """A service's reloader on a home, and what it said."""

    def __init__(self, home: Home, put: Callable[[Do], None] | None = None) -> None:
        self.home, self.said = home, list[str]()
        self.studio = studio = Studio()
        self.heard = list[object]()
        studio.taps.record(lambda message, _at: self.heard.append(message))
        config = reloading.read(home)
        studio.session.controllers = make_controllers(config, home, Taps())
        out = cast("PortsOut", studio.session.osc)  # nothing here changes a DAW
        self.session = studio.session
        self.reloader = Reloader(home, config, studio.session, out, self.said.append, put=put)

    @property
    def downs(self) -> list[object]:
        return [event for event in self.heard if isinstance(event, PortDown)]

    def write(self, text: str) -> str:
        self.home.config_file.write_text(text, encoding="utf-8")
        self.reloader.reload(Moment(0.0, 0.0))
        return self.said[-1]


def test_what_is_wrong_and_not_needed_is_said_at_the_start_and_when_read_again(home: Home) -> None:
    (home.controllers / "z.toml").write_text("garbage", encoding="utf-8")
    service = Reloaded(home)
    assert [line.partition(os.sep)[0] for line in service.said] == ["not used, since it is wrong: "]
    assert "z.toml:1" in service.write(NAMED)


def test_only_what_differs_from_the_start_waits_for_the_next(home: Home) -> None:
    service = Reloaded(home)
    elsewhere = service.write('[osc]\nlisten = "127.0.0.1:7907"\n')
    assert elsewhere == "the configuration was read again; [osc] from the next start on"
    assert service.write('[timer]\nbudget = "7m"\n') == "the configuration was read again"


def test_what_is_heard_of_daws_and_keyboards_changes_at_once(home: Home) -> None:
    service = Reloaded(home)
    heard = cast("MidiMemory", service.session.midi)
    assert service.write("[listening]\nplays_start = true\nkeyboards = false\n") == (
        "the configuration was read again"
    )
    assert service.session.listening.config == ListeningConfig(plays_start=True, keyboards="never")
    assert heard.overhears == "never"


def test_changed_rules_for_cues_are_taken_up_and_wrong_ones_keep_the_old(home: Home) -> None:
    service = Reloaded(home)
    rule = '[[cue]]\non = "started"\ntext = "{}"\n'
    service.write(rule.format("{task}"))
    right = reloading.read(home).settings.cues
    assert service.session.engine.book.settings == right
    service.write(rule.format("{tusk}"))
    assert 'cue[1].text: found "{tusk}"; did you mean "task"?' in service.session.config_fault
    assert service.session.engine.book.settings == right


# --- the user's own layouts and profiles ----------------------------------------------------------

OWN = (
    'schema = 1\nid = "own"\nname = "{}"\nrequires = ["grid4x4"]\n'
    '[[bind]]\non = "pad.1-4.*"\ndo = "start {{n}}"\n[[bind]]\non = "pad.1-4.*"\n'
    'gesture = "hold"\ndo = "select {{n}}"\n'
)
NOW = Moment(0.0, 0.0)
PADS = '[[controller]]\nprofile = "generic-pads"\nlayout = "{}"\n'


def shown(service: Reloaded) -> str:
    return service.session.controllers["generic-pads"].surface.board.layout.name


def test_a_layout_that_is_new_or_changed_or_gone_is_seen_at_the_next_look(home: Home) -> None:
    home.config_file.write_text(PADS.format("pads-4x4"), encoding="utf-8")
    service = Reloaded(home)
    shipped = shown(service)
    mine = home.layouts / "pads-4x4.toml"
    for name in ("Mine", "Mine, and better"):
        mine.write_text(OWN.format(name).replace('"own"', '"pads-4x4"'), encoding="utf-8")
        service.reloader.look(NOW)
        assert shown(service) == name
    mine.unlink()
    service.reloader.look(NOW)
    assert shown(service) == shipped


def test_a_layout_in_use_that_nothing_names_keeps_the_old_one_while_it_is_wrong(
    home: Home,
) -> None:
    mine = home.layouts / "own.toml"
    mine.write_text(OWN.format("Mine"), encoding="utf-8")
    home.config_file.write_text(PADS.format("own"), encoding="utf-8")
    service = Reloaded(home)
    home.config_file.write_text(PADS.format("auto"), encoding="utf-8")
    mine.write_text("id = 5\n", encoding="utf-8")
    service.reloader.look(NOW)
    assert shown(service) == "Mine"
    assert "own.toml: schema" in service.session.config_fault
    mine.write_text(OWN.format("Mended"), encoding="utf-8")
    service.reloader.look(NOW)
    assert service.session.config_fault == ""


def test_files_are_read_apart_and_come_into_force_on_the_loop_s_thread(home: Home) -> None:
    came: SimpleQueue[Do] = SimpleQueue()
    home.config_file.write_text(PADS.format("pads-4x4"), encoding="utf-8")
    service = Reloaded(home, came.put)
    before = shown(service)
    mine = home.layouts / "pads-4x4.toml"
    mine.write_text(OWN.format("Mine").replace('"own"', '"pads-4x4"'), encoding="utf-8")
    service.reloader.look(NOW)
    ready = came.get(timeout=30)
    assert shown(service) == before
    ready.it(NOW)
    assert shown(service) == "Mine"


def test_what_changes_while_files_are_read_is_read_after_that(home: Home) -> None:
    came: SimpleQueue[Do] = SimpleQueue()
    home.config_file.write_text(PADS.format("pads-4x4"), encoding="utf-8")
    service = Reloaded(home, came.put)
    mine = home.layouts / "pads-4x4.toml"
    for name in ("First", "Second, and longer"):
        mine.write_text(OWN.format(name).replace('"own"', '"pads-4x4"'), encoding="utf-8")
        service.reloader.look(NOW)
    came.get(timeout=30).it(NOW)
    came.get(timeout=30).it(NOW)
    assert shown(service) == "Second, and longer"
    assert came.empty()


def test_a_lesson_goes_on_when_files_are_read_again(home: Home) -> None:
    service = Reloaded(home)
    teaching = Teaching(
        lambda: service.session.controllers,
        MidiMemory(lambda _event: None, lambda: NOW),
        lambda _key, _m: False,
    )
    service.session.controllers.lesson = teaching
    service.write(NAMED)
    assert service.session.controllers.lesson is teaching


def test_a_defect_while_files_are_read_is_told_and_ends_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    came: SimpleQueue[Do] = SimpleQueue()
    service = Reloaded(home, came.put)
    read = reloading.read
    monkeypatch.setattr(reloading, "read", lambda _home: 1 // 0)
    service.reloader.reload(NOW)
    came.get(timeout=30).it(NOW)
    assert "see the log" in service.session.config_fault
    assert [record.message for record in caplog.records] == [
        "a defect while reading the files; the old configuration stays in force"
    ]
    monkeypatch.setattr(reloading, "read", read)
    service.reloader.reload(NOW)
    came.get(timeout=30).it(NOW)
    assert service.session.config_fault == ""


def test_a_file_of_the_same_length_is_another_one(home: Home) -> None:
    """Saved in place, or put in its place with the old file's time."""
    home.config_file.write_text(PADS.format("pads-4x4"), encoding="utf-8")
    service = Reloaded(home)
    mine = home.layouts / "pads-4x4.toml"
    mine.write_text(OWN.format("Mine").replace('"own"', '"pads-4x4"'), encoding="utf-8")
    service.reloader.look(NOW)
    stat = mine.stat()
    text = mine.read_text(encoding="utf-8")
    mine.write_text(text.replace("Mine", "Your"), encoding="utf-8")
    os.utime(mine, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1_000_000))
    service.reloader.look(NOW)
    assert shown(service) == "Your"
    other = home.layouts / "other"
    other.write_text(text.replace("Mine", "Ours"), encoding="utf-8")
    os.utime(other, ns=(stat.st_atime_ns, mine.stat().st_mtime_ns))
    other.replace(mine)
    service.reloader.look(NOW)
    assert shown(service) == "Ours"


@pytest.mark.parametrize(
    "config",
    ["", "[lights]\nscroll = false\n", '[[controller]]\nlayout = ["album-8x8", "queue-8x8"]\n',
     f'[[controller]]\nprofile = "{LAUNCHPAD}"\n'],
    ids=["nothing", "lights", "layouts", "named"],
)  # fmt: skip
def test_a_device_stays_open_whatever_is_said_of_what_lies_above_its_wire(
    home: Home, config: str
) -> None:
    service = Reloaded(home)
    studio, pad = service.studio, LaunchpadMiniMk3()
    service.session.midi.want(service.session.controllers.wanted)
    studio.plug(PORT, pad)
    service.write(config + '[timer]\nbudget = "7m"\n')
    (home.layouts / "pads-4x4.toml").write_text(OWN.format("x").replace('"own"', '"pads-4x4"'))
    service.reloader.look(NOW)
    studio.run()
    assert pad.programmer
    assert service.session.controllers[LAUNCHPAD].up
    assert service.session.controllers[LAUNCHPAD].missed
    assert not service.downs


def test_a_device_without_a_profile_stays_open_in_a_lesson_when_files_are_read(home: Home) -> None:
    service = Reloaded(home)
    studio = service.studio
    studio.midi.plug("Acme:Acme MIDI 1 40:0", LaunchpadMiniMk3())
    teaching = Teaching(lambda: service.session.controllers, studio.midi, lambda _key, _m: False)
    teaching.ask(Teach("begin"), NOW, lambda _told: None)
    opened = [port.opened_by for port in studio.midi.ports()]
    assert opened == ["unknown: Acme:Acme MIDI 1 40:0"] * 2
    service.write(NAMED)
    assert [port.opened_by for port in studio.midi.ports()] == opened
    studio.run()
    assert not service.downs

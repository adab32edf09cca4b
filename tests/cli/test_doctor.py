"""What doctor finds, and how it says to mend it."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from bridge.app import daw_probe
from bridge.cli import checks, daw_checks
from bridge.cli.checks import Finding
from bridge.daw.midi_way import MidiWay
from bridge.daw.target import DawSettings
from bridge.files import install_places
from bridge.files.config import Config
from bridge.moment import Moment
from tests.standins.command import Terminal
from tests.standins.powerless import without_privileges


@pytest.fixture
def studio(tmp_path: Path) -> Terminal:
    """A terminal at a home whose ports are free for certain."""
    terminal = Terminal(tmp_path / "home")
    terminal.home.mkdir()
    (terminal.home / "config.toml").write_text(
        '[osc]\nlisten = "127.0.0.1:0"\n[http]\nlisten = "127.0.0.1:0"\n', encoding="utf-8"
    )
    return terminal


def findings(terminal: Terminal, level: str) -> list[dict[str, str]]:
    return [row for row in terminal("doctor", "--json").json["findings"] if row["level"] == level]


def test_a_sound_home_has_nothing_bad(studio: Terminal) -> None:
    said = studio("doctor")
    assert (said.code, said.err) == (0, "")
    assert studio("doctor", "--json").json["ok"] is True
    assert "ok    configuration" in said.out
    assert not (studio.home / "journal.db").exists()


def test_the_journal_is_counted_in_words_that_fit(studio: Terminal) -> None:
    for number, times in (("1", "1 entry"), ("2", "2 entries")):
        studio.well("goal", "set", number, "Two songs a month")
        said = studio("doctor").out.splitlines()
        assert [line for line in said if line.endswith(f"journal.db: {times}")]


def test_a_wrong_configuration_is_bad_and_the_rest_is_still_looked_at(studio: Terminal) -> None:
    (studio.home / "config.toml").write_text("[timer]\ngrase = 1\n", encoding="utf-8")
    said = studio("doctor")
    assert said.code == 1
    assert said.err.startswith("1 thing is bad; first: ")
    assert "did you mean" in said.out
    assert "controller profiles" in said.out


def test_a_wrong_profile_that_nothing_needs_is_a_warning(studio: Terminal) -> None:
    (studio.home / "controllers").mkdir()
    (studio.home / "controllers" / "mine.toml").write_text("id = 5\n", encoding="utf-8")
    assert "mine.toml" in findings(studio, "warn")[0]["what"]
    assert findings(studio, "bad") == []


def test_a_wrong_profile_that_is_asked_for_is_bad(studio: Terminal) -> None:
    (studio.home / "controllers").mkdir()
    (studio.home / "controllers" / "mine.toml").write_text("id = 5\n", encoding="utf-8")
    with (studio.home / "config.toml").open("a", encoding="utf-8") as file:
        file.write('[[controller]]\nprofile = "mine"\n')
    assert "mine.toml" in findings(studio, "bad")[0]["what"]


def test_a_layout_that_its_controller_can_not_carry_is_bad(studio: Terminal) -> None:
    with (studio.home / "config.toml").open("a", encoding="utf-8") as file:
        file.write('[[controller]]\nprofile = "generic-pads"\nlayout = "queue-8x8"\n')
    (bad,) = findings(studio, "bad")
    assert "config.toml:7: controller[1].layout: layout 'queue-8x8' needs grid8x8" in bad["what"]


def test_a_layout_of_the_users_own_that_names_a_control_that_is_not_there_is_bad(
    studio: Terminal,
) -> None:
    (studio.home / "layouts").mkdir()
    (studio.home / "layouts" / "mine.toml").write_text(
        'schema = 1\nid = "mine"\nname = "Mine"\nrequires = ["grid4x4"]\n'
        '[[bind]]\non = "pad.9.9"\ndo = "toggle"\n',
        encoding="utf-8",
    )
    with (studio.home / "config.toml").open("a", encoding="utf-8") as file:
        file.write('[[controller]]\nprofile = "generic-pads"\nlayout = "mine"\n')
    (bad,) = findings(studio, "bad")
    assert "pad.9.9" in bad["what"]


def test_one_wrong_file_is_one_finding_even_where_the_service_tells_it_too() -> None:
    here = Finding("bad", "config.toml:1: timer: is wrong", "mend it")
    again = Finding("bad", f"the old configuration stays in force: {here.what}")
    assert checks._told(again, [here])
    assert not checks._told(Finding("bad", "the disk is full"), [here])


def test_a_port_in_use_is_bad_and_says_what_to_change(studio: Terminal) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        (studio.home / "config.toml").write_text(
            f'[osc]\nlisten = "127.0.0.1:0"\n[http]\nlisten = "127.0.0.1:{port}"\n',
            encoding="utf-8",
        )
        (bad,) = findings(studio, "bad")
    assert bad["what"] == f"HTTP: 127.0.0.1:{port} is used by another program"
    assert "[http] listen" in bad["mend"]


def test_a_damaged_journal_is_recovered_and_told(studio: Terminal) -> None:
    studio.well("note", "before")
    journal = studio.home / "journal.db"
    journal.write_bytes(b"this is no journal" * 500)
    assert studio("doctor").code == 0
    (corrupt,) = [row for row in findings(studio, "warn") if "set aside" in row["what"]]
    assert ".corrupt" in corrupt["what"]
    assert corrupt["mend"]


@pytest.mark.needs("posix", "shared checkout")
def test_a_home_that_can_not_be_written_is_bad() -> None:
    with without_privileges() as home:
        home.chmod(0o500)
        try:
            assert "can't be written" in findings(Terminal(home), "bad")[0]["what"]
        finally:
            home.chmod(0o700)


def test_a_clock_that_was_never_set_is_bad(studio: Terminal) -> None:
    studio.moment = Moment(1000.0, 0.0)
    assert "never set" in findings(studio, "bad")[0]["what"]


def test_a_clock_that_was_set_back_is_told(studio: Terminal) -> None:
    studio.well("note", "from tomorrow")
    studio.moment = Moment(2000.0, studio.moment.wall - 86_400)
    assert any("future" in row["what"] for row in findings(studio, "warn"))


def test_a_daw_that_runs_and_is_not_configured_is_named_with_the_first_step(
    studio: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install_places, "all_running", lambda: {"reaper": 7, "ardour": 8})
    with (studio.home / "config.toml").open("a", encoding="utf-8") as file:
        file.write('[[daw]]\nkind = "ardour"\nhost = "10.255.255.1:3819"\n')
    monkeypatch.setattr(daw_probe, "ask", lambda _daws: ([], {}))
    (said,) = [row["what"] for row in findings(studio, "ok") if "is running" in row["what"]]
    assert said.startswith("REAPER is running, and no [[daw]] is for it")
    assert "songbridge daw install reaper" in said


def test_what_a_daws_own_settings_lack_is_told_once(
    studio: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    reaper = studio.home / "REAPER"
    reaper.mkdir()
    (reaper / "reaper.ini").write_text("[REAPER]\n", encoding="utf-8")
    studio.environ = {"XDG_CONFIG_HOME": str(studio.home), "HOME": str(studio.home)}
    monkeypatch.setattr(install_places, "reaper", lambda _environ, _platform: reaper)
    monkeypatch.setattr(daw_probe, "ask", lambda _daws: ([], {}))
    with (studio.home / "config.toml").open("a", encoding="utf-8") as file:
        file.write('[[daw]]\nkind = "reaper"\n')
    (lacks,) = [row for row in findings(studio, "warn") if "no OSC device" in row["what"]]
    assert "port 8000 and sends to 9000" in lacks["what"]
    assert "songbridge daw install reaper" in lacks["mend"]


def test_a_midi_output_that_is_not_there_is_named_with_those_that_are() -> None:
    way = MidiWay(output="loopMIDI")
    config = Config(daws=(DawSettings("midi", name="Logic", midi=way), DawSettings("osc")))
    assert list(daw_checks.outputs(config, ["Synth", "loopMIDI Port 1"])) == []
    (one,) = daw_checks.outputs(config, ["Synth"])
    assert one["what"] == "Logic: no MIDI output is called 'loopMIDI'; there are Synth"
    (none,) = daw_checks.outputs(config, [])
    assert "there is none at all" in str(none["what"])
    ours = Config(daws=(DawSettings("midi", midi=MidiWay()),))
    assert list(daw_checks.outputs(ours, [])) == []


def test_two_daws_that_are_told_at_one_place_are_named_and_those_told_by_midi_are_none() -> None:
    reaper = DawSettings("reaper", port=8000, listen_port=9000)
    bitwig = DawSettings("bitwig", name="Laptop", port=8000, listen_port=9010)
    midi = DawSettings("midi", midi=MidiWay())
    apart = DawSettings("bitwig", port=8010, listen_port=9010)
    assert list(daw_checks.twins(Config(daws=(reaper, apart, midi, midi)))) == []
    (one,) = daw_checks.twins(Config(daws=(reaper, bitwig)))
    assert (one["level"], str(one["what"]).split(";")[0]) == (
        "warn",
        "Laptop: 127.0.0.1:8000 is where reaper is told, too",
    )

"""What doctor says of a running service."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge.app.findings import findings
from bridge.core.status import Json
from bridge.daw.target import DawSettings
from bridge.files.home import Home
from bridge.ports.midi_events import PortInfo
from tests.standins.desk import SONG
from tests.standins.ruled import settings
from tests.standins.studio import Studio


@pytest.fixture
def studio() -> Studio:
    return Studio([SONG], daws=[DawSettings("osc", port=9001)])


def found(studio: Studio, words: str) -> list[dict[str, Json]]:
    """Return the findings that hold `words`."""
    home = Home(Path("home"), Path("home"))
    return [one for one in findings(studio.session, home) if words in str(one["what"])]


def test_a_service_that_is_well_finds_nothing_to_mend(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(studio.session.midi, "ports", lambda: [PortInfo("Synth MIDI 1", "in")])
    assert {one["level"] for one in found(studio, "")} == {"ok"}


@pytest.mark.parametrize("only", [[], ["Midi Through:Midi Through Port-0 14:0"]])
def test_a_system_where_no_controller_is_plugged_in_is_a_finding(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, only: list[str]
) -> None:
    ports = [PortInfo(name, "in") for name in only]
    monkeypatch.setattr(studio.session.midi, "ports", lambda: ports)
    (one,) = found(studio, "MIDI works")
    assert (one["level"], str(one["mend"])[:11]) == ("warn", "plug one in")


def test_messages_that_are_no_osc_are_a_finding(studio: Studio) -> None:
    assert not found(studio, "no OSC")
    studio.osc.came["malformed"] = 3
    (one,) = found(studio, "3 of the messages that came in on the OSC port were no OSC")
    assert one["level"] == "warn"
    assert one["mend"]


def test_a_host_that_is_not_found_is_a_finding(studio: Studio) -> None:
    studio.session.listeners.faults = ("[[osc.feedback]] x:1 is not told anything: looking for x",)
    (one,) = found(studio, "looking for x")
    assert one["level"] == "warn"


def test_a_daw_where_nobody_listens_is_silent(studio: Studio) -> None:
    studio.osc.nobody["osc"] = "nobody listens on 127.0.0.1:9001"
    (one,) = found(studio, "osc: silent, nobody listens on 127.0.0.1:9001")
    assert one["level"] == "warn"


# --- rules for cues -------------------------------------------------------------------------------


def ruled(text: str) -> Studio:
    daws = '[[daw]]\nkind = "osc"\n'
    return Studio([SONG], settings=settings(daws + text), daws=[DawSettings("osc", port=9001)])


def test_that_it_is_quiet_is_said_and_is_no_fault() -> None:
    (one,) = found(ruled('[cues]\nquiet = ["mon-sun"]'), "quiet until further notice")
    assert one["level"] == "ok"
    assert not found(ruled("[cues]\nquiet = []"), "quiet")


@pytest.mark.parametrize(
    ("rule", "why", "mend"),
    [
        (
            'daw = "ableton"',
            'there is no [[daw]] for "ableton"',
            "add one, or correct daw of the rule",
        ),
        (
            'section = ["mixng", "vox"]',
            'no song has a section "mixng" or "vox"',
            "the sections are composition, mixing, preparation, sound design",
        ),
        ('song = "Moss"', 'there is no song "moss"', "`songbridge song list` shows their names"),
    ],
)
def test_a_rule_that_nothing_can_come_of_is_named(rule: str, why: str, mend: str) -> None:
    text = f'[[cue]]\non = "paused"\n[[cue]]\non = ["started", "resumed"]\n{rule}\n'
    (one,) = found(ruled(text), "cue[")
    assert one["what"] == f"cue[2] (started and resumed) never tells anything: {why}"
    assert (one["level"], one["mend"]) == ("warn", mend)


@pytest.mark.parametrize(
    "rule", ['daw = "osc"', 'section = "Mixing"', 'song = ["x", "northern lights"]']
)
def test_a_rule_that_may_fit_is_no_finding(rule: str) -> None:
    assert not found(ruled(f'[[cue]]\non = "started"\n{rule}\n'), "cue[")

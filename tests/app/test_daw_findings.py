"""Each trap of each DAW, as its own link words it, and what `doctor` says to do about it."""

from __future__ import annotations

import pytest

from bridge.app.daw_findings import told
from bridge.core.status import Json
from bridge.daw import ableton_state, ardour_words, bitwig_words, reaper_words
from bridge.daw.ardour_tracks import Painter, Skill
from bridge.daw.reaper_backlog import Backlog
from bridge.daw.reaper_osc import OscTier
from bridge.daw.reaper_transport import ReaperTransport
from bridge.daw.reaper_web import Found
from bridge.daw.target import DawSettings, LinkState

REAPER = DawSettings("reaper", port=8010, listen_port=9010, web_host="127.0.0.1", web_port=8090)
LIVE = DawSettings("ableton", port=11000, listen_port=11001)
ARDOUR = DawSettings("ardour", port=3820)
BITWIG = DawSettings("bitwig", port=8000, listen_port=9000, action=2)


def finding(settings: DawSettings, state: str, detail: str) -> dict[str, Json]:
    row: Json = {"kind": settings.kind, "name": "studio", "state": state, "detail": detail}
    (one,) = told([row], {"studio": settings})
    assert "{" not in str(one["mend"])
    assert one["what"] == f"studio: {state}, {detail}"
    return one


def reaper(found: Found, state: LinkState = "ready") -> dict[str, Json]:
    backlog = Backlog(regions=False)
    osc = OscTier(backlog, ReaperTransport(), deaf=False)
    osc.state = state
    return finding(REAPER, state, reaper_words.sentence(REAPER, osc, found, backlog))


@pytest.mark.parametrize(
    ("found", "level", "mend"),
    [
        ("ready", "ok", ""),
        ("off", "ok", ""),
        ("unknown", "ok", ""),
        ("nobody", "warn", "daw install reaper"),
        ("bare", "warn", "daw install reaper"),
        ("old", "warn", "daw install reaper"),
        ("locked", "warn", "user name and password empty"),
        ("stranger", "warn", "port is to be 8090"),
        ("mute", "warn", "Web browser interface"),
    ],
)
def test_what_reapers_script_and_web_interface_miss(found: Found, level: str, mend: str) -> None:
    one = reaper(found)
    assert (one["level"], mend in str(one["mend"])) == (level, True)
    assert bool(one["mend"]) == (level != "ok")


def test_a_reaper_that_is_silent_is_set_up_first_whatever_else_it_lacks() -> None:
    for found in ("nobody", "off"):
        one = reaper(found, "silent")
        assert one["level"] == "warn"
        assert str(one["mend"]).startswith("start REAPER")
        assert "device port 9010, local listen port 8010" in str(one["mend"])


def test_a_reaper_that_reports_no_marker_needs_its_osc_device() -> None:
    assert "Control/OSC/Web > Add > OSC" in str(reaper("off", "trouble")["mend"])


@pytest.mark.parametrize(
    ("known", "mend"),
    [
        (ableton_state.Known(heard=True, up=True, locators=False), "download AbletonOSC anew"),
        (ableton_state.Known(missed=True), "Settings > Link, Tempo & MIDI"),
    ],
)
def test_a_live_that_is_silent_or_has_an_old_abletonosc(
    known: ableton_state.Known, mend: str
) -> None:
    status = known.status(LIVE, 0, 0.0)
    one = finding(LIVE, status.state, status.detail)
    assert (one["level"] != "ok", mend in str(one["mend"])) == (True, True)


def test_a_live_whose_names_are_read_only_is_well_and_says_so() -> None:
    known = ableton_state.Known(heard=True, up=True, locators=True, names=False)
    status = known.status(LIVE, 0, 0.0)
    one = finding(LIVE, status.state, status.detail)
    assert (one["level"], one["mend"]) == ("ok", "")
    assert "lets nobody name them" in str(one["what"])


def test_a_link_that_listens_where_abletonosc_never_answers() -> None:
    ours = DawSettings("ableton", port=11000, listen_port=11002)
    status = ableton_state.Known(missed=True).status(ours, 0, 0.0)
    assert 'listen = "127.0.0.1:11001"' in str(finding(ours, status.state, status.detail)["mend"])


def test_a_track_that_live_has_not_is_mended_in_the_task() -> None:
    known = ableton_state.Known(heard=True, up=True, locators=True)
    known.fault("track", 'no colour for "Bass": Live has no track of that name')
    status = known.status(LIVE, 0, 0.0)
    assert "songbridge task edit" in str(finding(LIVE, status.state, status.detail)["mend"])


def ardour(state: LinkState, skill: Skill = Skill.PROVEN, *, names: bool = True) -> dict[str, Json]:
    painter = Painter()
    painter.skill = skill
    return finding(ARDOUR, state, ardour_words.sentence(state, ARDOUR, "Fog", painter, names=names))


def test_what_an_ardour_lacks_is_named_with_its_menu() -> None:
    silent = ardour("silent")
    assert "Edit > Preferences > Control Surfaces" in str(silent["mend"])
    assert "3820" in str(silent["mend"])
    assert (ardour("ready")["level"], ardour("ready")["mend"]) == ("ok", "")
    bare = ardour("ready", Skill.MISSING)
    assert (bare["level"], "daw install ardour" in str(bare["mend"])) == ("warn", True)
    assert "6.6" in str(ardour("ready", names=False)["mend"])
    assert "window of its own" in str(ardour("trouble")["mend"])


def bitwig(
    state: LinkState,
    fault: tuple[bitwig_words.About, str] | None = None,
    ours: DawSettings = BITWIG,
) -> dict[str, Json]:
    return finding(ours, state, bitwig_words.sentence(ours, state, fault, 8))


def test_what_bitwig_lacks_is_named_with_its_menu() -> None:
    assert "receive on 8000, Port to send to 9000" in str(bitwig("silent")["mend"])
    assert "Action 2" in str(bitwig("trouble", ("marker", "Chords"))["mend"])
    assert "Bank Page Size" in str(bitwig("trouble", ("track", "Bass"))["mend"])
    assert bitwig("ready")["level"] == "ok"


def test_a_bitwig_without_an_action_works_and_is_told_how_it_gets_markers() -> None:
    one = bitwig("ready", ours=DawSettings("bitwig", port=8000, listen_port=9000))
    assert (one["level"], "Insert cue marker" in str(one["mend"])) == ("warn", True)


@pytest.mark.parametrize("ours", [REAPER, LIVE, BITWIG])
def test_a_port_that_is_taken_says_what_to_close(ours: DawSettings) -> None:
    one = finding(ours, "trouble", "port 9000 (UDP) on 127.0.0.1 is in use by another program")
    assert (one["level"], "close that program" in str(one["mend"])) == ("bad", True)


def test_a_midi_port_that_is_missing_says_where_the_ports_are_listed() -> None:
    one = finding(DawSettings("midi"), "trouble", "no output is called so")
    assert "songbridge ports" in str(one["mend"])
    assert "no MIDI" in str(finding(DawSettings("midi"), "trouble", "not looked for yet")["mend"])


def test_names_of_the_users_are_never_taken_for_a_trap() -> None:
    words = 'REAPER answers; 1 so far not placed, the last was "Script: no track called x"'
    assert finding(REAPER, "ready", words)["level"] == "ok"


def test_every_kind_and_state_has_its_own_words() -> None:
    kinds = ("ableton", "ardour", "bitwig", "midi", "osc", "reaper")
    mends = [
        str(finding(DawSettings(kind, port=1, listen_port=2), state, "?")["mend"])
        for kind in kinds
        for state in ("silent", "trouble")
    ]
    assert all(mends)
    assert not any("docs/" in mend for mend in mends)


@pytest.mark.parametrize("settings", [LIVE, ARDOUR, BITWIG, REAPER])
def test_a_host_that_is_not_found_is_to_be_corrected_whatever_runs_there(
    settings: DawSettings,
) -> None:
    detail = "the host 'studio-mac.local' can't be found (no such name); give its address"
    one = finding(settings, "trouble", detail)
    assert one["level"] == "bad"
    assert f'host = "192.168.1.20:{settings.port}"' in str(one["mend"])

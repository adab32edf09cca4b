from __future__ import annotations

import pytest

from bridge.daw.bitwig import BitwigTarget
from bridge.daw.bitwig_mirror import told_as
from bridge.daw.bitwig_waiting import (
    BREATH,
    DUMP,
    LOOK,
    MOST_TRACKS,
    MOST_WAITING,
    PATIENCE,
    PROOF,
    REFRESH,
    STOP,
)
from bridge.daw.target import KEEP, DawSettings, LinkStatus
from bridge.daw.transport import Transport
from bridge.messages import (
    Marker,
    Osc,
    RestoreColours,
    RunAction,
    StatusText,
    StopTransport,
    TrackColour,
)
from tests.contract.daw_contract import BLUE, Conversation, DawContract
from tests.standins.bitwig import BitwigCore, Track

SETTINGS = DawSettings("bitwig", port=8000, listen_port=9000, action=1)
RED = "#FF3636"
INSERT = Osc("/action/1")


class TestContract(DawContract):
    kind = "bitwig"
    paints = True
    unsure = PROOF

    def daw_settings(self) -> DawSettings:
        return SETTINGS

    def colours(self, talk: Conversation) -> dict[str, str]:
        assert isinstance(talk.daw, BitwigCore)
        return {t.name: "#{:02X}{:02X}{:02X}".format(*t.colour) for t in talk.daw.tracks}

    def daw(self) -> BitwigCore:
        return BitwigCore(latency=0.04)

    def names(self, sent: list[Osc]) -> list[str]:
        return ["" for message in sent if message == INSERT]

    def carried(self, names: list[str]) -> list[str]:
        return [""] * len(names)


def start(core: BitwigCore | None = None, settings: DawSettings = SETTINGS) -> Conversation:
    return Conversation(BitwigTarget(settings), core)


def met(core: BitwigCore) -> Conversation:
    """A conversation in which everything was told once."""
    talk, core.latency, latency = start(core), 0.0, core.latency
    talk.run(LOOK + 1.0)
    talk.sent.clear()
    core.received.clear()
    core.latency = latency
    return talk


def mark(talk: Conversation, *names: str) -> None:
    talk.tell(*(Marker(name, BLUE) for name in names))


def status(talk: Conversation) -> LinkStatus:
    return talk.target.status(talk.moment)


def transport(talk: Conversation) -> Transport:
    assert isinstance(talk.target, BitwigTarget)
    return talk.target.transport


# --- markers --------------------------------------------------------------------------------------


def test_bitwig_is_looked_for_at_once_and_every_five_seconds() -> None:
    talk = start()
    assert status(talk).state == "unknown"
    talk.run(60.0 - 0.1)
    assert talk.sent == [REFRESH] * 12
    assert status(talk).state == "silent"


def test_a_marker_waits_until_bitwig_is_seen_and_then_goes_before_everything_else() -> None:
    talk = start()
    mark(talk, "one")
    assert talk.sent == [REFRESH]
    talk.run(1.0)
    talk.hear(Osc("/play", (0,)))
    assert talk.sent == [REFRESH, INSERT]


def test_the_action_is_the_one_of_the_configuration() -> None:
    talk = start(settings=DawSettings("bitwig", port=8000, listen_port=9000, action=20))
    talk.hear(Osc("/update", (0,)))
    mark(talk, "one")
    assert Osc("/action/20") in talk.sent


def test_one_marker_after_the_other_each_confirmed() -> None:
    core = BitwigCore(latency=0.03)
    talk = met(core)
    mark(talk, "one", "two", "three")
    assert talk.sent == [INSERT]
    talk.run(0.02)
    assert status(talk).pending == 3
    talk.run(3 * (0.03 + BREATH))
    assert len(core.markers) == 3
    assert (status(talk).state, status(talk).pending, status(talk).dropped) == ("ready", 0, 0)


def test_without_an_action_no_marker_is_asked_for_and_status_says_what_to_do() -> None:
    core = BitwigCore()
    talk = start(core, DawSettings("bitwig", port=8000, listen_port=9000))
    mark(talk, "one")
    talk.run(1.0)
    assert talk.sent == [REFRESH]
    assert status(talk).state == "ready"
    assert "write action = 1" in status(talk).detail


def test_an_action_that_makes_no_marker_is_told_with_the_place_to_look() -> None:
    core = BitwigCore(actions={1: "toggle_metronome"}, latency=0.03)
    talk = met(core)
    mark(talk, "one")
    talk.run(PATIENCE + DUMP + 0.1)
    assert status(talk).state == "trouble"
    assert "is Action 1 in the settings of its OSC controller" in status(talk).detail
    assert 'the last was "one"' in status(talk).detail


def test_the_trouble_is_over_when_the_next_marker_comes() -> None:
    core = BitwigCore(actions={}, latency=0.03)
    talk = met(core)
    mark(talk, "one")
    talk.run(PATIENCE + DUMP + 0.1)
    core.actions[1] = BitwigCore().actions[1]
    mark(talk, "two")
    talk.run(1.0)
    assert status(talk).state == "ready"
    assert status(talk).dropped == 1


def test_more_markers_than_the_bank_shows_are_no_trouble() -> None:
    core = BitwigCore(markers=[f"old {n}" for n in range(8)], latency=0.03)
    talk = met(core)
    for name in ("one", "two", "three"):
        mark(talk, name)
        talk.run(PATIENCE + DUMP + 0.1)
    assert len(core.markers) == 11
    assert (status(talk).state, status(talk).dropped) == ("ready", 0)


def test_a_bitwig_that_is_not_there_is_silent_and_then_found_again() -> None:
    core = BitwigCore(answers=False)
    talk = start(core)
    mark(talk, "one")
    talk.run(DUMP + 0.1)
    assert status(talk).state == "silent"
    assert "sends to 127.0.0.1:9000" in status(talk).detail
    core.answers = True
    core.play(talk.now)
    talk.run(0.1)
    assert status(talk).state == "ready"


def test_with_a_full_bank_one_answer_proves_many_markers() -> None:
    core = BitwigCore(markers=[f"old {n}" for n in range(8)], latency=0.03)
    talk = met(core)
    mark(talk, *(f"{n}" for n in range(PROOF + 5)))
    talk.run(PROOF * BREATH + LOOK)
    assert status(talk).pending > 0  # the last ones wait for a second answer
    talk.run(LOOK + 1.0)
    assert len(core.markers) == 8 + PROOF + 5
    assert (status(talk).pending, status(talk).dropped) == (0, 0)
    assert talk.sent.count(REFRESH) <= 3


def test_with_a_full_bank_no_more_are_sent_on_trust_than_one_answer_may_cost() -> None:
    core = BitwigCore(markers=[f"old {n}" for n in range(8)], latency=0.03)
    talk = met(core)
    talk.daw = None
    mark(talk, *(f"{n}" for n in range(2 * PROOF)))
    talk.run(PROOF * BREATH * 1.5)
    mark(talk, "one more")
    assert talk.sent.count(INSERT) == PROOF
    assert status(talk).pending == 2 * PROOF + 1


def test_with_a_full_bank_markers_that_nobody_answers_for_are_counted() -> None:
    core = BitwigCore(markers=[f"old {n}" for n in range(8)], latency=0.03)
    talk = met(core)
    talk.daw = None
    mark(talk, "one", "two")
    talk.run(2 * LOOK + 0.1)
    assert (status(talk).state, status(talk).pending, status(talk).dropped) == ("silent", 0, 2)


def test_a_marker_that_waited_too_long_for_bitwig_is_dropped_and_told() -> None:
    talk = start()
    mark(talk, "one", "two")
    talk.run(KEEP + 0.1)
    assert INSERT not in talk.sent
    assert (status(talk).pending, status(talk).dropped) == (0, 2)
    assert 'the last was "two"' in status(talk).detail


def test_of_too_many_markers_the_oldest_are_given_up() -> None:
    talk = start()
    mark(talk, *map(str, range(MOST_WAITING + 4)))
    assert status(talk).pending == MOST_WAITING
    assert status(talk).dropped == 4


def test_a_change_of_something_else_confirms_no_marker() -> None:
    core = BitwigCore(actions={})
    talk = met(core)
    mark(talk, "one")
    core.play(talk.now)
    talk.hear(*core.advance(talk.now))
    assert status(talk).pending == 1


def test_after_a_marker_is_a_breath() -> None:
    core = BitwigCore()
    talk = met(core)
    mark(talk, "one")
    assert (len(core.markers), status(talk).pending) == (1, 0)
    mark(talk, "two")
    assert len(core.markers) == 1
    talk.run(BREATH + 0.01)
    assert len(core.markers) == 2


def test_the_first_answer_may_take_as_long_as_a_dump_does() -> None:
    core = BitwigCore(latency=DUMP - 1.0)
    talk = start(core)
    mark(talk, "one")
    talk.run(DUMP + 1.0)
    assert (status(talk).state, status(talk).dropped) == ("ready", 0)


def test_no_action_is_blamed_while_nothing_whole_was_told() -> None:
    talk = start()
    mark(talk, "one")
    talk.hear(Osc("/marker/1/exists", (0,)))
    assert INSERT in talk.sent
    talk.run(PATIENCE / 2)
    talk.hear(Osc("/marker/1/exists", (0,)))
    talk.run(PATIENCE)
    assert (status(talk).state, status(talk).dropped) == ("ready", 0)


# --- tracks ---------------------------------------------------------------------------------------


def test_a_track_is_found_by_name_and_coloured_without_a_space() -> None:
    core = BitwigCore(latency=0.03)
    talk = met(core)
    talk.tell(TrackColour("bass", BLUE))
    assert talk.sent == [Osc("/track/2/color", ("rgb(63,167,255)",))]
    talk.run(0.1)
    assert core.tracks[1].colour == (63, 167, 255)
    assert (status(talk).pending, status(talk).state) == (0, "ready")


def test_of_a_clip_the_track_is_coloured_unless_one_is_called_so() -> None:
    core = BitwigCore(tracks=[Track("Drums"), Track("Bass"), Track("Keys / Verse")])
    talk = met(core)
    talk.tell(TrackColour("Bass / Chorus", BLUE), TrackColour("Keys / Verse", BLUE))
    assert [m.address for m in talk.sent] == ["/track/2/color", "/track/3/color"]


def test_names_are_asked_for_before_the_first_colour() -> None:
    core = BitwigCore(latency=0.03)
    talk = start(core)
    talk.tell(TrackColour("Bass", BLUE))
    assert talk.sent == []
    talk.run(0.2)
    assert talk.sent == [REFRESH, Osc("/track/2/color", ("rgb(63,167,255)",))]
    assert status(talk).pending == 0


@pytest.mark.parametrize(
    "name", ["Bässe & Flöten", "Ünlü ß", "Chœur", "日本語", "🎸 Lead", "  two   blanks "]
)
def test_names_are_found_although_they_are_told_in_ascii(name: str) -> None:
    core = BitwigCore(tracks=[Track("Drums"), Track("?")])
    talk = met(core)
    talk.hear(Osc("/update", (1,)), Osc("/track/2/name", (told_as(name),)), Osc("/update", (0,)))
    talk.tell(TrackColour(name, BLUE))
    assert talk.sent == [Osc("/track/2/color", ("rgb(63,167,255)",))]


def test_a_name_is_told_as_the_sources_of_the_controller_say() -> None:
    assert told_as("Äöü ßéê ïīā Œœ") == "aeoeue ssee iia oeoe"
    typeset = "\N{EN DASH}\N{RIGHT SINGLE QUOTATION MARK}"
    assert told_as(f"A♯→½¼ {typeset}±") == "a#->?1/4 -'+-"
    assert told_as("🎸") == "??"


def test_a_colour_that_the_track_has_already_is_not_sent() -> None:
    core = BitwigCore(tracks=[Track("Bass", (63, 167, 255))])
    talk = met(core)
    talk.tell(TrackColour("Bass", BLUE))
    talk.run(60.0)
    assert talk.sent == []
    assert status(talk).dropped == 0


def test_a_track_that_the_bank_does_not_show_is_told_with_the_way_out() -> None:
    core = BitwigCore(tracks=[Track(f"Track {n}") for n in range(1, 12)])
    talk = met(core)
    talk.run(10.0)
    talk.tell(TrackColour("Track 11", BLUE))
    talk.run(DUMP + 0.1)
    assert talk.sent == []
    assert status(talk).state == "trouble"
    assert 'no track called "Track 11" among its 8' in status(talk).detail
    assert "Bank Page Size" in status(talk).detail
    talk.tell(TrackColour("Track 3", BLUE))
    talk.run(1.0)
    assert status(talk).state == "ready"


def test_a_track_with_a_new_name_is_found_by_it() -> None:
    core = BitwigCore()
    talk = met(core)
    core.tracks[0].name = "Perc"
    core.flush(talk.now)
    talk.hear(*core.advance(talk.now))
    talk.tell(TrackColour("Perc", BLUE))
    assert talk.sent == [Osc("/track/1/color", ("rgb(63,167,255)",))]


def test_in_the_middle_of_an_update_no_track_is_coloured() -> None:
    core = BitwigCore()
    talk = met(core)
    talk.hear(Osc("/update", (1,)), Osc("/track/1/name", ("Bass",)))  # the bank was scrolled by one
    talk.tell(TrackColour("Bass", BLUE))
    assert talk.sent == []
    talk.hear(Osc("/track/2/name", ("Keys",)), Osc("/update", (0,)))
    assert talk.sent == [Osc("/track/1/color", ("rgb(63,167,255)",))]


def test_an_update_whose_end_was_lost_holds_a_colour_up_for_some_seconds_only() -> None:
    core = BitwigCore()
    talk = met(core)
    talk.hear(Osc("/update", (1,)))
    talk.tell(TrackColour("Bass", BLUE))
    talk.run(DUMP + 0.1)
    assert talk.sent == [Osc("/track/2/color", ("rgb(63,167,255)",))]


def test_a_colour_that_waits_for_an_end_that_was_lost_may_be_there_already() -> None:
    core = BitwigCore(tracks=[Track("Bass", (63, 167, 255))])
    talk = met(core)
    talk.hear(Osc("/update", (1,)))
    talk.tell(TrackColour("Bass", BLUE))
    talk.run(DUMP + 0.1)
    assert (talk.sent, status(talk).pending, status(talk).dropped) == ([], 0, 0)


def test_a_colour_that_is_not_taken_is_told_with_its_track() -> None:
    core = BitwigCore()
    talk = met(core)
    talk.daw = None  # the colour gets lost on the way, but Bitwig lives
    talk.tell(TrackColour("Bass", BLUE))
    talk.run(0.1)
    core.play(talk.now)
    talk.hear(*core.advance(talk.now))
    assert status(talk).pending == 1
    talk.run(PATIENCE + 0.1)
    assert status(talk).state == "trouble"
    assert 'the track "Bass" did not take its colour' in status(talk).detail


def test_of_two_tracks_with_one_name_the_first_is_coloured() -> None:
    talk = start()
    told = [Osc(f"/track/{n}/name", ("Bass",)) for n in (7, 3, 5)]
    talk.hear(*told, Osc("/update", (0,)))
    talk.tell(TrackColour("Bass", BLUE))
    assert talk.sent[-1] == Osc("/track/3/color", ("rgb(63,167,255)",))


def test_a_track_that_was_deleted_is_not_found_by_its_old_name() -> None:
    core = BitwigCore()
    talk = met(core)
    talk.hear(Osc("/track/2/exists", (0,)), Osc("/update", (0,)))
    talk.tell(TrackColour("Bass", BLUE))
    talk.run(DUMP + 0.1)
    assert 'no track called "Bass" among its 1:' in status(talk).detail


def test_of_too_many_tracks_that_wait_the_one_told_longest_ago_is_given_up() -> None:
    talk = start()
    for n in range(MOST_TRACKS):
        talk.tell(TrackColour(f"Track {n}", BLUE))
    talk.tell(TrackColour("Track 0", RED), TrackColour("one more", BLUE))
    assert (status(talk).pending, status(talk).dropped) == (MOST_TRACKS, 1)
    assert 'the last was "Track 1"' in status(talk).detail


def test_the_latest_colour_of_a_track_replaces_one_that_waits() -> None:
    core = BitwigCore(latency=0.5)
    talk = start(core)
    talk.tell(TrackColour("Bass", BLUE), TrackColour("Bass", RED))
    talk.run(2.0)
    assert talk.sent == [REFRESH, Osc("/track/2/color", ("rgb(255,54,54)",))]


def test_a_colour_of_which_nothing_is_heard_asks_and_waits_for_the_next_bitwig() -> None:
    core = BitwigCore()
    talk = met(core)
    core.listens = False
    talk.tell(TrackColour("Bass", BLUE))
    talk.run(PATIENCE + DUMP + 0.1)
    assert talk.sent[:2] == [Osc("/track/2/color", ("rgb(63,167,255)",)), REFRESH]
    assert (status(talk).state, status(talk).pending, status(talk).dropped) == ("silent", 1, 0)
    core.listens = True
    talk.run(LOOK + 1.0)
    assert core.tracks[1].colour == (63, 167, 255)
    assert status(talk).pending == 0


def test_the_colours_of_before_come_back() -> None:
    core = BitwigCore(tracks=[Track("Drums", (1, 2, 3)), Track("Bass", (4, 5, 6))], latency=0.03)
    talk = met(core)
    for colour in (BLUE, RED):
        talk.tell(TrackColour("Bass", colour))
        talk.run(1.0)
    assert talk.target.originals == {"Bass": "rgb(4,5,6) rgb(255,54,54)"}
    talk.tell(RestoreColours())
    talk.run(1.0)
    assert [track.colour for track in core.tracks] == [(1, 2, 3), (4, 5, 6)]
    talk.sent.clear()
    talk.tell(RestoreColours())
    assert (talk.sent, talk.target.originals) == ([], {})


def test_a_track_that_was_coloured_by_hand_since_keeps_that() -> None:
    core = BitwigCore(latency=0.03)
    talk = met(core)
    talk.tell(TrackColour("Bass", BLUE))
    talk.run(1.0)
    core.tracks[1].colour = (9, 9, 9)
    core.flush(talk.now)
    talk.run(1.0)
    talk.tell(RestoreColours())
    talk.run(1.0)
    assert core.tracks[1].colour == (9, 9, 9)
    assert talk.target.originals == {}


def test_a_track_that_was_coloured_by_hand_and_then_by_us_gets_the_hands_colour_back() -> None:
    core = BitwigCore(latency=0.03)
    talk = met(core)
    talk.tell(TrackColour("Bass", BLUE))
    talk.run(1.0)
    core.tracks[1].colour = (9, 9, 9)
    core.flush(talk.now)
    talk.run(1.0)
    talk.tell(TrackColour("Bass", RED))
    talk.run(1.0)
    talk.tell(RestoreColours())
    talk.run(1.0)
    assert core.tracks[1].colour == (9, 9, 9)


def test_the_own_colour_of_a_track_that_is_gone_is_given_up() -> None:
    core = BitwigCore(latency=0.03)
    talk = met(core)
    talk.tell(TrackColour("Bass", BLUE))
    talk.run(1.0)
    core.tracks.pop()
    core.flush(talk.now)
    talk.run(1.0)
    talk.tell(RestoreColours())
    talk.run(DUMP + 0.1)
    assert (status(talk).pending, talk.target.originals) == (0, {})


def test_a_colour_that_waits_is_not_given_behind_its_own() -> None:
    core = BitwigCore()
    talk = start(core)
    talk.tell(TrackColour("Bass", BLUE), RestoreColours())
    talk.run(60.0)
    assert core.tracks[1].colour == (128, 128, 128)
    assert status(talk).pending == 0


# --- actions and stopping -------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["1", "20"])
def test_any_of_the_twenty_actions_is_run_in_its_turn(number: str) -> None:
    core = BitwigCore(latency=0.03)
    talk = met(core)
    mark(talk, "one")
    talk.tell(RunAction(number))
    assert talk.sent == [INSERT]
    talk.run(1.0)
    assert talk.sent == [INSERT, Osc(f"/action/{number}")]
    assert (status(talk).pending, status(talk).dropped) == (0, 0)


@pytest.mark.parametrize("number", ["0", "21", "1 ", "\u0661", "insert"])
def test_what_is_none_of_the_twenty_is_not_sent_and_told(number: str) -> None:
    talk = met(BitwigCore())
    talk.tell(RunAction(number))
    talk.run(1.0)
    sent = [Osc("/action/1")] if number == "1 " else []
    assert talk.sent == sent
    assert status(talk).dropped == 1 - len(sent)


def test_an_action_waits_for_bitwig_as_a_marker_does() -> None:
    talk = start()
    talk.tell(RunAction("7"))
    talk.run(1.0)
    talk.hear(Osc("/play", (0,)))
    assert talk.sent == [REFRESH, Osc("/action/7")]


def test_during_a_take_nothing_is_stopped_and_no_action_run() -> None:
    core = BitwigCore()
    talk = met(core)
    core.play(talk.now, recording=True)
    talk.run(0.1)
    talk.tell(StopTransport(), RunAction("7"))
    talk.run(1.0)
    assert talk.sent == []
    assert 'the last was "action 7"' in status(talk).detail


def test_a_playing_bitwig_is_stopped_where_it_is_and_one_that_stands_is_not_sent_back() -> None:
    core = BitwigCore()
    talk = met(core)
    talk.tell(StopTransport())
    assert talk.sent == []
    core.play(talk.now)
    talk.run(0.1)
    talk.tell(StopTransport())
    assert talk.sent == [STOP]


def test_of_a_bitwig_that_went_nothing_is_believed_any_more() -> None:
    core = BitwigCore()
    talk = met(core)
    core.play(talk.now)
    talk.run(0.1)
    talk.daw = None
    mark(talk, "one")
    talk.run(PATIENCE + DUMP + 0.1)
    assert status(talk).state == "silent"
    assert transport(talk) == Transport()
    talk.tell(StopTransport())
    assert STOP not in talk.sent


def test_what_a_file_recalls_and_is_no_pair_of_colours_is_passed_over() -> None:
    target = BitwigTarget(SETTINGS)
    target.recall({"Bass": "rgb(1,2,3)", "Drums": "a b c", "Keys": "rgb(1,2,3) rgb(4,5,6)"})
    assert list(target.originals) == ["Keys"]


def test_without_feedback_no_track_is_asked_for_and_status_says_so() -> None:
    talk = start(settings=DawSettings("bitwig", port=8000, action=1))
    talk.tell(TrackColour("Bass", BLUE))
    mark(talk, "one")
    talk.run(20.0)
    assert talk.sent == [INSERT]
    assert "can't be heard" in status(talk).detail
    assert status(talk).state == "unknown"


def test_a_text_has_no_place_in_bitwig() -> None:
    talk = start()
    talk.tell(StatusText("hello"))
    assert talk.sent == []


# --- what Bitwig does -----------------------------------------------------------------------------


def test_the_transport_is_heard() -> None:
    core = BitwigCore()
    talk = met(core)
    assert transport(talk) == Transport(playing=False, recording=False, tempo=120.0)
    core.play(talk.now, recording=True)
    talk.hear(*core.advance(talk.now))
    assert transport(talk) == Transport(playing=True, recording=True, tempo=120.0)


def test_the_first_sign_of_life_has_everything_asked_for() -> None:
    core = BitwigCore()
    talk = start(core)
    core.play(talk.now)
    talk.hear(*core.advance(talk.now))
    assert talk.sent == [REFRESH]
    assert status(talk).state == "ready"


def test_what_bitwig_tells_at_its_own_start_is_enough() -> None:
    core = BitwigCore()
    talk = start()
    talk.hear(*core.receive(REFRESH, talk.now))
    assert talk.sent == []
    talk.tell(TrackColour("Bass", BLUE))
    assert len(talk.sent) == 1


def test_of_a_tracks_many_addresses_only_three_are_heard() -> None:
    wanted = BitwigTarget(SETTINGS).wanted
    assert "/track/200/name".startswith(wanted)
    assert not "/track/1/vu".startswith(wanted)
    assert not "/track/1/clip/1/color".startswith(wanted)
    assert not "/track/selected/name".startswith(wanted)


@pytest.mark.parametrize(
    "strange",
    [
        Osc("/track/0/name", ("Bass",)), Osc("/track/201/name", ("Bass",)),
        Osc("/track/²/name", ("Bass",)), Osc("/track/9999999/name", ("Bass",)),
        Osc("/track/2/name", (3,)), Osc("/track/2/exists"), Osc("/update", ("1",)),
        Osc("/play", ("yes",)), Osc("/tempo/raw", (None,)), Osc("/marker/1/exists/2", (1,)),
    ],
)  # fmt: skip
def test_what_bitwig_never_says_changes_nothing(strange: Osc) -> None:
    core = BitwigCore(tracks=[Track("Drums")])
    talk = met(core)
    talk.target.hear(strange, talk.moment)
    talk.tell(TrackColour("Bass", BLUE))
    assert [message for message in talk.sent if "color" in message.address] == []
    assert transport(talk) == Transport(playing=False, recording=False, tempo=120.0)


def test_a_marker_that_somebody_deletes_meanwhile_is_no_sign_of_ours() -> None:
    core = BitwigCore(actions={1: "toggle_metronome"}, latency=0.03)
    core.markers += ["Verse", "Chorus"]
    talk = met(core)
    mark(talk, "one")
    core.markers.remove("Verse")
    core.flush(talk.now)
    talk.run(PATIENCE + DUMP + 0.1)
    assert (status(talk).pending, status(talk).dropped) == (0, 1)


def test_a_marker_that_went_to_a_bitwig_that_was_started_anew_is_counted() -> None:
    talk = met(first := BitwigCore(latency=0.03))
    first.markers += ["Verse", "Chorus"]
    first.flush(talk.now)
    talk.run(1.0)
    talk.daw = None
    mark(talk, "one")
    talk.daw = BitwigCore(latency=0.03)
    talk.run(60.0)
    assert (status(talk).pending, status(talk).dropped) == (0, 1)

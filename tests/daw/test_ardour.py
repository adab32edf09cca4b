from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.daw.ardour import GREETING, LOOK, SILENCE, STOP, WIPING, ArdourTarget
from bridge.daw.ardour_line import ADD, FRAME, MOST_WAITING, PATIENCE, WINDOW
from bridge.daw.ardour_selecting import OWN_WORD, SLOTS
from bridge.daw.links import Links
from bridge.daw.target import KEEP, DawSettings, LinkStatus
from bridge.daw.transport import Transport
from bridge.messages import Marker, Osc, RunAction, StatusText, StopTransport
from tests.contract.daw_contract import BLUE, Conversation, DawContract
from tests.standins.ardour import ArdourCore

SETTINGS = DawSettings("ardour", port=3819)


def told(sent: list[Osc]) -> list[str]:
    return [str(m.args[0]) for m in sent if m.address == ADD]


class TestContract(DawContract):
    kind = "ardour"
    paints = True
    unsure = WINDOW

    def daw(self) -> ArdourCore:
        return ArdourCore(actions=dict(enumerate((*SLOTS, OWN_WORD), 1)))

    def names(self, sent: list[Osc]) -> list[str]:
        return told(sent)

    def colours(self, talk: Conversation) -> dict[str, str]:
        assert isinstance(talk.daw, ArdourCore)
        return {track.name: track.colour for track in talk.daw.tracks}


def start(core: ArdourCore | None = None) -> Conversation:
    talk = Conversation(ArdourTarget(SETTINGS), core)
    talk.run(1.0)
    talk.sent.clear()
    return talk


def mark(talk: Conversation, *names: str) -> None:
    talk.tell(*(Marker(name, BLUE) for name in names))


def status(talk: Conversation) -> LinkStatus:
    return talk.target.status(talk.moment)


# --- the link -------------------------------------------------------------------------------------


def test_ardour_is_greeted_at_once_and_asked_to_answer_where_the_question_came_from() -> None:
    talk = Conversation(ArdourTarget(SETTINGS))
    assert status(talk).state == "unknown"
    talk.run(0.001)
    assert talk.sent[0] == Osc("/set_surface/port", (0,))
    assert talk.sent == [*GREETING]


def test_an_ardour_that_answers_is_ready_with_the_sessions_name() -> None:
    seen = status(start(ArdourCore()))
    assert seen.state == "ready"
    assert 'session "Nordlicht"' in seen.detail


def test_an_ardour_that_does_not_answer_shows_with_what_to_do() -> None:
    seen = status(start())
    assert seen.state == "silent"
    assert "no answer from Ardour at 127.0.0.1:3819" in seen.detail
    assert "Preferences > Control Surfaces" in seen.detail


def test_while_the_heart_beats_nothing_is_sent() -> None:
    talk = start(ArdourCore())
    talk.run(600.0)
    assert talk.sent == []
    assert status(talk).state == "ready"


def test_an_ardour_that_ends_is_missed_and_one_that_comes_back_is_found() -> None:
    core = ArdourCore()
    talk = start(core)
    core.end()
    talk.run(SILENCE + 0.01)
    assert status(talk).state == "silent"
    core.begin()
    talk.run(LOOK)
    assert status(talk).state == "ready"
    mark(talk, "again")
    talk.run(1.0)
    assert core.names == ["again"]


def test_the_link_is_told_lost_even_when_nobody_let_time_pass() -> None:
    talk = start(ArdourCore())
    talk.now += 1000.0  # the machine slept
    assert status(talk).state == "silent"


def test_nobody_is_greeted_more_often_than_every_five_seconds_however_many_cues_wait() -> None:
    talk = Conversation(ArdourTarget(SETTINGS))
    for n in range(2000):
        mark(talk, str(n))
        talk.run(0.01)
    assert talk.sent.count(GREETING[1]) == 20.0 / LOOK


def test_a_wipe_says_that_others_get_the_answers_and_ardour_is_greeted_anew() -> None:
    core = ArdourCore()
    talk = start(core)
    talk.hear(*core.roll(talk.now, record=True))
    talk.run(LOOK)
    talk.sent.clear()
    assert transport(talk) == Transport(playing=True, recording=True)
    talk.hear(*core.wipe(talk.now))
    assert transport(talk) == Transport()
    talk.run(WIPING / 2)
    assert (talk.sent, transport(talk)) == ([], Transport())
    talk.run(WIPING)
    assert talk.sent == [*GREETING]
    assert status(talk).state == "ready"
    assert transport(talk).playing


def test_two_programs_that_wipe_each_other_do_so_seldom() -> None:
    core = ArdourCore()
    talk = start(core)
    for _ in range(200):
        talk.hear(*core.wipe(talk.now))
        talk.run(0.1)
    assert talk.sent.count(GREETING[0]) <= 20.0 / LOOK + 1


def test_a_cue_behind_a_wipe_waits_for_the_answer() -> None:
    core = ArdourCore()
    talk = start(core)
    talk.hear(*core.wipe(talk.now))
    mark(talk, "one")
    assert core.names == []
    talk.run(LOOK)
    assert core.names == ["one"]
    assert status(talk).dropped == 0


def test_several_ardours_are_told_and_heard_each_by_itself() -> None:
    links = Links([DawSettings("ardour", port=3819), DawSettings("ardour", "Big", port=3820)])
    cores = {"ardour": ArdourCore(), "Big": ArdourCore(session="Second", running=False)}
    talk = Conversation(ArdourTarget(SETTINGS))  # for its clock

    def carry(messages: list[tuple[str, object]]) -> None:
        for key, message in messages:
            assert isinstance(message, Osc)
            for answer in cores[key].receive(message, talk.now):
                carry([*links.hear(key, answer, talk.moment)])
            for answer in cores[key].advance(talk.now + 0.01):
                carry([*links.hear(key, answer, talk.moment)])

    carry([*links.advance(talk.moment)])
    carry([*links.tell([Marker("one", BLUE)], talk.moment)])
    first, second = links.statuses(talk.moment)
    assert (first.state, first.pending, second.pending) == ("ready", 0, 1)
    assert (cores["ardour"].names, cores["Big"].names) == (["one"], [])
    carry([*links.tell([Marker("two", BLUE, to=("Big",))], talk.moment)])
    assert cores["ardour"].names == ["one"]


# --- markers --------------------------------------------------------------------------------------


def test_a_marker_is_made_by_its_name_at_once_with_a_question_behind_it() -> None:
    talk = start(ArdourCore())
    mark(talk, "Write chords")
    assert talk.sent == [Osc(ADD, ("Write chords",)), FRAME]
    assert status(talk).pending == 1
    talk.run(0.01)
    assert status(talk).pending == 0


def test_the_playhead_is_never_moved() -> None:
    core = ArdourCore()
    talk = start(core)
    mark(talk, *(str(n) for n in range(100)))
    talk.run(30.0)
    moving = ("/locate", "/marker", "/jump", "/goto", "/transport_p", "/transport_s", "/toggle")
    assert [m for m in core.received if m.address.startswith(moving)] == []


def test_while_rolling_each_marker_stands_where_it_was_told() -> None:
    core = ArdourCore()
    talk = start(core)
    talk.hear(*core.roll(talk.now))
    began = talk.now
    for name in ("one", "two", "three"):
        talk.run(2.0)
        mark(talk, name)
    assert core.markers == [
        ("one", pytest.approx(2.0)),
        ("two", pytest.approx(4.0)),
        ("three", pytest.approx(talk.now - began)),
    ]


def test_a_cue_without_ardour_waits_and_arrives_as_soon_as_it_is_there() -> None:
    core = ArdourCore(running=False)
    talk = start(core)
    mark(talk, "one", "two")
    assert status(talk).pending == 2
    talk.run(4.0)
    core.begin()
    talk.run(LOOK + 0.1)
    assert core.names == ["one", "two"]
    assert status(talk).dropped == 0


def test_the_answer_to_the_greeting_is_no_receipt_for_a_marker() -> None:
    talk = start()
    mark(talk, "one")
    talk.run(LOOK)
    talk.hear(Osc("/session_name", ("Nordlicht",)), Osc(FRAME.address, (0,)))
    assert told(talk.sent) == ["one"]
    assert status(talk).pending == 1
    talk.hear(Osc(FRAME.address, (0,)))
    assert status(talk).pending == 0


def test_a_cue_that_waited_ten_seconds_is_dropped_and_named() -> None:
    core = ArdourCore(running=False)
    talk = start(core)
    mark(talk, "too late")
    talk.run(KEEP - 0.01)
    assert status(talk).pending == 1
    talk.run(0.02)
    assert (status(talk).pending, status(talk).dropped) == (0, 1)
    assert '"too late"' in status(talk).detail
    core.begin()
    talk.run(60.0)
    assert core.names == []


def test_without_ardour_the_oldest_of_too_many_cues_is_dropped() -> None:
    talk = start()
    mark(talk, *(str(n) for n in range(MOST_WAITING + 2)))
    assert (status(talk).pending, status(talk).dropped) == (MOST_WAITING, 2)
    assert '"1"' in status(talk).detail


def test_a_burst_of_five_hundred_arrives_in_order_and_whole() -> None:
    core = ArdourCore(latency=0.0002)
    talk = start(core)
    names = [f"cue {n}" for n in range(500)]
    mark(talk, *names)
    talk.run(5.0)
    assert core.names == names
    assert (core.lost, status(talk).dropped) == (0, 0)


def test_a_burst_at_an_ardour_that_is_busy_never_fills_its_socket() -> None:
    core = ArdourCore(latency=0.0002)
    talk = start(core)
    core.hangs = True
    mark(talk, *(str(n) for n in range(500)))
    talk.hear(Osc("/heartbeat", (1.0,)))
    core.hangs = False
    talk.run(5.0)
    assert core.lost == 0
    assert len(core.names) == 500


def test_beyond_what_may_wait_the_oldest_goes_and_is_counted() -> None:
    core = ArdourCore()
    talk = start(core)
    core.hangs = True
    mark(talk, *(str(n) for n in range(WINDOW + MOST_WAITING + 3)))
    assert status(talk).dropped == 3


def beats(talk: Conversation, seconds: int) -> None:
    """Let time pass with nothing but heartbeats."""
    for _ in range(seconds):
        talk.hear(Osc("/heartbeat", (1.0,)))
        talk.run(1.0)


def test_an_ardour_that_beats_and_does_not_answer_is_trouble_and_the_marker_is_counted() -> None:
    core = ArdourCore()
    talk = start(core)
    core.hangs = True
    mark(talk, "one")
    beats(talk, round(PATIENCE) + 1)
    assert status(talk).state == "trouble"
    assert (status(talk).pending, status(talk).dropped) == (0, 1)
    talk.run(SILENCE)
    assert status(talk).state == "silent"


def test_an_ardour_that_ends_behind_a_marker_is_gone_and_not_in_trouble() -> None:
    core = ArdourCore()
    talk = start(core)
    core.end()
    mark(talk, "one")
    for _ in range(100):
        assert status(talk).state in ("ready", "silent")
        talk.run(0.1)
    assert (status(talk).state, status(talk).dropped) == ("silent", 1)


def test_trouble_is_over_with_the_next_marker_that_is_taken() -> None:
    core = ArdourCore()
    talk = start(core)
    core.hangs = True
    mark(talk, "one")
    beats(talk, round(PATIENCE) + 1)
    assert status(talk).state == "trouble"
    core.hangs = False
    mark(talk, "two")
    talk.run(0.1)
    assert status(talk).state == "ready"


def test_markers_on_their_way_when_ardour_ends_are_counted_and_not_made_twice() -> None:
    core = ArdourCore(latency=0.5)
    talk = start(core)
    mark(talk, "one")
    core.end()
    talk.run(SILENCE + 1.0)
    core.begin()
    talk.run(60.0)
    assert told(talk.sent) == ["one"]
    assert status(talk).dropped == 1
    assert "not surely" in status(talk).detail


def test_a_name_of_nothing_but_controls_gets_the_products_name() -> None:
    talk = start(ArdourCore())
    mark(talk, "\0\n")
    assert told(talk.sent) == ["Songbridge"]


def test_an_old_ardour_that_takes_no_names_gets_markers_without_them() -> None:
    core = ArdourCore(version=(6, 5))
    old, new = start(core), start(ArdourCore(version=(6, 6)))
    for talk in (old, new):
        mark(talk, "first")
        talk.run(6.0)
    assert "which need Ardour 6.6 or newer" in status(old).detail
    assert '"first"' in status(old).detail
    assert status(old).dropped == 1
    assert (status(new).state, status(new).dropped) == ("ready", 0)
    mark(old, "second", "third")
    old.run(6.0)
    assert core.names == ["mark1", "mark2"]
    assert (status(old).state, status(old).pending, status(old).dropped) == ("ready", 0, 1)


def test_a_session_that_has_markers_proves_nothing_about_the_version() -> None:
    talk = start(ArdourCore(version=(6, 5), markers=[("Verse", 0.0)]))
    mark(talk, "cue")
    talk.run(60.0)
    assert status(talk).state == "ready"


def test_the_next_ardour_is_judged_anew() -> None:
    core = ArdourCore(version=(6, 5))
    talk = start(core)
    mark(talk, "cue")
    talk.run(10.0)
    core.end()
    talk.run(10.0)
    core.version = (9, 8)
    core.begin()
    talk.run(60.0)
    assert status(talk).state == "ready"


def test_while_it_rolls_no_ardour_is_taken_for_an_old_one() -> None:
    core = ArdourCore()
    talk = start(core)
    talk.hear(*core.roll(talk.now))
    for _ in range(5):
        mark(talk, "cue")
        talk.run(10.0)
        assert status(talk).state == "ready"
    talk.hear(*core.stop(talk.now))
    for _ in range(100):
        talk.run(0.1)
        assert status(talk).state == "ready"


def test_texts_are_not_sent_and_the_status_says_so() -> None:
    talk = start(ArdourCore())
    talk.tell(StatusText("hello"))
    assert talk.sent == []
    assert "no place for a status text" in status(talk).detail


# --- listening ------------------------------------------------------------------------------------


def transport(talk: Conversation) -> Transport:
    assert isinstance(talk.target, ArdourTarget)
    return talk.target.transport


def test_rolling_and_recording_are_heard_and_forgotten_with_the_link() -> None:
    core = ArdourCore()
    talk = start(core)
    assert transport(talk) == Transport(playing=False, recording=False)
    talk.hear(*core.roll(talk.now))
    talk.run(0.01)
    assert transport(talk) == Transport(playing=True, recording=False)
    talk.hear(*core.roll(talk.now, record=True))
    talk.run(0.01)
    assert transport(talk) == Transport(playing=True, recording=True)
    core.end()
    talk.run(SILENCE + 0.1)
    assert transport(talk) == Transport()


def test_an_armed_track_alone_is_no_take() -> None:
    talk = start(ArdourCore())
    talk.hear(Osc("/transport_play", (1.0,)), Osc("/record_tally", (1.0,)))
    assert transport(talk) == Transport(playing=True, recording=False)
    talk.hear(Osc("/transport_play", (0,)), Osc("/rec_enable_toggle", (1,)))
    assert transport(talk) == Transport(playing=False, recording=False)


@pytest.mark.parametrize("address", ["/rewind", "/ffwd"])
def test_other_speeds_are_rolling_too(address: str) -> None:
    talk = start(ArdourCore())
    talk.hear(Osc("/transport_play", (0.0,)), Osc(address, (1.0,)))
    assert transport(talk).playing


def test_behind_a_take_the_track_stays_armed_and_the_take_is_over() -> None:
    core = ArdourCore()
    talk = start(core)
    talk.hear(*core.roll(talk.now, record=True))
    talk.run(0.1)
    talk.hear(*core.stop(talk.now))
    talk.run(0.1)
    assert transport(talk) == Transport(playing=False, recording=False)


# --- actions and stopping -------------------------------------------------------------------------


def test_an_action_is_run_in_its_turn_with_a_receipt() -> None:
    core = ArdourCore()
    talk = start(core)
    talk.tell(Marker("one", BLUE), RunAction("Editor/zoom-to-session"), RunAction(" \n"))
    assert status(talk).pending == 2
    talk.run(0.1)
    assert (core.names, core.ran) == (["one"], ["Editor/zoom-to-session"])
    assert (status(talk).pending, status(talk).dropped) == (0, 0)


def test_an_action_waits_for_ardour_as_a_marker_does() -> None:
    core = ArdourCore(running=False)
    talk = start(core)
    talk.tell(RunAction("Editor/undo"))
    core.begin()
    talk.run(LOOK)
    assert core.ran == ["Editor/undo"]
    core.end()
    talk.run(LOOK)
    talk.tell(RunAction("Editor/redo"))
    talk.run(KEEP)
    assert '"Editor/redo"' in status(talk).detail


def test_during_a_take_no_action_is_run_and_that_is_told() -> None:
    core = ArdourCore()
    talk = start(core)
    talk.hear(*core.roll(talk.now, record=True))
    talk.run(0.1)
    talk.tell(RunAction("Editor/undo"))
    talk.run(20.0)
    assert core.ran == []
    assert (status(talk).dropped, status(talk).pending) == (1, 0)
    assert '"Editor/undo"' in status(talk).detail


def test_a_playing_ardour_is_stopped_and_told_so_once() -> None:
    core = ArdourCore()
    talk = start(core)
    talk.hear(*core.roll(talk.now))
    talk.run(0.1)
    talk.tell(StopTransport())
    assert talk.sent == [STOP]
    talk.run(0.1)
    assert transport(talk).playing is False
    talk.tell(StopTransport())
    assert talk.sent == [STOP]


def test_a_take_is_never_stopped() -> None:
    core = ArdourCore()
    talk = start(core)
    talk.hear(*core.roll(talk.now, record=True))
    talk.run(0.1)
    talk.tell(StopTransport())
    assert talk.sent == []
    talk.hear(*core.wipe(talk.now))  # and neither is one of which is not known any more
    talk.tell(StopTransport())
    talk.run(20.0)
    assert STOP not in talk.sent


def test_a_stop_does_not_wait_for_an_ardour_that_is_not_there() -> None:
    core = ArdourCore(running=False)
    talk = start(core)
    talk.tell(StopTransport())
    core.begin()
    talk.hear(*core.roll(talk.now))
    talk.run(20.0)
    assert STOP not in talk.sent


# --- whatever comes -------------------------------------------------------------------------------


@given(
    latency=st.floats(0.0001, 0.2),
    gaps=st.lists(st.floats(0.0, 3.0), min_size=1, max_size=12),
    away=st.lists(st.booleans(), min_size=12, max_size=12),
)
def test_every_cue_is_made_once_in_order_or_counted(
    latency: float, gaps: list[float], away: list[bool]
) -> None:
    core = ArdourCore(latency=latency)
    talk = start(core)
    names = [f"cue {n}" for n in range(len(gaps))]
    for name, gap, gone in zip(names, gaps, away, strict=False):
        if gone and core.running:
            core.end()
        elif not gone:
            core.begin()
        mark(talk, name)
        talk.run(gap)
    talk.run(60.0)
    made = core.names
    assert made == [name for name in names if name in made]
    assert len(names) - len(made) <= status(talk).dropped

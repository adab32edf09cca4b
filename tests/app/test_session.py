"""The session: order of what the world hears, OSC conversations, faults."""

from __future__ import annotations

import pytest

from bridge import __version__
from bridge.app.inbox import Stop
from bridge.app.listeners import DUMPS
from bridge.core.actions import Action
from bridge.daw.target import DawSettings
from bridge.messages import Osc, ToDaw
from bridge.ports.osc_peers import OscIn, Peer, PeerGone
from bridge.ports.osc_requests import Ping, Refresh, Subscribe, Unsubscribe
from bridge.ports.osc_subscribers import MOST_SUBSCRIBERS
from bridge.web.role import Granted, Traffic
from tests.standins.desk import SONG, START
from tests.standins.studio import PEER, Studio

ME = str(PEER)


@pytest.fixture
def studio() -> Studio:
    return Studio([SONG], daws=[DawSettings("osc", port=9001)])


def addresses(messages: list[Osc]) -> list[str]:
    return [message.address for message in messages]


def test_an_osc_action_is_acknowledged_with_its_entry_number(studio: Studio) -> None:
    studio.osc_in(Action("start"), "/songbridge/start")

    assert studio.osc.to(ME) == [Osc("/songbridge/ok", ("start", studio.session.engine.seq))]


def test_a_refusal_names_address_and_reason(studio: Studio) -> None:
    studio.osc_in(Action("complete"), "/songbridge/complete")

    (answer,) = studio.osc.to(ME)
    assert answer.address == "/songbridge/error"
    assert answer.args[0] == "/songbridge/complete"
    assert "no task is under way" in str(answer.args[1])


def test_ping_is_answered_with_version_and_number(studio: Studio) -> None:
    studio.osc_in(Ping())

    assert studio.osc.to(ME) == [Osc("/songbridge/pong", (__version__, 1))]


def test_a_new_subscriber_gets_everything_once(studio: Studio) -> None:
    studio.osc_in(Subscribe())
    told = addresses(studio.osc.to(ME))

    assert len(told) == len(set(told))
    assert {"/songbridge/task", "/songbridge/timer", "/songbridge/song", "/songbridge/queue/16",
            "/songbridge/goal/3", "/songbridge/queue/size"} <= set(told)  # fmt: skip


def test_afterwards_only_what_changed_is_told(studio: Studio) -> None:
    studio.osc_in(Subscribe())
    studio.osc.sent.clear()
    studio.do("select", 3)
    told = set(addresses(studio.osc.to(ME)))

    assert told == {"/songbridge/event", "/songbridge/queue/1", "/songbridge/queue/2",
                    "/songbridge/queue/3"}  # fmt: skip


def test_the_countdown_is_told_every_second_while_it_runs(studio: Studio) -> None:
    studio.osc_in(Subscribe())
    studio.do("start")
    studio.osc.sent.clear()
    studio.wait(3.01)
    texts = [m.args[0] for m in studio.osc.to(ME) if m.address == "/songbridge/timer/text"]

    assert texts == ["19:59", "19:58", "19:57"]


def test_refresh_tells_everything_again(studio: Studio) -> None:
    studio.osc_in(Subscribe())
    first = addresses(studio.osc.to(ME))
    studio.osc.sent.clear()
    studio.osc_in(Refresh())

    assert addresses(studio.osc.to(ME)) == first


def test_refreshes_that_come_together_are_answered_once(studio: Studio) -> None:
    studio.osc_in(Refresh())
    once = studio.osc.to(ME)
    studio.osc.sent.clear()
    for _ in range(256):
        studio.inbox.put(OscIn(PEER, Refresh(), "/songbridge/refresh", studio.moment))
    studio.run()

    assert studio.osc.to(ME) == once


def test_many_who_ask_for_everything_are_told_a_few_at_a_go_and_too_many_refused(
    studio: Studio,
) -> None:
    for port in range(1, MOST_SUBSCRIBERS + 2):
        peer = Peer("udp", "127.0.0.1", port)
        studio.inbox.put(OscIn(peer, Refresh(), "/songbridge/refresh", studio.moment))
    studio.run()

    told = [f"127.0.0.1:{port}" for port in range(1, MOST_SUBSCRIBERS + 1)]
    assert [who for who in told if studio.osc.to(who)] == told[:DUMPS]
    (refusal,) = studio.osc.to(f"127.0.0.1:{MOST_SUBSCRIBERS + 1}")
    assert refusal.args == ("/songbridge/refresh", "too much at once; try again")
    studio.wait(0.1)
    assert all(studio.osc.to(who) for who in told)


def test_who_unsubscribes_in_the_same_breath_is_told_nothing(studio: Studio) -> None:
    studio.inbox.put(OscIn(PEER, Subscribe(), "/songbridge/subscribe", studio.moment))
    studio.osc_in(Unsubscribe())

    assert studio.osc.to(ME) == []


def test_a_request_that_a_press_has_overtaken_counts_from_now(studio: Studio) -> None:
    studio.do("start")
    came = studio.moment
    studio.wait(60.0)
    studio.put(OscIn(PEER, Action("pause"), "/songbridge/pause", came))

    assert studio.journal.last(1)[0].at == studio.moment.wall


@pytest.mark.parametrize("end", ["unsubscribe", "gone", "lapse"])
def test_a_subscription_ends(studio: Studio, end: str) -> None:
    tcp = Peer("tcp", "127.0.0.1", 4000, 1)
    studio.put(OscIn(tcp, Subscribe(), "/songbridge/subscribe", studio.moment))
    match end:
        case "unsubscribe":
            studio.put(OscIn(tcp, Unsubscribe(), "/songbridge/unsubscribe", studio.moment))
        case "gone":
            studio.put(PeerGone(tcp))
        case _:
            studio.wait(301)
    studio.osc.sent.clear()
    studio.do("start")

    assert studio.osc.to(str(tcp)) == []


def test_a_subscriber_on_another_port_is_told_there(studio: Studio) -> None:
    studio.osc_in(Subscribe(9123))

    assert studio.osc.to("127.0.0.1:9123")
    assert studio.osc.to(ME) == []


def test_the_fact_is_in_the_journal_before_anything_is_told(studio: Studio) -> None:
    held: list[int] = []
    tell = studio.osc.cue

    def spy(key: str, message: ToDaw) -> bool:
        held.append(studio.journal.load().last_seq)
        return tell(key, message)

    studio.osc.cue = spy  # type: ignore[method-assign] # it sees the order
    studio.do("start")

    assert held == [studio.session.engine.seq] * len(held)
    assert held


def test_replay_tells_no_cue_again(studio: Studio) -> None:
    studio.do("start")
    studio.kill()

    assert studio.osc.to("osc") == []
    assert (studio.state, studio.current) == ("running", "Write chord progression")


def test_the_end_of_a_sitting_says_where_its_summary_is(studio: Studio) -> None:
    studio.do("start")
    studio.wait(60)
    answer = studio.do("end")

    assert isinstance(answer, Granted)
    assert answer.said == "summary"
    assert studio.said == [START + 60]


def test_taps_hear_facts_cues_and_refusals_in_their_order(studio: Studio) -> None:
    heard: list[Traffic] = []
    leave = studio.taps.join(heard.append)
    studio.do("start")
    leave()
    studio.do("complete")

    assert [(t.channel, t.text.split()[0]) for t in heard] == [
        ("fact", "sitting-began"),
        ("fact", "started"),
        ("cue", "/songbridge/cue/marker"),
        ("cue", "/songbridge/cue/text"),
    ]


def test_stop_ends_it(studio: Studio) -> None:
    studio.put(Stop())

    assert studio.session.stopping

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from bridge.daw.lastmarker import NAME, NUMBER
from bridge.daw.links import Links
from bridge.daw.osc import OscTarget
from bridge.daw.table import TARGETS, Kind
from bridge.daw.target import DawSettings, LinkStatus, Target
from bridge.daw.transport import Transport
from bridge.errors import Invalid
from bridge.messages import Marker, Osc, StatusText, StopTransport
from bridge.moment import Moment

NOW = Moment(10.0, 1.7e9)
OSC = DawSettings("osc", port=9001)
REAPER = DawSettings("reaper", port=8000, listen_port=9000)
CUE = Marker("one", "#FFFFFF")


def broken(*methods: str) -> Kind:
    """A kind whose adapters raise in the named methods."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    def make(_: DawSettings) -> Target:
        parts = {
            "kind": "broken",
            "wanted": ("/",),
            "tell": lambda _c, _m: [],
            "hear": lambda _o, _m: [],
            "wake": lambda: 5.0,
            "advance": lambda _m: [],
            "status": lambda _m: LinkStatus("ready", "fine"),
        }
        return cast("Target", SimpleNamespace(**parts | dict.fromkeys(methods, fail)))

    return Kind(make, port=1)


def met(*settings: DawSettings) -> Links:
    """Return links to DAWs that were greeted and have answered."""
    links = Links(settings)
    links.advance(NOW.later(-2.0))
    for key in links.settings:
        links.hear(key, Osc("/stop", (1.0,)), NOW.later(-1.0))
    return links


def test_every_daw_is_told_every_cue_in_order() -> None:
    links = met(OSC, REAPER)
    two = Marker("two", "#FFFFFF")
    assert links.tell([CUE, two], NOW) == [
        ("osc", Osc("/songbridge/cue/marker", ("one", "#FFFFFF"))),
        ("osc", Osc("/songbridge/cue/marker", ("two", "#FFFFFF"))),
        ("reaper", Osc("/action", (40157,))),
    ]


def test_a_cue_may_be_for_some_of_them_by_name_or_by_kind() -> None:
    links = met(OSC, DawSettings("osc", "stage", port=9002), REAPER)
    told = links.tell([StatusText("hello", to=("stage", "reaper"))], NOW)
    assert told == [("stage", Osc("/songbridge/cue/text", ("hello",)))]
    named = links.tell([StatusText("hello", to=("osc",))], NOW)
    assert [key for key, _ in named] == ["osc"]
    links = Links([DawSettings("osc", "desk", port=9003), DawSettings("osc", "stage", port=9002)])
    kind = links.tell([StatusText("hello", to=("osc",))], NOW)
    assert [key for key, _ in kind] == ["desk", "stage"]


@pytest.mark.parametrize(
    ("transport", "stops"),
    [
        (Transport(), True),
        (Transport(playing=True, recording=False), True),
        (Transport(playing=False, recording=False), False),
        (Transport(playing=True, recording=True), False),
        (Transport(playing=None, recording=True), False),
    ],
)
def test_a_take_is_never_cut_and_what_stands_is_not_stopped(
    transport: Transport, *, stops: bool
) -> None:
    target = OscTarget(OSC)
    target.transport = transport
    links = Links([OSC], {"osc": Kind(lambda _settings: target, port=9001)})
    told = links.tell([StopTransport()], NOW)
    assert told == ([("osc", Osc("/songbridge/cue/stop"))] if stops else [])
    assert links.transports() == {"osc": transport}


def test_feedback_reaches_the_daw_it_came_from_and_no_other() -> None:
    links = met(REAPER, REAPER)
    links.tell([CUE], NOW)
    assert links.hear("reaper-2", Osc(NUMBER, ("1",)), NOW) == [("reaper-2", Osc(NAME, ("one",)))]
    assert [each.pending for each in links.statuses(NOW)] == [1, 0]


def test_feedback_of_an_unknown_link_is_ignored() -> None:
    assert Links([OSC]).hear("reaper", Osc(NUMBER, ("1",)), NOW) == []


def test_names_are_kept_and_doubles_are_numbered() -> None:
    named = DawSettings("osc", name="Lights desk", port=9002)
    links = Links([OSC, named, OSC, OSC])
    assert list(links.settings) == ["osc", "Lights desk", "osc-2", "osc-3"]
    assert links.settings["Lights desk"] is named


def test_the_earliest_deadline_counts() -> None:
    links = met(OSC, REAPER, REAPER)
    assert links.wake() is None
    links.tell([CUE], NOW)
    links.hear("reaper", Osc(NUMBER, ("1",)), NOW)
    assert links.wake() == NOW.mono + 2.5
    assert links.advance(NOW.later(2.5)) == [("reaper-2", Osc("/action", (41743,)))]


def test_each_link_says_what_it_wants_to_hear() -> None:
    links = Links([OSC, REAPER])
    assert links.wanted("osc") == ()
    assert "/lastmarker/" in links.wanted("reaper")


def test_a_kind_that_there_is_not_is_refused_with_what_there_is() -> None:
    there_are = ", ".join(sorted(TARGETS))
    with pytest.raises(Invalid, match=f'no DAW kind "garageband"; there are {there_are}'):
        Links([DawSettings("garageband")])


@pytest.mark.parametrize("method", ["tell", "hear", "wake", "advance", "status"])
def test_an_adapter_that_raises_harms_no_other_and_shows(method: str) -> None:
    heard: list[tuple[str, Exception]] = []
    kinds = {**TARGETS, "broken": broken(method)}
    links = Links(
        [DawSettings("broken"), OSC], kinds, on_fault=lambda key, fault: heard.append((key, fault))
    )
    assert ("osc", Osc("/songbridge/cue/marker", ("one", "#FFFFFF"))) in links.tell([CUE], NOW)
    links.hear("broken", Osc("/x"), NOW)
    links.wake()
    links.advance(NOW)
    links.statuses(NOW)
    bad, good = links.statuses(NOW)
    assert (bad.state, good.state) == ("trouble", "unknown")
    assert "ZeroDivisionError" in bad.detail
    assert bad.dropped == (method == "tell")
    assert {(key, type(fault)) for key, fault in heard} == {("broken", ZeroDivisionError)}


def test_an_adapter_that_raised_begins_anew_and_leaves_no_deadline_to_spin_on() -> None:
    made: list[OscTarget] = []

    def make(settings: DawSettings) -> Target:
        made.append(OscTarget(settings))
        return made[-1] if len(made) > 1 else broken("advance").make(settings)

    links = Links([OSC], {"osc": Kind(make, port=1)})
    assert links.wake() == 5.0
    links.advance(NOW)
    assert links.wake() is None
    assert links.tell([CUE], NOW)


def test_reaper_listens_for_feedback_by_default_and_the_generic_target_does_not() -> None:
    assert (TARGETS["reaper"].port, TARGETS["reaper"].listen_port) == (8000, 9000)
    assert TARGETS["osc"].listen_port == 0


def test_a_link_that_goes_on_has_the_names_that_the_new_configuration_gives_it() -> None:
    desk = DawSettings("osc", name="desk", port=9001)
    before = Links([desk])
    assert before.tell([Marker("one", "#FFFFFF", ("osc",))], NOW)
    after = Links([desk, DawSettings("osc", name="osc", port=9002)])
    after.succeed(before)
    told = after.tell([Marker("one", "#FFFFFF", ("osc",))], NOW)
    assert [key for key, _ in told] == ["osc"]

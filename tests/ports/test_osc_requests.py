from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.core.actions import Action
from bridge.core.vocabulary import ACTIONS, NUMBERED
from bridge.messages import Osc, OscArg
from bridge.ports.osc_requests import (
    ADDRESSES,
    LONGEST_TEXT,
    BadRequest,
    Ping,
    Refresh,
    Subscribe,
    Unsubscribe,
    is_echo,
    request,
)

if TYPE_CHECKING:
    from bridge.ports.osc_requests import Reading

UNNUMBERED = sorted(name for name, spec in ACTIONS.items() if spec.argument not in NUMBERED)


def asked(name: str, *args: OscArg) -> Reading:
    return request(Osc(f"/songbridge/{name}", args))


@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_is_asked_for_by_its_name(name: str) -> None:
    assert asked(name) == Action(name)
    assert f"/songbridge/{name}" in ADDRESSES


@pytest.mark.parametrize("name", [*UNNUMBERED, "refresh", "ping", "subscribe", "unsubscribe"])
def test_one_presses_a_button_and_zero_releases_it(name: str) -> None:
    for press in (1, 1.0, True):
        assert asked(name, press) == asked(name)
    for release in (0, 0.0, False):
        assert asked(name, release) is None


@pytest.mark.parametrize("name", ACTIONS)
def test_true_presses_and_false_releases_whatever_takes_numbers_or_not(name: str) -> None:
    assert asked(name, True) == asked(name, None) == Action(name)
    assert asked(name, False) is None


@pytest.mark.parametrize(
    ("name", "arg", "argument"),
    [
        ("start", 3, 3),
        ("start", 3.0, 3),
        ("start", 1, 1),
        ("start", 0, 0),
        ("start", "northern-lights.3", "northern-lights.3"),
        ("select", 2, 2),
        ("extend", "5m", "5m"),
        ("extend", -90, -90),
        ("extend", 0.5, 0.5),
        ("break", 300, 300),
        ("song", "next", "next"),
        ("stage", "mixing", "mixing"),
        ("prep", "on", "on"),
        ("mark", "chorus", "chorus"),
        ("note", "try a slower tempo", "try a slower tempo"),
        ("mark", "", None),
        ("complete", "", None),
    ],
)
def test_an_argument_reaches_its_action(name: str, arg: OscArg, argument: OscArg) -> None:
    got = asked(name, arg)
    assert got == Action(name, argument)  # type: ignore[arg-type] # no row has bytes
    assert isinstance(got, Action)
    assert type(got.argument) is type(argument)


@pytest.mark.parametrize(
    ("name", "args", "reason"),
    [
        ("complete", (1, 1), "2 arguments"),
        ("complete", (2,), "1 (pressed), 0 (released) or nothing, not 2"),
        ("complete", (0.5,), "not 0.5"),
        ("complete", ("now",), "takes no text"),
        ("complete", (b"\1",), "no blob"),
        ("start", (math.nan,), "not finite"),
        ("extend", (math.inf,), "not finite"),
        ("note", ("x" * (LONGEST_TEXT + 1),), "at most 1000"),
        ("ping", ("x",), "not 'x'"),
        ("ping", (math.nan,), "not nan"),
        ("subscribe", (65536,), "a port from 2 to 65535"),
        ("subscribe", (-1,), "a port"),
        ("subscribe", (9000.5,), "a port"),
        ("subscribe", ("9000",), "a port"),
        ("completo", (), "did you mean /songbridge/complete?"),
        ("zzz", (), "no such address; /songbridge/ACTION is: start, pause"),
        ("", (), "no such address"),
        ("start/3", (), "did you mean /songbridge/start?"),
    ],
)
def test_a_mistake_is_told_with_its_reason(
    name: str, args: tuple[OscArg, ...], reason: str
) -> None:
    got = asked(name, *args)
    assert isinstance(got, BadRequest)
    assert reason in got.reason


def test_subscriptions_take_a_port_as_any_number() -> None:
    assert asked("subscribe", 9000) == asked("subscribe", 9000.0) == Subscribe(9000)
    assert asked("unsubscribe", 9000) == Unsubscribe(9000)
    assert asked("subscribe") == Subscribe()


def test_the_service_words_have_requests_of_their_own() -> None:
    assert (asked("refresh"), asked("ping")) == (Refresh(), Ping())


@pytest.mark.parametrize(
    "message",
    [
        Osc("/songbridge/error", ("/songbridge/x", "no")),
        Osc("/songbridge/ok", ("start", 3)),
        Osc("/songbridge/timer/text", ("12:34",)),
        Osc("/songbridge/song", ("northern-lights", "Northern Lights", "mixing")),
        Osc("/songbridge/queue/1", ("", "", "", "")),
    ],
)
def test_what_only_a_songbridge_sends_is_known_as_an_echo(message: Osc) -> None:
    assert is_echo(message)


def test_taking_up_a_song_is_no_echo() -> None:
    assert not is_echo(Osc("/songbridge/song", ("next",)))


@given(
    st.sampled_from(ADDRESSES),
    st.lists(
        st.one_of(st.text(), st.integers(), st.floats(), st.binary(), st.booleans(), st.none()),
        max_size=2,
    ),
)
def test_no_argument_whatever_makes_it_raise(address: str, args: list[OscArg]) -> None:
    reading = request(Osc(address, tuple(args)))
    assert reading is None or isinstance(
        reading, Action | Subscribe | Unsubscribe | Refresh | Ping | BadRequest
    )

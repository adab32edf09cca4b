"""Edges to gestures: tables of (milliseconds, edge), and what holds whatever the timing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.moment import Moment
from bridge.surface.gestures import Gesture, Gestured, Gestures, Heard
from bridge.surface.profile import Edge


def at(milliseconds: float) -> Moment:
    return Moment(milliseconds / 1000, 1_700_000_000 + milliseconds / 1000)


def edge(text: str) -> Edge:
    """``a+`` is down, ``a-`` is up, ``a~`` is a turn."""
    what = {"+": "down", "-": "up", "~": "turn"}[text[-1]]
    return Edge(text[:-1], what)  # type: ignore[arg-type] # from the table above


def told(
    bound: str, edges: Iterable[tuple[int, str]], *, woken: bool, **times: float
) -> list[tuple[int, str]]:
    """Play edges to pads a and b that have the gestures `bound`; give ``(ms, "a press")`` …

    With `woken`, time passes as the shell lets it (it advances at each wake); without, nobody wakes
    until the next edge, and after the last. Either way the same gestures must be told.
    """
    gestures: frozenset[Gesture] = frozenset(bound.split())  # type: ignore[arg-type] # words of the tables below
    machine = Gestures([Heard({"a": gestures, "b": gestures})], **times)
    heard: list[tuple[int, str]] = []

    def say(now: float, what: Iterable[Gestured]) -> None:
        heard.extend((round(now), f"{one.control} {one.gesture}") for one in what)

    def wake(until: float) -> None:
        while (due := machine.wake()) is not None and due * 1000 <= until:
            say(due * 1000, machine.advance(Moment(due, 0)))

    for now, text in edges:
        if woken:
            wake(now)
        say(now, machine.feed(edge(text), at(now)))
    wake(float("inf"))
    return heard


ALL = "press release hold double"

TABLE = [
    # nothing to wait for
    ("press", [(0, "a+"), (80, "a-")], [(0, "a press")]),
    ("press release", [(0, "a+"), (80, "a-")], [(0, "a press"), (80, "a release")]),
    ("press", [(0, "a+"), (10, "a+")], [(0, "a press"), (10, "a press")]),
    ("release", [(0, "a+"), (80, "a-")], [(80, "a release")]),
    ("turn", [(0, "a~"), (1, "a~")], [(0, "a turn"), (1, "a turn")]),
    ("press", [(0, "a~")], []),
    ("press", [(0, "c+"), (9, "c-")], []),
    ("press release", [(5, "a-")], []),
    ("release", [(0, "a+"), (80, "a-"), (90, "a-")], [(80, "a release")]),
    # hold
    ("press hold", [(0, "a+"), (80, "a-")], [(80, "a press")]),
    ("press hold", [(0, "a+"), (599, "a-")], [(599, "a press")]),
    ("press hold", [(0, "a+"), (600, "a-")], [(600, "a hold")]),
    ("press hold", [(0, "a+"), (9000, "a-")], [(600, "a hold")]),
    ("press hold", [(0, "a+")], [(600, "a hold")]),
    ("hold", [(0, "a+"), (80, "a-")], []),
    ("press hold", [(0, "a+"), (50, "a-"), (90, "a+")], [(50, "a press"), (690, "a hold")]),
    ("press hold", [(0, "a+"), (90, "a+"), (120, "a-")], [(90, "a press"), (120, "a press")]),
    ("press hold", [(0, "a+"), (900, "a+")], [(600, "a hold"), (1500, "a hold")]),
    # double
    ("press double", [(0, "a+"), (80, "a-")], [(300, "a press")]),
    ("press double", [(0, "a+"), (900, "a-")], [(300, "a press")]),
    ("press double", [(0, "a+"), (80, "a-"), (299, "a+"), (400, "a-")], [(299, "a double")]),
    ("press double", [(0, "a+"), (80, "a-"), (300, "a+")], [(300, "a press"), (600, "a press")]),
    ("press double", [(0, "a+"), (200, "a+")], [(200, "a double")]),
    ("double", [(0, "a+"), (80, "a-")], []),
    (
        "press double",
        [(0, "a+"), (50, "a-"), (100, "a+"), (150, "a-"), (200, "a+"), (250, "a-")],
        [(100, "a double"), (500, "a press")],
    ),
    # hold and double
    ("press hold double", [(0, "a+"), (80, "a-")], [(300, "a press")]),
    ("press hold double", [(0, "a+"), (400, "a-")], [(400, "a press")]),
    ("press hold double", [(0, "a+"), (700, "a-")], [(600, "a hold")]),
    ("press hold double", [(0, "a+"), (80, "a-"), (160, "a+"), (999, "a-")], [(160, "a double")]),
    ("press hold double", [(0, "a+"), (450, "a+")], [(450, "a press"), (1050, "a hold")]),
    # release comes on top
    (ALL, [(0, "a+"), (80, "a-")], [(80, "a release"), (300, "a press")]),
    (ALL, [(0, "a+"), (400, "a-")], [(400, "a press"), (400, "a release")]),
    (ALL, [(0, "a+"), (700, "a-")], [(600, "a hold"), (700, "a release")]),
    (
        ALL,
        [(0, "a+"), (80, "a-"), (160, "a+"), (240, "a-")],
        [(80, "a release"), (160, "a double"), (240, "a release")],
    ),
    # two pads at once
    (
        "press hold",
        [(0, "a+"), (100, "b+"), (200, "a-"), (800, "b-")],
        [(200, "a press"), (700, "b hold")],
    ),
    (
        "press double",
        [(0, "a+"), (100, "b+"), (150, "a-"), (200, "a+"), (220, "b-")],
        [(200, "a double"), (400, "b press")],
    ),
    ("press hold", [(0, "a+"), (1, "b+")], [(600, "a hold"), (601, "b hold")]),
]


@pytest.mark.parametrize(("bound", "edges", "gestures"), TABLE)
def test_edges_become_gestures(
    bound: str, edges: list[tuple[int, str]], gestures: list[tuple[int, str]]
) -> None:
    assert told(bound, edges, woken=True) == gestures


@pytest.mark.parametrize(("bound", "edges", "gestures"), TABLE)
def test_a_shell_that_wakes_late_is_told_the_same(
    bound: str, edges: list[tuple[int, str]], gestures: list[tuple[int, str]]
) -> None:
    late = told(bound, edges, woken=False)
    assert [what for _, what in late] == [what for _, what in gestures]


def test_a_hold_time_shorter_than_the_double_time_counts_too() -> None:
    edges = [(0, "a+"), (250, "a-")]
    assert told("press hold double", edges, woken=True, hold=0.2) == [(200, "a hold")]
    edges = [(0, "a+"), (100, "a-")]
    assert told("press hold double", edges, woken=True, hold=0.2) == [(300, "a press")]


def test_a_control_may_have_a_hold_time_of_its_own() -> None:
    machine = Gestures([Heard({"a": {"hold"}, "b": {"hold"}}, {"b": 2.0})], hold=0.5)
    machine.feed(edge("a+"), at(0))
    machine.feed(edge("b+"), at(0))
    assert machine.wake() == 0.5
    assert machine.advance(at(500)) == (Gestured("a", "hold"),)
    assert machine.wake() == 2.0


def test_a_gesture_carries_how_hard_or_how_far() -> None:
    machine = Gestures([Heard({"a": {"press", "turn", "hold"}})])
    machine.feed(Edge("a", "down", 0.25), at(0))
    assert machine.feed(Edge("a", "up", 0.0), at(10)) == (Gestured("a", "press", 0.25),)
    turn = Edge("a", "turn", -3.0, relative=True)
    assert machine.feed(turn, at(20)) == (Gestured("a", "turn", -3.0, relative=True),)


def test_a_device_that_is_unplugged_leaves_nothing_held() -> None:
    machine = Gestures([Heard({"a": {"press", "hold", "release"}})])
    machine.feed(edge("a+"), at(0))
    assert machine.forget() == ()
    assert machine.wake() is None
    assert machine.advance(at(10_000)) == ()
    assert machine.feed(edge("a-"), at(10_001)) == ()


def test_a_press_that_had_come_up_before_the_unplugging_still_counts() -> None:
    machine = Gestures([Heard({"a": {"press", "double"}})])
    machine.feed(edge("a+"), at(0))
    machine.feed(edge("a-"), at(50))
    assert machine.forget() == (Gestured("a", "press"),)
    assert machine.wake() is None


def test_an_edge_stamped_before_a_hold_that_was_told_already_brings_no_second_gesture() -> None:
    machine = Gestures([Heard({"a": {"press", "hold"}})])
    machine.feed(edge("a+"), at(0))
    assert machine.advance(at(650)) == (Gestured("a", "hold"),)
    assert machine.feed(edge("a-"), at(590)) == ()


STEPS = st.lists(
    st.tuples(st.sampled_from(["a+", "a-", "b+", "b-"]), st.integers(0, 900), st.booleans()),
    max_size=30,
)
WAITING = st.sampled_from(["press hold", "press double", "press hold double", ALL])


@given(WAITING, STEPS)
def test_each_down_is_exactly_one_press_or_hold_or_half_a_double(
    bound: str, steps: list[tuple[str, int, bool]]
) -> None:
    gestures: frozenset[Gesture] = frozenset(bound.split())  # type: ignore[arg-type] # words of the line above
    machine = Gestures([Heard({"a": gestures, "b": gestures})])
    downs: Counter[str] = Counter()
    heard: Counter[str] = Counter()
    now = 0
    for text, wait, wakes in steps:
        now += wait
        if wakes:
            heard += decided(machine.advance(at(now)))
        downs[text[0]] += text.endswith("+")
        heard += decided(machine.feed(edge(text), at(now)))
    heard += decided(machine.advance(at(now + 10_000)))
    assert machine.wake() is None
    assert heard == +downs


def decided(gestures: Iterable[Gestured]) -> Counter[str]:
    """Count for how many downs each control's gestures stand."""
    worth = {"press": 1, "hold": 1, "double": 2}
    total: Counter[str] = Counter()
    for one in gestures:
        total[one.control] += worth.get(one.gesture, 0)
    return +total


@given(WAITING, STEPS)
def test_waking_when_asked_always_decides_something(
    bound: str, steps: list[tuple[str, int, bool]]
) -> None:
    gestures: frozenset[Gesture] = frozenset(bound.split())  # type: ignore[arg-type] # words of the line above
    machine = Gestures([Heard({"a": gestures, "b": gestures})])
    now = 0
    for text, wait, _ in steps:
        now += wait
        machine.feed(edge(text), at(now))
        due = machine.wake()
        assert due is None or due >= now / 1000
    while (due := machine.wake()) is not None:
        assert machine.advance(Moment(due - 0.0005, 0)) == ()
        assert machine.advance(Moment(due, 0)) != ()

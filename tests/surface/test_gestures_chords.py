"""Chords: tables of (milliseconds, edge), and what holds whatever the order and the timing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.moment import Moment
from bridge.surface.gestures import Gesture, Gestured, Gestures, Heard
from bridge.surface.profile import Edge

AB, BC, ABC = ("a", "b"), ("b", "c"), ("a", "b", "c")
Told = list[tuple[int, str]]


def at(milliseconds: float) -> Moment:
    return Moment(milliseconds / 1000, 0.0)


def edge(text: str) -> Edge:
    """``a+`` is down, ``a-`` is up."""
    return Edge(text[:-1], "down" if text[-1] == "+" else "up")


def machine(bound: str, *chords: tuple[str, ...]) -> Gestures:
    """Give pads a to d the gestures `bound`, and those chords."""
    gestures: frozenset[Gesture] = frozenset(bound.split())  # type: ignore[arg-type] # words of the tables below
    return Gestures([Heard(dict.fromkeys("abcd", gestures), {}, chords)])


def played(gestures: Gestures, edges: Iterable[tuple[int, str]], *, woken: bool) -> Told:
    """Return what is told when; with `woken`, time passes as the shell lets it."""
    heard: Told = []

    def say(now: float, what: Iterable[Gestured]) -> None:
        heard.extend((round(now), f"{one.control} {one.gesture}") for one in what)

    def wake(until: float) -> None:
        while (due := gestures.wake()) is not None and due * 1000 <= until:
            say(due * 1000, gestures.advance(Moment(due, 0)))

    for now, text in edges:
        if woken:
            wake(now)
        say(now, gestures.feed(edge(text), at(now)))
    wake(float("inf"))
    return heard


STRUCK = [(0, "a+"), (30, "b+"), (100, "a-"), (110, "b-")]

TABLE: list[tuple[str, tuple[tuple[str, ...], ...], list[tuple[int, str]], Told]] = [
    ("press", (AB,), STRUCK, [(30, "a+b chord")]),
    ("press", (AB,), [(0, "b+"), (49, "a+")], [(49, "a+b chord")]),
    ("press", (AB,), [(0, "b+"), (51, "a+")], [(50, "b press"), (101, "a press")]),
    ("press", (AB,), [(0, "a+"), (20, "a-")], [(20, "a press")]),
    ("press", (AB,), [(0, "a+"), (90, "a-")], [(50, "a press")]),
    ("press", (AB,), [(0, "a+"), (10, "a-"), (20, "b+")], [(10, "a press"), (70, "b press")]),
    ("press", (AB,), [(0, "d+"), (9, "d-")], [(0, "d press")]),  # in no chord: at once
    ("press", (AB,), [(0, "a+"), (10, "d+"), (20, "b+")], [(10, "d press"), (20, "a+b chord")]),
    ("press release", (AB,), STRUCK, [(30, "a+b chord")]),
    ("press release", (AB,), [(0, "a+"), (20, "a-")], [(20, "a press"), (20, "a release")]),
    ("press hold", (AB,), STRUCK, [(30, "a+b chord")]),
    ("press hold", (AB,), [(0, "a+"), (900, "a-")], [(600, "a hold")]),  # from when it went down
    ("press hold", (AB,), [(0, "a+"), (90, "a-")], [(90, "a press")]),
    ("press hold", (AB,), [(0, "a+"), (30, "b+"), (9000, "a-")], [(30, "a+b chord")]),
    ("press double", (AB,), STRUCK, [(30, "a+b chord")]),
    ("press double", (AB,), [(0, "a+"), (20, "a-"), (90, "a+"), (99, "a-")], [(99, "a double")]),
    (  # the second half of a double is held back beyond the double time, and still is one
        "press double",
        (AB,),
        [(0, "a+"), (20, "a-"), (290, "a+"), (400, "a-")],
        [(340, "a double")],
    ),
    (  # a tap, then a chord
        "press double",
        (AB,),
        [(0, "a+"), (20, "a-"), (200, "a+"), (220, "b+")],
        [(220, "a press"), (220, "a+b chord")],
    ),
    # a release that got lost
    ("press", (AB,), [(0, "a+"), (20, "a+"), (30, "b+")], [(20, "a press"), (30, "a+b chord")]),
    ("press", (AB,), [*STRUCK[:2], (500, "a+"), (520, "b+")], [(30, "a+b chord"), (520, "a+b chord")]),
    ("press release", (AB,), [(0, "a+"), (200, "a+"), (210, "b+"), (300, "a-")],
     [(50, "a press"), (210, "a+b chord")]),
    # one chord within another, and two that share a pad
    ("press", (AB, ABC), [(0, "a+"), (10, "b+"), (20, "c+")], [(20, "a+b+c chord")]),
    ("press", (AB, ABC), [(0, "c+"), (10, "a+"), (20, "b+")], [(20, "a+b+c chord")]),
    ("press", (AB, ABC), [(0, "a+"), (10, "b+")], [(50, "a+b chord")]),
    ("press", (AB, ABC), [(0, "a+"), (10, "b+"), (30, "a-")], [(30, "a+b chord")]),
    ("press", (AB, ABC), [(0, "a+"), (10, "c+")], [(50, "a press"), (60, "c press")]),
    ("press", (AB, BC), [(0, "c+"), (10, "b+"), (20, "a+")], [(10, "b+c chord"), (70, "a press")]),
    # a pad that has nothing of its own
    ("hold", (AB,), [(0, "a+"), (20, "a-")], []),
    ("hold", (AB,), STRUCK, [(30, "a+b chord")]),
]  # fmt: skip


@pytest.mark.parametrize(("bound", "chords", "edges", "told"), TABLE)
def test_edges_become_chords_or_what_they_are_alone(
    bound: str, chords: tuple[tuple[str, ...], ...], edges: list[tuple[int, str]], told: Told
) -> None:
    assert played(machine(bound, *chords), edges, woken=True) == told


@pytest.mark.parametrize(("bound", "chords", "edges", "told"), TABLE)
def test_a_shell_that_wakes_late_hears_the_same(
    bound: str, chords: tuple[tuple[str, ...], ...], edges: list[tuple[int, str]], told: Told
) -> None:
    late = played(machine(bound, *chords), edges, woken=False)
    assert Counter(what for _, what in late) == Counter(what for _, what in told)


def test_a_control_that_is_only_part_of_a_chord_is_heard() -> None:
    gestures = Gestures([Heard({}, {}, (AB,))])
    assert played(gestures, STRUCK, woken=True) == [(30, "a+b chord")]


def test_a_chord_is_as_hard_as_its_hardest_finger() -> None:
    gestures = machine("press", AB)
    gestures.feed(Edge("a", "down", 0.25), at(0))
    assert gestures.feed(Edge("b", "down", 0.75), at(9)) == (Gestured("a+b", "chord", 0.75),)


def test_what_may_become_of_held_back_downs_is_told() -> None:
    gestures = machine("press", AB)
    gestures.feed(edge("a+"), at(0))
    assert set(gestures.open) == {(0, "a", "press"), (0, "a+b", "chord")}
    gestures.feed(edge("b+"), at(9))
    assert list(gestures.open) == []


def test_a_device_that_is_unplugged_leaves_no_finger_of_a_chord() -> None:
    gestures = machine("press release", AB)
    gestures.feed(edge("a+"), at(0))
    assert gestures.forget() == ()
    assert gestures.wake() is None
    assert gestures.feed(edge("a-"), at(20)) == ()
    gestures.feed(edge("b+"), at(30))
    assert gestures.advance(at(1000)) == (Gestured("b", "press"),)


STEPS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("+-"), st.integers(0, 400), st.booleans()),
    max_size=30,
)
CLOSE = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("+-"), st.integers(0, 30), st.booleans()),
    max_size=30,
)
BOUND = st.sampled_from(["press", "press hold", "press double", "press hold double release"])
CHORDS = st.lists(st.sampled_from([AB, BC, ABC, ("a", "d"), ("a", "b", "c", "d")]), unique=True)
WORTH = {"press": 1, "hold": 1, "double": 2, "chord": 1, "release": 0}


def worth(told: Iterable[Gestured]) -> Counter[str]:
    """Count for how many downs of each control the gestures stand."""
    total: Counter[str] = Counter()
    for one in told:
        for control in one.control.split("+"):
            total[control] += WORTH[one.gesture]
    return +total


@given(BOUND, CHORDS, STEPS | CLOSE)
def test_each_down_is_exactly_one_gesture_alone_or_with_others(
    bound: str, chords: list[tuple[str, ...]], steps: list[tuple[str, str, int, bool]]
) -> None:
    gestures = machine(bound, *chords)
    downs: Counter[str] = Counter()
    heard: Counter[str] = Counter()
    now = 0
    for control, way, wait, wakes in steps:
        now += wait
        if wakes:
            heard += worth(gestures.advance(at(now)))
        downs[control] += way == "+"
        heard += worth(gestures.feed(edge(control + way), at(now)))
    heard += worth(gestures.advance(at(now + 10_000)))
    assert gestures.wake() is None
    assert heard == +downs


@given(
    st.permutations(["a", "b", "c"]), st.lists(st.integers(0, 24), min_size=2, max_size=2), BOUND
)
def test_fingers_that_go_down_together_are_the_chord_in_any_order(
    order: list[str], gaps: list[int], bound: str
) -> None:
    times = [0, gaps[0], gaps[0] + gaps[1]]
    edges = [(t, f"{c}+") for t, c in zip(times, order, strict=True)]
    edges += [(200 + n, f"{c}-") for n, c in enumerate(order)]
    assert [what for _, what in played(machine(bound, ABC), edges, woken=True)] == ["a+b+c chord"]


@given(BOUND, CHORDS, STEPS | CLOSE)
def test_waking_when_asked_always_decides_something(
    bound: str, chords: list[tuple[str, ...]], steps: list[tuple[str, str, int, bool]]
) -> None:
    gestures, now = machine(bound, *chords), 0
    for control, way, wait, _ in steps:
        now += wait
        gestures.feed(edge(control + way), at(now))
        due = gestures.wake()
        assert due is None or due > now / 1000
    while (due := gestures.wake()) is not None:
        gestures.advance(Moment(due, 0))
        following = gestures.wake()
        assert following is None or following > due


# --- layers ---------------------------------------------------------------------------------------


def test_a_gesture_ends_in_the_layer_in_which_it_began() -> None:
    gestures = Gestures([Heard({"a": {"press", "hold"}}), Heard({"a": {"press", "release"}})])
    gestures.feed(edge("a+"), at(0), layer=0)
    assert gestures.feed(edge("a-"), at(90), layer=1) == (Gestured("a", "press", layer=0),)
    assert gestures.feed(edge("a+"), at(200), layer=1) == (Gestured("a", "press", layer=1),)
    assert gestures.feed(edge("a-"), at(290), layer=0) == (Gestured("a", "release", layer=1),)


def test_two_taps_in_two_layers_are_no_double() -> None:
    gestures = Gestures([Heard({"a": {"press", "double"}}), Heard({"a": {"press"}})])
    gestures.feed(edge("a+"), at(0))
    gestures.feed(edge("a-"), at(50))
    told = gestures.feed(edge("a+"), at(100), layer=1)
    assert told == (Gestured("a", "press", layer=0), Gestured("a", "press", layer=1))
    assert gestures.feed(edge("a-"), at(150), layer=1) == ()
    assert gestures.wake() is None


def test_fingers_in_two_layers_are_no_chord() -> None:
    bound = {"a": frozenset[Gesture]({"press"}), "b": frozenset[Gesture]({"press"})}
    gestures = Gestures([Heard(bound, {}, (AB,)), Heard(bound, {}, (AB,))])
    gestures.feed(edge("a+"), at(0), layer=0)
    assert gestures.feed(edge("b+"), at(10), layer=1) == ()
    assert gestures.advance(at(100)) == (
        Gestured("a", "press", layer=0),
        Gestured("b", "press", layer=1),
    )


@given(STEPS, st.lists(st.sampled_from([0, 1]), min_size=30, max_size=30))
def test_each_down_is_one_gesture_of_its_layer_whatever_layers_do(
    steps: list[tuple[str, str, int, bool]], layers: list[int]
) -> None:
    both: frozenset[Gesture] = frozenset({"press", "hold", "double"})
    gestures = Gestures([Heard(dict.fromkeys("abcd", both), {}, (AB,)) for _ in range(2)])
    downs: Counter[str] = Counter()
    heard: Counter[str] = Counter()
    now = 0
    for (control, way, wait, _), layer in zip(steps, layers, strict=False):
        now += wait
        if way == "+":
            downs[f"{control}{layer}"] += 1
        told = gestures.feed(edge(control + way), at(now), layer)
        heard += worth_by_layer(told)
    heard += worth_by_layer(gestures.advance(at(now + 10_000)))
    assert heard == +downs


def worth_by_layer(told: Iterable[Gestured]) -> Counter[str]:
    total: Counter[str] = Counter()
    for one in told:
        total += Counter({f"{c}{one.layer}": n for c, n in worth((one,)).items()})
    return total

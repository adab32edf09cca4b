"""Messages of one picture, gathered until it is whole."""

from __future__ import annotations

from bridge.app.tapped_lights import LONGEST, SOON, Pictures


def test_a_picture_is_told_when_nothing_more_of_it_follows_soon() -> None:
    pictures = Pictures()
    assert pictures.take("pads", [b"a", b"b"], 1.0 + SOON, 1.0) == ()
    assert pictures.take("keys", [b"x"], None, 1.01) == [b"x"]
    assert pictures.take("pads", [], 1.03, 1.02) == ()
    assert pictures.take("pads", [b"c"], 1.03 + 2 * SOON, 1.03) == [b"a", b"b", b"c"]
    assert pictures.keys == ()


def test_lights_that_never_rest_are_told_all_the_same() -> None:
    pictures, told = Pictures(), list[int]()
    for step in range(100):
        mono = 1.0 + step * SOON / 2
        if messages := pictures.take("pads", [b"a"], mono + SOON / 2, mono):
            told.append(len(messages))
    assert len(told) > 100 * SOON / 2 / LONGEST - 2
    assert len(set(told)) == 1


def test_what_was_left_can_be_had_or_forgotten() -> None:
    pictures = Pictures()
    for _ in range(2):
        pictures.take("pads", [b"a"], 1.0, 1.0)
    assert (pictures.rest("pads"), pictures.rest("pads")) == ([b"a", b"a"], [])
    pictures.take("pads", [b"a"], 1.0, 1.0)
    pictures.clear()
    assert pictures.keys == ()

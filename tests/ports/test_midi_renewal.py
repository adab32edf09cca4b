"""How often news of a device's mode has it entered again."""

from __future__ import annotations

import pytest

from bridge.ports.midi_renewal import ECHO, PAUSE, Renewal


def test_without_news_nothing_is_due() -> None:
    one = Renewal(confirms=True)
    assert one.left(0.0) is None
    one.entered(1.0)
    assert one.left(100.0) is None


def test_news_are_due_at_once_and_done_when_it_was_entered() -> None:
    one = Renewal(confirms=True)
    one.entered(0.0)
    assert one.tell(10.0)
    assert one.left(10.0) == 0
    one.entered(10.0)
    assert one.left(10.0) is None


def test_news_that_come_fast_wait_for_their_turn() -> None:
    one = Renewal(confirms=False)
    one.entered(0.0)
    assert one.tell(0.1)
    assert one.left(0.1) == pytest.approx(PAUSE - 0.1)
    assert one.tell(0.3)
    assert one.left(PAUSE) == 0
    one.entered(PAUSE)
    assert one.left(PAUSE) is None


def test_what_only_confirms_our_own_entering_is_no_news() -> None:
    one = Renewal(confirms=True)
    one.entered(5.0)
    assert not one.tell(5.0 + ECHO / 2)
    assert one.left(6.0) is None
    assert one.tell(5.0 + ECHO)
    assert one.left(6.0) == 0

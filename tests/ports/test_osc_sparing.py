"""Answers to what can't be read are few, however much of it comes."""

from __future__ import annotations

from bridge.ports.osc_sparing import ALL, EACH, Sparing


def test_a_host_is_answered_a_few_times_a_second() -> None:
    sparing = Sparing()
    assert [sparing.may("a", 0.1 * n) for n in range(EACH + 2)] == [True] * EACH + [False] * 2
    assert sparing.may("b", 0.9)
    assert sparing.may("a", 1.0)


def test_many_hosts_are_not_answered_without_end() -> None:
    sparing = Sparing()
    assert sum(sparing.may(f"host {n}", 0.0) for n in range(10 * ALL)) == ALL

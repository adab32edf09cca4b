"""Quiet hours are what a clock on the wall shows: over midnight, on days, in zones and summer time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.app.cueing import east, in_zone
from bridge.core.quiet import DAY, WEEK, Span, is_quiet, quiet_until, time_of_day, utc
from bridge.files import toml
from bridge.files.config import read_config


class Berlin(tzinfo):
    """Berlin in 2026, since not every machine has the table of zones."""

    def fromutc(self, when: datetime) -> datetime:
        plain = when.replace(tzinfo=None)
        summer = datetime(2026, 3, 29, 1) <= plain < datetime(2026, 10, 25, 1)  # noqa: DTZ001 - in UTC
        return when + timedelta(hours=2 if summer else 1)

    def utcoffset(self, _when: datetime | None) -> None:
        return None

    def dst(self, _when: datetime | None) -> None:
        return None

    def tzname(self, _when: datetime | None) -> None:
        return None


def spans(*written: str) -> tuple[Span, ...]:
    listed = ", ".join(f'"{one}"' for one in written)
    return read_config(toml.read(f"[cues]\nquiet = [{listed}]", "c")).settings.cues.quiet


def at(day: int, hour: int, minute: int = 0) -> int:
    return day * DAY + hour * 60 + minute


@pytest.mark.parametrize(
    ("written", "minute", "until"),
    [
        ("22:00-07:00", at(0, 21, 59), ""),
        ("22:00-07:00", at(0, 22), "07:00"),
        ("22:00-07:00", at(1, 6, 59), "07:00"),
        ("22:00-07:00", at(1, 7), ""),
        ("22:00-07:00", at(6, 23), "07:00"),
        ("22:00-07:00", at(0, 3), "07:00"),
        ("sat 10:00-12:00", at(5, 11), "12:00"),
        ("sat 10:00-12:00", at(6, 11), ""),
        ("sun 22:00-02:00", at(0, 1), "02:00"),
        ("sun 22:00-02:00", at(6, 1), ""),
        ("fri-mon 9:00-10:00", at(0, 9), "10:00"),
        ("fri-mon 9:00-10:00", at(3, 9), ""),
        ("Sat,Sun", at(5, 0), "mon 00:00"),
        ("sunday", at(6, 12), "00:00"),
        ("mon 00:00-24:00", at(0, 23, 59), "00:00"),
        ("mon-sun", at(2, 2), "further notice"),
    ],
)
def test_it_is_quiet_until(written: str, minute: int, until: str) -> None:
    assert quiet_until(spans(written), minute) == until
    assert is_quiet(spans(written), minute) is bool(until)


def test_spans_that_meet_are_one() -> None:
    quiet = spans("22:00-00:00", "00:00-06:00", "05:00-07:30")
    assert quiet_until(quiet, at(3, 23)) == "07:30"


@given(
    st.lists(st.tuples(st.integers(0, WEEK - 1), st.integers(1, DAY)), max_size=5),
    st.integers(0, WEEK - 1),
)
def test_quiet_and_until_agree(drawn: list[tuple[int, int]], minute: int) -> None:
    quiet = tuple((begin, begin + length) for begin, length in drawn)
    plain = {m % WEEK for begin, end in quiet for m in range(begin, end)}
    assert is_quiet(quiet, minute) is (minute in plain)
    until = quiet_until(quiet, minute)
    assert bool(until) is (minute in plain)
    if until and until != "further notice":
        step = next(n for n in range(1, WEEK + 1) if (minute + n) % WEEK not in plain)
        assert until.endswith(time_of_day((minute + step) % WEEK))


@given(st.integers(0, 4_000_000_000))
def test_utc_is_what_the_calendar_says(seconds: int) -> None:
    assert utc(float(seconds)) == in_zone(UTC)(float(seconds))


def berlin(month: int, day: int, hour: int, minute: int = 0) -> int:
    return in_zone(Berlin())(datetime(2026, month, day, hour, minute, tzinfo=UTC).timestamp())


def test_an_instant_is_quiet_where_one_is() -> None:
    """20:30 UTC is half past ten in the evening in Berlin, in summer."""
    quiet = spans("22:00-07:00")
    assert is_quiet(quiet, berlin(7, 1, 20, 30))
    assert not is_quiet(quiet, utc(datetime(2026, 7, 1, 20, 30, tzinfo=UTC).timestamp()))
    assert not is_quiet(quiet, berlin(12, 1, 20, 30))


def test_the_night_that_clocks_go_forward_ends_as_clocks_show() -> None:
    quiet = spans("22:00-07:00")
    assert is_quiet(quiet, berlin(3, 29, 4, 59))
    assert not is_quiet(quiet, berlin(3, 29, 5, 0))


def test_the_hour_that_comes_twice_is_quiet_twice() -> None:
    quiet = spans("sun 02:00-03:00")
    hours = [
        is_quiet(quiet, berlin(10, 24, 23, 59) if n < 0 else berlin(10, 25, n))
        for n in range(-1, 3)
    ]
    assert hours == [False, True, True, False]


def test_an_hour_that_there_is_not_is_never_quiet() -> None:
    quiet = spans("sun 02:00-03:00")
    assert not any(is_quiet(quiet, berlin(3, 29, n // 60, n % 60)) for n in range(240))


@pytest.mark.parametrize("hours", [-11, -3, 0, 5, 14])
def test_a_zone_is_known_by_its_distance(hours: int) -> None:
    zone = in_zone(timezone(timedelta(hours=hours)))
    assert {east(zone, n * 3601.0) for n in range(400)} == {hours * 3600}

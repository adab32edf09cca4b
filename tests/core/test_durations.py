from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bridge.core import durations
from bridge.errors import Invalid

ALLOWED = "allowed are 90s, 5m, 1h30m, 2:30 or a number of seconds, up to 24h"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90s", 90.0),
        ("5m", 300.0),
        ("1h30m", 5400.0),
        ("1h 30m", 5400.0),
        (" 1 h 30 m 5 s ", 5405.0),
        ("1.5h", 5400.0),
        ("2.5m", 150.0),
        ("20 min", 1200.0),
        ("10 sec", 10.0),
        ("5M", 300.0),
        ("2:30", 150.0),
        ("0:05", 5.0),
        ("90:00", 5400.0),
        ("1:02:03", 3723.0),
        ("24:00:00", 86400.0),
        ("300", 300.0),
        ("1.5", 1.5),
        ("-5m", -300.0),
        ("- 5m", -300.0),
        ("-2:30", -150.0),
        ("+5m", 300.0),
        ("0", 0.0),
        (300, 300.0),
        (-1.5, -1.5),
        (86400, 86400.0),
    ],
)
def test_a_duration_is_read_in_every_form_people_write(text: str | float, seconds: float) -> None:
    assert durations.parse(text) == seconds
    assert isinstance(durations.parse(text), float)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("soon", f'"soon" is not a duration; {ALLOWED}'),
        ("", f'"" is not a duration; {ALLOWED}'),
        ("-", f'"-" is not a duration; {ALLOWED}'),
        ("--5", f'"--5" is not a duration; {ALLOWED}'),
        ("5x", f'"5x" is not a duration; {ALLOWED}'),
        ("1 5m", f'"1 5m" is not a duration; {ALLOWED}'),
        ("30m1h", f'"30m1h" is not a duration; {ALLOWED}'),
        ("2:60", f'"2:60" is not a duration; {ALLOWED}'),
        ("2:3", f'"2:3" is not a duration; {ALLOWED}'),
        ("1:60:00", f'"1:60:00" is not a duration; {ALLOWED}'),
        ("1:2:03", f'"1:2:03" is not a duration; {ALLOWED}'),
        (":30", f'":30" is not a duration; {ALLOWED}'),
        (".5h", f'".5h" is not a duration; {ALLOWED}'),
        ("1e3", f'"1e3" is not a duration; {ALLOWED}'),
        ("nan", f'"nan" is not a duration; {ALLOWED}'),
        ("inf", f'"inf" is not a duration; {ALLOWED}'),
        ("٣m", f'"٣m" is not a duration; {ALLOWED}'),
        ("5\x00m", f'"5\\x00m" is not a duration; {ALLOWED}'),
        ("5m\n5s", f'"5m\\n5s" is not a duration; {ALLOWED}'),
        (math.nan, f"nan is not a duration; {ALLOWED}"),
        (True, f"True is not a duration; {ALLOWED}"),
        (math.inf, f"inf is longer than 24h; {ALLOWED}"),
        (-math.inf, f"-inf is longer than 24h; {ALLOWED}"),
        ("25h", f'"25h" is longer than 24h; {ALLOWED}'),
        ("-24:00:01", f'"-24:00:01" is longer than 24h; {ALLOWED}'),
        ("9" * 32, f'"{"9" * 32}" is longer than 24h; {ALLOWED}'),
        pytest.param(
            "9" * 100_000, f'"{"9" * 31}…" is not a duration; {ALLOWED}', id="100,000 digits"
        ),
        pytest.param(
            10**5000, f"a number of that size is longer than 24h; {ALLOWED}", id="huge number"
        ),
    ],
)
def test_what_is_no_duration_is_refused_with_what_is_allowed(
    text: str | float, problem: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        durations.parse(text)
    assert str(refusal.value) == problem


@given(st.text(max_size=60))
@example("1:" * 20)
@example("-" * 30)
def test_no_text_raises_anything_but_invalid(text: str) -> None:
    seconds, told = 0.0, ""
    try:
        seconds = durations.parse(text)
    except Invalid as refusal:
        told = str(refusal)
    assert told.isprintable()
    assert abs(seconds) <= durations.LONGEST


def test_a_longer_limit_can_be_asked_for() -> None:
    assert durations.parse("30h", longest=100 * 3600.0) == 30 * 3600.0


@pytest.mark.parametrize(
    ("seconds", "face"),
    [
        (1500.0, "25:00"),
        (1500.0000002, "25:00"),
        (1499.9, "25:00"),
        (1499.0, "24:59"),
        (754, "12:34"),
        (3723, "1:02:03"),
        (3600, "1:00:00"),
        (3599.5, "1:00:00"),
        (0.01, "0:01"),
        (0, "0:00"),
        (-0.99, "0:00"),
        (-1.0, "-0:01"),
        (-5.0, "-0:05"),
        (-5.99, "-0:05"),
        (-6.0, "-0:06"),
        (-3723.9, "-1:02:03"),
    ],
)
def test_the_clock_rounds_what_remains_up_and_overtime_down(seconds: float, face: str) -> None:
    assert durations.clock(seconds) == face


@given(st.floats(min_value=-86400, max_value=86400))
def test_the_clock_never_shows_zero_before_zero_and_never_jumps(seconds: float) -> None:
    shown = durations.whole(seconds)
    assert -1e-5 <= shown - seconds < 1 + 1e-5
    assert (shown > 0) == (seconds > 1e-6)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (1500, "25m"),
        (5400, "1h30m"),
        (90, "90s"),
        (60, "1m"),
        (119, "119s"),
        (120, "2m"),
        (125, "2m5s"),
        (3600, "1h"),
        (3661, "1h1m1s"),
        (3601, "1h1s"),
        (0, "0s"),
        (-300, "-5m"),
        (0.5, "0.5s"),
        (754.25, "754.25s"),
        (-1e-9, "0s"),
        (86400, "24h"),
    ],
)
def test_words_are_short_and_exact(seconds: float, text: str) -> None:
    assert durations.words(seconds) == text


@given(st.floats(min_value=-86400, max_value=86400) | st.integers(-86400, 86400))
def test_what_is_written_is_read_back(seconds: float) -> None:
    assert durations.parse(durations.words(seconds)) == round(float(seconds), 6)


@given(st.integers(-86400, 86400))
def test_a_clock_face_is_read_back_too(seconds: int) -> None:
    assert durations.parse(durations.clock(seconds)) == seconds


@pytest.mark.parametrize(
    ("title", "split"),
    [
        ("Write chord progression (20m)", ("Write chord progression", 1200.0)),
        ("Write chord progression (1h 30m) ", ("Write chord progression", 5400.0)),
        ("Bounce (2:30)", ("Bounce", 150.0)),
        ("Layer (wide) pads (10m)", ("Layer (wide) pads", 600.0)),
        ("(20m)", ("", 1200.0)),
        ("Record take (2)", ("Record take (2)", None)),
        ("Raise by (1.5)", ("Raise by (1.5)", None)),
        ("Record (again)", ("Record (again)", None)),
        ("Fade (0s)", ("Fade (0s)", None)),
        ("Move by (-5m)", ("Move by (-5m)", None)),
        ("(20m) Write chords", ("(20m) Write chords", None)),
        ("Write chords 20m", ("Write chords 20m", None)),
        ("Two ((5m))", ("Two ((5m))", None)),
        ("", ("", None)),
    ],
)
def test_a_budget_in_the_title_is_taken_out(title: str, split: tuple[str, float | None]) -> None:
    assert durations.budget_in_title(title) == split


def test_a_budget_in_the_title_of_more_than_a_day_is_refused() -> None:
    with pytest.raises(Invalid, match='"30h" is longer than 24h'):
        durations.budget_in_title("Everything (30h)")


@pytest.mark.parametrize("title", ["(" * 50_000, "()" * 50_000, "((5m) " * 20_000], ids=len)
def test_a_hostile_title_costs_linear_time(title: str) -> None:
    assert durations.budget_in_title(title)[1] in (None, 300.0)

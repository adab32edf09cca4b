"""Whatever comes back from REAPER's web interface, or from what stands in its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.daw import reaper_script as script
from bridge.daw.reaper import ReaperTarget
from bridge.messages import (
    HttpAnswer,
    HttpAsk,
    Marker,
    Osc,
    RestoreColours,
    RunAction,
    StatusText,
    StopTransport,
    TrackColour,
)
from bridge.moment import Moment
from tests.standins.reaper_talk import BLUE, SETTINGS

RED = "#FF1744"


LINES = st.sampled_from(
    ["EXTSTATE\tsongbridge\treply\t", "TRANSPORT\t1\t0", "songbridge.1.", "a1.1.ok", "no.track.t41",
     ".ok.t7b.1.99999999999", "\n", "\t", "ok.t.-1.-1", "9" * 30]
) | st.text(max_size=30)  # fmt: skip
ANSWERS = st.builds(
    HttpAnswer,
    st.integers(0, 12),
    st.sampled_from([200, 200, 200, 401, 404, 500, -1]),
    st.lists(LINES, max_size=6).map("".join),
    st.sampled_from(["", "", "", "nobody", "cut"]),
)
CUES = st.sampled_from(
    [Marker("Mix", BLUE), Marker("{odd}", BLUE), TrackColour("Bass", RED), RestoreColours(),
     StopTransport(), RunAction("40157"), StatusText("x")]
)  # fmt: skip


@given(st.lists(CUES | ANSWERS | st.floats(0.0, 8.0), max_size=40))
def test_whatever_comes_back_nothing_is_raised_and_deadlines_move_on(
    steps: list[object],
) -> None:
    target, now = ReaperTarget(SETTINGS), 50.0
    for step in steps:
        moment = Moment(now, now)
        match step:
            case float():
                now += step
            case HttpAnswer():
                target.answered(step, moment)
            case _:
                target.tell(step, moment)  # type: ignore[arg-type] # a cue by the strategy
        out = target.advance(Moment(now, now))
        assert all(isinstance(one, Osc | HttpAsk) for one in out)
        wake = target.wake()
        assert wake is None or wake > now
        assert "\n" not in target.status(Moment(now, now)).detail


@given(st.text(), st.text(max_size=8))
def test_any_text_is_read_as_a_reply_or_refused(text: str, field: str) -> None:
    assert script.rolling(text) is None or "TRANSPORT" in text
    assert isinstance(script.plain(field), str)
    if "EXTSTATE" not in text:
        with pytest.raises(ValueError, match="no EXTSTATE"):
            script.reply(text)


@given(st.text(max_size=60))
def test_a_text_comes_back_as_it_went(text: str) -> None:
    clean = text.encode("utf-8", "replace").decode("utf-8")
    assert script.plain(script.text(text)) == clean

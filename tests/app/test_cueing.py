"""Cues on their way out: foreseen or worked out now, by the rules of now, and quiet in quiet hours."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as chosen
from hypothesis import strategies as st

from bridge.app.cueing import cues_of, in_zone
from bridge.app.recorder import Recorder, head_of
from bridge.app.rehearsal import Rehearsal
from bridge.app.rehearsal_materials import Instead, gathered
from bridge.app.service import RunningService
from bridge.core.actions import Action
from bridge.core.cue_words import PLACEHOLDERS
from bridge.core.foresight import Foresight
from bridge.core.react import EVENTS, aloud
from bridge.core.replacing import replace
from bridge.daw.target import DawSettings
from bridge.errors import Invalid, Refused
from bridge.files import toml
from bridge.files.config import read_config
from bridge.files.recording import read_recording
from bridge.files.recording_lines import End, text_of
from bridge.messages import RestoreColours
from bridge.web.role import Traffic
from tests.standins.desk import SONG, Desk
from tests.standins.ruled import settings
from tests.standins.studio import Studio

OSC = DawSettings("osc", port=9001)
CUE = "/songbridge/cue/"


def studio(text: str) -> Studio:
    return Studio([SONG], settings=settings(text), daws=[OSC])


def sent(studio: Studio) -> list[str]:
    """Return the cues that went out since the last look, as words."""
    told = [m for key, m in studio.osc.sent if key == "osc" and m.address.startswith(CUE)]
    studio.osc.sent.clear()
    return [" ".join((m.address.removeprefix(CUE), *map(str, m.args))) for m in told]


def test_the_time_that_was_spent_is_told_as_it_is_when_it_is_told() -> None:
    desk = studio('[[cue]]\non = "completed"\nmarker = "{task}: {spent}"')
    desk.do("start")
    desk.wait(7 * 60)
    sent(desk)
    desk.do("complete")
    assert sent(desk)[0] == "marker Write chord progression: 7m #3FA7FF"


def test_one_of_two_programs_of_a_kind_is_told_though_the_other_has_no_name() -> None:
    text = (
        '[[daw]]\nkind = "osc"\n[[daw]]\nkind = "osc"\nname = "Lights"\nhost = "127.0.0.1:9002"\n'
    )
    rule = '[[cue]]\non = "paused"\ndaw = "{}"\ntext = "tea"\n'
    usual = "paused: Write chord progression"
    for name, texts in (
        ("Lights", {"Lights": "tea", "osc": usual}),
        ("osc", dict.fromkeys(("Lights", "osc"), "tea")),
    ):
        config = read_config(toml.read(text + rule.format(name), "c.toml"))
        desk = Studio([SONG], settings=config.settings, daws=config.daws)
        desk.do("start")
        desk.osc.sent.clear()
        desk.do("pause")
        assert {key: m.args[0] for key, m in desk.osc.sent} == texts


def test_what_was_foreseen_under_other_rules_is_not_told() -> None:
    desk = studio("")
    desk.do("start")
    sent(desk)
    desk.session.engine.settings = settings('[[cue]]\non = "completed"\ntext = "well done"')
    desk.do("complete")
    assert sent(desk)[0] == "text well done"


def test_it_is_quiet_where_the_service_stands() -> None:
    """20:00 in UTC, when the desk begins, is 22:00 two hours further east."""
    east = in_zone(timezone(timedelta(hours=2)))
    for local, told in (
        (east, []),
        (in_zone(UTC), ["text paused: Write chord progression"]),
    ):
        desk = studio('[cues]\nquiet = "22:00-07:00"')
        desk.session.local = local
        desk.do("start")
        sent(desk)
        desk.do("pause")
        assert sent(desk) == told
        desk.do("mark", "here")
        assert sent(desk) == ["marker here #3FA7FF"]


def test_quiet_ends_by_itself() -> None:
    desk = studio('[cues]\nquiet = "19:00-20:10"')
    desk.do("start")
    assert sent(desk) == []
    desk.wait(10 * 60)
    desk.do("complete")
    assert sent(desk)[0] == "marker done: Write chord progression #3FA7FF"


def test_status_says_until_when_it_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = studio('[cues]\nquiet = "19:00-21:00"')
    service = RunningService(desk.session, desk.inbox.put, list)
    monkeypatch.setattr("bridge.moment.now", lambda: desk.moment)
    assert service.status()["quiet_until"] == "21:00"
    desk.wait(3600)
    assert service.status()["quiet_until"] == ""


def test_a_rehearsal_is_told_by_the_rules_and_quiet_as_the_service_was(tmp_path: Path) -> None:
    rule = '[[cue]]\non = "started"\nmarker = "{time} {task}"\n'
    desk = studio('[cues]\nquiet = "22:10-07:00"\n' + rule)
    desk.session.local = in_zone(timezone(timedelta(hours=2)))
    began = desk.moment
    lines = [text_of(head_of(desk.session, None, began))]
    desk.taps.record(Recorder(lambda line, _at: lines.append(line), began, desk.session))
    desk.do("start")
    desk.wait(15 * 60)
    desk.do("start", 2)
    lines.append(text_of(End(desk.moment.mono - began.mono, end=True)))
    file = tmp_path / "r.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    recording, heard = read_recording(file), list[Traffic]()
    Rehearsal(recording, gathered(recording, None, Instead()), heard.append).play()
    assert [one.text for one in heard if one.channel == "cue"] == [
        "/songbridge/cue/marker '22:00 Write chord progression' '#3FA7FF'"
    ]


# --- any rules, any history -----------------------------------------------------------------------

words = st.lists(st.sampled_from(EVENTS), min_size=1, max_size=4)
templates = st.lists(
    st.sampled_from(
        [*(f"{{{one}}}" for one in PLACEHOLDERS), " - ", ": ", "({over} over)", "x", "{{"]
    ),
    max_size=4,
).map("".join)
colours = st.sampled_from(["", "section", "state", "#12aBcd"])
kinds = st.lists(st.sampled_from(["osc", "Desk", "reaper", "ableton"]), max_size=2)


@st.composite
def rules(draw: st.DrawFn) -> str:
    stop = draw(st.sampled_from(["", "stop = true\n"]))
    text = f"[[cue]]\non = {draw(words)}\ntext = '{draw(templates)}'\n{stop}"
    if marker := draw(templates):
        text += f"marker = '{marker}'\ncolour = '{draw(colours)}'\n"
    text += f"track = '{draw(colours)}'\ndaw = {draw(kinds)}\n"
    return text + draw(
        st.sampled_from(["", "section = 'mixing'\n", "song = 'moss'\n", "action = 7\n"])
    )


@st.composite
def configurations(draw: st.DrawFn) -> str:
    head = (
        "[[daw]]\nkind = 'osc'\n[[daw]]\nkind = 'osc'\nname = 'Desk'\n[[daw]]\nkind = 'reaper'\n[cues]\n"
        f"defaults = {str(draw(st.booleans())).lower()}\n"
        f"colours = '{draw(st.sampled_from(['both', 'section', 'state']))}'\n"
        f"quiet = {draw(st.sampled_from([[], ['20:10-21:00'], ['mon']]))}\n"
        f"stop_for_break = {str(draw(st.booleans())).lower()}\n"
    )
    return head + "".join(draw(st.lists(rules(), max_size=3)))


actions = st.sampled_from(
    [
        Action("start"), Action("start", 2), Action("complete"), Action("skip"), Action("later"),
        Action("pause"), Action("resume"), Action("break"), Action("mark"), Action("mark", "{x}"),
        Action("note", "y"), Action("undo"), Action("extend", "-5m"), Action("stage", "next"),
        Action("prep"), Action("song", "next"), Action("end"), Action("toggle"), Action("back"),
    ]
)  # fmt: skip


def happen(desk: Desk, foresight: Foresight, action: Action) -> None:
    """Let `action` happen as the service does; check what it tells before it is true."""
    while foresight.ponder(desk.moment):
        pass
    decision = foresight.recall(action, desk.moment, "pad")
    if decision is None:
        decision = desk.engine.propose(action, desk.moment, "pad")
    engine, local = desk.engine, in_zone(timezone(timedelta(hours=1)))
    after, heard = engine.after(decision), list(cues_of(engine, decision, local))
    each = [aloud(entry, after, engine.book, local) for entry in decision.entries]
    assert heard == [cue for cues in each for cue in cues]
    for entry, cues in zip(decision.entries, each, strict=True):
        assert len(set(cues)) == len(cues)
        assert sum(isinstance(cue, RestoreColours) for cue in cues) <= 1
        for key in ("osc", "Desk", "reaper"):
            heard_there = [replace(c, to=()) for c in cues if not c.to or key in c.to]
            assert len(set(heard_there)) == len(heard_there)
        assert aloud(entry, after, engine.book, local) == cues
    desk._keep(decision)


@chosen(max_examples=150, deadline=None)
@given(configurations(), st.lists(st.tuples(actions, st.integers(0, 2400)), max_size=12))
def test_whatever_rules_are_read_they_tell_every_fact_once_and_never_fail(
    text: str, history: list[tuple[Action, int]]
) -> None:
    try:
        read = settings(text)
    except Invalid:
        return
    desk = Desk(read, SONG)
    foresight = Foresight(desk.engine)
    for action, seconds in history:
        desk.wait(seconds)
        try:
            happen(desk, foresight, action)
        except (Refused, Invalid):
            continue


@pytest.mark.parametrize("at", [0.0, -1e13, 1e13, 1.8e9])
def test_every_instant_has_a_time_of_day(at: float) -> None:
    assert in_zone()(at) in range(7 * 24 * 60)

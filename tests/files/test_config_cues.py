"""What ``[cues]`` and ``[[cue]]`` may say, and how each fault is told."""

from __future__ import annotations

import pytest

from bridge.core.cue_rules import NO_RULES, CueRule, CueSettings
from bridge.core.cue_words import PLACEHOLDERS
from bridge.core.react import EVENTS
from bridge.errors import Invalid
from tests.standins.ruled import settings

STARTED = '[[cue]]\non = "started"\n'
BITWIG = '[[daw]]\nkind = "bitwig"\n'
TASKS = (
    "started, paused, resumed, completed, skipped, set-aside, extended, time-up, away, break,"
    " break-over, marked, noted, task-added, task-edited, moved, undone, take-began, take-ended,"
    " ear-rest, handed-over, hand-over-done"
)


def test_nothing_written_is_what_was_told_before() -> None:
    assert settings("").cues == settings('[[daw]]\nkind = "osc"').cues == NO_RULES


def test_every_key_arrives() -> None:
    text = """
    [[daw]]
    kind = "reaper"
    [cues]
    defaults = false
    colours = "state"
    quiet = "sun 10:00-11:00"
    stop_for_break = true
    restore_colours = false
    [[cue]]
    on = ["Started", "started", "break"]
    marker = " {task} "
    colour = "State"
    track = "#abcdef"
    text = "{text}"
    action = 40157
    stop = true
    daw = "REAPER"
    section = ["Mixing", "vocals"]
    song = "Moss"
    """
    assert settings(text).cues == CueSettings(
        rules=(
            CueRule(
                on=("started", "break"),
                marker="{task}",
                colour="state",
                track="#ABCDEF",
                text="{text}",
                action="40157",
                stop=True,
                to=("reaper",),
                songs=("moss",),
                sections=("mixing", "vocals"),
            ),
        ),
        defaults=False,
        colours="state",
        quiet=((6 * 1440 + 600, 6 * 1440 + 660),),
        stop_for_break=True,
        restore_colours=False,
        links=("reaper",),
    )


def test_a_kind_that_no_daw_is_of_stays_a_kind() -> None:
    assert settings(STARTED + 'daw = "ableton"').cues.rules[0].to == ("ableton",)


@pytest.mark.parametrize(
    "quiet", ["9:00-10:00", "MON - FRI 9:00 - 10:00", "monday,tue", "sun 23:00-24:00"]
)
def test_quiet_hours_may_be_written_so(quiet: str) -> None:
    assert settings(f'[cues]\nquiet = ["{quiet}"]').cues.quiet


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('[[cue]]\nmarker = "x"', ":1: cue[1].on: is missing; needed: text or a list of texts"),
        (
            '[[cue]]\non = "startd"',
            f':2: cue[1].on: found "startd"; did you mean "started"? allowed: {", ".join(EVENTS)}',
        ),
        (
            "[[cue]]\non = []",
            f":2: cue[1].on: names no event; allowed: one or several of {', '.join(EVENTS)}",
        ),
        (
            STARTED + 'marker = "{tsk}"',
            f':3: cue[1].marker: found "{{tsk}}"; did you mean "task"? allowed: {", ".join(PLACEHOLDERS)}',
        ),
        (
            STARTED + 'text = "{task.title}"',
            f':3: cue[1].text: found "{{task.title}}"; allowed: {", ".join(PLACEHOLDERS)}',
        ),
        (STARTED + 'text = "{task"', ":3: cue[1].text: found { alone; write {{ for a brace"),
        (
            '[[cue]]\non = "ended"\nmarker = "{task}"',
            (':3: cue[1].marker: found "{task}", which ended never has; allowed: song, stage, person,'
            " time, event"),
        ),
        (
            STARTED + 'text = "{text}"',
            (':3: cue[1].text: found "{text}", which started never has; allowed: song, stage, task, section,'
            " track, person, budget, spent, left, over, round, time, event"),
        ),
        (
            STARTED + 'track = "blue"',
            ':3: cue[1].track: found "blue"; allowed: section, state, or a colour such as "#3FA7FF"',
        ),
        (
            STARTED + 'track = "#12345"',
            ':3: cue[1].track: found "#12345"; allowed: a colour such as "#3FA7FF"',
        ),
        (
            '[[cue]]\non = "ended"\ntrack = "state"',
            f":3: cue[1].track: needs a task, which ended never has; allowed with: {TASKS}",
        ),
        (
            '[[cue]]\non = ["song", "goal"]\nsection = "mixing"',
            f":3: cue[1].section: needs a task, which song or goal never has; allowed with: {TASKS}",
        ),
        (
            STARTED + 'colour = "state"',
            ":3: cue[1].colour: is a marker's colour, and this rule has no marker; a track's colour is track",
        ),
        (
            '[[daw]]\nkind = "osc"\nname = "Laptop"\n' + STARTED + 'daw = ["Laptop", "repaer"]',
            (':6: cue[1].daw[2]: found "repaer"; did you mean "reaper"? allowed: Laptop, ableton, ardour,'
            " bitwig, midi, osc, reaper"),
        ),
        (
            BITWIG + STARTED + 'daw = "bitwig"\naction = 21',
            ":6: cue[1].action: found 21; allowed for bitwig: 1 to 20, the actions of its OSC controller",
        ),
        (
            '[[daw]]\nkind = "ableton"\n' + STARTED + 'daw = "ableton"\naction = "play"',
            ':6: cue[1].action: found "play"; allowed for ableton: none, for Live runs no actions',
        ),
        (
            '[[daw]]\nkind = "midi"\nsend = "cc"\n' + STARTED + 'daw = "midi"\naction = "save"',
            (':7: cue[1].action: found "save"; allowed for midi: the number of a control change, 0 to 127'),
        ),
        (
            '[[daw]]\nkind = "reaper"\n' + STARTED + 'daw = "reaper"\naction = "1;1016"',
            (':6: cue[1].action: found "1;1016"; allowed for reaper: the command id of an action, such as'
            " 40157 or _RS7d3c"),
        ),
        (STARTED + "action = true", ":3: cue[1].action: found true; allowed: text or a whole number"),
        (STARTED + "mark = 1", (':3: cue[1].mark: is not known; did you mean "marker"? allowed: on, marker,'
            " colour, track, text, action, stop, daw, section, song")),
        ('[cues]\ncolours = "x"', ':2: cues.colours: found "x"; allowed: "both", "section" or "state"'),
        (
            '[cues]\nquiet = "22-7"',
            (':2: cues.quiet: found "22-7"; allowed: such as "22:00-07:00", "sat,sun 10:00-12:00",'
            ' "mon-fri 9:00-17:00" or "sun"'),
        ),
        (
            '[cues]\nquiet = ["22:00-25:00"]',
            (':2: cues.quiet[1]: found "22:00-25:00"; allowed: such as "22:00-07:00", "sat,sun 10:00-12:00",'
            ' "mon-fri 9:00-17:00" or "sun"'),
        ),
        (
            '[cues]\nquiet = "satt 1:00-2:00"',
            ':2: cues.quiet: found "satt"; did you mean "sat"? allowed: mon, tue, wed, thu, fri, sat, sun',
        ),
        (
            '[cues]\nquiet = "7:00-7:00"',
            ':2: cues.quiet: found "7:00-7:00", which is no time at all; a whole day: 00:00-24:00',
        ),
        (STARTED * 65, ":1: cue: has 65 entries; allowed: up to 64"),
    ],
)  # fmt: skip
def test_a_wrong_rule_is_refused_with_its_line_and_key(text: str, error: str) -> None:
    with pytest.raises(Invalid) as refused:
        settings(text)
    assert str(refused.value) == f"c.toml{error}"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('kind = "ableton"\nableset = 1', ":3: daw[1].ableset: found 1; allowed: true or false"),
        (
            'kind = "osc"\nableset = false',
            ':3: daw[1].ableset: means nothing to kind = "osc"; allowed: kind, name, host, listen',
        ),
    ],
)
def test_the_switch_for_ableset_is_lives_alone(text: str, error: str) -> None:
    with pytest.raises(Invalid) as refused:
        settings(f"[[daw]]\n{text}")
    assert str(refused.value) == f"c.toml{error}"


@pytest.mark.parametrize("daw", ['"bitwig"', '["bitwig", "osc"]', '["osc"]'])
def test_an_action_that_one_of_the_daws_can_run_is_taken(daw: str) -> None:
    """What several DAWs are told together each takes as it can; without names nobody knows."""
    action = "20" if daw == '"bitwig"' else "21"
    text = f'{BITWIG}[[daw]]\nkind = "osc"\n{STARTED}daw = {daw}\naction = "{action}"'
    assert settings(text).cues.rules[0].action == action
    assert settings(f'{BITWIG}{STARTED}action = "save"').cues.rules[0].action == "save"

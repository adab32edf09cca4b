"""Which fact tells which cue: one's own rules beside the default ones."""

from __future__ import annotations

import pytest

from bridge.core.actions import SongDraft, TaskDraft
from bridge.core.cue_book import CueBook
from bridge.core.cue_rules import CueRule, CueSettings
from bridge.core.cue_words import DONE, PLACEHOLDERS, RESTING, UP, WORKING
from bridge.core.quiet import utc
from bridge.core.react import EVENTS, aloud
from bridge.core.settings import Settings
from bridge.messages import (
    Cue,
    Marker,
    RestoreColours,
    RunAction,
    StatusText,
    StopTransport,
    TrackColour,
)  # fmt: skip
from tests.standins.desk import SONG, Desk
from tests.standins.ruled import settings, told

COMPOSITION, SOUND_DESIGN = "#3FA7FF", "#C77DFF"
DAWS = '[[daw]]\nkind = "reaper"\n[[daw]]\nkind = "osc"\nname = "Laptop"\n[[daw]]\nkind = "osc"\n'


def ruled(text: str, *songs: SongDraft) -> Desk:
    return Desk(settings(text), *(songs or (SONG,)))


def cues(desk: Desk, name: str, argument: str | int | None = None) -> list[Cue]:
    return told(desk, desk.do(name, argument))


def test_a_rule_takes_the_place_of_its_facts_default_and_of_no_other() -> None:
    desk = ruled('[[cue]]\non = "started"\nmarker = "{song}: {section}: {task}"')
    assert cues(desk, "start") == [
        Marker("Northern Lights: composition: Write chord progression", COMPOSITION)
    ]
    assert cues(desk, "pause") == [StatusText("paused: Write chord progression")]


def test_a_rule_that_tells_nothing_silences_its_fact() -> None:
    desk = ruled('[[cue]]\non = ["started", "paused"]')
    assert cues(desk, "start") == cues(desk, "pause") == []
    assert cues(desk, "resume") == [StatusText("Write chord progression: on it again")]


def test_a_box_that_grows_while_its_task_rests_leaves_it_resting() -> None:
    desk = ruled('[[cue]]\non = "extended"\ntrack = "state"')
    desk.do("start", 2)
    running = cues(desk, "extend")
    desk.do("pause")

    assert running == [TrackColour("Bass", WORKING)]
    assert cues(desk, "extend") == [TrackColour("Bass", RESTING)]


def test_without_defaults_only_ones_own_rules_tell() -> None:
    desk = ruled('[cues]\ndefaults = false\n[[cue]]\non = "completed"\nmarker = "{task}!"')
    assert cues(desk, "start") == []
    assert cues(desk, "complete") == [Marker("Write chord progression!", COMPOSITION)]


def test_a_rule_for_one_section_leaves_the_default_to_the_others() -> None:
    desk = ruled('[[cue]]\non = "started"\nsection = "Sound Design"\nmarker = "sound: {task}"')
    assert cues(desk, "start", 2) == [Marker("sound: Design sound for bassline", SOUND_DESIGN)]
    assert Marker("Balance drums and bass", "#FFB000") in cues(desk, "start", 3)


@pytest.mark.parametrize("name", ["Northern Lights", "northern-lights"])
def test_a_rule_for_one_song_takes_its_title_or_id(name: str) -> None:
    other = SongDraft("Moss", tasks=(TaskDraft("Record the creek"),))
    desk = ruled(f'[[cue]]\non = "started"\nsong = "{name}"\ntext = "up north"', SONG, other)
    assert cues(desk, "start") == [StatusText("up north")]
    assert StatusText("Record the creek (25m)") in cues(desk, "start", "moss.1")


def test_a_rule_for_one_daw_leaves_the_default_to_the_others() -> None:
    desk = ruled(DAWS + '[[cue]]\non = "paused"\ndaw = "reaper"\nmarker = "tea"')
    desk.do("start")
    assert cues(desk, "pause") == [
        Marker("tea", COMPOSITION, ("reaper",)),
        StatusText("paused: Write chord progression", ("Laptop", "osc")),
    ]


def test_a_kind_means_all_of_it_and_a_name_one() -> None:
    rules = [
        ('"osc"', ("Laptop", "osc")),
        ('"laptop"', ("Laptop",)),
        ('["Laptop", "osc"]', ("Laptop", "osc")),
    ]
    for written, to in rules:
        desk = ruled(
            f'{DAWS}[cues]\ndefaults = false\n[[cue]]\non = "started"\ndaw = {written}\nstop = true'
        )
        assert cues(desk, "start") == [StopTransport(to)]


def test_rules_for_all_daws_together_leave_nothing_to_the_default() -> None:
    rule = '[[cue]]\non = "paused"\ndaw = "{}"\ntext = "{}"\n'
    desk = ruled(DAWS + rule.format("reaper", "r") + rule.format("osc", "o"))
    desk.do("start")
    assert cues(desk, "pause") == [StatusText("r", ("reaper",)), StatusText("o", ("Laptop", "osc"))]


def test_rules_for_one_fact_stand_side_by_side_and_the_same_cue_is_told_once() -> None:
    one = '[[cue]]\non = "started"\ntext = "{task}"\n'
    desk = ruled(one + '[[cue]]\non = "started"\naction = 40157\n' + one)
    assert cues(desk, "start") == [StatusText("Write chord progression"), RunAction("40157")]


def test_no_daw_is_told_twice_whatever_rules_it_shares_with_others() -> None:
    desk = ruled(
        f"{DAWS}[cues]\ndefaults = false\n"
        '[[cue]]\non = "started"\nstop = true\n'
        '[[cue]]\non = "started"\nstop = true\ndaw = "reaper"\n'
        '[[cue]]\non = "started"\ntext = "go"\ndaw = ["reaper", "Laptop"]\n'
        '[[cue]]\non = "started"\ntext = "go"\ndaw = ["Laptop", "osc"]\n'
    )
    assert cues(desk, "start") == [
        StopTransport(), StatusText("go", ("reaper", "Laptop")), StatusText("go", ("osc",)),
    ]  # fmt: skip


def test_a_rule_can_colour_a_track_run_an_action_and_stop() -> None:
    rule = '[[cue]]\non = "completed"\ntrack = "#abcdef"\naction = "Editor/x"\nstop = true\nmarker = "{task}"'
    desk = ruled(rule + '\ncolour = "state"')
    desk.do("start", 2)
    assert cues(desk, "complete")[:4] == [
        Marker("Design sound for bassline", DONE),
        TrackColour("Bass", "#ABCDEF"),
        RunAction("Editor/x"),
        StopTransport(),
    ]


def test_colours_are_the_sections_or_the_states_as_the_configuration_says() -> None:
    found = {}
    for choice in ("both", "section", "state"):
        desk = ruled(f'[timer]\nauto_start = false\n[cues]\ncolours = "{choice}"')
        started, done = cues(desk, "start", 2), cues(desk, "complete")
        found[choice] = [c.colour for c in (*started, *done) if isinstance(c, Marker | TrackColour)]
    assert found == {
        "both": [SOUND_DESIGN, SOUND_DESIGN, SOUND_DESIGN, DONE],
        "section": [SOUND_DESIGN] * 4,
        "state": [WORKING, WORKING, DONE, DONE],
    }


def test_the_states_colour_is_the_facts_or_that_of_the_task() -> None:
    words = '["started", "paused", "resumed", "marked", "time-up", "set-aside", "noted"]'
    desk = ruled(f'[timer]\nauto_start = false\n[[cue]]\non = {words}\ntrack = "state"')
    told_now = [*cues(desk, "start", 2), *cues(desk, "mark"), *cues(desk, "pause")]
    told_now += [*cues(desk, "note", "x"), *cues(desk, "resume")]
    desk.wait(25 * 60 + 10)
    told_now += told(desk, desk.journal[-2:])
    assert [c.colour for c in told_now if isinstance(c, TrackColour)] == [
        WORKING, WORKING, RESTING, RESTING, WORKING, UP, RESTING,
    ]  # fmt: skip


def test_a_break_stops_the_transport_once_when_asked_for() -> None:
    assert StopTransport() not in cues(ruled(""), "break")
    once = [StatusText("break (5m)"), StopTransport()]
    assert cues(ruled("[cues]\nstop_for_break = true"), "break") == once
    both = '[cues]\nstop_for_break = true\n[[cue]]\non = "break"\nstop = true'
    assert cues(ruled(both), "break") == [StopTransport()]


def test_the_own_colours_come_back_whatever_the_rules_say_unless_switched_off() -> None:
    for text, expected in (
        ("", [StatusText("the sitting is over"), RestoreColours()]),
        ('[[cue]]\non = "ended"', [RestoreColours()]),
        ("[cues]\ndefaults = false", [RestoreColours()]),
        ("[cues]\nrestore_colours = false", [StatusText("the sitting is over")]),
    ):
        desk = ruled(text)
        desk.do("start")
        assert cues(desk, "end") == expected


def test_in_quiet_hours_only_a_mark_is_told_and_colours_come_back() -> None:
    desk = ruled('[cues]\nquiet = "19:00-21:00"')
    assert cues(desk, "start") == cues(desk, "break") == cues(desk, "resume") == []
    assert cues(desk, "mark", "here") == [Marker("here", COMPOSITION)]
    assert cues(desk, "end") == [RestoreColours()]


def test_a_fact_is_quiet_at_its_own_instant_however_late_it_is_noticed() -> None:
    desk = ruled('[timer]\nat_zero = "wait"\n[cues]\nquiet = "20:10-20:30"')
    desk.do("start")
    desk.moment = desk.moment.later(3600)  # the box ended at 20:20, within
    desk.settle()
    assert desk.told()[-1] in ("TimeUp", "WentAway")
    assert told(desk, desk.journal[-2:]) == []


# --- words ----------------------------------------------------------------------------------------


def said(desk: Desk, name: str, argument: str | int | None = None) -> list[str]:
    return [c.text for c in cues(desk, name, argument) if isinstance(c, StatusText)]


def all_words(word: str, *placeholders: str) -> Desk:
    text = "|".join(f"{{{one}}}" for one in placeholders)
    return ruled(
        f'person = "Ada"\n[cues]\ndefaults = false\n[[cue]]\non = "{word}"\ntext = "{text}"'
    )


def test_a_template_knows_the_task_and_its_song() -> None:
    desk = all_words("completed", "song", "stage", "section", "track", "person", "event", "time")
    desk.do("start", 2)
    desk.wait(5 * 60)
    assert said(desk, "complete") == [
        "Northern Lights|idea incubation|sound design|Bass|Ada|completed|20:05"
    ]


def test_a_template_knows_the_time_that_was_used() -> None:
    desk = all_words("marked", "budget", "spent", "left", "round")
    desk.do("start")
    desk.wait(8 * 60)
    assert said(desk, "mark") == ["20m|8m|12m|1"]


def test_overtime_is_told_where_there_is_some() -> None:
    text = '[timer]\nat_zero = "keep-counting"\n[[cue]]\non = "completed"\ntext = "{task} ({over} over)"'
    desk = ruled(text)
    desk.do("start")
    desk.wait(23 * 60)
    assert said(desk, "complete")[0] == "Write chord progression (3m over)"
    desk.wait(60)
    assert said(desk, "complete")[0] == "Design sound for bassline"


def test_overtime_that_runs_is_told_up_to_now() -> None:
    text = (
        '[timer]\nat_zero = "keep-counting"\n[[cue]]\non = "noted"\ntext = "{over}|{left}|{spent}"'
    )
    desk = ruled(text)
    desk.do("start")
    desk.wait(19 * 60)
    assert said(desk, "note", "x") == ["1m|19m"]
    desk.wait(5 * 60)
    assert said(desk, "note", "x") == ["4m|24m"]


def test_a_box_that_ran_out_is_counted_once() -> None:
    desk = ruled('[[cue]]\non = ["started", "time-up", "set-aside"]\ntext = "{event} {round}"')
    texts = said(desk, "start")
    for seconds in (20 * 60, 15):
        before = len(desk.journal)
        desk.wait(seconds)
        texts += [c.text for c in told(desk, desk.journal[before:]) if isinstance(c, StatusText)]
    texts += said(desk, "start", "northern-lights.1")
    assert texts == ["started 1", "time-up 1", "set-aside 1", "started 1", "started 2"]


@pytest.mark.parametrize(
    ("word", "action", "argument", "text"),
    [
        ("extended", "extend", "-5m", "-5m"),
        ("extended", "extend", "90s", "+90s"),
        ("break", "break", "7m", "7m"),
        ("marked", "mark", "drop {song}", "drop {song}"),
        ("noted", "note", "brighter", "brighter"),
        ("stage", "stage", "next", "arrangement"),
        ("undone", "undo", None, "start"),
        ("prep", "prep", "on", "on"),
    ],
)
def test_the_text_is_what_the_fact_itself_says(
    word: str, action: str, argument: str | None, text: str
) -> None:
    desk = all_words(word, "text")
    desk.do("start")
    assert said(desk, action, argument) == [text]


def test_a_fact_during_a_task_knows_the_task() -> None:
    desk = all_words("noted", "task", "text")
    assert said(desk, "note", "before") == ["before"]
    desk.do("start")
    assert said(desk, "note", "now") == ["Write chord progression|now"]


def test_every_placeholder_and_event_goes_together_without_a_fault() -> None:
    everything = " ".join(f"{{{one}}} ({{{one}}})" for one in (*PLACEHOLDERS, "no such"))
    rule = CueRule(EVENTS, everything, "state", "state", everything, "7", stop=True)
    desk = Desk(Settings(cues=CueSettings((rule,))), SONG)
    for name, argument in (
        ("start", 2), ("extend", "5m"), ("mark", None), ("note", "x"), ("pause", None), ("resume", None),
        ("break", None), ("resume", None), ("later", None), ("skip", None), ("undo", None),
        ("stage", "next"), ("prep", None), ("prep", None), ("start", None), ("complete", None), ("end", None),
    ):  # fmt: skip
        assert cues(desk, name, argument)


def test_rules_that_nobody_checked_are_told_as_they_stand() -> None:
    rules = (CueRule(("started", "no such"), marker="{", text="{no} {such.thing}", to=("gone",)),)
    desk = Desk(Settings(cues=CueSettings(rules, defaults=False, links=("a",))), SONG)
    book = CueBook(desk.settings.cues)
    entries = desk.do("start")
    assert [c for e in entries for c in aloud(e, desk.engine.studio, book, utc)] == [
        Marker("{", COMPOSITION, ("gone",))
    ]

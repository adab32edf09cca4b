from __future__ import annotations

import string
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.core.actions import SongDraft, TaskDraft
from bridge.core.model import Section, Song, SongMap, Task, TaskState
from bridge.core.settings import DEFAULT_SECTIONS, DEFAULT_STAGES, Settings
from bridge.errors import InvalidFile
from bridge.files.song_export import write_draft, write_song
from bridge.files.songs import load_song, parse_song

if TYPE_CHECKING:
    from pathlib import Path

INTERFACE = """
title = "Northern Lights"
stage = "arrangement"

[map]
inspiration = ["long-exposure photo of the sky over Tromsø", "https://…"]
musical_themes = ["driving", "euphoric"]
other_themes = ["galaxy", "midnight"]
depict = "standing under the aurora"
audience = "late-night listeners"
sound = "slow and smooth, then wide"

[[task]]
title = "Write chord progression (20m)"   # the budget may stand in the title, or in its own key
section = "composition"
[[task]]
title = "Design sound for bassline"
section = "sound design"
budget = "25m"
track = "Bass"
"""


def test_the_song_of_the_manual_is_read() -> None:
    assert parse_song(INTERFACE, "song.toml") == SongDraft(
        title="Northern Lights",
        stage="arrangement",
        map=SongMap(
            inspiration=("long-exposure photo of the sky over Tromsø", "https://…"),
            musical_themes=("driving", "euphoric"),
            other_themes=("galaxy", "midnight"),
            depict="standing under the aurora",
            audience="late-night listeners",
            sound="slow and smooth, then wide",
        ),
        tasks=(
            TaskDraft("Write chord progression", "composition", 1200.0),
            TaskDraft("Design sound for bassline", "sound design", 1500.0, track="Bass"),
        ),
    )


def test_a_title_is_all_a_song_needs() -> None:
    assert parse_song('title = "Demo"', "song.toml") == SongDraft("Demo")


def test_names_are_found_whatever_their_case_and_a_number_is_seconds() -> None:
    text = """
        title = "  Demo "
        stage = "Mixing"
        [[task]]
        title = "Balance drums"
        section = " MIXING "
        budget = 90
        [[task]]
        title = "Sort samples"
        section = "Preparation"
    """
    song = parse_song(text, "song.toml")
    assert (song.title, song.stage) == ("Demo", "mixing")
    assert [(t.section, t.budget) for t in song.tasks] == [("mixing", 90.0), ("preparation", None)]


def test_a_song_with_its_own_sections_gets_the_colours_of_the_others_it_uses() -> None:
    text = """
        title = "Demo"
        [sections]
        vocals = "#ff5e5b"
        [[task]]
        title = "Record verse"
        section = "vocals"
        [[task]]
        title = "Balance"
        section = "mixing"
    """
    assert parse_song(text, "song.toml").sections == (
        Section("vocals", "#FF5E5B"),
        Section("mixing", "#FFB000"),
    )


def test_the_sections_and_stages_of_the_configuration_count() -> None:
    settings = Settings(sections=(Section("foley", "#00FF00"),), stages=("rough", "final"))
    text = 'title = "Film"\nstage = "final"\n[[task]]\ntitle = "Steps"\nsection = "foley"\n'
    assert parse_song(text, "song.toml", settings).tasks[0].section == "foley"
    with pytest.raises(InvalidFile, match=r"allowed: rough, final$"):
        parse_song('title = "Film"\nstage = "mixing"', "song.toml", settings)


def test_the_same_budget_in_title_and_key_is_no_quarrel() -> None:
    text = 'title = "Demo"\n[[task]]\ntitle = "Bounce (1h30m)"\nbudget = "90m"\n'
    assert parse_song(text, "song.toml").tasks == (TaskDraft("Bounce", budget=5400.0),)


def test_work_that_is_done_comes_in_as_done() -> None:
    text = """
        title = "Demo"
        [[task]]
        title = "Bounce"
        state = "set-aside"
        spent = "26h"
    """
    task = parse_song(text, "song.toml").tasks[0]
    assert (task.state, task.spent) == (TaskState.SET_ASIDE, 26 * 3600.0)


DURATIONS = "allowed are 90s, 5m, 1h30m, 2:30 or a number of seconds, up to 24h"
HEAD = 'title = "Demo"\n[[task]]\ntitle = "One"\n'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('stage = "mixing"', "s.toml: title: is missing; needed: text"),
        ('title = ""', "s.toml:1: title: is empty; needed: one line of text"),
        ('title = " \t"', "s.toml:1: title: is empty; needed: one line of text"),
        ("title = 5", "s.toml:1: title: found 5; allowed: text"),
        (
            'title = "a\\u0007b"',
            "s.toml:1: title: holds the control character U+0007; allowed: one line of text",
        ),
        (
            'title = "a\\nb"',
            "s.toml:1: title: holds the control character U+000A; allowed: one line of text",
        ),
        (f'title = "{"x" * 201}"', "s.toml:1: title: has 201 characters; allowed: up to 200"),
        (
            'titel = "Demo"',
            (
                's.toml:1: titel: is not known; did you mean "title"?'
                " allowed: title, stage, map, sections, task"
            ),
        ),
        (
            'title = "Demo"\nstage = "mixng"',
            (
                's.toml:2: stage: found "mixng"; did you mean "mixing"?'
                " allowed: idea incubation, arrangement, mixing, finished"
            ),
        ),
        (
            f'{HEAD}budget = "soon"',
            f's.toml:4: task[1].budget: "soon" is not a duration; {DURATIONS}',
        ),
        (
            f"{HEAD}budget = nan",
            f"s.toml:4: task[1].budget: nan is not a duration; {DURATIONS}",
        ),
        (
            f"{HEAD}budget = {'9' * 40}",
            f"s.toml:4: task[1].budget: a number of that size is longer than 24h; {DURATIONS}",
        ),
        (
            f"{HEAD}budget = true",
            "s.toml:4: task[1].budget: found true; allowed: text, a whole number or a number",
        ),
        (f"{HEAD}budget = 0", "s.toml:4: task[1].budget: found 0; allowed: 1m to 24h"),
        (
            f"{HEAD}budget = 25",
            "s.toml:4: task[1].budget: found 25; allowed: 1m to 24h; did you mean 25m?",
        ),
        (f"{HEAD}budget = 1.5", "s.toml:4: task[1].budget: found 1.5; allowed: 1m to 24h"),
        (
            'title = "Demo"\n[[task]]\ntitle = "Sing (5s)"',
            's.toml:3: task[1].title: found "5s"; allowed: 1m to 24h; did you mean 5m?',
        ),
        (f'{HEAD}budget = "-5m"', 's.toml:4: task[1].budget: found "-5m"; allowed: 1m to 24h'),
        (f'{HEAD}spent = "-5m"', 's.toml:4: task[1].spent: found "-5m"; allowed: 0s or more'),
        (
            'title = "Demo"\n[[task]]\ntitle = "Two (20m)"\nbudget = "25m"',
            "s.toml:4: task[1].budget: found 25m, and 20m in the title; keep one of them",
        ),
        (
            'title = "Demo"\n[[task]]\ntitle = "Two (30h)"',
            f's.toml:3: task[1].title: "30h" is longer than 24h; {DURATIONS}',
        ),
        (
            'title = "Demo"\n[[task]]\ntitle = "(20m)"',
            "s.toml:3: task[1].title: is empty; needed: one line of text",
        ),
        (
            'title = "Demo"\n[[task]]\nsection = "mixing"',
            "s.toml:2: task[1].title: is missing; needed: text",
        ),
        (
            f'{HEAD}section = "compositon"',
            (
                's.toml:4: task[1].section: found "compositon"; did you mean "composition"?'
                " allowed: composition, sound design, mixing, preparation"
            ),
        ),
        (
            f'{HEAD}state = "running"',
            (
                's.toml:4: task[1].state: found "running";'
                ' allowed: "todo", "set-aside", "done" or "skipped"'
            ),
        ),
        (
            f'{HEAD}colour = "#FFFFFF"',
            (
                "s.toml:4: task[1].colour: is not known;"
                " allowed: title, section, budget, track, person, state, spent, kept,"
                " energy, hand_over"
            ),
        ),
        (
            f'{HEAD}hand_over = [{{text = "x", at = 9999-12-31T23:59:59Z}}]',
            (
                "s.toml:4: task[1].hand_over[1].at: found 9999-12-31 23:59:59+00:00;"
                " allowed: a date from 1970 to 9892"
            ),
        ),
        (
            'title = "Demo"\n[sections]\nvocals = "red"',
            's.toml:3: sections.vocals: found "red"; allowed: a colour such as "#3FA7FF"',
        ),
        (
            'title = "Demo"\n[sections]\nvocals = "#FF0000"\nVocals = "#00FF00"',
            's.toml:4: sections.Vocals: is the same section as "vocals"; keep one of them',
        ),
        (
            'title = "Demo"\n[sections]\n"" = "#FF0000"',
            's.toml:3: sections."": is empty; needed: one line of text',
        ),
        (
            'title = "Demo"\n[map]\ninspiration = ["a", ""]',
            "s.toml:3: map.inspiration[2]: is empty; needed: text",
        ),
        (
            'title = "Demo"\n[map]\ndepict = "a\\u0000"',
            "s.toml:3: map.depict: holds the control character U+0000; allowed: text",
        ),
        (
            'title = "Demo"\n[map]\nmusical_themes = "driving"',
            's.toml:3: map.musical_themes: found "driving"; allowed: a list of texts',
        ),
        ('title = "Demo"\ntask = []\nmap = 1', "s.toml:3: map: found 1; allowed: a table"),
        (
            'title = "Demo"\n[map]\nother_themes = [' + '"x",' * 201 + "]",
            "s.toml:3: map.other_themes: has 201 entries; allowed: up to 200",
        ),
        (
            'title = "Demo"\n[[task]]\ntitle = "One',
            "s.toml:3: is not valid TOML: unterminated string",
        ),
    ],
)
def test_a_wrong_song_is_refused_whole_with_line_key_found_and_allowed(
    text: str, problem: str
) -> None:
    with pytest.raises(InvalidFile) as refusal:
        parse_song(text, "s.toml")
    assert str(refusal.value) == problem


def test_a_song_of_too_many_tasks_is_refused() -> None:
    with pytest.raises(InvalidFile, match=r"task: has 5001 entries; allowed: up to 5000$"):
        parse_song('title = "Demo"\n' + '[[task]]\ntitle = "x"\n' * 5001, "s.toml")


def test_a_file_is_read_and_a_missing_one_named(tmp_path: Path) -> None:
    file = tmp_path / "song.toml"
    with pytest.raises(InvalidFile, match=r"song\.toml: does not exist"):
        load_song(file)
    file.write_text(INTERFACE, encoding="utf-8")
    assert load_song(file).title == "Northern Lights"


# --- there and back -------------------------------------------------------------------------------

LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))


def words(most: int) -> st.SearchStrategy[str]:
    return st.text(LETTERS, max_size=most).map(str.strip)


PROSE = st.text(LETTERS | st.sampled_from('\n\t"\\'), max_size=60).map(str.strip)
LISTS = st.lists(PROSE.filter(bool), max_size=4).map(tuple)
SONG_MAPS = st.builds(SongMap, LISTS, LISTS, LISTS, PROSE, PROSE, PROSE)
COLOURS = st.text("0123456789ABCDEF", min_size=6, max_size=6).map("#{}".format)
OWN = st.lists(
    st.builds(Section, words(30).filter(bool), COLOURS),
    max_size=5,
    unique_by=lambda section: section.name.casefold(),
).map(tuple)
BUDGETS = st.integers(60, 86400).map(float) | st.floats(60, 86400).map(lambda s: round(s, 6))
TITLES = st.one_of(
    words(60).filter(bool),
    st.sampled_from(["Bounce (20m)", "(5m)", "Everything (30h)", "Take (2)", "One ((5m))"]),
)


@st.composite
def drafts(draw: st.DrawFn) -> SongDraft:
    own = draw(OWN)
    names = ["", "preparation"] + [s.name for s in (own or DEFAULT_SECTIONS)]
    tasks = st.builds(
        TaskDraft,
        title=TITLES,
        section=st.sampled_from(names),
        budget=BUDGETS,
        track=words(30),
        person=words(30),
        state=st.sampled_from(TaskState),
        spent=st.integers(0, 10**6).map(float),
        energy=st.sampled_from(["", "low", "medium", "high"]),
    )
    return SongDraft(
        title=draw(words(60).filter(bool)),
        stage=draw(st.sampled_from(["", *DEFAULT_STAGES])),
        map=draw(SONG_MAPS),
        sections=own,
        tasks=tuple(draw(st.lists(tasks, max_size=5))),
    )


def canonical(draft: SongDraft) -> SongDraft:
    """A section called as an own one, but for case, is that one."""
    own = {s.name.casefold(): s.name for s in draft.sections}
    tasks = (replace(t, section=own.get(t.section.casefold(), t.section)) for t in draft.tasks)
    return replace(draft, tasks=tuple(tasks))


@given(drafts())
def test_what_is_exported_is_imported_the_same(draft: SongDraft) -> None:
    draft = canonical(draft)
    text = write_draft(draft)
    assert parse_song(text, "song.toml") == draft
    assert write_draft(parse_song(text, "song.toml")) == text


@given(st.text(LETTERS | st.sampled_from(string.printable), max_size=80))
def test_no_text_raises_anything_but_an_invalid_file(text: str) -> None:
    told = "refused"
    try:
        parse_song(text, "s.toml")
    except InvalidFile as refusal:
        told = str(refusal)
    assert told.isprintable()


def test_an_exported_song_reads_like_the_manual() -> None:
    task = Task(
        id="northern-lights.1",
        title="Write chord progression",
        section="composition",
        budget=1200.0,
        planned=1200.0,
        state=TaskState.DONE,
        spent=1084.4,
    )
    song = Song(
        id="northern-lights",
        title="Northern Lights",
        stage="arrangement",
        map=SongMap(musical_themes=("driving", "euphoric"), depict="the aurora\nat midnight"),
        sections=DEFAULT_SECTIONS,
        tasks={task.id: task},
    )
    assert write_song(song) == (
        'title = "Northern Lights"\n'
        'stage = "arrangement"\n'
        "\n"
        "[map]\n"
        'musical_themes = ["driving", "euphoric"]\n'
        'depict = """the aurora\n'
        'at midnight"""\n'
        "\n"
        "[[task]]\n"
        'title = "Write chord progression"\n'
        'section = "composition"\n'
        'budget = "20m"\n'
        'state = "done"\n'
        'spent = "18m4s"\n'
    )


def test_sections_of_its_own_travel_with_a_song() -> None:
    song = Song("demo", "Demo", "mixing", sections=(Section("vocals", "#FF5E5B"),))
    assert tomllib.loads(write_song(song))["sections"] == {"vocals": "#FF5E5B"}
    assert parse_song(write_song(song), "song.toml").sections == song.sections

"""A song's sheet as TOML: what nobody changes comes back to the letter, what is wrong is shown there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.core.actions import SongDraft, TaskDraft
from bridge.core.decide_songs import make_song
from bridge.core.model import Section, Song, SongMap, Studio, TaskState
from bridge.core.settings import Settings
from bridge.core.sheets import sheet_of
from bridge.errors import Invalid, InvalidFile
from bridge.files import song_sheet
from bridge.files.song_sheet import (
    annotated,
    cleared,
    parse_map,
    parse_sheet,
    write_map,
    write_sheet,
)

SETTINGS = Settings()
WORDS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=30)
NAMES = st.text("abcdefgh ÄØ'\"#[]=\\(20m)", min_size=1, max_size=20)
TASKS = st.builds(
    TaskDraft,
    NAMES,
    st.sampled_from(["mixing", "vocals"]),
    st.none() | st.floats(60, 80_000),
    track=WORDS,
    person=WORDS,
    state=st.sampled_from(list(TaskState)),
    spent=st.floats(0, 1e5),
    kept=st.sampled_from(["", "x = 1\ny"]),
    energy=st.sampled_from(["", "low", "high"]),
)
DRAFTS = st.builds(
    SongDraft,
    st.just("Fern"),
    map=st.builds(
        SongMap, st.lists(WORDS.filter(str.strip), max_size=3).map(tuple), depict=WORDS, sound=WORDS
    ),
    sections=st.just((Section("mixing", "#FFB000"), Section("vocals", "#FF5E5B"))),
    tasks=st.lists(TASKS, max_size=4).map(tuple),
)


def song_of(draft: SongDraft) -> Song | None:
    try:
        return make_song(Studio(), draft, SETTINGS)
    except Invalid:
        return None


FERN = make_song(
    Studio(),
    SongDraft(
        "Fern",
        tasks=(
            TaskDraft("Write chords", "", 600.0, spent=90.0),
            TaskDraft("Sing", "mixing", 300.0, state=TaskState.DONE, kept="k"),
        ),
    ),
    SETTINGS,
)
TEXT = write_sheet(FERN, SETTINGS)


@given(DRAFTS)
def test_any_song_that_is_not_changed_stays_the_same(draft: SongDraft) -> None:
    song = song_of(draft)
    if song is None:
        return
    text = write_sheet(song, SETTINGS)
    sheet = parse_sheet(text, "x", song, SETTINGS)
    assert song_sheet.carried(text, sheet, song, SETTINGS) == sheet_of(song)


@given(DRAFTS, st.integers(0, 3))
def test_changing_one_task_leaves_all_others_to_the_letter(draft: SongDraft, number: int) -> None:
    song = song_of(draft)
    if song is None or len(song.tasks) <= number:
        return
    text = write_sheet(song, SETTINGS)
    changed = text.replace(
        f'id = "{song.id}.{number + 1}"\n', f'id = "{song.id}.{number + 1}"\n#\n'
    )
    lines = changed.split("\n#\n")
    head, _, rest = lines[1].partition("\n")
    assert head.startswith("title = ")
    sheet = parse_sheet(f'{lines[0]}\ntitle = "Other"\n{rest}', "x", song, SETTINGS)
    sheet = song_sheet.carried(text, sheet, song, SETTINGS)
    exact = sheet_of(song)
    assert sheet.tasks[number].draft.title == "Other"
    assert [t for n, t in enumerate(sheet.tasks) if n != number] == [
        t for n, t in enumerate(exact.tasks) if n != number
    ]
    assert (sheet.title, sheet.map, sheet.sections) == (exact.title, exact.map, exact.sections)


def test_the_text_has_every_id_all_sections_and_the_whole_map() -> None:
    assert [line for line in TEXT.splitlines() if line.startswith("id =")] == [
        'id = "fern.1"', 'id = "fern.2"',
    ]  # fmt: skip
    assert 'depict = ""' in TEXT
    assert '"sound design" = "#C77DFF"' in TEXT
    assert "kept" not in TEXT


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('id = "fern.2"', 'id = "fern.7"', 'found "fern.7", no task of this song; did you mean'),
        ('id = "fern.2"', 'id =  "fern.1"', '"fern.1" stands there twice'),
        ('spent = "90s"', 'spent = "5m"', "what was spent is 90s"),
        ('budget = "10m"', 'budget = "soon"', '"soon" is not a duration'),
        ('stage = "idea incubation"', 'stage = "polishing"', "polishing"),
        ('title = "Sing"', 'titel = "Sing"', "is not known; did you mean"),
        ('title = "Sing"', 'title = "Sing', "is not valid TOML"),
    ],
)
def test_what_is_wrong_is_a_comment_above_its_line(old: str, new: str, why: str) -> None:
    text = TEXT.replace(old, new)
    with pytest.raises(InvalidFile, match=r".") as caught:
        parse_sheet(text, "x", FERN, SETTINGS)
    lines = annotated(text, caught.value).split("\n")
    place = lines.index(new)
    assert lines[place - 1].startswith("#! ")
    assert why in lines[place - 1]
    assert cleared("\n".join(lines)) == text


def test_a_comment_never_stands_within_a_text_of_many_lines() -> None:
    text = 'title = "x"\n[map]\ndepict = """\none\ntwo"""\n'
    fault = InvalidFile("x", "is wrong", line=5)
    lines = annotated(text, fault).split("\n")
    assert lines[2] == "#! is wrong"
    assert lines[3].startswith("depict")


def test_editors_may_leave_a_byte_order_mark_and_crlf() -> None:
    text = "\ufeff" + TEXT.replace("\n", "\r\n")
    sheet = parse_sheet(cleared(text), "x", FERN, SETTINGS)
    assert song_sheet.carried(TEXT, sheet, FERN, SETTINGS) == sheet_of(FERN)


def test_what_is_left_out_of_a_task_keeps_what_it_was() -> None:
    text = TEXT.replace('budget = "10m"\n', "").replace('section = "composition"\n', "")
    task = parse_sheet(text, "x", FERN, SETTINGS).tasks[0].draft
    assert (task.budget, task.section) == (600.0, "composition")


def test_only_the_map_may_be_opened() -> None:
    text = write_map(FERN)
    assert "[[task]]" not in text
    sheet = parse_map(text.replace('depict = ""', 'depict = "rain"'), "x", FERN, SETTINGS)
    assert sheet.map.depict == "rain"
    assert sheet.tasks == sheet_of(FERN).tasks
    with pytest.raises(InvalidFile, match="task"):
        parse_map(text + '[[task]]\ntitle = "Sing"\n', "x", FERN, SETTINGS)

"""Drafts of songs: whole after every answer, and nothing else in their folder."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from bridge.core.actions import SongDraft, TaskDraft
from bridge.core.model import Section, Song, SongMap
from bridge.core.settings import Settings
from bridge.errors import Unavailable
from bridge.files import drafts
from bridge.files.drafts import Plan
from bridge.files.home import Home

SETTINGS = Settings()
PLAN = Plan(
    SongDraft(
        "Night Drive",
        map=SongMap(("a note", "two\nlines"), depict="a ring road"),
        sections=(Section("mixing", "#FFB000"),),
        tasks=(TaskDraft("Balance", "mixing", 600.0), TaskDraft("Sing")),
    ),
    "audience",
    "techno",
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path, tmp_path)


def test_a_draft_comes_back_as_it_was_kept(home: Home) -> None:
    path = drafts.keep(home, PLAN)
    assert path == home.drafts / "night-drive.toml"
    assert drafts.plans(home, SETTINGS) == ([PLAN], [])
    assert [file.name for file in home.drafts.iterdir()] == ["night-drive.toml"]


def test_a_draft_with_another_title_takes_the_place_of_the_first(home: Home) -> None:
    drafts.keep(home, PLAN)
    other = replace(PLAN, song=replace(PLAN.song, title="Night Walk"))
    drafts.keep(home, other, instead_of="night-drive")
    assert drafts.plans(home, SETTINGS)[0] == [other]


def test_the_newest_comes_first_and_a_damaged_one_is_told(home: Home) -> None:
    drafts.keep(home, PLAN)
    newer = replace(PLAN, song=replace(PLAN.song, title="Fern"))
    os.utime(drafts.keep(home, newer), (4e9, 4e9))
    (home.drafts / "broken.toml").write_text("title = ", "utf-8")
    read, wrong = drafts.plans(home, SETTINGS)
    assert [plan.song.title for plan in read] == ["Fern", "Night Drive"]
    assert len(wrong) == 1
    assert "broken.toml:1: is not valid TOML" in wrong[0]


def test_a_draft_is_thrown_away_by_its_title_or_its_id(home: Home) -> None:
    drafts.keep(home, PLAN)
    assert drafts.discard(home, "Night Drive")
    assert not drafts.discard(home, "night-drive")
    assert not drafts.discard(home, "../../config")


def test_a_folder_that_cannot_be_made_is_told(home: Home) -> None:
    home.drafts.write_text("a file", "utf-8")
    with pytest.raises(Unavailable, match="can't be written"):
        drafts.keep(home, PLAN)


def test_an_edit_that_was_left_is_found_again(home: Home) -> None:
    song = Song("fern", "Fern", "mixing")
    path = drafts.edit_path(home, "fern", only_map=True)
    assert drafts.left_edit(path) is None
    begun = drafts.begin_edit(path, song, "text")
    assert drafts.left_edit(path) == begun
    assert drafts.untouched(begun)
    path.write_text("other", "utf-8")
    assert not drafts.untouched(begun)
    drafts.end_edit(path)
    assert drafts.left_edit(path) is None
    assert list(path.parent.iterdir()) == []

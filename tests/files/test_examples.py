from __future__ import annotations

import re
from pathlib import Path

import pytest

from bridge.core.model import TaskState
from bridge.core.settings import DEFAULT_SECTIONS
from bridge.files import shipped
from bridge.files.config import Config, load_config
from bridge.files.home import Home
from bridge.files.song_export import write_draft
from bridge.files.songs import load_song, parse_song

EXAMPLES = Path(__file__).parents[2] / "examples"
SONGS = sorted(EXAMPLES.glob("*.toml"))
STUDIOS = sorted(path.parent for path in EXAMPLES.glob("*/config.toml"))


def studio(folder: Path) -> Config:
    return load_config(
        Home(folder, folder), profiles=shipped.profile_ids(), layouts=shipped.layout_ids()
    )


def test_there_are_songs_and_a_studio_to_begin_with() -> None:
    assert {path.stem for path in SONGS} >= {"northern-lights", "harbour-in-fog", "paper-lanterns"}
    assert "first-studio" in {path.name for path in STUDIOS}


@pytest.mark.parametrize("path", SONGS, ids=lambda path: path.stem)
def test_an_example_song_is_complete(path: Path) -> None:
    song = load_song(path)
    assert song.map.inspiration
    assert song.map.musical_themes
    assert song.map.other_themes
    assert all((song.map.depict, song.map.audience, song.map.sound))
    assert all(task.budget and task.section for task in song.tasks)
    assert len({task.title for task in song.tasks}) == len(song.tasks)


@pytest.mark.parametrize("path", SONGS, ids=lambda path: path.stem)
def test_an_example_song_survives_export_and_import(path: Path) -> None:
    song = load_song(path)
    assert parse_song(write_draft(song), "again.toml") == song


def test_northern_lights_is_a_whole_plan() -> None:
    song = load_song(EXAMPLES / "northern-lights.toml")
    assert song.title == "Northern Lights"
    assert 12 <= len(song.tasks) <= 16
    assert {task.section for task in song.tasks} == {s.name for s in DEFAULT_SECTIONS}
    assert 4 * 3600 < sum(task.budget or 0 for task in song.tasks) < 8 * 3600
    assert {task.state for task in song.tasks} == {TaskState.TODO}


def test_the_examples_show_every_kind_of_task() -> None:
    tasks = [task for path in SONGS for task in load_song(path).tasks]
    assert {"preparation", "vocals"} <= {task.section for task in tasks}
    assert {TaskState.DONE, TaskState.SET_ASIDE} <= {task.state for task in tasks}
    assert any(task.person for task in tasks)


@pytest.mark.parametrize("folder", STUDIOS, ids=lambda folder: folder.name)
def test_an_example_studio_names_only_what_is_shipped(folder: Path) -> None:
    config = studio(folder)
    assert config.controllers
    assert (folder / "README.md").is_file()


def test_the_first_studio_is_a_launchpad_and_reaper() -> None:
    config = studio(EXAMPLES / "first-studio")
    assert [c.profile for c in config.controllers] == ["novation-launchpad-mini-mk3"]
    (reaper,) = config.daws
    assert (reaper.kind, reaper.port, reaper.listen_port) == ("reaper", 8000, 9000)
    assert config.http_listen.loopback


@pytest.mark.parametrize("folder", STUDIOS, ids=lambda folder: folder.name)
def test_the_files_that_a_readme_names_exist(folder: Path) -> None:
    named = re.findall(r"examples/[\w./-]+\w", (folder / "README.md").read_text(encoding="utf-8"))
    assert named
    assert [name for name in named if not (EXAMPLES.parent / name).exists()] == []

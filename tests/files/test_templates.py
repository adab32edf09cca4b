"""Templates of songs: the shipped ones hold what they promise, and one's own win over them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bridge.core import sizes
from bridge.core.settings import Settings
from bridge.core.templates import Template
from bridge.errors import Invalid, InvalidFile
from bridge.files import shipped, toml
from bridge.files.home import Home
from bridge.files.templates import (
    load_templates,
    named,
    own_file,
    read_template,
    write_template,
)  # fmt: skip

SHIPPED = load_templates()[0]
NEEDED = {
    "song", "techno", "drum-and-bass", "ambient", "hip-hop", "singer-songwriter", "film-cue",
    "remix", "band-recording", "pop-vocal",
}  # fmt: skip


def home(tmp_path: Path, **files: str) -> Home:
    made = Home(tmp_path, tmp_path)
    made.templates.mkdir()
    for name, text in files.items():
        (made.templates / f"{name}.toml").write_text(text, "utf-8")
    return made


def test_all_that_are_shipped_can_be_read() -> None:
    assert load_templates()[1] == ()
    assert {one.id for one in SHIPPED} == NEEDED


@pytest.mark.parametrize("template", SHIPPED, ids=lambda one: one.id)
def test_every_task_of_a_template_is_of_the_right_size(template: Template) -> None:
    odd = {t.title: hint for t in template.tasks if (hint := sizes.hint(t.title, t.budget or 0.0))}
    assert odd == {}


@pytest.mark.parametrize("template", SHIPPED, ids=lambda one: one.id)
def test_a_template_begins_with_making_and_ends_with_a_bounce_of_the_mix(
    template: Template,
) -> None:
    assert 15 <= len(template.tasks) <= 30
    assert template.words
    assert template.genres
    used = {task.section for task in template.tasks}
    assert used == {section.name for section in template.sections}
    assert len({section.colour for section in template.sections}) == len(template.sections)
    assert {"mixing"} <= used
    assert template.tasks[0].section != "mixing"
    assert template.tasks[-1].section == "mixing"
    assert len({task.title for task in template.tasks}) == len(template.tasks)
    assert {task.energy for task in template.tasks} == {"low", "medium", "high"}


@pytest.mark.parametrize("template", SHIPPED, ids=lambda one: one.id)
def test_a_template_comes_back_as_it_was_written(template: Template) -> None:
    assert read_template(toml.read(write_template(template), template.file)) == template


def test_genres_name_one_template_each() -> None:
    genres = [genre for one in SHIPPED for genre in one.genres]
    assert len(set(genres)) == len(genres)


def test_a_users_own_template_wins(tmp_path: Path) -> None:
    own = write_template(replace(SHIPPED[0], name="Mine"))
    made = home(tmp_path, **{SHIPPED[0].id: own})
    assert named(SHIPPED[0].id, made, Settings()).name == "Mine"
    assert [one.name for one in load_templates(made)[0]].count("Mine") == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('id = "x"\nname = "X"\n[[task]]\ntitle = "Sing"\nbudget = "soon"\n', "x.toml:5: task[1].budget: "),
        ('id = "x"\nname = "X"\nmood = 1\ntask = []\n', "x.toml:3: mood: is not known"),
        ('id = "y"\nname = "X"\ntask = []\n', 'x.toml:1: id: found "y"; the file is called x.toml'),
        ('id = "X!"\nname = "X"\ntask = []\n', "x.toml:1: id: found"),
        ('id = "x"\nname = "X"\n[[task]]\ntitle = "Sing"\nspent = "5m"\n', "x.toml:5: task[1].spent: is"),
        ('id = "x"\nname = "X"\n[[task]]\ntitle = "Sing"\nsection = "nowhere"\n', "x.toml:5: task[1].section"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_file_line_and_key(tmp_path: Path, text: str, why: str) -> None:
    known, wrong = load_templates(home(tmp_path, x=text))
    assert {one.id for one in known} == NEEDED
    assert len(wrong) == 1
    assert why in wrong[0]


def test_no_template_of_that_name_says_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match='did you mean "techno"'):
        shipped.template_path("tecno", home(tmp_path))
    with pytest.raises(Invalid, match="is no id"):
        own_file(Home(tmp_path, tmp_path), "../x")


def test_a_template_is_no_song_that_was_worked_on() -> None:
    with pytest.raises(InvalidFile, match=r"task\[1\]\.state: is no part of a template"):
        read_template(
            toml.read('id = "x"\nname = "X"\n[[task]]\ntitle = "A"\nstate = "done"\n', "x.toml")
        )

"""Templates: names in braces, doubled braces, and what an empty name takes along."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.core.cue_template import literal, read
from bridge.errors import Invalid

WORDS = {
    "song": "Moss",
    "task": "Bass line",
    "section": "mixing",
    "empty": "",
    "odd": "- a: (b) {song} -",
}


def filled(template: str) -> str:
    return read(template).fill(lambda name: WORDS.get(name, ""))


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{task}", "Bass line"),
        ("{ task }", "Bass line"),
        ("{section}: {task}", "mixing: Bass line"),
        ("{{{task}}}", "{Bass line}"),
        ("no names, {{braces}}", "no names, {braces}"),
        ("{empty}", ""),
        ("{empty}: {task}", "Bass line"),
        ("{task}: {empty}", "Bass line"),
        ("{song} - {empty}: {task}", "Moss - Bass line"),
        ("{song} - {empty}: {empty}", "Moss"),
        ("{empty} · {empty} | {task}", "Bass line"),
        ("done: {empty}", "done"),
        ("done {empty} at last", "done at last"),
        ("{task} ({section})", "Bass line (mixing)"),
        ("{task} ({empty})", "Bass line"),
        ("{task} ({empty} over)", "Bass line"),
        ("{task} ({empty}, {section})", "Bass line (mixing)"),
        ("({empty}) {task}", "Bass line"),
        ("take (2) of {task}", "take (2) of Bass line"),
        ("{odd}", "- a: (b) {song} -"),
        ("{odd}{empty}", "- a: (b) {song} -"),
        ("{empty}{odd} {empty}", "- a: (b) {song} -"),
        ("", ""),
    ],
)
def test_a_template_says(template: str, text: str) -> None:
    assert filled(template) == text


@pytest.mark.parametrize("template", ["{task", "task}", "{ta{sk}", "}{", "{{{", "({task)"])
def test_a_brace_alone_is_refused(template: str) -> None:
    with pytest.raises(Invalid, match="alone; write"):
        read(template)


def test_a_name_is_a_name_and_no_way_into_anything() -> None:
    assert read("{task.__class__} {task!r} {0[0]} {}").names == {
        "task.__class__",
        "task!r",
        "0[0]",
        "",
    }


def test_names_in_brackets_count() -> None:
    assert read("{a} ({b}, {c})").names == {"a", "b", "c"}


@given(st.text(alphabet="{}ab ():-", max_size=30))
def test_what_can_be_read_can_be_filled_and_what_can_t_is_told_as_it_stands(text: str) -> None:
    try:
        template = read(text)
    except Invalid:
        assert literal(text).fill(str) == text
        return
    assert len(template.fill(lambda _name: "")) <= len(text)


@given(st.text(max_size=20), st.text(max_size=20))
def test_words_of_the_song_are_told_as_they_are(one: str, other: str) -> None:
    said = read("{a}{b}").fill({"a": one, "b": other}.__getitem__)
    assert said == one + other

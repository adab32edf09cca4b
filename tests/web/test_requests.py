"""Requests as JSON: all of them come through, and nothing else does."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.core.actions import (
    Action,
    AddTask,
    EditSong,
    EditTask,
    HandTask,
    ImportSong,
    MoveTask,
    Presence,
    Request,
    SetGoal,
    Signed,
    SongDraft,
    TaskDraft,
    Together,
)
from bridge.core.hand_over import HandOver
from bridge.core.model import Section, SongMap, TaskState
from bridge.errors import Invalid
from bridge.web.requests import read_action, read_request, write_request

SONG = SongDraft(
    "Øya",
    "mixing",
    SongMap(("a photo\nof fog",), ("driving",), depict="fog"),
    (Section("bass", "#3FA7FF"), Section("noise", "")),
    (TaskDraft("Chords", "bass", 90.0, "Bass", "Ada", TaskState.DONE, 30.0),),
)


@pytest.mark.parametrize(
    "request_",
    [
        Action("start"),
        Action("start", 3),
        Action("extend", "-5m"),
        Action("prep", True),
        ImportSong(SONG),
        EditSong("oya", "Other", SongMap(), (Section("bass", "#FFFFFF"),)),
        EditSong("oya"),
        AddTask("", TaskDraft("Chords"), 2),
        EditTask("oya.1", budget=60.0),
        MoveTask("oya.1", 1),
        SetGoal(1, "three songs", 0.5),
        Presence(),
        HandTask("1", "louder", "Ben"),
        HandTask("oya.1", done=True),
        AddTask("", TaskDraft("Sing", hand_over=(HandOver("louder", "Ada", "Ben", 1.0, True),))),
        Signed(Action("start", 3), "Ben"),
        Signed(EditTask("1", person="Ada"), "Ben"),
        Signed(Together((ImportSong(SONG),)), "Zoë"),
        Together((ImportSong(SONG), EditTask("oya.1", track="Bass"), MoveTask("oya.1", 2))),
    ],
    ids=lambda r: type(r).__name__,
)
def test_a_request_that_was_written_is_read_back_the_same(request_: Request) -> None:
    assert read_request(write_request(request_, "cli")) == (request_, "cli")


def test_an_action_is_an_object_of_two_fields() -> None:
    assert read_action(b'{"action": "extend", "argument": "5m"}') == (
        Action("extend", "5m"),
        "page",
    )
    assert read_action(b'{"action": "complete"}') == (Action("complete"), "page")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"start"',
        b"{}",
        b'{"action": 5}',
        b'{"action": "start", "argument": [1]}',
        b'{"action": "start", "argument": 1e300}',
        b'{"action": "start", "argument": NaN}',
        b'{"action": "start", "argument": %d}' % 10**30,
        b'{"action": "start", "arguments": 3}',
        b'{"action": "start", "source": "pad"}',
        b"[" * 100_000,
        json.dumps({"action": "note", "argument": "x" * 30_000}).encode(),
        json.dumps({"action": "x" * 300}).encode(),
    ],
)
def test_what_is_no_action_is_refused(body: bytes) -> None:
    with pytest.raises(Invalid):
        read_action(body)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, '"request" must be one of action, import'),
        ({"request": "format-disk"}, '"request" must be one of'),
        ({"request": ["import"]}, '"request" must be one of'),
        ({"request": "presence", "source": "pad"}, '"source" must be'),
        ({"request": "add-task", "song": ""}, "missing required field `draft`"),
        ({"request": "add-task", "song": "", "draft": {"title": 5}}, "Expected `str`"),
        ({"request": "add-task", "song": "", "draft": {"title": "x", "bugdet": 5}}, '"bugdet" is'),
        ({"request": "move-task", "task": "a.1", "position": 10**12}, "a number lies"),
        ({"request": "move-task", "task": "a.1", "position": "2"}, "Expected `int`"),
        ({"request": "edit-task", "task": "a.1", "budget": 1e300}, "a number lies"),
        ({"request": "edit-task", "task": "a.1", "title": "red\x1b[31m"}, "control characters"),
        ({"request": "edit-task", "task": "a.1", "title": "x" * 30_000}, "at most 20000"),
        (
            {"request": "add-task", "song": "", "draft": {"title": "x", "spent": -5}},
            "the spent time",
        ),
        (
            {"request": "import", "draft": {"title": "x", "sections": [{"name": "a", "colour": "red"}]}},
            "a section has a name",
        ),
        ({"request": "import", "draft": {"title": "x", "tasks": [{"title": "t"}] * 6000}}, "a list"),
        ({"request": "action", "name": None}, "the body is no action"),
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused_with_what_is_wrong(body: dict[str, Any], told: str) -> None:
    with pytest.raises(Invalid, match=None) as error:
        read_request(json.dumps(body).encode())
    assert told in str(error.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
NAMES = st.sampled_from(["action", "import", "edit-song", "add-task", "edit-task", "goal"])
FIELDS = st.sampled_from(["name", "argument", "draft", "song", "title", "sections", "task", "map"])


@given(NAMES, st.dictionaries(FIELDS, JSON, max_size=4))
def test_whatever_is_sent_is_read_or_refused(name: str, fields: dict[str, Any]) -> None:
    with contextlib.suppress(Invalid):
        read_request(json.dumps({"request": name, **fields}).encode())


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    for read in (read_action, read_request):
        with contextlib.suppress(Invalid):
            read(body)


def test_an_action_may_be_signed() -> None:
    body = b'{"action": "complete", "signed": "Ben"}'
    assert read_action(body) == (Signed(Action("complete"), "Ben"), "page")


@pytest.mark.parametrize("name", [3, None, ["Ben"], "x" * 201])
def test_a_signature_is_a_name(name: object) -> None:
    body = json.dumps({"request": "move-task", "task": "1", "position": 1, "signed": name}).encode()
    with pytest.raises(Invalid):
        read_request(body)
    with pytest.raises(Invalid):
        read_action(json.dumps({"action": "start", "signed": name}).encode())


@pytest.mark.parametrize("note", ["x" * 20_001, "\x1b"])
def test_a_note_that_no_hand_wrote_is_refused(note: str) -> None:
    body = json.dumps({"request": "hand-task", "task": "1", "text": note}).encode()
    with pytest.raises(Invalid):
        read_request(body)

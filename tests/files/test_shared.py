"""Shares as files: what is written is read back, and what is damaged, strange or hostile is refused."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.core.actions import EditSong, EditTask
from bridge.core.model import SongMap
from bridge.core.sharing_records import canonical, record
from bridge.errors import Invalid, InvalidFile, Unavailable
from bridge.files import shared
from bridge.files.shared_place import by_song, put
from tests.standins.apart import Apart
from tests.standins.desk import SONG

TASK = "aaaa/2/0"


@pytest.fixture(scope="module")
def ada() -> Apart:
    return Apart("aaaa", "Ada", SONG)


@pytest.fixture(scope="module")
def text(ada: Apart) -> str:
    return shared.written(ada.shares(ada.known_as("northern-lights")))


def signed(text: str) -> bytes:
    """Return a text with the sum that fits it."""
    body = text.rpartition("sha256 ")[0]
    return f"{body}sha256 {sha256(body.encode()).hexdigest()}\n".encode()


def with_record(text: str, **said: object) -> bytes:
    """Return a share with one record more, its head and its sum fitting."""
    lines = text.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("{"))
    head = json.loads(lines[at])
    lines[at] = canonical({**head, "records": head["records"] + 1})
    one = {"id": ["zzzz", 9, 9], "at": 5, "person": "Zoe", "kind": "change", "of": TASK, **said}
    lines.insert(-1, json.dumps(one))
    return signed("\n".join(lines) + "\n")


def refusal(data: bytes) -> str:
    with pytest.raises(InvalidFile) as refused:
        shared.parsed(data, "x.songbridge")
    assert "\n" not in str(refused.value)
    return refused.value.problem


def test_a_share_begins_with_its_version_and_remarks_for_people(text: str) -> None:
    lines = text.splitlines()
    assert lines[0] == "songbridge-share 1"
    assert lines[1].startswith(
        "# Northern Lights: a song with its history, shared by Ada on 2026-09-21"
    )
    assert lines[-1].startswith("sha256 ")
    assert all(line.isprintable() for line in lines)


def test_what_is_written_is_read_back(text: str) -> None:
    assert shared.written(shared.parsed(text.encode(), "x")) == text
    assert (
        shared.parsed(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), "x").title
        == "Northern Lights"
    )


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_any_text_that_a_song_may_hold_goes_there_and_back(words: str) -> None:
    ada, ben = Apart("aaaa", "Ada", SONG), Apart("bbbb", "Ben")
    ada.ask(
        EditSong(
            "northern-lights", map=SongMap(depict=f"{words}\n{words}", inspiration=(words, "x"))
        )
    )
    ada.ask(EditTask("northern-lights.1", track="x"))
    ben.takes(ada.shares(ada.known_as("northern-lights")))
    song_map = ben.engine.studio.songs["northern-lights"].map
    assert song_map.depict == f"{words}\n{words}"
    assert len(song_map.inspiration) == len({words, "x"})


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_share_is_refused_in_a_sentence(text: str, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - dice, not secrets
    data = bytearray(text.encode())
    match dice.choice(["flip", "cut", "double"]):
        case "flip":
            at = dice.randrange(len(data) - 1)
            data[at] ^= 1 << dice.randrange(8)
        case "cut":
            del data[dice.randrange(len(data) - 2) :]
        case _:
            data *= 2
    refusal(bytes(data))


def test_a_newer_version_is_refused_with_what_to_do(text: str) -> None:
    said = refusal(text.replace("share 1", "share 2", 1).encode())
    assert said.startswith(
        "is of version 2, this Songbridge reads version 1: a newer Songbridge wrote it; install"
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 100,
        b"songbridge-share 1\n",
        b"songbridge-share x\n",
        b"PK\x03\x04",
        b"\xff\xfe",
    ],
)
def test_what_is_no_share_is_refused(data: bytes) -> None:
    refusal(data)


def test_a_share_that_is_too_large_is_refused() -> None:
    assert "is larger than 8 MiB" in refusal(b"songbridge-share 1\n" + b"x" * (9 << 20))


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity"])
def test_a_number_that_no_journal_can_hold_refuses_the_file(text: str, number: str) -> None:
    note = {"hand_over": {"x": [[0, ""], {"text": "x", "at": "N"}]}}
    evil = with_record(text, list=note).decode().replace('"at": "N"', f'"at": {number}')
    assert number in evil
    assert "not JSON" in refusal(signed(evil))


@pytest.mark.parametrize(
    "said",
    [
        {"set": []}, {"set": {"title": ""}}, {"set": {"title": "x" * 300}}, {"set": {"title": 5}},
        {"set": {"title": "two\nlines"}}, {"set": {"planned": -1}}, {"set": {"planned": 1e300}},
        {"set": {"planned": True}}, {"set": {"state": ["flying", 0]}}, {"set": {"state": "done"}},
        {"set": {"box": [1, -5]}}, {"set": {"place": [0, "!"]}}, {"set": {"place": "x"}},
        {"set": {"energy": "endless"}}, {"set": {"more": "\x1b[2J"}}, {"list": {"hand_over": {"x": 1}}},
        {"list": {"hand_over": {"x": [[0, ""], {"to": 1}]}}}, {"list": {"hand_over": {"": None}}},
        {"list": {"title": {"x": [[0, ""], "x"]}}}, {"add": {"spent": 1.5}}, {"add": {"spent": 2**60}},
        {"born": 1}, {"kind": "met"}, {"kind": "met", "seen": {"a": -1}}, {"kind": "met", "seen": {"a b": 1}},
        {"kind": "told", "note": 5}, {"kind": "told", "sitting": [1]}, {"person": "x\ny"}, {"of": "\x1b"},
        {"at": 2**40}, {"kind": "told", "sitting": [2**40, 5]}, {"kind": "told", "sitting": [5, -5]},
        {"set": {"state": ["done", 2**60]}},
        {"list": {"hand_over": {"x": [[0, ""], {"text": "x", "at": 1e12}]}}},
        {"kind": "x" * 200}, {"id": ["zzzz", 9]}, {"at": -1}, {"at": "now"}, {"note": "x" * 70_000},
        {"of": "", "list": {"sections": {"x": [[0, ""], {"name": "x", "colour": "red"}]}}},
        {"of": "", "set": {"stage": "x" * 300}}, {"of": "", "set": {"map.depict": 5}},
    ],
)  # fmt: skip
def test_a_record_that_makes_no_sense_refuses_the_file(text: str, said: dict[str, Any]) -> None:
    refusal(with_record(text, **said))


@pytest.mark.parametrize(
    "said",
    [
        {}, {"kind": "dance", "steps": [1]}, {"set": {"mood": "blue"}},
        {"of": "qqqq/1/1", "set": {"title": "y"}},
        {"list": {"moods": {"x": [[0, ""], "x"]}}}, {"add": {"laps": 3}}, {"kind": "gone", "of": "qqqq/1/1"},
        {"kind": "met", "seen": {"aaaa": 10**9, "zzzz": 1}}, {"of": "", "set": {"map.mood": "blue"}},
        {"of": "qqqq/1/1", "born": True, "set": {"title": "half a task"}},
    ],
)  # fmt: skip
def test_what_is_not_known_here_is_kept_and_does_no_harm(
    ada: Apart, text: str, said: dict[str, Any]
) -> None:
    ben = Apart("bbbb", "Ben")
    came = shared.parsed(with_record(text, **said), "x")
    ben.takes(came)
    assert len(ben.engine.studio.songs["northern-lights"].tasks) == 3
    assert came.records[-1].line in ben.lines(ada.known_as("northern-lights"))


def test_two_records_of_one_id_and_a_wrong_count_are_refused(text: str) -> None:
    assert "two records of one id" in refusal(with_record(text, id=["aaaa", 2, 0]))
    assert "tells of" in refusal(signed(text.replace('"records":4', '"records":5')))


def test_several_files_of_one_song_are_one_share(text: str) -> None:
    first = shared.parsed(text.encode(), "x")
    more = shared.parsed(with_record(text), "y")
    (both,) = by_song([first, more])
    assert len(both.records) == len(first.records) + 1


def test_files_of_two_versions_are_one_share_and_those_of_two_homes_are_none(text: str) -> None:
    first = shared.parsed(text.encode(), "x")
    one = first.records[-1]
    longer = record(one.id, one.at, one.person, one.kind, one.of, **one.data, mood="blue")
    again = record((one.studio, one.seq, one.n + 1), one.at, one.person, "later")
    newer = replace(first, records=(*first.records[:-1], longer, again))
    for two in ([first, newer], [newer, first]):
        (both,) = by_song(two)
        assert both.records == newer.records
    copy = replace(first, records=(*first.records[:-1], replace(one, at=one.at + 1)))
    with pytest.raises(Invalid, match="copies of one home"):
        by_song([first, copy])


def test_an_older_share_may_tell_an_entry_in_more_records(text: str, tmp_path: Path) -> None:
    now = shared.parsed(text.encode(), "x")
    last = now.records[-1]
    path = tmp_path / "song.songbridge"
    more = record((last.studio, last.seq, last.n + 1), last.at, last.person, "later")
    path.write_text(shared.written(replace(now, records=(*now.records, more))), encoding="utf-8")
    assert put(path, path.name, now, text)
    assert path.read_text(encoding="utf-8") == text
    other = record((last.studio, last.seq + 1, 0), last.at, last.person, "later")
    path.write_text(shared.written(replace(now, records=(*now.records, other))), encoding="utf-8")
    with pytest.raises(Unavailable, match="tells of work that is not here"):
        put(path, path.name, now, text)

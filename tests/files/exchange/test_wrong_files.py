"""Whatever a file holds: songs, or one sentence with the file's name. Never a traceback, never for long."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.errors import InvalidFile, SongbridgeError
from bridge.files.exchange import als_xml, csv_table
from bridge.files.exchange.carried import Carried
from bridge.files.exchange.sources import recognised
from bridge.files.exchange.table import FORMATS, READ
from tests.standins.plans import SETTINGS, again

FOREIGN = [name for name in READ if name != "toml"]


def read(form: str, data: bytes) -> None:
    """Read `data`: what is carried can be made a song, what is refused names the file."""
    reader = FORMATS[form].read
    assert reader is not None
    said, carried = "", Carried(())
    try:
        carried = reader(data, "f.x", SETTINGS, True)
    except InvalidFile as refused:
        said = str(refused)
    assert "\n" not in said
    assert said.startswith("f.x") or carried.songs
    assert all("\n" not in line and line.startswith("f.x") for line in carried.left)
    for draft in carried.songs:
        again(draft)


@pytest.mark.parametrize("form", FOREIGN)
@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_any_bytes(form: str, data: bytes) -> None:
    read(form, data)


_PIECES = st.sampled_from(
    ["Name", "TYPE,CONTENT", "task", "section", "note", "Projects", "Duration", "Task", '"', '""', ",",
     ";", "\t", "\n", "\r", "\r\n", "\0", "x ", "(A) ", "+p", "@c", "spent:9999999h", "%", "%2", "{",
     '{"description":"a"}', '"status":"x"', "[", "]", "}", ":", "1e999", "null", '<REAPER_PROJECT 0.1 "7" 1\n',
     "<TRACK\n", "NAME `a", "MARKER 1 nan x 1", "PEAKCOL 99999999999999999", ">\n", "|", "(99h)", "(20m)",
     "0:20", "9" * 400, "\u2028", "\ufeff", "💥"]
)  # fmt: skip


@pytest.mark.parametrize("form", FOREIGN)
@settings(max_examples=60)
@given(st.lists(_PIECES, max_size=30).map("".join))
def test_any_broken_words(form: str, text: str) -> None:
    read(form, text.encode())


_HEADERS = {
    "asana": "Name,Task ID,Completed At,Section/Column,Projects,Parent task,Estimated time,Tags\n",
    "todoist": "TYPE,CONTENT,DESCRIPTION,INDENT,RESPONSIBLE,DURATION,DURATION_UNIT\n",
    "toggl": "Project,Task,Description,Duration,Tags,User\n",
}


@pytest.mark.parametrize("form", _HEADERS)
@settings(max_examples=60)
@given(st.lists(st.lists(_PIECES | st.text(max_size=5), max_size=8), max_size=8))
def test_any_cells(form: str, rows: list[list[str]]) -> None:
    told = "".join(",".join(row) + "\n" for row in rows)
    read(form, (_HEADERS[form] + told).encode("utf-8", "replace"))


_TAGS = st.sampled_from(
    ["LiveSet", "Tracks", "MidiTrack", "Name", "EffectiveName", "UserName", "Color", "Locators",
     "Locator", "Time", "MasterTrack", "Tempo", "Manual", "AutomationTarget", "FloatEvent", "Events"]
)  # fmt: skip
_VALUES = st.sampled_from(["", "1", "-1", "nan", "1e400", "200", "x", "💥"])


@given(st.recursive(st.just(""), lambda inner: st.builds(
    lambda tag, value, parts: f'<{tag} Value="{value}" Time="{value}">{"".join(parts)}</{tag}>',
    _TAGS, _VALUES, st.lists(inner, max_size=4)), max_leaves=30))  # fmt: skip
def test_any_set(inside: str) -> None:
    read("als", gzip.compress(f"<Ableton><LiveSet>{inside}</LiveSet></Ableton>".encode()))


@given(st.binary(max_size=300))
def test_any_file_is_of_one_format_or_refused(data: bytes) -> None:
    assert recognised(data, "file") in FORMATS


# --- what is said of it ---------------------------------------------------------------------------

WRONG = [
    ("asana", "Title,Section\nx,y\n", "f.x:1: has no column Name; found: Title, Section"),
    ("asana", "", "f.x: is empty; needed: a header with Name"),
    (
        "asana",
        'Name,Notes\na,b\nc,"d\n',
        ("f.x:3: is not valid CSV: unexpected end of data; look for a quotation mark"
        " that doesn't close"),
    ),
    ("todoist", "TYPE,TEXT\n", "f.x:1: has no column CONTENT; found: TYPE, TEXT"),
    ("toggl", "User,Project\n", "f.x:1: has no column Duration; found: User, Project"),
    ("todo.txt", "\n\n", "f.x: holds no task; needed: one a line"),
    ("taskwarrior", '{"description": 3}', "f.x:1: found no task; needed: an object with a description"),
    (
        "taskwarrior",
        '{"description": "a"}\n{"description": "b", "status": "started"}',
        'f.x:2: status: found "started"; allowed: pending, completed, deleted, waiting, recurring',
    ),
    (
        "taskwarrior",
        '[{"description": "a"}\n{',
        "f.x:2: is not valid JSON: expecting ',' delimiter (column 1)",
    ),
    ("rpp", "RIPPLE 0\n", "f.x:1: is no REAPER project: text outside of its chunks"),
    ("rpp", "<TRACK\n>", "f.x:1: is no REAPER project"),
    ("als", "<Project/>", "f.x: is no Live set: the XML in it is of another program"),
    ("als", "<Ableton>", "f.x:1: is no Live set: its XML is broken (no element found)"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "text", "sentence"), WRONG)
def test_a_wrong_file_is_refused_whole_in_one_sentence(form: str, text: str, sentence: str) -> None:
    reader = FORMATS[form].read
    assert reader is not None
    with pytest.raises(InvalidFile) as refused:
        reader(text.encode(), "f.x", SETTINGS, False)
    assert str(refused.value) == sentence


# --- what is hostile ------------------------------------------------------------------------------

_LAUGHS = """<?xml version="1.0"?><!DOCTYPE Ableton [<!ENTITY a "ha"><!ENTITY b "&a;&a;">
<!ENTITY c SYSTEM "file:///etc/passwd">]><Ableton Creator="&b;"/>"""


def test_entities_are_refused_before_they_are_looked_at() -> None:
    with pytest.raises(InvalidFile, match="declares a document type"):
        als_xml.read_set(gzip.compress(_LAUGHS.encode()), "f.als")


def test_a_bomb_is_given_up_without_being_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(als_xml, "_LARGEST", 8 << 20)
    packer = zlib.compressobj(wbits=31)
    bomb = packer.compress(b"<Ableton>" + b" " * (64 << 20)) + packer.flush()
    with pytest.raises(InvalidFile, match="unpacks to more than 8 MiB"):
        als_xml.read_set(bomb, "f.als")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"<Ableton>" + b"<a>" * 500, "more than any Live set"),
        (b"<Ableton><LiveSet><Tracks>" + b'<MidiTrack Id="1"/>' * 10_001, "more than any Live set"),
    ],
)
def test_a_set_beyond_all_sets_is_refused(text: bytes, why: str) -> None:
    with pytest.raises(InvalidFile, match=why):
        als_xml.read_set(gzip.compress(text), "f.als")


def test_a_set_that_is_cut_short_or_damaged_says_to_take_a_backup() -> None:
    packed = gzip.compress(b"<Ableton>" + bytes(range(65, 91)) * 1000 + b"</Ableton>")
    for data in (packed[:-20], packed[:10] + b"\xff\xff\xff" + packed[13:]):
        with pytest.raises(InvalidFile, match="take a backup"):
            als_xml.read_set(data, "f.als")


def test_a_table_of_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_table, "ROWS", 10)
    with pytest.raises(SongbridgeError, match="more than 10 rows"):
        csv_table.read_table("Name\n" + "x\n" * 11, "f.csv", ["Name"])
    assert len(csv_table.read_table("Name\n" + "x\n" * 10, "f.csv", ["Name"]).rows) == 10


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("todo.txt", b"a " + b"(20m) " * 200_000),
        ("todo.txt", b"a " + b"(99h) " * 200_000),
        ("taskwarrior", b'{"description":"a"' + b"".join(b',"k%d":"v"' % n for n in range(20_000)) + b"}"),
        ("taskwarrior", b'{"description":"a","u":"' + b"x" * 5_000_000 + b'"}'),
        ("asana", b"Name" + b",c" * 20_000 + b"\nx" + b",y" * 20_000 + b"\n"),
    ],
    ids=["budgets", "too long budgets", "attributes", "a long attribute", "columns"],
)  # fmt: skip
def test_much_of_one_thing_takes_no_time_that_grows_with_its_square(form: str, data: bytes) -> None:
    read(form, data)  # minutes when it does; the suite's own limit ends it

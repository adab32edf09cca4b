"""Facts and snapshots survive being written, and old versions are read for ever."""

from __future__ import annotations

import builtins
import collections.abc
import types
import typing
from dataclasses import is_dataclass
from typing import Any, get_args, get_origin, get_type_hints
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.core.events import (
    BreakBegan,
    Entry,
    Fact,
    Marked,
    Snapshot,
    SongTaken,
    TaskEdited,
    TaskStarted,
)
from bridge.errors import JournalFault
from bridge.store.codec import (
    CODEC,
    SNAPSHOT_VERSION,
    UPGRADES,
    VERSIONS,
    Codec,
    Damaged,
    Row,
    decode_snapshot,
    encode_snapshot,
    type_name,
)
from tests.contract.journal_contract import entry, snapshot

KINDS = get_args(Fact)


def values(kind: object) -> st.SearchStrategy[Any]:
    """Values of an annotated type: small ones, with what JSON and SQLite can hold."""
    given_args = get_args(kind)
    match get_origin(kind) or kind:
        case typing.Literal:
            return st.sampled_from(given_args)
        case types.UnionType | typing.Union:
            return st.one_of(*(values(arg) for arg in given_args))
        case collections.abc.Mapping:
            return st.dictionaries(values(given_args[0]), values(given_args[1]), max_size=2)
        case builtins.tuple if given_args[-1] is Ellipsis:
            return st.lists(values(given_args[0]), max_size=2).map(tuple)
        case builtins.tuple:
            return st.tuples(*(values(arg) for arg in given_args))
        case builtins.float:
            return st.floats(allow_nan=False, allow_infinity=False)
        case builtins.int:
            return st.integers(-(2**63), 2**63 - 1)
        case type() as found if is_dataclass(found):
            hints = get_type_hints(found)
            return st.deferred(
                lambda: st.builds(found, **{name: values(hint) for name, hint in hints.items()})
            )
        case simple:
            return st.from_type(simple)  # type: ignore[arg-type] # text, truth and enumerations


FACTS = st.one_of(*(values(kind) for kind in KINDS))
SNAPSHOTS = values(Snapshot)
ENTRIES = st.builds(
    Entry,
    seq=st.integers(1, 2**40),
    at=st.floats(0, 1e11),
    action=st.text(),
    step=st.integers(0, 1000),
    source=st.text(),
    person=st.text(),
    fact=FACTS,
)


@given(entry=ENTRIES)
@settings(max_examples=400, deadline=None)
def test_any_entry_survives_being_written(entry: Entry) -> None:
    assert CODEC.entry(CODEC.row(entry)) == entry


@given(taken=SNAPSHOTS)
@settings(max_examples=50, deadline=None)
def test_any_snapshot_survives_being_written(taken: Snapshot) -> None:
    assert decode_snapshot(encode_snapshot(taken)) == taken


def test_a_type_is_named_by_its_class_in_kebab_case() -> None:
    assert type_name(TaskStarted) == "task-started"
    assert len({type_name(kind) for kind in KINDS}) == len(KINDS)


def test_an_entry_from_before_energies_and_goals_is_read() -> None:
    head = b'[3,"task-edited",1,5.0,"edit-task",0,"cli","",'
    words = b'"task":"a.1","title":"Chords","section":"","track":"","person":""'
    old = head + b"{" + words + b',"budget":600.0,"planned":600.0}]'
    edited = CODEC.entry((3, "task-edited", 1, old, crc32(old))).fact
    assert isinstance(edited, TaskEdited)
    assert (edited.title, edited.energy, edited.goal) == ("Chords", "", 0)


def test_every_old_version_has_its_upgrade() -> None:
    names = {type_name(kind) for kind in KINDS}
    assert set(VERSIONS) <= names
    assert set(UPGRADES) == {name for name, version in VERSIONS.items() if version > 1}
    for name, steps in UPGRADES.items():
        assert set(steps) == set(range(1, VERSIONS[name]))


def test_an_old_version_is_upgraded_step_by_step() -> None:
    newer = Codec(
        versions={"marked": 3},
        upgrades={
            "marked": {
                1: lambda raw: {"name": raw["txt"]},
                2: lambda raw: {"text": raw["name"] + "!"},
            }
        },
    )
    assert newer.entry(row("marked", 1, b'{"txt":"drop"}')).fact == Marked("drop!")
    assert newer.entry(row("marked", 2, b'{"name":"drop"}')).fact == Marked("drop!")
    assert newer.entry(row("marked", 3, b'{"text":"drop"}')).fact == Marked("drop")
    assert newer.row(entry(7, Marked("drop"))) == row("marked", 3, b'{"text":"drop","task":null}')


def row(name: str, version: int, fact: bytes) -> Row:
    """Row 7 as a Songbridge wrote it to which this was the type's version."""
    body = b'[7,"%b",%d,1700000007.25,"start",0,"pad","",%b]' % (name.encode(), version, fact)
    return 7, name, version, body, crc32(body)


@pytest.mark.parametrize(("name", "version"), [("marked", 2), ("marked", 0), ("teleported", 1)])
def test_what_a_newer_songbridge_wrote_is_refused_with_type_and_version(
    name: str, version: int
) -> None:
    with pytest.raises(
        JournalFault, match=rf"'{name}'.*version {version}.*newer Songbridge"
    ) as refusal:
        CODEC.entry(row(name, version, b"{}"))
    assert not isinstance(refusal.value, Damaged)


@pytest.mark.parametrize(
    "fact", [b"", b"{", b"[]", b'{"text":1}', b'{"text":"\xff"}', b"[" * 100_000, b"{}", b"null"]
)
def test_a_broken_fact_is_damage(fact: bytes) -> None:
    newer = Codec({"marked": 2}, {"marked": {1: lambda raw: {"text": raw["text"]}}})
    for version in (1, 2):
        with pytest.raises(Damaged, match="entry 7 is damaged"):
            newer.entry(row("marked", version, fact))


@pytest.mark.parametrize("column", range(5))
def test_a_change_in_any_column_is_damage(column: int) -> None:
    sound = CODEC.row(entry(7, SongTaken("aurora")))
    for value in (None, b"x", "x", 8.5, 8, "song-added", 2):
        damaged: Any = (*sound[:column], value, *sound[column + 1 :])
        with pytest.raises(Damaged, match="damaged"):
            CODEC.entry(damaged)


@pytest.mark.parametrize("fact", [Marked("\ud800")])
def test_what_cannot_be_written_is_refused(fact: Fact) -> None:
    with pytest.raises(JournalFault, match="entry 7 can't be written"):
        CODEC.row(entry(7, fact))


def test_a_snapshot_of_another_version_or_a_broken_one_is_none() -> None:
    row = encode_snapshot(snapshot(3))
    seq, at, version, body, crc = row
    assert decode_snapshot(row) == snapshot(3)
    assert decode_snapshot((seq, at, SNAPSHOT_VERSION + 1, body, crc)) is None
    assert decode_snapshot((seq + 1, at, version, body, crc)) is None
    for broken in (b"", body[:-1], b"{}", body.replace(b'"seq":3', b'"seq":"3"')):
        assert decode_snapshot((seq, at, version, broken, crc32(broken))) is None


@given(taken=SNAPSHOTS, place=st.integers(0), bits=st.integers(1, 255))
@settings(max_examples=50, deadline=None)
def test_a_snapshot_with_a_flipped_bit_is_none(taken: Snapshot, place: int, bits: int) -> None:
    seq, at, version, body, crc = encode_snapshot(taken)
    place %= len(body)
    flipped = body[:place] + bytes((body[place] ^ bits,)) + body[place + 1 :]
    assert decode_snapshot((seq, at, version, flipped, crc)) is None


def test_a_long_journal_holds_each_word_once() -> None:
    rows = [CODEC.row(entry(seq, BreakBegan(5.0))) for seq in (1, 2)]
    first, second = (CODEC.entry(row) for row in rows)
    assert first.action is second.action


@pytest.mark.parametrize(
    "line", [b"", b"[", b"[1,2", b'[1,"noted",1', b'[x,"noted",1,2]', b'[1,"\xff",1,2]']
)
def test_what_is_no_line_of_a_journal_is_damaged(line: bytes) -> None:
    with pytest.raises(Damaged):
        CODEC.read(line)


def test_a_line_of_a_newer_songbridge_is_told_as_such() -> None:
    with pytest.raises(JournalFault, match="newer Songbridge"):
        CODEC.read(b'[1,"levitated",1,5.0,"start",0,"pad","",{}]')

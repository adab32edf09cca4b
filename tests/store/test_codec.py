"""Facts and snapshots survive being written, and old versions are read for ever."""

from __future__ import annotations

import builtins
import collections.abc
import types
from dataclasses import is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.core.events import BreakBegan, Entry, Fact, Marked, Snapshot, SongTaken, TaskStarted
from bridge.errors import JournalFault
from bridge.store import codec
from bridge.store.codec import (
    CODEC,
    SNAPSHOT_VERSION,
    UPGRADES,
    VERSIONS,
    Codec,
    Damaged,
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
        case types.UnionType:
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


@given(fact=FACTS)
@settings(max_examples=300, deadline=None)
def test_any_fact_survives_being_written(fact: Fact) -> None:
    assert CODEC.decode(*CODEC.encode(fact)) == fact


@given(entry=ENTRIES)
@settings(deadline=None)
def test_any_entry_survives_being_written(entry: Entry) -> None:
    assert CODEC.entry(CODEC.row(entry)) == entry


@given(taken=SNAPSHOTS)
@settings(max_examples=50, deadline=None)
def test_any_snapshot_survives_being_written(taken: Snapshot) -> None:
    assert decode_snapshot(*encode_snapshot(taken)) == taken


def test_a_type_is_named_by_its_class_in_kebab_case() -> None:
    assert type_name(TaskStarted) == "task-started"
    assert len({type_name(kind) for kind in KINDS}) == len(KINDS)


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
    assert newer.decode("marked", 1, b'{"txt":"drop"}') == Marked("drop!")
    assert newer.decode("marked", 2, b'{"name":"drop"}') == Marked("drop!")
    assert newer.decode("marked", 3, b'{"text":"drop"}') == Marked("drop")
    assert newer.encode(Marked("drop")) == ("marked", 3, b'{"text":"drop"}')


@pytest.mark.parametrize(("name", "version"), [("marked", 2), ("marked", 0), ("teleported", 1)])
def test_what_a_newer_songbridge_wrote_is_refused_with_type_and_version(
    name: str, version: int
) -> None:
    with pytest.raises(JournalFault, match=rf"'{name}'.*version {version}.*newer Songbridge") as e:
        CODEC.decode(name, version, b"{}")
    assert not isinstance(e.value, Damaged)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"text":1}', b'{"text":"\xff"}', b"[" * 100_000, b"{}", b"null"]
)
def test_a_broken_body_is_damage(body: bytes) -> None:
    old = Codec({"marked": 2}, {"marked": {1: lambda raw: {"text": raw["text"]}}})
    for version in (1, 2):
        with pytest.raises(Damaged, match="marked"):
            old.decode("marked", version, body)


@pytest.mark.parametrize("column", range(10))
def test_a_change_in_any_column_is_damage(column: int) -> None:
    row: list[Any] = list(CODEC.row(entry(7, SongTaken("aurora"))))
    was = row[column]
    for value in (
        None,
        b"x",
        "x",
        8.5,
        8,
        was + type(was)(1) if not isinstance(was, str | bytes) else was[1:],
    ):
        if value == was:
            continue
        row[column] = value
        with pytest.raises(Damaged, match="damaged"):
            CODEC.entry(tuple(row))  # type: ignore[arg-type] # SQLite's columns take any type


def test_a_snapshot_of_another_version_or_a_broken_one_is_none() -> None:
    version, body = encode_snapshot(snapshot(3))
    assert decode_snapshot(version, body) == snapshot(3)
    assert decode_snapshot(SNAPSHOT_VERSION + 1, body) is None
    for broken in (b"", body[:-1], b"{}", body.replace(b'"seq":3', b'"seq":"3"')):
        assert decode_snapshot(version, broken) is None


def test_a_long_journal_holds_each_word_once() -> None:
    rows = [CODEC.row(entry(seq, BreakBegan(5.0))) for seq in (1, 2)]
    copies = [(*row[:2], "".join(list(row[2])), *row[3:]) for row in rows]
    first, second = (CODEC.entry(row) for row in copies)
    assert first.action is second.action
    assert codec.CODEC is CODEC

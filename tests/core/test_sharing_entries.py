"""One entry told in two ways by two versions is one entry; one number of two homes is two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.cli.sharing_words import of_merge
from bridge.core.actions import EditTask, ImportSong, SongDraft, TaskDraft
from bridge.core.actions_sharing import NameStudio
from bridge.core.sharing_entries import by_entry, united
from bridge.core.sharing_merge import CopiedHome, Share, merge
from bridge.core.sharing_records import Plain, Record, record
from bridge.errors import Refused
from bridge.files import shared
from tests.standins.apart import Apart
from tests.standins.desk import SONG

ID = "northern-lights"
FIRST = f"{ID}.1"
OTHER = SongDraft("Harbour in Fog", tasks=(TaskDraft("Hum"),))


def retold(one: Record, **data: Plain) -> Record:
    return record(one.id, one.at, one.person, one.kind, one.of, **{**one.data, **data})


def shortened(one: Record) -> Iterator[Record]:
    """Tell a task's time in seconds, as a version with a flaw might: the text is shorter."""
    spent = one.data.get("add", {}).get("spent")
    yield retold(one, add={**one.data["add"], "spent": spent // 1000}) if spent else one


def shifted(one: Record) -> Iterator[Record]:
    """Tell a task's time a little longer."""
    spent = one.data.get("add", {}).get("spent")
    yield retold(one, add={**one.data["add"], "spent": spent + 7}) if spent else one


def lengthened(one: Record) -> Iterator[Record]:
    """Tell a field more, which no version of here knows."""
    born = one.data.get("born") and one.of
    yield retold(one, set={**one.data["set"], "mood": "blue"}) if born else one


def parted(one: Record) -> Iterator[Record]:
    """Tell the time of a task in a record of its own, before what else the entry did."""
    if "add" not in one.data or "set" not in one.data:
        yield one
        return
    yield retold(one, set={})
    yield retold(one, add={})


def as_before(came: Share, told: Callable[[Record], Iterable[Record]]) -> Share:
    """Return a share as another version would have written it, as it comes out of a file."""
    made: list[Record] = []
    for its in by_entry(came.records).values():
        for n, one in enumerate(new for old in its for new in told(old)):
            made.append(retold(replace(one, n=n)))
    text = shared.written(replace(came, records=tuple(made)))
    return shared.parsed(text.encode(), "song.songbridge")


def at_work() -> tuple[Apart, str]:
    """Return Ada's studio, in which a task took ten minutes, and the song's id everywhere."""
    ada = Apart("aaaa", "Ada", SONG)
    ada.do("start", 1)
    ada.wait(600.123)
    ada.do("complete")
    ada.do("end")
    return ada, ada.known_as(ID)


def meet(song: str, *desks: Apart) -> None:
    for _ in range(2):
        for giver, taker in permutations(desks, 2):
            taker.takes(giver.shares(song))
    for giver, taker in permutations(desks, 2):
        assert taker.would(giver.shares(song)).request is None


def known(desk: Apart, song: str) -> set[str]:
    return {line for line in desk.lines(song) if '"kind":"met"' not in line}


@pytest.mark.parametrize("told", [shortened, shifted, lengthened, parted])
@pytest.mark.parametrize("first", ["ada", "ben"])
def test_a_share_of_another_version_is_no_copy_and_counts_nothing_twice(
    told: Callable[[Record], Iterable[Record]], first: str
) -> None:
    ada, song = at_work()
    spent = ada.engine.studio.the(FIRST).spent
    ben, cleo = Apart("bbbb", "Ben"), Apart("cccc", "Cleo")
    before = as_before(ada.shares(song), told)
    assert {one.line for one in before.records} != ada.lines(song)
    ben.takes(before)
    cleo.takes(ada.shares(song))
    ben.ask(EditTask(f"{ID}.2", title="Shout"))
    ada.ask(EditTask(f"{ID}.2", track="bass"))
    if first == "ada":
        ada.takes(ben.shares(song))
    else:
        ben.takes(ada.shares(song))
    meet(song, ada, ben, cleo)
    assert known(ada, song) == known(ben, song) == known(cleo, song)
    assert ada.tells(song) == ben.tells(song) == cleo.tells(song)
    for desk in (ada, ben, cleo):
        task = desk.engine.studio.the(FIRST)
        history = desk.history(song)
        assert history is not None
        assert history.picture.sums[history.names[FIRST], "spent"] == round(task.spent * 1000)
        assert task.spent == pytest.approx(spent, abs=0.01)
        assert desk.engine.studio.the(f"{ID}.2").title == "Shout"


def test_a_merge_says_that_another_version_tells_otherwise_and_undo_takes_that_back() -> None:
    ada, song = at_work()
    before = as_before(ada.shares(song), lengthened)
    lines = ada.lines(song)
    done = ada.takes(before)
    said = list(of_merge(before, done, dry_run=False))
    assert said == [
        f"{ID}: Northern Lights came in: 0 records",
        "  known, and told otherwise by another version of Songbridge: 1",
    ]
    assert any('"mood":"blue"' in line for line in ada.lines(song))
    ada.do("undo")
    assert lines <= ada.lines(song)


def copies(ada: Apart) -> Apart:
    copy = deepcopy(ada)
    copy.wait(1)
    return copy


def test_a_copy_is_told_from_the_first_entry_that_it_does_not_have() -> None:
    ada, song = at_work()
    copy = copies(ada)
    common = ada.engine.seq
    ada.ask(EditTask(f"{ID}.2", title="Shout"))
    ada.ask(EditTask(f"{ID}.2", track="bass"))
    copy.ask(ImportSong(OTHER))  # not about this song
    copy.ask(EditTask(f"{ID}.2", title="Hum"))
    came = copy.shares(song)
    with pytest.raises(CopiedHome) as found:
        ada.would(came)
    assert found.value.since == common + 1
    ada.ask(NameStudio("dddd", found.value.since))
    meet(song, ada, copy)
    assert ada.tells(song)["tasks"] == copy.tells(song)["tasks"]
    assert ada.engine.studio.the(FIRST).spent == pytest.approx(600.123, abs=0.01)


def test_a_copy_is_found_out_where_its_entry_was_about_another_song_here() -> None:
    """Its number is taken, though no record of this song bears it."""
    ada, song = at_work()
    copy = copies(ada)
    ada.ask(ImportSong(OTHER))
    copy.ask(EditTask(f"{ID}.2", title="Hum"))
    with pytest.raises(CopiedHome):
        ada.would(copy.shares(song))


def test_two_homes_of_somebody_else_are_told_by_name() -> None:
    ada, song = at_work()
    copy, ben = copies(ada), Apart("bbbb", "Ben")
    ada.ask(EditTask(f"{ID}.2", title="Shout"))
    copy.ask(EditTask(f"{ID}.2", title="Hum"))
    ben.takes(ada.shares(song))
    with pytest.raises(Refused, match="two homes of 'Ada' bear one id") as found:
        ben.would(copy.shares(song))
    assert not isinstance(found.value, CopiedHome)


def test_an_entry_that_a_damaged_journal_lost_comes_back() -> None:
    ada, song = at_work()
    ada.ask(EditTask(f"{ID}.2", title="Shout"))
    came = ada.shares(song)
    history = ada.history(song)
    assert history is not None
    lost = history.own.pop()
    del history.index.made[lost.studio, lost.seq]
    done = merge(history, ada.engine.studio, ada.engine.seq, came)
    assert [one.id for one in done.fresh] == [lost.id]


RECORDS = st.lists(
    st.builds(
        record,
        st.tuples(st.sampled_from("ab"), st.integers(1, 2), st.integers(0, 1)),
        st.just(5.0),
        st.just("Ada"),
        st.just("change"),
        add=st.fixed_dictionaries({"spent": st.sampled_from([1, 2, 10])}),
    ),
    unique_by=lambda one: one.id,
    max_size=6,
)


@given(RECORDS, RECORDS, RECORDS)
def test_what_stands_depends_on_no_order(a: list[Record], b: list[Record], c: list[Record]) -> None:
    def both(some: list[Record], others: list[Record]) -> list[Record]:
        return united(by_entry(some), by_entry(others))

    assert both(a, b) == both(b, a)
    assert both(both(a, b), c) == both(a, both(b, c))
    assert both(a, a) == sorted(a, key=lambda one: one.id)

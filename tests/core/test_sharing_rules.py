"""What comes together how, rule by rule; and places between places."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.cli.sharing_words import of_merge, told
from bridge.core.actions import (
    AddTask,
    EditSong,
    EditTask,
    HandTask,
    ImportSong,
    MoveTask,
    RewriteSong,
    SongDraft,
    TaskDraft,
)
from bridge.core.decide_sharing import woven
from bridge.core.model import Section, SongMap, TaskState
from bridge.core.sharing_check import checked
from bridge.core.sharing_picture import THERE, Picture
from bridge.core.sharing_places import LONGEST, between, is_place, placed
from bridge.core.sharing_plain import file_name
from bridge.core.sharing_records import canonical, read, record
from bridge.core.sharing_settle import settle
from bridge.core.sheets import sheet_of
from bridge.core.sitting_account import account
from bridge.errors import Invalid
from tests.standins.apart import Apart
from tests.standins.desk import SONG

ID = "northern-lights"


class Two:
    """Ada's studio and Ben's, which have the same song."""

    def __init__(self) -> None:
        self.ada, self.ben = Apart("aaaa", "Ada", SONG), Apart("bbbb", "Ben")
        self.song = self.ada.known_as(ID)
        self.ben.takes(self.ada.shares(self.song))

    def meet(self) -> None:
        """Hand the song over until nothing is new."""
        for _ in range(3):
            self.ben.takes(self.ada.shares(self.song))
            self.ada.takes(self.ben.shares(self.song))
        assert self.ada.would(self.ben.shares(self.song)).request is None

    def clashes(self) -> list[str]:
        mine, other = (
            [clash.slot.name for clash in desk.history(self.song).picture.clashes()]  # type: ignore[union-attr] # it is there
            for desk in (self.ada, self.ben)
        )
        assert mine == other
        return mine

    def titles(self) -> list[str]:
        mine, other = (
            [t.title for t in d.engine.studio.songs[ID].tasks.values()]
            for d in (self.ada, self.ben)
        )
        assert sorted(mine) == sorted(other)
        return sorted(mine)


@pytest.fixture
def two() -> Two:
    return Two()


def test_done_here_and_edited_there_both_hold(two: Two) -> None:
    two.ada.do("start", 1)
    two.ada.do("complete")
    two.ben.ask(EditTask(f"{ID}.1", title="Write four chords"))
    two.meet()
    for desk in (two.ada, two.ben):
        task = desk.engine.studio.the(f"{ID}.1")
        assert (task.title, task.state) == ("Write four chords", TaskState.DONE)
    assert two.clashes() == []


def test_time_on_one_task_adds_up_and_it_is_done_once(two: Two) -> None:
    for desk, seconds in ((two.ada, 300.0), (two.ben, 600.0)):
        desk.do("start", 1)
        desk.wait(seconds)
        desk.do("complete")
    two.meet()
    for desk in (two.ada, two.ben):
        assert desk.engine.studio.the(f"{ID}.1").spent == pytest.approx(900.0)
        assert f"{ID}.1" not in desk.engine.studio.queue
    assert two.clashes() == []


def test_done_wins_over_a_later_skip_and_that_is_told(two: Two) -> None:
    two.ada.do("start", 1)
    two.ada.do("complete")
    two.ben.wait(3600)
    two.ben.do("start", 1)
    two.ben.do("skip")
    two.meet()
    assert two.ben.engine.studio.the(f"{ID}.1").state is TaskState.DONE
    assert two.clashes() == ["state"]


def test_a_later_write_that_knew_the_other_wins_though_its_clock_is_behind(two: Two) -> None:
    two.ada.set_clock(86_400)
    two.ada.ask(EditTask(f"{ID}.2", title="From tomorrow"))
    two.ben.takes(two.ada.shares(two.song))
    two.ben.ask(EditTask(f"{ID}.2", title="Knowing it"))
    two.meet()
    assert two.ada.engine.studio.the(f"{ID}.2").title == "Knowing it"
    assert two.clashes() == []


def test_work_on_a_task_wins_over_its_removal_and_the_removal_can_be_taken(two: Two) -> None:
    two.ada.ask(AddTask(ID, TaskDraft("Hum")))
    two.meet()
    two.ada.do("undo")  # of the merge, and of the task
    while any(task.title == "Hum" for task in two.ada.engine.studio.songs[ID].tasks.values()):
        two.ada.do("undo")
    hum = next(t for t in two.ben.engine.studio.tasks() if t.title == "Hum")
    two.ben.ask(EditTask(hum.id, title="Hum along"))
    two.meet()
    assert "Hum along" in two.titles()
    assert two.clashes() == [THERE]
    history = two.ben.history(two.song)
    assert history is not None
    two.ben.ask(settle(history, two.ben.engine.seq, history.picture.clashes()[0], None))
    two.meet()
    assert "Hum along" not in two.titles()
    assert two.clashes() == []


def test_an_id_that_is_given_anew_is_another_task_elsewhere(two: Two) -> None:
    two.ada.ask(AddTask(ID, TaskDraft("Hum")))
    two.ben.takes(two.ada.shares(two.song))
    two.ada.do("undo")
    two.ada.ask(AddTask(ID, TaskDraft("Foo")))
    two.ben.ask(EditTask(f"{ID}.4", title="Hum along"))
    two.meet()
    assert {"Foo", "Hum along"} <= set(two.titles())


def test_a_removal_that_nobody_worked_against_removes_it_everywhere(two: Two) -> None:
    two.ada.ask(AddTask(ID, TaskDraft("Hum")))
    two.ben.takes(two.ada.shares(two.song))
    two.ada.do("undo")
    two.meet()
    assert "Hum" not in two.titles()
    assert two.clashes() == []


@pytest.mark.parametrize("ending", ["complete", "later"])
def test_a_task_that_runs_here_and_is_done_elsewhere_goes_on(two: Two, ending: str) -> None:
    two.ada.do("start", 1)
    two.ada.wait(60)
    two.ben.do("start", 1)
    two.ben.wait(300)
    two.ben.do("complete")
    left = two.ada.left
    assert two.ada.takes(two.ben.shares(two.song)).running == f"{ID}.1"
    assert (two.ada.state, two.ada.current) == ("running", "Write chord progression")
    assert two.ada.left == left
    two.ben.takes(two.ada.shares(two.song))
    assert two.ben.engine.studio.the(f"{ID}.1").state is TaskState.TODO  # it is open again
    two.ada.do(ending)
    two.meet()
    now = {"complete": TaskState.DONE, "later": TaskState.SET_ASIDE}[ending]
    assert {d.engine.studio.the(f"{ID}.1").state for d in (two.ada, two.ben)} == {now}
    assert two.ada.engine.studio.the(f"{ID}.1").spent == pytest.approx(360.0)


def test_a_box_that_ran_out_runs_on_when_the_other_made_it_longer(two: Two) -> None:
    desk = two.ada
    desk.do("start", 1)
    desk.wait(20 * 60 + 1)
    assert desk.state == "overtime"
    two.ben.ask(EditTask(f"{ID}.1", budget=3000.0))
    desk.takes(two.ben.shares(two.song))
    assert desk.engine.studio.the(f"{ID}.1").planned == 3000.0
    assert desk.engine.studio.timer.task == f"{ID}.1"


def test_lists_are_joined_and_a_section_of_two_colours_clashes(two: Two) -> None:
    sections = two.ada.engine.studio.songs[ID].sections
    two.ada.ask(
        EditSong(
            ID,
            map=SongMap(inspiration=("snow", "wire")),
            sections=(*sections, Section("voice", "#000001")),
        )
    )
    two.ben.ask(
        EditSong(
            ID,
            map=SongMap(inspiration=("stars",)),
            sections=(*sections, Section("voice", "#000002")),
        )
    )
    two.meet()
    for desk in (two.ada, two.ben):
        song = desk.engine.studio.songs[ID]
        assert sorted(song.map.inspiration) == ["snow", "stars", "wire"]
        assert [s.name for s in song.sections] == [*(s.name for s in sections), "voice"]
    assert two.clashes() == ["sections"]


def test_hand_over_notes_of_both_are_there(two: Two) -> None:
    two.ada.ask(HandTask("1", "take 3 is the keeper"))
    two.ben.ask(HandTask("1", "mind the click"))
    two.meet()
    for desk in (two.ada, two.ben):
        notes = {note.text for note in desk.engine.studio.the(f"{ID}.1").hand_over}
        assert notes == {"take 3 is the keeper", "mind the click"}


def test_moves_of_different_tasks_both_hold_and_never_clash(two: Two) -> None:
    for title in ("A", "B", "C"):
        two.ada.ask(AddTask(ID, TaskDraft(title)))
    two.meet()
    two.ada.ask(MoveTask("6", 1))  # C to the top
    two.ben.ask(MoveTask("2", 6))  # the bassline to the end
    two.meet()
    queue = [
        "C",
        "Write chord progression",
        "Balance drums and bass",
        "A",
        "B",
        "Design sound for bassline",
    ]
    assert two.ada.queue == two.ben.queue == queue
    assert two.clashes() == []


def test_another_song_keeps_its_places_and_a_new_task_stands_behind_the_one_before_it(
    two: Two,
) -> None:
    two.ben.ask(ImportSong(SongDraft("Other", tasks=(TaskDraft("x"), TaskDraft("y")))))
    two.ben.ask(MoveTask("other.1", 2))
    two.ada.ask(AddTask(ID, TaskDraft("Sing"), 2))
    two.ben.takes(two.ada.shares(two.song))
    first, second, third = (task.title for task in SONG.tasks)
    assert [two.ben.queue[0].split(" (")[0], *two.ben.queue[1:3]] == [
        first.split(" (")[0],
        "Sing",
        "x",
    ]
    assert two.ben.queue[3:] == [second, third, "y"]


def test_a_song_that_is_finished_leaves_the_queue_and_one_that_rests_goes_on_resting(
    two: Two,
) -> None:
    two.ben.do("rest", ID)
    two.ada.ask(AddTask(ID, TaskDraft("Sing")))
    two.ben.takes(two.ada.shares(two.song))
    assert two.ben.queue == []
    assert two.ben.engine.studio.songs[ID].resting
    two.ada.do("stage", "finished")
    two.meet()
    assert two.ben.engine.studio.songs[ID].stage == "finished"
    assert two.clashes() == []


def test_undo_of_a_merge_forgets_it_and_it_can_come_again(two: Two) -> None:
    two.ben.ask(EditTask(f"{ID}.2", title="Shout"))
    came = two.ben.shares(two.song)
    before = two.ada.tells(two.song)
    two.ada.takes(came)
    two.ada.do("undo")
    assert two.ada.tells(two.song) == before
    assert two.ada.takes(came).request is not None
    assert two.ada.engine.studio.the(f"{ID}.2").title == "Shout"


def test_a_record_of_an_unknown_kind_is_kept_and_passed_on(two: Two) -> None:
    came = two.ben.shares(two.song)
    strange = record(("zzzz", 9, 0), 1.0, "Zoe", "dance", steps=[1, 2])
    two.ada.takes(replace(came, records=(*came.records, strange), seen={**came.seen, "zzzz": 9}))
    assert strange.line in {one.line for one in two.ada.shares(two.song).records}
    two.meet()
    assert strange.line in two.ben.lines(two.song)


def test_a_replay_of_the_journal_is_the_live_studio(two: Two) -> None:
    two.ben.ask(EditTask(f"{ID}.2", title="Shout"))
    two.meet()
    live = two.ada.engine.studio
    two.ada.restart()
    assert two.ada.engine.studio.songs == live.songs
    assert (two.ada.engine.studio.queue, two.ada.engine.studio.known_as) == (live.queue, "aaaa")


def test_goals_and_what_other_programs_keep_stay_at_home(two: Two) -> None:
    two.ada.ask(
        ImportSong(SongDraft("Kept", tasks=(TaskDraft("x", kept='{"asana":{"gid":"1"}}'),)))
    )
    text = "".join(one.line for one in two.ada.shares(two.ada.known_as("kept")).records)
    assert "asana" not in text
    assert '"goal"' not in text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("/srv/ada/sky.png", "sky.png"), ("~/sky.png", "sky.png"), ("file:///a/b/sky.png", "sky.png"),
        ("D:\\Ada\\sky.png", "sky.png"), ("\\\\nas\\music\\take 3.wav", "take 3.wav"),
        ("https://example.org/sky.png", "https://example.org/sky.png"), ("/ a remark", "/ a remark"),
        ("boots / snow", "boots / snow"), ("", ""),
    ],
)  # fmt: skip
def test_of_a_path_only_the_name_travels(text: str, name: str) -> None:
    assert file_name(text) == name


# --- places ---------------------------------------------------------------------------------------

ROWS = st.permutations([f"t{n}" for n in range(9)])


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=40))
def test_a_move_writes_the_place_of_what_moved_alone(moves: list[tuple[int, int]]) -> None:
    order = [f"t{n}" for n in range(9)]
    places = placed(order, {})
    for here, there in moves:
        order.insert(there, order.pop(here))
        new = placed(order, places)
        assert len(new) <= 1
        places |= new
        assert sorted(order, key=lambda one: (places[one], one)) == order
        assert all(is_place(list(place)) for place in places.values())


def test_there_is_always_a_place_between_two_and_long_ones_are_given_anew() -> None:
    order, places = ["a", "b", "c"], placed(["a", "b", "c"], {})
    for _ in range(2000):
        order = [order[0], order[2], order[1]]
        places |= placed(order, places)
        assert sorted(order, key=lambda one: (places[one], one)) == order
    assert max(len(fraction) for _, fraction in places.values()) <= LONGEST


@given(ROWS, ROWS)
def test_any_order_can_be_written_over_any_other(old: list[str], new: list[str]) -> None:
    places = placed(old, {})
    places |= placed(new, places)
    assert sorted(new, key=lambda one: (places[one], one)) == new


def test_between_two_open_ends_is_a_beginning() -> None:
    assert between(None, None) == (0, "")
    assert between((3, ""), None) > (3, "")
    assert between(None, (3, "")) < (3, "")


def test_a_woven_queue_keeps_the_current_task_on_top() -> None:
    mine = frozenset("abc")
    assert woven(["b", "x", "a"], mine, ["a", "b", "c"], "b") == ("b", "x", "a", "c")
    assert woven(["x", "y"], mine, ["a", "b"], "x") == ("x", "y", "a", "b")
    assert woven(["x", "b"], mine, ["a", "b"], "x") == ("x", "a", "b")
    assert woven(["a", "x", "b"], mine, ["b"], None) == ("x", "b")


# --- records --------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(st.permutations(range(6)))
def test_the_picture_hangs_on_the_set_of_records_alone(order: list[int]) -> None:
    records = [
        record(("a", 1, 0), 1.0, "", "change", set={"title": "A"}, born=True),
        record(
            ("a", 1, 1), 1.0, "", "change", "a/1/0", set={"title": "x", "place": [0, ""]}, born=True
        ),
        record(("b", 2, 0), 2.0, "", "met", seen={"a": 1}),
        record(("b", 3, 0), 9.0, "", "change", "a/1/0", set={"title": "y"}, add={"spent": 5}),
        record(("c", 2, 0), 2.0, "", "met", seen={"a": 1}),
        record(("c", 3, 0), 8.0, "", "change", "a/1/0", set={"title": "z"}, add={"spent": 6}),
    ]
    picture = Picture()
    picture.take([records[n] for n in order])
    assert picture.said("a/1/0")["title"] == "y"
    assert picture.sums["a/1/0", "spent"] == 11
    assert [(c.won.value, [one.value for one in c.lost]) for c in picture.clashes()] == [
        ("y", ["z"])
    ]


def test_a_record_is_read_back_from_its_line_whatever_it_says() -> None:
    one = record(("a", 1, 2), 1.25, "Ada", "told", note="\u202egnp\u0007 😀 line\nline")
    assert one.line.isprintable()
    assert read(one.line) == one


@pytest.mark.parametrize(
    "line",
    [
        "", "[]", "{}", "x" * 100, '{"id":["a",1,0]}', "[" * 5000, '{"id":["a",1,0],"at":NaN}',
        '{"id":["a",-1,0],"at":1,"person":"","kind":"x"}', '{"id":["a b",1,0],"at":1,"person":"","kind":"x"}',
        '{"id":["a",1,0],"at":true,"person":"","kind":"x"}', '{"id":["a",1,0],"at":1,"person":1,"kind":"x"}',
        '{"id":["a",1,0],"at":1,"person":"","kind":"x","deep":[[[[[[[[1]]]]]]]]}',
        '{"id":["a",1,0],"at":1e999,"person":"","kind":"x"}',
    ],
)  # fmt: skip
def test_a_line_that_is_no_record_is_refused(line: str) -> None:
    with pytest.raises(Invalid):
        read(line)


def test_the_order_of_a_song_that_was_edited_whole_stands_in_the_other_ones_list(two: Two) -> None:
    two.ada.do("start", 1)
    two.ada.do("complete")  # done, so that no queue tells of it
    two.ada.do("rest", ID)
    before = sheet_of(two.ada.engine.studio.songs[ID])
    after = replace(before, tasks=tuple(reversed(before.tasks)))
    two.ada.ask(RewriteSong(ID, before, after))
    two.ben.ask(AddTask(ID, TaskDraft("Hum")))
    queue = two.ben.engine.studio.queue
    two.meet()
    lists = [
        [t.title for t in d.engine.studio.songs[ID].tasks.values()] for d in (two.ada, two.ben)
    ]
    assert lists[0] == lists[1]
    wanted = [line.draft.title for line in after.tasks]
    assert [title for title in lists[0] if title != "Hum"] == wanted
    assert [one for one in two.ben.engine.studio.queue if one in queue] == [
        one for one in queue if one != f"{ID}.1"
    ]


def test_tasks_that_both_added_stand_in_one_order_in_both_lists(two: Two) -> None:
    for desk, words in ((two.ada, ("Hum", "Sing")), (two.ben, ("Clap", "Stomp"))):
        for title in words:
            desk.ask(AddTask(ID, TaskDraft(title)))
    two.meet()
    lists = [
        [t.title for t in d.engine.studio.songs[ID].tasks.values()] for d in (two.ada, two.ben)
    ]
    assert lists[0] == lists[1]


def test_a_beginning_says_nothing_that_goes_without_saying(two: Two) -> None:
    """A field that a later version brings must not change the records of what was before it."""
    two.ada.ask(AddTask(ID, TaskDraft("Hum")))
    born = two.ada.history(two.song).own[-1]  # type: ignore[union-attr] # it is there
    assert set(born.data["set"]) == {"title", "section", "planned", "state", "box", "place", "row"}
    assert "add" not in born.data
    assert "list" not in born.data


def test_a_task_that_comes_back_brings_the_time_that_it_took_where_it_was_removed(two: Two) -> None:
    two.ada.do("start", 1)
    two.ada.wait(300)
    two.ada.do("extend", "5m")
    two.ada.do("end")
    two.meet()
    before = sheet_of(two.ada.engine.studio.songs[ID])
    two.ada.ask(RewriteSong(ID, before, replace(before, tasks=before.tasks[1:])))
    two.ben.ask(EditTask(f"{ID}.1", title="Write four chords"))
    two.meet()
    for desk in (two.ada, two.ben):
        task = next(t for t in desk.engine.studio.tasks() if t.title == "Write four chords")
        assert (round(task.spent), task.extended) == (300, 1)


@pytest.mark.parametrize("kind", ["later", "gone", "told", "met"])
def test_what_a_record_says_beside_its_kind_harms_no_words(two: Two, kind: str) -> None:
    said = {"set": {"state": ["flying"]}, "seen": {}, "add": {}} | (
        {} if kind == "told" else {"sitting": {}, "note": 5}
    )
    raw = {"id": ["zzzz", 9, 9], "at": 5, "person": "Zoe", "kind": kind, "of": "aaaa/2/0", **said}
    came = two.ada.shares(two.song)
    done = two.ben.takes(replace(came, records=(*came.records, checked(read(canonical(raw))))))
    assert list(of_merge(done=done, came=came, dry_run=False))
    history = two.ben.history(two.song)
    assert history is not None
    assert len(list(told(history))) == len(history.records)


@pytest.mark.parametrize(
    ("moved", "stays"), [(("slow", "wide", "far"), True), (("far", "wide", "slow"), False)]
)
def test_a_member_that_was_moved_stays_where_the_other_one_dropped_it(
    two: Two, moved: tuple[str, ...], stays: bool
) -> None:
    """Moving is putting; of ``wide, far, slow`` the second order moves ``far`` alone."""
    two.ada.ask(EditSong(ID, map=SongMap(musical_themes=("wide", "far", "slow"))))
    two.meet()
    two.ada.ask(EditSong(ID, map=SongMap(musical_themes=("wide", "far"))))
    two.ben.ask(EditSong(ID, map=SongMap(musical_themes=moved)))
    two.meet()
    for desk in (two.ada, two.ben):
        themes = desk.engine.studio.songs[ID].map.musical_themes
        assert themes == tuple(one for one in moved if stays or one != "slow")


def test_a_summary_leaves_a_task_that_a_merge_opened_again_where_it_stands(two: Two) -> None:
    two.ada.do("start", 1)
    two.ada.wait(60)
    two.ada.do("complete")
    two.meet()
    before = sheet_of(two.ben.engine.studio.songs[ID])
    first = before.tasks[0]
    again = replace(first, draft=replace(first.draft, state=TaskState.TODO))
    two.ben.ask(RewriteSong(ID, before, replace(before, tasks=(again, *before.tasks[1:]))))
    two.ada.takes(two.ben.shares(two.song))
    told = account(two.ada.engine.studio, two.ada.moment.wall)
    assert two.ada.engine.studio.the(f"{ID}.1").open
    assert f"{ID}.1" not in {task.id for task in told.done}
    assert f"{ID}.1" in {task.id for task in (*told.next, *told.under_way)}

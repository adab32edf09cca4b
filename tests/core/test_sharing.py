"""Histories of one song that parted come together the same in either order; nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bridge.core.actions import (
    Action,
    AddTask,
    EditSong,
    EditTask,
    HandTask,
    MoveTask,
    Request,
    RewriteSong,
    TaskDraft,
)
from bridge.core.model import Section, SongMap
from bridge.core.sharing_plain import DEFAULTS
from bridge.core.sheets import sheet_of
from bridge.errors import Invalid, Refused
from tests.standins.apart import Apart, pictured
from tests.standins.desk import SONG

WHO = st.integers(0, 2)
POSITIONS = st.integers(1, 4)
WORDS = st.sampled_from(["Sing it", "Shout it", "Write chords", "Tune the kick"])
ACTIONS = st.sampled_from(
    [
        ("start", "1"), ("start", "2"), ("pause", None), ("complete", None), ("skip", None),
        ("later", None), ("extend", "5m"), ("back", None), ("stage", "next"), ("stage", "prev"),
        ("bring", "all"), ("order", "section"), ("prep", "toggle"), ("end", None),
        ("undo", None), ("undo", None), ("note", "kick is late"), ("mark", "drop"), ("rest", None),
    ]
)  # fmt: skip
MAPS = st.builds(
    SongMap,
    inspiration=st.lists(st.sampled_from(["snow", "/srv/ada/sky.png", "sky.png", "wire"]), unique=True)
    .map(tuple),
    musical_themes=st.lists(st.sampled_from(["wide", "slow"]), unique=True).map(tuple),
    depict=st.sampled_from(["", "aurora", "night"]),
)  # fmt: skip
SECTIONS = st.lists(
    st.builds(
        Section,
        st.sampled_from(["composition", "sound design", "mixing", "recording"]),
        st.sampled_from(["#3FA7FF", "#C77DFF", "#000001"]),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda one: one.name,
).map(tuple)


class Apartness(RuleBasedStateMachine):
    """Three studios work on one song, hand it to each other as they like, and die in between."""

    @initialize(auto=st.booleans())
    def meet(self, auto: bool) -> None:
        ada = Apart("aaaa", "Ada", SONG, auto_start=auto)
        self.desks = [ada, Apart("bbbb", "Ben"), Apart("cccc", "Cleo")]
        self.song = ada.known_as("northern-lights")
        self.others = {"": 0}
        for desk in self.desks[1:]:
            desk.takes(ada.shares(self.song))

    def here(self, who: int) -> tuple[Apart, str]:
        desk = self.desks[who]
        history = desk.history(self.song)
        return desk, history.song if history else ""

    def ask(self, who: int, request: Request) -> None:
        desk, song = self.here(who)
        try:
            desk.ask(request)
        except (Refused, Invalid):
            return
        if song and song not in desk.engine.studio.songs:  # its coming in was taken back
            desk.takes(self.desks[0].shares(self.song))

    @precondition(lambda self: hasattr(self, "desks"))
    @rule(who=WHO, action=ACTIONS)
    def act(self, who: int, action: tuple[str, str | None]) -> None:
        steps = self.desks[who].engine.steps
        if action[0] == "undo" and who == 0 and len(steps) <= 1:
            return  # the song must not go where everybody has it from
        self.ask(who, Action(*action))

    @rule(who=WHO, seconds=st.sampled_from([30.0, 600.0, 1800.0]))
    def wait(self, who: int, seconds: float) -> None:
        self.desks[who].wait(seconds)

    @rule(who=WHO, position=POSITIONS, title=WORDS, person=st.sampled_from([None, "Ada", "Ben"]))
    def edit(self, who: int, position: int, title: str, person: str | None) -> None:
        self.ask(who, EditTask(str(position), title=title, person=person))

    @rule(who=WHO, position=POSITIONS, budget=st.sampled_from([600.0, 1500.0]))
    def rebudget(self, who: int, position: int, budget: float) -> None:
        self.ask(who, EditTask(str(position), budget=budget, section="mixing"))

    @rule(who=WHO, position=POSITIONS, to=POSITIONS)
    def move(self, who: int, position: int, to: int) -> None:
        self.ask(who, MoveTask(str(position), to))

    @rule(who=WHO, title=WORDS, position=st.none() | POSITIONS)
    def add(self, who: int, title: str, position: int | None) -> None:
        _, song = self.here(who)
        self.ask(who, AddTask(song, TaskDraft(title), position))

    @rule(who=WHO, position=POSITIONS, text=WORDS, done=st.booleans())
    def hand(self, who: int, position: int, text: str, done: bool) -> None:
        self.ask(who, HandTask(str(position), "" if done else text, done=done))

    @rule(who=WHO, title=WORDS, song_map=st.none() | MAPS, sections=st.none() | SECTIONS)
    def rewrite(
        self, who: int, title: str, song_map: SongMap | None, sections: tuple[Section, ...] | None
    ) -> None:
        _, song = self.here(who)
        self.ask(who, EditSong(song, title=title, map=song_map, sections=sections))

    @rule(who=WHO, data=st.data(), drop=st.booleans())
    def reorder(self, who: int, data: st.DataObject, drop: bool) -> None:
        _, song = self.here(who)
        before = sheet_of(self.desks[who].engine.studio.songs[song])
        lines = data.draw(st.permutations(before.tasks))
        after = replace(before, tasks=tuple(lines[1:] if drop else lines))
        self.ask(who, RewriteSong(song, before, after))

    @rule(who=WHO, off=st.sampled_from([1.0, 3600.0]))
    def crash(self, who: int, off: float) -> None:
        self.desks[who].restart(off)

    @rule(giver=WHO, taker=WHO)
    def pass_on(self, giver: int, taker: int) -> None:
        if giver == taker:
            return
        self.check_itself(self.desks[giver])
        self.desks[giver].settle()
        came, desk = self.desks[giver].shares(self.song), self.desks[taker]
        running = desk.engine.studio.timer
        before = desk.lines(self.song)
        others = [
            t for t in desk.engine.studio.queue if not t.startswith(self.here(taker)[1] + ".")
        ]
        done = desk.takes(came)
        known = desk.lines(self.song)
        assert before <= known
        assert {one.line for one in came.records if one.kind != "met"} <= known
        now = desk.engine.studio.timer
        assert (now.task, now.since) == (running.task, running.since) or running.up_at is not None
        queue = desk.engine.studio.queue
        assert [t for t in queue if t in others] == others
        assert len(set(queue)) == len(queue)
        self.check_itself(desk)
        if done.request is not None:
            again = desk.would(came)
            assert again.request is None

    def check_itself(self, desk: Apart) -> None:
        """All that a studio knows adds up to what it has."""
        history = desk.history(self.song)
        assert history is not None
        told, picture = desk.tells(self.song), history.picture
        for of, task in told["tasks"].items():
            said = picture.said(of)
            assert {**DEFAULTS[True], **said}.items() >= task.fields.items()
            for name, members in task.lists.items():
                assert said.get(name, []) == list(members.values())
        for part in ("order", "prep"):
            assert sorted(told[part], key=lambda of: (picture.place(of), of)) == told[part]
        assert sorted(told["list"], key=lambda of: (picture.row(of), of)) == told["list"]
        fields, lists = told["song"]
        said = picture.said("")
        assert {**DEFAULTS[False], **said}.items() >= fields.items()
        for name, members in lists.items():
            assert said.get(name, []) == [it for _, it in members]

    def teardown(self) -> None:
        if hasattr(self, "desks"):
            self.come_together()

    def come_together(self) -> None:
        for desk in self.desks:
            desk.settle()
            self.check_itself(desk)
            for name in ("end", "pause"):
                try:
                    desk.do(name)
                except Refused:
                    continue
        for _ in range(3):
            for giver, taker in permutations(self.desks, 2):
                taker.takes(giver.shares(self.song))
        for giver, taker in permutations(self.desks, 2):
            assert taker.would(giver.shares(self.song)).request is None
        self.check_alike()

    def check_alike(self) -> None:
        first = self.desks[0]
        told, clashes = first.tells(self.song), pictured(first.shares(self.song)).clashes()
        content = {one for one in first.lines(self.song) if '"kind":"met"' not in one}
        for desk in self.desks[1:]:
            other = desk.tells(self.song)
            resting = [d.engine.studio.songs[d.history(self.song).song].resting for d in self.desks]  # type: ignore[union-attr] # it is there
            for part in ("song", "tasks", "list") + (() if any(resting) else ("order", "prep")):
                assert other[part] == told[part]
            assert {one for one in desk.lines(self.song) if '"kind":"met"' not in one} == content
            assert pictured(desk.shares(self.song)).clashes() == clashes
        picture = pictured(first.shares(self.song))
        for of, task in told["tasks"].items():
            assert abs(max(0, picture.sums.get((of, "spent"), 0)) - task.sums["spent"]) <= 3


Apartness.TestCase.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
test_studios_that_were_apart_come_together = Apartness.TestCase

"""Whatever three studios do to a song, a merge leads to what follows from who knew what: no more, no less."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from itertools import permutations
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from bridge.core.actions import (
    AddTask,
    EditSong,
    EditTask,
    HandTask,
    Request,
    RewriteSong,
    TaskDraft,
)
from bridge.core.events_sharing import SongMerged
from bridge.core.evolve import evolve
from bridge.core.model import Song, SongMap, Studio, Task
from bridge.core.sharing_settle import settle
from bridge.core.sheets import sheet_of
from bridge.errors import Invalid, Refused
from tests.standins.apart import Apart
from tests.standins.desk import SONG
from tests.standins.foretold import Event, Foretold, foretold, lists, scalars, seen, sums

WHO = st.integers(0, 2)
TASK = st.integers(0, 2)
WORDS = ("Hum", "Sing", "Shout")
DEED = st.sampled_from(
    [
        "complete",
        "skip",
        "later",
        "extend",
        "title",
        "louder",
        "",
        "remove",
        "undo",
        "depict",
        "themes",
    ]
)
ID = "northern-lights"


class Foreteller(RuleBasedStateMachine):
    """Keeps for each studio what is known there, and holds the song against what that leads to."""

    @initialize(behind=st.lists(st.sampled_from([-7200.0, 0.0, 7200.0]), min_size=3, max_size=3))
    def meet(self, behind: list[float]) -> None:
        names = (("aaaa", "Ada"), ("bbbb", "Ben"), ("cccc", "Cleo"))
        self.desks = [Apart(*one, auto_start=False) for one in names]
        self.read = [0, 0, 0]
        self.states = [Studio(), Studio(), Studio()]
        self.known: list[frozenset[Event]] = [frozenset()] * 3
        self.floor = [0, 0, 0]
        self.number = 0
        for desk, by in zip(self.desks, behind, strict=True):
            desk.set_clock(by)
        self.desks[0] = Apart("aaaa", "Ada", SONG, auto_start=False)
        self.song = self.desks[0].known_as(ID)
        self.look(0)
        for taker in (1, 2):
            self.hand_over(0, taker)
        self.floor = [len(desk.engine.steps) for desk in self.desks]

    # --- what is seen -------------------------------------------------------------------------

    def look(self, who: int) -> None:
        """Note all that happened at a desk since the last look, but what came in."""
        desk = self.desks[who]
        history = desk.history(self.song)
        assert history is not None
        for entry in desk.journal[self.read[who] :]:
            was = self.states[who]
            now = self.states[who] = evolve(was, entry)
            if not isinstance(entry.fact, SongMerged):
                before, after = was.songs.get(history.song), now.songs.get(history.song)
                self.note(
                    who,
                    entry.at,
                    self.things(before, history.names),
                    self.things(after, history.names),
                )
        self.read[who] = len(desk.journal)

    def things(self, song: Song | None, names: dict[str, str]) -> dict[str, Task | Song]:
        if song is None:
            return {}
        return {"": song, **{names[key]: task for key, task in song.tasks.items()}}

    def note(
        self, who: int, at: float, was: dict[str, Task | Song], now: dict[str, Task | Song]
    ) -> None:
        known = self.known[who]
        for of in {**was, **now}:
            for change in seen(of, was.get(of), now.get(of), known):
                self.tell(who, at, of, change, known)

    def tell(
        self, who: int, at: float, of: str, change: tuple[str, str, Any], knew: frozenset[Event]
    ) -> None:
        self.number += 1
        name = self.desks[who].engine.studio.known_as
        self.known[who] |= {Event(name, self.number, at, of, *change, knew)}

    # --- what they do -------------------------------------------------------------------------

    def ask(self, who: int, *requests: Request) -> None:
        for request in requests:
            try:
                self.desks[who].ask(request)
            except (Refused, Invalid):
                break
        self.look(who)

    def task(self, who: int, number: int) -> Task | None:
        tasks = list(self.own(who).tasks.values())
        return tasks[number % len(tasks)] if tasks else None

    def own(self, who: int) -> Song:
        return self.desks[who].engine.studio.songs[ID]

    @rule(who=WHO, number=TASK, word=st.sampled_from(["Hum", "Sing", "Shout"]), what=st.sampled_from(
        ["title", "person", "track", "section", "energy"]))  # fmt: skip
    def write(self, who: int, number: int, word: str, what: str) -> None:
        if task := self.task(who, number):
            said = {"section": {"Hum": "mixing"}.get(word, "composition"),
                    "energy": {"Hum": "low", "Sing": "high"}.get(word, "medium")}  # fmt: skip
            self.ask(who, EditTask(task.id, **{what: said.get(what, word)}))  # type: ignore[arg-type] # each of its kind

    @rule(who=WHO, number=TASK, seconds=st.sampled_from([7.25, 600.0, 2400.0]),
          how=st.sampled_from(["complete", "skip", "later", "pause", "end", "extend"]))  # fmt: skip
    def work(self, who: int, number: int, seconds: float, how: str) -> None:
        desk, task = self.desks[who], self.task(who, number)
        for name, argument in (("start", task.id if task else ""), ("wait", None), (how, None)):
            try:
                if name == "wait":
                    desk.wait(seconds)
                else:
                    desk.do(name, "5m" if name == "extend" else argument)
            except (Refused, Invalid):
                break
        self.rest(who)

    @rule(who=WHO, word=st.sampled_from(["Clap", "Stomp"]))
    def add(self, who: int, word: str) -> None:
        self.ask(who, AddTask(ID, TaskDraft(word)))

    @rule(who=WHO, number=TASK)
    def remove(self, who: int, number: int) -> None:
        before = sheet_of(self.own(who))
        kept = [line for n, line in enumerate(before.tasks) if n != number % len(before.tasks)]
        if kept:
            self.ask(who, RewriteSong(ID, before, replace(before, tasks=tuple(kept))))

    @rule(who=WHO, number=TASK, word=st.sampled_from(["louder", "softer", ""]))
    def leave(self, who: int, number: int, word: str) -> None:
        if task := self.task(who, number):
            self.ask(who, HandTask(task.id, word, done=not word))

    @rule(who=WHO, depict=st.sampled_from(["aurora", "night", ""]),
          themes=st.sets(st.sampled_from(["wide", "slow"])))  # fmt: skip
    def map(self, who: int, depict: str, themes: set[str]) -> None:
        there = self.own(who).map.musical_themes  # a member that moves is put anew: none moves
        order = [one for one in there if one in themes] + sorted(themes.difference(there))
        self.ask(who, EditSong(ID, map=SongMap(depict=depict, musical_themes=tuple(order))))

    @rule(who=WHO)
    def undo(self, who: int) -> None:
        if len(self.desks[who].engine.steps) > self.floor[who]:
            self.desks[who].do("undo")
            self.look(who)
            self.rest(who)

    @rule(who=WHO, seconds=st.sampled_from([1.0, 3600.0]))
    def pause(self, who: int, seconds: float) -> None:
        self.desks[who].wait(seconds)
        self.look(who)

    @rule(
        two=st.permutations(range(3)),
        deeds=st.tuples(DEED, DEED),
        meet=st.booleans(),
        keep=st.none() | st.booleans(),
    )
    def collide(
        self, two: list[int], deeds: tuple[str, str], meet: bool, keep: bool | None
    ) -> None:
        """Two who know the same do something each to one task, and meet."""
        one, other, _ = two
        if meet:
            self.hand_over(one, other)
            self.hand_over(other, one)
        song = self.desks[one].history(self.song)
        assert song is not None
        of = next(iter(sorted(song.names[key] for key in self.own(one).tasks)), "")
        for who, deed in zip((one, other), deeds, strict=True):
            history = self.desks[who].history(self.song)
            assert history is not None
            self.deed(who, history.here.get(of, ""), deed)
        self.hand_over(one, other)
        self.hand_over(other, one)
        if keep is not None:
            self.choose(one, 0, keep)
            self.hand_over(one, other)

    @rule(who=WHO, number=TASK, between=DEED)
    def think_better_of_a_removal(self, who: int, number: int, between: str) -> None:
        if task := self.task(who, number):
            steps = len(self.desks[who].engine.steps)
            self.deed(who, task.id, between)
            self.remove(who, number)
            if len(self.desks[who].engine.steps) > steps:
                self.undo(who)

    def deed(self, who: int, key: str, deed: str) -> None:
        song = self.own(who)
        number = list(song.tasks).index(key) if key in song.tasks else 0
        match deed:
            case "title":
                self.write(who, number, WORDS[who], "title")
            case "louder" | "":
                self.leave(who, number, deed)
            case "remove":
                self.remove(who, number)
            case "undo":
                self.undo(who)
            case "depict":
                self.map(who, WORDS[who], set())
            case "themes":
                self.map(who, song.map.depict, {"wide"})
            case _:
                self.work(who, number, 60.0, deed)

    @rule(who=WHO, number=st.integers(0, 3), keep=st.booleans())
    def choose(self, who: int, number: int, keep: bool) -> None:
        """Settle a clash: whoever writes that knew of all sides."""
        history = self.desks[who].history(self.song)
        assert history is not None
        clashes = history.picture.clashes()
        if not clashes:
            return
        clash = clashes[number % len(clashes)]
        value = clash.won.value if keep else clash.lost[0].value
        if clash.slot.name == "there":
            value = True if keep else None
        knew = self.known[who]
        self.ask(who, settle(history, self.desks[who].engine.seq, clash, value))
        now = self.own(who)
        thing = self.things(now, {**history.names}).get(clash.slot.of)
        if thing is not None and not clash.slot.key:
            at = self.desks[who].journal[-1].at
            told = scalars(thing)
            for name in told if clash.slot.name == "there" else [clash.slot.name]:
                self.tell(who, at, clash.slot.of, ("set", name, told[name]), knew)
        after = self.foretold(who).clashes
        assert (clash.slot.of, clash.slot.name) not in after
        self.check(who)

    def rest(self, who: int) -> None:
        """Let nothing be under way: what goes on is held against other rules."""
        with contextlib.suppress(Refused):
            self.desks[who].do("end")
        self.look(who)

    # --- what comes of it ---------------------------------------------------------------------

    @rule(giver=WHO, taker=WHO)
    def pass_on(self, giver: int, taker: int) -> None:
        if giver != taker:
            self.hand_over(giver, taker)

    def hand_over(self, giver: int, taker: int) -> None:
        before = self.foretold(taker).clashes
        done = self.desks[taker].takes(self.desks[giver].shares(self.song))
        self.known[taker] |= self.known[giver]
        self.look(taker)
        self.floor[taker] = len(self.desks[taker].engine.steps)
        self.check(taker)
        told = {(clash.slot.of, clash.slot.name) for clash in done.clashes}
        assert told >= self.foretold(taker).clashes - before  # whoever merges hears of it

    def foretold(self, who: int) -> Foretold:
        return foretold(self.known[who])

    def check(self, who: int) -> None:
        wanted, history = self.foretold(who), self.desks[who].history(self.song)
        assert history is not None
        things = self.things(self.own(who), history.names)
        assert things.keys() - {""} == wanted.there
        for of, thing in things.items():
            for name, value in scalars(thing).items():
                assert (of, name, wanted.fields.get((of, name), value)) == (of, name, value)
            for name, members in lists(thing).items():
                assert (name, wanted.members.get((of, name), frozenset())) == (name, members)
            if isinstance(thing, Task):
                for name, value in sums(thing).items():
                    assert abs(wanted.sums.get((of, name), 0) - value) <= (name == "spent")
        found = {(clash.slot.of, clash.slot.name) for clash in history.picture.clashes()}
        assert found == wanted.clashes

    def teardown(self) -> None:
        if hasattr(self, "song"):
            for _ in range(2):
                for giver, taker in permutations(range(3), 2):
                    self.hand_over(giver, taker)
            assert self.known[0] == self.known[1] == self.known[2]


Foreteller.TestCase.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
test_a_merge_leads_to_what_follows_from_who_knew_what = Foreteller.TestCase

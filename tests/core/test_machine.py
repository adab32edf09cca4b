"""Every action in any order, against a plain list; and a replay is always the live state."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from bridge.core import goals
from bridge.core.actions import (
    Action,
    AddTask,
    EditSong,
    EditTask,
    ImportSong,
    Request,
    RewriteSong,
    SetGoal,
    SongDraft,
    TaskDraft,
)
from bridge.core.clockwork import stretch
from bridge.core.ear_rest import EarRule
from bridge.core.engine import Engine
from bridge.core.model import Studio as Bench
from bridge.core.model import TaskState, TimerState
from bridge.core.replacing import replace
from bridge.core.settings import Settings
from bridge.core.sheets import sheet_of
from bridge.core.undo import Step
from bridge.errors import Invalid, Refused
from tests.standins.desk import Desk

_TOLD_ELSEWHERE = (
    "prep", "undo", "stage", "back", "order", "move", "bring", "rest", "wake", "rut", "off", "edit",
)  # fmt: skip
POSITIONS = st.integers(1, 8)
DURATIONS = st.sampled_from(["5m", "-5m", "30s", "1h", "0s", "soon"])


class Studio(RuleBasedStateMachine):
    """`self.plain` is the queue as a plain list of titles, kept by the simplest code that can."""

    @initialize(
        policy=st.sampled_from(["move-on", "wait", "keep-counting"]),
        auto=st.booleans(),
        rest=st.sampled_from(["offer", "begin"]),
    )
    def sit_down(self, policy: str, auto: bool, rest: str) -> None:
        config = Settings(
            at_zero=policy,  # type: ignore[arg-type] # drawn from its members
            auto_start=auto,
            ear_rules=(EarRule("composition", 120.0, 900.0),),
            ear_rest=rest,  # type: ignore[arg-type] # as above
            prep_again=3600.0,
        )
        self.desk = Desk(config)
        self.plain: list[str] = []
        self.count = 0
        self.passed = 0.0
        self.import_song(3)

    def ask(self, name: str, argument: object = None) -> bool:
        """Return whether it was granted; what is refused must leave everything as it was."""
        return self.request(Action(name, argument))  # type: ignore[arg-type] # hostile on purpose

    def request(self, request: Request) -> bool:
        name = request.name if isinstance(request, Action) else "edit"
        self.desk.settle()
        before, told = self.desk.engine.studio, len(self.desk.journal)
        steps = self.desk.engine.steps
        try:
            self.desk.ask(request)
        except (Refused, Invalid):
            assert self.desk.engine.studio is before
            assert len(self.desk.journal) == told
            return False
        if name == "undo":
            self.check_taken_back(steps[-1], before)
        self.plain = self.follow(name, before)
        return True

    def check_taken_back(self, step: Step, present: Bench) -> None:
        """All is as it was before the action, but for the time charged since in a sitting that goes on."""
        now, then, after = self.desk.engine.studio, step.before, step.after
        assert then is not None
        assert after is not None
        assert (now.queue, now.prep_queue, now.prep) == (then.queue, then.prep_queue, then.prep)
        assert (now.song, now.goals, now.songs.keys()) == (then.song, then.goals, then.songs.keys())
        assert now.method == then.method
        for old_song in then.songs.values():
            head = now.songs[old_song.id]
            assert (head.resting, head.goal) == (old_song.resting, old_song.goal)
        for old in then.tasks():
            new, had = now.the(old.id), after.task(old.id)
            assert (new.title, new.section, new.state) == (old.title, old.section, old.state)
            assert (new.budget, new.planned) == (old.budget, old.planned)
            assert (new.energy, new.goal, new.left_at) == (old.energy, old.goal, old.left_at)
            if had is not None:
                since = present.the(old.id).spent - had.spent
                since = since if now.sitting or not present.sitting else 0.0
                assert abs(new.spent - max(0.0, old.spent + since)) < 1e-6

    def follow(self, name: str, before: object) -> list[str]:
        """Return what a plain list would hold after `name` was granted."""
        studio = self.desk.engine.studio
        plain, current = list(self.plain), before.timer.task  # type: ignore[attr-defined] # a Studio
        if current not in plain:
            pass  # a preparation task: it has a queue of its own
        elif name in ("complete", "skip"):
            plain.remove(current)
        elif name == "later":
            plain.remove(current)
            plain.append(current)
        if name in _TOLD_ELSEWHERE:
            return list(studio.queue)  # told by their own tests; the list takes their word
        started = studio.timer.task
        if started and started != current and started in plain:
            plain.remove(started)
            plain.insert(0, started)
        return plain

    @rule(tasks=st.integers(0, 3))
    def import_song(self, tasks: int) -> None:
        self.count += 1
        drafts = tuple(TaskDraft(f"Task {n} ({5 + n}m)") for n in range(tasks))
        self.desk.ask(ImportSong(SongDraft(f"Song {self.count}", tasks=drafts)))
        self.plain += [f"song-{self.count}.{n + 1}" for n in range(tasks)]

    @rule(position=st.none() | POSITIONS)
    def add_task(self, position: int | None) -> None:
        self.desk.settle()
        self.sync()
        studio = self.desk.engine.studio
        if studio.prep:
            return
        song = studio.songs.get(f"song-{self.count}")
        if song is None or song.stage == "finished":
            return
        index = len(self.plain) if position is None else position - 1
        if studio.timer.task in self.plain:
            index = max(1, index)
        self.desk.ask(AddTask(song.id, TaskDraft("One more thing (10m)"), position))
        if not song.resting:
            self.plain.insert(index, f"{song.id}.{song.next_number}")

    @rule(
        name=st.sampled_from(
            [
                "start",
                "pause",
                "resume",
                "toggle",
                "complete",
                "skip",
                "later",
                "back",
                "undo",
                "end",
            ]
        )
    )
    def press(self, name: str) -> None:
        self.desk.settle()
        self.sync()
        self.ask(name)

    @rule(position=POSITIONS)
    def start_at(self, position: int) -> None:
        self.desk.settle()
        self.sync()
        self.ask("start", position)

    @rule(position=POSITIONS)
    def select(self, position: int) -> None:
        self.desk.settle()
        self.sync()
        studio = self.desk.engine.studio
        wanted = studio.order[position - 1] if position <= len(studio.order) else None
        if self.ask("select", position) and wanted in self.plain and not studio.prep:
            self.plain.remove(wanted)
            self.plain.insert(1 if studio.timer.task in studio.order else 0, wanted)

    @rule(name=st.sampled_from(["extend", "break"]), duration=DURATIONS)
    def timed(self, name: str, duration: str) -> None:
        self.desk.settle()
        self.sync()
        self.ask(name, duration)

    @rule(
        argument=st.sampled_from(
            [
                "next",
                "prev",
                "on",
                "off",
                "toggle",
                "a text",
                "@Ben a text",
                "done",
                1,
                0.5,
                "",
                None,
            ]
        )
    )
    def words(self, argument: object) -> None:
        self.desk.settle()
        self.sync()
        for name in ("song", "stage", "prep", "mark", "note", "person", "hand"):
            self.ask(name, argument)

    @rule(
        name=st.sampled_from(["order", "move", "bring", "rest", "wake", "rut", "off", "feed"]),
        argument=st.sampled_from(
            [
                None, "", 1, "1", "2", "section", "song", "energy", "energy low", "short", "person Ada",
                "goal", "back", "all", "song-1", "song-1.1", "until friday", "3 days", "end",
                "from tomorrow until friday", "listen Kind of Blue", "done 1", "drop 1", "small",
                "prep", "break", "off", "feed", "helped", "no", "nonsense", "done", "down",
                "2 up", "1 3",
            ]
        ),
    )  # fmt: skip
    def method(self, name: str, argument: object) -> None:
        self.desk.settle()
        self.sync()
        before = self.desk.engine.studio
        if self.ask(name, argument) and name == "order":
            assert sorted(self.desk.engine.studio.order) == sorted(before.order)
            assert self.desk.engine.studio.timer == before.timer

    @rule(
        number=st.integers(1, 3),
        text=st.sampled_from([None, "", "an EP by May"]),
        done=st.sampled_from([None, 0.0, 0.5, 1.0]),
        auto=st.booleans(),
    )
    def goal(self, number: int, text: str | None, done: float | None, auto: bool) -> None:
        self.desk.settle()
        self.sync()
        self.request(SetGoal(number, text, done, by="2026-12-24", auto=auto))

    @rule(
        position=POSITIONS,
        goal=st.integers(0, 3),
        energy=st.sampled_from(["low", "medium", "high", ""]),
        whole=st.booleans(),
    )
    def edit(self, position: int, goal: int, energy: str, whole: bool) -> None:
        self.desk.settle()
        self.sync()
        if whole:
            self.request(EditSong("song-1", goal=goal))
        else:
            self.request(EditTask(str(position), energy=energy, goal=goal))  # type: ignore[arg-type] # drawn from its members

    @rule(
        places=st.permutations(range(6)),
        kept=st.integers(0, 6),
        state=st.sampled_from(list(TaskState)),
        stage=st.sampled_from(["idea incubation", "finished"]),
    )
    def rewrite(self, places: list[int], kept: int, state: TaskState, stage: str) -> None:
        self.desk.settle()
        self.sync()
        song = self.desk.engine.studio.songs.get("song-1")
        if song is None:
            return
        sheet = sheet_of(song)
        lines = [sheet.tasks[n] for n in places[:kept] if n < len(sheet.tasks)]
        if lines:
            lines[0] = replace(lines[0], draft=replace(lines[0].draft, state=state))
        after = replace(sheet, stage=stage, tasks=tuple(lines))
        self.request(RewriteSong("song-1", sheet, after))

    @rule(seconds=st.floats(0.0, 4000.0))
    def wait(self, seconds: float) -> None:
        self.passed += seconds
        self.desk.wait(seconds)
        self.sync()

    @rule(hours=st.floats(0.05, 30.0))
    def sleep(self, hours: float) -> None:
        """However long the lid is closed, at most one box ends, and the queue keeps its tasks."""
        self.desk.settle()
        self.sync()
        members = set(self.desk.engine.studio.queue)
        self.passed += hours * 3600
        self.desk.sleep(hours * 3600)
        assert set(self.desk.engine.studio.queue) == members
        self.sync()

    @rule(by=st.floats(-1e6, 1e6))
    def set_clock(self, by: float) -> None:
        self.desk.settle()
        self.sync()
        left = self.desk.left
        self.desk.set_clock(by if abs(by) > 2.1 else 10.0)
        assert abs(self.desk.left - left) < 1e-3

    @rule(seconds=st.floats(0.0, 1e6))
    def restart(self, seconds: float) -> None:
        self.passed += seconds
        self.desk.restart(off_for=seconds)
        self.sync()

    @rule(on=st.booleans(), source=st.sampled_from(["daw", "clock"]))
    def record(self, on: bool, source: str) -> None:
        self.desk.settle()
        self.sync()
        timer = self.desk.engine.studio.timer
        self.desk.record(on, source)
        now = self.desk.engine.studio
        assert (now.take is not None) is on
        assert (now.timer.state, now.timer.task) == (timer.state, timer.task)

    @precondition(lambda self: self.desk.engine.studio.take is not None)
    @rule(seconds=st.floats(0.0, 40_000.0))
    def play_on(self, seconds: float) -> None:
        """However long a take is, awake: nothing moves on, nobody is away, all of it is charged."""
        self.desk.settle()
        self.sync()
        before = self.desk.engine.studio
        spent = {task.id: task.spent for task in before.tasks()}
        counting = before.timer.counting
        at = self.desk.moment.wall - stretch(before.timer, self.desk.moment.wall)
        self.passed += seconds
        self.desk.wait(seconds)
        now = self.desk.engine.studio
        assert now.take == before.take
        if before.timer.state is not TimerState.BREAK:
            assert now.queue == before.queue
            assert now.timer.task == before.timer.task
        if before.timer.state is not TimerState.AWAY:
            assert now.timer.state is not TimerState.AWAY
        if counting and now.timer.task:
            wall = self.desk.moment.wall
            charged = now.the(now.timer.task).spent + stretch(now.timer, wall)
            assert abs(charged - spent[now.timer.task] - (wall - at)) < 1e-3
        self.sync()

    def sync(self) -> None:
        """Follow what the clock did by itself: it only ever sets the current task aside."""
        assert sorted(self.plain) == sorted(self.desk.engine.studio.queue)
        self.plain = list(self.desk.engine.studio.queue)

    @invariant()
    def the_queue_is_the_plain_list(self) -> None:
        assert self.plain == list(self.desk.engine.studio.queue)

    @invariant()
    def nothing_is_in_the_queue_twice_and_all_of_it_is_open(self) -> None:
        studio = self.desk.engine.studio
        assert len(set(studio.queue)) == len(studio.queue)
        assert all(studio.the(task).open for task in studio.queue + studio.prep_queue)

    @invariant()
    def the_current_task_is_at_position_one_of_its_queue(self) -> None:
        studio = self.desk.engine.studio
        if studio.current is not None:
            assert studio.current.id in (studio.queue[:1] + studio.prep_queue[:1])

    @invariant()
    def times_are_never_negative(self) -> None:
        for task in self.desk.engine.studio.tasks():
            assert task.spent >= -1e-6
            assert task.boxed >= -1e-6
            assert task.budget > 0

    @invariant()
    def no_more_time_is_charged_than_has_passed(self) -> None:
        studio, at = self.desk.engine.studio, self.desk.moment.wall
        charged = sum(task.spent for task in studio.tasks()) + stretch(studio.timer, at)
        assert charged <= self.passed + 1e-3

    @invariant()
    def counting_means_a_current_open_task(self) -> None:
        timer = self.desk.engine.studio.timer
        if timer.state in (
            TimerState.RUNNING,
            TimerState.OVERTIME,
            TimerState.PAUSED,
            TimerState.AWAY,
        ):
            assert self.desk.engine.studio.the(timer.task or "").state is TaskState.TODO

    @invariant()
    def work_is_of_a_sitting(self) -> None:
        studio = self.desk.engine.studio
        assert studio.sitting is not None or not studio.timer.counting

    @invariant()
    def overtime_is_charged_while_a_take_runs(self) -> None:
        studio = self.desk.engine.studio
        if studio.take is not None and studio.timer.counting:
            assert studio.timer.since is not None

    @invariant()
    def goals_are_as_far_as_their_tasks(self) -> None:
        studio = self.desk.engine.studio
        assert goals.filled(studio).goals == studio.goals

    @invariant()
    def what_rests_is_in_no_queue(self) -> None:
        studio = self.desk.engine.studio
        assert not any(studio.songs[studio.the(t).song].resting for t in studio.queue)

    @invariant()
    def numbers_have_no_gap(self) -> None:
        assert [e.seq for e in self.desk.journal] == list(range(1, len(self.desk.journal) + 1))

    @invariant()
    def a_replay_is_the_live_state(self) -> None:
        engine = Engine(self.desk.settings)
        engine.replay(self.desk.journal)
        assert engine.studio == self.desk.engine.studio
        assert [s.seq for s in engine.steps] == [s.seq for s in self.desk.engine.steps]

    @invariant()
    def the_view_can_be_drawn(self) -> None:
        view = self.desk.view
        assert 0 <= view.timer.progress <= 1
        assert len(view.queue()) == view.queue_size


TestStudio = Studio.TestCase
TestStudio.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)

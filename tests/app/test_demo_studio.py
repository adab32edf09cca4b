"""The demo's studio: real parts, real datagrams, a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge.app.demo_clock import StillClock
from bridge.app.demo_daws import LOCAL, Ear
from bridge.app.demo_pads import OFF
from bridge.app.demo_player import Datagram, Player, Press, Replug, Step, Until
from bridge.app.demo_stage import PORT, Stage
from bridge.app.demo_studio import staged
from bridge.core.model import TimerState
from bridge.messages import Effect, Osc
from bridge.moment import Moment
from bridge.store.sqlite import SqliteJournal
from tests.standins.desk import SONG, START


@pytest.fixture
def clock() -> StillClock:
    return StillClock(Moment(0.0, START))


@pytest.fixture
def stage(tmp_path: Path, clock: StillClock) -> Iterator[Stage]:
    with staged(tmp_path, clock.now, (SONG,)) as stage:
        stage.quiet()
        clock.move(1.0)  # the device takes 25 frames a second
        stage.news.clear()
        yield stage


def kinds(stage: Stage) -> list[str]:
    return [news.kind for news in stage.news]


def test_a_pressed_pad_starts_a_task_and_both_programs_hear_of_it(stage: Stage) -> None:
    stage.press("pad.1.2")
    stage.quiet()
    assert stage.view.task is not None
    assert stage.view.task.title == "Design sound for bassline"
    assert stage.pads["pad.1.1"].effect is Effect.PULSE
    assert [marker.name for marker in stage.reaper.markers] == ["Design sound for bassline"]
    assert stage.plain.heard == 3
    assert {"press", "fact", "osc", "reaper", "marker", "lights"} == set(kinds(stage))


def test_the_order_is_press_fact_cue_light(stage: Stage) -> None:
    stage.press("pad.1.1")
    stage.turn()
    first = dict.fromkeys(
        kind for kind in kinds(stage) if kind in ("press", "fact", "osc", "lights")
    )
    assert list(first) == ["press", "fact", "osc", "lights"]


def test_a_held_pad_is_let_go_in_its_time_and_selects(stage: Stage, clock: StillClock) -> None:
    stage.press("pad.1.3", held=0.8)
    stage.turn()
    assert stage.view.queue()[0].title == "Write chord progression"
    clock.move(0.8)
    stage.quiet()
    assert stage.view.queue()[0].title == "Balance drums and bass"
    assert stage.view.task is None


def test_a_refused_press_blinks_red_and_says_why(stage: Stage) -> None:
    stage.press("pad.7.2")
    stage.quiet()
    assert "no" in kinds(stage)
    assert stage.pads["pad.7.2"].effect is Effect.BLINK
    assert stage.pads["pad.7.2"].rgb[0] > stage.pads["pad.7.2"].rgb[1]


def test_what_it_knows_is_on_the_disk(tmp_path: Path, clock: StillClock) -> None:
    with staged(tmp_path, clock.now, (SONG,)) as stage:
        stage.press("pad.1.1")
        stage.quiet()
        seq = stage.session.engine.seq
    journal = SqliteJournal.open(tmp_path / "journal.db")
    assert journal.load().last_seq == seq
    journal.close()


def test_two_studios_do_not_get_in_each_others_way(tmp_path: Path, clock: StillClock) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with staged(tmp_path / "a", clock.now, (SONG,)) as one, staged(tmp_path / "b", clock.now, ()):
        clock.move(1.0)
        one.press("pad.1.1")
        one.quiet()
        assert one.reaper.markers[0].name == "Write chord progression"


class TestPlayer:
    @pytest.fixture
    def player(self, stage: Stage, clock: StillClock) -> Iterator[Player]:
        player = Player(stage, clock)
        yield player
        player.close()

    def test_time_passes_until_something_is_so(self, player: Player, clock: StillClock) -> None:
        player.play(Step("", "", Press("pad.1.1")))
        scene = player.play(
            Step("", "", Until(lambda view: view.timer.state is TimerState.OVERTIME))
        )
        assert clock.now().mono == pytest.approx(1 + 20 * 60 + 1)
        assert scene.news[0].text == "time-up Write chord progression"
        assert scene.at == START + 1 + 20 * 60

    def test_a_stranger_is_answered_over_the_wire(self, player: Player) -> None:
        player.play(Step("", "", Press("pad.1.1")))
        scene = player.play(Step("", "", Datagram(Osc("/songbridge/complete", (1,)))))
        answers = [news.text for news in scene.news if news.kind == "answer"]
        assert len(answers) == 1
        assert answers[0].startswith('/songbridge/ok "complete" ')

    def test_put_back_the_device_shows_what_it_showed_before(
        self, player: Player, stage: Stage
    ) -> None:
        before = player.play(Step("", "", Press("pad.1.1"))).lights
        scene = player.play(Step("", "", Replug()))
        assert [news.text.split(":")[0] for news in scene.news] == ["unplugged", "plugged in"]
        assert "0 lights" in scene.news[0].text
        lit = {name: lit for name, lit in before.items() if lit != OFF}
        assert {name: lit for name, lit in scene.lights.items() if lit != OFF} == lit
        assert stage.midi.states()[next(iter(stage.midi.states()))].name == PORT


def test_what_is_no_osc_is_counted_and_passed_over() -> None:
    ear, other = Ear(), Ear()
    other._socket.sendto(b"nonsense", (LOCAL, ear.port))
    assert ear.take(2.0) == []
    assert ear.heard == 1
    ear.close()
    other.close()

"""Evenings with the method under the fingers: a Launchpad through the whole service, bytes to bytes."""

from __future__ import annotations

import pytest

from bridge.core.actions import ImportSong, SetGoal, SongDraft, TaskDraft
from bridge.core.ear_rest import EarRule
from bridge.core.settings import Settings
from bridge.daw.target import DawSettings
from bridge.files.config_controllers import ControllerConfig
from tests.standins.emulators.launchpad import LaunchpadMiniMk3
from tests.standins.hands import Hands
from tests.standins.studio import PEER, Studio

PORT = "Launchpad Mini MK3:Launchpad Mini MK3 LPMiniMK3 MI"
MINUTE, HOUR, DAY = 60.0, 3600.0, 24 * 3600.0
SESSION = 95
SONGS = (
    SongDraft("Moss", tasks=tuple(TaskDraft(f"Step {n} (20m)", goal=1) for n in range(1, 9))),
    SongDraft("Fern", tasks=(TaskDraft("Mix drums (2h)", "mixing"),)),
)


def led(row: int, column: int) -> int:
    return 10 * (9 - row) + column


class Player(Hands):
    """Somebody at a Launchpad."""

    def __init__(self, layout: str = "auto", settings: Settings | None = None) -> None:
        studio = Studio(
            settings=settings,
            controllers=[ControllerConfig(layout=layout)],
            daws=[DawSettings("osc", port=9001)],
            peers=[PEER],
        )
        studio.ask(SetGoal(1, "an EP", by="2026-12-24"))
        for song in SONGS:
            studio.ask(ImportSong(song))
        self.pad = LaunchpadMiniMk3()
        super().__init__(studio, PORT, self.pad)

    def touch(self, row: int, column: int, *, hold: float = 0.08) -> None:
        self.press(led(row, column), hold=hold)

    def lit(self, row: int, column: int) -> str:
        return self.pad.lit(led(row, column)).effect

    def colour(self, row: int, column: int) -> object:
        return self.pad.lit(led(row, column)).colour

    @property
    def layout(self) -> object:
        (row,) = self.studio.session.controllers.status(self.studio.midi.states())
        return row["layout"] if isinstance(row, dict) else None

    def told(self) -> list[str]:
        """Return the words of all facts so far that OSC subscribers heard of."""
        return [
            str(m.args[0]) for m in self.studio.osc.to(str(PEER)) if m.address.endswith("/event")
        ]


def test_a_rut_in_the_middle_of_an_evening_is_seen_offered_a_way_and_remembered() -> None:
    player = Player()
    studio = player.studio
    player.touch(1, 1)
    studio.wait(5 * MINUTE)
    calm = player.pad.lit(SESSION)
    for _ in range(4):
        player.touch(7, 3)  # skip
    pressing = player.pad.lit(SESSION)
    assert (calm.effect, pressing.effect) == ("solid", "pulse")

    player.press(SESSION, hold=0.8)
    assert player.layout == "method-8x8"
    assert player.lit(4, 1) == "pulse"
    dim = player.colour(4, 2)
    player.touch(4, 1)
    assert player.colour(4, 2) != dim
    assert (player.lit(4, 7), studio.view.ways[3]) == ("off", "song")

    player.touch(4, 5)  # another song
    assert studio.current == "Mix drums"
    assert player.lit(4, 5) == "pulse"
    studio.wait(20 * MINUTE)
    player.touch(7, 2)  # complete: it helped
    assert studio.session.engine.studio.method.rut.helped == {"song": 1}
    words = [word for word in player.told() if word.startswith("rut")]
    assert words == ["rut-sensed", "rut-offered", "rut-chosen", "rut-helped"]

    player.press(SESSION)
    assert player.layout == "queue-8x8"
    studio.do("end")
    studio.wait(DAY)
    assert player.pad.lit(SESSION).effect == "solid"


def test_goals_fill_under_the_eyes_as_tasks_are_done() -> None:
    player = Player("method-8x8")
    empty = [player.colour(1, n) for n in range(1, 9)]
    player.touch(7, 1)
    for done in range(1, 4):
        player.touch(7, 2)
        filled = [player.colour(1, n) for n in range(1, 9)]
        changed = [now != before for now, before in zip(filled, empty, strict=True)]
        assert changed == [True] * done + [False] * (8 - done)
    player.touch(7, 8)
    assert player.colour(1, 3) == empty[2]


def test_ears_that_should_rest_pulse_and_the_break_has_its_length() -> None:
    player = Player(settings=Settings(ear_rules=(EarRule("mixing", 10 * MINUTE, 50 * MINUTE),)))
    studio = player.studio
    player.touch(2, 1)  # the ninth of the queue
    assert studio.current == "Mix drums"
    studio.wait(49 * MINUTE)
    assert player.lit(7, 6) == "solid"
    studio.wait(2 * MINUTE)
    assert player.lit(7, 6) == "pulse"
    texts = [m.args for m in studio.osc.to("osc") if m.address.endswith("/text")]
    assert texts[-1] == ("time to rest your ears (10m)",)
    player.touch(7, 6)
    assert (studio.state, round(studio.view.timer.remaining / MINUTE)) == ("break", 10)
    studio.wait(11 * MINUTE)
    assert (studio.state, player.lit(7, 6)) == ("running", "solid")


def test_ears_of_other_sections_are_left_in_peace_and_a_begun_rest_goes_on_by_itself() -> None:
    rules = (EarRule("mixing", 10 * MINUTE, 50 * MINUTE),)
    player = Player(settings=Settings(ear_rules=rules, ear_rest="begin", at_zero="keep-counting"))
    studio = player.studio
    player.touch(1, 1)
    studio.wait(2 * HOUR)
    assert (studio.state, player.lit(7, 6)) == ("overtime", "solid")
    player.touch(2, 1)
    studio.wait(50 * MINUTE + 1)
    assert (studio.state, studio.current) == ("break", "Mix drums")
    studio.wait(10 * MINUTE)
    assert studio.state == "running"


def test_a_task_is_carried_to_another_place_by_two_presses() -> None:
    player = Player("order-8x8")
    player.touch(1, 4)
    assert player.lit(1, 4) != "solid"
    player.touch(1, 2)
    assert [row.title for row in player.studio.view.queue(0, 4)] == [
        "Step 1",
        "Step 4",
        "Step 2",
        "Step 3",
    ]
    player.touch(7, 8)
    assert player.studio.view.queue(1, 2)[0].title == "Step 2"


def test_a_song_is_laid_to_rest_and_woken_and_a_low_day_shows_its_pool() -> None:
    player = Player("method-8x8")
    studio = player.studio
    player.press(led(2, 9), hold=0.8)
    assert [song.id for song in studio.view.resting] == ["fern"]
    assert player.lit(6, 1) == "solid"
    player.touch(6, 1)
    assert studio.view.resting == ()
    player.touch(7, 5)
    assert (studio.view.prep, studio.view.queue_size) == (True, 6)


@pytest.mark.parametrize("minutes", [5, 200])
def test_who_forgets_to_end_finds_the_sitting_over_and_the_task_where_it_was(minutes: int) -> None:
    player = Player()
    studio = player.studio
    player.touch(1, 1)
    studio.wait(5 * MINUTE)
    player.touch(7, 1)
    studio.wait(minutes * MINUTE)
    assert studio.said == []
    studio.sleep(8 * HOUR)
    assert len(studio.said) == 1
    assert (studio.state, studio.current) == ("paused", "Step 1")
    player.touch(7, 1)
    assert (studio.state, round(studio.view.timer.remaining / MINUTE)) == ("running", 15)

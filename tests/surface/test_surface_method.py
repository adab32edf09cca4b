"""The method under the fingers: tasks carried by two presses, ways out of a rut, songs laid to rest."""

from __future__ import annotations

import pytest

from bridge.core.actions import Action, Presence, SetGoal, SongDraft, TaskDraft
from bridge.core.ear_rest import EarRule
from bridge.core.method import Way
from bridge.core.settings import Settings
from bridge.files.layouts import load_layouts
from bridge.messages import DARK, Effect, Look
from bridge.surface.carrying import LONGEST
from bridge.surface.fitting import choice, whatever_fits
from bridge.surface.paint_method import WAY_COLOURS
from bridge.surface.profile import Profile
from bridge.surface.refusals import NOTHING
from bridge.surface.surface import Asks, Surface
from tests.standins import devices
from tests.standins.desk import Desk

LAYOUTS = load_layouts().layouts
MINUTE, DAY = 60.0, 24 * 3600.0
SONGS = (
    SongDraft("Moss", tasks=tuple(TaskDraft(f"Step {n} (20m)") for n in range(1, 11))),
    SongDraft("Fern", tasks=(TaskDraft("Sing"),)),
)


class Hand:
    """A hand on a grid with a layout, which does what it asks for."""

    def __init__(self, layout: str, settings: Settings | None = None) -> None:
        self.desk = Desk(settings, *SONGS)
        self.surface = Surface(devices.GRID, LAYOUTS[layout])

    def looks(self) -> dict[str, Look]:
        return dict(self.surface.render(self.desk.view, self.desk.moment).looks)

    def press(self, row: int, column: int, *, hold: float = 0.05) -> list[str]:
        return self.key(8 * (row - 1) + column - 1, hold=hold)

    def side(self, number: int, *, hold: float = 0.05) -> list[str]:
        return self.key(63 + number, hold=hold)

    def key(self, number: int, *, hold: float) -> list[str]:
        """Press and let go; return what was asked, done."""
        self.looks()
        asks = self.surface.feed(bytes((0x90, number, 127)), self.desk.moment)
        self.desk.wait(hold)
        asks += self.surface.advance(self.desk.moment)
        asks += self.surface.feed(bytes((0x90, number, 0)), self.desk.moment)
        return self.done(asks)

    def done(self, asks: Asks) -> list[str]:
        said = []
        for ask in asks:
            if isinstance(ask.action, Presence):
                said.append(ask.refused or ask.stays)
                continue
            assert isinstance(ask.action, Action)
            self.desk.ask(ask.action, "pad")
            said.append(f"{ask.action.name} {ask.action.argument or ''}".strip())
        return said


def test_one_press_takes_a_task_up_and_the_next_puts_it_down() -> None:
    hand = Hand("order-8x8")
    assert hand.press(1, 3) == ["take up Step 3"]
    assert hand.looks()["pad.1.3"].effect is Effect.BLINK
    assert hand.press(1, 1) == ["move moss.3 1"]
    assert hand.desk.queue[:3] == ["Step 3", "Step 1", "Step 2"]
    assert hand.looks()["pad.1.3"].effect is Effect.SOLID


def test_past_the_end_is_the_end_and_the_same_place_changes_nothing() -> None:
    hand = Hand("order-8x8")
    hand.press(1, 1)
    assert hand.press(6, 8) == ["move moss.1 11"]
    assert hand.desk.queue[-1] == "Step 1"
    hand.press(1, 2)
    assert hand.press(1, 2) == ["put Step 3 back"]
    assert hand.press(5, 1) == ["no task here"]


def test_what_is_held_too_long_is_let_go() -> None:
    hand = Hand("order-8x8")
    hand.press(1, 2)
    ends = hand.surface.wake()
    assert ends is not None
    assert LONGEST - 1 < ends - hand.desk.moment.mono <= LONGEST
    hand.desk.wait(LONGEST)
    hand.surface.advance(hand.desk.moment)
    assert hand.looks()["pad.1.2"].effect is Effect.SOLID
    assert hand.press(1, 4) == ["take up Step 4"]


def test_a_task_that_left_the_queue_meanwhile_is_not_put_down() -> None:
    hand = Hand("order-8x8")
    hand.press(1, 1)
    hand.desk.do("start")
    hand.desk.do("skip")
    assert hand.press(1, 3) == ["take up Step 4"]


def test_hold_starts_what_a_press_would_take_up() -> None:
    hand = Hand("order-8x8")
    assert hand.press(1, 4, hold=0.8) == ["start 4"]
    assert hand.desk.current == "Step 4"


def test_ways_out_of_a_rut_show_by_their_colours_and_are_taken() -> None:
    hand = Hand("method-8x8")
    before = hand.looks()
    ways: tuple[Way, ...] = ("break", "small", "prep", "song", "off")
    assert [before[f"pad.4.{n}"].colour for n in range(2, 7)] == [WAY_COLOURS[w] for w in ways]
    assert before["pad.4.7"] == DARK
    hand.press(4, 1)
    offered = hand.looks()
    assert offered["pad.4.2"].level > before["pad.4.2"].level
    assert hand.press(4, 5) == ["rut 4"]
    assert hand.desk.current == "Sing"
    assert hand.looks()["pad.4.5"].effect is Effect.PULSE
    hand.press(4, 8)
    hand.desk.do("end")
    assert hand.looks()["pad.4.2"].colour == WAY_COLOURS["song"]
    assert hand.looks()["pad.4.2"].level == 1.0


def test_the_pad_of_the_rut_pulses_on_the_day_on_which_signs_were_seen() -> None:
    hand = Hand("method-8x8")
    assert hand.looks()["pad.4.1"].effect is Effect.SOLID
    hand.desk.do("start")
    for _ in range(4):
        hand.desk.do("skip")
    looks = hand.looks()
    assert (looks["pad.4.1"].effect, looks["pad.7.7"].effect) == (Effect.PULSE, Effect.PULSE)
    hand.desk.do("end")
    hand.desk.wait(DAY)
    assert hand.looks()["pad.4.1"].effect is Effect.SOLID


def test_goals_fill_from_the_left_and_a_late_one_is_orange() -> None:
    hand = Hand("method-8x8")
    hand.desk.ask(SetGoal(1, "an EP", 0.25))
    hand.desk.ask(SetGoal(2, "a gig", 0.5, by="2026-09-01"))
    looks = hand.looks()
    levels = [looks[f"pad.1.{n}"].level for n in range(1, 9)]
    assert levels == [0.7] * 2 + [0.06] * 6
    assert [looks[f"pad.2.{n}"].colour for n in (1, 4, 5)] == ["#FF6000", "#FF6000", "#00FF00"]
    assert looks["pad.3.1"] == DARK


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99])
def test_a_bar_is_never_full_before_the_goal_is_reached(share: float) -> None:
    hand = Hand("method-8x8")
    hand.desk.ask(SetGoal(1, "an EP", share))
    full = hand.looks()["pad.1.8"].level
    hand.desk.ask(SetGoal(1, "an EP", 1.0))
    assert hand.looks()["pad.1.8"].level > full


def test_a_song_is_laid_to_rest_by_a_hold_and_woken_by_a_press() -> None:
    hand = Hand("method-8x8")
    assert hand.side(1, hold=0.8) == ["rest moss"]
    looks = hand.looks()
    assert looks["pad.6.1"] != DARK
    assert looks["pad.6.2"] == DARK
    assert hand.press(6, 1) == ["wake moss"]
    assert hand.looks()["pad.6.1"] == DARK
    assert hand.press(6, 1) == ["no wake here"]


def test_the_break_pulses_when_ears_should_rest() -> None:
    hand = Hand("queue-8x8", Settings(ear_rules=(EarRule("composition", 600.0, 600.0),)))
    hand.desk.do("start")
    hand.desk.wait(9 * MINUTE)
    assert hand.looks()["pad.7.6"].effect is Effect.SOLID
    hand.desk.wait(1 * MINUTE + 1)
    assert hand.looks()["pad.7.6"].effect is Effect.PULSE
    hand.press(7, 6)
    assert (hand.desk.state, round(hand.desk.left)) == ("break", 600)
    assert hand.looks()["pad.7.6"].effect is Effect.SOLID


def test_a_task_that_comes_back_looks_paler_than_one_that_is_new() -> None:
    hand = Hand("queue-8x8")
    hand.desk.do("start")
    fresh = hand.looks()["pad.1.1"]
    hand.desk.wait(20 * MINUTE + 11)
    assert hand.looks()["pad.2.3"].colour == "#9FD3FF"
    hand.desk.do("start", "moss.1")
    again = hand.looks()["pad.1.1"]
    assert (fresh.colour, again.colour) == ("#3FA7FF", "#9FD3FF")
    assert (again.effect, again.level) == (Effect.PULSE, 1.0)


def test_what_is_for_the_mind_and_what_is_said_is_told() -> None:
    hand = Hand("method-8x8")
    assert hand.press(7, 6) == [NOTHING]
    hand.desk.do("feed", "listen Kind of Blue")
    assert hand.press(7, 6) == ["tell feed"]
    hand.surface.scroller.on = True
    hand.press(7, 6)
    scroll = hand.surface.render(hand.desk.view, hand.desk.moment).scroll
    assert scroll is not None
    assert scroll.text == "listen Kind of Blue"


def test_time_off_shows_and_nothing_nags() -> None:
    hand = Hand("method-8x8")
    hand.desk.do("start")
    for _ in range(4):
        hand.desk.do("skip")
    assert hand.press(7, 6, hold=0.8) == ["off"]
    looks = hand.looks()
    assert looks["pad.7.7"].effect is Effect.SOLID
    assert hand.desk.state == "idle"


def test_lights_change_at_midnight_without_a_fact() -> None:
    hand = Hand("method-8x8")
    hand.desk.do("start")
    for _ in range(4):
        hand.desk.do("skip")
    hand.desk.do("end")
    hand.looks()
    changes = hand.surface.next_change(hand.desk.view, hand.desk.moment)
    assert changes is not None
    assert round(changes - hand.desk.moment.mono) == 4 * 3600  # it is eight in the evening
    hand.desk.wait(4 * 3600 + 1)
    assert hand.looks()["pad.4.1"].effect is Effect.SOLID


def test_what_stands_aside_is_shown_by_its_id_and_leads_back() -> None:
    for asked in ("auto", ("queue-8x8", "album-8x8")):
        chosen = choice(LAYOUTS, asked, devices.GRID)
        assert [one.id for one in chosen.ring] == ["queue-8x8", "album-8x8"]
        aside = chosen.meant("method-8x8", "queue-8x8")
        assert aside is not None
        back = chosen.meant("next", aside.id)
        assert back is not None
        assert back.id == "queue-8x8"


def test_who_asks_for_what_stands_aside_gets_it() -> None:
    for asked in ("method-8x8", ("method-8x8", "order-8x8")):
        for chosen in (
            choice(LAYOUTS, asked, devices.GRID),
            whatever_fits(LAYOUTS, asked, devices.GRID),
        ):
            assert chosen is not None
            assert chosen.ring[0].id == "method-8x8"
            assert len({one.id for one in chosen.ring}) == len(chosen.ring)


@pytest.mark.parametrize("device", [devices.GRID, devices.BARE_GRID, devices.PADS])
def test_auto_never_takes_what_stands_aside(device: Profile) -> None:
    chosen = whatever_fits(LAYOUTS, "auto", device)
    assert chosen is not None
    assert not any(one.aside for one in chosen.ring)


def test_the_outer_two_of_sixteen_pads_lead_to_the_method_and_back() -> None:
    surface = Surface(devices.PADS, choice(LAYOUTS, "auto", devices.PADS))
    desk = Desk(None, *SONGS)
    shown = [surface.layout]
    for _ in range(2):
        surface.render(desk.view, desk.moment)
        for note, value in ((48, 127), (51, 127), (48, 0), (51, 0)):
            desk.moment = desk.moment.later(0.01)
            surface.feed(bytes((0x90, note, value)), desk.moment)
        desk.moment = desk.moment.later(1.0)
        surface.advance(desk.moment)
        shown.append(surface.layout)
    assert shown == ["pads-4x4", "method-4x4", "pads-4x4"]

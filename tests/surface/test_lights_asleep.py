"""Devices that are sent to sleep: dark, by their own sleep where they have one, and back at once."""

from __future__ import annotations

from bridge.messages import Look
from bridge.surface.frame import Scroll
from tests.standins.easel import Easel
from tests.standins.emulators.launchpad import LaunchpadMiniMk3
from tests.standins.emulators.launchpad_mk1 import LaunchpadMk1
from tests.standins.emulators.launchpad_mk2 import LaunchpadMk2
from tests.standins.emulators.mackie import MackieControl

BLUE, AMBER = Look("#3FA7FF"), Look("#FFB000")
MINI, MK1, MK2 = "novation-launchpad-mini-mk3", "novation-launchpad-mk1", "novation-launchpad-mk2"


def test_a_device_with_a_sleep_of_its_own_is_dark_and_asleep_and_comes_back_whole() -> None:
    easel = Easel(MINI, LaunchpadMiniMk3())
    easel.show(BLUE)
    easel.painter.doze(on=True)
    easel.run()
    assert not easel.device.awake
    assert easel.painter.wake() is None
    easel.painter.doze(on=False)
    easel.run(0.1)
    assert easel.device.awake
    assert len(easel.device.all_lit()) == 81


def test_a_device_without_one_is_painted_dark() -> None:
    for easel in (Easel(MK2, LaunchpadMk2()), Easel(MK1, LaunchpadMk1())):
        easel.show(BLUE)
        easel.painter.doze(on=True)
        easel.run()
        assert easel.device.all_lit() == {}
        assert easel.painter.wake() is None
        easel.painter.doze(on=False)
        easel.run()
        assert len(easel.device.all_lit()) == 80


def test_what_changes_during_the_sleep_is_there_after_it() -> None:
    easel = Easel(MINI, LaunchpadMiniMk3())
    easel.show(BLUE)
    easel.painter.doze(on=True)
    easel.run()
    assert easel.show({"pad.1.1": AMBER}) == []
    assert easel.device.all_lit() == {}
    easel.painter.doze(on=False)
    easel.run()
    assert list(easel.device.all_lit()) == [81]


def test_leaving_wakes_a_device_first() -> None:
    easel = Easel(MINI, LaunchpadMiniMk3())
    easel.show(BLUE)
    easel.painter.doze(on=True)
    easel.run()
    easel.leave()
    assert easel.device.awake
    assert not easel.device.programmer


def test_a_device_plugged_in_again_while_nobody_is_there_sleeps_again() -> None:
    easel = Easel(MINI, LaunchpadMiniMk3())
    easel.show(BLUE)
    easel.painter.doze(on=True)
    easel.run()
    easel.device.power_cycle()
    easel.enter()
    easel.painter.forget()
    easel.run()
    assert not easel.device.awake
    easel.painter.doze(on=False)
    easel.run()
    assert len(easel.device.all_lit()) == 81


def test_a_device_that_lost_something_in_its_sleep_wakes_all_the_same() -> None:
    easel = Easel(MINI, LaunchpadMiniMk3())
    easel.show(BLUE)
    easel.painter.doze(on=True)
    easel.run()
    easel.painter.forget()
    easel.painter.doze(on=False)
    easel.run()
    assert easel.device.awake
    assert len(easel.device.all_lit()) == 81


def test_a_service_that_was_killed_in_a_devices_sleep_wakes_it_when_it_is_back() -> None:
    easel = Easel(MINI, LaunchpadMiniMk3())
    easel.painter.doze(on=True)
    easel.run()
    assert not easel.device.awake
    other = Easel(MINI, easel.device)
    other.show(BLUE)
    assert len(easel.device.all_lit()) == 81


def test_a_text_is_stopped_before_the_device_sleeps() -> None:
    easel = Easel(MINI, LaunchpadMiniMk3())
    easel.show(BLUE, Scroll("Write chord progression", "#3FA7FF", 1), seconds=0.2)
    easel.painter.doze(on=True)
    easel.run(0.2)
    assert not easel.device.scrolls(easel.now)
    assert not easel.device.awake


def test_displays_are_blank_in_their_sleep() -> None:
    easel = Easel("mackie-control", MackieControl())
    easel.show(BLUE)
    easel.painter.doze(on=True)
    easel.run()
    assert all(easel.device.lamp(note) == "off" for note in range(80))

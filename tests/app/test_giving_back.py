"""Tracks get their own colours back, also when their DAW was away when the sitting ended."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bridge.core.cue_rules import CueSettings
from bridge.core.settings import Settings
from bridge.daw.table import Kind
from bridge.daw.target import DawSettings
from bridge.messages import Cue, Osc, RestoreColours, ToDaw
from bridge.moment import Moment
from tests.standins.deck import Deck
from tests.standins.desk import SONG
from tests.standins.studio import Studio

DAWS = (DawSettings("easel", port=1),)
RESTORE = Osc("/easel/restore", ())


class Easel(Deck):
    """It remembers colours that are given back when it is told so."""

    originals: Mapping[str, str] = {}

    def recall(self, originals: Mapping[str, str]) -> None:
        self.originals = originals

    def tell(self, cue: Cue, moment: Moment) -> list[ToDaw]:  # noqa: ARG002 - the protocol's
        return [RESTORE] if isinstance(cue, RestoreColours) else []


class Shelf:
    """What a service before left."""

    trouble = ""

    def __init__(self, kept: Mapping[str, Mapping[str, str]]) -> None:
        self.kept = kept

    def read(self) -> Mapping[str, Mapping[str, str]]:
        return self.kept

    def keep(self, originals: Mapping[str, Mapping[str, str]]) -> None:
        self.kept = originals

    def close(self) -> None:
        pass


def studio(kept: Mapping[str, str], settings: Settings | None = None) -> Studio:
    shelf = Shelf({"easel": kept})
    return Studio(
        [SONG], settings=settings, daws=DAWS, kinds={"easel": Kind(Easel, port=1)}, originals=shelf
    )


def told(one: Studio) -> bool:
    return RESTORE in one.osc.to("easel")


@pytest.mark.parametrize(("kept", "given"), [({"Bass": "1 2"}, True), ({}, False)])
def test_what_an_ended_sitting_left_is_given_back_at_the_next_start(
    kept: dict[str, str], given: bool
) -> None:
    assert told(studio(kept)) is given


def test_a_sitting_that_goes_on_keeps_its_colours_over_a_restart() -> None:
    one = studio({"Bass": "1 2"})
    one.do("start")
    one.kill()
    assert not told(one)
    one.do("end")
    assert told(one)


def test_colours_that_are_to_stay_stay() -> None:
    cues = CueSettings(restore_colours=False)
    assert not told(studio({"Bass": "1 2"}, Settings(cues=cues)))

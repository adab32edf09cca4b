from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import pytest

from bridge.app.daw_rows import daw_rows
from bridge.app.roles import OscOut
from bridge.daw.links import Links
from bridge.daw.target import DawSettings
from bridge.messages import Marker
from bridge.moment import Moment

TAKEN = "port 11001 (UDP) on 127.0.0.1 is in use by another program"


@dataclass
class Ways:
    """Ways out of which one may be broken."""

    fault: str = ""
    nobody: str = ""

    def link_fault(self, _key: str) -> str:
        return self.fault

    def nobody_at(self, _key: str) -> str:
        return self.nobody


def detail(kind: str, fault: str) -> str:
    links = Links([DawSettings(kind, port=11000, listen_port=11001)])
    (row,) = daw_rows(links, cast("OscOut", Ways(fault)), Moment(1.0, 1.0))
    assert isinstance(row, dict)
    assert row["state"] == "trouble"
    return str(row["detail"])


def test_where_another_program_has_the_port_that_live_answers_to_that_program_has_to_give_way() -> (
    None
):
    says = detail("ableton", TAKEN)
    assert says.startswith(TAKEN)
    assert "AbletonOSC answers on port 11001 alone" in says
    assert "the other program" in says


@pytest.mark.parametrize(
    ("kind", "fault"), [("reaper", TAKEN), ("ableton", "looking for studio-mac.local")]
)
def test_nothing_of_that_is_said_elsewhere(kind: str, fault: str) -> None:
    assert detail(kind, fault) == fault


@pytest.mark.parametrize("kind", ["ableton", "ardour", "bitwig", "osc", "reaper"])
@pytest.mark.parametrize("way", [Ways(nobody="nobody listens there"), Ways(fault=TAKEN)])
def test_what_was_dropped_is_named_also_where_nobody_listens_or_the_port_is_taken(
    kind: str, way: Ways
) -> None:
    links = Links([DawSettings(kind, port=11000, listen_port=11001, action=1, keep=10.0)])
    begun = Moment(1.0, 1.0)
    for key, message in links.advance(begun):
        links.unsent(key, message, begun)
    for key, message in links.tell((Marker("Chorus", "#3FA7FF"),), begun):
        links.unsent(key, message, begun)
    for step in range(1, 120):
        moment = begun.later(step / 4)
        for key, message in links.advance(moment):
            links.unsent(key, message, moment)
    (row,) = daw_rows(links, cast("OscOut", way), begun.later(30.0))
    assert isinstance(row, dict)
    assert (row["pending"], row["dropped"]) == (0, 1)
    assert str(row["detail"]).startswith(way.nobody or way.fault)
    assert str(row["detail"]).endswith('the last was "Chorus"')

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import pytest

from bridge.app.daw_rows import daw_rows
from bridge.app.roles import OscOut
from bridge.daw.links import Links
from bridge.daw.target import DawSettings
from bridge.moment import Moment

TAKEN = "port 11001 (UDP) on 127.0.0.1 is in use by another program"


@dataclass
class Ways:
    """Ways out of which one may be broken."""

    fault: str = ""

    def link_fault(self, _key: str) -> str:
        return self.fault

    def nobody_at(self, _key: str) -> str:
        return ""


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

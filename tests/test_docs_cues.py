"""What docs/daws.md says of rules for cues, held against the code, and its examples tried."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bridge.core.cue_rules import AUTO, DEFAULT_RULES
from bridge.core.cue_words import DONE, PLACEHOLDERS, RESTING, UP, WORKING
from bridge.messages import Marker, StatusText, TrackColour
from tests.standins.desk import SONG, Desk
from tests.standins.ruled import settings, told

PAGE = (Path(__file__).parent.parent / "docs" / "daws.md").read_text("utf-8")
SECTION = PAGE.partition("## Which fact tells which cue\n")[2].partition("\n## ")[0]
BLOCKS = re.findall(r"^```toml\n(.*?)^```", SECTION, re.MULTILINE | re.DOTALL)


def test_the_table_of_defaults_is_what_is_told() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \|(.*)\|(.*)\|(.*)\|$", SECTION, re.MULTILINE)
    written = [(word, *(cell.strip().strip("`") for cell in cells)) for word, *cells in rows]
    colours = {
        "started": "the section's colour",
        "extended": "the present colour",
        "undone": "the present colour",
    }
    assert written == [
        (
            rule.on[0],
            rule.marker,
            colours.get(rule.on[0], "the state's colour") if rule.track == AUTO else "",
            rule.text,
        )
        for rule in DEFAULT_RULES
    ]


def test_every_placeholder_and_colour_is_told() -> None:
    words = (*(f"`{{{name}}}`" for name in PLACEHOLDERS), WORKING, DONE, UP, RESTING)
    assert [word for word in words if word not in SECTION] == []


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_an_example_can_be_read(block: str) -> None:
    settings(block)


def test_the_first_example_tells_what_stands_beside_it() -> None:
    desk = Desk(settings(BLOCKS[0]), SONG)
    entries = desk.do("start", 3)
    assert told(desk, entries) == [Marker("mixing: Balance drums and bass", "#FFB000")]
    assert told(desk, desk.do("extend")) == [StatusText("+5m for Balance drums and bass")]
    assert told(desk, desk.do("pause")) == told(desk, desk.do("resume")) == []
    desk.wait(8 * 60)
    done = told(desk, desk.do("complete"))
    assert done[0] == Marker("Balance drums and bass completed after 8m", DONE)
    assert not any(isinstance(cue, TrackColour) for cue in done)

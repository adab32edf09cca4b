"""What is heard beside the controllers is decided in ``[listening]``."""

from __future__ import annotations

import pytest

from bridge.errors import InvalidFile
from bridge.files import toml
from bridge.files.config import read_config
from bridge.files.config_listening import ListeningConfig
from bridge.files.starter import starter


def read(text: str) -> ListeningConfig:
    return read_config(toml.read(text, "c.toml")).listening


def test_by_default_takes_are_heard_and_keyboards_where_ports_can_be_shared() -> None:
    assert read("") == read(starter()) == ListeningConfig(True, False, "auto")


@pytest.mark.parametrize(
    ("written", "read_as"), [("true", "always"), ("false", "never"), ('"auto"', "auto")]
)
def test_keyboards_are_a_switch_or_left_to_the_system(written: str, read_as: str) -> None:
    assert read(f"[listening]\nkeyboards = {written}\n").keyboards == read_as


def test_takes_and_play_are_switches() -> None:
    text = "[listening]\ntakes = false\nplays_start = true\n"
    assert read(text) == ListeningConfig(takes=False, plays_start=True)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            '[listening]\nkeyboards = "off"\n',
            ':2: listening.keyboards: found "off"; allowed: "auto", true or false',
        ),
        ("[listening]\ntakes = 1\n", ":2: listening.takes: found 1; allowed: true or false"),
    ],
)
def test_what_is_wrong_is_refused_with_what_is_allowed(text: str, problem: str) -> None:
    with pytest.raises(InvalidFile) as refusal:
        read(text)
    assert str(refusal.value) == f"c.toml{problem}"

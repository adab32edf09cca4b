from __future__ import annotations

from pathlib import Path

import pytest

from bridge.files.config import Config, load_config
from bridge.files.home import resolve
from tests.standins.command import Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "home")


def test_without_a_file_a_commented_one_is_shown_and_nothing_is_made(terminal: Terminal) -> None:
    told = terminal.well("config")

    assert "not there yet" in told
    assert 'at_zero = "move-on"' in told
    assert not (terminal.home / "config.toml").exists()


def test_the_one_that_is_written_says_the_defaults(terminal: Terminal) -> None:
    terminal.well("config", "--write")

    assert load_config(resolve(terminal.home, {})) == Config()


def test_a_file_that_is_there_is_shown_and_never_overwritten(terminal: Terminal) -> None:
    terminal.home.mkdir()
    (terminal.home / "config.toml").write_text('person = "Ada"\n', encoding="utf-8")
    refused = terminal("config", "--write")

    assert refused.code == 1
    assert "and was left as it was" in refused.err
    assert 'person = "Ada"' in terminal.well("config")

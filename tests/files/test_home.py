from __future__ import annotations

import os
from pathlib import Path

import pytest

from bridge.errors import Unavailable
from bridge.files.home import Home, resolve


def test_the_option_wins_over_the_variable(tmp_path: Path) -> None:
    environ = {"SONGBRIDGE_HOME": str(tmp_path / "variable")}
    assert resolve(tmp_path / "option", environ).journal == tmp_path / "option" / "journal.db"
    assert resolve(None, environ).journal == tmp_path / "variable" / "journal.db"


def test_one_folder_holds_everything(tmp_path: Path) -> None:
    home = resolve(tmp_path, {})
    assert home.config_file == tmp_path / "config.toml"
    assert home.controllers == tmp_path / "controllers"
    assert home.layouts == tmp_path / "layouts"
    assert home.sittings == tmp_path / "sittings"
    assert {home.lock.parent, home.service.parent, home.log.parent} == {tmp_path}


@pytest.mark.needs("linux")  # its folders
def test_without_either_the_folders_of_the_platform_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    home = resolve(None, {"SONGBRIDGE_HOME": ""})
    assert home.config_file == tmp_path / "config" / "songbridge" / "config.toml"
    assert home.journal == tmp_path / "data" / "songbridge" / "journal.db"


def test_a_relative_folder_is_made_absolute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert resolve("studio/../there", {}).config_dir == Path(os.getcwd()) / "there"  # noqa: PTH109 - keeps links as chdir did


def test_a_configuration_named_by_hand_stands_for_the_homes_own(tmp_path: Path) -> None:
    home = resolve(tmp_path, {}, config=tmp_path / "other.toml")
    assert home.config_file == tmp_path / "other.toml"
    assert home.config == home.config_file


def test_folders_are_made_on_demand_for_the_user_alone(tmp_path: Path) -> None:
    home = Home(tmp_path / "a" / "config", tmp_path / "a" / "data")
    assert not home.config_dir.exists()
    home.ensure()
    home.ensure()
    assert home.data_dir.is_dir()
    if os.name == "posix":
        assert home.config_dir.stat().st_mode & 0o777 == 0o700
        assert home.data_dir.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_made_is_told_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    home = resolve(tmp_path / "file" / "home", {})
    with pytest.raises(Unavailable) as refusal:
        home.ensure()
    told = str(refusal.value)
    assert told.startswith(f"the folder {tmp_path / 'file' / 'home'} cannot be made: ")
    assert told.endswith("; choose another with --home or SONGBRIDGE_HOME")


def test_a_file_in_the_folders_place_is_told_too(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match="cannot be made: File exists"):
        resolve(tmp_path / "file", {}).ensure()


def test_a_name_with_a_null_byte_is_no_traceback() -> None:
    with pytest.raises(Unavailable, match="cannot be made: "):
        resolve("a\0b", {}).ensure()


def test_a_users_folder_that_does_not_exist_is_told() -> None:
    with pytest.raises(Unavailable, match=r"^~nobody-of-that-name/x: no such user's folder"):
        resolve("~nobody-of-that-name/x", {})

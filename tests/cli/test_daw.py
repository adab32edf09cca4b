"""`daw install` and `uninstall` on REAPER's and Ardour's folders, byte by byte."""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path

import pytest

from bridge.files import install_places
from bridge.files.config import load_config
from bridge.files.home import Home
from bridge.files.install_reaper_ini import surfaces
from bridge.files.install_text import read
from tests.standins.command import Terminal
from tests.standins.powerless import without_privileges

INI = (
    "\ufeff[audioconfig]\r\nmode=2\r\n[REAPER]\r\ncsurf_0=HTTP 0 8080 '' 'index.html' 0 ''\r\n"
    "csurf_cnt=1\r\nname=Studio\r\n[else]\r\nlast=1"
).encode()
KEYS = b'SCR 4 0 RS12ab "Custom: mine.lua" "mine.lua"\nKEY 1 65 _RS12ab 0\n'


class Folders:
    """A REAPER, its folder, and the command line at a home of its own."""

    def __init__(self, tmp_path: Path) -> None:
        self.terminal = Terminal(
            tmp_path / "home", HOME=str(tmp_path), XDG_CONFIG_HOME=str(tmp_path / ".config")
        )
        self.reaper = tmp_path / "portable REAPER"
        self.reaper.mkdir()
        (self.reaper / "reaper.ini").write_bytes(INI)
        (self.reaper / "reaper-kb.ini").write_bytes(KEYS)

    def do(self, deed: str, *options: str) -> str:
        return self.terminal.well("daw", deed, "reaper", "--path", str(self.reaper), *options)

    def refused(self, deed: str, *options: str) -> str:
        said = self.terminal("daw", deed, "reaper", "--path", str(self.reaper), *options)
        assert (said.code, said.err.count("\n")) == (1, 1)
        return said.err

    def bytes(self) -> dict[str, bytes]:
        files = [*self.reaper.rglob("*"), self.config]
        return {str(file): file.read_bytes() for file in files if file.is_file()}

    @property
    def config(self) -> Path:
        return self.terminal.home / "config.toml"

    def read(self, name: str) -> str:
        return (self.reaper / name).read_bytes().decode("utf-8", "replace")


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    monkeypatch.setattr(install_places, "running", lambda _program: None)
    return Folders(tmp_path)


def test_reaper_is_set_up_and_taken_back_byte_for_byte(folders: Folders) -> None:
    before = folders.bytes()
    folders.do("install")
    assert 'csurf_1=OSC "Songbridge" 3 9000 "127.0.0.1" 8000 1024 10 ""\r\n' in folders.read(
        "reaper.ini"
    )
    assert "csurf_cnt=2\r\n" in folders.read("reaper.ini")
    assert folders.read("reaper-kb.ini").startswith(KEYS.decode())
    assert 'SONGBRIDGE_TOGGLE "Songbridge: start, pause or go on"' in folders.read("reaper-kb.ini")
    assert (folders.reaper / "Scripts" / "Songbridge" / "songbridge_toggle.lua").is_file()
    (daw,) = load_config(Home(folders.terminal.home, folders.terminal.home)).daws
    assert (daw.kind, daw.port, daw.listen_port) == ("reaper", 8000, 9000)
    (folders.reaper / "Scripts" / "Songbridge" / "answer-12.txt").write_text("late", "utf-8")
    folders.do("uninstall")
    assert folders.bytes() == before
    assert not (folders.reaper / "Scripts" / "Songbridge").exists()


def test_each_file_and_line_that_is_written_is_said(folders: Folders) -> None:
    before = folders.bytes()
    said = folders.do("install")
    lines = [line.strip() for line in said.splitlines()]
    for file, data in folders.bytes().items():
        if before.get(file) != data:
            assert any(line.endswith(file) and not line.startswith("as is") for line in lines), file
    written = folders.read("reaper.ini") + folders.read("reaper-kb.ini")
    for line in written.splitlines():
        if line not in (INI + KEYS).decode():
            assert f"+ {line}" in lines
    assert "- csurf_cnt=1" in lines


def test_a_dry_run_says_the_same_and_writes_nothing(folders: Folders) -> None:
    before = folders.bytes()
    said = folders.do("install", "--dry-run")
    assert folders.bytes() == before
    assert not folders.terminal.home.exists()
    assert said.replace("would be ", "") == folders.do("install")


def test_a_second_install_changes_nothing(folders: Folders) -> None:
    folders.do("install")
    before = folders.bytes()
    assert "nothing was to do" in folders.do("install")
    assert folders.bytes() == before


def test_what_reaper_changed_since_stays_and_only_our_lines_go(folders: Folders) -> None:
    folders.do("install")
    ini, keys = folders.reaper / "reaper.ini", folders.reaper / "reaper-kb.ini"
    later = ini.read_bytes().replace(b"csurf_cnt=2", b"csurf_cnt=3").replace(b"mode=2", b"mode=5")
    later = later.replace(b'10 ""\r\n', b'10 "Mine"\r\ncsurf_2=MCU 0 0 0 0\r\n')
    ini.write_bytes(later)
    keys.write_bytes(keys.read_bytes() + b"KEY 1 66 _SONGBRIDGE_TOGGLE 0\n")
    folders.do("uninstall")
    assert ini.read_bytes() == INI.replace(b"mode=2", b"mode=5").replace(
        b"csurf_cnt=1\r\n", b"csurf_cnt=2\r\ncsurf_1=MCU 0 0 0 0\r\n"
    )
    assert keys.read_bytes() == KEYS + b"KEY 1 66 _SONGBRIDGE_TOGGLE 0\n"


def test_a_newer_version_takes_the_place_of_an_older_one(folders: Folders) -> None:
    before = folders.bytes()
    folders.do("install")
    script = folders.reaper / "Scripts" / "Songbridge" / "songbridge_toggle.lua"
    new = script.read_bytes()
    record = next((folders.terminal.home / "installed").glob("reaper-*")) / "record.json"
    script.write_bytes(b"-- older\n")
    text = record.read_text("utf-8")
    record.write_text(
        text.replace(hashlib.sha256(new).hexdigest(), hashlib.sha256(b"-- older\n").hexdigest()),
        "utf-8",
    )
    assert "songbridge_toggle.lua" in folders.do("install")
    assert script.read_bytes() == new
    folders.do("uninstall")
    assert folders.bytes() == before


def test_a_script_that_the_user_changed_is_left_to_him(folders: Folders) -> None:
    folders.do("install")
    script = folders.reaper / "Scripts" / "Songbridge" / "songbridge_toggle.lua"
    script.write_bytes(b"-- mine\n")
    assert "you changed it" in folders.do("uninstall")
    assert script.read_bytes() == b"-- mine\n"


def test_the_configuration_keeps_its_comments_and_what_the_user_wrote_since(
    folders: Folders,
) -> None:
    folders.terminal.home.mkdir()
    folders.config.write_bytes(b'# mine\r\nperson = "Ada"  # that is me')
    folders.do("install")
    assert folders.config.read_bytes().startswith(
        b'# mine\r\nperson = "Ada"  # that is me\r\n\r\n[[daw]]'
    )
    folders.config.write_bytes(folders.config.read_bytes() + b"# later\r\n")
    folders.do("uninstall")
    assert folders.config.read_bytes() == b'# mine\r\nperson = "Ada"  # that is me\r\n# later\r\n'


def test_a_reaper_that_is_configured_keeps_its_ports_and_its_table(folders: Folders) -> None:
    folders.terminal.home.mkdir()
    text = '[[daw]]\nkind = "reaper"\nhost = "127.0.0.1:8010"\nlisten = "127.0.0.1:9010"\n'
    folders.config.write_text(text, "utf-8")
    folders.do("install")
    assert folders.config.read_text("utf-8") == text
    assert 'OSC "Songbridge" 3 9010 "127.0.0.1" 8010' in folders.read("reaper.ini")


def test_ports_that_another_daw_has_are_not_taken(folders: Folders) -> None:
    folders.terminal.home.mkdir()
    folders.config.write_text('[[daw]]\nkind = "bitwig"\n', "utf-8")
    folders.do("install")
    assert 'OSC "Songbridge" 3 9001 "127.0.0.1" 8001' in folders.read("reaper.ini")
    assert 'host = "127.0.0.1:8001"' in folders.config.read_text("utf-8")


def test_an_osc_device_that_is_there_is_used(folders: Folders) -> None:
    ini = folders.reaper / "reaper.ini"
    ini.write_bytes(
        b'[REAPER]\ncsurf_cnt=1\ncsurf_0=OSC "Mine" 3 9005 "127.0.0.1" 8005 1024 10 ""\n'
    )
    folders.do("install", "--no-web")
    assert ini.read_bytes().count(b"csurf_") == 2
    assert 'listen = "127.0.0.1:9005"' in folders.config.read_text("utf-8")


@pytest.mark.parametrize("told", [9100, 9000])
def test_a_configured_port_that_another_surface_has_is_refused(folders: Folders, told: int) -> None:
    device = f'OSC "Pad" 3 {told} "192.0.2.5" 8000 1024 10 ""'  # a tablet: RFC 5737, nobody's
    (folders.reaper / "reaper.ini").write_text(
        f"[REAPER]\ncsurf_cnt=1\ncsurf_0={device}\n", "utf-8"
    )
    folders.terminal.home.mkdir()
    folders.config.write_text('[[daw]]\nkind = "reaper"\n', "utf-8")
    before = folders.bytes()
    assert "port 8000" in folders.refused("install")
    assert folders.bytes() == before
    folders.config.unlink()
    folders.do("install")
    assert 'OSC "Songbridge" 3 9001 "127.0.0.1" 8001' in folders.read("reaper.ini")


def test_a_second_web_interface_is_not_put_on_the_port_of_one_that_asks_for_a_password(
    folders: Folders,
) -> None:
    (folders.reaper / "reaper.ini").write_bytes(
        b"[REAPER]\ncsurf_cnt=1\ncsurf_0=HTTP 0 8080 'ada:secret' 'index.html' 0 ''\n"
    )
    folders.terminal.home.mkdir()
    folders.config.write_text('[[daw]]\nkind = "reaper"\n', "utf-8")
    before = folders.bytes()
    said = folders.refused("install")
    assert "port 8080" in said
    assert "password" in said
    assert folders.bytes() == before
    folders.do("install", "--no-web")
    folders.do("uninstall")
    folders.config.write_text('[[daw]]\nkind = "reaper"\nweb = "127.0.0.1:8081"\n', "utf-8")
    folders.do("install")
    assert "HTTP 0 8081 ''" in folders.read("reaper.ini")


@pytest.mark.parametrize(
    ("surface", "options", "wanted"),
    [
        (b"HTTP 0 2307 '' 'index.html' 0 ''", (), 2307),
        (b"HTTP 0 8080 'ada:secret' 'index.html' 0 ''", (), 8081),
        (b"MCU 0 0 0 0", (), 8080),
        (b"MCU 0 0 0 0", ("--no-web",), 0),
    ],
)
def test_the_web_interface_is_the_one_that_is_there_or_a_new_one(
    folders: Folders, surface: bytes, options: tuple[str, ...], wanted: int
) -> None:
    (folders.reaper / "reaper.ini").write_bytes(
        b"[REAPER]\ncsurf_cnt=1\ncsurf_0=" + surface + b"\n"
    )
    folders.do("install", *options)
    (daw,) = load_config(Home(folders.terminal.home, folders.terminal.home)).daws
    assert daw.web_port == wanted
    there = surfaces(read((folders.reaper / "reaper.ini").read_bytes()))
    assert (wanted in there.web) == (wanted > 0)
    assert len(there.values) == 2 + (wanted in (8080, 8081))


@pytest.mark.parametrize(
    ("ini", "words"),
    [
        (b"[x]\n", "no section [reaper]"),
        (b"[REAPER]\ncsurf_cnt=3\ncsurf_0=MCU\n", "csurf_cnt=3"),
        (b"\xff\xfeodd", "UTF-16"),
    ],
)
def test_a_file_that_is_not_understood_is_left_alone(
    folders: Folders, ini: bytes, words: str
) -> None:
    (folders.reaper / "reaper.ini").write_bytes(ini)
    before = folders.bytes()
    assert words in folders.refused("install")
    assert folders.bytes() == before


def test_a_folder_without_settings_is_refused_with_what_to_do(folders: Folders) -> None:
    (folders.reaper / "reaper.ini").unlink()
    assert "start REAPER once" in folders.refused("install")
    assert "nothing was installed" in folders.refused("uninstall")


def test_nothing_is_written_beside_a_reaper_that_runs_but_scripts(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = folders.bytes()
    monkeypatch.setattr(
        install_places, "running", lambda program: 42 if program == "reaper" else None
    )
    assert "REAPER is running (process 42)" in folders.refused("install")
    assert folders.bytes() == before
    monkeypatch.setattr(install_places, "running", lambda _program: None)
    folders.do("install")
    script = folders.reaper / "Scripts" / "Songbridge" / "songbridge_toggle.lua"
    script.unlink()
    monkeypatch.setattr(install_places, "running", lambda _program: 42)
    folders.do("install")
    assert script.is_file()
    assert "REAPER is running" in folders.refused("uninstall")


def test_a_disk_that_fails_half_way_leaves_everything_as_it_was(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = folders.bytes()
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if target.name == "reaper.ini":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", failing)
        assert "No space left" in folders.refused("install")
    assert folders.bytes() == before
    folders.do("install")


def test_list_tells_what_is_configured_installed_and_found(folders: Folders) -> None:
    usual = folders.terminal.home.parent / ".config" / "REAPER"
    usual.mkdir(parents=True)
    (usual / "reaper.ini").write_bytes(INI)
    folders.do("install")
    seen = folders.terminal("daw", "list", "--json").json
    assert [row["address"] for row in seen["configured"]] == ["127.0.0.1:8000"]
    assert [(row["folder"], row["whole"]) for row in seen["installed"]] == [
        (str(folders.reaper), True)
    ]
    assert seen["found"] == [{"kind": "reaper", "folder": str(usual)}]
    (folders.reaper / "Scripts" / "Songbridge" / "send.lua").unlink()
    assert "changed since" in folders.terminal.well("daw", "list")


# --- Ardour ---------------------------------------------------------------------------------------

MINE = 'scripts = {} scripts[12] = {} scripts[12]["n"] = "Mine" scripts[12]["s"] = "-- scripts[3] = {}" '


def ui_scripts(lua: str) -> bytes:
    packed = base64.b64encode(lua.encode()).decode()
    actions = f'<ActionScript lua="Lua 5.3">{packed}</ActionScript>'
    return f'<?xml version="1.0"?>\n<UIScripts>\n {actions}\n</UIScripts>'.encode()


@pytest.fixture
def ardour(folders: Folders) -> Path:
    folder = folders.terminal.home.parent / ".config" / "ardour7"
    folder.mkdir(parents=True)
    return folder


def test_ardours_own_scripts_stay_where_they_are(folders: Folders, ardour: Path) -> None:
    file = ardour / "ui_scripts"
    file.write_bytes(ui_scripts(MINE))
    said = folders.terminal.well("daw", "install", "ardour")
    assert "Songbridge colour #3FA7FF" in said
    assert MINE in base64.b64decode(file.read_bytes().split(b">")[3].split(b"<")[0]).decode()
    assert load_config(Home(folders.terminal.home, folders.terminal.home)).daws[0].kind == "ardour"
    assert "nothing was to do" in folders.terminal.well("daw", "install", "ardour")
    folders.terminal.well("daw", "uninstall", "ardour")
    assert file.read_bytes() == ui_scripts(MINE)
    assert not folders.config.exists()


def test_a_slot_that_holds_a_script_of_the_users_is_not_taken(
    folders: Folders, ardour: Path
) -> None:
    (ardour / "ui_scripts").write_bytes(ui_scripts(MINE.replace("[12]", "[2]")))
    said = folders.terminal("daw", "install", "ardour")
    assert (
        said.code,
        'slot 2 of Ardour\'s script manager holds your script "Mine"' in said.err,
    ) == (1, True)
    assert (ardour / "ui_scripts").read_bytes() == ui_scripts(MINE.replace("[12]", "[2]"))


@pytest.mark.parametrize(
    "data", [b"", b"<UIScripts/>", b"<ActionScript>!!!</ActionScript>", ui_scripts("os.exit()")]
)
def test_scripts_that_are_not_understood_are_left_alone(
    folders: Folders, ardour: Path, data: bytes
) -> None:
    (ardour / "ui_scripts").write_bytes(data)
    said = folders.terminal("daw", "install", "ardour")
    assert (said.code, "can't be understood" in said.err) == (1, True)
    assert (ardour / "ui_scripts").read_bytes() == data


def test_without_an_ardour_it_is_said_what_to_do(folders: Folders) -> None:
    said = folders.terminal("daw", "install", "ardour")
    assert (said.code, "start Ardour once" in said.err) == (1, True)


def test_without_its_old_bytes_a_file_still_loses_only_our_lines(folders: Folders) -> None:
    before = folders.bytes()
    folders.do("install")
    for backup in (folders.terminal.home / "installed").glob("*/*reaper*.ini"):
        backup.unlink()
    folders.do("uninstall")

    assert folders.bytes() == before


def test_a_record_that_cant_be_read_is_no_word_for_nothing_installed(folders: Folders) -> None:
    folders.do("install")
    record = next((folders.terminal.home / "installed").glob("*/record.json"))
    record.write_text("{", "utf-8")

    assert f"{record} can't be understood" in folders.refused("uninstall")


@pytest.mark.skipif(os.name == "nt", reason="permissions are POSIX's")
def test_a_reaper_folder_that_is_not_to_be_looked_into_is_said_in_one_sentence() -> None:
    with without_privileges() as place:
        reaper = place / ".config" / "REAPER"
        reaper.mkdir(parents=True)
        (reaper / "reaper.ini").write_text("[REAPER]\n", "utf-8")
        reaper.chmod(0)
        terminal = Terminal(place / "home", HOME=str(place), XDG_CONFIG_HOME=str(place / ".config"))
        try:
            said = terminal("daw", "install", "reaper")
            assert (said.code, said.err.count("\n")) == (1, 1)
            assert said.err.endswith("reaper.ini can't be read: Permission denied\n")
            assert terminal("daw", "list").code == 0
        finally:
            reaper.chmod(0o700)

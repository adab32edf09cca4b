"""A song that goes back and forth between two studios, by the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge.core.actions_sharing import MergeSong
from bridge.core.decide_sharing import MOVED_ON
from bridge.errors import Refused
from bridge.store.lock import HomeLock
from bridge.web.server import WebServer
from tests.standins.asked import AskedService
from tests.standins.command import Terminal
from tests.standins.desk import Desk

SONG = """
title = "Northern Lights"
[map]
inspiration = ["/srv/ada/pictures/sky.png", "boots on snow"]
[[task]]
title = "Write chord progression (20m)"
[[task]]
title = "Sing (15m)"
"""
OTHER = """
title = "Harbour in Fog"
[map]
depict = "nobody else's affair"
[[task]]
title = "Secret task"
"""


class Pair:
    """Ada's and Ben's studios, and a folder in which files go back and forth."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ada, self.ben = (self.made(name) for name in ("Ada", "Ben"))
        for name, text in (("song.toml", SONG), ("other.toml", OTHER)):
            (folder / name).write_text(text, encoding="utf-8")
        self.ada.well("song", "import", self.file("song.toml"), self.file("other.toml"))

    def made(self, name: str) -> Terminal:
        home = self.folder / name
        home.mkdir()
        (home / "config.toml").write_text(f'person = "{name}"\n', encoding="utf-8")
        return Terminal(home)

    def file(self, name: str) -> str:
        return str(self.folder / name)

    def share(self, who: Terminal, name: str = "song.songbridge") -> str:
        who.well("song", "share", "northern-lights", "-o", self.file(name))
        return self.file(name)

    def part(self) -> None:
        """Let both write the same title anew, unknown to each other."""
        self.ben.well("song", "merge", self.share(self.ada))
        self.ada.well("task", "edit", "northern-lights.2", "--title", "Sing softly")
        self.ben.wait(60)
        self.ben.well("task", "edit", "northern-lights.2", "--title", "Shout")


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path)


def test_a_song_goes_there_and_back_with_all_that_was_done(pair: Pair) -> None:
    said = pair.ben.well("song", "merge", pair.share(pair.ada)).splitlines()
    assert said == [
        "northern-lights: Northern Lights is new, and came in: 3 records", "  Ada: 2 tasks new",
    ]  # fmt: skip
    pair.ben.well("start", "1")
    pair.ben.wait(600)
    pair.ben.well("note", "the third chord is the one")
    pair.ben.well("complete")
    said = pair.ada.well("song", "merge", pair.share(pair.ben, "back.songbridge")).splitlines()
    assert said[1:] == [
        "  Ben: 1 task done, 10m of work", "  Ben left a note: the third chord is the one",
    ]  # fmt: skip
    assert pair.ada("queue", "--json").json[0]["title"] == "Sing"
    told = pair.ada("song", "history", "northern-lights", "--json").json
    assert [row["person"] for row in told if "state done" in row["text"]] == ["Ben"]


def test_what_is_shared_is_nothing_of_other_songs_and_no_folder(pair: Pair) -> None:
    text = Path(pair.share(pair.ada)).read_text("utf-8")
    assert "sky.png" in text
    assert "/srv/ada" not in text
    assert "Harbour" not in text
    assert "Secret" not in text
    assert "nobody else" not in text
    pair.ben.well("song", "merge", pair.file("song.songbridge"))
    pair.ada.well("song", "merge", pair.share(pair.ben, "back.songbridge"))
    shown = pair.ada("song", "show", "northern-lights", "--json").json
    assert shown["map"]["inspiration"] == ["/srv/ada/pictures/sky.png", "boots on snow"]


def test_a_clash_is_told_and_either_side_can_be_taken(pair: Pair) -> None:
    pair.part()
    said = pair.ada.well("song", "merge", pair.share(pair.ben, "back.songbridge"))
    clash = 'clash 1: title of "Shout": Ben\'s "Shout" stands, Ada\'s "Sing softly" lost;'
    assert f"{clash} `songbridge song take northern-lights 1` takes it" in said
    pair.ben.well("song", "merge", pair.share(pair.ada))
    assert pair.ben.well("song", "conflicts", "northern-lights").startswith(clash)
    pair.ben.well("song", "take", "northern-lights", "1")
    assert (
        pair.ben.well("song", "conflicts", "northern-lights")
        == "nothing clashes in northern-lights\n"
    )
    said = pair.ada.well("song", "merge", pair.share(pair.ben, "back.songbridge"))
    assert 'settled: title of "Sing softly"' in said
    assert pair.ada("task", "list", "--json").json[1]["title"] == "Sing softly"


def test_what_stands_can_be_kept_and_the_clash_is_settled(pair: Pair) -> None:
    pair.part()
    pair.ada.well("song", "merge", pair.share(pair.ben, "back.songbridge"))
    pair.ada.well("song", "take", "northern-lights", "1", "--keep")
    assert pair.ada("song", "conflicts", "northern-lights", "--json").json == []
    assert pair.ada("task", "list", "--json").json[1]["title"] == "Shout"
    refused = pair.ada("song", "take", "northern-lights", "1")
    assert (refused.code, refused.err) == (
        1, "'northern-lights' has no clash 1; nothing clashes in it\n",
    )  # fmt: skip


@pytest.mark.parametrize(("words", "value"), [([], "Sing softly"), (["--keep"], "Shout")])
def test_a_choice_is_told_as_json(pair: Pair, words: list[str], value: str) -> None:
    pair.part()
    pair.ada.well("song", "merge", pair.share(pair.ben, "back.songbridge"))
    told = pair.ada("song", "take", "northern-lights", "1", *words, "--json").json
    assert (told["song"], told["kept"], told["value"]) == ("northern-lights", bool(words), value)
    assert (told["clash"]["field"], told["clash"]["stands"]["value"]) == ("title", "Shout")
    assert pair.ada("task", "list", "--json").json[1]["title"] == value
    assert pair.ada("song", "conflicts", "northern-lights", "--json").json == []


def test_a_merge_is_taken_back_whole_and_can_come_again(pair: Pair) -> None:
    pair.part()
    back = pair.share(pair.ben, "back.songbridge")
    before = pair.ada.well("song", "export", "northern-lights")
    pair.ada.well("song", "merge", back)
    after = pair.ada.well("song", "export", "northern-lights")
    pair.ada.well("undo")
    assert pair.ada.well("song", "export", "northern-lights") == before
    pair.ada.well("song", "merge", back)
    assert pair.ada.well("song", "export", "northern-lights") == after != before
    again = pair.ada.well("song", "merge", back)
    assert again.endswith("all of it is known here already; nothing was changed\n")


def test_a_dry_run_and_json_say_what_would_come(pair: Pair) -> None:
    file = pair.share(pair.ada)
    assert "would come in: 3 records" in pair.ben.well("song", "merge", file, "--dry-run")
    assert pair.ben("song", "list", "--json").json == []
    row = pair.ben("song", "merge", file, "--json").json["songs"][0]
    assert (row["song"], row["from"], row["new"], row["changed"]) == (
        "northern-lights",
        "Ada",
        True,
        True,
    )


def test_import_takes_a_share_and_a_song_of_the_same_title_is_another_one(pair: Pair) -> None:
    pair.ben.well("song", "import", pair.file("song.toml"))
    file = pair.share(pair.ada)
    said = pair.ben.well("song", "import", file)
    assert said.startswith("northern-lights-2: Northern Lights is new")
    assert "known here already" in pair.ben.well("song", "import", file)
    mixed = pair.ben("song", "import", file, pair.file("other.toml"))
    assert (mixed.code, mixed.err) == (
        1, "some of these files are songs with their history; merge those by themselves\n",
    )  # fmt: skip


def test_a_share_never_takes_the_place_of_what_is_not_older(pair: Pair) -> None:
    file = pair.share(pair.ada)
    assert "in the place of an older share" in pair.ada.well(
        "song", "share", "northern-lights", "-o", file
    )
    other = pair.ada("song", "share", "harbour-in-fog", "-o", file)
    assert other.err == f"{file} is the share of another song; name another file with -o\n"
    toml = pair.ada("song", "share", "northern-lights", "-o", pair.file("song.toml"))
    assert toml.err.endswith("is there already and is no share; name another with -o\n")
    pair.ben.well("song", "merge", file)
    pair.ben.well("task", "add", "Hum")
    newer = pair.share(pair.ben, "newer.songbridge")
    refused = pair.ada("song", "share", "northern-lights", "-o", newer)
    assert "tells of work that is not here" in refused.err


def test_a_damaged_file_changes_nothing(pair: Pair) -> None:
    file = Path(pair.share(pair.ada))
    file.write_bytes(file.read_bytes().replace(b"Sing", b"Ring"))
    refused = pair.ben("song", "merge", str(file))
    assert (refused.code, refused.err) == (
        1,
        f"{file}: is damaged or was edited: its last line does not fit the rest; ask for it again\n",
    )
    assert pair.ben("song", "list", "--json").json == []


def test_a_copy_of_a_home_is_found_out_and_goes_on_under_an_id_of_its_own(pair: Pair) -> None:
    import shutil  # noqa: PLC0415 - for this test alone

    pair.share(pair.ada)
    shutil.copytree(pair.ada.home, pair.folder / "copy")
    copy = Terminal(pair.folder / "copy")
    pair.ada.well("task", "edit", "northern-lights.1", "--title", "Write four chords")
    copy.wait(60)
    copy.well("task", "edit", "northern-lights.2", "--title", "Hum")
    file = pair.share(copy, "copy.songbridge")
    refused = pair.ada("song", "merge", file)
    assert "comes from a copy of this very home" in refused.err
    pair.ada.well("song", "merge", file, "--own-id")
    titles = [row["title"] for row in pair.ada("task", "list", "--json").json]
    assert titles[:2] == ["Write four chords", "Hum"]


def test_a_home_brought_back_from_a_copy_gets_its_own_work_again(pair: Pair) -> None:
    import shutil  # noqa: PLC0415 - for this test alone

    pair.share(pair.ada)
    shutil.copytree(pair.ada.home, pair.folder / "backup")
    pair.ada.well("task", "edit", "northern-lights.1", "--title", "Write four chords")
    pair.ben.well("song", "merge", pair.share(pair.ada))
    old = Terminal(pair.folder / "backup")
    old.well("song", "merge", pair.share(pair.ben, "back.songbridge"))
    old.well("task", "edit", "northern-lights.2", "--title", "Hum")
    said = pair.ben.well("song", "merge", pair.share(old, "old.songbridge"))
    assert "Ada: 1 task written anew" in said
    titles = [row["title"] for row in pair.ben("task", "list", "--json").json]
    assert titles == ["Write four chords", "Hum"]


# --- through the service --------------------------------------------------------------------------


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Terminal, Desk]]:
    terminal, desk = Terminal(tmp_path / "served"), Desk()
    server = WebServer(AskedService(desk), "127.0.0.1", 0)
    host, port = server.start()
    lock = HomeLock(terminal.home).acquire({"http": f"{host}:{port}"})
    yield terminal, desk
    lock.release()
    server.stop()


def test_a_song_comes_in_through_the_service_while_a_task_runs(
    pair: Pair, served: tuple[Terminal, Desk]
) -> None:
    terminal, desk = served
    terminal.well("task", "add", "x") if desk.engine.studio.song else None
    assert "came in: 3 records" in terminal.well("song", "merge", pair.share(pair.ada))
    desk.do("start", 1)
    pair.ada.well("start", "1")
    pair.ada.wait(300)
    pair.ada.well("complete")
    said = terminal.well("song", "merge", pair.share(pair.ada))
    assert '"Write chord progression" is over elsewhere and runs here: it stays open' in said
    assert desk.state == "running"
    assert desk.current == "Write chord progression"
    text = terminal.well("song", "share", "northern-lights", "-o", "-")
    assert text.startswith("songbridge-share 1\n")


def test_a_press_in_between_has_the_merge_worked_out_anew(
    pair: Pair, served: tuple[Terminal, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal, desk = served
    terminal.well("song", "merge", pair.share(pair.ada))
    pair.ada.well("task", "edit", "northern-lights.1", "--title", "Write four chords")
    propose = desk.engine.propose
    pressed: list[object] = []

    def with_a_press(request: object, *more: object) -> object:
        if isinstance(request, MergeSong) and not pressed:
            pressed.append(desk.do("note", "a press in between"))
        return propose(request, *more)  # type: ignore[arg-type] # as they came

    monkeypatch.setattr(desk.engine, "propose", with_a_press)
    terminal.well("song", "merge", pair.share(pair.ada))
    assert desk.engine.studio.the("northern-lights.1").title == "Write four chords"
    assert pressed


def test_an_outcome_of_something_else_is_refused(pair: Pair) -> None:
    file = pair.share(pair.ada)
    assert json.loads(Path(file).read_text("utf-8").splitlines()[4])["person"] == "Ada"
    from bridge.core.actions_sharing import Outcome  # noqa: PLC0415 - for this test alone
    from bridge.core.model import Song  # noqa: PLC0415 - as above

    desk = Desk()
    with pytest.raises(Refused, match=MOVED_ON):
        desk.ask(MergeSong("aaaa/1", Outcome(7, "x", Song("x", "X", "mixing"))))

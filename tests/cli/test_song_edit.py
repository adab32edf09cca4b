"""A whole song in an editor: what is changed becomes true, what is wrong is shown, nothing is lost."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from bridge.cli import song_edit, song_edit_editor
from bridge.cli.here import Here
from bridge.cli.main import cli
from bridge.errors import Unavailable
from bridge.files.song_sheet import cleared
from tests.standins.command import Said, Terminal

SONG = """
title = "Fern"
[[task]]
title = "Write chords (20m)"
[[task]]
title = "Design pad (25m)"
section = "sound design"
[[task]]
title = "Balance it (15m)"
section = "mixing"
"""

Hand = Callable[[str], str]


class Editor:
    """An editor in which each hand of `hands` writes once; what it saw is in ``seen``."""

    def __init__(self, *hands: Hand) -> None:
        self.hands, self.seen = list(hands), list[str]()

    def __call__(self, _command: str, path: Path) -> None:
        text = path.read_text("utf-8")
        self.seen.append(text)
        if self.hands:
            path.write_text(self.hands.pop(0)(text), "utf-8")


def swap(old: str, new: str) -> Hand:
    def hand(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return hand


@pytest.fixture
def studio(tmp_path: Path) -> Terminal:
    file = tmp_path / "fern.toml"
    file.write_text(SONG, "utf-8")
    terminal = Terminal(tmp_path / "home", EDITOR="pen")
    terminal.well("song", "import", str(file))
    return terminal


@pytest.fixture
def edit(studio: Terminal, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """Return what edits with an `Editor`, at a terminal where `typed` lines are typed."""

    def run(editor: Editor, *words: str, typed: str | None = None) -> Said:
        monkeypatch.setattr(song_edit_editor, "_open", editor)
        monkeypatch.setattr(song_edit, "_typed", lambda: typed is not None)
        environ = {"SONGBRIDGE_HOME": str(studio.home), **studio.environ}
        here = Here(environ, now=lambda: studio.moment)
        arguments = ["song", "edit", *words]
        result = CliRunner().invoke(cli, arguments, typed, obj=here, catch_exceptions=False)
        return Said(result.exit_code, result.stdout, result.stderr)

    return run


def titles(studio: Terminal) -> list[str]:
    return [row["title"] for row in studio("song", "show", "fern", "--json").json["task_list"]]


def left(studio: Terminal) -> list[str]:
    return sorted(file.name for file in (studio.home / "drafts" / "edits").iterdir())


def test_what_was_not_changed_is_said_and_stays(
    studio: Terminal, edit: Callable[..., Said]
) -> None:
    before = studio("status", "--json").json["seq"]
    said = edit(Editor(), "fern")
    assert (said.code, said.out, said.err) == (0, "Fern: nothing was changed\n", "")
    assert studio("status", "--json").json["seq"] == before
    assert left(studio) == []


def test_an_edit_is_one_action_that_is_told_and_taken_back(
    studio: Terminal, edit: Callable[..., Said]
) -> None:
    def hand(text: str) -> str:
        head, chords, pad, balance = text.split("[[task]]")
        pad = pad.replace("Design pad", "Design warm pad")
        return "[[task]]".join(
            (head.replace('sound = ""', 'sound = "wide"'), balance, "\n" + pad, chords)
        ) + ('\n[[task]]\ntitle = "Sing (10m)"\n')

    said = edit(Editor(hand), typed="")
    assert said.err == ""
    assert said.out.splitlines() == [
        "Fern: map written anew",
        "Fern: changed: 'Design warm pad'",
        "Fern: added: 'Sing'",
        "Fern: tasks are in the new order",
    ]
    assert titles(studio) == ["Balance it", "Design warm pad", "Write chords", "Sing"]
    assert [row["title"] for row in studio("queue", "--json").json] == titles(studio)
    studio.well("undo")
    assert titles(studio) == ["Write chords", "Design pad", "Balance it"]
    assert left(studio) == []


def test_what_is_wrong_is_shown_in_its_place_and_the_text_is_whole(
    studio: Terminal, edit: Callable[..., Said]
) -> None:
    editor = Editor(
        lambda text: swap('"25m"', '"soon"')(swap("Write chords", "Write warm chords")(text)),
        swap('"soon"', '"45m"'),
    )
    said = edit(editor, "fern", typed="")
    assert said.code == 0
    assert "the editor opens again, with a comment there" in said.err
    again = editor.seen[1].splitlines()
    place = again.index('budget = "soon"')
    assert again[place - 1].startswith('#! task[2].budget: "soon" is not a duration; allowed are')
    assert "Write warm chords" in editor.seen[1]
    assert titles(studio) == ["Write warm chords", "Design pad", "Balance it"]


def test_a_text_that_is_left_wrong_is_kept_and_gone_on_with(
    studio: Terminal, edit: Callable[..., Said]
) -> None:
    said = edit(Editor(swap('"25m"', '"soon"')), "fern", typed="")
    assert said.code == 1
    last = said.err.splitlines()[-1]
    assert last.startswith(str(studio.home / "drafts" / "edits" / "fern.toml"))
    assert last.endswith(
        "nothing was changed; your text is kept there, and `songbridge song edit fern` goes on with it"
    )
    assert left(studio) == ["fern.json", "fern.toml"]
    said = edit(Editor(swap('"soon"', '"30m"')), "fern", typed="y\n")
    assert "Go on with the text that you left?" in said.err
    assert said.out == "Fern: changed: 'Design pad'\n"
    assert left(studio) == []


def test_a_text_that_was_left_may_be_begun_anew(edit: Callable[..., Said]) -> None:
    edit(Editor(swap('"25m"', '"soon"')), "fern", typed="")
    editor = Editor()
    assert edit(editor, "fern", typed="n\n").out == "Fern: nothing was changed\n"
    assert '"25m"' in editor.seen[0]


def test_without_a_terminal_a_wrong_text_is_not_opened_again(edit: Callable[..., Said]) -> None:
    editor = Editor(swap('"25m"', '"soon"'), swap('"soon"', '"30m"'))
    assert edit(editor, "fern").code == 1
    assert len(editor.seen) == 1
    said = edit(editor, "fern")
    assert "going on with the text that was left" in said.err
    assert said.out == "Fern: changed: 'Design pad'\n"


def test_a_task_keeps_its_time_and_its_state(studio: Terminal, edit: Callable[..., Said]) -> None:
    studio.well("start", "2")
    studio.wait(300)
    studio.well("complete")
    studio.well("pause")
    edit(
        Editor(
            lambda text: swap("Design pad", "Design a pad")(
                swap('"sound design"\nbudget', '"mixing"\nbudget')(text)
            )
        ),
        "fern",
    )
    row = next(
        r for r in studio("song", "show", "fern", "--json").json["task_list"] if r["id"] == "fern.2"
    )
    assert (row["title"], row["section"], row["state"], row["spent_s"]) == (
        "Design a pad", "mixing", "done", 300,
    )  # fmt: skip


def test_a_pad_that_is_pressed_meanwhile_is_merged(
    studio: Terminal, edit: Callable[..., Said]
) -> None:
    def hand(text: str) -> str:
        studio.well("start", "1")
        studio.wait(60)
        studio.well("complete")
        studio.well("task", "add", "Sing", "--section", "mixing")
        return swap("Write chords", "Write warm chords")(text)

    said = edit(Editor(hand), "fern")
    assert (said.code, said.err) == (0, "")
    rows = studio("song", "show", "fern", "--json").json["task_list"]
    assert (rows[0]["title"], rows[0]["state"]) == ("Write warm chords", "done")
    assert rows[3]["title"] == "Sing"


def test_what_clashes_is_told_and_the_rest_becomes_true(
    studio: Terminal, edit: Callable[..., Said]
) -> None:
    def hand(text: str) -> str:
        studio.well("task", "edit", "fern.1", "--budget", "50m")
        return swap('"20m"', '"35m"')(swap("Design pad", "Design a pad")(text))

    said = edit(Editor(hand), "fern")
    assert said.code == 0
    assert "left as it is: budget of 'Write chords' was changed meanwhile, too" in said.err
    assert "your whole text is kept in" in said.err
    assert said.out == "Fern: changed: 'Design a pad'\n"
    assert left(studio) == ["fern.clash.toml"]
    assert '"35m"' in (studio.home / "drafts" / "edits" / "fern.clash.toml").read_text("utf-8")
    assert studio("queue", "--json").json[0]["budget_s"] == 3000


def without_pad(text: str) -> str:
    tasks = text.split("[[task]]")
    return "[[task]]".join(task for task in tasks if "Design pad" not in task)


def test_a_task_that_is_taken_out_is_asked_about_and_comes_back(
    studio: Terminal, edit: Callable[..., Said]
) -> None:
    studio.well("start", "2")
    studio.wait(240)
    studio.well("pause")
    said = edit(Editor(without_pad), "fern", typed="n\n")
    assert "Take 'Design pad' out (4m spent)? Undo brings it back [Y/n]" in said.err
    assert "nothing was changed; your text is kept in" in said.err
    assert len(titles(studio)) == 3
    said = edit(Editor(), "fern", typed="y\ny\n")
    assert said.out.splitlines()[-1] == (
        "Fern: `songbridge undo` brings back what was taken out with 4m spent"
    )
    assert len(titles(studio)) == 2
    studio.well("undo")
    row = studio("song", "show", "fern", "--json").json["task_list"][1]
    assert (row["title"], row["spent_s"]) == ("Design pad", 240)


def test_only_the_map_may_be_opened(studio: Terminal, edit: Callable[..., Said]) -> None:
    editor = Editor(swap('depict = ""', 'depict = "rain"'))
    assert edit(editor, "fern", "--map").out == "Fern: map written anew\n"
    assert "[[task]]" not in editor.seen[0]
    assert len(titles(studio)) == 3


def test_programs_read_the_answer(studio: Terminal, edit: Callable[..., Said]) -> None:
    said = edit(Editor(swap("Design pad", "Design a pad")), "fern", "--json").json
    assert said == {
        "seq": studio("status", "--json").json["seq"], "clashes": [], "said": ["changed: 'Design a pad'"],
    }  # fmt: skip


def test_what_the_core_refuses_keeps_the_text(studio: Terminal, edit: Callable[..., Said]) -> None:
    studio.well("stage", "finished")
    said = edit(Editor(lambda text: f'{text}\n[[task]]\ntitle = "Sing"\n'), "fern")
    assert said.code == 1
    assert "'Fern' is finished, so 'Sing' can't be to do" in said.err
    assert "your text is kept in" in said.err


def test_no_editor_says_what_to_set(studio: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    studio.environ = {"PATH": ""}
    assert "there is no terminal to edit in; say which editor" in studio("song", "edit", "fern").err
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(Unavailable, match="no editor was found"):
        song_edit_editor.chosen({}, typed=True)
    assert song_edit_editor.chosen({"EDITOR": "a", "VISUAL": "b --wait"}, typed=False) == "b --wait"
    assert "there is no song 'moss'" in studio("song", "edit", "moss").err


@pytest.mark.skipif(sys.platform == "win32", reason="the shell's words")
def test_an_editor_may_have_arguments_and_spaces(tmp_path: Path) -> None:
    file = tmp_path / "my song.toml"
    words = song_edit_editor._words("code --wait", file)
    assert words == ["/bin/sh", "-c", 'code --wait "$@"', "editor", str(file)]
    program = tmp_path / "my editor"
    program.touch()
    assert song_edit_editor._words(str(program), file) == [str(program), str(file)]


def test_comments_of_an_older_look_go() -> None:
    assert cleared("a\n#! wrong\nb\n# mine\n") == "a\nb\n# mine\n"

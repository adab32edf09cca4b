"""A song by the interview: what is asked, what may be skipped, and that nothing that was said is lost."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from bridge.cli import song_edit_editor, song_new_talk
from bridge.cli.here import Here
from bridge.cli.main import cli
from tests.standins.command import Said, Terminal

MAP = ("a note", "", "driving, warm", "", "rain", "friends", "soft")


@pytest.fixture
def studio(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "home")


def answer(studio: Terminal, *lines: str, words: tuple[str, ...] = ()) -> Said:
    """Run ``song new`` and type `lines`."""
    here = Here({"SONGBRIDGE_HOME": str(studio.home), **studio.environ}, now=lambda: studio.moment)
    typed = "".join(f"{line}\n" for line in lines)
    result = CliRunner().invoke(
        cli, ["song", "new", *words], typed, obj=here, catch_exceptions=False
    )
    return Said(result.exit_code, result.stdout, result.stderr)


def shown(studio: Terminal, song: str) -> dict[str, object]:
    told: dict[str, object] = studio("song", "show", song, "--json").json
    return told


def drafts(studio: Terminal) -> list[dict[str, str]]:
    told: list[dict[str, str]] = studio("song", "new", "--drafts", "--json").json
    return told


def test_a_song_is_asked_for_from_its_title_to_its_minutes(studio: Terminal) -> None:
    said = answer(
        studio, "Fern", *MAP, "ambient", "keep 1-3", "", "move 3 1", "", "2 45", "", "yes"
    )
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith("fern: Fern, 3 tasks\n`songbridge start` begins with the first task\n")
    song = shown(studio, "fern")
    assert (song["title"], song["stage"]) == ("Fern", "idea incubation")
    assert song["map"] == {
        "inspiration": ["a note"],
        "musical_themes": ["driving", "warm"],
        "other_themes": [],
        "depict": "rain",
        "audience": "friends",
        "sound": "soft",
    }
    queue = studio("queue", "--json").json
    assert [row["title"].split()[0] for row in queue] == ["Stretch", "Write", "Record"]
    assert [row["budget_s"] for row in queue] == [2100, 2700, 1800]
    assert drafts(studio) == []


def test_every_question_can_be_skipped(studio: Terminal) -> None:
    said = answer(studio, *[""] * 12)
    assert said.code == 0
    song = shown(studio, "untitled")
    assert song["tasks"] == 25
    assert answer(studio, *[""] * 12).code == 0
    assert shown(studio, "untitled-2")["title"] == "Untitled 2"


def test_one_goes_back_and_an_answer_is_kept_or_emptied(studio: Terminal) -> None:
    said = answer(
        studio,
        "<",
        "Fern",
        "",
        "driving",
        "night",
        "<",
        "<",
        "",
        "-",
        "rain",
        "",
        "",
        "none",
        "",
        "",
        "",
        "y",
    )
    assert "this is the first question" in said.out
    assert "Musical themes, with commas between (driving, euphoric) [driving]" in said.out
    song = shown(studio, "fern")
    assert song["map"]["musical_themes"] == ["driving"]  # type: ignore[index] # JSON
    assert song["map"]["other_themes"] == []  # type: ignore[index] # JSON
    assert song["map"]["depict"] == "rain"  # type: ignore[index] # JSON


def test_lines_that_end_lose_nothing(studio: Terminal) -> None:
    said = answer(studio, "Fern", "a note", "", "driving", "", "rain")
    assert (said.code, said.err) == (
        1, "'Fern' is kept as a draft; `songbridge song new` goes on where it stopped\n",
    )  # fmt: skip
    assert drafts(studio) == [{"id": "fern", "title": "Fern", "step": "audience"}]
    assert studio("song", "list", "--json").json == []
    said = answer(studio, "y", "friends", "soft", "none", "", "yes")
    assert "'Fern' is not finished being asked for; go on with it? [Y/n]" in said.out
    song = shown(studio, "fern")
    assert song["map"]["inspiration"] == ["a note"]  # type: ignore[index] # JSON
    assert song["map"]["audience"] == "friends"  # type: ignore[index] # JSON
    assert drafts(studio) == []


def test_an_inspiration_is_kept_before_the_next_is_typed(studio: Terminal) -> None:
    answer(studio, "Fern", "one", "two")
    assert drafts(studio)[0]["step"] == "inspiration"
    said = answer(studio, "y")
    assert "  · one\n  · two\n" in said.out


def test_q_ends_and_no_keeps_the_draft(studio: Terminal) -> None:
    assert answer(studio, "Fern", "q").code == 1
    said = answer(studio, "y", "", "", "", "", "", "", "none", "", "maybe", "no")
    assert said.code == 0
    assert "yes begins it, no keeps it as a draft" in said.out
    assert drafts(studio)[0]["step"] == "preview"
    assert answer(studio, "y", "yes").code == 0
    assert shown(studio, "fern")["tasks"] == 0


def test_a_draft_can_be_left_alone_or_thrown_away(studio: Terminal) -> None:
    answer(studio, "Fern")
    assert answer(studio, "n", "Moss").code == 1
    assert sorted(one["id"] for one in drafts(studio)) == ["fern", "moss"]
    assert "fern: Fern, stands at 'inspiration'" in studio.well("song", "new", "--drafts")
    assert studio.well("song", "new", "--discard", "fern") == "fern is thrown away\n"
    assert "there is no draft 'fern'" in studio("song", "new", "--discard", "fern").err
    studio.well("song", "new", "--discard", "moss")
    assert "no interview is waiting" in studio.well("song", "new", "--drafts")


def test_nobody_who_answers_is_told_what_to_do(studio: Terminal) -> None:
    said = answer(studio)
    assert said.code == 1
    assert said.err.startswith("nothing was answered, so there is no song; to say it at once:")
    assert not (studio.home / "drafts").exists()


def test_ctrl_c_keeps_the_draft(studio: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = iter(["Fern", "a note"])

    def typed() -> str:
        line = next(lines, None)
        if line is None:
            raise KeyboardInterrupt
        return line

    monkeypatch.setattr(song_new_talk, "input", typed, raising=False)
    said = answer(studio)
    assert said.code == 130
    assert said.err.strip().startswith("'Fern' is kept as a draft")
    assert drafts(studio)[0]["title"] == "Fern"


def test_all_at_once_for_scripts(studio: Terminal) -> None:
    said = answer(
        studio,
        words=(
            "Night Drive", "--no-interview", "--template", "house", "--theme", "dark", "--theme", "dry",
            "--other-theme", "rain", "--depict", "a ring road", "--audience", "drivers", "--sound", "wet",
            "--inspiration", "https://example.org/x", "--json",
        ),
    )  # fmt: skip
    assert said.json["songs"] == [{"id": "night-drive", "title": "Night Drive", "tasks": 24}]
    song_map = shown(studio, "night-drive")["map"]
    assert song_map == {
        "inspiration": ["https://example.org/x"],
        "musical_themes": ["dark", "dry"],
        "other_themes": ["rain"],
        "depict": "a ring road",
        "audience": "drivers",
        "sound": "wet",
    }
    assert not (studio.home / "drafts").exists()


def test_without_an_interview_a_title_is_needed(studio: Terminal) -> None:
    assert studio("song", "new", "--no-interview").code == 2
    assert studio("song", "new", "X", "--template", "techno", "--from", "x").code == 2
    said = studio("song", "new", "X", "--no-interview", "--template", "polka")
    assert "no template is for 'polka'; there are ambient, band-recording" in said.err


def test_what_is_given_is_not_asked_and_yes_takes_the_proposals(studio: Terminal) -> None:
    said = answer(studio, "", "", "", "friends", "", words=("Fern", "--depict", "rain", "--yes"))
    assert (said.code, said.err) == (0, "")
    assert "What should it depict?" not in said.out
    assert "Which template?" not in said.out
    song = shown(studio, "fern")
    assert song["tasks"] == 25
    assert song["map"]["audience"] == "friends"  # type: ignore[index] # JSON


def test_a_title_that_is_taken_is_refused_at_once(studio: Terminal) -> None:
    studio.well("song", "new", "Fern", "--no-interview")
    assert "there is a song 'fern' already" in studio("song", "new", "Fern", "--yes").err
    said = answer(studio, "fern", "Moss")
    assert "there is a song 'fern' already; another title, please" in said.out
    assert drafts(studio)[0]["title"] == "Moss"


def test_an_own_song_is_a_template_and_so_is_what_it_was_saved_as(studio: Terminal) -> None:
    studio.well("song", "new", "Fern", "--no-interview", "--template", "ambient")
    studio.well("start")
    studio.wait(720)
    studio.well("complete")
    studio.well("end")
    studio.well("song", "new", "Moss", "--no-interview", "--from", "fern")
    first = studio("song", "show", "moss", "--json").json["task_list"][0]
    assert (first["budget_s"], first["state"], first["spent_s"]) == (720, "todo", 0)
    assert "quiet: 21 tasks" in studio.well("song", "template", "save", "fern", "quiet")
    assert "--replace writes over it" in studio("song", "template", "save", "fern", "quiet").err
    studio.well("song", "template", "save", "fern", "quiet", "--replace")
    assert "quiet" in [row["id"] for row in studio("song", "templates", "--json").json]
    assert "  1    12m  composition" in studio.well("song", "templates", "quiet")
    studio.well("song", "new", "Reed", "--no-interview", "--template", "quiet")
    assert studio("song", "show", "reed", "--json").json["tasks"] == 21


def test_templates_are_listed_and_shown_and_a_wrong_one_is_told(studio: Terminal) -> None:
    assert "Techno and house" in studio.well("song", "templates")
    told = studio("song", "templates", "trance", "--json").json
    assert told["id"] == "techno"
    (studio.home / "templates").mkdir(parents=True)
    (studio.home / "templates" / "mine.toml").write_text('id = "mine"\n', "utf-8")
    assert "mine.toml: name: is missing" in studio("song", "templates").err


def test_one_undo_takes_the_whole_song_back(studio: Terminal) -> None:
    studio.well("song", "new", "Fern", "--no-interview", "--template", "ambient")
    studio.well("undo")
    assert studio("song", "list", "--json").json == []


def test_too_many_songs_are_told_at_the_end(studio: Terminal) -> None:
    for title in ("A1", "B1", "C1"):
        studio.well("song", "new", title, "--no-interview")
    assert "4 songs are in hand, 3 were meant to be" in studio.well(
        "song", "new", "D1", "--no-interview"
    )


def test_files_are_kept_whole_and_a_missing_one_is_asked_about(
    studio: Terminal, tmp_path: Path
) -> None:
    picture = tmp_path / "my sky.png"
    picture.touch()
    dropped = str(picture).replace(" ", "\\ ")
    answer(
        studio, "Fern", f"'{picture}'", dropped, str(tmp_path / "no.wav"), "n", str(tmp_path / "no.wav"), "y",
        "drop 1", "mailto:ada@example.org", "and/or rain",
    )  # fmt: skip
    text = (studio.home / "drafts" / "fern.toml").read_text("utf-8")

    assert tomllib.loads(text)["map"]["inspiration"] == [
        str(picture), str(tmp_path / "no.wav"), "mailto:ada@example.org", "and/or rain",
    ]  # fmt: skip


def test_what_recurs_in_finished_songs_is_proposed_with_its_minutes(studio: Terminal) -> None:
    for number, minutes in enumerate((20, 22, 30)):
        studio.well("song", "new", f"Old {number}", "--no-interview")
        studio("song", f"old-{number}")
        studio.well("task", "add", "Record the foghorn (25m)", "--section", "sound design")
        studio.well("start", f"old-{number}.1")
        studio.wait(minutes * 60)
        studio.well("complete")
        studio.well("stage", "finished")
    said = answer(studio, "Fern", "", "", "", "", "", "", "ambient")
    assert "22m  sound design  Record the foghorn  (in 3 of your finished songs)" in said.out


def test_a_task_that_is_added_gets_the_minutes_that_such_tasks_took(studio: Terminal) -> None:
    for minutes in (20, 22, 30):
        studio("song", "new", "Old", "--no-interview")
        studio.well(
            "task", "add", "Sing the chorus (25m)", "--section", "mixing", "--position", "1"
        )
        studio.well("start", "1")
        studio.wait(minutes * 60)
        studio.well("complete")
    lines = ("none", "add mixing: Sing the last chorus", "add Ring a bell", "", "", "", "yes")
    said = answer(studio, "Fern", *[""] * 6, *lines)
    assert "  1    22m  mixing  Sing the last chorus  (median of 3 with like words)" in said.out
    assert "Ring a bell  (median of 3 in the section)" in said.out
    budgets = [row["budget_s"] for row in shown(studio, "fern")["task_list"]]  # type: ignore[attr-defined] # JSON
    assert budgets == [1320, 1320]


def test_a_draft_that_is_damaged_is_told_and_in_nobodys_way(studio: Terminal) -> None:
    (studio.home / "drafts").mkdir(parents=True)
    (studio.home / "drafts" / "old.toml").write_text("title =", "utf-8")
    said = answer(studio, "Fern", *[""] * 6, "none", "", "yes")
    assert said.code == 0
    assert "old.toml:1: is not valid TOML" in said.err


def test_more_than_a_map_holds_is_told_and_the_draft_can_be_read_again(studio: Terminal) -> None:
    themes = ",".join(f"t{n}" for n in range(300))
    said = answer(
        studio,
        "x" * 300,
        "Fern\x1b[31m",
        "n" * 5000,
        "note\x07",
        "",
        themes,
        "",
        "y" * 5000,
        "rain",
    )
    assert "a name has at most 200 characters" in said.out
    assert "up to 200 are kept, of up to 4000 characters each" in said.out
    assert "the first 200 are kept" in said.out
    assert "that has 5000 characters; up to 4000 are kept" in said.out
    assert drafts(studio) == [{"id": "fern-31m", "title": "Fern [31m", "step": "audience"}]


def test_the_song_may_be_edited_before_it_begins(
    studio: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hand(_command: str, path: Path) -> None:
        path.write_text(path.read_text("utf-8").replace("Fern", "Ferns"), "utf-8")

    monkeypatch.setattr(song_edit_editor, "_open", hand)
    studio.environ["EDITOR"] = "pen"
    said = answer(studio, "Fern", *[""] * 6, "none", "", "edit", "<", "", "yes")
    assert "Ferns · idea incubation" in said.out
    assert shown(studio, "ferns")["title"] == "Ferns"
    assert drafts(studio) == []


def test_an_edit_that_is_wrong_keeps_the_interview(
    studio: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        song_edit_editor, "_open", lambda _command, path: path.write_text("title =", "utf-8")
    )
    studio.environ["EDITOR"] = "pen"
    said = answer(studio, "Fern", *[""] * 6, "none", "", "edit", "yes")
    assert "is not valid TOML" in said.out
    assert "your text is kept in" in said.out
    assert shown(studio, "fern")["title"] == "Fern"
    assert list((studio.home / "drafts" / "edits").iterdir()) == []

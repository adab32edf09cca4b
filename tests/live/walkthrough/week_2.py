"""The second week: tasks of the right size, an idea for another song, and a friend who sings."""

from __future__ import annotations

from pathlib import Path

from tests.live.walkthrough.story import Person, Story

VOCALS = "Record lead vocals, four takes, with a rest in the middle"


def play(story: Story) -> None:
    """Play the week."""
    story.heading("Week two: arrangement, and not alone")
    _another_song(story)
    _steps(story)
    _hand_over(story)
    _ben(story)
    _merged(story)


def _another_song(story: Story) -> None:
    ada = story.ada
    story.day("2026-11-09", "20:00", "an idea for another song")
    story.tell(
        "It rained all day, and there is a loop in her head that has nothing to do with",
        "paper boats. The idea is",
        "kept. That she wanted one song at a time is said once, and nothing stops her.",
    )
    source = Path(__file__).with_name("tin_roof.toml")
    (ada.folder / "tin-roof.toml").write_bytes(source.read_bytes())
    ada("song import tin-roof.toml")
    story.tell("She lays it to rest: its tasks leave the queue until she wakes it.")
    ada("rest tin-roof")
    ada("song list")


def _steps(story: Story) -> None:
    ada = story.ada
    story.tell(
        "New steps have come up. Songbridge has an opinion on their size, and leaves the decision to her:"
    )
    ada("task add 'Adjust voices on oscillator (3m)' --section recording")
    ada("task add 'Write the second verse, the bridge and the coda (3h)'")
    ada("undo")
    ada("undo")
    ada("task add 'Add rain on the tin roof under the bridge (15m)' --section recording")
    story.tell("She is tired tonight. The queue can stand by what it asks of her:")
    ada("order energy low")
    ada("queue")
    with ada.serving():
        ada("start")
        story.works("Listen next to two records and note three differences", 13)
        ada("complete")
        ada("end")


def _hand_over(story: Story) -> None:
    ada = story.ada
    story.day("2026-11-11", "19:00", "a voice that isn't hers")
    story.tell(
        "Ben sings, in another town, with a Songbridge of his own. She gives him the task with a word on",
        "what he needs to know, writes the song and all its history into one file, and sends it.",
    )
    ada("task hand paper-boats.8 --to Ben the second chorus softer, as if somebody slept next door")
    ada("song share paper-boats")


def _ben(story: Story) -> None:
    ben = story.ben
    story.day("2026-11-12", "18:30", "Ben, in another town")
    _sent(story.ada, ben)
    ben("song merge paper-boats.songbridge")
    ben("order person Ben")
    ben("start")
    story.works(VOCALS, 47)
    ben("hand the third take is the keeper, mind the breath before the last chorus")
    ben("complete")
    ben("end")
    story.tell("He sends back what he has; it is the same song, with his evening in it.")
    ben("song share paper-boats")


def _merged(story: Story) -> None:
    ada = story.ada
    story.day("2026-11-13", "20:00", "what came back")
    _sent(story.ben, ada)
    ada("song merge paper-boats.songbridge")
    story.tell(
        "His note stands on the task, above hers. She puts the takes together while it is fresh."
    )
    ada("task hand paper-boats.8")
    with ada.serving():
        ada("start paper-boats.9")
        story.works("Comp lead vocal phrase by phrase", 26)
        ada("complete")
        ada("end")
    ada("goal list")
    ada("persons")


def _sent(sender: Person, receiver: Person) -> None:
    file = "paper-boats.songbridge"
    (receiver.folder / file).write_bytes((sender.folder / file).read_bytes())

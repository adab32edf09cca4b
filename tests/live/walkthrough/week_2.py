"""The second week: tasks of the right size, an idea for another song, and a friend who sings."""

from __future__ import annotations

from pathlib import Path

from tests.live.walkthrough.story import Story


def play(story: Story) -> None:
    """Play the week."""
    story.heading("Week two: arrangement, and not alone")
    _another_song(story)
    _steps(story)
    _hand_over(story)
    _visit(story)


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
    ada("task add 'Adjust voices on oscillator (3m)' --section 'sound design'")
    ada("task add 'Write the second verse, the bridge and the coda (3h)'")
    ada("undo")
    ada("undo")
    ada("task add 'Write the answer of the bass (15m)' --section composition --energy medium")
    story.tell("She is tired tonight. The queue can stand by what it asks of her:")
    ada("order energy low")
    ada("queue")
    with ada.serving():
        ada("start")
        story.works("Cut the field recording to the bars", 13)
        ada("complete")
        ada("end")


def _hand_over(story: Story) -> None:
    ada = story.ada
    story.day("2026-11-11", "19:00", "a voice that isn't hers")
    story.tell(
        "Ben sings. She gives him the task, and writes down what he needs to know.",
    )
    ada("task hand paper-boats.7 --to Ben the second verse a third lower, as in the voice memo")
    ada("queue --person Ben")


def _visit(story: Story) -> None:
    ada = story.ada
    story.day("2026-11-13", "20:00", "Ben at her desk")
    story.tell(
        "On Friday he comes by with a microphone. Who sits there is told once, and stands in all that follows."
    )
    with ada.serving():
        ada("person Ben")
        ada("start paper-boats.7")
        story.works("Record the vocals", 28)
        ada(
            "task hand paper-boats.7 the third take is the keeper, mind the breath before the bridge"
        )
        ada("complete")
        ada("end")
    ada("persons")
    story.tell("What he sang is in the summary, to be read by whoever wasn't there:")
    ada("sittings show --text")

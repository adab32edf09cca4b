"""The first week: a song map, a goal, and evenings against the clock."""

from __future__ import annotations

from pathlib import Path

from tests.live.walkthrough.story import Story


def play(story: Story) -> None:
    """Play the week."""
    story.heading("Week one: ideas")
    _map(story)
    _first_evening(story)
    _second_evening(story)
    _third_evening(story)


def _map(story: Story) -> None:
    ada = story.ada
    story.day("2026-11-02", "19:30", "the song map comes before the first note")
    story.tell(
        "Before she touches a key, Ada writes down what the song is to be: what inspires it,",
        "words for how it",
        "sounds and for what it is about, and three answers. Then every step that she can",
        "see, each with its",
        "minutes, in the order in which she would ideally take them.",
    )
    source = Path(__file__).with_name("song.toml")
    (ada.folder / "paper-boats.toml").write_bytes(source.read_bytes())
    ada("song import paper-boats.toml")
    ada("song show paper-boats")
    story.tell(
        "One goal, with a date. All of the song's tasks are toward it, so it fills by itself",
        "from now on, and",
        "stands in sight on the pads and in `status`.",
    )
    ada('goal set 1 "Paper Boats is out" --by 2026-11-28')
    ada("song toward paper-boats 1")
    ada("goal list")


def _first_evening(story: Story) -> None:
    ada = story.ada
    story.at("20:00")
    story.tell(
        "At eight she starts `songbridge up` in a second terminal; it runs there for as long",
        "as she works. With",
        "a controller plugged in, each of the next commands is one press.",
    )
    with ada.serving():
        ada("start")
        story.works("Hum three melodies, keep one", 7)
        ada("note the second melody, a third lower")
        ada("mark melody two")
        story.works("Hum three melodies, keep one", 1)
        ada("complete")
        story.tell(
            "Done in eight minutes of ten, and the next task runs already. The note stands in",
            "the journal, the mark",
            "as a marker in the DAW. Seventeen minutes into the chords the countdown turns yellow:",
        )
        story.works("Write chord progression", 17)
        ada("status")
        story.tell("Five minutes more, on purpose. It is counted, not forbidden.")
        ada("extend 5m")
        story.works("Write chord progression", 6)
        ada("complete")
        story.tell(
            "The telephone. The music box began by itself, its 25 minutes ran out, and nobody",
            "pressed anything: the",
            "timer went to `away` and touched nothing else. No task was eaten while she was out",
            "of the room.",
        )
        story.minutes(38)
        ada("status")
        story.tell("Back. What nobody worked is not counted: the box begins anew.")
        ada("resume")
        story.works("Record the music box phrase", 10)
        story.tell(
            "It needs a quieter house. She sets it aside; the 15 minutes that are left stay with it."
        )
        ada("later")
        story.works("Design the water pad", 3)
        ada("pause")
        story.minutes(3)
        ada("resume")
        story.works("Design the water pad", 10)
        ada("complete")
        ada("end")
    story.tell("The sitting has a summary that anybody can read, as a file and in the terminal:")
    ada("sittings show")


def _second_evening(story: Story) -> None:
    ada = story.ada
    bass = "Write the bassline under the chords"
    story.day("2026-11-03", "20:00", "a box runs out")
    with ada.serving():
        ada("start")
        story.works(bass, 14, 30)
        ada("status")
        story.tell(
            "Thirty seconds, in red. She plays on, and lets it happen: at zero the lights flash",
            "for ten seconds, then",
            "the bassline goes to the end of the queue with the time it had, and the next task begins.",
        )
        story.works(bass, 0, 40)
        story.works("Lay out verse, refrain, bridge", 4, 50)
        ada("log -n 4")
        story.works("Lay out verse, refrain, bridge", 22)
        story.tell(
            "The layout needs longer. The second extension is said aloud, because it tells of the plan:"
        )
        ada("extend 5m")
        story.works("Lay out verse, refrain, bridge", 5)
        ada("extend 5m")
        story.tell("That was a slip, she is nearly there. Any action can be taken back.")
        ada("undo")
        story.works("Lay out verse, refrain, bridge", 2)
        ada("complete")
        ada("end")


def _third_evening(story: Story) -> None:
    ada = story.ada
    box, bass = "Record the music box phrase", "Write the bassline under the chords"
    story.day("2026-11-05", "20:15", "what was set aside comes back")
    ada("queue")
    story.tell(
        "What was set aside waits at the end, with its remainder. The bassline used up its",
        "time, so it gets another",
        "box, and says that this is its second.",
    )
    with ada.serving():
        ada("start 7")
        story.works(box, 13)
        ada("complete")
        ada("start 7")
        story.works(bass, 9)
        ada("complete")
        story.tell("The ideas are there. The song moves on, and the sitting ends on a good note.")
        ada("stage next")
        ada("end")
    ada("goal list")

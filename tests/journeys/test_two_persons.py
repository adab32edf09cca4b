"""A week of two people at one desk, with a Launchpad, and one more who only sends commands."""

from __future__ import annotations

import pytest

from bridge.core.actions import Action, EditTask, HandTask, SongDraft, TaskDraft, signed
from bridge.core.settings import Settings
from bridge.core.sitting_account import account
from bridge.core.sitting_past import sittings
from bridge.core.worklog import sittings as listed
from bridge.files import toml
from bridge.files.layouts import layout_from
from bridge.ports.osc_requests import ADDRESSES
from bridge.web.role import Granted
from tests.standins.studio import Studio

MINUTE, HOUR, DAY = 60.0, 3600.0, 24 * 3600.0
SONG = SongDraft(
    "Northern Lights",
    tasks=tuple(
        TaskDraft(title, section, 20 * MINUTE, person=person)
        for title, section, person in (
            ("Write chords", "composition", "Ada"),
            ("Record vocals", "composition", "Ben"),
            ("Design the bass", "sound design", "Ada"),
            ("Program the drums", "composition", ""),
            ("Comp the vocals", "composition", "Ben"),
            ("Balance the mix", "mixing", "Cleo"),
        )
    ),
)


@pytest.fixture
def studio() -> Studio:
    return Studio([SONG], settings=Settings(person="Ada", auto_start=False))


def night(studio: Studio) -> None:
    studio.do("end")
    studio.wait(DAY - 2 * HOUR)


def said(answer: object) -> str:
    assert isinstance(answer, Granted), answer
    return answer.said


def test_a_week_of_two_people(studio: Studio) -> None:
    # Monday: Ada works, hands the vocals over, and leaves.
    studio.do("start")
    studio.wait(15 * MINUTE)
    studio.do("complete")
    studio.ask(HandTask("1", "the verse is a fifth too low", to="ben"))
    night(studio)

    # Tuesday: Ben takes the chair at once, reads the note, and has Ada help him out.
    studio.do("person", "BEN")
    told = said(studio.do("start"))
    assert told == "Ada left for Ben: the verse is a fifth too low"
    studio.do("hand", "done")
    studio.wait(10 * MINUTE)
    studio.do("person")
    assert studio.view.person == "Ada"
    studio.wait(5 * MINUTE)
    studio.do("person", "ben")
    studio.do("complete")
    night(studio)

    # Wednesday: the desk is Ada's again. Cleo, in another town, signs two commands.
    assert studio.view.person == "Ada"
    studio.do("start")
    studio.wait(12 * MINUTE)
    studio.ask(signed(Action("note", "I mix on Friday"), "Cleo"))
    studio.ask(signed(EditTask("northern-lights.4", person="Cleo"), "cleo"))
    studio.kill()  # the power fails; who sat there is not forgotten
    studio.do("complete")
    assert "Program the drums is Cleo's to do" in said(studio.do("start", "northern-lights.4"))
    studio.do("later")
    night(studio)

    past = sittings(studio.journal.since(0, 1000))
    accounts = [account(one.before, one.ended) for one in past]
    shares = [[(s.person, round(s.worked / MINUTE)) for s in one.shares] for one in accounts]
    assert shares == [[("Ada", 15)], [("Ben", 10), ("Ada", 5)], [("Ada", 12)]]
    assert [[task.title for task in one.done] for one in accounts] == [
        ["Write chords"], ["Record vocals"], ["Design the bass"],
    ]  # fmt: skip
    assert [one.note.to for one in accounts[0].handed] == ["Ben"]
    assert [(one.person, one.title, one.more) for one in accounts[2].others] == [
        ("Ben", "Comp the vocals", 0), ("Cleo", "Balance the mix", 1),
    ]  # fmt: skip
    worked = [
        {name: round(sum(s.ended - s.began for s in one.stretches if s.person == name) / MINUTE)
         for name in dict.fromkeys(s.person for s in one.stretches)}
        for one in listed(studio.journal.since(0, 1000))
    ]  # fmt: skip
    assert worked == [{"Ada": 15}, {"Ben": 10, "Ada": 5}, {"Ada": 12}]


def test_a_touch_surface_says_who_sits_here_and_leaves_notes(studio: Studio) -> None:
    assert {"/songbridge/person", "/songbridge/hand"} <= set(ADDRESSES)
    studio.do("start")
    studio.osc_in(Action("person", "Ben"))
    studio.osc_in(Action("hand", "@Ada: louder"))
    (note,) = studio.session.engine.studio.the("northern-lights.1").hand_over
    assert (note.by, note.to, note.text) == ("Ben", "Ada", "louder")
    studio.osc_in(Action("undo"))
    studio.osc_in(Action("undo"))
    assert studio.view.person == "Ada"
    assert studio.session.engine.studio.the("northern-lights.1").hand_over == ()


def test_a_pad_says_who_sits_here_and_leaves_a_note() -> None:
    layout = layout_from(
        toml.read(
            'schema = 1\nid = "mine"\nname = "Mine"\nrequires = ["grid8x8"]\n'
            '[[bind]]\non = "pad.1.1"\ndo = "person Ben"\n'
            '[[bind]]\non = "pad.1.2"\ndo = "hand @Ada the take is on track 7"\n'
            '[[bind]]\non = "pad.1.3"\ndo = "hand done"\n',
            "mine.toml",
        )
    )
    assert [(bind.do.name, bind.do.argument) for bind in layout.binds if bind.do] == [
        ("person", "Ben"), ("hand", "@Ada the take is on track 7"), ("hand", "done"),
    ]  # fmt: skip

"""The list of what feeds the mind."""

from __future__ import annotations

import pytest

from bridge.core import feeding
from bridge.errors import Refused
from tests.standins.desk import Desk


@pytest.mark.parametrize(
    ("text", "kind", "title", "link"),
    [
        ("listen Kind of Blue", "listen", "Kind of Blue", ""),
        ("Watch: a talk https://example.org/t", "watch", "a talk", "https://example.org/t"),
        ("Mixing Secrets", "read", "Mixing Secrets", ""),
        ("https://example.org", "read", "https://example.org", "https://example.org"),
        ("read", "read", "read", ""),
        ("listen\tto\x1b this", "listen", "to this", ""),
    ],
)
def test_an_item_is_read(text: str, kind: str, title: str, link: str) -> None:
    item = feeding.written(text, 3)
    assert (item.number, item.kind, item.text, item.link) == (3, kind, title, link)


def test_items_are_added_ticked_off_and_dropped() -> None:
    desk = Desk()
    for text in ("listen Kind of Blue", "Mixing Secrets", "done with it all"):
        desk.do("feed", text)
    desk.do("feed", "done 1")
    desk.do("feed", "drop 2")
    assert [(i.number, i.done) for i in desk.view.feed] == [(1, True), (3, False)]
    assert [i.text for i in feeding.waiting(desk.engine.studio)] == ["done with it all"]
    desk.do("undo")
    assert len(desk.view.feed) == 3
    desk.do("feed", "another")
    assert desk.view.feed[-1].number == 4


@pytest.mark.parametrize(
    ("argument", "reason"),
    [
        (None, "feed needs a text"),
        ("done 9", "there is no item '9'"),
        ("x" * 401, "at most 400 characters"),
    ],
)
def test_what_cannot_be_is_refused(argument: str | None, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        Desk().do("feed", argument)


def test_done_without_a_number_ticks_off_the_first_that_waits() -> None:
    desk = Desk()
    for text in ("listen Kind of Blue", "Mixing Secrets"):
        desk.do("feed", text)
    desk.do("feed", "done")
    assert [item.text for item in feeding.waiting(desk.engine.studio)] == ["Mixing Secrets"]
    desk.do("feed", "done")
    with pytest.raises(Refused, match="nothing on the list waits"):
        desk.do("feed", "done")

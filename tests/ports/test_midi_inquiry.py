"""The question who is there, second by second."""

from __future__ import annotations

import pytest

from bridge.ports.midi_events import Wanted
from bridge.ports.midi_inquiry import AGAIN, GRACE, MOST, PATIENCE, SILENT, Inquiry
from bridge.surface.identity import REQUEST, Judgement

OWN, OTHER, STRANGE = (bytes((0xF0, 0x7E, 0, 6, 2, n, 0xF7)) for n in range(3))


def judge(reply: bytes) -> Judgement:
    known = {OWN: Judgement("own", "Pads"), OTHER: Judgement("another", "Keys")}
    return known.get(reply, Judgement("nobody"))


def inquiry(*, answers: bool = True, contested: bool = False, sure: bool = False) -> Inquiry:
    spec = Wanted("pads", bool, bool, judge=judge, answers=answers, sure=sure)
    return Inquiry(spec, contested=contested)


def asked(**how: bool) -> Inquiry:
    one = inquiry(**how)
    assert one.due(0.0) == REQUEST
    return one


@pytest.mark.parametrize(
    ("answers", "contested", "asks"),
    [(True, False, True), (False, True, True), (True, True, True), (False, False, False)],
)
def test_who_answers_or_is_contested_is_asked(answers: bool, contested: bool, asks: bool) -> None:
    assert inquiry(answers=answers, contested=contested).asks is asks


def test_without_a_judge_nobody_is_asked() -> None:
    assert not Inquiry(Wanted("pads", bool, bool, answers=True), contested=True).asks


def test_the_right_answer_ends_it_at_once() -> None:
    one = asked()
    assert one.hear(OWN, 0.01)
    assert one.left(0.01) == 0
    assert (one.reply, one.other, one.note) == (OWN, "", "")


def test_silence_is_asked_once_more_and_then_let_be() -> None:
    one = asked()
    assert one.left(0.0) == pytest.approx(AGAIN)
    assert one.due(AGAIN / 2) is None
    assert one.due(AGAIN) == REQUEST
    assert one.due(AGAIN + 0.1) is None
    assert one.left(AGAIN + 0.1) == pytest.approx(PATIENCE - AGAIN - 0.1)
    assert one.note == ""
    assert one.left(PATIENCE) == 0
    assert (one.reply, one.other, one.note) == (b"", "", SILENT)


def test_who_was_asked_only_since_others_fit_may_be_silent_without_remark() -> None:
    one = asked(answers=False, contested=True)
    assert one.left(PATIENCE) == 0
    assert one.note == ""


def test_an_answer_that_comes_late_still_counts_when_it_is_the_right_one() -> None:
    one = asked()
    assert one.left(PATIENCE) == 0
    assert not one.hear(OTHER, PATIENCE + 1)
    assert one.note == SILENT
    assert one.hear(OWN, PATIENCE + 2)
    assert one.note == ""


def test_another_devices_answer_counts_when_no_better_one_follows() -> None:
    one = asked()
    one.hear(OTHER, 0.01)
    assert one.due(AGAIN) is None
    assert one.other == ""
    assert one.left(0.01) == pytest.approx(GRACE)
    assert one.left(0.01 + GRACE) == 0
    assert one.other == "Keys"


def test_behind_a_port_with_several_devices_the_right_one_decides() -> None:
    one = asked()
    one.hear(OTHER, 0.01)
    one.hear(OWN, 0.02)
    assert one.left(0.02) == 0
    assert (one.other, one.reply) == ("", OWN)
    one.hear(OTHER, 0.03)
    assert (one.other, one.reply) == ("", OWN)


def test_the_users_own_word_counts_more_than_the_answer() -> None:
    one = asked(sure=True)
    one.hear(OTHER, 0.01)
    assert one.left(1.0) == 0
    assert (one.other, one.note) == ("", "it answers as Keys")


def test_an_answer_that_nobody_knows_is_shown_and_accepted() -> None:
    one = asked()
    one.hear(STRANGE, 0.01)
    assert one.left(1.0) == 0
    assert one.other == ""
    assert one.note == "no profile knows its identity, F0 7E 00 06 02 02 F7"


def test_what_was_not_asked_for_is_no_answer() -> None:
    one = inquiry()
    assert not one.hear(OTHER, 0.0)
    assert one.reply == b""


def test_of_a_flood_of_answers_a_few_are_looked_at() -> None:
    one = asked()
    assert [one.hear(OTHER, 0.01) for _ in range(MOST + 2)] == [True] * MOST + [False] * 2

"""Which port goes to whom: names, order, memory, answers."""

from __future__ import annotations

from collections.abc import Callable

from bridge.ports.midi_api import Port
from bridge.ports.midi_assigning import MOST, Assigning, Claims
from bridge.ports.midi_events import Wanted


def port(raw: str, nth: int = 0, name: str = "") -> Port:
    return Port(raw, nth, name or raw)


def wish(
    key: str, pattern: str, kind: str = "", *, more: bool = False, answers: bool = False
) -> Wanted:
    def fits(name: str) -> bool:
        return pattern in name

    return Wanted(key, fits, fits, kind=kind or key, more=more, answers=answers)


def nothing_denied(_wish: Wanted, _port: Port) -> str:
    return ""


class Desk:
    """Ports that come and go; what is claimed is held until it goes."""

    def __init__(
        self, *wishes: Wanted, why_not: Callable[[Wanted, Port], str] = nothing_denied
    ) -> None:
        self.assigning = Assigning(why_not)
        self.wishes = list(wishes)
        self.assigning.want(wishes)
        self.held: dict[str, Port] = {}

    def sees(self, *ports: Port) -> Claims:
        self.held = {key: port for key, port in self.held.items() if port in ports}
        claims = self.assigning.claims(ports, self.held)
        self.held.update(claims.ports)
        return claims

    def grows(self, like: str) -> None:
        """Wish for one more, as the controllers do."""
        first = next(w for w in self.wishes if w.key == like)
        count = 1 + sum(1 for w in self.wishes if w.kind == first.kind)
        self.wishes.append(wish(f"{first.kind}-{count}", first.kind, first.kind, more=True))
        self.assigning.want(self.wishes)


A, B, C = port("pads 1", name="pads one"), port("pads 2", name="pads two"), port("pads 3")


def test_the_first_wish_that_fits_gets_the_port() -> None:
    desk = Desk(wish("keys", "keys"), wish("pads", "pads"))
    assert desk.sees(A, port("synth")).ports == {"pads": A}
    assert desk.sees(A).ports == {}


def test_a_port_more_than_there_are_wishes_is_told_where_more_may_come() -> None:
    desk = Desk(wish("pads", "pads", more=True))
    assert desk.sees(A, B).more == ["pads"]
    desk.grows("pads")
    assert desk.sees(A, B) == Claims({"pads-2": B})
    assert Desk(wish("pads", "pads")).sees(A, B).more == []


def test_of_one_kind_there_are_not_more_than_a_few() -> None:
    desk = Desk(wish("pads", "pads", more=True))
    many = [port(f"pads {n}") for n in range(MOST + 3)]
    for _ in range(MOST + 3):
        for like in desk.sees(*many).more[:1]:
            desk.grows(like)
    assert len(desk.held) == MOST
    assert desk.sees(*many).more == []


def test_a_device_that_comes_back_is_the_controller_that_it_was() -> None:
    desk = Desk(wish("pads", "pads", more=True))
    desk.sees(A, B)
    desk.grows("pads")
    desk.sees(A, B)
    desk.sees()
    again = port("pads 9", name="pads two")
    assert desk.sees(again).ports == {"pads-2": again}
    assert desk.sees(again, A).ports == {"pads": A}


def test_a_device_under_a_new_name_takes_the_first_place_that_is_free() -> None:
    desk = Desk(wish("pads", "pads", more=True))
    desk.sees(A, B)
    desk.grows("pads")
    desk.sees(A, B)
    desk.sees(B)
    assert desk.sees(B, C).ports == {"pads": C}


def test_a_place_is_kept_for_the_device_that_is_there_in_the_same_moment() -> None:
    desk = Desk(wish("pads", "pads", more=True))
    desk.sees(A, B)
    desk.grows("pads")
    desk.sees(A, B)
    desk.sees()
    assert desk.sees(C, A).ports == {"pads": A, "pads-2": C}


def test_a_kind_that_is_full_is_not_mistaken_for_another_that_fits_too() -> None:
    desk = Desk(wish("pads", "pads", more=True), wish("also", "pads", more=True))
    assert desk.sees(A).ports == {"pads": A}
    assert desk.sees(A, B) == Claims(more=["pads"])
    desk.grows("pads")
    assert desk.sees(A, B).ports == {"pads-2": B}


def test_the_answer_gives_the_port_to_the_next_or_to_nobody() -> None:
    denied = {"pads"}

    def why_not(wish: Wanted, _port: Port) -> str:
        return "it answers as Also" if wish.kind in denied else ""

    desk = Desk(wish("pads", "pads", more=True), wish("also", "pads", more=True), why_not=why_not)
    assert desk.sees(A).ports == {"also": A}
    denied.add("also")
    claims = desk.sees(B)
    assert (claims.ports, claims.more) == ({}, [])
    assert claims.denied["pads"] == (B, "it answers as Also")


def test_what_two_kinds_fit_is_contested_when_one_of_them_answers() -> None:
    both = (wish("pads", "pads", answers=True), wish("also", "pads"))
    assert Desk(*both).assigning.contested(A)
    assert not Desk(*both).assigning.contested(port("keys"))
    assert not Desk(wish("pads", "pads"), wish("also", "pads")).assigning.contested(A)
    same = (wish("pads", "pads", "pads", answers=True), wish("pads-2", "pads", "pads"))
    assert not Desk(*same).assigning.contested(A)


def test_two_ports_of_one_device_that_both_fit_are_one_controller() -> None:
    desk = Desk(wish("pads", "pads", more=True))
    desk.assigning = Assigning(nothing_denied, lambda one, other: one.raw[-1] == other.raw[-1])
    desk.assigning.want(desk.wishes)
    one, two, three = port("pads a1"), port("pads b1"), port("pads a2")
    assert desk.sees(one, two) == Claims({"pads": one})
    assert desk.sees(one, two, three).more == ["pads"]
    desk.grows("pads")
    assert desk.sees(one, two, three).ports == {"pads-2": three}
    assert desk.sees(one, two) == Claims()

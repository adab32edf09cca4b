"""Names of hosts: nobody waits, and what was not found is looked for again."""

from __future__ import annotations

import logging
from queue import SimpleQueue
from threading import Event

import pytest

from bridge.errors import Unavailable
from bridge.ports.osc_names import Names

PATIENCE = 10.0
STUDIO = "studio-mac.local"


class Resolver:
    """Answers each question with what `answers` holds next."""

    def __init__(self) -> None:
        self.answers: SimpleQueue[str | Exception] = SimpleQueue()
        self.asked: SimpleQueue[str] = SimpleQueue()

    def __call__(self, host: str) -> str:
        self.asked.put(host)
        answer = self.answers.get(timeout=PATIENCE)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def resolver() -> Resolver:
    return Resolver()


def why(names: Names, host: str = STUDIO) -> str:
    with pytest.raises(Unavailable) as caught:
        names.address(host)
    return str(caught.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "192.168.1.7"])
def test_numbers_are_no_question(resolver: Resolver, host: str) -> None:
    assert Names(resolve=resolver).address(host) == host
    assert resolver.asked.empty()


def test_a_name_is_looked_for_while_nobody_waits(resolver: Resolver) -> None:
    found = Event()
    names = Names(found.set, resolver)
    assert why(names) == why(names) == "looking for studio-mac.local"
    resolver.answers.put("192.168.1.7")
    assert found.wait(PATIENCE)
    assert names.address(STUDIO) == "192.168.1.7"
    assert resolver.asked.get() == STUDIO
    assert resolver.asked.empty()  # once, however often it was asked for


def test_names_are_looked_up_one_at_a_time(resolver: Resolver) -> None:
    found: SimpleQueue[bool] = SimpleQueue()
    names = Names(lambda: found.put(True), resolver)
    hosts = ["a.local", "b.local", "c.local"]
    for host in hosts:
        why(names, host)
    assert resolver.asked.get(timeout=PATIENCE) == "a.local"
    assert resolver.asked.empty()
    for number, _ in enumerate(hosts):
        resolver.answers.put(f"10.0.0.{number}")
        found.get(timeout=PATIENCE)
    assert [names.address(host) for host in hosts] == ["10.0.0.0", "10.0.0.1", "10.0.0.2"]


@pytest.mark.parametrize("fault", [Unavailable("the host can't be found"), RuntimeError("odd")])
def test_what_was_not_found_says_so_and_is_looked_for_again(
    resolver: Resolver, fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    found = Event()
    names = Names(found.set, resolver)
    why(names)
    resolver.answers.put(fault)
    with caplog.at_level(logging.CRITICAL):
        while (reason := why(names)).startswith("looking"):
            pass
    assert "can't be" in reason
    assert not found.is_set()
    resolver.answers.put("192.168.1.7")
    why(names)
    assert found.wait(PATIENCE)
    assert names.address(STUDIO) == "192.168.1.7"


def test_what_is_forgotten_is_looked_up_anew(resolver: Resolver) -> None:
    found = Event()
    names = Names(found.set, resolver)
    why(names)
    resolver.answers.put("192.168.1.7")
    assert found.wait(PATIENCE)
    found.clear()
    names.forget()
    why(names)
    resolver.answers.put("192.168.1.8")
    assert found.wait(PATIENCE)
    assert names.address(STUDIO) == "192.168.1.8"


def test_the_system_itself_is_asked_in_life() -> None:
    found = Event()
    names = Names(found.set)
    why(names, "localhost")
    assert found.wait(PATIENCE)
    assert names.address("localhost") in ("127.0.0.1", "::1")

"""Who may ask."""

from __future__ import annotations

import pytest

from bridge.web.guard import Guard

JSON = {"Content-Type": "application/json"}


def status(guard: Guard, method: str = "GET", **headers: str) -> int | None:
    no = guard.check(method, {name.replace("_", "-"): value for name, value in headers.items()})
    return None if no is None else no.status


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:7708", "127.0.0.1", "localhost:7708", "LOCALHOST", "[::1]:7708", "127.0.0.2:80"],
)
def test_whoever_asks_by_a_loopback_name_is_answered(host: str) -> None:
    assert status(Guard("127.0.0.1"), Host=host) is None


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:7708", "127.0.0.1.evil.example", "", "192.168.1.5:7708",
     "localhost@evil.example", "[::1", "127.0.0.1:7708:80", "local host", "0x7f000001"],
)  # fmt: skip
def test_a_foreign_name_that_points_at_us_is_turned_away(host: str) -> None:
    assert status(Guard("127.0.0.1"), Host=host) == 403


def test_a_server_on_all_addresses_is_asked_by_address_or_by_its_own_name() -> None:
    guard = Guard("0.0.0.0")  # noqa: S104 - the case that is tested
    assert status(guard, Host="192.168.1.5:7708") is None
    assert status(guard, Host="evil.example") == 403


def test_the_configured_name_is_ours() -> None:
    assert status(Guard("studio.local"), Host="studio.local:7708") is None


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:7708", ""])
def test_a_page_of_another_site_is_turned_away(origin: str) -> None:
    assert status(Guard("127.0.0.1"), Host="127.0.0.1:7708", Origin=origin) == 403


def test_our_own_page_is_answered() -> None:
    guard = Guard("127.0.0.1")
    assert status(guard, Host="127.0.0.1:7708", Origin="http://127.0.0.1:7708") is None
    assert status(guard, Host="127.0.0.1:7708", Origin="http://127.0.0.1:9999") == 403


@pytest.mark.parametrize(
    ("authorization", "expected"),
    [
        ("Bearer secret", None),
        ("bearer secret", None),
        ("Bearer secre", 401),
        ("Bearer secret ", 401),
        ("secret", 401),
        ("", 401),
        ("Bearer \udce4", 401),
    ],
)
def test_with_a_token_only_the_token_opens(authorization: str, expected: int | None) -> None:
    guard = Guard("127.0.0.1", "secret")
    assert status(guard, Host="localhost", Authorization=authorization) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("application/json", None),
        ("Application/JSON; charset=utf-8", None),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("", 415),
    ],
)
def test_what_changes_something_is_sent_as_json(kind: str, expected: int | None) -> None:
    guard = Guard("127.0.0.1")
    assert status(guard, "POST", Host="localhost", Content_Type=kind) == expected

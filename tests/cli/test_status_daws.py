"""`status` says of each DAW how it stands, and what waits for it."""

from __future__ import annotations

from typing import Any

import pytest

from bridge.cli.status import _devices


def row(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - a dict of JSON
    return {"name": "Laptop", "state": "silent", "detail": "nobody listens there", **more}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"pending": 0}, "nobody listens there"),
        ({"pending": 1}, "nobody listens there; 1 waits to be told"),
        ({"pending": 12}, "nobody listens there; 12 wait to be told"),
        ({}, "nobody listens there"),
    ],
)
def test_what_waits_for_a_daw_is_counted_behind_how_it_stands(
    more: dict[str, Any], said: str
) -> None:
    *_, line = _devices("DAWs", [row(**more)], "name")
    assert line.plain == f"  Laptop  silent  {said}"

"""The big countdown."""

import pytest

from bridge.cli.digits import rows


@pytest.mark.parametrize("seconds", [0.0, 59.0, 754.0, 3723.0, -5.0, 86_399.0])
def test_every_countdown_has_three_rows_of_one_width(seconds: float) -> None:
    assert max(len(row) for row in rows(seconds)) <= 40


def test_figures_read_as_they_should() -> None:
    assert rows(71.0) == ("▀█  ▄ ▀█  ▀█", " █     █   █", "▀▀▀ ▀ ▀▀▀ ▀▀▀")

"""`layout` of a controller as one id or a list of them."""

from __future__ import annotations

import pytest

from bridge.errors import InvalidFile
from bridge.files import toml
from bridge.files.config import read_config
from bridge.files.config_controllers import ControllerConfig

IDS = ("notes", "pads-4x4", "queue-8x8")


def read(layout: str) -> ControllerConfig:
    document = toml.read(f"[[controller]]\nlayout = {layout}\n", "c.toml")
    (controller,) = read_config(document, layouts=IDS).controllers
    return controller


def test_one_layout_may_be_followed_by_any() -> None:
    assert (read('"notes"').layout, read('"notes"').asked) == ("notes", "notes")
    assert read('"auto"').asked == "auto"


def test_a_list_is_all_that_there_is_and_its_first_is_shown_first() -> None:
    made = read('["queue-8x8", "notes"]')
    assert (made.layout, made.asked) == ("queue-8x8", ("queue-8x8", "notes"))
    assert read('["notes"]').asked == ("notes",)


@pytest.mark.parametrize(
    ("layout", "problem"),
    [
        ("[]", ":2: controller[1].layout: has 0 entries; allowed: 1 to 16"),
        (
            '["notes", "queue"]',
            (
                ':2: controller[1].layout[2]: found "queue"; did you mean "queue-8x8"? allowed:'
                " notes, pads-4x4, queue-8x8"
            ),
        ),
        (
            '["notes", "auto"]',
            ':2: controller[1].layout[2]: found "auto"; allowed: ids, or "auto" without a list',
        ),
        (
            '["notes", "notes"]',
            ':2: controller[1].layout[2]: found "notes" a second time; keep one of them',
        ),
        ("5", ":2: controller[1].layout: found 5; allowed: text or a list of texts"),
    ],
)
def test_a_wrong_list_is_refused_with_line_key_found_and_allowed(layout: str, problem: str) -> None:
    with pytest.raises(InvalidFile) as refused:
        read(layout)
    assert str(refused.value) == f"c.toml{problem}"

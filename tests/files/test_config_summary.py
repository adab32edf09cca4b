from __future__ import annotations

import pytest

from bridge.core.settings import SUMMARY_FORMS, Settings
from bridge.errors import InvalidFile
from bridge.files.config import read_config
from bridge.files.toml import read


def settings(text: str) -> Settings:
    return read_config(read(text, "c.toml")).settings


def test_a_sitting_is_written_down_in_every_form_unless_it_is_said_otherwise() -> None:
    assert settings("").summaries == SUMMARY_FORMS
    assert settings("[summary]\n").summaries == SUMMARY_FORMS
    assert settings("[summary]\nformats = []\n").summaries == ()
    assert settings('[summary]\nformats = ["HTML", "markdown", "html"]\n').summaries == (
        "markdown", "html",
    )  # fmt: skip


def test_the_folder_is_a_line_of_text() -> None:
    assert settings('[summary]\nfolder = " ~/notes "\n').summary_folder == "~/notes"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('formats = ["pdf"]', 'summary.formats[1]: found "pdf"'),
        ('formats = "html"', "summary.formats"),
        ('folder = "a\\u0000b"', "summary.folder: holds the control character U+0000"),
        ("form = 3", "summary.form: is not known"),
    ],
)
def test_a_wrong_summary_is_refused_with_its_key(text: str, problem: str) -> None:
    with pytest.raises(InvalidFile) as refusal:
        settings(f"[summary]\n{text}\n")
    assert problem in str(refusal.value)

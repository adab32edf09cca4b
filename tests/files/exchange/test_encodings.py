"""Bytes as spreadsheets and editors save them: read, with what was taken on trust told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.errors import InvalidFile
from bridge.files.exchange.encodings import decoded, peeked
from bridge.files.exchange.sources import recognised
from bridge.files.exchange.table import FORMATS
from tests.standins.plans import SETTINGS

_CSV = "Name,Section/Column\r\nSing in Tromsø… softly,Übergang\r\n"


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("utf-32", ""),
        ("utf-16-le", "plan.csv: is UTF-16-LE without its mark, and was read so"),
        ("utf-16-be", "plan.csv: is UTF-16-BE without its mark, and was read so"),
        (
            "cp1252",
            (
                'plan.csv:2: is not UTF-8; read as Windows-1252, so look whether "Tromsø" is right;'
                " else save it as UTF-8"
            ),
        ),
    ],
)
def test_a_plan_comes_in_whatever_saved_it(name: str, note: str) -> None:
    data = _CSV.encode(name)
    assert recognised(data, "download") == "asana"
    reader = FORMATS["asana"].read
    assert reader is not None
    carried = reader(data, "plan.csv", SETTINGS, False)
    (task,) = carried.songs[0].tasks
    assert (task.title, task.section) == ("Sing in Tromsø… softly", "Übergang")
    assert carried.notes == ((note,) if note else ())


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\ufeff")))
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    assert decoded(text.encode(), "f", strict=True).text == text
    assert decoded(text.encode("utf-16"), "f").text == text


@pytest.mark.parametrize(
    "data",
    [b"Sing\nTroms\xf8\n", "Größe".encode("latin-1")],
)
def test_what_must_be_utf_8_is_refused_with_its_line(data: bytes) -> None:
    with pytest.raises(InvalidFile, match=r"f:\d: is not UTF-8 text \(byte 0xF\w\); save it"):
        decoded(data, "f", strict=True)


@pytest.mark.parametrize("data", [b"a\xff\x81b", b"Sing\x01\xf8", b"\xff\xfea"])
def test_what_is_no_text_in_any_of_these_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidFile, match="save it as UTF-8"):
        decoded(data, "f")
    assert isinstance(peeked(data), str)


def test_null_characters_are_left_out_and_counted() -> None:
    read = decoded(b"Name\nSi\0ng\0\n", "f.csv")
    assert read.text == "Name\nSing\n"
    assert read.notes == ("f.csv:2: null characters were left out (2 of them)",)

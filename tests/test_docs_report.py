"""The pictures in the documents are those that the program draws."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from tests import docs_report


def words(svg: str) -> list[str]:
    """Return all words in a picture: they are the same whatever draws the lines."""
    return [
        "".join(element.itertext()).strip()
        for element in ET.fromstring(svg).iter()  # noqa: S314 - files of ours
        if element.tag.rpartition("}")[2] in ("title", "desc", "text")
    ]


def test_the_pictures_say_what_the_program_draws() -> None:
    made = docs_report.drawn()
    files = {file.name for file in docs_report.FOLDER.glob("report-*.svg")}
    assert files == set(made)
    for name, picture in made.items():
        kept = (docs_report.FOLDER / name).read_text("utf-8")
        assert words(kept) == words(docs_report.file(picture)), "python -m tests.docs_report"


def test_the_page_shows_each_of_them() -> None:
    text = (docs_report.FOLDER.parent / "report.md").read_text("utf-8")
    assert all(f"](pictures/{name})" in text for name in docs_report.drawn())

"""`python -m tests.docs_report`: make the pictures of docs/report.md anew, from a made-up year."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bridge.core.figures import Figures
from bridge.core.figures_reckoning import figures
from bridge.files.report import pictures
from bridge.files.report.canvas import Picture
from bridge.files.report.style import STYLE
from tests.standins import year

FOLDER: Final = Path(__file__).parent.parent / "docs" / "pictures"
SIZE: Final = year.Size(songs=12, tasks=480, facts=6000, days=330, seed=5)


def drawn() -> dict[str, Picture]:
    """Return the pictures by the names of their files."""
    entries = year.entries(SIZE)
    told: Figures = figures(entries, entries[-1].at + 60, year.day)
    made = (
        pictures.calendar(told),
        pictures.against("sections", "Planned against real", told.sections),
    )
    return {f"report-{one.name}.svg": one for one in made}


def file(picture: Picture) -> str:
    """Return a picture as a file of its own, which knows light and dark by itself."""
    style = STYLE[: STYLE.index("@media print")] + "text { font-family: system-ui, sans-serif; }"
    head = '<svg xmlns="http://www.w3.org/2000/svg"'
    body = picture.svg.replace("<svg", head, 1)
    opened = body.index(">") + 1
    return f"{body[:opened]}<style>{style}</style>{body[opened:]}\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, picture in drawn().items():
        (FOLDER / name).write_text(file(picture), "utf-8")

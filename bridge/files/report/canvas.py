"""A picture: what matplotlib draws, made fit to stand inside a page that may be light or dark.

Every colour that the page decides is drawn with a stand-in of its own, which becomes a CSS variable; texts
stay texts, so that they can be read out, searched and copied. Nothing else of the library is known outside
of this package.
"""

from __future__ import annotations

import io
import unicodedata
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self
from xml.etree import ElementTree as ET

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.transforms import Transform

from bridge.files.report.words import plain

WIDE: Final = 5.2
"""Inches: at 72 units an inch it is as wide as a phone, so that letters keep their size there."""

INK, FAINT, GRID, PLAN, REAL = "#0a0b01", "#0a0b02", "#0a0b03", "#0a0b04", "#0a0b05"
LEVELS: Final = ("#0a0b10", "#0a0b11", "#0a0b12", "#0a0b13", "#0a0b14")
STAGES: Final = ("#0a0b20", "#0a0b21", "#0a0b22", "#0a0b23", "#0a0b24", "#0a0b25")
_NAMES: Final = {
    INK: "ink", FAINT: "faint", GRID: "grid", PLAN: "plan", REAL: "real",
    **{colour: f"level{n}" for n, colour in enumerate(LEVELS)},
    **{colour: f"stage{n}" for n, colour in enumerate(STAGES)},
}  # fmt: skip
_STYLE: Final[dict[str, Any]] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "songbridge",
    "text.parse_math": False,  # a title may hold dollars
    "font.family": ["DejaVu Sans"],
    "font.size": 9.5,
    "text.color": INK,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
}  # fmt: skip
_SVG: Final = "{http://www.w3.org/2000/svg}"
_LINK: Final = "{http://www.w3.org/1999/xlink}href"


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture: ``name`` is its anchor, ``svg`` stands in a page as it is."""

    name: str
    title: str
    told: str
    svg: str


class Canvas:
    """A picture in the making. ``high`` is in inches, margins too; used in a ``with``."""

    def __init__(self, name: str, title: str, told: str, high: float) -> None:
        self._name, self._title, self._told, self._high = name, title, told, high
        self._style = rc_context(_STYLE)  # type: ignore[arg-type] # the keys are the library's

    def __enter__(self) -> Self:
        self._style.__enter__()
        self._figure = Figure(figsize=(WIDE, self._high))
        self._canvas = FigureCanvasSVG(self._figure)
        return self

    def __exit__(self, *_: object) -> None:
        self._style.__exit__(None, None, None)

    def axes(
        self, *, left: float = 0.1, right: float = 0.1, top: float = 0.1, bottom: float = 0.28
    ) -> Axes:
        """Return axes within margins in inches; what stands around them is `scales`' work."""
        wide, high = WIDE - left - right, self._high - top - bottom
        axes = self._figure.add_axes(
            (left / WIDE, bottom / self._high, wide / WIDE, high / self._high)
        )
        axes.set_axis_off()
        return axes

    def done(self) -> Picture:
        """Return the picture; the letters of any script are left to the browser."""
        told = io.StringIO()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # a glyph that the measuring font lacks
            self._figure.savefig(
                told,
                format="svg",
                metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
            )
        return Picture(self._name, self._title, self._told, self._adapted(told.getvalue()))

    def _adapted(self, drawn: str) -> str:
        root = ET.fromstring(drawn)  # noqa: S314 - matplotlib wrote it a line above
        for element in root.iter():
            element.tag = element.tag.removeprefix(_SVG)
            for key, value in list(element.attrib.items()):
                del element.attrib[key]
                element.set("href" if key == _LINK else key, self._attribute(key, value))
        for part in root.findall("metadata"):
            root.remove(part)
        for size in ("width", "height"):
            root.attrib.pop(size, None)
        root.set("role", "img")
        root.set("aria-labelledby", f"{self._name}-title {self._name}-told")
        for place, (tag, words) in enumerate((("title", self._title), ("desc", self._told))):
            said = ET.Element(tag, {"id": f"{self._name}-{'told' if place else 'title'}"})
            said.text = words
            root.insert(place, said)
        return ET.tostring(root, encoding="unicode")

    def _attribute(self, key: str, value: str) -> str:
        """Return an attribute with ids that no other picture has, and the page's colours."""
        if key == "id":
            return f"{self._name}-{value}"
        if key == _LINK:
            return value.replace("#", f"#{self._name}-", 1)
        if key == "clip-path":
            return value.replace("url(#", f"url(#{self._name}-", 1)
        if key == "style":
            for colour, name in _NAMES.items():
                value = value.replace(colour, f"var(--{name})")
        return value


def boxes(
    axes: Axes,
    corners: Sequence[tuple[float, float, float, float]],
    colour: str,
    way: Transform | None = None,
) -> None:
    """Draw boxes of one colour, each as left, bottom, width, height; bars take ten times as long.

    They are in the picture's own measure, or in that of `way`.
    """
    outlines = [[(x, y), (x + w, y), (x + w, y + h), (x, y + h)] for x, y, w, h in corners]
    drawn = PolyCollection(outlines, facecolors=colour, linewidths=0)
    if way is not None:
        drawn.set_transform(way)
        drawn.set_clip_on(b=False)
    axes.add_collection(drawn, autolim=False)


def cut(words: str, columns: int) -> str:
    """Return `words` in at most that many columns; East Asian letters take two."""
    shown, used = "", 0
    for letter in plain(words):
        used += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if used > columns:
            return shown.rstrip() + "…"
        shown += letter
    return shown


def room(labels: Sequence[str]) -> float:
    """Return the inches that the longest of `labels` takes at the left."""
    widest = max(
        (sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in one) for one in labels),
        default=0,
    )
    return 0.16 + 0.081 * widest
